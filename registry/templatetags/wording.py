"""The sentences of findings, one for each problem, and what would cure each.

Findings carry codes, numbers and people; here they become words. Sentences are whole, so that
each can be translated, with labels and values where grammar would bend a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.domain.facts import SeatRule
from registry.domain.findings import Doubt, Finding, Problem
from registry.models.fields import best_text

register = template.Library()

# The most names that a sentence lists; the page and the API show all of them.
NAMED = 5

# A count left open is worded after its doubt, everything else after its problem.
SENTENCES: dict[Problem | Doubt, Any] = {
    Problem.VACANT_SEATS: ngettext_lazy(
        "%(missing)s seat is vacant. Certainly filled: %(found)s of %(expected)s.",
        "%(missing)s seats are vacant. Certainly filled: %(found)s of %(expected)s.",
        "missing",
    ),
    Problem.TOO_MANY_MEMBERS: ngettext_lazy(
        "%(surplus)s member more than the rule allows: %(found)s for %(expected)s seats.",
        "%(surplus)s members more than the rule allows: %(found)s for %(expected)s seats.",
        "surplus",
    ),
    Doubt.GROUPS: ngettext_lazy(
        "Nobody recorded by which rule %(doubtful)s member sits: the whole can be counted, "
        "its parts cannot.",
        "Nobody recorded by which rules %(doubtful)s members sit: the whole can be counted, "
        "its parts cannot.",
        "doubtful",
    ),
    Doubt.DATES: ngettext_lazy(
        "The dates leave open whether %(doubtful)s member was in office: "
        "between %(found)s and %(most)s seats were filled.",
        "The dates leave open whether %(doubtful)s members were in office: "
        "between %(found)s and %(most)s seats were filled.",
        "doubtful",
    ),
    Problem.NO_RULE: ngettext_lazy(
        "%(found)s member sits although no seat rule is recorded for this day.",
        "%(found)s members sit although no seat rule is recorded for this day.",
        "found",
    ),
    Problem.TOTAL_MISMATCH: _(
        "The rules add up to %(found)s seats, but a source states %(expected)s: %(source)s."
    ),
    Problem.UNKNOWN_TERRITORY: _("A seat that a territory fills is recorded without a territory."),
    Problem.NOT_ENTITLED: _("This territory fills no such seat on this day."),
    Problem.SEATED_TWICE: _("One person holds %(found)s seats of this institution."),
    Problem.TWO_HOLDERS: _("An office of one seat has %(found)s holders."),
    Problem.OUTSIDE_INSTITUTION: _(
        "A mandate is recorded for a day on which the body did not exist."
    ),
    Problem.OUTSIDE_CONVOCATION: _("A mandate is recorded for a day outside its convocation."),
}

CURES: dict[Problem | Doubt, Any] = {
    Problem.VACANT_SEATS: _(
        "Record who holds the seat, or correct the days for which the roster is declared complete."
    ),
    Problem.TOO_MANY_MEMBERS: _("End a mandate that is over, or correct the seat rule."),
    Doubt.GROUPS: _("Record for each of these members the seat group."),
    Doubt.DATES: _("Record the exact days on which these members took and left office."),
    Problem.NO_RULE: _("Record the seat rule of this day with its article."),
    Problem.TOTAL_MISMATCH: _(
        "Check the seat rules and the territories of this day against the source."
    ),
    Problem.UNKNOWN_TERRITORY: _("Record the territory that the member sits for."),
    Problem.NOT_ENTITLED: _("Correct the territory of the member, or the days of its kind."),
    Problem.SEATED_TWICE: _("End one of the two mandates, or merge a record made twice."),
    Problem.TWO_HOLDERS: _("End the mandate of the former holder, or mark one of them as acting."),
    Problem.OUTSIDE_INSTITUTION: _("Correct the days of the mandate, or those of the institution."),
    Problem.OUTSIDE_CONVOCATION: _("Correct the days of the mandate, or its convocation."),
}

TITLES: dict[Problem, Any] = {
    Problem.VACANT_SEATS: _("Vacant seats"),
    Problem.TOO_MANY_MEMBERS: _("Too many members"),
    Problem.UNDECIDED_COUNT: _("Count left open"),
    Problem.NO_RULE: _("No seat rule"),
    Problem.TOTAL_MISMATCH: _("Total differs from a source"),
    Problem.UNKNOWN_TERRITORY: _("Territory missing"),
    Problem.NOT_ENTITLED: _("Territory not entitled"),
    Problem.SEATED_TWICE: _("Seated twice"),
    Problem.TWO_HOLDERS: _("Two holders"),
    Problem.OUTSIDE_INSTITUTION: _("Outside the institution's days"),
    Problem.OUTSIDE_CONVOCATION: _("Outside the convocation"),
}

SEVERITIES: dict[str, Any] = {
    "error": pgettext_lazy("severity of a finding", "Error"),
    "warning": pgettext_lazy("severity of a finding", "Warning"),
    "information": pgettext_lazy("severity of a finding", "Information"),
}


@register.filter
def text(texts: Mapping[str, str] | None) -> str:
    """A text in the reader's language, or the next best."""
    return best_text(texts, get_language() or "en")[0]


@register.filter
def text_language(texts: Mapping[str, str] | None) -> str:
    """The language that `text` gives its answer in, for the `lang` attribute."""
    code = best_text(texts, get_language() or "en")[1]
    return "" if code == "und" else code


@register.filter
def title(finding: Finding) -> str:
    return str(TITLES[finding.problem])


@register.filter
def severity(finding: Finding) -> str:
    return str(SEVERITIES[finding.severity])


@register.filter
def cure(finding: Finding) -> str:
    """What would make the finding go away."""
    return str(CURES[finding.doubt or finding.problem])


@register.filter
def sentence(finding: Finding) -> str:
    """What is the matter, with seats, territory, people and article as labelled values.

    >>> sentence(Finding(Problem.SEATED_TWICE, found=2))
    'One person holds 2 seats of this institution.'
    """
    expected, found = finding.expected, finding.found
    words = SENTENCES[finding.doubt or finding.problem] % {
        "expected": "?" if expected is None else expected,
        "found": found,
        "missing": (expected or 0) - (found or 0) - finding.doubtful,
        "surplus": (found or 0) - (expected or 0),
        "doubtful": finding.doubtful,
        "most": (found or 0) + finding.doubtful,
        "source": finding.stated.source if finding.stated else "",
    }
    return " ".join([str(words), *details(finding)])


def details(finding: Finding) -> list[str]:
    """Labelled values, each a sentence of its own."""
    said: list[str] = []
    if finding.rule:
        said.append(gettext("Seats: %(group)s.") % {"group": text(finding.rule.group.names)})
    if finding.territory:
        said.append(gettext("Territory: %(name)s.") % {"name": text(finding.territory.name)})
    if finding.sittings:
        said.append(gettext("People: %(names)s.") % {"names": _names(finding.sittings)})
    if finding.since:
        said.append(gettext("Vacant since %(day)s.") % {"day": date_format(finding.since)})
    if finding.predecessors:
        said.append(gettext("Last held by: %(names)s.") % {"names": _names(finding.predecessors)})
    if finding.rule and (place := article(finding.rule)):
        said.append(gettext("Rule: %(article)s.") % {"article": place})
    return said


def _names(sittings: Any) -> str:
    names = [text(sitting.name) for sitting in sittings[:NAMED]]
    listed = "; ".join(names)
    if (rest := len(sittings) - len(names)) > 0:
        return ngettext("%(names)s; and %(n)s more", "%(names)s; and %(n)s more", rest) % {
            "names": listed,
            "n": rest,
        }
    return listed


@register.filter
def article(rule: SeatRule) -> str:
    """The act and article of a rule, as far as they are recorded."""
    act = text(rule.act)
    if act and rule.article:
        return gettext("%(act)s, Art. %(article)s") % {"act": act, "article": rule.article}
    if rule.article:
        return gettext("Art. %(article)s") % {"article": rule.article}
    return act
