"""Popolo as an answer: its own shapes, which have many optional fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

Records = list[dict[str, Any]]


class PopoloData(Schema):
    """See popoloproject.com; `start_precision` and the like say what Popolo has no word for."""

    on: date
    meta: dict[str, str]
    persons: Records
    organizations: Records = Field(description="Institutions and parties.")
    memberships: Records = Field(description="Who holds which post, from when, on whose behalf.")
    areas: Records
    events: Records = Field(description="Legislative periods.")
    posts: Records = Field(description="Seat groups.")
