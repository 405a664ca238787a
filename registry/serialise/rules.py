"""Seat rules, the eras that follow from them, and what sources state, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from registry.domain import facts, seats
from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.models import Institution, SeatRule
from registry.templatetags.wording import text


def rules_data(institution: Institution, composition: Composition) -> dict[str, Any]:
    """All rules an institution ever had, and which of them hold on the day of a composition."""
    snapshot = composition.snapshot
    law = seats.rules_of_day(snapshot.rules, composition.day)
    eras = seats.eras(snapshot)
    records = records_of(snapshot.rules)
    return {
        "institution": institution.slug,
        "on": composition.day,
        "state": composition.state.value,
        "convocation": composition.convocation.number if composition.convocation else None,
        "required": composition.required,
        "required_by_law": composition.law,
        "in_force": [rule.id for rule in law],
        "sitting_under": [rule.id for rule in composition.rules],
        "eras": [era_data(era) for era in eras],
        "rules": [rule_data(rule, records[rule.id]) for rule in snapshot.rules],
        "stated_totals": [stated_data(stated, snapshot, eras) for stated in snapshot.stated_totals],
    }


def records_of(rules: Iterable[facts.SeatRule]) -> dict[int, SeatRule]:
    """The records of some rules by id, with what they are known from."""
    rows = SeatRule.objects.prefetch_related("citations__source")
    return rows.in_bulk([rule.id for rule in rules])


def rule_data(rule: facts.SeatRule, record: SeatRule) -> dict[str, Any]:
    """A rule with every field; `record` adds what only people read."""

    def slug(body: facts.Body | None) -> str | None:
        return body.slug if body else None

    return {
        "rule": rule.id,
        "group": rule.group.slug,
        "name": text(rule.group.names),
        "inner": rule.group.inner,
        "start": rule.force.start,
        "end": rule.force.end,
        "first_applied": rule.first_applied,
        "seats": rule.seats,
        "seats_per_territory": rule.seats_per_territory,
        "territory_kinds": sorted(rule.kinds),
        "unlimited": rule.unlimited,
        "designation": rule.designation.value,
        "method": text(rule.method),
        "chosen_by": slug(rule.chosen_by),
        "proposed_by": slug(rule.proposed_by),
        "consented_by": slug(rule.consented_by),
        "by_act": rule.by_act,
        "minimum_age": rule.minimum_age,
        "eligibility": rule.eligibility,
        "term_years": rule.term_years,
        "resigns_before": slug(rule.resigns_before),
        "renewal": rule.renewal,
        "renewal_years": rule.renewal_years,
        "election_months": rule.election_months,
        "vacancy_months": rule.vacancy_months,
        "classes": [
            {"slug": each.slug, "name": text(each.names), "seats": each.seats}
            for each in rule.group.classes
        ],
        "article": rule.article,
        "act": text(rule.act),
        "act_slug": rule.act_slug or None,
        "confidence": record.confidence,
        "remark": record.note,
        "sources": [
            {"source": each.source.title, "source_url": each.source.url, "place": each.place}
            for each in record.citations.all()
        ],
    }


def era_data(era: seats.Era) -> dict[str, Any]:
    return {
        "start": era.span.start,
        "end": era.span.end,
        "total": era.total,
        "parts": [
            {
                "group": part.group.slug,
                "name": text(part.group.names),
                "seats": part.seats,
                "territories": part.territories,
                "rule": part.rule.id,
                "article": part.rule.article,
                "act": text(part.rule.act),
            }
            for part in era.parts
        ],
    }


def stated_data(
    stated: facts.StatedTotal, snapshot: facts.Snapshot, eras: Sequence[seats.Era]
) -> dict[str, Any]:
    """What a source states, beside what the rules add up to on the days it speaks of."""
    computed = _computed(stated, snapshot, eras)
    convocation = _convocation(stated, snapshot)
    return {
        "total": stated.total,
        "source": stated.source,
        "source_url": stated.source_url,
        "start": stated.span.start,
        "end": stated.span.end,
        "convocation": convocation.number if convocation else None,
        "computed": computed,
        "agrees": computed == [stated.total] if computed else None,
    }


def _convocation(stated: facts.StatedTotal, snapshot: facts.Snapshot) -> facts.Convocation | None:
    return next((c for c in snapshot.convocations if c.id == stated.convocation_id), None)


def _computed(
    stated: facts.StatedTotal, snapshot: facts.Snapshot, eras: Sequence[seats.Era]
) -> list[int]:
    """The totals of the days that a source speaks of, each once; a convocation has its own."""
    convocation = _convocation(stated, snapshot)
    if convocation is None:
        totals = [era.total for era in eras if era.span.overlaps(stated.span)]
    else:
        totals = [
            seats.total(
                seats.rules_of_convocation(snapshot.rules, convocation, snapshot.convocations, day),
                snapshot.territories,
                day,
            )
            for day in _turns(convocation, snapshot)
        ]
    return list(dict.fromkeys(total for total in totals if total is not None))


def _turns(convocation: facts.Convocation, snapshot: facts.Snapshot) -> list[date]:
    """The first day of a convocation, and those on which its seats may have become others."""
    begun = convocation.term.start.earliest or convocation.rules_day
    if begun is None:
        return []
    days = {rule.first_applied for rule in snapshot.rules}
    for territory in snapshot.territories:
        for status in territory.statuses:
            days |= {status.span.start, status.span.end}
    covered = convocation.term.covers
    inside = (day for day in days if day and day > begun and covered(day) is Presence.YES)
    return [begun, *sorted(inside)]
