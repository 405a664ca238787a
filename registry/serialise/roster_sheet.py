"""The columns of a day's roster as a file: those that a roster is imported with, and their law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.facts import Sitting
from registry.models import Appointment, Institution
from registry.rosters.columns import COLUMNS as IMPORTED
from registry.rosters.columns import LANGUAGES
from registry.rosters.export.tables import appointment_cells, party_cells, roster_of
from registry.serialise.sheets import ON, Cell, Column
from registry.templatetags.wording import article

_DAYS = {"birth", "party_start", "party_end", "start", "end", "on"}
_GUIDES: dict[str, Any] = {
    "institution": _("The address of the institution."),
    "convocation": _("The number of the convocation; empty for a body without convocations."),
    "group": _("The address of the seat group."),
    "territory": _("The address of the territory that the seat belongs to, if any."),
    "person_id": _("The permanent id of the person; it tells people apart, a name does not."),
    "identifiers": _("Identifiers elsewhere, as scheme:value, with a space between them."),
    "other_names": _("Other spellings and former names, with | between them."),
    "birth": _("The date of birth, as far as it is recorded: a day, a month or a year."),
    "gender": _("The gender, if a source states it."),
    "party": _("The address of the party that the person sits for."),
    "party_name": _("The name of that party in English."),
    "party_start": _("When sitting for that party began, if not with the appointment."),
    "party_end": _("When sitting for that party ended, if not with the appointment."),
    "start": _("The first day in office. A year or a month alone: nobody recorded the day."),
    "start_precision": _("How much of the first day is known: day, month, year, span or none."),
    "start_basis": _("Whether a source states the first day, or it is that of the convocation."),
    "end": _("The first day out of office; empty while in office."),
    "end_precision": _("How much of the end is known; none: ended, but nobody recorded when."),
    "end_basis": _("Whether a source states the end, or it is that of the convocation."),
    "acting": _("1 for somebody who only acts for the holder, else 0."),
    "designation": _("How the person came in: elected, appointed or ex_officio."),
    "end_reason": _("Why the person left office, if recorded."),
    "note": _("A remark of the registry."),
    "sample": _("1 marks invented people."),
    "status": _("filled, vacant, or possible where the dates leave it open."),
    "on": ON.guide,
}
_GUIDES |= {
    f"name_{code}": _("The name in full, in the language at the end.") for code in LANGUAGES
}
_GUIDES |= {
    f"sort_name_{code}": _("The name as it is listed, in the language at the end.")
    for code in LANGUAGES
}

COLUMNS = (
    *(Column(name, _GUIDES[name], name in _DAYS) for name in IMPORTED),
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
    recorded = {each.pk: each for each in roster_of(institution, composition.day)}
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
