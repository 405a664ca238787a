"""Hold the compositions of a day against the rules, for cron and for the curious."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from registry.domain.checks import judge
from registry.domain.findings import Severity
from registry.models import Institution
from registry.serialise import finding_data
from registry.snapshots import compositions_on
from registry.templatetags.wording import cure, sentence

GRAVITY = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


class Command(BaseCommand):
    help = "Check who sits in the institutions on a day against the seat rules of that day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="DAY", help="a day such as 2014-06-01; today if left out"
        )
        parser.add_argument("--institution", metavar="SLUG", nargs="+", action="extend", default=[])
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--fail-on",
            choices=list(GRAVITY),
            default="error",
            help="exit with 1 if there is a finding as grave as this",
        )

    def handle(self, *, on: str | None, institution: list[str], **options: Any) -> None:
        day = _day(on) if on else localdate()
        found = [
            (each, judge(composition))
            for each, composition in compositions_on(day, _institutions(institution))
        ]
        if options["format"] == "json":
            rows = [finding_data(f, each, day) for each, findings in found for f in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        else:
            for each, findings in found:
                for finding in findings:
                    self.stdout.write(f"{each.slug}: {finding.severity}: {sentence(finding)}")
                    self.stdout.write(f"    {cure(finding)}")
            number = sum(len(findings) for _, findings in found)
            said = ngettext(
                "%(number)s finding in %(bodies)s institutions on %(day)s.",
                "%(number)s findings in %(bodies)s institutions on %(day)s.",
                number,
            )
            self.stdout.write(said % {"number": number, "bodies": len(found), "day": day})
        grave = GRAVITY[options["fail_on"]]
        if any(finding.severity in grave for _, findings in found for finding in findings):
            raise SystemExit(1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"--on: {text!r} is not a day such as 2014-06-01.", returncode=2
        ) from None


def _institutions(slugs: list[str]) -> list[Institution]:
    found = list(Institution.objects.filter(slug__in=slugs) if slugs else Institution.objects.all())
    if missing := set(slugs) - {institution.slug for institution in found}:
        known = ", ".join(Institution.objects.values_list("slug", flat=True))
        raise CommandError(
            f"--institution: {', '.join(sorted(missing))} is not recorded. Known: {known}.",
            returncode=2,
        )
    return found
