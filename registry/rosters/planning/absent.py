"""Those in the register whom the file does not have: kept, ended, or invented and replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from registry.domain.dates import UNKNOWN, PartialDate, Term
from registry.models import Appointment, Coverage
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.order import Order
from registry.rosters.matching.register import batches
from registry.rosters.planning.mandates import Mandate
from registry.rosters.planning.plans import Days, Plan, Reach

KEEP = "keep"
# So many may end without anybody saying so: a file that lacks more is rather a part of a roster.
FEW = 5
SHARE = 0.2


class Reached:
    """The days that the mandates of a file reach over, each inner office apart."""

    def __init__(self) -> None:
        self.all = Reach()
        self.seats = Reach()
        self.of_kind: dict[int | None, Reach] = defaultdict(Reach)
        self.real: dict[int | None, Reach] = defaultdict(Reach)
        self.of_a_day = False

    def add(self, mandate: Mandate) -> None:
        kind = mandate.group.pk if mandate.inner else None
        self.all.add(mandate)
        self.of_kind[kind].add(mandate)
        self.of_a_day = self.of_a_day or mandate.on is not None
        if not mandate.person.sample:
            self.real[kind].add(mandate)
            if not mandate.inner:
                self.seats.add(mandate)


def find_absent(
    plan: Plan, reached: Reached, matched: Collection[int], decisions: Mapping[str, str]
) -> None:
    """Recorded appointments that the file could have and has not.

    Invented ones give way to a real roster, if it brings anybody: the real people of a file that
    was taken out of the register stood beside them before. Real ones are kept, or ended if that
    was asked for.
    """
    gives_way = bool(plan.counts["new"])
    numbers = {sitting.record.pk for sitting in plan.sittings if not sitting.new}
    for appointment in _others(plan, matched):
        kind = appointment.group_id if appointment.group and appointment.group.inner else None
        if kind not in reached.of_kind:
            continue
        if appointment.person.sample:
            if (
                gives_way
                and kind in reached.real
                and reached.real[kind].days.meets(appointment.term)
            ):
                plan.replaced.append(appointment)
            continue
        here = reached.of_kind[kind].days.meets(appointment.term)
        if appointment.convocation_id and not reached.of_a_day:
            here = appointment.convocation_id in numbers
        if here:
            plan.absent.append(appointment)
            _end(plan, appointment, decisions.get(f"absent:{appointment.pk}", ""))
    _guard(plan, len(matched))


def _others(plan: Plan, matched: Collection[int]) -> Iterator[Appointment]:
    pks = plan.institution.appointments.order_by("pk").values_list("pk", flat=True)
    for some in batches(pk for pk in pks.iterator() if pk not in matched):
        yield from (
            Appointment.objects.filter(pk__in=some)
            .select_related("person", "group", "territory", "convocation")
            .order_by("pk")
        )


def _end(plan: Plan, appointment: Appointment, decided: str) -> None:
    """End an appointment as it was decided for it or, without that, for all."""
    order = plan.order
    if decided == KEEP or not (decided or order.end_absent):
        return
    if decided:
        try:
            day = PartialDate.parse(decided)
        except ValueError:
            fault = Fault(Code.NOT_A_DATE, None, "absent", decided)
            plan.refusal.append(fault)
            return
    else:
        if appointment.has_ended and not appointment.end_inherited:
            return
        day = order.absent_day
    end = day or _ended_by(appointment, order)
    if end is None or end == appointment.end:
        return
    first = appointment.start_earliest
    if first and end.latest and end.latest <= first:
        details = {"person": str(appointment.person), "start": str(appointment.start)}
        plan.refusal.append(Fault(Code.ABSENT_DAY, None, "absent", str(end), details))
        return
    plan.ended.append((appointment, end))


def _ended_by(appointment: Appointment, order: Order) -> PartialDate | None:
    """An end on a day that nobody recorded, at the latest with the convocation or today."""
    bounds = [order.on]
    if appointment.convocation and appointment.convocation.end_latest:
        bounds.append(appointment.convocation.end_latest)
    latest = min(bounds)
    if appointment.start_earliest and latest <= appointment.start_earliest:
        return None
    return PartialDate(None, latest)


def _guard(plan: Plan, there: int) -> None:
    """Refuse to end many at a time unless so many were allowed."""
    ending, sitting = len(plan.ended), len(plan.absent) + there
    allowed = plan.order.absent_limit
    if allowed is None:
        allowed = max(FEW, int(SHARE * sitting))
    if ending > allowed:
        details = {"count": ending, "sitting": sitting}
        plan.refusal.append(Fault(Code.TOO_MANY_ABSENT, None, "absent", "", details))


def find_coverage(plan: Plan, reached: Reached) -> None:
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
    imported = reached.seats.days
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
