"""What is to come, as plain data: seats filled anew, and terms that end."""

from __future__ import annotations

from typing import Any

from registry.domain.facts import Record, Sitting
from registry.domain.renewals import Renewal
from registry.domain.terms import Basis, Ending
from registry.serialise.compositions import day_text
from registry.serialise.findings import person_data
from registry.templatetags.wording import article, ending, text


def renewal_data(renewal: Renewal) -> dict[str, Any]:
    group, renewal_class, rule = renewal.group, renewal.renewal_class, renewal.rule
    known = renewal.known
    return {
        "day": renewal.day,
        "known": known is not None,
        "group": group.slug if group else None,
        "name": text(group.names) if group else "",
        "renewal_class": renewal_class.slug if renewal_class else None,
        "class_name": text(renewal_class.names) if renewal_class else "",
        "seats": renewal.seats,
        "called": known.called if known else None,
        "in_office": known.in_office if known else None,
        "before": renewal.before.day if renewal.before else None,
        "terms_end": renewal.terms_end,
        "due": renewal.due,
        "rule": rule.id if rule else None,
        "article": article(rule) if rule else "",
    }


def term_data(ending_term: Ending, record: Record) -> dict[str, Any]:
    """A term that is to end; `record` is that of its institution."""
    sitting, end = ending_term.sitting, ending_term.end
    return {
        "institution": record.institution.slug,
        "appointment": sitting.appointment_id,
        **person_data(sitting),
        "group": next((g.slug for g in record.groups if g.id == sitting.group_id), None),
        "territory": next(
            (t.slug for t in record.territories if t.id == sitting.territory_id), None
        ),
        "start": day_text(sitting.start),
        "end": day_text(sitting.end),
        "end_reason": sitting.end_reason,
        "day": end.day,
        "basis": end.basis.value,
        "begun": end.begun,
        "rule": end.rule.id if end.rule else None,
        "article": article(end.rule) if end.rule else "",
        "convocation": end.convocation.number if end.convocation else None,
        "elected": end.elected.slug if end.elected else None,
        "predecessor": _predecessor(ending_term, record),
        "message": ending(end),
    }


def _predecessor(ending_term: Ending, record: Record) -> dict[str, Any] | None:
    """Whose unfinished term it is; nobody's unless the end follows from that."""
    if ending_term.end.basis is not Basis.PREDECESSOR:
        return None
    former = ending_term.sitting.serves_rest_of
    found: Sitting | None = next(
        (sitting for sitting in record.sittings if sitting.appointment_id == former), None
    )
    return person_data(found) if found else None
