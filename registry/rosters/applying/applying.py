"""The last step: a plan is written, all of it or nothing, with its history and its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Convocation,
    Coverage,
    ImportRun,
    NameDecision,
    Party,
    PartyIdentifier,
    Person,
    PersonIdentifier,
    Source,
    Territory,
    TerritoryIdentifier,
)
from registry.models.sources import SourceKind
from registry.models.spellings import Spelling, Word
from registry.rosters.applying.bulk import Bulk
from registry.rosters.matching.register import batches
from registry.rosters.planning.comparing import Change, sits_key, sits_of
from registry.rosters.planning.mandates import Mandate, Sits
from registry.rosters.planning.plans import ChangedAppointment, Plan, Portion

Told = Callable[[int, int], None]

MANY = 1_000  # rows from which on a table may be another one for the planner of a database
GROWN = (Person, PersonIdentifier, Appointment, Affiliation, Citation, Spelling, Word)


def apply(
    plan: Plan,
    run: ImportRun,
    user: Any = None,
    watch: Told | None = None,
    keep: Callable[[Portion], None] | None = None,
) -> None:
    """Write a plan, one portion after the other; `keep` is called with each before it is written.

    The caller holds a transaction and the locks on the run and on the institution.
    """
    writing = _Writing(plan, run, user)
    total, done = len(plan.roster.rows), 0
    writing.begin()
    for portion in plan.portions():
        if keep:
            keep(portion)
        writing.write(portion)
        done += len(portion.rows)
        if watch:
            watch(min(done, total), total)
    writing.end()


class _Writing:
    def __init__(self, plan: Plan, run: ImportRun, user: Any) -> None:
        self.plan, self.run = plan, run
        self.bulk = Bulk(user, f"Import of {plan.roster.name}"[:100], run)
        self.cited: list[tuple[str, int, list[int]]] = []

    def begin(self) -> None:
        """What the portions rest on: room, and the convocations."""
        self._remove_samples()
        fresh = [sitting for sitting in self.plan.sittings if sitting.new]
        filled = [each for each in self.plan.sittings if each.filled and not each.new]
        self.bulk.create(Convocation, [sitting.record for sitting in fresh])
        self.bulk.update(Convocation, [sitting.record for sitting in filled], _DAYS)
        for sitting in filled:
            moved = sitting.record.appointments.moved_with(sitting.record)
            self.bulk.update(Appointment, moved, _DAYS)
        self.cited += [
            ("convocation", sitting.record.pk, [sitting.line or 0]) for sitting in (*fresh, *filled)
        ]

    def write(self, portion: Portion) -> None:
        self._create_named(portion)
        self._create_persons(portion)
        self._create_appointments(portion)
        self._change_persons(portion)
        self._change_appointments(portion)
        self._remember_names(portion)
        self._cite()

    def end(self) -> None:
        self._end_absent()
        self._declare()
        self._cite()
        if len(self.plan.roster.rows) > MANY:
            self.bulk.writer.measure(GROWN)

    def _remove_samples(self) -> None:
        replaced = self.plan.replaced
        self.bulk.delete(replaced)
        people = {appointment.person_id: appointment.person for appointment in replaced}
        mentioned = set(self.plan.invented)
        for some in batches(people):
            held = Appointment.objects.filter(person_id__in=some).values_list(
                "person_id", flat=True
            )
            mentioned |= set(held)
        self.bulk.delete([person for pk, person in people.items() if pk not in mentioned])
        gone, kept = [], []
        for coverage, rest in self.plan.uncovered:
            if not rest:
                gone.append(coverage)
                continue
            coverage.start, coverage.end = rest[0]
            kept.append(coverage)
            for days in rest[1:]:
                self.bulk.create(
                    Coverage,
                    [
                        Coverage(
                            institution=self.plan.institution,
                            group=coverage.group,
                            start=days.start,
                            end=days.end,
                            sample=True,
                        )
                    ],
                )
        self.bulk.delete(gone)
        self.bulk.update(Coverage, kept, ("start", "end"))

    def _create_named(self, portion: Portion) -> None:
        parties = [each for each in portion.parties if each.new and each.record.pk is None]
        for each in parties:
            each.record.sample = each.sample
        self.bulk.create(Party, [each.record for each in parties])
        self.bulk.insert(
            PartyIdentifier,
            ("party_id", "scheme", "value"),
            [(each.record.pk, *i) for each in parties for i in each.identifiers],
        )
        territories = [e for e in portion.territories if e.new and e.record.pk is None]
        self.bulk.create(Territory, [each.record for each in territories])
        self.bulk.insert(
            TerritoryIdentifier,
            ("territory_id", "scheme", "value"),
            [(each.record.pk, *i) for each in territories for i in each.identifiers],
        )
        self.cited += [("party", each.record.pk, [each.line]) for each in parties]
        self.cited += [("territory", each.record.pk, [each.line]) for each in territories]

    def _create_persons(self, portion: Portion) -> None:
        fresh = portion.new_persons
        self.bulk.create(Person, [person.record for person in fresh])
        added = [(person, person.identifiers) for person in fresh]
        added += [(each.person, each.identifiers) for each in portion.changed_persons]
        self.bulk.insert(
            PersonIdentifier,
            ("person_id", "scheme", "value"),
            [(person.record.pk, *i) for person, identifiers in added for i in identifiers],
        )
        self.cited += [("person", person.record.pk, [person.line]) for person in fresh]

    def _change_persons(self, portion: Portion) -> None:
        changed = []
        fields = set()
        for each in portion.changed_persons:
            record = each.person.record
            for change in each.changes:
                setattr(record, change.field, change.new)
                fields |= _columns(change)
            if each.changes:
                changed.append(record)
            self.cited.append(("person", record.pk, [each.person.line]))
        self.bulk.update(Person, changed, sorted(fields))

    def _create_appointments(self, portion: Portion) -> None:
        rows = [_seat(mandate, self.plan) for mandate in portion.new]
        keys = self.bulk.insert(Appointment, SEAT, rows)
        sits = []
        for key, mandate in zip(keys, portion.new, strict=True):
            sits += [_sits(key, each) for each in mandate.parties]
            self.cited.append(("appointment", key, mandate.lines))
        self.bulk.insert(Affiliation, SITS, sits)

    def _change_appointments(self, portion: Portion) -> None:
        changed, fields = [], set()
        fresh: list[Affiliation] = []
        moved: list[Affiliation] = []
        gone: list[Affiliation] = []
        for each in portion.changed:
            for change in each.changes:
                setattr(each.appointment, change.field, change.new)
                fields |= _columns(change)
            if each.changes:
                if each.mandate.sitting:
                    # Its dates may have moved a moment ago, when the file completed them.
                    each.appointment.inherit_dates(each.mandate.sitting.record)
                changed.append(each.appointment)
            if each.parties is not None:
                self._change_parties(each, fresh, moved, gone)
            self.cited.append(("appointment", each.appointment.pk, each.mandate.lines))
        self.bulk.update(Appointment, changed, sorted(fields))
        self.bulk.delete(gone)
        self.bulk.update(Affiliation, moved, _DAYS)
        self.bulk.create(Affiliation, fresh)

    def _change_parties(
        self,
        each: ChangedAppointment,
        fresh: list[Affiliation],
        moved: list[Affiliation],
        gone: list[Affiliation],
    ) -> None:
        """Keep the affiliations that stay, move those of the same party, add and take the rest."""
        recorded = sits_of(each.appointment)
        wanted = {sits_key(sits): sits for sits in each.parties or ()}
        spare: dict[Any, list[Affiliation]] = defaultdict(list)
        for affiliation, sits in recorded:
            if wanted.pop(sits_key(sits), None) is None:
                spare[affiliation.party_id].append(affiliation)
        for sits in wanted.values():
            same = spare.get(sits.party.record.pk)
            if same:
                moved.append(_affiliation(same.pop(0), each.appointment, sits))
            else:
                fresh.append(_affiliation(Affiliation(), each.appointment, sits))
        gone += [affiliation for left in spare.values() for affiliation in left]

    def _remember_names(self, portion: Portion) -> None:
        """Keep what was decided of names; a later decision goes before an earlier one."""
        told: dict[str, dict[tuple[str, int], bool]] = defaultdict(dict)
        for kind, key, record, same in portion.name_decisions:
            told[kind][key, record if isinstance(record, int) else record.pk] = same
        for kind, decided in told.items():
            for some in batches(decided):
                self._remember_some(f"{kind}_id", {each: decided[each] for each in some})

    def _remember_some(self, column: str, decided: dict[tuple[str, int], bool]) -> None:
        """Write decisions on names and the records in a column, by both."""
        about: dict[str, Any] = {"institution": self.plan.institution}
        keys, records = {key for key, _pk in decided}, {pk for _key, pk in decided}
        known = {
            (each.key, getattr(each, column)): each
            for each in NameDecision.objects.filter(
                key__in=keys, **about, **{f"{column}__in": records}
            )
        }
        changed = []
        for each in decided.keys() & known.keys():
            known[each].same, known[each].run = decided[each], self.run
            changed.append(known[each])
        NameDecision.objects.bulk_update(changed, ["same", "run"])
        NameDecision.objects.bulk_create(
            NameDecision(key=key, same=same, run=self.run, **about, **{column: pk})
            for (key, pk), same in decided.items()
            if (key, pk) not in known
        )

    def _end_absent(self) -> None:
        for appointment, end in self.plan.ended:
            appointment.end, appointment.end_inherited = end, False
            appointment.end_reason = self.plan.order.absent_reason or appointment.end_reason
        rows = [appointment for appointment, _end in self.plan.ended]
        self.bulk.update(Appointment, rows, (*_DAYS[2:], "end_inherited", "end_reason"))

    def _declare(self) -> None:
        rows = []
        for days, _sitting in self.plan.covered:
            rows.append(Coverage(institution=self.plan.institution, start=days.start, end=days.end))
        self.bulk.create(Coverage, rows)
        self.cited += [
            ("coverage", row.pk, [sitting.line or 0])
            for row, (_days, sitting) in zip(rows, self.plan.covered, strict=True)
        ]

    def _cite(self) -> None:
        """Cite the file, with the line, for everything that it brought or changed."""
        rows: dict[str, dict[tuple[int, str, int], None]] = defaultdict(dict)
        for kind, pk, lines in self.cited:
            numbers = ", ".join(str(line) for line in lines if line)
            line = f"{self.plan.roster.unit} {numbers}" if numbers else ""
            place = ", ".join(filter(None, (self.plan.order.place, line)))[:200]
            if (place, kind, pk) not in self.known:
                rows[kind][self.source.pk, place, pk] = None
        self.cited.clear()
        for kind, some in rows.items():
            self.bulk.insert(Citation, ("source_id", "place", f"{kind}_id"), list(some))

    @cached_property
    def source(self) -> Source:
        """The file as a source; the same bytes under the same name are one."""
        roster = self.plan.roster
        stem = slugify(roster.name.rpartition(".")[0] or roster.name)[:60] or "roster"
        slug = f"{stem}-{roster.checksum[:8]}"
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            source = Source(slug=slug, title=roster.name[:300], kind=SourceKind.ROSTER)
            self.bulk.create(Source, [source])
        return source

    @cached_property
    def known(self) -> set[tuple[str, str, int]]:
        """Where the file is cited already."""
        cited = Citation.objects.filter(source=self.source).values_list(
            "place", *(f"{kind}_id" for kind in _KINDS)
        )
        return {
            (place, kind, key)
            for place, *keys in cited
            for kind, key in zip(_KINDS, keys, strict=True)
            if key is not None
        }


_KINDS = ("convocation", "party", "territory", "person", "appointment", "coverage")
_DAYS = ("start_earliest", "start_latest", "has_ended", "end_earliest", "end_latest")


def _columns(change: Change) -> set[str]:
    """The columns that a change is stored in."""
    match change.field:
        case "start" | "birth":
            return {f"{change.field}_earliest", f"{change.field}_latest"}
        case "end":
            return {"has_ended", "end_earliest", "end_latest"}
    return {change.field}


# What a new mandate says, as attributes of an appointment.
SEAT = (
    "institution_id",
    "person_id",
    "group_id",
    "convocation_id",
    "territory_id",
    "start_earliest",
    "start_latest",
    "has_ended",
    "end_earliest",
    "end_latest",
    "start_inherited",
    "end_inherited",
    "acting",
    "designation",
    "end_reason",
    "note",
)


def _seat(mandate: Mandate, plan: Plan) -> tuple[Any, ...]:
    note, start, end = mandate.note, mandate.start, mandate.end
    if mandate.role and not mandate.group:
        # Kept as data: the office is not in the register, and the row would lose its sense.
        note = f"Role in {plan.roster.name}: {mandate.role}"
    return (
        plan.institution.pk,
        mandate.person.record.pk,
        mandate.group.pk if mandate.group else None,
        mandate.sitting.record.pk if mandate.sitting else None,
        mandate.territory.record.pk if mandate.territory else None,
        start.earliest,
        start.latest,
        end is not None,
        end.earliest if end else None,
        end.latest if end else None,
        mandate.start_inherited,
        mandate.end_inherited,
        mandate.acting,
        mandate.designation,
        mandate.end_reason,
        note,
    )


# Whom somebody sits for, as attributes of an affiliation.
SITS = ("appointment_id", "party_id", *_DAYS)


def _sits(appointment: int, sits: Sits) -> tuple[Any, ...]:
    start, end = sits.start, sits.end
    return (
        appointment,
        sits.party.record.pk,
        start.earliest if start else None,
        start.latest if start else None,
        end is not None,
        end.earliest if end else None,
        end.latest if end else None,
    )


def _affiliation(affiliation: Affiliation, appointment: Appointment, sits: Sits) -> Affiliation:
    affiliation.appointment = appointment
    affiliation.party = sits.party.record
    affiliation.start_earliest = sits.start.earliest if sits.start else None
    affiliation.start_latest = sits.start.latest if sits.start else None
    affiliation.end = sits.end
    return affiliation
