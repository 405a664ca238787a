"""What a file says otherwise than the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.domain.dates import UNKNOWN, PartialDate, Presence, Term
from registry.models import Affiliation, Appointment
from registry.models.imports import Verdict
from registry.rosters.columns import LANGUAGES
from registry.rosters.matching.found import Found, SomePerson
from registry.rosters.matching.names import clean
from registry.rosters.planning.changes import Change, fills, weighed, within
from registry.rosters.planning.mandates import Mandate, Sits, bounded
from registry.rosters.reading.cells import tidy
from registry.rosters.rows import Roster


def plain(text: str) -> str:
    """A text without what a spreadsheet or a line ending does to it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c >= " " or c in "\n\t").strip()


def same_seat(mandate: Mandate, appointment: Appointment) -> tuple[bool, ...] | None:
    """How close a mandate is to a recorded appointment of the same person; `None`: another one.

    The same seat on shared days is the same mandate, and so is one that began on the same day:
    then the file corrects the seat.
    """
    group, territory = mandate.group, mandate.territory
    convocation = mandate.sitting.record.pk if mandate.sitting else None
    if appointment.convocation_id and mandate.sitting and appointment.convocation_id != convocation:
        return None
    recorded_inner = bool(appointment.group and appointment.group.inner)
    if recorded_inner != mandate.inner:
        return None
    same_group = group is None or appointment.group_id in (None, group.pk)
    same_territory = territory is None or appointment.territory_id in (None, territory.record.pk)
    same_acting = appointment.acting == mandate.acting
    same_start = appointment.start == mandate.start
    if recorded_inner and not same_group:
        return None
    if not same_start and not (same_group and same_territory and same_acting):
        return None
    if not same_start and not _overlap(Term(mandate.start, mandate.end), appointment.term):
        return None
    return (
        True,
        same_group and same_territory and same_acting,
        same_start,
        appointment.end == mandate.end,
        appointment.group_id == (group.pk if group else None),
        appointment.territory_id == (territory.record.pk if territory else None),
    )


def _overlap(one: Term, other: Term) -> bool:
    def before(a: Term, b: Term) -> bool:
        return bool(
            a.end and a.end.latest and b.start.earliest and a.end.latest <= b.start.earliest
        )

    return not before(one, other) and not before(other, one)


def changes_of(
    mandate: Mandate, appointment: Appointment, roster: Roster, *, keep: bool = False
) -> tuple[list[Change], list[Sits] | None]:
    """The fields that differ, weighed, and the parties if they do.

    Our own file says what its columns hold. A file of others says what it states: where it is
    silent, what is recorded stays.
    """
    single = (
        *_seat_changes(mandate, appointment, roster),
        *_text_changes(mandate, appointment, roster),
    )
    changes = [
        *(weighed(change, keep=keep) for change in single),
        *_date_changes(mandate, appointment, roster, keep=keep),
    ]
    parties = _party_changes(mandate, appointment, roster)
    if parties is not None:
        recorded = list(appointment.affiliations.all())
        told = Change(
            "party",
            [each.party for each in recorded],
            [sits.party.record for sits in parties],
        )
        told = weighed(told, keep=keep)
        changes.append(told)
        if not told.taken:
            parties = None
    return changes, parties


def _seat_changes(mandate: Mandate, appointment: Appointment, roster: Roster):
    convocation = mandate.sitting.record if mandate.sitting else None
    territory = mandate.territory.record if mandate.territory else None
    for name, new in (
        ("group", mandate.group),
        ("convocation", convocation),
        ("territory", territory),
    ):
        old = getattr(appointment, name)
        silent = new is None and (not roster.own or name not in roster.says)
        if not silent and old != new:
            yield Change(name, old, new)


def _date_changes(mandate: Mandate, appointment: Appointment, roster: Roster, *, keep: bool):
    for name in ("start", "end"):
        if roster.own and name not in roster.says:
            continue
        passed_on = f"{name}_inherited"
        inherits, inherited = getattr(mandate, passed_on), getattr(appointment, passed_on)
        old, new = getattr(appointment, name), getattr(mandate, name)
        if inherits and inherited and _same_convocation(mandate, appointment):
            continue
        if not roster.own and (inherits or new in (None, UNKNOWN)):
            continue
        if not roster.own and old and old != new and within(old, new):
            # A year says nothing against a day in it.
            continue
        date_change = weighed(Change(name, old, new), keep=keep)
        if old != new:
            yield date_change
        if inherits != inherited:
            flag = Change(passed_on, inherited, inherits, date_change.verdict)
            yield flag if old != new else weighed(Change(passed_on, inherited, inherits), keep=keep)


def _same_convocation(mandate: Mandate, appointment: Appointment) -> bool:
    return bool(mandate.sitting and mandate.sitting.record.pk == appointment.convocation_id)


def _text_changes(mandate: Mandate, appointment: Appointment, roster: Roster):
    if not roster.own:
        return
    if "acting" in roster.says and mandate.acting != appointment.acting:
        yield Change("acting", appointment.acting, mandate.acting)
    for name in ("designation", "end_reason", "note"):
        old, new = getattr(appointment, name), getattr(mandate, name)
        if name in roster.says and plain(old) != plain(new):
            yield Change(name, old, new)


def sits_of(appointment: Appointment) -> list[tuple[Affiliation, Sits]]:
    """The recorded affiliations in the terms of a file."""
    found = []
    for affiliation in appointment.affiliations.all():
        sits = Sits(Found(affiliation.party, 0), affiliation.start, affiliation.end)
        found.append((affiliation, bounded(sits, appointment.start, appointment.end)))
    return found


def sits_key(sits: Sits) -> tuple[Any, PartialDate | None, PartialDate | None]:
    return sits.party.key, sits.start, sits.end


def _party_changes(mandate: Mandate, appointment: Appointment, roster: Roster) -> list[Sits] | None:
    """The parties as they should be; `None` if they are so already."""
    if not mandate.parties and not (roster.own and {"party", "party_name"} & roster.says):
        return None
    recorded = [sits for _affiliation, sits in sits_of(appointment)]
    others: list[Sits] = []
    if mandate.on:
        # The composition of one day says nothing of the parties before and after it.
        others = [sits for sits in recorded if not _on(sits, mandate, appointment)]
        recorded = [sits for sits in recorded if _on(sits, mandate, appointment)]
    if {sits_key(each) for each in recorded} == {sits_key(each) for each in mandate.parties}:
        return None
    return [*others, *mandate.parties]


def _holds_on(sits: Sits, appointment: Appointment, day: date) -> bool:
    """Whether somebody sits for a party on a day, certainly or possibly.

    No term is made of the bounds: those of the party may lie outside those of the appointment.
    """
    begun = (sits.start or appointment.start).reached_by(day)
    end = sits.end or appointment.end
    over = end.reached_by(day) if end else Presence.NO
    return begun is not Presence.NO and over is not Presence.YES


def _on(sits: Sits, mandate: Mandate, appointment: Appointment) -> bool:
    return mandate.on is not None and _holds_on(sits, appointment, mandate.on)


def person_changes(person: SomePerson, roster: Roster, *, keep: bool = False) -> list[Change]:
    """What a file says of a recorded person, weighed. It never empties anything, and in a file
    of others a name, a birth or a gender does not replace the recorded one."""
    record, row = person.record, person.row
    changes = []
    if roster.own:
        for field, told in (("name", row.names), ("sort_name", row.sort_names)):
            old = getattr(record, field)
            other = {
                code: text
                for code, text in told.items()
                if code in LANGUAGES and not _same_name(old.get(code, ""), text)
            }
            if other:
                changes.append(Change(field, old, {**old, **other}))
    known = {*record.name.values(), *record.sort_name.values(), *record.other_names}
    spellings = row.other_names if roster.own else (*row.names.values(), *row.other_names)
    held = {_spelled(name) for name in known}
    fresh = [name for name in dict.fromkeys(spellings) if _spelled(name) not in held]
    if fresh:
        changes.append(Change("other_names", record.other_names, [*record.other_names, *fresh]))
    for field, old, new in (
        ("birth", record.birth, row.birth),
        ("gender", record.gender, row.gender),
    ):
        if not new or new == old:
            continue
        change = Change(field, old, new)
        if not roster.own and not fills(old, new):
            if isinstance(old, PartialDate) and within(old, new):
                continue
            change = change._replace(verdict=Verdict.CONFLICT)
        changes.append(change)
    return [weighed(change, keep=keep) for change in changes]


def _spelled(name: str) -> tuple[str, ...]:
    """The words of a name; their order makes no other spelling."""
    return tuple(sorted(tidy(clean(name)).casefold().replace(",", " ").split()))


def _same_name(recorded: str, told: str) -> bool:
    """Whether two names are written with the same letters, those that look alike taken as one."""
    return tidy(clean(recorded)) == clean(told)


def bounded_affiliations(
    appointment: Appointment, on: date | None = None
) -> list[tuple[Affiliation, PartialDate | None, PartialDate | None]]:
    """The parties of an appointment, all or those of a day, with bounds only where they differ
    from its own."""
    found = []
    for affiliation, sits in sits_of(appointment):
        if on is None or _holds_on(sits, appointment, on):
            found.append((affiliation, sits.start, sits.end))
    return found
