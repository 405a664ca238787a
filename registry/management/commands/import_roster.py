"""Import a roster from a file: whole, or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import process

from registry.management.pipes import reader_may_leave
from registry.models import Institution
from registry.rosters.imports import Imported, Order, Plan, Refused, WrongUsage, import_roster
from registry.rosters.planning import report, report_data
from registry.rosters.reading import reader as reading
from registry.rosters.reading.cells import NUMBERS
from registry.serialise import finding_data

ENDS = ("first-day-out", "last-day-in")
ABSENT = ("keep", "end")


class Command(BaseCommand):
    help = (
        "Import who sits in an institution from a CSV, XLSX or Popolo file. Exit status: 0 applied "
        "or nothing to do, 1 refused and nothing written, 2 wrong usage."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE", help="the roster")
        parser.add_argument("--institution", required=True, metavar="SLUG", help="its address")
        parser.add_argument("--convocation", metavar="N", help="the number of the convocation")
        parser.add_argument("--layout", default="auto", help="|".join(reading.LAYOUTS))
        parser.add_argument(
            "--terms", metavar="FILE", help="a table of convocations: id,name,start_date,end_date"
        )
        parser.add_argument(
            "--end-dates",
            default=ENDS[0],
            help="|".join(ENDS) + ": what the end dates of the files mean",
        )
        parser.add_argument("--encoding", default="auto", help="auto, or utf-8, windows-1251, …")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="declare the roster complete for the days of the convocation",
        )
        parser.add_argument(
            "--absent",
            default=ABSENT[0],
            help="|".join(ABSENT) + ": what to do with those in the register but not in the file",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, print the same")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            imported = import_roster(
                institution_called(options["institution"]),
                reading.contents(Path(file)),
                Path(file).name,
                _order(options),
                reading={"layout": options["layout"], "encoding": options["encoding"]},
                dry_run=options["dry_run"],
            )
        except WrongUsage as wrong:
            self._refuse(options, [], str(wrong), status=2)
        except Refused as refused:
            unit = "membership" if is_popolo(file, options["layout"]) else "line"
            sentences = [report.fault_sentence(fault, unit) for fault in refused.faults]
            summary = ngettext(
                "Refused, nothing was written. There is %(n)s problem.",
                "Refused, nothing was written. There are %(n)s problems.",
                len(sentences),
            ) % {"n": len(sentences)}
            data = [report.fault_data(fault) for fault in refused.faults]
            self._refuse(options, data, "\n".join([*sentences, summary]), status=1)
        else:
            self._answer(options, imported)

    def _refuse(self, options: dict, errors: list[dict], words: str, *, status: int) -> None:
        if options["json"]:
            answer = {"refused": True, "wrong_usage": status == 2, "errors": errors}
            answer["message"] = words.splitlines()[-1]
            if not errors:
                answer["errors"] = [{"line": None, "column": "", "value": "", "reason": words}]
            self._print_json(answer)
        raise CommandError(words, returncode=status)

    def _answer(self, options: dict, imported: Imported) -> None:
        plan, (composition, found) = imported.plan, imported.effect.after
        findings = [finding_data(finding, plan.institution, composition.day) for finding in found]
        counted = {
            "on": composition.day,
            "state": composition.state.value,
            "required": composition.required,
            "filled": composition.filled,
            "possible": len(composition.possible),
            "vacant": composition.vacant,
            "parties": [
                {"slug": each.slug, "names": each.names, "seats": each.seats}
                for each in composition.parties
            ],
        }
        if options["json"]:
            answer = {
                "refused": False,
                "dry_run": options["dry_run"],
                "run": imported.run.pk if imported.run else None,
                **report_data.plan_data(plan),
            }
            self._print_json({**answer, "composition": counted, "findings": findings})
            return
        lines = list(report.plan_sentences(plan))
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        lines.append(_composition_sentence(plan, counted))
        lines += [f"  {finding['severity']}: {finding['message']}" for finding in findings]
        if composition.required is not None and composition.vacant is None:
            lines.append(
                _("The roster of this day is not declared complete: empty seats are not judged.")
            )
        elif not findings and composition.required is not None:
            lines.append(_("The roster matches the rules."))
        if imported.run:
            lines.append(
                _("This is import %(run)s; undo_import %(run)s takes it back.")
                % {"run": imported.run.pk}
            )
        with reader_may_leave():
            self.stdout.write("\n".join(lines))

    def _print_json(self, answer: dict) -> None:
        with reader_may_leave():
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def _composition_sentence(plan: Plan, counted: dict[str, Any]) -> str:
    words = {"institution": plan.institution, **counted}
    if counted["required"] is None:
        sentence = _("%(institution)s on %(on)s: %(filled)s sit, and no number of seats is known.")
    else:
        sentence = _("%(institution)s on %(on)s: %(filled)s of %(required)s seats are filled.")
    if counted["possible"]:
        return _("%(sentence)s Possibly %(possible)s more.") % {
            "sentence": sentence % words,
            **counted,
        }
    return sentence % words


def is_popolo(file: str, layout: str) -> bool:
    return layout == "popolo" or file.casefold().endswith(".json")


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


def _order(options: dict[str, Any]) -> Order:
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
        end_absent=end_absent,
    )


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise WrongUsage(
            _("%(option)s takes one of: %(known)s.") % {"option": option, "known": ", ".join(known)}
        )
    return value
