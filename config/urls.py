"""The admin for curators; everything else is the registry's own."""

from django.contrib import admin
from django.urls import path

from registry.urls import urlpatterns as registry

handler403 = "registry.admin.refusals.refused"
handler404 = "registry.views.site.errors.not_found"
handler500 = "registry.views.site.errors.our_fault"

urlpatterns = [
    path("admin/", admin.site.urls),
    *registry,  # not included but added: Django wants addresses with a language at the root
]
