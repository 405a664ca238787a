"""What a draft would change, as plain data."""

from __future__ import annotations

from typing import Any

from registry.domain.comparison import Comparison
from registry.domain.drafts import Draft, Effect
from registry.models import Institution
from registry.serialise.compositions import tally_data
from registry.serialise.findings import finding_data
from registry.templatetags.wording import text


def effect_data(
    institution: Institution, draft: Draft, effect: Effect, comparison: Comparison
) -> dict[str, Any]:
    """A draft, the day without it and with it; `comparison` is that of the two."""
    day = effect.before.day

    def listed(findings: Any) -> list[dict[str, Any]]:
        return [finding_data(finding, institution, day) for finding in findings]

    return {
        "institution": institution.slug,
        "on": day,
        "draft": {
            "founded": [{"name": text(new.name), "kind": new.kind} for new in draft.founded],
            "dissolved": sorted(draft.dissolved),
            "seats": {each.group: each.seats for each in draft.numbers},
        },
        "before": {**tally_data(effect.before), "findings": listed(effect.findings_before)},
        "after": {**tally_data(effect.after), "findings": listed(effect.findings_after)},
        "findings_gone": listed(comparison.findings_gone),
        "findings_new": listed(comparison.findings_new),
    }
