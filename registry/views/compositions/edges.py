"""Days at the two ends of a term that a page can lead to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from registry.domain.dates import Precision, Term
from registry.templatetags.days import day_before


class Edge(NamedTuple):
    """A day certainly inside a term; `exact` if it is known to be the first or the last one."""

    day: date
    exact: bool


def first_of(term: Term) -> Edge | None:
    """The first day, else the earliest on which the term had certainly begun."""
    first = term.start.latest
    if first is None:
        return None
    exact = term.start.precision is Precision.DAY
    if not exact and term.end and (term.end.earliest is None or term.end.earliest <= first):
        return None
    return Edge(first, exact)


def last_of(term: Term) -> Edge | None:
    """The last day, else the latest on which the term was certainly not over."""
    if term.end is None or term.end.earliest is None:
        return None
    last = day_before(term.end.earliest)
    exact = term.end.precision is Precision.DAY
    if not exact and (term.start.latest is None or term.start.latest > last):
        return None
    return Edge(last, exact)
