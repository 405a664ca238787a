"""Start a new rule era: other numbers of seats from a day on, by a new wording of the law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.forms.guided.base import Guided, WhatBody, day_field
from registry.forms.partial_dates import DayField
from registry.models import Act, SeatGroup, SeatRule, StatedTotal
from registry.models.seats import MOST_SEATS
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import text

NUMBER = "seats_"


class WhatEra(WhatBody):
    start = day_field(
        _("First day of the era"),
        _("Enter the first day of the era."),
        help_text=_("The day from which the new wording is in force."),
    )


class Era(Guided):
    slug = "era"
    title = _("Start a new rule era")
    intro = _("The law gives an institution other seats. What is copied can be changed later.")
    permissions = (
        "registry.add_seatrule",
        "registry.change_seatrule",
        "registry.add_statedtotal",
        "registry.add_citation",
    )
    What = WhatEra
    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {"act": (SeatRule, "act")}

    act = forms.ModelChoiceField(Act.objects.all(), required=False, label=_("Act"))
    article = forms.CharField(required=False, max_length=60, label=_("Article"))
    first_applied = DayField(
        required=False,
        label=_("First election under the new rules"),
        help_text=_("Until it a convocation sits under the rules of its own election."),
    )
    total = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_SEATS.limit_value,
        label=_("Seats in all, as the source states them"),
        help_text=_("It is held against what the numbers above add up to."),
    )

    def prepare(self) -> None:
        groups = SeatGroup.objects.filter(institution=self.institution, inner=False)
        self.groups: list[SeatGroup] = list(groups.order_by("order", "slug"))
        rules = SeatRule.objects.filter(group__in=self.groups).order_by("start")
        self.rules = list(rules.prefetch_related("territory_kinds"))
        self.in_force: dict[int, SeatRule] = {
            rule.group_id: rule for rule in self.rules if rule.span.covers(self.first_day)
        }
        for group in self.groups:
            rule = self.in_force.get(group.pk)
            self.fields[NUMBER + group.slug] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_SEATS.limit_value,
                label=text(group.name) or group.slug,
                initial=_number(rule),
                help_text=_as_it_is(rule),
            )
        acts = [rule.act_id for rule in self.in_force.values() if rule.act_id]
        self.fields["act"].initial = acts[0] if acts else None
        order = [NUMBER + group.slug for group in self.groups]
        self.order_fields([*order, "total", "act", "article", "first_applied"])

    def told(self) -> Iterable[str]:
        if self.groups:
            yield gettext(
                "A number that stays lets its rule go on. An empty one closes the rule: the group "
                "has no seats from that day."
            )
        else:
            yield gettext("No seat group is recorded. Add one first, then start the era.")

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.changed: list[tuple[SeatGroup, int | None]] = []
        for group in self.groups:
            name = NUMBER + group.slug
            rule, number = self.in_force.get(group.pk), cleaned.get(name)
            if name in self.errors or number == _number(rule):
                continue
            self.changed.append((group, number))
            if rule is not None and rule.start == self.first_day:
                message = _(
                    "The group has a rule from %(day)s already, with another number (%(number)s). "
                    "Correct that rule, or choose another first day."
                )
                facts = {"day": long_day(self.first_day), "number": _number(rule)}
                self.add_error(name, ValidationError(message, params=facts))
        first = cleaned.get("first_applied")
        if first and first < self.first_day:
            message = _("No election is held under rules that are not in force yet.")
            self.add_error("first_applied", message)
        if not self.changed and not self.errors:
            self.add_error(None, _("Nothing would change. Enter another number of seats."))
        return cleaned

    def days(self) -> list[date]:
        first = self.cleaned_data["first_applied"]
        return sorted({self.first_day, *([first] if first else [])})

    def touched(self) -> list[Model]:
        return list(self.in_force.values())

    def perform(self) -> Model:
        ends = {}
        for group, _number_of_seats in self.changed:
            if (rule := self.in_force.get(group.pk)) is not None:
                # It is read anew: a rehearsal has closed the one in memory.
                rule = SeatRule.objects.get(pk=rule.pk)
                ends[group.pk], rule.end = rule.end, self.first_day
                self.keep(rule)
        made = [
            self._begin(group, number, ends.get(group.pk))
            for group, number in self.changed
            if number
        ]
        if self.cleaned_data["total"] is not None:
            self._state_total()
        self.after: Composition = composition_of(self.institution, on=self.first_day)
        return made[0] if made else self.institution

    def _begin(self, group: SeatGroup, number: int, end: date | None) -> SeatRule:
        """A new rule, copied from the last one of its group; a later one of the group ends it."""
        own = [rule for rule in self.rules if rule.group_id == group.pk]
        earlier = [rule for rule in own if rule.start is None or rule.start < self.first_day]
        later = [rule.start for rule in own if rule.start and rule.start > self.first_day]
        model = earlier[-1] if earlier else None
        rule = SeatRule(group=group)
        kinds = []
        if model is not None:
            for each in SeatRule._meta.concrete_fields:
                if not each.primary_key:
                    setattr(rule, each.attname, getattr(model, each.attname))
            kinds = list(model.territory_kinds.all())
        territorial = model is not None and model.seats_per_territory is not None
        rule.seats = None if territorial else number
        rule.seats_per_territory = number if territorial else None
        over = self.institution.end.latest if self.institution.end else None
        bounds = [day for day in (*later, end, over) if day]
        rule.start, rule.end = self.first_day, min(bounds, default=None)
        rule.act, rule.article = self.cleaned_data["act"], self.cleaned_data["article"]
        rule.first_applied = self.cleaned_data["first_applied"]
        rule.note = ""
        self.keep(rule)
        if kinds:
            rule.territory_kinds.set(kinds)
        return rule

    def _state_total(self) -> None:
        said = {
            "institution": self.institution,
            "total": self.cleaned_data["total"],
            "source": self.the_source(),
            "place": self.cleaned_data["place"],
            "start": self.first_day,
        }
        if not StatedTotal.objects.filter(**said).exists():
            self.keep(StatedTotal(**said), cite=False)

    def doubts(self) -> Iterable[str]:
        total, law = self.cleaned_data["total"], self.after.law
        if total is not None and law is not None and total != law:
            yield gettext(
                "The new era adds up to %(law)s seats on that day, but the declared total is "
                "%(total)s. Correct one, or explain."
            ) % {"law": law, "total": total}

    def notes(self) -> Iterable[str]:
        if self.after.law is not None:
            yield ngettext(
                "By the law of %(day)s the institution has %(number)s seat.",
                "By the law of %(day)s the institution has %(number)s seats.",
                self.after.law,
            ) % {"day": long_day(self.first_day), "number": self.after.law}
        lost = (*self.after.ruleless, *self.after.misplaced)
        if lost:
            yield ngettext(
                "%(number)s mandate has no rule from that day: %(names)s.",
                "%(number)s mandates have no rule from that day: %(names)s.",
                len(lost),
            ) % {"number": len(lost), "names": "; ".join(text(each.name) for each in lost)}

    def said(self) -> str:
        return gettext("A new rule era of %(institution)s begins on %(day)s.") % {
            "institution": self.institution,
            "day": long_day(self.first_day),
        }


def _number(rule: SeatRule | None) -> int | None:
    if rule is None:
        return None
    return rule.seats_per_territory if rule.seats_per_territory is not None else rule.seats


def _as_it_is(rule: SeatRule | None) -> str:
    if rule is None:
        return gettext("It has no seats so far.")
    words = {"number": "?" if _number(rule) is None else _number(rule)}
    words["article"] = rule.article or "–"
    if rule.seats_per_territory is not None:
        return gettext("Now %(number)s for each territory, article %(article)s.") % words
    return gettext("Now %(number)s, article %(article)s.") % words
