"""What is to come, as answers: seats filled anew, and terms that end."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from registry.api.schemas.findings import PersonReference, SpanData


class RenewalData(Schema):
    """Seats that are filled anew on a day: of one class, of a group, or of the whole body."""

    day: date
    known: bool = Field(description="False for a forecast: a term after the last known election.")
    group: str | None = Field(description="Null when the whole body is elected.")
    name: str
    renewal_class: str | None
    class_name: str
    seats: int | None = Field(
        description="From rule, class and the territories of the day; null if not recorded."
    )
    called: date | None = Field(description="The day on which the election was called.")
    in_office: date | None = Field(description="First day in office of those elected, if known.")
    before: date | None = Field(description="The election that the terms are counted from.")
    terms_end: date | None = Field(description="When the terms before it run out.")
    due: date | None = Field(description="The last day on which the law wants the election.")
    rule: int | None
    article: str = Field(description="The act and the article in words.")


class RenewalsData(Schema):
    institution: str
    on: date
    days: SpanData = Field(description="The period: its first day, and the first day after it.")
    renewals: list[RenewalData]


class TermData(PersonReference):
    """A mandate whose term is to end, and what says so."""

    institution: str
    appointment: int
    group: str | None
    territory: str | None
    start: str | None
    end: str | None = Field(description="The end that is recorded; null while in office.")
    end_reason: str
    day: date = Field(description="When the term is to end.")
    basis: str = Field(description="rule, convocation or predecessor: what the end follows from")
    begun: date | None = Field(description="The day that the term is counted from.")
    rule: int | None
    article: str = Field(description="The act and the article in words.")
    convocation: int | None
    elected: str | None = Field(description="The institution whose new election ends the term.")
    predecessor: PersonReference | None = Field(description="Whose unfinished term it is.")
    message: str
