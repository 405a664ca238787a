"""How long whoever fills a vacancy serves: a full term, the rest of one, or as the convocation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition, Line
from registry.domain.dates import PartialDate, years_after
from registry.forms.guided.days import refuse_day_outside, refuse_far_day
from registry.forms.guided.successors import Successor
from registry.forms.guided.vacancies import Seat, place_of
from registry.forms.partial_dates import DayField
from registry.models import Appointment
from registry.templatetags.days import long_day
from registry.templatetags.wording import text

REST, FULL, CONVOCATION, OPEN = "rest", "full", "convocation", "open"


class Lasting(Successor):
    """The part of an action that asks how long a mandate lasts, and proposes what follows from it.

    `first_day`, `composition` and the empty `seats` by their keys come from the action.
    """

    first_day: date
    composition: Composition
    seats: Mapping[str, Seat]

    basis = forms.ChoiceField(label=_("How long"), widget=forms.RadioSelect)
    end = DayField(
        required=False,
        label=_("Another first day out of office"),
        help_text=_("Leave it empty to take the day that is proposed above."),
    )

    def offer_bases(self, lines: Iterable[Line]) -> None:
        """Offer what one of the lines allows, and propose what is usual."""
        resting = any(self._rest(seat) for seat in self.seats.values())
        full = any(self._full(line) for line in lines)
        choices = (
            (self.composition.convocation, CONVOCATION, _("to the end of the convocation")),
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
            if (day := self._rest(seat)) is not None:
                words = {"seat": place_of(seat.line, self.first_day), "day": long_day(day)}
                said.append(gettext("%(seat)s: the rest of the term, to %(day)s.") % words)
            if (day := self._full(seat.line)) is not None:
                # It is the same in every territory.
                words = {"seat": text(seat.line.rule.group.names), "day": long_day(day)}
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
        return cleaned

    def _refuse_basis_of_nothing(self, seat: Seat, basis: str) -> None:
        if basis == REST and self._rest(seat) is None:
            message = _("Nobody's term is left to serve in this seat. Choose another answer.")
            self.add_error("basis", message)
        elif basis == FULL and self._full(seat.line) is None:
            message = _("The rule of this seat names no term. Enter the day, or choose none.")
            self.add_error("basis", message)

    @property
    def last_day(self) -> date | None:
        """The first day out of office, as it is recorded; `None` if none is."""
        if self.cleaned_data["end"]:
            return self.cleaned_data["end"]
        seat: Seat = self.cleaned_data["seat"]
        if self.cleaned_data["basis"] == REST:
            return self._rest(seat)
        return self._full(seat.line) if self.cleaned_data["basis"] == FULL else None

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

    def set_end(self, mandate: Appointment, former_id: int | None) -> None:
        """Give a new mandate the end that was answered, and whose term it completes."""
        basis, end = self.cleaned_data["basis"], self.last_day
        if end is not None:
            mandate.end = PartialDate.of(end)
            mandate.end_reason = "Term ended" if end <= self.on else ""
        elif basis == CONVOCATION:
            mandate.end_inherited = mandate.convocation_id is not None
            if mandate.convocation is not None:
                mandate.inherit_dates(mandate.convocation)
        if basis == REST:
            mandate.serves_rest_of_id = former_id
