"""Votes on a day: the rules of the law held against the chambers as they are composed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from registry.domain import facts
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.majorities import Decision, Majority, decisions, joint
from registry.models import Branch, Institution, VotingRule
from registry.models.dated import SpanQuerySet
from registry.snapshots import compositions_on


@dataclass(frozen=True, slots=True)
class Votes:
    """What decisions take in an institution on a day.

    `chambers` are its parts that have seats, `joint` the usual thresholds of all of them
    together. `decisions` are those of its own rules and of the body that it is a part of.
    """

    institution: Institution
    composition: Composition
    chambers: tuple[tuple[Institution, Composition], ...]
    joint: tuple[Majority, ...]
    decisions: tuple[Decision, ...]


def votes_of(institution: Institution, *, on: date) -> Votes:
    """The votes that each decision takes in `institution` on a day."""
    parent = institution.parent_id
    recorded = VotingRule.objects.filter(institution__in=[institution.pk, parent])
    composed, found = _decided(recorded, on, [institution.slug])
    own = tuple(_chambers(institution, composed))
    composition = next(part for each, part in composed if each.pk == institution.pk)
    return Votes(
        institution=institution,
        composition=composition,
        chambers=own,
        joint=joint([part for _, part in own]) if len(own) > 1 else (),
        decisions=found,
    )


def paths_of(procedures: Collection[str], *, on: date) -> dict[str, tuple[Decision, ...]]:
    """The path of each procedure on a day: its steps in order, each with the votes it needs.

    In as many queries for all of them as for one.
    """
    if not procedures:
        return {}
    _, found = _decided(VotingRule.objects.filter(procedure__in=procedures), on, [])
    steps = sorted(found, key=lambda each: (each.rule.step, each.rule.slug))
    return {
        name: tuple(each for each in steps if each.rule.procedure == name) for name in procedures
    }


def _decided(
    recorded: SpanQuerySet, day: date, also: list[str]
) -> tuple[list[tuple[Institution, Composition]], tuple[Decision, ...]]:
    """The bodies of some rules with their parts, and the rules of the day with their votes."""
    rules = [
        voting_rule_fact(rule) for rule in recorded.on(day).select_related("institution", "act")
    ]
    slugs = {rule.body.slug for rule in rules if rule.body} | set(also)
    near = Institution.objects.filter(Q(slug__in=slugs) | Q(parent__slug__in=slugs))
    composed = compositions_on(day, near)
    of = {each.slug: (each, composition) for each, composition in composed}
    found: list[Decision] = []
    for rule in rules:
        if rule.body is None:
            found.append(Decision(rule, ()))
            continue
        body, composition = of[rule.body.slug]
        chambers = [part for _, part in _chambers(body, composed)]
        found += decisions([rule], composition, chambers)
    return composed, tuple(found)


def _chambers(
    body: Institution, composed: Iterable[tuple[Institution, Composition]]
) -> Iterator[tuple[Institution, Composition]]:
    """The parts of a legislature that vote: those that exist and have seats on some day.

    One whose seats of this day nobody recorded is among them: without it no number is right.
    """
    for each, part in composed:
        exists = part.state.exists
        counted = exists and any(not rule.group.inner for rule in part.snapshot.rules)
        legislative = body.branch == each.branch == Branch.LEGISLATIVE
        if each.parent_id == body.pk and legislative and counted:
            yield each, part


def voting_rule_fact(rule: VotingRule) -> facts.VotingRule:
    """The record as a fact; its institution and act are read with it."""
    share = None
    if rule.numerator is not None and rule.denominator is not None:
        share = Fraction(rule.numerator, rule.denominator)
    body = rule.institution
    return facts.VotingRule(
        id=rule.pk,
        slug=rule.slug,
        procedure=rule.procedure,
        step=rule.step,
        subject=rule.subject,
        body=facts.Body(body.slug, body.name) if body else None,
        force=Span(rule.start, rule.end),
        each_part=rule.each_part,
        is_vote=rule.is_vote,
        share=share,
        comparison=facts.Comparison(rule.comparison) if rule.comparison else None,
        base=facts.Base(rule.base) if rule.base else None,
        within_days=rule.within_days,
        within_months=rule.within_months,
        condition=rule.condition,
        article=rule.article,
        act=rule.act.title if rule.act else {},
        confidence=rule.confidence,
        note=rule.note,
    )
