"""Import a roster from a file: whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.management.bars import Bar
from registry.management.faulty_rows import room_for, write_faulty
from registry.management.pipes import reader_may_leave
from registry.management.roster_options import (
    add_order,
    add_reading,
    decisions_in,
    institution_called,
    order_of,
    reading_of,
)
from registry.rosters.imports import Imported, Plan, Refused, WrongUsage, import_roster
from registry.rosters.matching.questions import Question
from registry.rosters.planning import report, report_data
from registry.rosters.reading import reader as reading
from registry.serialise import finding_data
from registry.templatetags.wording import sentence


class Command(BaseCommand):
    help = (
        "Import who sits in an institution from a CSV, XLSX or JSON file: whole, or not at all. "
        "It prints the number by which undo_import takes the import back. Exit status: 0 applied "
        "or nothing to do, 1 refused and nothing written, 2 wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the roster")
        parser.add_argument("--institution", required=True, metavar="SLUG", help="its address")
        parser.add_argument("--convocation", metavar="N", help="the number of the convocation")
        add_reading(parser)
        add_order(parser)
        parser.add_argument(
            "--decisions",
            metavar="FILE",
            help="the answers to the questions that a refusal with --json lists: a JSON object "
            "of their keys and, for each, a permanent id, an address, new or leave_out",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, print the same")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, file: str, **options: Any) -> None:
        bar = Bar(self.stderr)
        try:
            institution = institution_called(options["institution"])
            left_out = room_for(options["without_faulty_rows"])
            imported = import_roster(
                institution,
                reading.contents(Path(file)),
                Path(file).name,
                order_of(options),
                reading=reading_of(options, institution),
                decisions=decisions_in(options["decisions"]),
                dry_run=options["dry_run"],
                progress=bar,
            )
            bar.clear()
            if left_out:
                write_faulty(left_out, imported.faulty, imported.plan.roster)
        except WrongUsage as wrong:
            bar.clear()
            self._refuse(options, [], str(wrong), status=2)
        except Refused as refused:
            bar.clear()
            unit = "membership" if is_popolo(file, options["layout"]) else "line"
            sentences = [report.fault_sentence(fault, unit) for fault in refused.faults]
            summary = ngettext(
                "Refused, nothing was written. There is %(n)s problem.",
                "Refused, nothing was written. There are %(n)s problems.",
                len(sentences),
            ) % {"n": len(sentences)}
            data = [report.fault_data(fault) for fault in refused.faults]
            words, questions = "\n".join([*sentences, summary]), refused.questions
            self._refuse(options, data, words, status=1, questions=questions)
        else:
            self._answer(options, imported)

    def _refuse(
        self,
        options: dict,
        errors: list[dict],
        words: str,
        *,
        status: int,
        questions: Iterable[Question] = (),
    ) -> None:
        if options["json"]:
            answer = {"refused": True, "wrong_usage": status == 2, "errors": errors}
            answer["questions"] = [asdict(question) for question in questions]
            answer["message"] = words.splitlines()[-1]
            if not errors:
                answer["errors"] = [{"line": None, "column": "", "value": "", "reason": words}]
            self._print_json(answer)
        raise CommandError(words, returncode=status)

    def _answer(self, options: dict, imported: Imported) -> None:
        plan, (composition, found) = imported.plan, imported.effect.after
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
                "left_out": [report.fault_data(fault) for fault in plan.faults],
                **report_data.plan_data(plan),
            }
            findings = [finding_data(each, plan.institution, composition.day) for each in found]
            self._print_json({**answer, "composition": counted, "findings": findings})
            return
        lines = list(report.plan_sentences(plan))
        if imported.faulty:
            lines += [report.fault_sentence(fault, plan.roster.unit) for fault in plan.faults]
            lines.append(
                ngettext(
                    "Left out: %(n)s faulty row.",
                    "Left out: %(n)s faulty rows.",
                    len(imported.faulty),
                )
                % {"n": len(imported.faulty)}
            )
        if options["dry_run"]:
            lines.append(_("This was a dry run: nothing was written."))
        lines.append(_composition_sentence(plan, counted))
        lines += [f"  {finding.severity.value}: {sentence(finding)}" for finding in found]
        if composition.required is not None and composition.vacant is None:
            lines.append(
                _("The roster of this day is not declared complete: empty seats are not judged.")
            )
        elif not found and composition.required is not None:
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
