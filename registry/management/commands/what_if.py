"""Hold a draft of seats or territories against the real roster of a day; nothing is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.comparison import Comparison, compare
from registry.domain.composition import Composition
from registry.domain.drafts import Draft, NewNumber, NewTerritory, effect_of
from registry.domain.findings import Finding
from registry.domain.majorities import majorities
from registry.management.arguments import day_given, institutions_called, unknown, wrong_usage
from registry.management.pipes import reader_may_leave
from registry.models import TerritoryKind
from registry.serialise.drafts import effect_data
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import sentence, text


class Command(BaseCommand):
    help = "Say what a draft would change on a day: seats, vacancies, majorities and findings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institution", required=True, metavar="SLUG", help="its address")
        parser.add_argument(
            "--on", metavar="DAY", help="a day such as 2014-06-01; today if left out"
        )
        parser.add_argument(
            "--found",
            metavar="NAME:KIND",
            nargs="+",
            action="extend",
            default=[],
            help="a new territory of a kind, such as Jetisu:region",
        )
        parser.add_argument(
            "--dissolve",
            metavar="TERRITORY",
            nargs="+",
            action="extend",
            default=[],
            help="the address of a territory that is to fill no seats any more",
        )
        parser.add_argument(
            "--seats",
            metavar="GROUP=N",
            nargs="+",
            action="extend",
            default=[],
            help="another number of seats of a group, or for each territory, such as elected=3",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self,
        *,
        institution: str,
        on: str | None,
        found: list[str],
        dissolve: list[str],
        seats: list[str],
        **options: Any,
    ) -> None:
        day = day_given("--on", on) if on else localdate()
        (body,) = institutions_called([institution])
        composition = composition_of(body, on=day)
        if not composition.rules:
            raise wrong_usage(
                _("--on: no seat rule of %(institution)s holds on %(day)s.")
                % {"institution": body.slug, "day": day}
            )
        draft = Draft(
            founded=tuple(_founded(found)),
            dissolved=_dissolved(dissolve, composition),
            numbers=tuple(_numbers(seats, composition)),
        )
        if draft == Draft():
            raise wrong_usage(_("Say what is to change, with --found, --dissolve or --seats."))
        effect = effect_of(draft, composition.snapshot)
        changes = compare(
            effect.before, effect.after, effect.findings_before, effect.findings_after
        )
        with reader_may_leave():
            if options["format"] == "json":
                answer = effect_data(body, draft, effect, changes)
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
                return
            self.stdout.write(_headline(text(body.name), changes))
            for line in _findings(changes, effect.findings_after):
                self.stdout.write(line)


def _founded(given: Iterable[str]) -> Iterator[NewTerritory]:
    kinds = list(TerritoryKind.objects.values_list("slug", flat=True))
    for each in given:
        name, _colon, kind = each.rpartition(":")
        if not name.strip():
            raise wrong_usage(
                _("--found: %(value)s is not a name and a kind such as Jetisu:region.")
                % {"value": repr(each)}
            )
        if kind not in kinds:
            raise unknown("--found", [repr(kind)], kinds)
        yield NewTerritory({"und": name.strip()}, kind)


def _dissolved(given: Iterable[str], composition: Composition) -> frozenset[str]:
    standing = [
        territory.slug
        for territory in composition.snapshot.territories
        if territory.on(composition.day)
    ]
    if missing := set(given) - set(standing):
        raise unknown("--dissolve", map(repr, missing), standing)
    return frozenset(given)


def _numbers(given: Iterable[str], composition: Composition) -> Iterator[NewNumber]:
    groups = [rule.group.slug for rule in composition.rules]
    seen = set[str]()
    for each in given:
        group, _equals, number = each.rpartition("=")
        if not re.fullmatch(r"\d{1,5}", number, re.ASCII):
            raise wrong_usage(
                _("--seats: %(value)s is not a group with a number, such as elected=3.")
                % {"value": repr(each)}
            )
        if group not in groups:
            raise unknown("--seats", [repr(group)], groups)
        if group in seen:
            raise wrong_usage(
                _("--seats: %(group)s is given twice; give one number.") % {"group": group}
            )
        seen.add(group)
        yield NewNumber(group, int(number))


def _headline(name: str, changes: Comparison) -> str:
    """Such as: 49 → 51 seats; 2 unfilled; majority 25 → 26; two thirds 33 → 34."""
    before, after = changes.before, changes.after
    half, two_thirds = _votes(before)
    new_half, new_two_thirds = _votes(after)
    words = {
        "institution": name,
        "day": long_day(after.day),
        "before": _number(before.required),
        "after": _number(after.required),
        "unfilled": after.unheld if after.vacant is None else after.vacant,
        "half": half,
        "new_half": new_half,
        "two_thirds": two_thirds,
        "new_two_thirds": new_two_thirds,
    }
    if after.vacant is None:
        said = _(
            "%(institution)s on %(day)s: %(before)s → %(after)s seats; "
            "%(unfilled)s without a recorded holder; "
            "majority %(half)s → %(new_half)s; two thirds %(two_thirds)s → %(new_two_thirds)s."
        )
    else:
        said = _(
            "%(institution)s on %(day)s: %(before)s → %(after)s seats; %(unfilled)s unfilled; "
            "majority %(half)s → %(new_half)s; two thirds %(two_thirds)s → %(new_two_thirds)s."
        )
    return said % words


def _votes(composition: Composition) -> list[str]:
    """The usual thresholds as text: more than half, and at least two thirds."""
    if not composition.required:
        return [_number(None)] * 2
    return [_number(each.votes) for each in majorities(composition.required)]


def _number(value: int | None) -> str:
    return "?" if value is None else str(value)


def _findings(changes: Comparison, after: tuple[Finding, ...]) -> Iterator[str]:
    """What the draft brings and what it cures; what stays as it is is only counted."""
    yield from _listed(_("New under the draft:"), changes.findings_new)
    yield from _listed(_("Gone under the draft:"), changes.findings_gone)
    stayed = len(after) - len(changes.findings_new)
    said = ngettext(
        "%(number)s finding stays as it is.", "%(number)s findings stay as they are.", stayed
    )
    yield said % {"number": stayed}


def _listed(heading: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield heading
    for finding in findings:
        yield f"    {finding.severity}: {sentence(finding)}"
