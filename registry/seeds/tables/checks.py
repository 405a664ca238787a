"""What the cells of one row must not say together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from registry.seeds.columns import Say
from registry.seeds.references import part_of_key


def term_in_order(values: dict[str, Any], say: Say) -> None:
    first, last = values.get("start_earliest"), values.get("end_latest")
    if first and last and last <= first:
        say("end", _("The end is not after the start. It is the first day out of office."))


def span_in_order(values: dict[str, Any], say: Say) -> None:
    start, end = values.get("start"), values.get("end")
    if start and end and end <= start:
        say("end", _("The end is not after the start. It is the first day it no longer holds."))


def one_number_of_seats(values: dict[str, Any], say: Say) -> None:
    span_in_order(values, say)
    number, each = values.get("seats"), values.get("seats_per_territory")
    if number is not None and each is not None:
        say("seats_per_territory", _("Give seats or seats for each territory, not both."))
    if values.get("unlimited") and (number is not None or each is not None):
        say("unlimited", _("Unlimited seats have no number."))
    if each is not None and not values.get("territory_kinds"):
        say("territory_kinds", _("Seats for each territory need the kinds of territory."))


def whole_fraction(values: dict[str, Any], say: Say) -> None:
    span_in_order(values, say)
    fraction = ("numerator", "denominator", "comparison")
    absent = [name for name in (*fraction, "base") if values.get(name) in (None, "")]
    if any(values.get(name) not in (None, "") for name in fraction) and absent:
        reason = _("A fraction has a numerator, a denominator, a comparison and a base.")
        say(absent[0], reason)
    above, below = values.get("numerator"), values.get("denominator")
    if above is not None and below is not None and not 0 < above <= below:
        say("numerator", _("A fraction is more than nothing and not more than the whole."))


def two_bodies(values: dict[str, Any], say: Say) -> None:
    span_in_order(values, say)
    one, other = values.get("institution"), values.get("other")
    if one and other and one.key == other.key:
        say("other", _("Name two institutions."))


def rest_of_a_term(values: dict[str, Any], say: Say) -> None:
    term_in_order(values, say)
    if values.get(part_of_key("serves_rest_of")) and not values.get("serves_rest_of"):
        say(
            "serves_rest_from",
            _("Say when the term began whose rest is served, or “open” if nobody recorded it."),
        )


def used_or_spurious(values: dict[str, Any], say: Say) -> None:
    if values.get("adopted") and values.get("spurious"):
        say("spurious", _("A spurious claim is not used."))


def two_institutions(values: dict[str, Any], say: Say) -> None:
    before, after = values.get("predecessor"), values.get("successor")
    if before and after and before.key == after.key:
        say("successor", _("An institution cannot follow itself."))
