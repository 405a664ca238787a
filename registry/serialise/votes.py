"""The votes that decisions take, as plain data."""

from __future__ import annotations

from typing import Any

from registry.domain.majorities import Count, Decision
from registry.serialise.compositions import majorities_data, tally_data, usual_majorities
from registry.snapshots.votes import Votes
from registry.templatetags.wording import text


def votes_data(votes: Votes) -> dict[str, Any]:
    composition = votes.composition
    return {
        "institution": votes.institution.slug,
        "on": composition.day,
        "state": composition.state.value,
        "required": composition.required,
        "filled": composition.filled,
        "majorities": usual_majorities(composition),
        "chambers": [
            {"slug": chamber.slug, "name": text(chamber.name), **tally_data(part)}
            for chamber, part in votes.chambers
        ],
        "joint": majorities_data(votes.joint),
        "decisions": [decision_data(each) for each in votes.decisions],
    }


def decision_data(decision: Decision) -> dict[str, Any]:
    rule = decision.rule
    return {
        "slug": rule.slug,
        "subject": text(rule.subject),
        "procedure": rule.procedure,
        "step": rule.step,
        "body": rule.body.slug if rule.body else None,
        "article": rule.article,
        "act": text(rule.act),
        "is_vote": rule.is_vote,
        "each_chamber": rule.each_part,
        "share": f"{rule.share.numerator}/{rule.share.denominator}" if rule.share else None,
        "comparison": rule.comparison.value if rule.comparison else None,
        "base": rule.base.value if rule.base else None,
        "within_days": rule.within_days,
        "within_months": rule.within_months,
        "condition": text(rule.condition),
        "confidence": rule.confidence,
        "remark": rule.note,
        "counts": [count_data(count) for count in decision.counts],
    }


def count_data(count: Count) -> dict[str, Any]:
    return {
        "chambers": [each.snapshot.institution.slug for each in count.chambers],
        "of": count.of,
        "votes": count.votes,
        "of_most": count.most,
        "votes_most": count.votes_most,
    }
