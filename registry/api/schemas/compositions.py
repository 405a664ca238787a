"""Compositions as answers: seats, members and what they add up to."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from registry.api.schemas.findings import FindingData


class StatedTotalData(Schema):
    total: int
    source: str
    source_url: str


class LineData(Schema):
    group: str
    name: str
    rule: int
    article: str = Field(description="The act and the article in words.")
    designation: str
    territory: str | None
    required: int | None = Field(description="Null when the number of seats is not recorded.")
    filled: int
    possible: int
    vacant: int | None = Field(description="Null when the record leaves it open.")
    over: int


class PartySeatsData(Schema):
    slug: str | None
    name: str
    seats: int


class MemberData(Schema):
    appointment: int
    person: int
    name: str
    names: dict[str, str]
    group: str | None
    territory: str | None
    party: str | None
    start: str | None
    start_precision: str
    start_basis: str = Field(description="stated, or inherited from the convocation")
    end: str | None = Field(description="Null while in office, or when nobody recorded the day.")
    end_precision: str | None
    end_basis: str
    ended: bool
    end_reason: str
    certain: bool = Field(description="False when it is only possible that they sat on the day.")
    acting: bool
    sample: bool = Field(description="True for invented people.")
    remark: str
    source: str | None
    source_url: str | None


class MajorityData(Schema):
    name: str = Field(description="majority: more than half; two_thirds: at least two thirds")
    base: str = Field(description="What it is taken of: all_seats by rule.")
    of: int
    votes: int


class TallyData(Schema):
    """What a composition adds up to."""

    on: date
    state: str
    coverage: bool = Field(description="Whether the roster of the day is declared complete.")
    required: int | None
    filled: int
    possible: int
    unheld: int = Field(description="Seats without a recorded holder, be they vacant or not.")
    vacant: int | None = Field(description="Null when the record leaves it open.")
    over: int
    majorities: list[MajorityData]


class CompositionData(Schema):
    """Who sat in an institution on a day, held against the rules of that day.

    `filled`, `possible` and `vacant` never count a member twice: `possible` are those of whom the
    record leaves open whether they sat, `unassigned` those among the filled without a group.
    """

    institution: str
    on: date
    state: str
    convocation: int | None
    coverage: bool = Field(description="Whether the roster of the day is declared complete.")
    sample: bool = Field(description="True when invented people are among the members.")
    required: int | None
    required_by_law: int | None = Field(
        description="What the rules of the day itself give; a convocation may sit under older ones."
    )
    filled: int
    possible: int
    vacant: int | None
    over: int
    unassigned: int
    stated_totals: list[StatedTotalData]
    lines: list[LineData]
    offices: list[LineData] = Field(description="Inner offices, not counted among the seats.")
    parties: list[PartySeatsData]
    members: list[MemberData]
    officers: list[MemberData]
    majorities: list[MajorityData]
    findings: list[FindingData]
