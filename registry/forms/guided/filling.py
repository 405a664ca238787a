"""Fill a vacancy: first the body and the day, then the seats that are empty on that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min, Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate, Presence
from registry.forms.guided.base import WhatBody
from registry.forms.guided.days import mandate_day_field
from registry.forms.guided.lasting import Lasting
from registry.forms.guided.vacancies import Seat, empty_seats, key_of, place_of, vacancies_of
from registry.forms.partial_dates import quoted
from registry.models import Appointment, Territory
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import text

NO_RULE = _("No seat rule is recorded for %(day)s. Add a rule era or choose another day.")


class WhatDay(WhatBody):
    """An institution and a day on which it exists and has rules."""

    start = mandate_day_field(
        _("First day in office"),
        _("Enter the first day in office."),
        help_text=_("The seats that are empty on this day are offered next."),
    )


class Filling(Lasting):
    slug = "fill"
    title = _("Fill a vacancy")
    intro = _("Somebody takes a seat that nobody holds.")
    permissions = ("registry.add_appointment", "registry.add_citation")
    What = WhatDay

    seat = forms.ChoiceField(label=_("Seat"), error_messages={"required": _("Choose a seat.")})
    acting = forms.BooleanField(required=False, label=_("Acting"))
    field_order = (
        *("seat", "person", "new_name", "new_listed", "new_language", "new_person"),
        *("basis", "end", "acting", "designation", "party"),
    )

    def prepare(self) -> None:
        day = self.first_day
        self.composition = composition_of(self.institution, on=day)
        self.seats = {seat.key: seat for seat in empty_seats(self.composition)}
        self.lines = {
            key_of(line.rule, line.territory): line
            for line in (*self.composition.lines, *self.composition.inner)
        }
        # Any seat of the register may be sent; `clean_seat` says what is wrong with it.
        asked = self.data.get("seat") or self.initial.get("seat")
        offered = [(key, seat.label(day)) for key, seat in self.seats.items()]
        if asked and asked not in self.seats:
            offered.append((asked, str(asked)[:100]))
        elif not asked and len(offered) == 1:
            self.initial["seat"] = offered[0][0]
        self.fields["seat"].choices = [("", "—"), *offered]
        self.fields["designation"].help_text = _("Leave it empty for what the rule says.")
        self.offer_bases(self.lines.values())

    def told(self) -> Iterable[str]:
        """What the page says before it asks; where nothing is sure, when seats stood empty."""
        day = {"day": long_day(self.first_day)}
        unsure = any(not seat.line.recorded for seat in self.seats.values())
        if not self.lines:
            yield NO_RULE % day
        elif not self.seats:
            yield gettext("No seat is empty on %(day)s.") % day
        elif unsure:
            said = gettext(
                "The roster of %(day)s is not declared complete: a seat offered here may be held "
                "by somebody who is not recorded."
            )
            yield said % day
        if (unsure or not self.seats) and (known := vacancies_of(self.institution, on=self.on)):
            yield gettext("Known vacancies: %(seats)s.") % {"seats": "; ".join(known)}

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean_seat(self) -> Seat:
        key, day = self.cleaned_data["seat"], {"day": long_day(self.first_day)}
        if not self.lines:
            raise ValidationError(NO_RULE, params=day)
        if key in self.seats:
            return self.seats[key]
        if key not in self.lines:
            territory = Territory.objects.filter(slug=key.partition(":")[2][:80]).first()
            if territory is not None:
                message = _("%(territory)s has no seats in %(institution)s on %(day)s.")
                names = {"territory": territory, "institution": self.institution}
                created = territory.statuses.aggregate(first=Min("start"))["first"]
                if created and created > self.first_day:
                    names["created"] = long_day(created)
                    message = _(
                        "%(territory)s has no seats in %(institution)s on %(day)s: it was created "
                        "later, on %(created)s."
                    )
                raise ValidationError(message, params=day | names)
            message = _("There is no such seat on %(day)s. Choose one of those offered.")
            raise ValidationError(message, params=day)
        line = self.lines[key]
        facts = day | {"seat": place_of(line, self.first_day), "number": line.required}
        if len(line.holders) == 1 and line.single_office:
            (holder,) = line.holders
            facts["name"] = text(holder.name)
            if holder.end is None:
                message = _("%(seat)s is held by %(name)s. End that appointment first.")
            else:
                facts["end"] = quoted(holder.end)
                message = _(
                    "%(seat)s is held by %(name)s until %(end)s. End that appointment first, or "
                    "start on %(end)s."
                )
            raise ValidationError(message, params=facts)
        facts["names"] = "; ".join(text(each.name) for each in line.holders)
        message = _(
            "No seat is empty on %(day)s: %(seat)s has %(number)s, held by %(names)s. End one of "
            "these appointments first, or choose another day."
        )
        raise ValidationError(message, params=facts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seat = cleaned.get("seat")
        if seat and cleaned.get("person") and not seat.line.rule.group.inner:
            self._refuse_two_seats(cleaned["person"])
        return cleaned

    def _refuse_two_seats(self, person: Model) -> None:
        holding = (each for each in self.composition.members if each.person_id == person.pk)
        if any(each.presence(self.first_day) is Presence.YES for each in holding):
            message = _(
                "This person already holds a seat in %(institution)s on this day. One person can "
                "hold one seat."
            )
            self.add_error(
                "person", ValidationError(message, params={"institution": self.institution})
            )

    def days(self) -> list[date]:
        return [self.first_day]

    def perform(self) -> Model:
        seat: Seat = self.cleaned_data["seat"]
        line, former = seat.line, seat.former
        mandate = Appointment(
            institution=self.institution,
            person=self.the_person(),
            group_id=line.rule.group.id,
            territory_id=line.territory.id if line.territory else None,
            acting=self.cleaned_data["acting"],
            designation=self.cleaned_data["designation"] or line.rule.designation.value,
        )
        if former is not None:
            mandate.renewal_class_id = former.class_id
        mandate.start = PartialDate.of(self.first_day)
        convocation = self.composition.convocation
        if convocation is not None and not line.rule.group.inner:
            mandate.convocation_id = convocation.id
        self.set_end(mandate, former.appointment_id if former is not None else None)
        return self.seat_one(mandate)

    def said(self) -> str:
        return gettext("%(person)s takes a seat on %(day)s: %(seat)s.") % {
            "person": self.named(),
            "day": long_day(self.first_day),
            "seat": place_of(self.cleaned_data["seat"].line, self.first_day),
        }
