"""A plan in words for a terminal or a page, and a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from registry.models.fields import best_text
from registry.rosters.faults import Code, Fault, printable
from registry.rosters.matching.found import SomePerson
from registry.rosters.planning.changes import Change
from registry.rosters.planning.notes import notes_of
from registry.rosters.planning.plans import ChangedAppointment, Plan
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.reading.headers import FIELDS
from registry.rosters.values import field_name, kept, shown

# Faults that are found before a file is known to hold memberships: they name a line of the text.
OF_THE_TEXT = {Code.NOT_JSON, Code.NUL, Code.DAMAGED_UTF8}


def fault_sentence(fault: Fault, unit: str = "line") -> str:
    """Where, what stands there, and why it is refused."""
    place = {"line": fault.line, "column": column_name(fault), "reason": fault.reason}
    if fault.line is None:
        where = fault.reason
    elif unit == "membership" and fault.column and fault.code not in OF_THE_TEXT:
        where = _("Membership %(line)s, %(column)s: %(reason)s") % place
    elif unit == "membership" and fault.code not in OF_THE_TEXT:
        where = _("Membership %(line)s: %(reason)s") % place
    elif fault.column:
        where = _("Line %(line)s, column %(column)s: %(reason)s") % place
    else:
        where = _("Line %(line)s: %(reason)s") % place
    shown = printable(fault.value)
    if shown and shown not in where:
        where = _("%(sentence)s Found: “%(value)s”.") % {"sentence": where, "value": shown}
    return f"{fault.file}: {where}" if fault.file else where


def column_name(fault: Fault) -> str:
    """The column as the file writes it, with what it was said to hold."""
    header = printable(fault.header or fault.column)
    if fault.meaning not in FIELDS:
        return header
    words = {"header": header, "meaning": FIELDS[fault.meaning]}
    return _("“%(header)s” (%(meaning)s)") % words


def fault_data(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.header or fault.column,
        "value": printable(fault.value),
        "reason": fault.reason,
        "code": fault.code.value,
        "suggestion": fault.suggestion,
        "file": fault.file,
    }


def name_of(person: SomePerson) -> str:
    return best_text(person.record.sort_name or person.record.name, "en")[0]


def row_changes(row: PlannedRow) -> list[dict[str, Any]]:
    """What a row says otherwise than the register, as it is kept with a run; `kept` says that the
    register's value stays."""
    return [
        {
            "field": change.field,
            "old": kept(change.old),
            "new": kept(change.new),
            "kept": not change.taken,
        }
        for change in row.changes
    ]


def plan_sentences(plan: Plan) -> Iterator[str]:
    """What is to be known of the file, and what the import changes."""
    yield from (warning.reason for warning in plan.warnings)
    yield from (note.sentence for note in notes_of(plan))


def changes_shown(changed: ChangedAppointment) -> Iterator[dict[str, str]]:
    person = str(changed.appointment.person)
    for change in changed.told:
        if change.taken:
            yield _change_shown(person, change)


def person_changes_shown(person: SomePerson, changes: list[Change]) -> Iterator[dict[str, str]]:
    for change in changes:
        yield _change_shown(name_of(person), change)


def _change_shown(person: str, change: Change) -> dict[str, str]:
    return {
        "person": person,
        "field": field_name(change.field),
        "old": shown(kept(change.old)),
        "new": shown(kept(change.new)),
    }
