"""One piece of a roster held against the register: what each of its rows comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from registry.models import Appointment, Institution
from registry.models.fields import best_text
from registry.models.imports import Verdict
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Found, Match
from registry.rosters.matching.matching import Matcher
from registry.rosters.matching.order import Order, Sittings
from registry.rosters.matching.register import batches
from registry.rosters.planning.changes import Change
from registry.rosters.planning.comparing import changes_of, person_changes, same_seat
from registry.rosters.planning.mandates import Mandate, days_of, mandates_of
from registry.rosters.planning.plans import ChangedAppointment, ChangedPerson, Portion
from registry.rosters.planning.verdicts import PlannedRow, verdict_of
from registry.rosters.rows import Roster, Row


class Planner:
    """Plans a roster piece by piece; what one piece brings, the next ones find."""

    def __init__(
        self,
        roster: Roster,
        institution: Institution,
        order: Order,
        sittings: Sittings,
        matcher: Matcher,
    ) -> None:
        self.roster = roster
        self.institution = institution
        self.order = order
        self.sittings = sittings
        self.matcher = matcher
        self.keep = order.differences == "keep"
        self._faulty: dict[int, list[Fault]] = defaultdict(list)
        self._warned: dict[int, list[Fault]] = defaultdict(list)
        for fault in roster.faults:
            self._faulty[fault.line or 0].append(fault)
        for fault in roster.warnings:
            self._warned[fault.line or 0].append(fault)
        self._brought: set[int] = set()
        self.maybe: list[set[int]] = []

    def begin(self) -> None:
        """Forget which parties and territories have been brought, for another walk."""
        self._brought = set()
        self.maybe = []

    def plan(self, rows: list[Row]) -> Portion:
        """What the rows come to. Rows with a fault stay out, as if they were not in the file."""
        impossible = {
            row.line: [*self._faulty[row.line]] for row in rows if row.line in self._faulty
        }
        asked = [row for row in rows if row.convocation in self.sittings.asked]
        noted: dict[int, list[Fault]] = {}
        while True:
            rest = [row for row in asked if row.line not in impossible]
            found = self.matcher.match(rest)
            # What is odd about a row is told although the row is left out.
            noted = {**noted, **found.remarks}
            mandates, faults = mandates_of(self.roster, found.seats, self.order)
            for row in rest:
                if row.line in found.unclear:
                    # Nobody is to be asked about a row that cannot be.
                    sitting = self.sittings.by_word.get(row.convocation)
                    days_of(row, sitting, self.roster, self.order, faults)
            if not (found.faults or faults):
                break
            for fault in (*found.faults, *faults):
                impossible.setdefault(fault.line or 0, []).append(fault)
        self.matcher.answers.settle()
        found.remarks = noted
        portion = Portion(mandates=mandates, persons=found.persons)
        for line, faults in impossible.items():
            impossible[line] = [self.roster.placed(fault) for fault in faults]
        portion.faults = [fault for line in sorted(impossible) for fault in impossible[line]]
        self.maybe += found.maybe
        self._bring(portion)
        told = self._compare(portion)
        self._compare_persons(portion, told)
        self._rows(rows, portion, found, impossible, told)
        for person in portion.persons:
            portion.name_decisions += person.decisions
        return portion

    def _bring(self, portion: Portion) -> None:
        for mandate in portion.mandates:
            if mandate.territory:
                self._needs(portion, mandate.territory, portion.territories)
            for sits in mandate.parties:
                if not mandate.person.sample:
                    sits.party.sample = False
                self._needs(portion, sits.party, portion.parties)

    def _needs(self, portion: Portion, found: Found, brought: list[Found]) -> None:
        if id(found) not in self._brought:
            self._brought.add(id(found))
            portion.name_decisions += found.decisions
            if found.new:
                brought.append(found)

    def _compare(self, portion: Portion) -> dict[int, tuple[Verdict, list[Change], int | None]]:
        """Say of each line what its seat comes to, what differs, and which record it is."""
        recorded = self._recorded(portion)
        pairs = paired(portion.mandates, recorded)
        told = {}
        for mandate in portion.mandates:
            appointment = pairs.get(mandate)
            if appointment is None:
                portion.new.append(mandate)
                told |= dict.fromkeys(mandate.lines, (Verdict.NEW, [], None))
                continue
            changes, parties = changes_of(mandate, appointment, self.roster, keep=self.keep)
            told |= dict.fromkeys(mandate.lines, (verdict_of(changes), changes, appointment.pk))
            taken = [each for each in changes if each.taken and each.field != "party"]
            if taken or parties is not None:
                portion.changed.append(
                    ChangedAppointment(appointment, mandate, taken, parties, changes)
                )
            else:
                portion.unchanged += 1
        portion.matched = {appointment.pk for appointment in pairs.values()}
        return told

    def _recorded(self, portion: Portion) -> list[Appointment]:
        pks = [person.record.pk for person in portion.persons if not person.new]
        return [
            appointment
            for some in batches(pks)
            for appointment in self.institution.appointments.filter(person_id__in=some)
            .select_related("person", "group", "territory", "convocation")
            .prefetch_related("affiliations__party")
            .order_by("pk")
        ]

    def _compare_persons(
        self,
        portion: Portion,
        told: dict[int, tuple[Verdict, list[Change], int | None]],
    ) -> None:
        """What the file says of recorded persons; their first line tells it."""
        first: dict[int, int] = {}
        for mandate in portion.mandates:
            known = first.get(id(mandate.person))
            first[id(mandate.person)] = min(mandate.lines[0], known or mandate.lines[0])
        for person in portion.persons:
            if person.new:
                continue
            missing = [i for i in person.identifiers if i not in person.held]
            changes = person_changes(person, self.roster, keep=self.keep)
            taken = [each for each in changes if each.taken]
            if taken or missing:
                portion.changed_persons.append(ChangedPerson(person, taken, missing, changes))
            if missing:
                words = [str(identifier) for identifier in missing]
                changes.append(Change("identifiers", [], words, Verdict.FILLS))
            line = first[id(person)]
            verdict, seat_changes, pk = told[line]
            changes = [*seat_changes, *changes]
            told[line] = (verdict if pk is None else verdict_of(changes), changes, pk)

    def _rows(
        self,
        rows: Iterable[Row],
        portion: Portion,
        found: Match,
        impossible: dict[int, list[Fault]],
        told: dict[int, tuple[Verdict, list[Change], int | None]],
    ) -> None:
        column = self.roster.column("convocation")
        person_of = {seat.row.line: seat.person for seat in found.seats}
        for row in rows:
            line = row.line
            planned = PlannedRow(line, Verdict.LEFT_OUT, _name(row), row.raw)
            planned.remarks = [*self._warned.get(line, ()), *found.remarks.get(line, ())]
            if line in impossible:
                planned.verdict = Verdict.IMPOSSIBLE
                planned.remarks += impossible[line]
            elif row.convocation not in self.sittings.asked:
                details = {"word": row.convocation or "–"}
                planned.remarks.append(
                    Fault(Code.OTHER_CONVOCATION, line, column, row.convocation, details)
                )
            elif line in found.left_out:
                planned.remarks += found.left_out[line]
            elif line in found.unclear:
                planned.verdict = Verdict.AMBIGUOUS
                planned.remarks += found.unclear[line]
            elif line in told:
                planned.verdict, planned.changes, appointment = told[line]
                if not person_of[line].new:
                    planned.touches["person"] = person_of[line].record.pk
                if appointment is not None:
                    planned.touches["appointment"] = appointment
            planned.remarks = [self.roster.placed(fault) for fault in planned.remarks]
            portion.rows.append(planned)


def _name(row: Row) -> str:
    person = row.person
    return best_text(person.sort_names or person.names, "en")[0] or person.key


def paired(
    mandates: Iterable[Mandate], recorded: Iterable[Appointment]
) -> dict[Mandate, Appointment]:
    """Which recorded appointment each mandate is; the closest pairs first."""
    of_person: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in recorded:
        of_person[appointment.person_id].append(appointment)
    if not of_person:
        return {}
    close = []
    for mandate in mandates:
        for appointment in of_person.get(mandate.person.record.pk or 0, ()):
            if rank := same_seat(mandate, appointment):
                close.append((rank, mandate, appointment))
    close.sort(key=lambda pair: (pair[0], -pair[1].lines[0], -pair[2].pk), reverse=True)
    pairs: dict[Mandate, Appointment] = {}
    taken = set()
    for _rank, mandate, appointment in close:
        if mandate not in pairs and appointment.pk not in taken:
            pairs[mandate] = appointment
            taken.add(appointment.pk)
    return pairs
