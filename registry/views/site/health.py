"""Whether the server and its database answer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from registry.views.frame import public


@public
def check(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database not reachable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
