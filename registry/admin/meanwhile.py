"""What colleagues saved of an institution while somebody was at a form."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.dateparse import parse_datetime

from registry.admin.history import name_of
from registry.models import Affiliation, Appointment, Election, Institution, SeatRule

# The input in which a form says when it was opened.
MOMENT = "_moment"
SHOWN = 5


class Saved(NamedTuple):
    """What a colleague saved meanwhile."""

    user: Any
    record: str
    moment: datetime


def saved_since(institution: Institution, moment: datetime) -> list[Saved]:
    """What anybody saved last of an institution after a moment, the newest first."""
    kinds = (
        (Institution, {"id": institution.pk}),
        (Appointment, {"institution": institution}),
        (Affiliation, {"appointment__institution": institution}),
        (Election, {"institution": institution}),
        (SeatRule, {"group__institution": institution}),
    )
    entries = [
        Saved(entry.history_user, name_of(entry.history_object), entry.history_date)
        for model, own in kinds
        for entry in model.history.filter(history_date__gt=moment, **own)
    ]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)[:SHOWN]


def moment_of(text: str) -> datetime | None:
    """The moment that a form sent; `None` where it is nothing that a form of ours sends."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
