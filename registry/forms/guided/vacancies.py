"""The seats that nobody holds, on the day asked for and on others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from registry.domain.checks import findings_on
from registry.domain.composition import Composition, Line
from registry.domain.dates import years_after
from registry.domain.facts import SeatRule, Sitting, Territory
from registry.domain.findings import Problem
from registry.forms.partial_dates import quoted
from registry.models import Institution
from registry.snapshots import history_of
from registry.templatetags.days import span_days
from registry.templatetags.wording import holder, text

# Nobody looks for a vacancy further back, and a list of more is no help.
YEARS_BACK, LISTED = 40, 12


@dataclass(frozen=True, slots=True)
class Seat:
    """The empty seats of a line, and who left one last."""

    line: Line
    former: Sitting | None

    @property
    def key(self) -> str:
        return key_of(self.line.rule, self.line.territory)

    def label(self, day: date) -> str:
        line = self.line
        parts = [place_of(line, day)]
        parts.append(
            ngettext("%(number)s seat is empty", "%(number)s seats are empty", line.unheld)
            % {"number": line.unheld}
        )
        if line.rule.article:
            parts.append(gettext("Art. %(article)s") % {"article": line.rule.article})
        if self.former is not None:
            words = {"name": holder(self.former), "day": quoted(self.former.end)}
            parts.append(gettext("last held by %(name)s, who left on %(day)s") % words)
        return "; ".join(parts)


def key_of(rule: SeatRule, territory: Territory | None) -> str:
    """How a form and an address name the seats of a rule, or of one territory under it."""
    return f"{rule.group.slug}:{territory.slug if territory else ''}"


def place_of(line: Line, day: date) -> str:
    return _named(line.rule, line.territory, day)


def _named(rule: SeatRule, territory: Territory | None, day: date) -> str:
    group = text(rule.group.names)
    return f"{group}, {text(territory.names_on(day))}" if territory else group


def empty_seats(composition: Composition) -> Iterator[Seat]:
    """The lines with a seat that nobody holds, each with who left it last."""
    found = {
        (each.rule.group.id, getattr(each.territory, "id", None)): each.predecessors
        for each in findings_on(composition, Problem.VACANT_SEATS)
        if each.rule is not None
    }
    for line in (*composition.lines, *composition.inner):
        if line.unheld:
            key = (line.rule.group.id, line.territory.id if line.territory else None)
            yield Seat(line, next(iter(found.get(key, ())), None))


def vacancies_of(institution: Institution, *, on: date) -> list[str]:
    """The seats that stand empty at some time up to `on` and the days on which they do, last first.

    Only days for which the roster is declared complete have vacancies.
    """
    ((_institution, findings),) = history_of([institution], years_after(on, -YEARS_BACK), on)
    found = [
        (each.days, _named(each.rule, each.territory, each.days.start))
        for each in findings
        if each.problem is Problem.VACANT_SEATS and each.rule and each.days and each.days.start
    ]
    found.sort(key=lambda pair: pair[0].start, reverse=True)
    return [f"{place}, {span_days(days.start, days.end)}" for days, place in found[:LISTED]]
