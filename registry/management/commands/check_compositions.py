"""Hold the compositions of a day, or of a period, against the rules: for cron and the curious."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.dates import Span
from registry.domain.findings import Severity
from registry.management.arguments import day_given, institutions_called, wrong_usage
from registry.management.pipes import reader_may_leave
from registry.serialise import Listed, finding_data, listed_between, listed_on
from registry.templatetags.days import long_day
from registry.templatetags.wording import cure, sentence

GRAVITY = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


class Command(BaseCommand):
    help = "Check who sits in the institutions, on a day or over a period, against the seat rules."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="DAY", help="a day such as 2014-06-01; today if left out"
        )
        parser.add_argument(
            "--from", metavar="DAY", dest="first", help="every finding of a period: its first day"
        )
        parser.add_argument(
            "--to",
            metavar="DAY",
            dest="last",
            help="the first day after the period; if left out, the period goes up to today",
        )
        parser.add_argument("--institution", metavar="SLUG", nargs="+", action="extend", default=[])
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--fail-on",
            choices=list(GRAVITY),
            default="error",
            help="exit with 1 if there is a finding as grave as this that nobody explained",
        )

    def handle(
        self,
        *,
        on: str | None,
        first: str | None,
        last: str | None,
        institution: list[str],
        **options: Any,
    ) -> None:
        period = _period(on, first, last, today=localdate())
        institutions = institutions_called(institution)
        if isinstance(period, date):
            found = listed_on(period, institutions)
        else:
            found = listed_between(*period, institutions)
        with reader_may_leave():
            if options["format"] == "json":
                rows = [finding_data(*each) for each in found]
                self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
            else:
                for each in found:
                    self.stdout.write("\n    ".join(_lines(each)))
                self.stdout.write(_summary(found, period, len(institutions)))
        grave = GRAVITY[options["fail_on"]]
        if any(each.finding.severity in grave and not each.finding.explained for each in found):
            raise SystemExit(1)


def _period(
    on: str | None, first: str | None, last: str | None, *, today: date
) -> date | tuple[date, date]:
    """One day, or the first day of a period and the first day after it."""
    if first is None and last is None:
        return day_given("--on", on) if on else today
    if on is not None:
        raise wrong_usage(_("--on: give one day, or a period with --from and --to, not both."))
    if first is None:
        raise wrong_usage(_("--from: it is missing; give the first day of the period."))
    begun = day_given("--from", first)
    over = day_given("--to", last) if last is not None else today + timedelta(days=1)
    if over <= begun:
        raise wrong_usage(
            _("--to: the period ends on %(last)s; give a day after its first day, %(first)s.")
            % {"first": begun, "last": over}
        )
    return begun, over


def _lines(listed: Listed) -> list[str]:
    """What is the matter and since when, why it is accepted, and what would cure it."""
    finding, institution, _day = listed
    words = {
        "institution": institution.slug,
        "severity": finding.severity.value,
        "sentence": sentence(finding),
        "days": _held(finding.days or Span()),
    }
    if finding.explained is None:
        said = "%(institution)s: %(severity)s: %(sentence)s (%(days)s)"
        return [said % words, cure(finding)]
    explained = finding.explained
    why = _("Explained: %(reason)s (%(source)s). It alarms again from %(day)s.") % {
        "reason": explained.reason,
        "source": explained.source,
        "day": long_day(explained.span.end) if explained.span.end else "?",
    }
    said = _("%(institution)s: %(severity)s, explained: %(sentence)s (%(days)s)")
    return [said % words, why]


def _held(days: Span) -> str:
    """The days on which a finding holds; the last is the first on which it no longer does."""
    if days.start and days.end:
        return _("from %(start)s until, not on, %(end)s") % {
            "start": long_day(days.start),
            "end": long_day(days.end),
        }
    if days.start:
        return _("since %(start)s") % {"start": long_day(days.start)}
    if days.end:
        return _("until, not on, %(end)s") % {"end": long_day(days.end)}
    return _("on all days recorded")


def _summary(found: list[Listed], period: date | tuple[date, date], bodies: int) -> str:
    number = len(found)
    if isinstance(period, date):
        said = ngettext("%(number)s finding on %(day)s.", "%(number)s findings on %(day)s.", number)
        words: dict[str, Any] = {"number": number, "day": period}
    else:
        said = ngettext(
            "%(number)s finding from %(first)s until, not on, %(last)s.",
            "%(number)s findings from %(first)s until, not on, %(last)s.",
            number,
        )
        words = {"number": number, "first": period[0], "last": period[1]}
    parts = [said % words, _("Institutions checked: %(bodies)s.") % {"bodies": bodies}]
    if explained := sum(1 for each in found if each.finding.explained):
        said = ngettext(
            "%(number)s is explained and does not alarm.",
            "%(number)s are explained and do not alarm.",
            explained,
        )
        parts.append(said % {"number": explained})
    return " ".join(parts)
