"""The door of the curators: Django's admin for every record, with what the registry knows."""

from registry.admin import (
    accounts,
    appointments,
    claims,
    convocations,
    elections,
    explanations,
    imports,
    institutions,
    law,
    people,
    seats,
    sources,
    tasks,
    territories,
)

__all__ = [
    "accounts",
    "appointments",
    "claims",
    "convocations",
    "elections",
    "explanations",
    "imports",
    "institutions",
    "law",
    "people",
    "seats",
    "sources",
    "tasks",
    "territories",
]
