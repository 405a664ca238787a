"""The effect of a draft in words and numbers: as it is, and as it would be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext, ngettext

from registry.domain.composition import Composition
from registry.domain.drafts import Effect
from registry.domain.facts import SeatRule
from registry.domain.majorities import majorities
from registry.domain.seats import entitled, required


def sentences(effect: Effect) -> Iterator[str]:
    """The effect in words: 49 → 51 seats. 2 seats are unfilled. A majority moves from 25 to 26."""
    before, after = effect.before, effect.after
    if before.required is None or after.required is None:
        yield gettext("How many seats there are on this day is not recorded in full.")
    elif before.required == after.required:
        yield ngettext(
            "%(number)s seat, as it is.", "%(number)s seats, as it is.", after.required
        ) % {"number": after.required}
    else:
        yield ngettext(
            "%(before)s → %(after)s seat.", "%(before)s → %(after)s seats.", after.required
        ) % {"before": before.required, "after": after.required}
    yield from _unfilled(after)
    if after.over:
        yield ngettext(
            "%(number)s member sits beyond the seats.",
            "%(number)s members sit beyond the seats.",
            after.over,
        ) % {"number": after.over}
    yield from _votes(before, after)


def _unfilled(after: Composition) -> Iterator[str]:
    if after.required is None:
        return
    if after.vacant is None:
        yield ngettext(
            "%(number)s seat has no recorded holder; the roster is not declared complete.",
            "%(number)s seats have no recorded holder; the roster is not declared complete.",
            after.unheld,
        ) % {"number": after.unheld}
    elif after.vacant:
        yield ngettext(
            "%(number)s seat is unfilled.", "%(number)s seats are unfilled.", after.vacant
        ) % {"number": after.vacant}
    else:
        yield gettext("Every seat is filled.")


def _votes(before: Composition, after: Composition) -> Iterator[str]:
    """What becomes of the two thresholds, where the body has seats before and after."""
    if not before.required or not after.required:
        return
    half, two_thirds = (each.votes for each in majorities(before.required))
    new_half, new_two_thirds = (each.votes for each in majorities(after.required))
    words = {"half": half, "new_half": new_half}
    words |= {"two_thirds": two_thirds, "new_two_thirds": new_two_thirds}
    if half == new_half:
        yield gettext("A majority stays at %(half)s votes.") % words
    else:
        yield gettext("A majority moves from %(half)s to %(new_half)s votes.") % words
    if two_thirds == new_two_thirds:
        yield gettext("Two thirds stay at %(two_thirds)s votes.") % words
    else:
        yield gettext("Two thirds move from %(two_thirds)s to %(new_two_thirds)s votes.") % words


class Row(NamedTuple):
    """A line of the answer: what it is about, as it is, and under the draft."""

    label: Any
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def groups(effect: Effect) -> Iterator[tuple[SeatRule, Row]]:
    """Where the seats of each group come from: 2 × 17 = 34 before, 2 × 18 = 36 after."""
    drafted = {rule.group.id: rule for rule in effect.after.rules}
    for rule in effect.before.rules:
        after = _formula(drafted[rule.group.id], effect.after)
        yield rule, Row(rule.group.names, _formula(rule, effect.before), after)


def _formula(rule: SeatRule, composition: Composition) -> str:
    territories, day = composition.snapshot.territories, composition.day
    number = required(rule, territories, day)
    if rule.territorial:
        count = len(entitled(rule, territories, day))
        return f"{rule.seats_per_territory} × {count} = {number}"
    if rule.unlimited:
        return gettext("as many as qualify")
    return "?" if number is None else str(number)


def numbers(effect: Effect) -> Iterator[Row]:
    """What the body adds up to, before and after."""
    before, after = effect.before, effect.after
    yield Row(gettext("Seats"), _said(before.required), _said(after.required))
    yield Row(gettext("Filled"), str(before.filled), str(after.filled))
    yield Row(gettext("Vacant"), _said(before.vacant), _said(after.vacant))
    yield Row(gettext("Too many"), str(before.over), str(after.over))
    if before.required and after.required:
        labels = (gettext("More than half of all seats"), gettext("Two thirds of all seats"))
        pairs = zip(labels, majorities(before.required), majorities(after.required), strict=True)
        for label, one, two in pairs:
            yield Row(label, str(one.votes), str(two.votes))


def _said(number: int | None) -> str:
    return "?" if number is None else str(number)
