"""What all feeds have in common: they are only read, and answer a bad question with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from registry.forms.questions import BadQuestion

View = Callable[..., HttpResponse]


def followed(view: View) -> View:
    """A feed: 405 for anything but GET and HEAD, and 400 as plain text for a bad question."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadQuestion as problem:
            plain = "text/plain; charset=utf-8"
            return HttpResponse(f"{problem}\n", status=400, content_type=plain)

    return asked


def authority(request: HttpRequest) -> str:
    """Whose identifiers they are: the host, without its port."""
    return request.get_host().partition(":")[0]
