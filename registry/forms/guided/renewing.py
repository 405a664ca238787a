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
from registry.domain.facts import Territory
from registry.domain.seats import entitled
from registry.forms.guided.base import Guided, WhatForm, day_field, refuse_day_outside
from registry.forms.guided.successors import new_person, refuse_similar
from registry.models import Appointment, Election, Institution, Person, RenewalClass
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import text

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
    start = day_field(_("First day in office"), _("Enter the first day in office."))

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
    """A seat of the class: its territory, who holds it, and the three answers."""

    name: str
    holder: Appointment | None
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
        self.territories: list[Territory] = []
        self.last_day: date | None = None
        composition = composition_of(self.institution, on=start)
        for rule in composition.rules:
            if rule.group.id == group.pk and rule.territorial:
                self.territories += entitled(rule, composition.snapshot.territories, start)
                self.last_day = self._served_to(rule.term_years)
        only = set(self.renewed.territories.values_list("pk", flat=True))
        if only:
            self.territories = [each for each in self.territories if each.id in only]
        mandates = Appointment.objects.filter(group=group, renewal_class=self.renewed)
        sitting = mandates.filter(start_earliest__lt=start).exclude(end_latest__lt=start)
        self.holders = {
            each.territory_id: each
            for each in sitting.select_related("person", "institution").order_by("start_earliest")
        }
        for place in self.territories:
            holder, name = self.holders.get(place.id), text(place.names_on(start))
            words = {"seat": name, "person": holder.person if holder else ""}
            if holder is not None:
                self.fields[SAME + place.slug] = forms.BooleanField(
                    required=False, label=gettext("%(seat)s: the same person, %(person)s") % words
                )
            self.fields[PERSON + place.slug] = forms.ModelChoiceField(
                Person.objects.all(),
                required=False,
                label=gettext("%(seat)s: another person") % words,
            )
            self.fields[NEW + place.slug] = forms.CharField(
                required=False,
                max_length=200,
                label=gettext("%(seat)s: name of a new person") % words,
            )
        self.order_fields([name for name in self.fields if name != "new_people"])

    @property
    def all_autocompletes(self) -> dict[str, tuple[type[Model], str]]:
        people = {PERSON + place.slug: (Appointment, "person") for place in self.territories}
        return super().all_autocompletes | people

    def facts(self) -> Iterator[forms.BoundField]:
        return iter([self["new_people"]])

    def grid(self) -> Iterator[GridRow]:
        for place in self.territories:
            yield GridRow(
                text(place.names_on(self.first_day)),
                self.holders.get(place.id),
                self[SAME + place.slug] if SAME + place.slug in self.fields else None,
                self[PERSON + place.slug],
                self[NEW + place.slug],
            )

    def told(self) -> Iterable[str]:
        if not self.territories:
            yield gettext(
                "This class has no territorial seats on %(day)s. Choose another class or day, or "
                "fill its seats one by one."
            ) % {"day": long_day(self.first_day)}
        else:
            yield gettext(
                "For each seat: tick the same person, or choose another one, or enter a new name. "
                "A seat without an answer becomes vacant."
            )

    @property
    def renewed(self) -> RenewalClass:
        return self.what["renewal_class"]

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.territories:
            self.add_error(None, next(iter(self.told())))
        chosen: dict[int, str] = {}
        for place in self.territories:
            answers = [prefix + place.slug for prefix in (SAME, PERSON, NEW)]
            given = [name for name in answers if cleaned.get(name)]
            if len(given) > 1:
                self.add_error(given[1], _("Give one answer for this seat, not two."))
            name = cleaned.get(NEW + place.slug)
            if name and not cleaned.get("new_people"):
                refuse_similar(self, NEW + place.slug, name)
            person = self._chosen(place)
            if person is not None and person.pk in chosen:
                message = _("This person is chosen for two seats: %(seat)s has the same.")
                params = {"seat": chosen[person.pk]}
                self.add_error(given[0], ValidationError(message, params=params))
            elif person is not None:
                chosen[person.pk] = text(place.names_on(self.first_day))
        return cleaned

    def _served_to(self, years: int | None) -> date | None:
        """The end of a full term that is over by now; one that still runs is left open."""
        over = self.institution.end.latest if self.institution.end else None
        ends = [day for day in (years and years_after(self.first_day, years), over) if day]
        last = min(ends, default=None)
        return last if last is not None and last <= self.on else None

    def needs(self) -> Iterator[str]:
        yield from super().needs()
        if any(self.cleaned_data[NEW + place.slug] for place in self.territories):
            yield "registry.add_person"

    def _chosen(self, place: Territory) -> Person | None:
        if self.cleaned_data.get(SAME + place.slug):
            return self.holders[place.id].person
        return self.cleaned_data.get(PERSON + place.slug)

    def days(self) -> list[date]:
        return [self.first_day]

    def touched(self) -> list[Model]:
        return list(self.holders.values())

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
        for holder in self.holders.values():
            if holder.end is None or holder.end.latest is None or holder.end != start:
                holder.end, holder.end_inherited = start, False
                holder.end_reason = holder.end_reason or "Term ended"
                self.keep(holder)
        for place in self.territories:
            name = self.cleaned_data[NEW + place.slug]
            person = new_person(self, name) if name else self._chosen(place)
            if person is not None:
                mandate = Appointment(
                    institution=self.institution,
                    person=person,
                    group=group,
                    territory_id=place.id,
                    renewal_class=self.renewed,
                    designation="elected",
                )
                mandate.start = start
                if self.last_day is not None:
                    mandate.end = PartialDate.of(self.last_day)
                    mandate.end_reason = "Term ended"
                self.keep(mandate)
        return election

    def notes(self) -> Iterable[str]:
        empty = [
            place
            for place in self.territories
            if not self.cleaned_data[NEW + place.slug] and self._chosen(place) is None
        ]
        filled = len(self.territories) - len(empty)
        yield ngettext(
            "%(filled)s of %(number)s seat of the class is filled anew.",
            "%(filled)s of %(number)s seats of the class are filled anew.",
            len(self.territories),
        ) % {"filled": filled, "number": len(self.territories)}
        if self.last_day is not None:
            words = {"seat": self.renewed, "day": long_day(self.last_day)}
            yield gettext("%(seat)s: a full term, to %(day)s.") % words
        if empty:
            names = "; ".join(text(place.names_on(self.first_day)) for place in empty)
            yield gettext("Nobody takes these seats: %(names)s.") % {"names": names}

    def said(self) -> str:
        return gettext("The renewal is recorded: %(seats)s, from %(day)s.") % {
            "seats": self.renewed,
            "day": long_day(self.first_day),
        }
