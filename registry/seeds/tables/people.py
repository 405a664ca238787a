"""Persons and parties."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, Named, Names, Spellings
from registry.seeds.references import To
from registry.seeds.table import Table, of_persons

TABLES = (
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
        records=lambda: of_persons(registry.Person.objects.all(), path=""),
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
)
