"""What a plan comes to, note by note: kept as codes and values, said to each reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.rosters.planning.plans import Plan
from registry.rosters.values import FieldName, kept, shown

# What a reader takes in at a glance; the rest is counted.
SHOWN = 20


class Told(StrEnum):
    """Kinds of notes."""

    NOTHING_TO_DO = "nothing_to_do"
    NEW_PERSONS = "new_persons"
    NEW_PARTIES = "new_parties"
    NEW = "new"
    CHANGED = "changed"
    CHANGED_PERSONS = "changed_persons"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    NEW_CONVOCATION = "new_convocation"
    CONVOCATION_FILLED = "convocation_filled"
    CONVOCATION_DIFFERS = "convocation_differs"
    COMPLETE = "complete"
    CHANGE = "change"
    IDENTIFIERS = "identifiers"
    ENDED_BY = "ended_by"
    ENDED_ON = "ended_on"
    NEAR_PARTY = "near_party"
    NEW_TERRITORIES = "new_territories"
    SIMILAR = "similar"
    DAY_GAPS = "day_gaps"
    ABSENT = "absent"
    OFFICES = "offices"
    OTHER_CONVOCATIONS = "other_convocations"
    VACANT = "vacant"
    EXAMPLES = "examples"
    OTHER_ORGANIZATIONS = "other_organizations"
    ENCODING = "encoding"


SENTENCES: dict[Told, Any] = {
    Told.NOTHING_TO_DO: _("Nothing to do: the register holds all of it already."),
    Told.NEW_PERSONS: ngettext_lazy("New: %(n)s person.", "New: %(n)s persons.", "n"),
    Told.NEW_PARTIES: ngettext_lazy("New: %(n)s party.", "New: %(n)s parties.", "n"),
    Told.NEW: ngettext_lazy("New: %(n)s appointment.", "New: %(n)s appointments.", "n"),
    Told.CHANGED: ngettext_lazy("Changed: %(n)s appointment.", "Changed: %(n)s appointments.", "n"),
    Told.CHANGED_PERSONS: ngettext_lazy("Changed: %(n)s person.", "Changed: %(n)s persons.", "n"),
    Told.ENDED: ngettext_lazy("Ended: %(n)s appointment.", "Ended: %(n)s appointments.", "n"),
    Told.UNCHANGED: ngettext_lazy(
        "Unchanged: %(n)s appointment.", "Unchanged: %(n)s appointments.", "n"
    ),
    Told.REPLACED: ngettext_lazy(
        "Replaced %(n)s sample deputy.", "Replaced %(n)s sample deputies.", "n"
    ),
    Told.NEW_CONVOCATION: _("New: convocation %(number)s, from %(start)s to %(end)s."),
    Told.CONVOCATION_FILLED: _("Convocation %(number)s: %(field)s added, %(value)s."),
    Told.CONVOCATION_DIFFERS: _(
        "Convocation %(number)s: %(field)s is %(known)s here and %(stated)s in the file; "
        "nothing changed."
    ),
    Told.COMPLETE: _("Declared complete: convocation %(number)s, %(start)s to %(end)s."),
    Told.CHANGE: _("%(person)s: %(field)s was %(old)s, is now %(new)s."),
    Told.IDENTIFIERS: _("%(person)s: identifiers added: %(added)s."),
    Told.ENDED_BY: _(
        "Ended, because the file does not have it: %(person)s, by %(day)s at the latest."
    ),
    Told.ENDED_ON: _("Ended, because the file does not have it: %(person)s, on %(end)s."),
    Told.NEAR_PARTY: _("New party %(name)s: did you mean %(near)s?"),
    Told.NEW_TERRITORIES: _("New territories, of no kind yet: %(names)s."),
    Told.SIMILAR: _(
        "Similar name: %(person)s is recorded already. A name does not tell who it is, so "
        "this is a new person."
    ),
    Told.DAY_GAPS: ngettext_lazy(
        "%(n)s time somebody leaves and is back a day later. If the end dates of the file are "
        "the last days in office, say so; to the command by --end-dates last-day-in.",
        "%(n)s times somebody leaves and is back a day later. If the end dates of the file are "
        "the last days in office, say so; to the command by --end-dates last-day-in.",
        "n",
    ),
    Told.ABSENT: ngettext_lazy(
        "In the register but not in the file: %(n)s appointment (%(names)s).",
        "In the register but not in the file: %(n)s appointments (%(names)s).",
        "n",
    ),
    Told.OFFICES: _("Left out, because the office is not a seat group here: rows %(lines)s."),
    Told.OTHER_CONVOCATIONS: ngettext_lazy(
        "Left out: %(n)s row of other convocations.",
        "Left out: %(n)s rows of other convocations.",
        "n",
    ),
    Told.VACANT: ngettext_lazy(
        "Left out: %(n)s row of a vacant seat.", "Left out: %(n)s rows of vacant seats.", "n"
    ),
    Told.EXAMPLES: ngettext_lazy(
        "Left out: %(n)s row that is the example of the empty file.",
        "Left out: %(n)s rows that are the example of the empty file.",
        "n",
    ),
    Told.OTHER_ORGANIZATIONS: ngettext_lazy(
        "Left out: %(n)s membership of another organization.",
        "Left out: %(n)s memberships of other organizations.",
        "n",
    ),
    Told.ENCODING: _("Read as %(encoding)s."),
}


class Note(NamedTuple):
    """One thing to say of a plan; `words` are values as `kept` makes them, numbers as `n`."""

    code: Told
    words: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        words = {key: each if key == "n" else shown(each) for key, each in self.words.items()}
        return str(SENTENCES[self.code] % words)

    def stored(self) -> dict[str, Any]:
        return {"code": self.code.value, "words": self.words}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> Self:
        """The note that `stored` made this data of."""
        return cls(Told(data["code"]), data["words"])


def note(code: Told, **words: Any) -> Note:
    return Note(code, {key: kept(value) for key, value in words.items()})


def notes_of(plan: Plan) -> Iterator[Note]:
    """What the import changes, the numbers first."""
    if plan.nothing_to_do:
        yield note(Told.NOTHING_TO_DO)
    else:
        for code in _COUNTED:
            if number := plan.counts[code.value]:
                yield note(code, n=number)
    yield from _convocations(plan)
    yield from _details(plan)
    yield from _ended(plan)
    yield from _remarks(plan)
    yield from _left_out(plan)


_COUNTED = (
    *(Told.NEW_PERSONS, Told.NEW_PARTIES, Told.NEW, Told.CHANGED, Told.CHANGED_PERSONS),
    *(Told.ENDED, Told.UNCHANGED, Told.REPLACED),
)


def _convocations(plan: Plan) -> Iterator[Note]:
    for sitting in plan.sittings:
        number, days = sitting.number, {"start": sitting.start, "end": sitting.end}
        if sitting.new:
            yield note(Told.NEW_CONVOCATION, number=number, **days)
        for name in sitting.filled:
            field, value = FieldName(name), days[name]
            yield note(Told.CONVOCATION_FILLED, number=number, field=field, value=value)
        for name, known, stated in sitting.differs:
            told = {"field": FieldName(name), "known": known, "stated": stated}
            yield note(Told.CONVOCATION_DIFFERS, number=number, **told)
    for days, sitting in plan.covered:
        yield note(Told.COMPLETE, number=sitting.number, start=days.start, end=days.end)


def _details(plan: Plan) -> Iterator[Note]:
    for each in plan.changed[:SHOWN]:
        for change in each.told:
            if change.taken:
                person, field = each.appointment.person, FieldName(change.field)
                yield note(Told.CHANGE, person=person, field=field, old=change.old, new=change.new)
    for each in plan.changed_persons[:SHOWN]:
        person = each.person.record
        for change in each.changes:
            field = FieldName(change.field)
            yield note(Told.CHANGE, person=person, field=field, old=change.old, new=change.new)
        if each.identifiers:
            yield note(Told.IDENTIFIERS, person=person, added=[str(i) for i in each.identifiers])


def _ended(plan: Plan) -> Iterator[Note]:
    for appointment, end in plan.ended[:SHOWN]:
        if end.earliest is None:
            yield note(Told.ENDED_BY, person=appointment.person, day=end.latest)
        else:
            yield note(Told.ENDED_ON, person=appointment.person, end=end)


def _remarks(plan: Plan) -> Iterator[Note]:
    for party in plan.new_parties:
        if party.near:
            yield note(Told.NEAR_PARTY, name=party.record, near=party.near)
    if fresh := [each.record for each in plan.territories if each.new]:
        yield note(Told.NEW_TERRITORIES, names=fresh)
    for person in plan.similar[:SHOWN]:
        yield note(Told.SIMILAR, person=person.record)
    if plan.day_gaps:
        yield note(Told.DAY_GAPS, n=plan.day_gaps)
    ended = {appointment.pk for appointment, _end in plan.ended}
    if stay := [each.person for each in plan.absent if each.pk not in ended]:
        yield note(Told.ABSENT, n=len(stay), names=stay[:SHOWN])


def _left_out(plan: Plan) -> Iterator[Note]:
    skipped = plan.roster.skipped
    if plan.left_out:
        yield note(Told.OFFICES, lines=plan.left_out)
    for code, number in (
        (Told.OTHER_CONVOCATIONS, plan.other_rows),
        (Told.VACANT, skipped.get("vacant", 0)),
        (Told.EXAMPLES, skipped.get("example", 0)),
        (Told.OTHER_ORGANIZATIONS, skipped.get("other_organizations", 0)),
    ):
        if number:
            yield note(code, n=number)
    if plan.roster.encoding not in ("", "utf-8", "utf-8-sig", "xlsx"):
        yield note(Told.ENCODING, encoding=plan.roster.encoding)
