"""How many seats are held, vacant or left open, in words and tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.checks.counts import total_mismatch
from registry.domain.composition import Composition, Line, State
from registry.domain.findings import Problem
from registry.templatetags.wording import TITLES

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a tint: ok, warn, bad, info, hist or unk."""

    look: str
    text: str


def nobody_recorded(composition: Composition) -> bool:
    """Whether the zeros of the page mean that nothing is recorded, and not that seats are empty."""
    lines = composition.lines
    if composition.state is State.BETWEEN_CONVOCATIONS or lines:
        declared = any(line.recorded for line in lines)
    else:
        declared = composition.covered
    return not composition.filled and not composition.possible and not declared


def held_in_all(*compositions: Composition) -> str:
    """How many seats of a body, or of several, are held, in the words of `held_words`."""
    if any(nobody_recorded(each) for each in compositions):
        return NOTHING
    most = 0
    for each in compositions:
        could = each.filled + len(each.possible)
        limited = not any(line.rule.unlimited for line in each.lines) and each.required is not None
        most += max(each.filled, min(could, each.required or 0)) if limited else could
    return _between(sum(each.filled for each in compositions), most)


def held_words(lines: Iterable[Line]) -> str:
    """How many seats of one rule are held: "46", "46–47" where that is open, else "–".

    The most is what those of uncertain days, and those in no line, could fill at once.
    """
    lines = tuple(lines)
    if nobody_in(lines):
        return NOTHING
    certain = sum(line.filled for line in lines)
    most = lines[0].others if any(line.undecided for line in lines) else 0
    for line in lines:
        could = line.filled + len(line.possible)
        most += could if line.required is None else max(line.filled, min(could, line.required))
    if all(line.required is not None for line in lines):
        most = max(certain, min(most, sum(line.required or 0 for line in lines)))
    return _between(certain, most)


def vacant_words(lines: Iterable[Line]) -> str:
    """How many seats of one rule are vacant: a number, "?" where that is open, else "–"."""
    lines = tuple(lines)
    numbers = [line.vacant for line in lines]
    known = None if None in numbers else sum(n for n in numbers if n is not None)
    return vacant_word(known, nobody_in(lines))


def acting_beside(lines: Iterable[Line]) -> int:
    """How many act beside a holder and so fill no seat."""
    return sum(len(line.holders) + len(line.acting) - line.filled for line in lines)


def nobody_in(lines: Iterable[Line]) -> bool:
    """Whether nothing is recorded of these seats, not even that they are empty."""
    return not any(
        line.filled or line.possible or line.recorded or line.undecided for line in lines
    )


def _between(certain: int, most: int) -> str:
    return f"{certain}–{most}" if most > certain else str(certain)


def vacant_word(number: int | None, nobody: bool) -> str:
    if nobody:
        return NOTHING
    return "?" if number is None else str(number)


def tag_of(lines: Iterable[Line]) -> Tag:
    """The gravest thing to say of some lines."""
    lines = tuple(lines)
    over = sum(line.over for line in lines)
    vacant = sum(line.vacant or 0 for line in lines)
    if over and vacant:
        return Tag("bad", _("%(over)s over, %(vacant)s vacant") % {"over": over, "vacant": vacant})
    if over:
        return Tag("bad", _("%(n)s over the rule") % {"n": over})
    if vacant:
        return Tag("warn", _("%(n)s vacant") % {"n": vacant})
    if any(line.undecided for line in lines):
        return Tag("unk", _("Left open"))
    if any(line.possible for line in lines):
        return Tag("unk", _("Date uncertain"))
    if any(line.unheld for line in lines) or nobody_in(lines):
        return Tag("unk", _("Not recorded"))
    if any(line.required is None for line in lines) and not lines[0].rule.unlimited:
        return Tag("unk", _("Number not recorded"))
    return Tag("ok", _("Conforms"))


def headline_tags(composition: Composition) -> list[Tag]:
    """What stands under the title: the state, vacancies, what is over, disputed or left open."""
    tags = []
    if composition.state is State.BETWEEN_CONVOCATIONS:
        tags.append(Tag("hist", _("Between convocations")))
    if composition.vacant:
        text = ngettext("%(n)s seat vacant", "%(n)s seats vacant", composition.vacant)
        tags.append(Tag("warn", text % {"n": composition.vacant}))
    if composition.over:
        tags.append(Tag("bad", _("%(n)s over the rule") % {"n": composition.over}))
    if any(total_mismatch(composition)):
        tags.append(Tag("bad", str(TITLES[Problem.TOTAL_MISMATCH])))
    if composition.unassigned and composition.rules:
        tags.append(Tag("unk", _("Parts left open")))
    if composition.possible:
        tags.append(Tag("unk", _("Dates uncertain")))
    complete = composition.required is not None and composition.filled >= composition.required
    if complete and not tags and not nobody_recorded(composition):
        tags.append(Tag("ok", _("Conforms")))
    return tags
