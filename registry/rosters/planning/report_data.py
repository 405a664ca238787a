"""A plan as data: for a program."""

from __future__ import annotations

from typing import Any

from registry.rosters.planning.plans import Plan
from registry.rosters.planning.report import (
    changes_shown,
    name_of,
    person_changes_shown,
    plan_sentences,
)


def plan_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, the same words as in the sentences."""
    return {
        "institution": plan.institution.slug,
        "file": plan.roster.name,
        "layout": plan.roster.layout,
        "encoding": plan.roster.encoding,
        "checksum": plan.roster.checksum,
        "rows": len(plan.roster.rows),
        "nothing_to_do": plan.nothing_to_do,
        "convocations": [
            {
                "number": sitting.number,
                "start": str(sitting.start),
                "end": str(sitting.end) if sitting.end else None,
                "new": sitting.new,
                "filled": list(sitting.filled),
                "differs": [
                    {"field": name, "here": here, "in_file": there}
                    for name, here, there in sitting.differs
                ],
            }
            for sitting in plan.sittings
        ],
        "new": {
            "persons": plan.counts["new_persons"],
            "parties": plan.counts["new_parties"],
            "territories": plan.counts["new_territories"],
            "appointments": plan.counts["new"],
        },
        "changed": [
            {"lines": each.mandate.lines, **change}
            for each in plan.changed
            for change in changes_shown(each)
        ],
        "changed_persons": [
            {
                "line": each.person.line,
                "person": name_of(each.person),
                "changes": list(person_changes_shown(each.person, each.changes)),
                "identifiers": [str(identifier) for identifier in each.identifiers],
            }
            for each in plan.changed_persons
        ],
        "unchanged": plan.counts["unchanged"],
        "absent": [
            {"person": str(each.person), "person_id": str(each.person.uid)} for each in plan.absent
        ],
        "ended": len(plan.ended),
        "replaced_sample": len(plan.replaced),
        "declared_complete": [
            {"start": str(days.start or ""), "end": str(days.end or "")}
            for days, _sitting in plan.covered
        ],
        "similar_names": [name_of(person) for person in plan.similar],
        "notes": list(plan_sentences(plan)),
    }
