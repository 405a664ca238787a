"""Two days of an institution compared, as plain data."""

from __future__ import annotations

from typing import Any

from registry.domain import facts
from registry.domain.comparison import Comparison, Moved, RuleChange
from registry.domain.composition import Composition
from registry.models import Institution, SeatRule
from registry.serialise.compositions import members_data, tally_data
from registry.serialise.findings import finding_data, person_data
from registry.serialise.rules import records_of, rule_data
from registry.templatetags.wording import text


def comparison_data(institution: Institution, comparison: Comparison) -> dict[str, Any]:
    before, after = comparison.before, comparison.after
    changed = [rule for each in comparison.rules for rule in (each.before, each.after) if rule]
    records = records_of(changed) if changed else {}
    earlier = {sitting.appointment_id for sitting in before.snapshot.sittings}
    unsure_before = [s for s in comparison.unsure if s.appointment_id in earlier]
    unsure_after = [s for s in comparison.unsure if s.appointment_id not in earlier]
    return {
        "institution": institution.slug,
        "before": tally_data(before),
        "after": tally_data(after),
        "stayed": comparison.stayed,
        "came": members_data(comparison.came, after),
        "left": members_data(comparison.left, before),
        "unsure": members_data(unsure_before, before) + members_data(unsure_after, after),
        "changed_party": [party_change(each) for each in comparison.changed_party],
        "changed_seat": [seat_change(each, before, after) for each in comparison.changed_seat],
        "rules": [rule_change(each, records) for each in comparison.rules],
        "findings_gone": [
            finding_data(each, institution, before.day) for each in comparison.findings_gone
        ],
        "findings_new": [
            finding_data(each, institution, after.day) for each in comparison.findings_new
        ],
    }


def party_change(moved: Moved) -> dict[str, Any]:
    return {
        **person_data(moved.after),
        "before": moved.before.party_slug,
        "after": moved.after.party_slug,
    }


def seat_change(moved: Moved, before: Composition, after: Composition) -> dict[str, Any]:
    return {
        **person_data(moved.after),
        "before": _seat(moved.before, before),
        "after": _seat(moved.after, after),
    }


def _seat(sitting: facts.Sitting, composition: Composition) -> dict[str, Any]:
    """Where somebody sits; what was not recorded is `None`."""
    snapshot = composition.snapshot
    return {
        "group": next((g.slug for g in snapshot.groups if g.id == sitting.group_id), None),
        "territory": next(
            (t.slug for t in snapshot.territories if t.id == sitting.territory_id), None
        ),
    }


def rule_change(change: RuleChange, records: dict[int, SeatRule]) -> dict[str, Any]:
    """A group whose rule is another one; `None` on the day on which it has none."""

    def rule(each: facts.SeatRule | None) -> dict[str, Any] | None:
        return rule_data(each, records[each.id]) if each else None

    group = (change.before or change.after).group
    return {
        "group": group.slug,
        "name": text(group.names),
        "before": rule(change.before),
        "after": rule(change.after),
    }
