"""What a page says of a finding beside its sentence: its days, and who is to fill a vacancy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.facts import Designation, SeatRule, Sitting
from registry.domain.findings import Demand, Finding
from registry.templatetags.days import long_day
from registry.templatetags.wording import STEPS, text

register = template.Library()

BY_RIGHT = _("By right of another office.")
CHOSEN_BY = {
    Designation.ELECTED: _("By election. Who elects: %(body)s."),
    Designation.APPOINTED: _("By appointment. Who appoints: %(body)s."),
}
CHOSEN = {
    Designation.ELECTED: _("By election."),
    Designation.APPOINTED: _("By appointment; by whom is not recorded."),
}
PROPOSED_BY = _("On the proposal of: %(body)s.")
CONSENTED_BY = _("With the consent of: %(body)s.")

# The most people that a finding names with a link; their number follows.
LINKED = 12


class Clock(NamedTuple):
    """How long seats have been empty, and how long they may be.

    `days` is for how many days, `left` in how many the time runs out, both `None` where that is
    not known; `left` below zero is overdue. `unknown` counts the seats that nobody is known to
    have held.
    """

    seats: int
    days: int | None
    left: int | None
    unknown: int

    @property
    def overdue(self) -> bool:
        return self.left is not None and self.left <= 0

    @property
    def late(self) -> int:
        return -self.left if self.left is not None else 0


@register.simple_tag
def clock(finding: Finding, day: date) -> Clock:
    """The clock of a vacancy as it stands on a day, or stood when it was filled before."""
    if finding.days and finding.days.end:
        day = min(day, finding.days.end)
    seats = (finding.expected or 0) - (finding.found or 0) - finding.doubtful
    since, due = finding.since, finding.due
    return Clock(
        seats=seats,
        days=(day - since).days if since and since <= day else None,
        left=(due - day).days if due else None,
        unknown=max(0, seats - len(finding.predecessors)),
    )


@register.filter
def holds(finding: Finding) -> str:
    """On which days a finding holds; "" where nobody asked."""
    if finding.days is None:
        return ""
    start, end = finding.days.start, finding.days.end
    words = {"start": start and long_day(start), "end": end and long_day(end)}
    if start and end:
        return gettext("From %(start)s; no longer on %(end)s.") % words
    if start:
        return gettext("Since %(start)s.") % words
    if end:
        return gettext("From the beginning of the record; no longer on %(end)s.") % words
    return gettext("On all days of the record.")


@register.filter
def filled_by(rule: SeatRule) -> list[str]:
    """How the seats of a rule are filled, as it says itself, else by whom; a sentence each."""
    if method := text(rule.method):
        return [method]
    named = {
        CHOSEN_BY.get(rule.designation, BY_RIGHT): rule.chosen_by,
        PROPOSED_BY: rule.proposed_by,
        CONSENTED_BY: rule.consented_by,
    }
    said = [str(words) % {"body": text(body.names)} for words, body in named.items() if body]
    if not rule.chosen_by:
        said.insert(0, str(CHOSEN.get(rule.designation, BY_RIGHT)))
    return said


@register.filter
def missing_step(demand: Demand) -> str:
    return STEPS[demand.kind] % {"body": text(demand.by.names) if demand.by else "?"}


@register.filter
def linked(sittings: Sequence[Sitting]) -> Sequence[Sitting]:
    """As many people as a page names."""
    return sittings[:LINKED]


@register.filter
def beyond(sittings: Sequence[Sitting]) -> int:
    """How many people a page does not name."""
    return max(0, len(sittings) - LINKED)
