"""The third step: a roster is held against the register, and a plan says what would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from registry.domain.dates import UNKNOWN, PartialDate, Term
from registry.models import Appointment, Coverage, Institution, Person
from registry.models.naming import folded
from registry.rosters.faults import Refused
from registry.rosters.matching.matching import match
from registry.rosters.matching.order import Order, convocations_of
from registry.rosters.matching.register import persons_called
from registry.rosters.planning.comparing import changes_of, person_changes, same_seat
from registry.rosters.planning.mandates import Mandate, mandates_of
from registry.rosters.planning.plans import ChangedAppointment, ChangedPerson, Days, Plan, days_of
from registry.rosters.rows import Roster


def make_plan(roster: Roster, institution: Institution, order: Order) -> Plan:
    """Say what importing a roster would change.

    Raises `Refused` with everything that is wrong with the file, `WrongUsage` when it names
    convocations that nobody described.
    """
    roster, sittings, other_rows = convocations_of(roster, institution, order)
    found = match(roster, institution, sittings)
    mandates, faults = mandates_of(roster, found.seats, order)
    if found.faults or faults:
        raise Refused([*found.faults, *faults])
    plan = Plan(
        institution=institution,
        roster=roster,
        order=order,
        sittings=list({id(s): s for s in sittings.values()}.values()),
        persons=found.persons,
        parties=found.parties,
        territories=found.territories,
        mandates=mandates,
        left_out=[row.line for row in found.left_out],
        other_rows=other_rows,
    )
    recorded = list(
        institution.appointments.select_related("person", "group", "territory", "convocation")
        .prefetch_related("affiliations__party")
        .order_by("pk")
    )
    pairs = _paired(mandates, recorded)
    _compare(plan, pairs)
    _compare_persons(plan)
    matched = {appointment.pk for appointment in pairs.values()}
    _absent(plan, [each for each in recorded if each.pk not in matched])
    _coverage(plan)
    return plan


def _paired(
    mandates: Iterable[Mandate], recorded: Iterable[Appointment]
) -> dict[Mandate, Appointment]:
    """Which recorded appointment each mandate is; the closest pairs first."""
    of_person: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in recorded:
        of_person[appointment.person_id].append(appointment)
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


def _compare(plan: Plan, pairs: dict[Mandate, Appointment]) -> None:
    for mandate in plan.mandates:
        appointment = pairs.get(mandate)
        if appointment is None:
            plan.new.append(mandate)
            continue
        changes, parties = changes_of(mandate, appointment, plan.roster)
        if changes or parties is not None:
            plan.changed.append(ChangedAppointment(appointment, mandate, changes, parties))
        else:
            plan.unchanged += 1


def _compare_persons(plan: Plan) -> None:
    fresh = []
    for person in plan.persons:
        if person.new:
            fresh.append(person)
            continue
        missing = [i for i in person.identifiers if i not in person.held]
        changes = person_changes(person, plan.roster)
        if changes or missing:
            plan.changed_persons.append(ChangedPerson(person, changes, missing))
    if fresh:
        keys = {id(person): _spellings(person.record) for person in fresh if not person.sample}
        called = persons_called({key for each in keys.values() for key in each})
        plan.similar = [
            person for person in fresh if any(called.get(key) for key in keys.get(id(person), ()))
        ]


def _spellings(person: Person) -> set[str]:
    return {folded(name) for name in (*person.name.values(), *person.sort_name.values())} - {""}


def _absent(plan: Plan, unmatched: Iterable[Appointment]) -> None:
    """Recorded appointments that the file could have and has not.

    Invented ones give way to a real roster; real ones are kept, or ended if that was asked for.
    """
    by_kind: dict[int | None, list[Mandate]] = defaultdict(list)
    for mandate in plan.mandates:
        by_kind[mandate.group.pk if mandate.inner else None].append(mandate)
    days = {kind: days_of(mandates) for kind, mandates in by_kind.items()}
    real = {
        kind: days_of(m for m in mandates if not m.person.sample)
        for kind, mandates in by_kind.items()
        if any(not mandate.person.sample for mandate in mandates)
    }
    numbers = {sitting.record.pk for sitting in plan.sittings if not sitting.new}
    for appointment in unmatched:
        kind = appointment.group_id if appointment.group and appointment.group.inner else None
        if kind not in days:
            continue
        if appointment.person.sample:
            if kind in real and real[kind].meets(appointment.term):
                plan.replaced.append(appointment)
            continue
        here = days[kind].meets(appointment.term)
        if appointment.convocation_id and not plan.of_a_day:
            here = appointment.convocation_id in numbers
        if here:
            plan.absent.append(appointment)
            if plan.order.end_absent and (end := _ended_by(appointment, plan.order)):
                plan.ended.append((appointment, end))


def _ended_by(appointment: Appointment, order: Order) -> PartialDate | None:
    """An end on a day that nobody recorded, at the latest with the convocation or today."""
    if appointment.has_ended and not appointment.end_inherited:
        return None
    bounds = [order.on]
    if appointment.convocation and appointment.convocation.end_latest:
        bounds.append(appointment.convocation.end_latest)
    latest = min(bounds)
    if appointment.start_earliest and latest <= appointment.start_earliest:
        return None
    return PartialDate(None, latest)


def _coverage(plan: Plan) -> None:
    """Declare the days of the convocations complete, and take back what was said of samples."""
    declared = list(plan.institution.coverages.filter(group__isnull=True))
    if plan.order.complete:
        for sitting in plan.sittings:
            days = Days(sitting.start.latest, sitting.end.earliest if sitting.end else None)
            if sitting.end and days.end is None:
                continue
            if not any(_holds(each, days) for each in declared if not each.sample):
                plan.covered.append((days, sitting))
    if not plan.replaced:
        return
    imported = days_of(m for m in plan.mandates if not m.person.sample and not m.inner)
    for coverage in plan.institution.coverages.filter(sample=True):
        if (coverage.group_id is None or not coverage.group.inner) and imported.meets(
            _term(coverage)
        ):
            plan.uncovered.append((coverage, _rest(coverage, imported)))


def _holds(coverage: Coverage, days: Days) -> bool:
    return (
        coverage.start is None or (days.start is not None and coverage.start <= days.start)
    ) and (coverage.end is None or (days.end is not None and days.end <= coverage.end))


def _term(coverage: Coverage) -> Term:
    start = PartialDate.of(coverage.start) if coverage.start else UNKNOWN
    return Term(start, PartialDate.of(coverage.end) if coverage.end else None)


def _rest(coverage: Coverage, taken: Days) -> list[Days]:
    """What is left of a coverage without the days taken."""
    rest = []
    if taken.start and (coverage.start is None or coverage.start < taken.start):
        rest.append(Days(coverage.start, taken.start))
    if taken.end and (coverage.end is None or taken.end < coverage.end):
        rest.append(Days(taken.end, coverage.end))
    return rest
