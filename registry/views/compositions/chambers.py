"""The bodies with seats that make laws, drawn side by side, and what they have together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from registry.domain.composition import Composition, State
from registry.domain.dates import PartialDate, Presence
from registry.domain.majorities import Majority, majorities
from registry.models import Branch, Institution
from registry.templatetags.half_circle import Drawing
from registry.views import tallies
from registry.views.compositions import timeline
from registry.views.compositions.edges import Edge, last_of
from registry.views.drawings import drawing
from registry.views.tallies import Tag, nobody_recorded


@dataclass(frozen=True, slots=True)
class Chamber:
    """A body with seats, large enough to draw."""

    institution: Institution
    composition: Composition
    drawing: Drawing | None
    shares: Sequence[drawing.Share]
    tags: list[Tag]
    formula: str
    majorities: tuple[Majority, ...]

    @property
    def stated(self) -> int | None:
        """The total that sources state for the day, where they agree and the rules give it too."""
        totals = {each.total for each in self.composition.stated_totals}
        return self.composition.required if totals == {self.composition.required} else None


def is_chamber(institution: Institution, composition: Composition) -> bool:
    return institution.branch == Branch.LEGISLATIVE and any(
        not rule.group.inner for rule in composition.rules
    )


def chamber_of(institution: Institution, composition: Composition, language: str) -> Chamber:
    colouring = drawing.natural_colouring(composition)
    drawn = drawing.drawn(composition, institution, colouring, language)
    tags = tallies.headline_tags(composition)
    if composition.state is not State.BETWEEN_CONVOCATIONS and nobody_recorded(composition):
        tags = [Tag("unk", _("Not recorded who sits"))]
    return Chamber(
        institution=institution,
        composition=composition,
        drawing=drawn.drawing and replace(drawn.drawing, ident=f"seats-{institution.slug}"),
        shares=drawn.shares,
        tags=tags,
        formula=timeline.formula_of(composition),
        majorities=majorities(composition.required) if composition.required else (),
    )


def common_parent(
    chambers: Iterable[Chamber], institutions: dict[int, Institution]
) -> Institution | None:
    """The body that all chambers are part of, such as a parliament."""
    parents = {chamber.institution.parent_id for chamber in chambers}
    return institutions.get(parents.pop() or 0) if len(parents) == 1 else None


def ended_by(
    day: date, institutions: Iterable[Institution]
) -> list[tuple[PartialDate, list[tuple[Institution, Edge | None]]]]:
    """Legislative bodies that ended by the day, those that ended together in one group."""
    groups: dict[str, tuple[PartialDate, list[tuple[Institution, Edge | None]]]] = {}
    for institution in institutions:
        end = institution.end
        if institution.branch != Branch.LEGISLATIVE or end is None:
            continue
        if end.reached_by(day) is Presence.YES and end.latest:
            ending = (institution, last_of(institution.term))
            groups.setdefault(str(end), (end, []))[1].append(ending)
    return sorted(groups.values(), key=lambda group: str(group[0]), reverse=True)


def totals_of(chambers: Iterable[Chamber]) -> dict[str, int | bool | None]:
    """Seats by rule, filled, perhaps filled and vacant of all chambers.

    `None` where one of them leaves it open; `part` says that of some nobody is recorded.
    """
    compositions = [chamber.composition for chamber in chambers]
    required = [each.required for each in compositions]
    vacant = [each.vacant for each in compositions]
    without = [each for each in compositions if nobody_recorded(each)]
    known = len(without) < len(compositions)
    return {
        "required": sum(n or 0 for n in required) if None not in required else None,
        "filled": sum(each.filled for each in compositions) if known else None,
        "part": known and bool(without),
        "perhaps": sum(len(each.possible) for each in compositions),
        "vacant": sum(n or 0 for n in vacant) if None not in vacant else None,
    }
