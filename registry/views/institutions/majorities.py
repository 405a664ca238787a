"""How many votes decisions take on a day, and the path of a law step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.domain.composition import Composition
from registry.domain.majorities import Decision, Majority, majorities, more_than
from registry.models import Branch, Citation, Institution, VotingRule
from registry.models.law import Procedure
from registry.snapshots.votes import Votes, paths_of, votes_of, voting_rule_fact
from registry.templatetags.wording import text
from registry.views.compositions.page import (
    consists_of_chambers,
    neighbours,
    related,
    votes_needed,
)
from registry.views.frame import ShownDay, dated
from registry.views.record.disputes import Dispute, dispute, disputes, with_facts

# The procedures that are a path of steps; the decisions of others stand by themselves.
PATHS = {
    Procedure.BILL: gettext_lazy("The path of a bill"),
    Procedure.CONSTITUTIONAL_LAW: gettext_lazy("The path of a constitutional law"),
    Procedure.AMENDMENT: gettext_lazy("The path of an amendment of the Constitution"),
}
# Whose pages say what the voters decide too, and about what.
BY_VOTERS = {
    Branch.HEAD_OF_STATE: (Procedure.HEAD_OF_STATE,),
    Branch.LEGISLATIVE: (Procedure.POPULAR_VOTE, *PATHS),
}
TWO_THIRDS = Fraction(2, 3)


class Threshold(NamedTuple):
    """The usual thresholds of one body; with `why` instead where no number can be given."""

    name: str
    slug: str
    of: int | None
    half: int | None = None
    at_least: int | None = None
    above: int | None = None
    why: str = ""

    @property
    def differs(self) -> bool:
        """Whether at least two thirds and more than two thirds are different numbers."""
        return self.at_least != self.above


@dataclass(frozen=True, slots=True)
class Row:
    """A decision, what it is known from, what disputes it, and whether this body takes it."""

    decision: Decision
    citations: list[Citation]
    disputes: list[Dispute]
    own: bool


class Path(NamedTuple):
    slug: str
    title: str
    rows: list[Row]


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), slug=slug)
    votes = votes_of(institution, on=on)
    taking_part = {decision.rule.procedure for decision in votes.decisions}
    steps = paths_of([name for name in PATHS if name in taking_part], on=on)
    others: dict[str, list[Decision]] = defaultdict(list)
    for decision in votes.decisions:
        if decision.rule.procedure not in steps:
            others[decision.rule.procedure].append(decision)
    composition = votes.composition
    alive = composition.state.exists
    about = set(BY_VOTERS.get(institution.branch, ())) - steps.keys()
    by_voters = _by_voters(on, about) if alive else []
    every = [*votes.decisions, *by_voters, *(each for path in steps.values() for each in path)]
    rows = _Rows(institution, every, request.shown)
    context = {
        "institution": institution,
        "crumbs": [institution.parent, institution],
        "composition": composition,
        "state": composition.state.value,
        "alive": alive,
        "thresholds": list(_thresholds(votes)),
        "paths": [Path(name, str(PATHS[name]), rows.of(path)) for name, path in steps.items()],
        "others": [(name, rows.of(others[name])) for name in Procedure.values if name in others],
        "by_voters": rows.of(by_voters),
        "recorded": bool(every) or VotingRule.objects.filter(institution=institution).exists(),
        "disputes": disputes(
            (each for each in rows.disputed if each.span.covers(on)), request.shown
        ),
        **related(institution),
        **neighbours(composition),
    }
    return render(request, "registry/majorities.html", context)


def _by_voters(day: date, procedures: Iterable[str]) -> list[Decision]:
    """What the voters decide in some procedures."""
    rules = VotingRule.objects.on(day).filter(institution=None, procedure__in=list(procedures))
    return [
        Decision(voting_rule_fact(rule), ()) for rule in rules.select_related("act", "institution")
    ]


def _thresholds(votes: Votes) -> Iterable[Threshold]:
    """Of the body itself, or of each of its chambers and of a joint sitting."""
    if not consists_of_chambers(votes.institution, votes.composition):
        if votes_needed(votes.composition):
            yield _threshold(votes.institution, votes.composition)
        return
    for chamber, composition in votes.chambers:
        yield _threshold(chamber, composition)
    if votes.joint:
        yield _of(_("All chambers in a joint sitting"), "", votes.joint)


def _threshold(institution: Institution, composition: Composition) -> Threshold:
    name, slug = text(institution.name), institution.slug
    if not composition.required:
        return Threshold(name, slug, None, why=_("The number of seats is not recorded."))
    return _of(name, slug, majorities(composition.required))


def _of(name: str, slug: str, usual: tuple[Majority, ...]) -> Threshold:
    half, two_thirds = usual
    above = more_than(TWO_THIRDS, half.of)
    return Threshold(name, slug, half.of, half.votes, two_thirds.votes, above)


class _Rows:
    """Makes rows of decisions, with everything about them read at once."""

    def __init__(
        self, institution: Institution, decisions: Iterable[Decision], shown: ShownDay
    ) -> None:
        ids = {decision.rule.id for decision in decisions}
        self.bodies = {institution.slug}
        self.citations: dict[int | None, list[Citation]] = defaultdict(list)
        for cited in Citation.objects.filter(voting_rule__in=ids).select_related("source"):
            self.citations[cited.voting_rule_id].append(cited)
        self.disputed = list(with_facts().filter(voting_rule__in=ids)) if ids else []
        self.disputes: dict[int | None, list[Dispute]] = defaultdict(list)
        for each in self.disputed:
            self.disputes[each.voting_rule_id].append(dispute(each, shown))

    def of(self, decisions: Iterable[Decision]) -> list[Row]:
        return [
            Row(
                decision,
                self.citations[decision.rule.id],
                self.disputes[decision.rule.id],
                decision.rule.body is not None and decision.rule.body.slug in self.bodies,
            )
            for decision in decisions
        ]
