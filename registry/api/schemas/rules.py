"""The law of seats as answers: rules, eras, and totals that sources state."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class PartData(Schema):
    """What one rule gives in an era, such as 2 for each of 16 territories."""

    group: str
    name: str
    seats: int | None = Field(description="Null when the number is not recorded.")
    territories: int | None = Field(description="How many fill seats; null if none do.")
    rule: int
    article: str = Field(description="The article alone; `act` names the act.")
    act: str


class EraData(Schema):
    """Days on which the law asked for the same seats."""

    start: date | None
    end: date | None = Field(description="The first day after; null while it goes on.")
    total: int | None = Field(description="Null when a part is not recorded.")
    parts: list[PartData]


class PlaceData(Schema):
    source: str
    source_url: str
    place: str = Field(description="Where in the source.")


class ClassData(Schema):
    slug: str
    name: str
    seats: int | None = Field(description="Null where each territory has one seat of the class.")


class RuleData(Schema):
    """How many seats a group has while the rule is in force, and how they are filled."""

    rule: int
    group: str
    name: str
    inner: bool = Field(description="An office held beside a seat, not counted among the seats.")
    start: date | None = Field(description="First day in force.")
    end: date | None = Field(description="First day no longer in force.")
    first_applied: date | None = Field(description="The first election held under it.")
    seats: int | None
    seats_per_territory: int | None
    territory_kinds: list[str]
    unlimited: bool = Field(description="As many as qualify, on top of the other seats.")
    designation: str = Field(description="elected, appointed or ex_officio")
    method: str
    chosen_by: str | None = Field(description="Who elects or appoints; null for the voters.")
    proposed_by: str | None
    consented_by: str | None
    by_act: bool = Field(description="Whether each appointment demands an act.")
    minimum_age: int | None = Field(description="In years, on the first day in office.")
    eligibility: str
    term_years: int | None
    resigns_before: str | None = Field(
        description="The institution whose new election ends the term."
    )
    renewal: str
    renewal_years: int | None = Field(description="Years between two renewals of a part.")
    election_months: int | None = Field(
        description="How long before the end of the terms the law wants the election."
    )
    vacancy_months: int | None = Field(description="How long a vacancy may last.")
    classes: list[ClassData] = Field(description="Seats that are renewed together.")
    article: str = Field(description="The article alone; `act` names the act.")
    act: str
    act_slug: str | None
    confidence: str
    remark: str
    sources: list[PlaceData]


class StatedData(Schema):
    """A total that a source states, beside what the rules add up to on the days it speaks of."""

    total: int
    source: str
    source_url: str
    start: date | None
    end: date | None
    convocation: int | None = Field(description="If the source speaks of one convocation.")
    computed: list[int] = Field(description="What the rules add up to on those days.")
    agrees: bool | None = Field(description="Null when the rules give no number.")


class RulesData(Schema):
    """All rules an institution ever had, and which of them hold on the day.

    A convocation sits under the rules of its election: `required` and `sitting_under` are of the
    sitting body, `required_by_law` and `in_force` of the day itself.
    """

    institution: str
    on: date
    state: str
    convocation: int | None
    required: int | None
    required_by_law: int | None
    in_force: list[int] = Field(description="The rules in force on the day.")
    sitting_under: list[int] = Field(description="The rules that the sitting body is under.")
    eras: list[EraData]
    rules: list[RuleData]
    stated_totals: list[StatedData]
