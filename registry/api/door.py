"""What may be asked of the JSON interface, and how a question that makes no sense is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import wraps
from http import HTTPStatus
from inspect import cleandoc, unwrap
from typing import Annotated, Any, ClassVar, get_type_hints

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from ninja.params.models import Query as QueryParameter
from ninja.renderers import JSONRenderer
from pydantic import BeforeValidator, WithJsonSchema

from registry.api.schemas import Refusal
from registry.domain.dates import PartialDate, Precision
from registry.domain.findings import Problem, Severity
from registry.forms.questions import shortened
from registry.models import Institution
from registry.serialise.imprint import imprint, opened


class Written(JSONRenderer):
    """Names as they are spelled: escaped, a Kazakh one would be three times as long."""

    json_dumps_params: ClassVar = {"ensure_ascii": False}


class RegistryAPI(NinjaAPI):
    """Answers as open data: licence, revision and day in the headers, readable from any site."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        answered = response.status_code == HTTPStatus.OK
        return opened(response, imprint(), getattr(request, "day", None) if answered else None)

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        licence = settings.DATA_LICENCE
        schema["info"]["license"] = {"name": licence["name"], "url": licence["url"]}
        return schema


def _open_document(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The OpenAPI document may be read by the pages of any site, as the answers may."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        return opened(view(*args, **kwargs), imprint())

    return answer


api = RegistryAPI(
    title="Institutions register",
    version="1",
    description=(
        "Who sat in any institution on any day, checked against the rules of that day. "
        "Read-only, without a key. "
        "Days are half-open: an `end`, or `to`, is the first day after. "
        "Texts are in the language that Accept-Language asks for: en, kk, ru or de. "
        "Each answer names its licence in the header Link, the moment of the newest change of the "
        "record in Registry-Revision, and the day it is about, if it is about one, in "
        "Registry-Day. "
        "A question that makes no sense is answered with 400, and one about what does not exist "
        "with 404; `detail` is a sentence that says what would be right. Parameters that are not "
        "listed here are refused with 400. "
        "Addresses, names of fields and codes of findings stay; new fields may come."
    ),
    docs_url=None,
    renderer=Written(),
    docs_decorator=_open_document,
    urls_namespace="api",
)

# What a sentence quotes of what somebody typed.
QUOTED = 40
# How a number that makes no sense is told by whoever reads it.
NO_NUMBER = ("int_parsing", "int_parsing_size", "greater_than_equal")


def get(path: str, answer: Any) -> Callable[[Callable], Callable]:
    """Answer GET, and HEAD as any page does; the document lists one operation for both.

    The first paragraph of the view's docstring is the summary of the operation.
    """
    response = {200: answer, 400: Refusal, 404: Refusal}

    def register(view: Callable) -> Callable:
        said = cleandoc(view.__doc__ or "")
        summary, _blank, more = said.partition("\n\n")
        api.api_operation(["HEAD"], path, include_in_schema=False, response=response)(view)
        return api.get(
            path,
            response=response,
            operation_id=view.__name__,
            summary=" ".join(summary.split()),
            description=" ".join((more or summary).split()),
        )(view)

    return register


def _parameters(view: Callable) -> frozenset[str]:
    """What the address of an operation may ask, apart from its path."""
    names = set()
    for name, hint in get_type_hints(view, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, QueryParameter):
                names.add(mark.alias or name)
    return frozenset(names)


def _well_asked(view: Callable) -> Callable:
    """Refuse a parameter that nobody reads, or that is given twice.

    Either would be lost in silence, and the answer would look as if it had been heeded.
    """
    known = _parameters(unwrap(view))

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        for name in request.GET:
            if name not in known:
                raise HttpError(400, _unknown(name, known))
            if len(request.GET.getlist(name)) > 1:
                raise HttpError(400, _("%(name)s: give one, not several.") % {"name": name})
        return view(request, *args, **kwargs)

    return answer


api.add_decorator(_well_asked, mode="operation")


def _unknown(name: str, known: frozenset[str]) -> str:
    said = {"name": shortened(name), "known": ", ".join(sorted(known))}
    if not known:
        return _("%(name)s: this address takes no parameters.") % said
    return _("%(name)s: there is no such parameter. There are: %(known)s.") % said


@csrf_exempt
def nowhere(request: HttpRequest, path: str) -> HttpResponse:
    """An address of the interface that nothing has is refused as every question is."""
    said = _(
        "There is no page at this address. It may have been typed with a mistake, or a link that "
        "led here is old. Addresses of this register do not change."
    )
    return api.create_response(request, {"detail": said}, status=404)


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A question that makes no sense is answered with a sentence for each parameter."""
    said = [
        _("%(name)s: %(problem)s.") % {"name": each["loc"][-1], "problem": _problem(each)}
        for each in error.errors
    ]
    return api.create_response(request, {"detail": " ".join(said)}, status=400)


def _problem(error: dict[str, Any]) -> str:
    if error["type"] == "missing":
        return _("it is missing")
    if error["type"] in NO_NUMBER:
        return (_("Enter a number from 1 to %(most)s.") % {"most": 2**31 - 1}).rstrip(".")
    return error["msg"].removeprefix("Value error, ")


def _read_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        parsed = PartialDate.parse(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.precision is not Precision.DAY or parsed.earliest is None:
        raise ValueError(
            _("%(value)s is not a day such as 2014-06-01") % {"value": repr(str(value)[:QUOTED])}
        )
    return parsed.earliest


def _one_of(choices: type[StrEnum]) -> BeforeValidator:
    def read(value: Any) -> StrEnum:
        try:
            return choices(value)
        except ValueError:
            known = ", ".join(choices)
            raise ValueError(
                _("%(value)s is not known. Known are %(known)s")
                % {"value": repr(str(value)[:QUOTED]), "known": known}
            ) from None

    return BeforeValidator(read)


def _read_yes_or_no(value: Any) -> bool:
    if value not in ("true", "false"):
        raise ValueError(
            _("%(value)s is neither true nor false") % {"value": repr(str(value)[:QUOTED])}
        )
    return value == "true"


Day = Annotated[
    date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})
]
YesNo = Annotated[bool, BeforeValidator(_read_yes_or_no)]

Slug = Annotated[str, Path(..., description="The address of the institution.", example="mazhilis")]
OnDay = Annotated[
    Day | None,
    Query(None, description="A day such as 2014-06-01; else today.", example="2014-06-01"),
]
FirstDay = Annotated[
    Day | None, Query(None, alias="from", description="The first day of the period.")
]
LastDay = Annotated[
    Day | None, Query(None, alias="to", description="The first day after the period.")
]
OfInstitution = Annotated[
    str | None, Query(None, description="Only of this institution: its address.")
]
Code = Annotated[
    Annotated[
        Problem,
        _one_of(Problem),
        WithJsonSchema({"type": "string", "enum": [problem.value for problem in Problem]}),
    ]
    | None,
    Query(None, description="Only findings of this code."),
]
Gravity = Annotated[
    Annotated[
        Severity,
        _one_of(Severity),
        WithJsonSchema({"type": "string", "enum": [each.value for each in Severity]}),
    ]
    | None,
    Query(None, description="Only findings of this severity."),
]


def today() -> date:
    """The clock, read at the door."""
    return localdate()


def day_asked(request: HttpRequest, on: date | None) -> date:
    """`on`, else today; the answer names it in its header."""
    request.day = on or today()
    return request.day


def period(first: date, last: date | None, *, lasting: date, name: str = "to") -> tuple[date, date]:
    """The days from `first` up to, not on, `last`, or `lasting` where none is given.

    `name` is that of the parameter for the last day. Raises 400.
    """
    last = last or lasting
    if last <= first:
        raise HttpError(
            400,
            _("%(name)s: the period ends on %(last)s; give a day after its first day, %(first)s.")
            % {"name": name, "first": first, "last": last},
        )
    return first, last


def tomorrow(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def institution_called(slug: str) -> Institution:
    """The institution with an address. Raises 404."""
    found = Institution.objects.filter(slug=slug).first() if "\0" not in slug else None
    if found is None:
        raise HttpError(
            404, _("No institution has the address %(slug)s.") % {"slug": repr(slug[:80])}
        )
    return found
