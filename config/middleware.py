"""What happens to every answer, whatever the page."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


class CompressPublic(GZipMiddleware):
    """Compresses the pages, files and data that anybody may read.

    Not the admin: how well a page compresses tells who sends a guess along with each request
    whether a secret of the page, such as its form token, is like the guess (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        plain = response.get("Content-Type", "").startswith(TEXTS)
        secret = request.path.startswith(reverse("admin:index"))
        # A 304 has no body, and compressed, nothing would be twenty bytes.
        if request.method != "GET" or response.status_code != 200 or secret or not plain:
            return response
        return super().process_response(request, response)
