"""What sources disagree about, as answers."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class FactData(Schema):
    """The recorded fact that is disputed."""

    kind: str = Field(description="Such as seat_rule, appointment or territory.")
    id: int
    name: str
    institution: str | None = Field(description="The institution it belongs to, if any.")


class ClaimData(Schema):
    """What one source says."""

    text: str
    source: str
    source_url: str
    source_kind: str
    place: str = Field(description="Where in the source.")
    adopted: bool = Field(description="Whether the registry uses this value.")
    spurious: bool = Field(description="Whether it is invented, or made by a machine.")


class ContradictionData(Schema):
    """Claims side by side, with the position of the registry and why it takes it."""

    slug: str
    kind: str = Field(description="seed_vs_seed, seed_vs_record, seed_internal or source_vs_source")
    subject: str
    position: str
    open: bool = Field(description="Whether no position could be taken yet.")
    start: date | None = Field(description="First day that it bears on; null: from ever.")
    end: date | None = Field(description="First day that it no longer bears on.")
    confidence: str
    remark: str
    fact: FactData
    claims: list[ClaimData]
