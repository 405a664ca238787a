"""Two days of an institution compared, as answers."""

from __future__ import annotations

from ninja import Field, Schema

from registry.api.schemas.compositions import MemberData, TallyData
from registry.api.schemas.findings import FindingData, PersonReference
from registry.api.schemas.rules import RuleData


class SeatData(Schema):
    group: str | None
    territory: str | None


class PartyChangeData(PersonReference):
    before: str | None
    after: str | None


class SeatChangeData(PersonReference):
    before: SeatData
    after: SeatData


class RuleChangeData(Schema):
    group: str
    name: str
    before: RuleData | None = Field(description="Null when the group had no rule.")
    after: RuleData | None = Field(description="Null when the group has no rule any more.")


class ComparisonData(Schema):
    """What differs between two days, by person: a new mandate in the same seat is no change."""

    institution: str
    before: TallyData
    after: TallyData
    stayed: int = Field(description="How many persons sit on both days.")
    came: list[MemberData]
    left: list[MemberData] = Field(description="`end_reason` says why, where it is recorded.")
    unsure: list[MemberData] = Field(
        description="Those of whom the dates leave it open whether they came or left."
    )
    changed_party: list[PartyChangeData]
    changed_seat: list[SeatChangeData]
    rules: list[RuleChangeData]
    findings_gone: list[FindingData]
    findings_new: list[FindingData]
