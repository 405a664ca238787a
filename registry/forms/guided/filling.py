"""Fill a vacancy: first the body and the day, then the seats that are empty on that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.checks import findings_on
from registry.domain.composition import Composition, Line
from registry.domain.dates import PartialDate, Presence, years_after
from registry.domain.facts import Sitting
from registry.domain.findings import Finding, Problem
from registry.forms.guided.base import (
    WhatBody,
    day_field,
    refuse_day_outside,
    refuse_far_day,
)
from registry.forms.guided.successors import Successor
from registry.forms.partial_dates import DayField, quoted
from registry.models import Appointment, Territory
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import holder, text

REST, FULL, CONVOCATION, OPEN = "rest", "full", "convocation", "open"


@dataclass(frozen=True, slots=True)
class Seat:
    """The empty seats of a line, and who left one last."""

    line: Line
    former: Sitting | None

    @property
    def key(self) -> str:
        return key_of(self.line)

    def label(self, day: date) -> str:
        line = self.line
        parts = [place_of(line, day)]
        parts.append(
            ngettext("%(number)s seat is empty", "%(number)s seats are empty", line.unheld)
            % {"number": line.unheld}
        )
        if line.rule.article:
            parts.append(gettext("Art. %(article)s") % {"article": line.rule.article})
        if self.former is not None:
            words = {"name": holder(self.former), "day": quoted(self.former.end)}
            parts.append(gettext("last held by %(name)s, who left on %(day)s") % words)
        return "; ".join(parts)


def key_of(line: Line | Finding) -> str:
    return f"{line.rule.group.slug}:{line.territory.slug if line.territory else ''}"


def place_of(line: Line, day: date) -> str:
    group = text(line.rule.group.names)
    return f"{group}, {text(line.territory.names_on(day))}" if line.territory else group


def empty_seats(composition: Composition) -> Iterator[Seat]:
    """The lines with a seat that nobody holds, each with who left it last."""
    found = {
        (each.rule.group.id, getattr(each.territory, "id", None)): each.predecessors
        for each in findings_on(composition, Problem.VACANT_SEATS)
        if each.rule is not None
    }
    for line in (*composition.lines, *composition.inner):
        if line.unheld:
            key = (line.rule.group.id, line.territory.id if line.territory else None)
            yield Seat(line, next(iter(found.get(key, ())), None))


class WhatDay(WhatBody):
    """An institution and a day on which it exists and has rules."""

    start = day_field(
        _("First day in office"),
        _("Enter the first day in office."),
        help_text=_("The seats that are empty on this day are offered next."),
    )


class Filling(Successor):
    slug = "fill"
    title = _("Fill a vacancy")
    intro = _("Somebody takes a seat that nobody holds.")
    permissions = ("registry.add_appointment", "registry.add_citation")
    What = WhatDay

    seat = forms.ChoiceField(label=_("Seat"), error_messages={"required": _("Choose a seat.")})
    basis = forms.ChoiceField(label=_("How long"), widget=forms.RadioSelect)
    end = DayField(
        required=False,
        label=_("Another first day out of office"),
        help_text=_("Leave it empty to take the day that is proposed above."),
    )
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
            key_of(line): line for line in (*self.composition.lines, *self.composition.inner)
        }
        # Any seat of the register may be sent; `clean_seat` says what is wrong with it.
        asked = self.data.get("seat") or self.initial.get("seat")
        offered = [(key, seat.label(day)) for key, seat in self.seats.items()]
        if asked and asked not in self.seats:
            offered.append((asked, str(asked)[:100]))
        elif not asked and len(offered) == 1:
            self.initial["seat"] = offered[0][0]
        self.fields["seat"].choices = [("", "—"), *offered]
        convened = self.composition.convocation is not None
        resting = any(self._rest(seat) for seat in self.seats.values())
        full = any(self._full(line) for line in self.lines.values())
        choices = (
            (convened, CONVOCATION, _("to the end of the convocation")),
            (resting, REST, _("the rest of the term of whoever held the seat last")),
            (full, FULL, _("a full term by the rule")),
            (True, OPEN, _("no end is recorded yet")),
        )
        self.fields["basis"].choices = [(key, label) for is_one, key, label in choices if is_one]
        self.fields["basis"].initial = self._usual_basis()
        self.fields["basis"].help_text = self._proposals()

    def _usual_basis(self) -> str:
        if self.composition.convocation:
            return CONVOCATION
        ended = [day for seat in self.seats.values() if (day := self._rest(seat))]
        return REST if ended and min(ended) <= self.on else OPEN

    def _proposals(self) -> str:
        """The day that each choice comes to, for the seats that are offered."""
        said = []
        for seat in self.seats.values():
            place = place_of(seat.line, self.first_day)
            for basis, day in ((REST, self._rest(seat)), (FULL, self._full(seat.line))):
                if day is not None:
                    words = {"seat": place, "day": long_day(day)}
                    if basis == REST:
                        said.append(gettext("%(seat)s: the rest of the term, to %(day)s.") % words)
                    else:
                        said.append(gettext("%(seat)s: a full term, to %(day)s.") % words)
        return " ".join(dict.fromkeys(said))

    def _rest(self, seat: Seat) -> date | None:
        former = seat.former
        if former is None or former.end_latest is None:
            return None
        ends = self.composition.terms.scheduled_end(former, former.end_latest - timedelta(days=1))
        day = ends.day if ends else None
        return self._before_the_next(seat, day) if day and day > self.first_day else None

    def _before_the_next(self, seat: Seat, day: date) -> date:
        """The day, or the first one of whoever is recorded in the same seat by then."""
        later = self.institution.appointments.filter(
            group_id=seat.line.rule.group.id,
            territory_id=seat.line.territory.id if seat.line.territory else None,
            renewal_class_id=seat.former.class_id if seat.former else None,
            start_earliest__gt=self.first_day,
            start_earliest__lt=day,
        )
        alone = seat.line.single_office or seat.line.territory is not None
        begins = later.order_by("start_earliest").values_list("start_earliest", flat=True)
        return next(iter(begins[:1]), day) if alone else day

    def _full(self, line: Line) -> date | None:
        years = line.rule.term_years
        return years_after(self.first_day, years) if years else None

    def told(self) -> Iterable[str]:
        """What the page says before it asks."""
        if not self.lines:
            yield gettext(
                "No seat rule is recorded for %(day)s. Add a rule era or choose another day."
            ) % {"day": long_day(self.first_day)}
        elif not self.seats:
            yield gettext("No seat is empty on %(day)s.") % {"day": long_day(self.first_day)}

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean_seat(self) -> Seat:
        key, day = self.cleaned_data["seat"], {"day": long_day(self.first_day)}
        if not self.lines:
            message = _(
                "No seat rule is recorded for %(day)s. Add a rule era or choose another day."
            )
            raise ValidationError(message, params=day)
        if key in self.seats:
            return self.seats[key]
        if key not in self.lines:
            territory = Territory.objects.filter(slug=key.partition(":")[2][:80]).first()
            if territory is not None:
                message = _("%(territory)s has no seats in %(institution)s on %(day)s.")
                names = {"territory": territory, "institution": self.institution}
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
        refuse_far_day(self, "end", today=self.on)
        refuse_day_outside(self, "end", self.institution, leaving=True)
        if cleaned.get("end") and cleaned["end"] <= self.first_day:
            message = _("The last day (%(end)s) is before the first day (%(start)s). Change one.")
            days = {"end": long_day(cleaned["end"]), "start": long_day(self.first_day)}
            self.add_error("end", ValidationError(message, params=days))
        seat = cleaned.get("seat")
        if seat and cleaned.get("basis") and not cleaned.get("end"):
            self._refuse_basis_of_nothing(seat, cleaned["basis"])
        if seat and cleaned.get("person") and not seat.line.rule.group.inner:
            self._refuse_two_seats(cleaned["person"])
        return cleaned

    def _refuse_basis_of_nothing(self, seat: Seat, basis: str) -> None:
        if basis == REST and self._rest(seat) is None:
            message = _("Nobody's term is left to serve in this seat. Choose another answer.")
            self.add_error("basis", message)
        elif basis == FULL and self._full(seat.line) is None:
            message = _("The rule of this seat names no term. Enter the day, or choose none.")
            self.add_error("basis", message)

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

    @property
    def last_day(self) -> date | None:
        """The first day out of office, as it is recorded; `None` if none is."""
        if self.cleaned_data["end"]:
            return self.cleaned_data["end"]
        match self.cleaned_data["basis"]:
            case "rest":
                return self._rest(self.cleaned_data["seat"])
            case "full":
                return self._full(self.cleaned_data["seat"].line)
        return None

    def days(self) -> list[date]:
        return [self.first_day]

    def doubts(self) -> Iterable[str]:
        full, end = self._full(self.cleaned_data["seat"].line), self.last_day
        if full and end and end > full:
            yield gettext(
                "A term here lasts %(years)s years, to %(full)s. These dates go to %(end)s. "
                "Correct them or explain."
            ) % {
                "years": self.cleaned_data["seat"].line.rule.term_years,
                "full": long_day(full),
                "end": long_day(end),
            }

    def notes(self) -> Iterable[str]:
        if self.last_day:
            yield gettext("The mandate ends on %(day)s.") % {"day": long_day(self.last_day)}

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
        basis, end = self.cleaned_data["basis"], self.last_day
        if end is not None:
            mandate.end = PartialDate.of(end)
            mandate.end_reason = "Term ended" if end <= self.on else ""
        elif basis == CONVOCATION:
            mandate.end_inherited = mandate.convocation_id is not None
            if mandate.convocation is not None:
                mandate.inherit_dates(mandate.convocation)
        if basis == REST and former is not None:
            mandate.serves_rest_of_id = former.appointment_id
        return self.seat_one(mandate)

    def said(self) -> str:
        return gettext("%(person)s takes a seat on %(day)s: %(seat)s.") % {
            "person": self.named(),
            "day": long_day(self.first_day),
            "seat": place_of(self.cleaned_data["seat"].line, self.first_day),
        }
