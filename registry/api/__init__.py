"""The read-only JSON interface: one module for each thing that can be asked about."""

from registry.api import (
    calendar,
    comparisons,
    contradictions,
    findings,
    institutions,
    law,
    people,
    popolo,
)
from registry.api.door import api, nowhere

__all__ = [
    "api",
    "calendar",
    "comparisons",
    "contradictions",
    "findings",
    "institutions",
    "law",
    "nowhere",
    "people",
    "popolo",
]
