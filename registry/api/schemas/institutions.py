"""Institutions as answers."""

from __future__ import annotations

from ninja import Field, Schema


class InstitutionData(Schema):
    slug: str
    name: str
    names: dict[str, str]
    branch: str
    part_of: str | None
    start: str | None = Field(description="First day; empty when not recorded.")
    end: str | None = Field(description="First day it no longer existed; null while it exists.")
    successors: list[str]
    composition: str = Field(description="Address of its composition.")
