"""The columns of a day's roster as a file: those that a roster is imported with, and their law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.facts import Sitting
from registry.models import Appointment, Institution
from registry.rosters.export.guides import ROSTER
from registry.rosters.export.rows import Wanted, appointment_cells, party_cells, roster_of
from registry.serialise.sheets import Cell, Column
from registry.templatetags.wording import article

COLUMNS = (
    *ROSTER,
    Column("rule", _("The number of the seat rule that the seat falls under.")),
    Column("article", _("The act and the article of that rule.")),
    Column("source", _("The source of the appointment; empty where none is recorded.")),
    Column("source_url", _("Where that source is found.")),
)


def filled_rows(
    institution: Institution, composition: Composition, appointments: Iterable[int]
) -> Iterator[dict[str, Cell]]:
    """A row for each of some members of a composition, by the ids of their appointments."""
    sittings = {each.appointment_id: each for each in composition.members}
    recorded = {each.pk: each for each in roster_of(institution, Wanted(on=composition.day))}
    articles = _articles(composition)
    for number in appointments:
        sitting = sittings[number]
        rule = composition.rule_of(sitting)
        yield {
            **appointment_cells(recorded[number]),
            **_party(recorded[number], sitting, composition.day),
            "status": "filled" if sitting.presence(composition.day) is Presence.YES else "possible",
            "on": composition.day,
            "rule": rule.id if rule else None,
            "article": articles.get(rule.id) if rule else None,
            "source": sitting.source_title,
            "source_url": sitting.source_url,
        }


def vacant_row(
    institution: Institution, composition: Composition, group: str, territory: str
) -> dict[str, Cell]:
    """A row for a seat that nobody holds, by the addresses of its group and its territory."""
    rule = next((rule for rule in composition.rules if rule.group.slug == group), None)
    return {
        "institution": institution.slug,
        "convocation": composition.convocation.number if composition.convocation else None,
        "group": group,
        "territory": territory,
        "status": "vacant",
        "on": composition.day,
        "rule": rule.id if rule else None,
        "article": _articles(composition).get(rule.id) if rule else None,
    }


def _articles(composition: Composition) -> dict[int, str]:
    return {rule.id: article(rule) for rule in composition.rules}


def _party(appointment: Appointment, sitting: Sitting, day: date) -> dict[str, str]:
    """The party of the day, the one the page shows where the dates allow several."""
    found = party_cells(appointment, day)
    return next((cells for cells in found if cells["party"] == sitting.party_slug), {})
