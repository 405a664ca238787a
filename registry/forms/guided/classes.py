"""The seats of a renewal class on the day on which they are filled anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext

from registry.domain.composition import Composition
from registry.domain.dates import PartialDate
from registry.domain.facts import SeatRule
from registry.domain.seats import entitled
from registry.models import Appointment, RenewalClass
from registry.templatetags.wording import text


class Seat(NamedTuple):
    """A seat of the class and who holds it; `key` names its fields."""

    key: str
    name: str
    territory_id: int | None
    holder: Appointment | None


class ClassSeats:
    """Iterates over the seats of a class that are to be filled on the day of a composition.

    `holders` sit in them so far; `begun` are the mandates that begin on that day already.
    """

    def __init__(
        self, renewed: RenewalClass, composition: Composition, rules: Iterable[SeatRule]
    ) -> None:
        self.renewed, self.composition, self.rules = renewed, composition, rules
        day = composition.day
        mandates = Appointment.objects.filter(group=renewed.group, renewal_class=renewed)
        mandates = mandates.select_related("person", "institution")
        self.begun = list(mandates.filter(start_earliest=day, start_latest=day))
        sitting = mandates.filter(start_earliest__lt=day).exclude(end_latest__lt=day)
        # Who left on a day that nobody recorded is no holder.
        sitting = sitting.exclude(has_ended=True, end_latest=None).order_by("start_earliest", "pk")
        self.holders = [each for each in sitting if not self._succeeded(each)]

    def _succeeded(self, holder: Appointment) -> bool:
        """Whether somebody is recorded in the seat from the day on already."""
        if holder.territory_id is not None:
            return any(each.territory_id == holder.territory_id for each in self.begun)
        return bool(self.begun) and holder.end == PartialDate.of(self.composition.day)

    def __iter__(self) -> Iterator[Seat]:
        for rule in self.rules:
            yield from self._of_territories(rule) if rule.territorial else self._numbered()

    def _of_territories(self, rule: SeatRule) -> Iterator[Seat]:
        """One seat of each territory of the class."""
        day = self.composition.day
        held = {each.territory_id: each for each in self.holders}
        filled = {each.territory_id for each in self.begun}
        only = set(self.renewed.territories.values_list("pk", flat=True))
        for place in entitled(rule, self.composition.snapshot.territories, day):
            if (not only or place.id in only) and place.id not in filled:
                name = text(place.names_on(day))
                yield Seat(place.slug, name, place.id, held.get(place.id))

    def _numbered(self) -> Iterator[Seat]:
        """As many seats as the class has."""
        for number in range((self.renewed.seats or 0) - len(self.begun)):
            holder = self.holders[number] if number < len(self.holders) else None
            name = gettext("Seat %(number)s") % {"number": number + 1}
            yield Seat(str(number + 1), name, None, holder)
