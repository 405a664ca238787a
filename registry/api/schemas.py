"""The shapes of the answers; the OpenAPI document is made from them.

Days are half-open: `start` is the first day in office, `end` the first day out of it. A day that
is known only in part is written `2014`, `2014-06` or as a span `[2014-06-01..2014-08-31]`, with
its precision beside it.
"""

from __future__ import annotations

from datetime import date

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


class StatedTotalData(Schema):
    total: int
    source: str
    source_url: str


class LineData(Schema):
    group: str
    name: str
    rule: int
    article: str
    designation: str
    territory: str | None
    required: int | None = Field(description="Null when the number of seats is not recorded.")
    filled: int
    possible: int
    vacant: int | None = Field(description="Null when the record leaves it open.")
    over: int


class PartyData(Schema):
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
    certain: bool = Field(description="False when it is only possible that they sat on the day.")
    acting: bool
    sample: bool = Field(description="True for invented people.")
    remark: str
    source: str | None
    source_url: str | None


class MajorityData(Schema):
    name: str
    base: str
    of: int
    votes: int


class PersonReference(Schema):
    person: int
    name: str
    sample: bool


class SpanData(Schema):
    start: date | None
    end: date | None = Field(description="The first day after; null when none is known.")


class DemandData(Schema):
    step: str
    by: str | None


class ExplanationData(Schema):
    """Why a finding is known and accepted; from the day it expires it alarms again."""

    reason: str
    source: str
    source_url: str
    expires: date | None


class FindingData(Schema):
    code: str
    severity: str
    institution: str
    on: date
    days: SpanData | None = Field(description="Days around the day on which it goes on holding.")
    message: str
    cure: str
    group: str | None
    rule: int | None
    article: str
    territory: str | None
    renewal_class: str | None
    expected: int | None
    found: int | None
    since: date | None
    due: date | None = Field(description="By when a vacancy is to be filled, or a term ran out.")
    overdue: bool
    missing: list[DemandData] = Field(description="Steps that the designation lacks.")
    elsewhere: str | None = Field(description="The institution of the other mandate.")
    subject: str | None
    people: list[PersonReference]
    predecessors: list[PersonReference]
    sample: bool = Field(description="True when it rests on invented people.")
    explanation: ExplanationData | None


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
    parties: list[PartyData]
    members: list[MemberData]
    officers: list[MemberData]
    majorities: list[MajorityData]
    findings: list[FindingData]


class Refusal(Schema):
    detail: str = Field(description="What is wrong with the question, and what would be right.")
