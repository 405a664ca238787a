"""Puts the admin site of the registry in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class RegisterAdminConfig(AdminConfig):
    # Not inside registry.admin: loading that package registers with the site, which must be there.
    default_site = "config.admin.RegisterSite"
