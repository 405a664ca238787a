"""How many votes a majority takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Majority:
    """`votes` needed out of `of`, the number of `base`: all seats by rule."""

    name: str
    base: str
    of: int
    votes: int


def more_than(share: Fraction, of: int) -> int:
    """The least number of votes above a share."""
    return int(share * of) + 1


def at_least(share: Fraction, of: int) -> int:
    """The least number of votes that reaches a share."""
    return -int(-share * of // 1)


def majorities(seats: int) -> tuple[Majority, ...]:
    """The two thresholds that most constitutions use, of all seats.

    >>> [majority.votes for majority in majorities(107)]
    [54, 72]
    """
    return (
        Majority("majority", "all_seats", seats, more_than(Fraction(1, 2), seats)),
        Majority("two_thirds", "all_seats", seats, at_least(Fraction(2, 3), seats)),
    )
