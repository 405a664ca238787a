"""The options of an import: how its file is read, and what is to become of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from rapidfuzz import process

from registry.domain.dates import PartialDate
from registry.models import Institution
from registry.models.naming import folded
from registry.rosters.imports import Order, Refused, WrongUsage
from registry.rosters.reading import reader as reading
from registry.rosters.reading.cells import NUMBERS
from registry.rosters.reading.headers import FIELDS
from registry.rosters.reading.options import Reading

ENDS = ("first-day-out", "last-day-in")
ABSENT = ("keep", "end")
DIFFERENCES = ("take", "keep")


def add_reading(parser: CommandParser) -> None:
    """How the file is to be read."""
    parser.add_argument("--layout", default="auto", help="|".join(reading.LAYOUTS))
    parser.add_argument(
        "--encoding",
        default="auto",
        help="auto reads UTF-8, and UTF-16 with its mark; any other must be named: "
        "windows-1251, kz-1048, …",
    )
    parser.add_argument("--delimiter", default="auto", help="auto, or one of , ; and tab")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook")
    parser.add_argument(
        "--day-order",
        default="",
        metavar="dmy|mdy",
        help="what 06/07/2014 means; unless it is said, such a date is refused",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="HEADER=FIELD",
        help="what a column of a plain list holds: a column of the registry's own layout, or "
        "nothing. What a curator said of this institution's files in the admin is known.",
    )
    parser.add_argument(
        "--terms", metavar="FILE", help="a table of convocations: id,name,start_date,end_date"
    )
    parser.add_argument(
        "--end-dates",
        default=ENDS[0],
        help="|".join(ENDS) + ": what the end dates of the files mean",
    )


def add_order(parser: CommandParser) -> None:
    """What is to become of it."""
    parser.add_argument(
        "--complete",
        action="store_true",
        help="declare the roster complete for the days of the convocation",
    )
    parser.add_argument(
        "--differences",
        default=DIFFERENCES[0],
        help="|".join(DIFFERENCES) + ": where file and register differ, take what the file "
        "says, or keep what is recorded and fill its gaps alone",
    )
    parser.add_argument(
        "--absent",
        default=ABSENT[0],
        help="|".join(ABSENT) + ": what to do with those in the register but not in the file",
    )
    parser.add_argument(
        "--absent-day", metavar="DAY", help="the day on which they ended, such as 2014-06-01"
    )
    parser.add_argument(
        "--absent-reason", default="", metavar="TEXT", help="why their mandates ended"
    )
    parser.add_argument(
        "--absent-limit",
        metavar="N",
        help="end at most so many; without it, many at a time are refused",
    )
    parser.add_argument(
        "--place",
        default="",
        metavar="TEXT",
        help="the place in the document that the file was made from, to be cited with the line",
    )
    parser.add_argument(
        "--without-faulty-rows",
        nargs="?",
        const="",
        metavar="FILE",
        help="leave faulty rows out, name them, and write them to a file if one is given; "
        "without this, one faulty row refuses the whole",
    )


def institution_called(slug: str) -> Institution:
    """The institution with an address. Raises `WrongUsage` that names the nearest one."""
    institution = Institution.objects.filter(slug=slug).first()
    if institution is not None:
        return institution
    known = list(Institution.objects.order_by("slug").values_list("slug", flat=True))
    near = process.extractOne(slug, known, score_cutoff=60)
    if near:
        raise WrongUsage(
            _("There is no institution “%(slug)s”. Did you mean %(near)s?")
            % {"slug": slug, "near": near[0]}
        )
    raise WrongUsage(_("There is no institution “%(slug)s”.") % {"slug": slug})


def order_of(options: dict[str, Any]) -> Order:
    """The options as an order. Raises `WrongUsage` for a value that an option does not know."""
    number = options["convocation"]
    if number is not None and not (
        re.fullmatch(r"\d{1,5}", str(number), re.ASCII) and int(number) in NUMBERS
    ):
        raise WrongUsage(_("--convocation takes a number from 1 to 32767, for example 5."))
    periods = {}
    last_day_in = _one_of("--end-dates", options["end_dates"], ENDS) == "last-day-in"
    end_absent = _one_of("--absent", options["absent"], ABSENT) == "end"
    if options["terms"]:
        path = Path(options["terms"])
        periods = reading.read_periods(reading.contents(path), path.name)
    return Order(
        on=localdate(),
        convocation=int(number) if number is not None else None,
        periods=periods,
        last_day_in=last_day_in,
        complete=options["complete"],
        leave_out_faulty=options["without_faulty_rows"] is not None,
        differences=_one_of("--differences", options["differences"], DIFFERENCES),
        end_absent=end_absent,
        absent_day=_absent_day(options["absent_day"]),
        absent_reason=options["absent_reason"],
        absent_limit=_absent_limit(options["absent_limit"]),
        place=options["place"],
    )


def _absent_day(text: str | None) -> PartialDate | None:
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError as problem:
        raise WrongUsage(_("--absent-day takes a day, for example 2014-06-01.")) from problem


def _absent_limit(text: str | int | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,7}", str(text), re.ASCII):
        raise WrongUsage(_("--absent-limit takes a number, for example 20."))
    return int(text)


def reading_of(options: dict[str, Any], institution: Institution) -> dict[str, Any]:
    """How to read the file. Raises `WrongUsage` for a column that is not told as it should be."""
    columns = dict(institution.column_meanings.values_list("header", "field"))
    for told in options["column"]:
        header, equals, name = told.rpartition("=")
        if not equals or (name and name not in FIELDS):
            raise WrongUsage(
                _("--column takes HEADER=FIELD, and as a field one of: %(known)s.")
                % {"known": ", ".join(FIELDS)}
            )
        columns[folded(header)] = name
    delimiter = "\t" if options["delimiter"] in ("tab", "\\t") else options["delimiter"]
    return Reading(
        layout=options["layout"],
        encoding=options["encoding"],
        delimiter=delimiter,
        sheet=options["sheet"],
        day_order=options["day_order"],
        columns=columns,
    ).data()


def decisions_in(path: str | None) -> dict[str, str]:
    """The answers in a file. Raises `WrongUsage` if it holds none."""
    if path is None:
        return {}
    try:
        told = json.loads(reading.contents(Path(path)))
    except (ValueError, Refused) as problem:
        told = problem
    if not (isinstance(told, dict) and all(isinstance(each, str) for each in told.values())):
        raise WrongUsage(
            _("%(path)s holds no decisions: it should be one JSON object of texts.")
            % {"path": path}
        )
    return told


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise WrongUsage(
            _("%(option)s takes one of: %(known)s.") % {"option": option, "known": ", ".join(known)}
        )
    return value
