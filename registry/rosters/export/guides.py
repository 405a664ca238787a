"""What each column of a roster holds, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.rosters.columns import COLUMNS, LANGUAGES
from registry.rosters.export.workbooks import Column

DAYS = {"birth", "party_start", "party_end", "start", "end", "on"}
GUIDES: dict[str, Any] = {
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
    "on": _("The day that the file is about."),
}
GUIDES |= {f"name_{code}": _("The name in full, in the language at the end.") for code in LANGUAGES}
GUIDES |= {
    f"sort_name_{code}": _("The name as it is listed, in the language at the end.")
    for code in LANGUAGES
}

ROSTER = tuple(Column(name, GUIDES[name], name in DAYS) for name in COLUMNS)
