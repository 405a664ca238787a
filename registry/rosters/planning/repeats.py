"""Whether a file is the roster of another convocation under a new name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.models import Appointment
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.register import batches
from registry.rosters.planning.plans import Plan, Portion

# Of fewer people all may well be elected again.
MANY = 5
SHARE = 0.9


class Repeats:
    """Counts who of the file, new to its convocation, sat in other ones of the institution."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.persons = 0
        self.new = 0
        self.sat: dict[int, int] = defaultdict(int)

    def add(self, portion: Portion) -> None:
        self.persons += len(portion.persons)
        self.new += len({id(mandate.person) for mandate in portion.new})
        known = {person.record.pk for person in portion.persons if not person.new}
        self._count(known, [{pk} for pk in known])

    def add_unclear(self, maybe: Iterable[set[int]]) -> None:
        """Those of whom is asked still; each counts if any of whom it may be sat there."""
        maybe = list(maybe)
        self.persons += len(maybe)
        self.new += len(maybe)
        self._count({pk for each in maybe for pk in each}, maybe)

    def _count(self, pks: set[int], groups: list[set[int]]) -> None:
        sat: dict[int, set[int]] = defaultdict(set)
        for some in batches(sorted(pks)):
            rows = Appointment.objects.filter(
                institution=self.plan.institution, person_id__in=some, convocation__isnull=False
            )
            for pk, number in rows.values_list("person_id", "convocation__number").distinct():
                sat[pk].add(number)
        for group in groups:
            for number in set().union(*(sat[pk] for pk in group)):
                self.sat[number] += 1

    def warnings(self) -> Iterator[Fault]:
        """The convocation that the file repeats, if there is one."""
        numbers = {sitting.number for sitting in self.plan.sittings}
        if len(numbers) != 1 or self.persons < MANY or self.new < SHARE * self.persons:
            return
        (own,) = numbers
        before = max((number for number in self.sat if number < own), default=None)
        for number, count in sorted(self.sat.items()):
            share = count / self.persons
            if number != own and (share == 1 or (number == before and share >= SHARE)):
                details = {"count": count, "persons": self.persons, "number": number, "own": own}
                yield Fault(Code.REPEATS_CONVOCATION, None, "convocation", "", details)
                return
