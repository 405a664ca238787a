"""Which file has which columns, and what a row is known by. Files come before those they serve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from registry import models as registry
from registry.seeds.columns import (
    Cell,
    Column,
    End,
    Key,
    Named,
    Names,
    Part,
    Say,
    Spellings,
    Start,
    To,
    ToAppointment,
    ToMany,
    texted,
)

# Persons are known by a key of the seeds' own, never by a name: two may share one.
SCHEME = "seed"

Check = Callable[[dict[str, Any], Say], None]


@dataclass(frozen=True)
class Table:
    """One file, one model.

    `key` are the columns that a row is known by, `known_as` the same in a stored record, as
    attributes. `cited` names the citation's link when rows have the columns source and place.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    known_as: tuple[str, ...]
    columns: tuple[Column, ...]
    cited: str = ""
    check: Check | None = None
    records: Callable[[], models.QuerySet] | None = None
    identified_by: type[models.Model] | None = None
    also_read: tuple[Column, ...] = field(default=(Cell("confidence"), Cell("note")))

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + self.also_read

    @property
    def headers(self) -> tuple[str, ...]:
        named = [header for column in self.all_columns for header in column.headers()]
        return (*named, "source", "place") if self.cited else tuple(named)

    @property
    def key_attributes(self) -> tuple[str, ...]:
        """What a record of the history is known by, as far as the record itself says it."""
        columns = {column.header: column for column in self.columns}
        return tuple(name for header in self.key for name in columns[header].key_attributes())

    def stored(self) -> dict[Key, models.Model]:
        """All records that could be meant by a row, by key."""
        rows = self.records() if self.records else self.model._default_manager.all()
        links = {path.rpartition(".")[0].replace(".", "__") for path in self.known_as}
        found = {}
        for record in rows.select_related(*filter(None, links)):
            key = tuple(texted(_follow(record, path)) for path in self.known_as)
            found[key] = record
        return found


def _follow(record: models.Model, path: str) -> Any:
    return reduce(lambda here, name: here and getattr(here, name), path.split("."), record)


def _of_persons(rows: models.QuerySet, path: str = "person") -> models.QuerySet:
    """Rows of persons that the seeds know, each with the person's key."""
    at = f"{path}__" if path else ""
    return rows.filter(**{f"{at}identifiers__scheme": SCHEME}).annotate(
        person_key=F(f"{at}identifiers__value")
    )


def _term_in_order(values: dict[str, Any], say: Say) -> None:
    first, last = values.get("start_earliest"), values.get("end_latest")
    if first and last and last <= first:
        say("end", _("The end is not after the start. It is the first day out of office."))


def _span_in_order(values: dict[str, Any], say: Say) -> None:
    start, end = values.get("start"), values.get("end")
    if start and end and end <= start:
        say("end", _("The end is not after the start. It is the first day it no longer holds."))


def _one_number_of_seats(values: dict[str, Any], say: Say) -> None:
    _span_in_order(values, say)
    number, each = values.get("seats"), values.get("seats_per_territory")
    if number is not None and each is not None:
        say("seats_per_territory", _("Give seats or seats for each territory, not both."))
    if values.get("unlimited") and (number is not None or each is not None):
        say("unlimited", _("Unlimited seats have no number."))
    if each is not None and not values.get("territory_kinds"):
        say("territory_kinds", _("Seats for each territory need the kinds of territory."))


def _two_institutions(values: dict[str, Any], say: Say) -> None:
    before, after = values.get("predecessor"), values.get("successor")
    if before and after and before.key == after.key:
        say("successor", _("An institution cannot follow itself."))


TABLES = (
    Table(
        "sources",
        registry.Source,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Cell("title", required=True),
            Cell("kind", required=True),
            Cell("url"),
        ),
    ),
    Table(
        "acts",
        registry.Act,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("title", required=True),
            Cell("date"),
            Cell("in_force"),
            Cell("effect"),
        ),
        cited="act",
    ),
    Table(
        "territory_kinds",
        registry.TerritoryKind,
        key=("slug",),
        known_as=("slug",),
        columns=(Cell("slug", required=True), Names("name", required=True), Cell("order")),
    ),
    Table(
        "territories",
        registry.Territory,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("name", required=True),
            To("continued_by", table="territories"),
            To("part_of", table="territories"),
        ),
        cited="territory",
    ),
    Table(
        "territory_statuses",
        registry.TerritoryStatus,
        key=("territory", "start"),
        known_as=("territory.slug", "start"),
        columns=(
            To("territory", required=True, table="territories"),
            To("kind", required=True, table="territory_kinds"),
            Names("name", required=True),
            Cell("start"),
            Cell("end"),
            Cell("event"),
        ),
        cited="territory_status",
        check=_span_in_order,
    ),
    Table(
        "territory_identifiers",
        registry.TerritoryIdentifier,
        key=("territory", "scheme", "value"),
        known_as=("territory.slug", "scheme", "value"),
        columns=(
            To("territory", required=True, table="territories"),
            Cell("scheme", required=True),
            Cell("value", required=True),
        ),
    ),
    Table(
        "institutions",
        registry.Institution,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("name", required=True),
            Spellings("other_names"),
            Cell("branch", required=True),
            To("parent", table="institutions"),
            Start("start"),
            End("end"),
            Cell("order"),
            Names("description"),
        ),
        cited="institution",
        check=_term_in_order,
    ),
    Table(
        "successions",
        registry.Succession,
        key=("predecessor", "successor"),
        known_as=("predecessor.slug", "successor.slug"),
        columns=(
            To("predecessor", required=True, table="institutions"),
            To("successor", required=True, table="institutions"),
        ),
        cited="succession",
        check=_two_institutions,
    ),
    Table(
        "convocations",
        registry.Convocation,
        key=("institution", "number"),
        known_as=("institution.slug", "number"),
        columns=(
            To("institution", required=True, table="institutions"),
            Cell("number", required=True),
            Cell("elected"),
            Start("start"),
            End("end"),
        ),
        cited="convocation",
        check=_term_in_order,
    ),
    Table(
        "seat_groups",
        registry.SeatGroup,
        key=("institution", "slug"),
        known_as=("institution.slug", "slug"),
        columns=(
            To("institution", required=True, table="institutions"),
            Cell("slug", required=True),
            Names("name", required=True),
            Cell("inner"),
            Cell("order"),
        ),
        cited="seat_group",
    ),
    Table(
        "seat_rules",
        registry.SeatRule,
        key=("institution", "group", "start"),
        known_as=("group.institution.slug", "group.slug", "start"),
        columns=(
            Part("institution", required=True, table="institutions"),
            To("group", required=True, table="seat_groups", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("seats"),
            Cell("seats_per_territory"),
            ToMany("territory_kinds", table="territory_kinds"),
            Cell("unlimited"),
            Cell("designation", required=True),
            To("chosen_by", table="institutions"),
            To("proposed_by", table="institutions"),
            To("consented_by", table="institutions"),
            Cell("term_years"),
            Cell("renewal"),
            Cell("eligibility"),
            Cell("first_applied"),
            To("act", table="acts"),
            Cell("article"),
            Names("method"),
        ),
        cited="seat_rule",
        check=_one_number_of_seats,
        records=lambda: registry.SeatRule.objects.prefetch_related("territory_kinds"),
    ),
    Table(
        "stated_totals",
        registry.StatedTotal,
        key=("institution", "convocation", "start", "source", "place"),
        known_as=("institution.slug", "convocation.number", "start", "source.slug", "place"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("convocation", table="convocations", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("total", required=True),
            To("source", required=True, table="sources"),
            Cell("place"),
        ),
        check=_span_in_order,
    ),
    Table(
        "parties",
        registry.Party,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("name", required=True),
            Cell("abbreviation"),
            Spellings("other_names"),
            Cell("colour"),
            Cell("sample"),
        ),
        cited="party",
    ),
    Table(
        "persons",
        registry.Person,
        key=("person",),
        known_as=("person_key",),
        columns=(
            Named("person", required=True),
            Names("name", required=True),
            Names("sort_name"),
            Spellings("other_names"),
            Cell("gender"),
            Cell("sample"),
        ),
        cited="person",
        records=lambda: _of_persons(registry.Person.objects.all(), path=""),
        identified_by=registry.PersonIdentifier,
    ),
    Table(
        "person_identifiers",
        registry.PersonIdentifier,
        key=("scheme", "value"),
        known_as=("scheme", "value"),
        columns=(
            To("person", required=True, table="persons"),
            Cell("scheme", required=True),
            Cell("value", required=True),
        ),
    ),
    Table(
        "appointments",
        registry.Appointment,
        key=("person", "institution", "group", "acting", "start"),
        known_as=("person_key", "institution.slug", "group.slug", "acting", "start"),
        columns=(
            To("person", required=True, table="persons"),
            To("institution", required=True, table="institutions"),
            To("group", table="seat_groups", scope=("institution",)),
            To("convocation", table="convocations", scope=("institution",)),
            To("territory", table="territories"),
            Cell("acting"),
            Start("start"),
            End("end"),
            Cell("designation"),
            Cell("end_reason"),
        ),
        cited="appointment",
        check=_term_in_order,
        records=lambda: _of_persons(registry.Appointment.objects.all()),
    ),
    Table(
        "affiliations",
        registry.Affiliation,
        key=("person", "institution", "group", "appointed", "party", "start"),
        known_as=(
            "person_key",
            "appointment.institution.slug",
            "appointment.group.slug",
            "appointment.start",
            "party.slug",
            "start",
        ),
        columns=(
            Part("person", required=True, table="persons"),
            Part("institution", required=True, table="institutions"),
            Part("group", table="seat_groups", scope=("institution",)),
            ToAppointment("appointed"),
            To("party", required=True, table="parties"),
            Start("start"),
            End("end"),
        ),
        check=_term_in_order,
        records=lambda: _of_persons(registry.Affiliation.objects.all(), path="appointment__person"),
    ),
    Table(
        "coverages",
        registry.Coverage,
        key=("institution", "group", "start"),
        known_as=("institution.slug", "group.slug", "start"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("group", table="seat_groups", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("sample"),
        ),
        cited="coverage",
        check=_span_in_order,
    ),
)
