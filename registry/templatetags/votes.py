"""Votes in words: what a decision takes, and why a number cannot be given."""

from __future__ import annotations

from fractions import Fraction

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.domain.facts import Base, Comparison, VotingRule
from registry.domain.majorities import Count, Decision
from registry.models.history import Confidence
from registry.models.law import Procedure
from registry.templatetags.wording import text

register = template.Library()

HALF = Fraction(1, 2)

SHARES = {
    (Comparison.AT_LEAST, Base.ALL_SEATS): _("at least %(share)s of all seats"),
    (Comparison.AT_LEAST, Base.FILLED): _("at least %(share)s of the filled seats"),
    (Comparison.AT_LEAST, Base.PRESENT): _("at least %(share)s of those present"),
    (Comparison.AT_LEAST, Base.VOTES_CAST): _("at least %(share)s of the votes cast"),
    (Comparison.MORE_THAN, Base.ALL_SEATS): _("more than %(share)s of all seats"),
    (Comparison.MORE_THAN, Base.FILLED): _("more than %(share)s of the filled seats"),
    (Comparison.MORE_THAN, Base.PRESENT): _("more than %(share)s of those present"),
    (Comparison.MORE_THAN, Base.VOTES_CAST): _("more than %(share)s of the votes cast"),
}
MAJORITIES = {
    Base.ALL_SEATS: _("more than half of all seats"),
    Base.FILLED: _("more than half of the filled seats"),
    Base.PRESENT: _("more than half of those present"),
    Base.VOTES_CAST: _("more than half of the votes cast"),
}


@register.filter
def share(rule: VotingRule) -> str:
    """ "more than half of all seats", "at least 2/3 of those present"; "" without a fraction."""
    if rule.share is None or rule.comparison is None or rule.base is None:
        return ""
    if rule.comparison is Comparison.MORE_THAN and rule.share == HALF:
        return str(MAJORITIES[rule.base])
    said = str(SHARES[rule.comparison, rule.base])
    return said % {"share": f"{rule.share.numerator}/{rule.share.denominator}"}


@register.filter
def votes(count: Count) -> str:
    """ "54 of 107", or "24–25 of 46–47" where dates leave the filled seats open."""
    return gettext("%(votes)s of %(of)s") % {
        "votes": _range(count.votes, count.votes_most),
        "of": _range(count.of, count.most),
    }


def _range(least: int | None, most: int | None) -> str:
    return f"{least}–{most}" if most is not None and most != least else str(least)


@register.filter
def without_number(decision: Decision) -> str:
    """Why no votes can be given for the whole decision; "" where each chamber says for itself."""
    rule = decision.rule
    if not rule.is_vote:
        if rule.share is not None:
            return gettext("A share that the law asks for, not a vote.")
        return gettext("Decided without a vote.")
    if rule.share is None:
        return gettext("The fraction is not established, so no number can be given.")
    if rule.body is None:
        return gettext("The voters decide: the number depends on how many take part.")
    if rule.base in (Base.PRESENT, Base.VOTES_CAST):
        return gettext("Counted in the sitting itself: no number can be given before it.")
    return ""


@register.filter
def missing(count: Count, rule: VotingRule) -> str:
    """Why no votes can be given for one count of a decision."""
    said = [_missing(chamber, rule) for chamber in count.chambers]
    return " ".join(each for each in said if each)


def _missing(chamber: Composition, rule: VotingRule) -> str:
    words = {"body": text(chamber.snapshot.institution.names)}
    if not chamber.state.exists:
        return gettext("%(body)s: it did not exist on this day.") % words
    if rule.base is Base.ALL_SEATS and chamber.required is None:
        return gettext("%(body)s: the number of seats is not recorded.") % words
    if rule.base is Base.FILLED and not chamber.covered:
        return gettext("%(body)s: the roster of this day is not declared complete.") % words
    return ""


@register.filter
def procedure(code: str) -> str:
    return str(Procedure(code).label)


@register.filter
def confidence(code: str) -> str:
    """How well a fact is founded, in words; "" where nobody said."""
    return str(Confidence(code).label) if code else ""
