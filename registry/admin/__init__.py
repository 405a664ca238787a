"""The door of the curators: Django's admin for every record, with what the registry knows."""

from registry.admin import (
    appointments,
    convocations,
    institutions,
    people,
    seats,
    sources,
    territories,
)

__all__ = [
    "appointments",
    "convocations",
    "institutions",
    "people",
    "seats",
    "sources",
    "territories",
]
