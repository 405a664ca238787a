"""How many votes a majority takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.domain.composition import Composition
from registry.domain.facts import Base, Comparison, VotingRule


@dataclass(frozen=True, slots=True)
class Majority:
    """`votes` needed out of `of`, the number of `base`: all seats by rule."""

    name: str
    base: str
    of: int
    votes: int


def more_than(share: Fraction, of: int) -> int:
    """The least number of votes above a share.

    >>> more_than(Fraction(2, 3), 48)
    33
    """
    return int(share * of) + 1


def at_least(share: Fraction, of: int) -> int:
    """The least number of votes that reaches a share.

    >>> at_least(Fraction(2, 3), 48)
    32
    """
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


@dataclass(frozen=True, slots=True)
class Count:
    """The votes that one chamber, or several together, need under a rule on a day.

    `of` is the number that the fraction is taken of, and `most` the number it might be where
    dates leave the filled seats open; `votes` and `votes_most` are needed of them. All are
    `None` where no number can be given: those present are counted in the sitting itself, and a
    chamber may have no recorded number of seats.
    """

    chambers: tuple[Composition, ...]
    of: int | None = None
    votes: int | None = None
    most: int | None = None
    votes_most: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule of the day and the votes that it needs: one count, or one for each chamber."""

    rule: VotingRule
    counts: tuple[Count, ...]


def needed(rule: VotingRule, of: int) -> int | None:
    """The votes needed out of `of`; `None` when the rule names no fraction."""
    if rule.share is None or rule.comparison is None:
        return None
    if rule.comparison is Comparison.AT_LEAST:
        return at_least(rule.share, of)
    return more_than(rule.share, of)


def decisions(
    rules: Iterable[VotingRule], composition: Composition, chambers: Sequence[Composition] = ()
) -> tuple[Decision, ...]:
    """What each rule of the day takes in a body; `chambers` are its parts that have seats.

    A body without seats of its own votes through its chambers: in each, or in all together.
    """
    day = composition.day
    in_force = [rule for rule in rules if rule.force.covers(day)]
    return tuple(
        Decision(rule, tuple(_counts(rule, _voters(composition, chambers)))) for rule in in_force
    )


def joint(chambers: Sequence[Composition]) -> tuple[Majority, ...]:
    """The usual thresholds of a joint sitting, of all seats of the chambers together.

    Empty when the seats of a chamber are not recorded, or there are none.
    """
    seats = [chamber.required for chamber in chambers]
    known = [number for number in seats if number is not None]
    return majorities(sum(known)) if known and len(known) == len(seats) else ()


def _voters(composition: Composition, chambers: Sequence[Composition]) -> tuple[Composition, ...]:
    own = any(not rule.group.inner for rule in composition.rules)
    if own or not chambers:
        return (composition,)
    return tuple(chambers)


def _counts(rule: VotingRule, voters: tuple[Composition, ...]) -> Iterator[Count]:
    if not rule.is_vote or rule.body is None:
        return
    if rule.each_part:
        for chamber in voters:
            yield _count(rule, (chamber,))
    else:
        yield _count(rule, voters)


def _count(rule: VotingRule, chambers: tuple[Composition, ...]) -> Count:
    sizes = [_size(rule, chamber) for chamber in chambers]
    known = [size for size in sizes if size is not None]
    if not known or len(known) < len(sizes):
        return Count(chambers)
    of, most = sum(least for least, _ in known), sum(greatest for _, greatest in known)
    return Count(chambers, of, needed(rule, of), most, needed(rule, most))


def _size(rule: VotingRule, chamber: Composition) -> tuple[int, int] | None:
    """The least and the greatest number that the fraction may be taken of."""
    if not chamber.state.exists:
        return None
    if rule.base is Base.ALL_SEATS and chamber.required is not None:
        return chamber.required, chamber.required
    if rule.base is Base.FILLED and chamber.covered:
        return chamber.filled, chamber.filled + len(chamber.possible)
    return None
