"""Start a new rule era: other numbers of seats from a day on, by a new wording of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.forms.guided.base import Guided, WhatBody, free_slug
from registry.forms.guided.days import day_field
from registry.forms.guided.parts import FreshRow, Part, filled_field, number_of, seats_field
from registry.forms.partial_dates import DayField
from registry.models import Act, SeatGroup, SeatRule, StatedTotal
from registry.models.seats import MOST_SEATS
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.templatetags.wording import text

# New groups that one era may bring; more than two at once never happened.
FRESH = (1, 2)


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
        rules = SeatRule.objects.filter(group__in=groups).order_by("start")
        self.rules = list(rules.prefetch_related("territory_kinds"))
        self.parts = [self._part(group) for group in groups.order_by("order", "slug")]
        self.fresh = [Part("new_", str(number)) for number in FRESH]
        for part in self.parts:
            label = text(part.group.name) or part.group.slug
            self.fields[part.seats] = seats_field(label, part.rule)
            if part.model is None:
                self.fields[part.filled_by] = filled_field(
                    gettext("%(group)s: filled by being") % {"group": label}
                )
        facts = list(self.fields)
        for part in self.fresh:
            number = {"number": part.key}
            self.fields[part.name] = forms.CharField(
                required=False, max_length=200, label=gettext("New group %(number)s") % number
            )
            self.fields[part.seats] = seats_field(
                gettext("New group %(number)s: seats") % number, None
            )
            self.fields[part.filled_by] = filled_field(
                gettext("New group %(number)s: filled by being") % number
            )
        acts = [part.rule.act_id for part in self.parts if part.rule and part.rule.act_id]
        self.fields["act"].initial = acts[0] if acts else None
        own = {"total", "act", "article", "first_applied"}
        new = [name for name in self.fields if name not in facts]
        self.order_fields([*(name for name in facts if name not in own), *new])

    def _part(self, group: SeatGroup) -> Part:
        own = [rule for rule in self.rules if rule.group_id == group.pk]
        begun = [rule for rule in own if rule.start is None or rule.start <= self.first_day]
        rule = next((each for each in begun if each.span.covers(self.first_day)), None)
        return Part("", group.slug, group, rule, begun[-1] if begun else None)

    def facts(self) -> Iterator[forms.BoundField]:
        asked_apart = {name for row in self.fresh for name in (row.name, row.seats, row.filled_by)}
        return (field for field in super().facts() if field.name not in asked_apart)

    def fresh_rows(self) -> Iterator[FreshRow]:
        """The fields of the groups that the era brings."""
        for part in self.fresh:
            yield FreshRow(self[part.name], self[part.seats], self[part.filled_by])

    def told(self) -> Iterable[str]:
        if any(part.rule and part.rule.start == self.first_day for part in self.parts):
            yield gettext(
                "An era begins on %(day)s already: its numbers stand below. Correct its rules in "
                "their own forms, or choose another first day."
            ) % {"day": long_day(self.first_day)}
        elif self.parts:
            yield gettext(
                "A number that stays lets its rule go on. An empty one closes the rule: the group "
                "has no seats from that day."
            )

    @property
    def first_day(self) -> date:
        return self.what["start"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.changed: list[Part] = []
        for part in self.parts:
            if part.seats not in self.errors and cleaned.get(part.seats) != number_of(part.rule):
                self.changed.append(part)
                self._refuse_second_rule(part)
        for part in self.fresh:
            if any(cleaned.get(name) for name in (part.name, part.seats, part.filled_by)):
                self.changed.append(part)
                self._refuse_half_a_group(part)
        for part in self.changed:
            if cleaned.get(part.seats) and not part.model and not cleaned.get(part.filled_by):
                self.add_error(part.filled_by, _("Choose how these seats are filled."))
        first = cleaned.get("first_applied")
        if first and first < self.first_day:
            message = _("No election is held under rules that are not in force yet.")
            self.add_error("first_applied", message)
        if not self.changed and not self.errors:
            self.add_error(None, _("Nothing would change. Enter another number of seats."))
        return cleaned

    def _refuse_second_rule(self, part: Part) -> None:
        if part.rule is not None and part.rule.start == self.first_day:
            message = _(
                "The group has a rule from %(day)s already, with another number (%(number)s). "
                "Correct that rule, or choose another first day."
            )
            facts = {"day": long_day(self.first_day), "number": number_of(part.rule)}
            self.add_error(part.seats, ValidationError(message, params=facts))

    def _refuse_half_a_group(self, part: Part) -> None:
        name = self.cleaned_data.get(part.name, "")
        if not name and part.name not in self.errors:
            self.add_error(part.name, _("Enter the name of the new group."))
        if not self.cleaned_data.get(part.seats) and part.seats not in self.errors:
            self.add_error(part.seats, _("Enter how many seats the new group has."))
        others = [text(each.group.name) for each in self.parts]
        others += [self.cleaned_data.get(each.name, "") for each in self.fresh if each is not part]
        if name and name.casefold() in (other.casefold() for other in others):
            message = _("The institution has a group of this name. Enter its number in its row.")
            self.add_error(part.name, message)

    def needs(self) -> Iterator[str]:
        yield from super().needs()
        if any(part.group is None for part in self.changed):
            yield "registry.add_seatgroup"

    def days(self) -> list[date]:
        first = self.cleaned_data["first_applied"]
        return sorted({self.first_day, *([first] if first else [])})

    def touched(self) -> list[Model]:
        return [part.rule for part in self.parts if part.rule is not None]

    def perform(self) -> Model:
        made = []
        for part in self.changed:
            end = None
            if part.rule is not None:
                # It is read anew: a rehearsal has closed the one in memory.
                rule = SeatRule.objects.get(pk=part.rule.pk)
                end, rule.end = rule.end, self.first_day
                self.keep(rule)
            if self.cleaned_data[part.seats]:
                made.append(self._begin(part, end))
        if self.cleaned_data["total"] is not None:
            self._state_total()
        self.over = max((rule.end for rule in made if rule.end), default=None)
        self.after: Composition = composition_of(self.institution, on=self.first_day)
        return made[0] if made else self.institution

    def _group(self, part: Part) -> SeatGroup:
        """The group of a part; a new one is saved after those that are there."""
        if part.group is not None:
            return part.group
        name = self.cleaned_data[part.name]
        groups = SeatGroup.objects.filter(institution=self.institution)
        last = groups.aggregate(last=Max("order"))["last"] or 0
        group = SeatGroup(
            institution=self.institution,
            slug=free_slug(groups, name, "seats"),
            name={get_language(): name},
            order=last + 10,
        )
        return self.keep(group)

    def _begin(self, part: Part, end: date | None) -> SeatRule:
        """A new rule, copied from the last one of its group; a later one of the group ends it."""
        model, number = part.model, self.cleaned_data[part.seats]
        rule = SeatRule(designation=self.cleaned_data.get(part.filled_by, ""))
        later = [
            each.start
            for each in self.rules
            if part.group and each.group_id == part.group.pk
            if each.start and each.start > self.first_day
        ]
        kinds = []
        if model is not None:
            for each in SeatRule._meta.concrete_fields:
                if not each.primary_key:
                    setattr(rule, each.attname, getattr(model, each.attname))
            kinds = list(model.territory_kinds.all())
        rule.group = self._group(part)
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
        if self.over is not None:
            yield gettext("The new rules are in force until %(day)s.") % {
                "day": long_day(self.over)
            }
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
