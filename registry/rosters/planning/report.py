"""A plan in words for a terminal or a page, and a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.dates import PartialDate
from registry.models.fields import best_text
from registry.rosters.faults import Code, Fault, printable
from registry.rosters.matching.found import SomePerson
from registry.rosters.planning.changes import Change
from registry.rosters.planning.plans import ChangedAppointment, Plan
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.reading.headers import FIELDS

# What a reader takes in at a glance; the rest is counted.
SHOWN = 20

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


def shown(value: Any) -> str:
    """A stored value as a person reads it."""
    match value:
        case None:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case PartialDate():
            return str(value) or _("not recorded")
        case dict():
            return ", ".join(f"{code}: {text}" for code, text in value.items() if text) or "–"
        case list():
            return ", ".join(str(each) for each in value) or "–"
    return str(value) or "–"


def name_of(person: SomePerson) -> str:
    return best_text(person.record.sort_name or person.record.name, "en")[0]


def row_changes(row: PlannedRow) -> list[dict[str, Any]]:
    """What a row says otherwise than the register; `kept` where the register's value stays."""
    return [
        {
            "field": change.field,
            "old": shown(change.old),
            "new": shown(change.new),
            "kept": not change.taken,
        }
        for change in row.changes
    ]


def plan_sentences(plan: Plan) -> Iterator[str]:
    """What the import changes, the numbers first."""
    yield from (warning.reason for warning in plan.warnings)
    if plan.nothing_to_do:
        yield _("Nothing to do: the register holds all of it already.")
    else:
        yield from _counts(plan)
    yield from _convocations(plan)
    yield from _details(plan)
    yield from _ended(plan)
    yield from _remarks(plan)


def _counts(plan: Plan) -> Iterator[str]:
    def new_persons(n: int) -> str:
        return ngettext("New: %(n)s person.", "New: %(n)s persons.", n)

    def new_parties(n: int) -> str:
        return ngettext("New: %(n)s party.", "New: %(n)s parties.", n)

    def new(n: int) -> str:
        return ngettext("New: %(n)s appointment.", "New: %(n)s appointments.", n)

    def changed(n: int) -> str:
        return ngettext("Changed: %(n)s appointment.", "Changed: %(n)s appointments.", n)

    def changed_persons(n: int) -> str:
        return ngettext("Changed: %(n)s person.", "Changed: %(n)s persons.", n)

    def ended(n: int) -> str:
        return ngettext("Ended: %(n)s appointment.", "Ended: %(n)s appointments.", n)

    def unchanged(n: int) -> str:
        return ngettext("Unchanged: %(n)s appointment.", "Unchanged: %(n)s appointments.", n)

    def replaced(n: int) -> str:
        return ngettext("Replaced %(n)s sample deputy.", "Replaced %(n)s sample deputies.", n)

    for kind, sentence in (
        ("new_persons", new_persons),
        ("new_parties", new_parties),
        ("new", new),
        ("changed", changed),
        ("changed_persons", changed_persons),
        ("ended", ended),
        ("unchanged", unchanged),
        ("replaced", replaced),
    ):
        if number := plan.counts[kind]:
            yield sentence(number) % {"n": number}


def _convocations(plan: Plan) -> Iterator[str]:
    for sitting in plan.sittings:
        words = {
            "number": sitting.number,
            "start": shown(sitting.start),
            "end": shown(sitting.end),
        }
        if sitting.new:
            yield _("New: convocation %(number)s, from %(start)s to %(end)s.") % words
        for name in sitting.filled:
            yield _("Convocation %(number)s: %(field)s added, %(value)s.") % {
                **words,
                "field": field_name(name),
                "value": words[name],
            }
        for name, known, stated in sitting.differs:
            yield _(
                "Convocation %(number)s: %(field)s is %(known)s here and %(stated)s in the file; "
                "nothing changed."
            ) % {**words, "field": field_name(name), "known": known, "stated": stated}
    for days, sitting in plan.covered:
        yield _("Declared complete: convocation %(number)s, %(start)s to %(end)s.") % {
            "number": sitting.number,
            "start": shown(days.start),
            "end": shown(days.end),
        }


def _details(plan: Plan) -> Iterator[str]:
    for each in plan.changed[:SHOWN]:
        for change in changes_shown(each):
            yield _("%(person)s: %(field)s was %(old)s, is now %(new)s.") % change
    for each in plan.changed_persons[:SHOWN]:
        for change in person_changes_shown(each.person, each.changes):
            yield _("%(person)s: %(field)s was %(old)s, is now %(new)s.") % change
        if each.identifiers:
            yield _("%(person)s: identifiers added: %(added)s.") % {
                "person": name_of(each.person),
                "added": ", ".join(str(identifier) for identifier in each.identifiers),
            }


def _ended(plan: Plan) -> Iterator[str]:
    for appointment, end in plan.ended[:SHOWN]:
        words = {"person": appointment.person, "day": end.latest, "end": shown(end)}
        if end.earliest is None:
            sentence = _(
                "Ended, because the file does not have it: %(person)s, by %(day)s at the latest."
            )
        else:
            sentence = _("Ended, because the file does not have it: %(person)s, on %(end)s.")
        yield sentence % words


def _remarks(plan: Plan) -> Iterator[str]:
    for party in plan.new_parties:
        if party.near:
            yield _("New party %(name)s: did you mean %(near)s?") % {
                "name": best_text(party.record.name, "en")[0],
                "near": party.near,
            }
    fresh = [each for each in plan.territories if each.new]
    if fresh:
        yield _("New territories, of no kind yet: %(names)s.") % {
            "names": ", ".join(best_text(each.record.name, "en")[0] for each in fresh)
        }
    for person in plan.similar[:SHOWN]:
        yield _(
            "Similar name: %(person)s is recorded already. A name does not tell who it is, so "
            "this is a new person."
        ) % {"person": name_of(person)}
    if gaps := plan.day_gaps:
        yield ngettext(
            "%(n)s time somebody leaves and is back a day later. If the file gives the last day "
            "in office, import it with --end-dates last-day-in.",
            "%(n)s times somebody leaves and is back a day later. If the file gives the last day "
            "in office, import it with --end-dates last-day-in.",
            gaps,
        ) % {"n": gaps}
    ended = {appointment.pk for appointment, _end in plan.ended}
    kept = [each for each in plan.absent if each.pk not in ended]
    if kept:
        names = ", ".join(str(each.person) for each in kept[:SHOWN])
        yield ngettext(
            "In the register but not in the file: %(n)s appointment (%(names)s).",
            "In the register but not in the file: %(n)s appointments (%(names)s).",
            len(kept),
        ) % {"n": len(kept), "names": names}
    if plan.left_out:
        yield _("Left out, because the office is not a seat group here: rows %(lines)s.") % {
            "lines": ", ".join(str(line) for line in plan.left_out)
        }
    if plan.other_rows:
        yield ngettext(
            "Left out: %(n)s row of other convocations.",
            "Left out: %(n)s rows of other convocations.",
            plan.other_rows,
        ) % {"n": plan.other_rows}
    if vacant := plan.roster.skipped.get("vacant", 0):
        yield ngettext(
            "Left out: %(n)s row of a vacant seat.", "Left out: %(n)s rows of vacant seats.", vacant
        ) % {"n": vacant}
    if examples := plan.roster.skipped.get("example", 0):
        yield ngettext(
            "Left out: %(n)s row that is the example of the empty file.",
            "Left out: %(n)s rows that are the example of the empty file.",
            examples,
        ) % {"n": examples}
    if others := plan.roster.skipped.get("other_organizations", 0):
        yield ngettext(
            "Left out: %(n)s membership of another organization.",
            "Left out: %(n)s memberships of other organizations.",
            others,
        ) % {"n": others}
    if plan.roster.encoding not in ("", "utf-8", "utf-8-sig", "xlsx"):
        yield _("Read as %(encoding)s.") % {"encoding": plan.roster.encoding}


def field_name(field: str) -> str:
    """What people call a field."""
    return {
        "group": _("seat group"),
        "convocation": _("convocation"),
        "territory": _("territory"),
        "start": _("start"),
        "end": _("end"),
        "start_inherited": _("start taken from the convocation"),
        "end_inherited": _("end taken from the convocation"),
        "acting": _("acting"),
        "designation": _("came in by being"),
        "end_reason": _("why it ended"),
        "note": _("remark"),
        "name": _("name"),
        "sort_name": _("name in lists"),
        "other_names": _("other spellings"),
        "birth": _("born"),
        "gender": _("gender"),
        "party": _("party"),
        "identifiers": _("identifiers"),
    }.get(field, field)


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
        "old": shown(change.old),
        "new": shown(change.new),
    }
