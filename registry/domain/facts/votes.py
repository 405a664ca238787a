"""What the law says about votes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from registry.domain.dates import Span
from registry.domain.facts.bodies import Body, Texts


class Comparison(StrEnum):
    """Whether reaching a fraction is enough."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


class Base(StrEnum):
    """What a fraction of votes is taken of."""

    ALL_SEATS = "all_seats"
    FILLED = "filled"
    PRESENT = "present"
    VOTES_CAST = "votes_cast"


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How many votes a decision takes while the rule is in force, or who takes it without one.

    `body` decides, the voters when it is `None`; a body of several chambers in each of them
    (`each_part`) or in all together. Without a `share` the number is not recorded, unless
    `is_vote` is false: then nobody votes.
    """

    id: int
    slug: str
    procedure: str
    step: int
    subject: Texts
    body: Body | None
    force: Span
    each_part: bool = False
    is_vote: bool = True
    share: Fraction | None = None
    comparison: Comparison | None = None
    base: Base | None = None
    within_days: int | None = None
    within_months: int | None = None
    condition: Texts = field(default_factory=dict)
    article: str = ""
    act: Texts = field(default_factory=dict)
    confidence: str = ""
    note: str = ""
