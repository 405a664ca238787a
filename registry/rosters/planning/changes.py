"""A field that a file says otherwise than the register, and which of the two counts."""

from __future__ import annotations

from typing import Any, NamedTuple

from registry.domain.dates import PartialDate
from registry.models.imports import Verdict


class Change(NamedTuple):
    """A field with what is recorded and what the file says; both as they are stored.

    `verdict` says whether the file fills a gap (`FILLS`), replaces what is recorded (`CHANGED`),
    or only says otherwise (`CONFLICT`): then what is recorded stays.
    """

    field: str
    old: Any
    new: Any
    verdict: Verdict = Verdict.CHANGED

    @property
    def taken(self) -> bool:
        return self.verdict is not Verdict.CONFLICT


def weighed(change: Change, *, keep: bool) -> Change:
    """The change with its verdict; with `keep`, what is recorded goes before the file."""
    if not change.taken:
        return change
    if fills(change.old, change.new):
        return change._replace(verdict=Verdict.FILLS)
    return change._replace(verdict=Verdict.CONFLICT if keep else Verdict.CHANGED)


def fills(old: Any, new: Any) -> bool:
    """Whether a value says more than the recorded one and nothing else."""
    if old in (None, "", [], {}):
        return True
    match old, new:
        case PartialDate(), PartialDate():
            return within(new, old)
        case dict(), dict():
            return all(new.get(code) == text for code, text in old.items() if text)
        case list(), list():
            return all(each in new for each in old)
    return False


def within(one: PartialDate, other: PartialDate) -> bool:
    """Whether a date lies in the days that another one leaves open."""
    return (
        other.earliest is None or (one.earliest is not None and one.earliest >= other.earliest)
    ) and (other.latest is None or (one.latest is not None and one.latest <= other.latest))
