"""Record a renewal: the seats of one class are filled anew on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate, years_after
from registry.forms.guided.base import Guided, WhatForm
from registry.forms.guided.classes import ClassSeats, Seat
from registry.forms.guided.days import day_field, mandate_day_field, refuse_day_outside
from registry.forms.guided.successors import new_person, refuse_similar
from registry.models import Appointment, Election, Institution, Person, RenewalClass
from registry.models.seats import Designation
from registry.snapshots import composition_of
from registry.templatetags.days import long_day

SAME, PERSON, NEW = "same_", "person_", "new_"


class WhatClass(WhatForm):
    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {
        "renewal_class": (Appointment, "renewal_class")
    }
    renewal_class = forms.ModelChoiceField(
        RenewalClass.objects.select_related("group__institution"),
        label=_("Renewal class"),
        help_text=_("The seats that are filled anew together."),
        error_messages={"required": _("Choose a renewal class.")},
    )
    day = day_field(_("Election day"), _("Enter the day of the election."))
    start = mandate_day_field(_("First day in office"), _("Enter the first day in office."))

    def institution_of(self) -> Institution:
        return self.cleaned_data["renewal_class"].group.institution

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and cleaned.get("start") and cleaned["start"] < cleaned["day"]:
            self.add_error("start", _("Nobody takes office before the election."))
        if cleaned.get("renewal_class"):
            refuse_day_outside(self, "start", self.institution_of())
        return cleaned


class GridRow(NamedTuple):
    """A seat of the class and the fields of the three answers."""

    seat: Seat
    same: forms.BoundField | None
    person: forms.BoundField
    new: forms.BoundField


class Renewing(Guided):
    slug = "renewal"
    title = _("Record a renewal")
    intro = _("An election fills the seats of one renewal class anew; the others go on.")
    permissions = (
        "registry.add_election",
        "registry.change_election",
        "registry.add_appointment",
        "registry.change_appointment",
        "registry.add_citation",
    )
    What = WhatClass

    new_people = forms.BooleanField(
        required=False, label=_("Nobody of a similar name is meant: the new names are new persons")
    )

    def prepare(self) -> None:
        group, start = self.renewed.group, self.first_day
        composition = composition_of(self.institution, on=start)
        rules = [rule for rule in composition.rules if rule.group.id == group.pk]
        self.last_day = self._served_to(rules[0].term_years) if rules else None
        seats = ClassSeats(self.renewed, composition, rules)
        self.begun, self.holders, self.seats = seats.begun, seats.holders, list(seats)
        for seat in self.seats:
            words = {"seat": seat.name, "person": seat.holder.person if seat.holder else ""}
            if seat.holder is not None:
                self.fields[SAME + seat.key] = forms.BooleanField(
                    required=False, label=gettext("%(seat)s: the same person, %(person)s") % words
                )
            self.fields[PERSON + seat.key] = forms.ModelChoiceField(
                Person.objects.all(),
                required=False,
                label=gettext("%(seat)s: another person") % words,
            )
            self.fields[NEW + seat.key] = forms.CharField(
                required=False,
                max_length=200,
                label=gettext("%(seat)s: name of a new person") % words,
            )
        self.order_fields([name for name in self.fields if name != "new_people"])

    @property
    def all_autocompletes(self) -> dict[str, tuple[type[Model], str]]:
        people = {PERSON + seat.key: (Appointment, "person") for seat in self.seats}
        return super().all_autocompletes | people

    def facts(self) -> Iterator[forms.BoundField]:
        return iter([self["new_people"]])

    def grid(self) -> Iterator[GridRow]:
        for seat in self.seats:
            same = self[SAME + seat.key] if seat.holder is not None else None
            yield GridRow(seat, same, self[PERSON + seat.key], self[NEW + seat.key])

    def told(self) -> Iterable[str]:
        if self.begun:
            yield ngettext(
                "%(number)s seat of the class is filled from %(day)s on already: %(names)s.",
                "%(number)s seats of the class are filled from %(day)s on already: %(names)s.",
                len(self.begun),
            ) % {
                "number": len(self.begun),
                "day": long_day(self.first_day),
                "names": "; ".join(str(each.person) for each in self.begun),
            }
        if self.seats:
            yield gettext(
                "For each seat: tick the same person, or choose another one, or enter a new name. "
                "A seat without an answer becomes vacant."
            )
        elif not self.begun:
            yield gettext(
                "This class has no seats on %(day)s. Choose another class or day, or record how "
                "many seats the class has."
            ) % {"day": long_day(self.first_day)}

    @property
    def renewed(self) -> RenewalClass:
        return self.what["renewal_class"]

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.seats:
            self.add_error(None, next(iter(self.told())))
        chosen: dict[int, str] = {}
        answered = False
        for seat in self.seats:
            answers = [prefix + seat.key for prefix in (SAME, PERSON, NEW)]
            given = [name for name in answers if cleaned.get(name)]
            answered = answered or bool(given) or bool(self.errors.keys() & set(answers))
            if len(given) > 1:
                self.add_error(given[1], _("Give one answer for this seat, not two."))
            name = cleaned.get(NEW + seat.key)
            if name and not cleaned.get("new_people"):
                refuse_similar(self, NEW + seat.key, name)
            person = self._chosen(seat)
            if person is not None and person.pk in chosen:
                message = _("This person is chosen for two seats: %(seat)s has the same.")
                params = {"seat": chosen[person.pk]}
                self.add_error(given[0], ValidationError(message, params=params))
            elif person is not None:
                chosen[person.pk] = seat.name
        if self.seats and not answered:
            self.add_error(None, _("Nobody is elected yet. Answer for one seat at least."))
        return cleaned

    def _served_to(self, years: int | None) -> date | None:
        """The end of a full term that is over by now; one that still runs is left open."""
        over = self.institution.end.latest if self.institution.end else None
        ends = [day for day in (years and years_after(self.first_day, years), over) if day]
        last = min(ends, default=None)
        return last if last is not None and last <= self.on else None

    def needs(self) -> Iterator[str]:
        yield from super().needs()
        if any(self.cleaned_data[NEW + seat.key] for seat in self.seats):
            yield "registry.add_person"

    def _chosen(self, seat: Seat) -> Person | None:
        if seat.holder is not None and self.cleaned_data.get(SAME + seat.key):
            return seat.holder.person
        return self.cleaned_data.get(PERSON + seat.key)

    def days(self) -> list[date]:
        return [self.first_day]

    def touched(self) -> list[Model]:
        return list(self.holders)

    def perform(self) -> Model:
        group, start = self.renewed.group, PartialDate.of(self.first_day)
        own = {
            "institution": self.institution,
            "group": group,
            "renewal_class": self.renewed,
            "day": self.what["day"],
        }
        election = Election.objects.filter(**own).first() or Election(**own)
        election.took_office = self.first_day
        self.keep(election)
        for holder in self.holders:
            if holder.end != start:
                holder.end, holder.end_inherited = start, False
                holder.end_reason = holder.end_reason or "Term ended"
                self.keep(holder)
        for seat in self.seats:
            name = self.cleaned_data[NEW + seat.key]
            person = new_person(self, name) if name else self._chosen(seat)
            if person is not None:
                self._seat(person, seat)
        return election

    def _seat(self, person: Person, seat: Seat) -> None:
        mandate = Appointment(
            institution=self.institution,
            person=person,
            group=self.renewed.group,
            territory_id=seat.territory_id,
            renewal_class=self.renewed,
            designation=Designation.ELECTED,
        )
        mandate.start = PartialDate.of(self.first_day)
        if self.last_day is not None:
            mandate.end = PartialDate.of(self.last_day)
            mandate.end_reason = "Term ended"
        self.keep(mandate)

    def notes(self) -> Iterable[str]:
        empty = [
            seat.name
            for seat in self.seats
            if not self.cleaned_data[NEW + seat.key] and self._chosen(seat) is None
        ]
        number = len(self.seats)
        yield ngettext(
            "%(filled)s of %(number)s seat of the class is filled anew.",
            "%(filled)s of %(number)s seats of the class are filled anew.",
            number,
        ) % {"filled": number - len(empty), "number": number}
        if self.last_day is not None:
            words = {"seat": self.renewed, "day": long_day(self.last_day)}
            yield gettext("%(seat)s: a full term, to %(day)s.") % words
        if empty:
            yield gettext("Nobody takes these seats: %(names)s.") % {"names": "; ".join(empty)}

    def said(self) -> str:
        return gettext("The renewal is recorded: %(seats)s, from %(day)s.") % {
            "seats": self.renewed,
            "day": long_day(self.first_day),
        }
