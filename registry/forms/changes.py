"""What a reader asks of the changes and of the calendar: whose, of which kind, in which days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.forms.days import DaysForm
from registry.forms.questions import BadQuestion, given_once, one_of, shortened
from registry.models import Institution
from registry.templatetags.days import long_day
from registry.templatetags.happenings import KINDS


class Tab(StrEnum):
    """Two kinds of change that are never mixed: in the world, and in the register."""

    HAPPENED = "happened"
    CORRECTED = "corrected"


# What can be done to a record, as its history writes it.
EDITS = {"added": "+", "changed": "~", "removed": "-"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is an event, or for the register an edit; `last` is no longer in the period.

    `first` and `last` are `None` where it is open.
    """

    tab: Tab
    institution: Institution | None
    kind: str
    first: date | None = None
    last: date | None = None

    @classmethod
    def read(
        cls,
        query: QueryDict,
        institutions: Iterable[Institution],
        first: date | None,
        last: date | None,
    ) -> Asked:
        """What the address asks besides its days. Raises `BadQuestion`."""
        tab = Tab(one_of(query, "what", list(Tab), Tab.HAPPENED))
        kinds: Collection[str] = list(KINDS) if tab is Tab.HAPPENED else list(EDITS)
        institution = institution_asked(query, institutions)
        return cls(tab, institution, one_of(query, "kind", kinds, ""), first, last)

    @property
    def query(self) -> dict[str, str]:
        """What the address says of it."""
        asked = {
            "what": self.tab.value if self.tab is Tab.CORRECTED else "",
            "institution": self.institution.slug if self.institution else "",
            "kind": self.kind,
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
        }
        return {name: value for name, value in asked.items() if value}


def institution_asked(query: QueryDict, institutions: Iterable[Institution]) -> Institution | None:
    """The institution that the address names, if any. Raises `BadQuestion`."""
    slug = given_once(query, "institution")
    if not slug:
        return None
    for institution in institutions:
        if institution.slug == slug:
            return institution
    raise BadQuestion(
        _("There is no institution “%(value)s”. Choose one from the list.")
        % {"value": shortened(slug)}
    )


def period_asked(query: QueryDict) -> tuple[date | None, date | None]:
    """The days `from=` and `to=` of the address, `None` where open. Raises `BadQuestion`."""
    form = DaysForm(query)
    first, last = (
        form.day(name, default=date.min) if asked.asked else None
        for name, asked in form.forms.items()
    )
    if first and last and last <= first:
        raise BadQuestion(
            _("The period ends on %(last)s, which is not after its first day, %(first)s.")
            % {"first": long_day(first), "last": long_day(last)}
        )
    return first, last


# How far the calendar looks ahead, and at most.
MONTHS = 12
MOST_MONTHS = 30 * 12


def months_asked(query: QueryDict) -> int:
    """How many months the calendar is to show. Raises `BadQuestion`."""
    given = given_once(query, "months")
    if not given:
        return MONTHS
    months = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
    if not 1 <= months <= MOST_MONTHS:
        raise BadQuestion(
            _("“%(value)s” is no number of months. Use a whole number from 1 to %(most)s.")
            % {"value": shortened(given), "most": MOST_MONTHS}
        )
    return months
