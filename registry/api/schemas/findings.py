"""Findings as answers: what does not fit, whom it is about, and what would cure it."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


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


class PredecessorData(PersonReference):
    left: date | None
    reason: str


class FillingData(Schema):
    designation: str
    method: str
    chosen_by: str | None = Field(description="Null for the voters.")
    proposed_by: str | None
    consented_by: str | None
    within_months: int | None


class FindingData(Schema):
    code: str
    severity: str = Field(description="error, warning or information")
    institution: str
    on: date = Field(description="The day asked about; the first of its days in a period.")
    days: SpanData | None = Field(description="Days around the day on which it goes on holding.")
    message: str
    cure: str
    group: str | None
    rule: int | None
    article: str = Field(description="The act and the article in words.")
    territory: str | None
    renewal_class: str | None
    expected: int | None
    found: int | None
    since: date | None
    due: date | None = Field(description="By when a vacancy is to be filled, or a term ran out.")
    overdue: bool = Field(description="Whether that day had come on the day of `on`.")
    missing: list[DemandData] = Field(description="Steps that the designation lacks.")
    elsewhere: str | None = Field(description="The institution of the other mandate.")
    subject: str | None
    people: list[PersonReference]
    predecessors: list[PredecessorData] = Field(description="Who held the vacant seats last.")
    filling: FillingData | None = Field(description="Who is to fill a vacancy, and how.")
    sample: bool = Field(description="True when it rests on invented people.")
    explanation: ExplanationData | None
