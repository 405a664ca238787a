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

from registry.domain.facts import Elsewhere, SeatRule, Sitting, StepKind, VotingRule
from registry.domain.findings import Doubt, Finding, Problem
from registry.domain.terms import Basis, ScheduledEnd
from registry.models.fields import best_text
from registry.models.people import marked

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
    Problem.INCOMPATIBLE_MANDATES: _(
        "One person holds two mandates that the law forbids together."
    ),
    Problem.NOT_A_MEMBER: _("The holder of this office has no seat in the body."),
    Problem.TOO_YOUNG: _(
        "Took the seat at the age of %(found)s; the rule demands at least %(expected)s."
    ),
    Problem.TERM_TOO_LONG: ngettext_lazy(
        "A mandate is recorded for longer than the %(expected)s year that its rule gives.",
        "A mandate is recorded for longer than the %(expected)s years that its rule gives.",
        "years",
    ),
    Problem.TERM_EXPIRED: _(
        "The term has run out, and nothing recorded ends or renews the mandate."
    ),
    Problem.WRONG_CLASS: _(
        "The seats of one territory lie in the same renewal class: %(found)s members for "
        "%(expected)s seats of the class."
    ),
    Problem.CLASS_IMBALANCE: _(
        "A renewal class is out of balance: %(found)s, where %(expected)s would be its share."
    ),
    Problem.MISSING_STEP: _("A step that the law demands is not recorded for this designation."),
    Problem.SOURCES_DISAGREE: _("Sources disagree, and the registry has taken no position yet."),
    Problem.NO_SOURCE: ngettext_lazy(
        "%(found)s fact is recorded without a source.",
        "%(found)s facts are recorded without a source.",
        "found",
    ),
    Problem.MISSING_LIST: _("A source announces a list and does not give it."),
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
    Problem.INCOMPATIBLE_MANDATES: _("End one of the two mandates on the day the other began."),
    Problem.NOT_A_MEMBER: _(
        "Record the seat of the person, or merge a record made twice, or end the office."
    ),
    Problem.TOO_YOUNG: _("Check the day of birth and the first day in office against a source."),
    Problem.TERM_TOO_LONG: _(
        "Correct the days of the mandate, or record the election that renewed it."
    ),
    Problem.TERM_EXPIRED: _(
        "Record the end of the mandate, or the election or appointment that renewed it."
    ),
    Problem.WRONG_CLASS: _("Correct the renewal class of one of these mandates."),
    Problem.CLASS_IMBALANCE: _("Correct the renewal class of members, or the seats of the class."),
    Problem.MISSING_STEP: _("Record the step with its day and its act."),
    Problem.SOURCES_DISAGREE: _("Find a source that decides, and record the position taken."),
    Problem.NO_SOURCE: _("Cite a source for each of these facts."),
    Problem.MISSING_LIST: _("Find a source that gives the list, and record it."),
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
    Problem.INCOMPATIBLE_MANDATES: _("Incompatible mandates"),
    Problem.NOT_A_MEMBER: _("Not a member"),
    Problem.TOO_YOUNG: _("Too young"),
    Problem.TERM_TOO_LONG: _("Term too long"),
    Problem.TERM_EXPIRED: _("Term expired"),
    Problem.WRONG_CLASS: _("Wrong renewal class"),
    Problem.CLASS_IMBALANCE: _("Renewal classes out of balance"),
    Problem.MISSING_STEP: _("Step not recorded"),
    Problem.SOURCES_DISAGREE: _("Sources disagree"),
    Problem.NO_SOURCE: _("No source"),
    Problem.MISSING_LIST: _("List not given"),
}

STEPS: dict[StepKind, Any] = {
    StepKind.PROPOSED: _("Missing: a proposal by %(body)s."),
    StepKind.CONSENTED: _("Missing: the consent of %(body)s."),
    StepKind.APPOINTED: _("Missing: the act of appointment by %(body)s."),
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
def holder(sitting: Sitting) -> str:
    """The name of whoever sits, marked where it is invented."""
    return marked(text(sitting.name), sitting.sample)


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
    return " ".join([statement(finding), *details(finding)])


@register.filter
def statement(finding: Finding) -> str:
    """What is the matter, in words and numbers alone."""
    expected, found = finding.expected, finding.found
    if finding.problem is Problem.WRONG_CLASS and not expected:
        return gettext("The territory has no seat in this renewal class.")
    rest = finding.end is not None and finding.end.basis is Basis.PREDECESSOR
    if finding.problem is Problem.TERM_TOO_LONG and rest:
        return gettext(
            "A mandate is recorded for longer than what was left of the predecessor's term."
        )
    words = SENTENCES[finding.doubt or finding.problem] % {
        "expected": "?" if expected is None else expected,
        "found": found,
        "years": expected or 0,  # what chooses a plural form is a number
        "missing": (expected or 0) - (found or 0) - finding.doubtful,
        "surplus": (found or 0) - (expected or 0),
        "doubtful": finding.doubtful,
        "most": (found or 0) + finding.doubtful,
        "source": finding.stated.source if finding.stated else "",
    }
    return str(words)


@register.filter
def details(finding: Finding) -> list[str]:
    """Labelled values, each a sentence of its own."""
    said: list[str] = []
    if finding.rule:
        said.append(gettext("Seats: %(group)s.") % {"group": text(finding.rule.group.names)})
    if finding.territory:
        said.append(gettext("Territory: %(name)s.") % {"name": text(finding.territory.name)})
    if finding.renewal_class:
        said.append(gettext("Class: %(name)s.") % {"name": text(finding.renewal_class.names)})
    if finding.sittings:
        said.append(gettext("People: %(names)s.") % {"names": _names(finding.sittings)})
    if finding.elsewhere:
        other = text(finding.elsewhere.body.names)
        said.append(gettext("The other mandate: %(body)s.") % {"body": other})
    if finding.subject:
        said.append(
            gettext("What it is about: %(subject)s.")
            % {"subject": text(finding.subject).rstrip(".")}
        )
    for demand in finding.missing:
        said.append(STEPS[demand.kind] % {"body": text(demand.by.names) if demand.by else "?"})
    said += _days(finding)
    if finding.law and (place := article(finding.law)):
        said.append(gettext("Rule: %(article)s.") % {"article": place})
    return said


# Why a mandate ended is recorded as a text; the usual reasons are said in every language.
REASONS = {
    "convocation dissolved": _("Convocation dissolved"),
    "died": _("Died"),
    "dismissed": _("Dismissed"),
    "elected to another office": _("Elected to another office"),
    "resigned": _("Resigned"),
    "term ended": _("Term ended"),
}


@register.filter
def why_ended(reason: str) -> str:
    """Why a mandate ended: a usual reason in the language of the reader, any other as recorded."""
    return str(REASONS.get(reason.strip().rstrip(".").casefold(), reason))


def _days(finding: Finding) -> list[str]:
    """What a finding says about days: of a vacancy, or of a term and why it ends."""
    said = []
    if finding.since:
        said.append(gettext("Vacant since %(day)s.") % {"day": date_format(finding.since)})
    if finding.predecessors:
        said.append(gettext("Last held by: %(names)s.") % {"names": _names(finding.predecessors)})
        reasons = dict.fromkeys(why_ended(each.end_reason) for each in finding.predecessors)
        if reason := "; ".join(filter(None, reasons)):
            said.append(gettext("Why it ended: %(reason)s.") % {"reason": reason})
    if finding.end:
        said.append(ending(finding.end))
    elif finding.due:
        said.append(gettext("To be filled by %(day)s.") % {"day": date_format(finding.due)})
    return said


@register.filter
def ending(end: ScheduledEnd) -> str:
    """When a term is to end, and what says so."""
    words = {"day": date_format(end.day), "begun": date_format(end.begun) if end.begun else "?"}
    if end.basis is Basis.PREDECESSOR:
        if end.at_latest:
            said = gettext("The term of the predecessor runs out at the latest on %(day)s.")
        else:
            said = gettext("The term of the predecessor runs out on %(day)s.")
        return said % words
    if end.elected is not None:
        words["body"] = text(end.elected.names)
        return gettext("The term runs out on %(day)s with the new election of: %(body)s.") % words
    if end.basis is Basis.CONVOCATION:
        if end.at_latest:
            said = gettext("The term of the convocation runs out at the latest on %(day)s.")
        else:
            said = gettext("The term of the convocation runs out on %(day)s.")
        return said % words
    if end.at_latest:
        said = gettext("The term began at the latest on %(begun)s and runs out by %(day)s.")
    else:
        said = gettext("The term that began on %(begun)s runs out on %(day)s.")
    return said % words


def _names(sittings: Any) -> str:
    names = [holder(sitting) for sitting in sittings[:NAMED]]
    listed = "; ".join(names)
    if (rest := len(sittings) - len(names)) > 0:
        return ngettext("%(names)s; and %(n)s more", "%(names)s; and %(n)s more", rest) % {
            "names": listed,
            "n": rest,
        }
    return listed


@register.filter
def article(rule: SeatRule | Elsewhere | VotingRule) -> str:
    """The act and article of a rule, as far as they are recorded."""
    act = text(rule.act)
    if act and rule.article:
        return gettext("%(act)s, Art. %(article)s") % {"act": act, "article": rule.article}
    if rule.article:
        return gettext("Art. %(article)s") % {"article": rule.article}
    return act
