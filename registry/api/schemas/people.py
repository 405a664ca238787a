"""People, parties, territories and convocations as answers."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class DatesData(Schema):
    """Days in office or in session: `end` is the first day out of it."""

    start: str | None = Field(description="A day, a month, a year or a span; null: not recorded.")
    start_precision: str = Field(description="day, month, year, span or none")
    end: str | None = Field(description="Null while it lasts, or when nobody recorded the day.")
    end_precision: str | None = Field(description="Null while it lasts; none: ended, day unknown.")


class MandateData(DatesData):
    appointment: int
    institution: str
    convocation: int | None
    group: str | None
    territory: str | None
    parties: list[str] = Field(description="The addresses of the parties sat for, in order.")
    acting: bool
    designation: str
    end_reason: str
    in_office: str = Field(description="On the day asked about: yes, no or possibly.")


class PersonData(Schema):
    person: int = Field(description="The number in the addresses of this registry.")
    person_id: str = Field(description="The permanent id.")
    name: str
    names: dict[str, str] = Field(description="In full, by language; und: language not stated.")
    sort_names: dict[str, str]
    other_names: list[str]
    birth: str | None
    gender: str
    identifiers: dict[str, str] = Field(description="By scheme.")
    sample: bool = Field(description="True for somebody invented.")


class PersonInFull(PersonData):
    on: date
    mandates: list[MandateData]


class PeopleData(Schema):
    """A page of a list; `pages` says how many there are."""

    count: int
    page: int
    pages: int
    people: list[PersonData]


class PartyData(Schema):
    slug: str
    name: str
    names: dict[str, str]
    abbreviation: str
    other_names: list[str]
    identifiers: dict[str, str]
    sample: bool


class TerritoryData(Schema):
    slug: str
    name: str
    names: dict[str, str] = Field(description="Those of the day, by language.")
    kind: str | None = Field(description="Its kind on the day; null when it did not exist.")
    exists: bool = Field(description="Whether it existed on the day.")
    continued_by: str | None
    part_of: str | None = Field(description="The territory that it split off from.")


class ConvocationData(DatesData):
    institution: str
    number: int
    elected: date | None = Field(description="The first election day, if recorded.")
