"""Votes as answers: what each decision takes on a day."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from registry.api.schemas.compositions import MajorityData, TallyData


class ChamberData(TallyData):
    """A part of an institution that has seats, and votes."""

    slug: str
    name: str


class CountData(Schema):
    """The votes that one chamber, or several together, need.

    All numbers are null where none can be given: those present are counted in the sitting
    itself, and a roster that is not declared complete says nothing of filled seats.
    """

    chambers: list[str]
    of: int | None = Field(description="The number that the share is taken of.")
    votes: int | None = Field(description="The least number of votes that is enough.")
    of_most: int | None = Field(description="The number it might be, where dates leave it open.")
    votes_most: int | None = Field(description="The votes needed of that number.")


class DecisionData(Schema):
    """A decision, and the votes that the law of the day asks for."""

    slug: str
    subject: str
    procedure: str
    step: int = Field(description="Its place on the path of the procedure.")
    body: str | None = Field(description="The institution that decides; null for the voters.")
    article: str = Field(description="The article alone; `act` names the act.")
    act: str
    is_vote: bool = Field(description="False for a step that somebody takes without a vote.")
    each_chamber: bool = Field(description="Whether each chamber needs the votes by itself.")
    share: str | None = Field(description="Such as 2/3; null when the law gives no number.")
    comparison: str | None = Field(description="at_least, or more_than the share")
    base: str | None = Field(
        description="What the share is taken of: all_seats, filled, present, votes_cast."
    )
    within_days: int | None
    within_months: int | None
    condition: str
    confidence: str
    remark: str
    counts: list[CountData]


class MajoritiesData(Schema):
    """The usual thresholds of an institution, and what each decision takes on the day."""

    institution: str
    on: date
    state: str
    required: int | None
    filled: int
    majorities: list[MajorityData]
    chambers: list[ChamberData] = Field(description="Its parts that have seats on the day.")
    joint: list[MajorityData] = Field(
        description="The usual thresholds of all seats of the chambers in a joint sitting."
    )
    decisions: list[DecisionData] = Field(
        description="Those of its own rules, and of the institution that it is a part of."
    )
