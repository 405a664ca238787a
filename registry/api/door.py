"""What may be asked of the JSON interface, and how a question that makes no sense is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from pydantic import BeforeValidator, WithJsonSchema

from registry.api.schemas import Refusal
from registry.domain.dates import PartialDate, Precision
from registry.domain.findings import Problem, Severity
from registry.models import Institution

api = NinjaAPI(
    title="Institutions register",
    version="1",
    description=(
        "Who sat in any institution on any day, checked against the rules of that day. "
        "Days are half-open: an `end`, or `to`, is the first day after. "
        "Texts are in the language that Accept-Language asks for: en, kk, ru or de. "
        "A question that makes no sense is answered with 400 and a sentence."
    ),
    docs_url=None,
    urls_namespace="api",
)

# What a sentence quotes of what somebody typed.
QUOTED = 40


def get(path: str, answer: Any) -> Callable[[Callable], Callable]:
    """Answer GET, and HEAD as any page does; the document lists one operation for both."""
    response = {200: answer, 400: Refusal, 404: Refusal}

    def register(view: Callable) -> Callable:
        api.api_operation(["HEAD"], path, include_in_schema=False, response=response)(view)
        return api.get(path, response=response, operation_id=view.__name__)(view)

    return register


def _given_once(view: Callable) -> Callable:
    """Refuse a parameter that is given twice: one of the two would be lost in silence."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        for name in request.GET:
            if len(request.GET.getlist(name)) > 1:
                raise HttpError(
                    400, _("%(name)s: give one, not several.") % {"name": name[:QUOTED]}
                )
        return view(request, *args, **kwargs)

    return answer


api.add_decorator(_given_once, mode="operation")


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

Slug = Annotated[str, Path(..., description="The address of the institution, such as mazhilis.")]
OnDay = Annotated[Day | None, Query(None, description="A day such as 2014-06-01; else today.")]
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
