"""An invented state of a thousand bodies, to measure with: the bodies, their seats and rules.

Two bodies in ten sit in convocations and by party. One in ten has seats of territories beside
appointed ones. The others are councils whose seats change hands one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from django.db import models

from registry.domain.dates import PartialDate
from registry.models import (
    Citation,
    Convocation,
    Coverage,
    Election,
    Explanation,
    Incompatibility,
    Institution,
    RenewalClass,
    SeatGroup,
    SeatRule,
    StatedTotal,
    Territory,
    TerritoryKind,
)
from tests.factories import SourceFactory, TerritoryFactory, TerritoryKindFactory

BODIES = 1_000
SEATS = 100
OF_TERRITORIES = 40  # of those hundred: two for each of twenty regions
BEGINNING = date(1990, 1, 1)
TERM = timedelta(days=1_346)  # ten of them have passed at the end of 2026

M = TypeVar("M", bound=models.Model)


class Seat(NamedTuple):
    """Where somebody sits: the ids of group, territory and renewal class, if any."""

    group: int | None
    territory: int | None = None
    renewal_class: int | None = None


@dataclass(slots=True)
class Body:
    """An institution, its groups of seats, and the territories and convocations it has, if any."""

    number: int
    institution: Institution
    chair: SeatGroup
    elected: SeatGroup
    appointed: SeatGroup | None = None
    territories: list[Territory] = field(default_factory=list)
    classes: list[RenewalClass] = field(default_factory=list)
    convocations: list[Convocation] = field(default_factory=list)

    @property
    def seats(self) -> Iterator[Seat]:
        """A hundred: one of each class for each territory, and the others."""
        for territory in self.territories:
            for renewal_class in self.classes:
                yield Seat(self.elected.pk, territory.pk, renewal_class.pk)
        rest = self.appointed or self.elected
        yield from [Seat(rest.pk)] * (SEATS - len(self.territories) * len(self.classes))


def found_bodies() -> list[Body]:
    """Everything but people: each kind of record in one go, without history."""
    region = TerritoryKindFactory(slug="region")
    regions = TerritoryFactory.create_batch(OF_TERRITORIES // 2)
    institutions = _record(
        Institution(
            slug=f"body-{number}",
            name={"en": f"Body {number}"},
            branch="local_representative",
            start=PartialDate.of(BEGINNING),
            # One in a hundred is no more, and some who sat in it were never recorded as gone.
            end=PartialDate.parse("2020") if number % 100 == 99 else None,
        )
        for number in range(BODIES)
    )
    bodies = [
        Body(number, each, chair, elected)
        for number, each, chair, elected in zip(
            range(BODIES),
            institutions,
            _record(_group(each, "chair") for each in institutions),
            _record(_group(each, "elected") for each in institutions),
            strict=True,
        )
    ]
    of_territories = bodies[2::10]
    for body, group in zip(
        of_territories,
        _record(_group(body.institution, "appointed") for body in of_territories),
        strict=True,
    ):
        body.appointed, body.territories = group, regions
        body.classes = _record(
            RenewalClass(group=body.elected, slug=slug, name={"en": slug})
            for slug in ("first", "second")
        )
    for body in [*bodies[::10], *bodies[1::10]]:
        body.convocations = _record(_convocations(body))
    _lay_down_rules(bodies, region)
    _declare(bodies)
    return bodies


def _group(institution: Institution, slug: str) -> SeatGroup:
    name = {"en": slug.capitalize()}
    return SeatGroup(institution=institution, slug=slug, name=name, inner=slug == "chair")


def _convocations(body: Body) -> Iterator[Convocation]:
    first = BEGINNING - body.number % 4 * TERM / 4
    days = [first + number * TERM for number in range(12)]
    for number, (start, end) in enumerate(pairwise(days), 1):
        yield Convocation(
            institution=body.institution,
            number=number,
            start=PartialDate.of(start),
            end=PartialDate.of(end),
            elected=start - timedelta(days=30),
        )


def _lay_down_rules(bodies: list[Body], region: TerritoryKind) -> None:
    """A hundred seats and a chair each; one rule in a hundred is not recorded."""
    law: dict[str, Any] = {"article": "50", "minimum_age": 25, "term_years": 6}
    appointed = {"seats": SEATS - OF_TERRITORIES, "designation": "appointed", "by_act": True}
    recorded = [body for body in bodies if body.number % 100 != 50]
    chairs = _record(SeatRule(group=body.chair, seats=1, article="52") for body in bodies)
    whole = _record(
        SeatRule(group=body.elected, seats=SEATS, **law)
        for body in recorded
        if body.appointed is None
    )
    per_region = _record(
        SeatRule(group=body.elected, seats_per_territory=2, **law)
        for body in recorded
        if body.appointed
    )
    others = _record(
        SeatRule(group=body.appointed, **appointed, **law) for body in bodies if body.appointed
    )
    counted = SeatRule.territory_kinds.through
    _record(counted(seatrule=rule, territorykind=region) for rule in per_region)
    source = SourceFactory()
    _record(
        Citation(seat_rule=rule, source=source) for rule in (*chairs, *whole, *per_region, *others)
    )


def _declare(bodies: list[Body]) -> None:
    """What else is said: complete rosters, totals, elections, what excludes what, and why."""
    source = SourceFactory()
    complete = [body for body in bodies if body.number % 20]
    _record(Coverage(institution=body.institution) for body in complete)
    _record(Coverage(institution=body.institution, group=body.chair) for body in complete)
    _record(
        StatedTotal(
            institution=body.institution, total=SEATS + (body.number % 100 == 0), source=source
        )
        for body in bodies[::10]
    )
    _record(
        Incompatibility(institution=body.institution, other=other.institution, article="52")
        for body, other in zip(bodies[::2], bodies[1::2], strict=True)
    )
    _record(
        Election(
            institution=body.institution,
            convocation=convocation,
            day=convocation.elected,
            took_office=convocation.start_latest,
        )
        for body in bodies
        for convocation in body.convocations
    )
    _record(
        Explanation(
            institution=body.institution,
            code="vacant_seats",
            reason="By-elections are held in spring.",
            source=source,
            end=date(2027, 1, 1),
        )
        for body in bodies[::20]
    )


def _record(rows: Iterable[M]) -> list[M]:
    listed = list(rows)
    return type(listed[0])._default_manager.bulk_create(listed)
