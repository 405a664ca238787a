"""The rows of the list of people, on the page and in its files: each person with a mandate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from registry.domain.dates import PartialDate
from registry.models import Affiliation, Person
from registry.models.appointments import AppointmentQuerySet
from registry.models.dated import covering
from registry.models.fields import best_text
from registry.rosters.columns import LANGUAGES
from registry.serialise.sheets import ON, Cell, Column
from registry.templatetags.days import term_in_words
from registry.templatetags.pages import native_spelling
from registry.views.frame import ShownDay

COLUMNS = (
    ON,
    Column("person", gettext_lazy("The number of the person in the addresses of this site.")),
    Column("person_id", gettext_lazy("The permanent id of the person.")),
    *(Column(f"name_{code}", gettext_lazy("The name in full.")) for code in LANGUAGES),
    *(Column(f"sort_name_{code}", gettext_lazy("The name in lists.")) for code in LANGUAGES),
    Column("sample", gettext_lazy("1 for an invented person, else 0.")),
    Column("mandates", gettext_lazy("How many mandates of the person the list is about.")),
    Column("institution", gettext_lazy("The institution of the latest of these mandates.")),
    Column("convocation", gettext_lazy("Its convocation; empty for a body that knows none.")),
    Column("group", gettext_lazy("Its seat group; empty if not recorded.")),
    Column("territory", gettext_lazy("Its territory; empty if it has none.")),
    Column("party", gettext_lazy("The party or group that the person sits for.")),
    Column("start", gettext_lazy("The first day in office."), days=True),
    Column("start_precision", gettext_lazy("How much of that day is known.")),
    Column("end", gettext_lazy("The first day out of office."), days=True),
    Column("end_precision", gettext_lazy("How much of that day is known; empty if in office.")),
)


class Mandate(NamedTuple):
    """One appointment, as it is read: a list of people has thousands."""

    person: int
    appointment: int
    institution: str
    institution_name: Mapping[str, str]
    number: int | None
    group: str | None
    group_name: Mapping[str, str] | None
    territory: str | None
    territory_name: Mapping[str, str] | None
    start_earliest: date | None
    start_latest: date | None
    has_ended: bool
    end_earliest: date | None
    end_latest: date | None

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.start_earliest, self.start_latest)

    @property
    def end(self) -> PartialDate | None:
        return PartialDate(self.end_earliest, self.end_latest) if self.has_ended else None


MANDATE_COLUMNS = (
    "person_id",
    "id",
    "institution__slug",
    "institution__name",
    "convocation__number",
    "group__slug",
    "group__name",
    "territory__slug",
    "territory__name",
    "start_earliest",
    "start_latest",
    "has_ended",
    "end_earliest",
    "end_latest",
)


class Row(NamedTuple):
    """One person with the latest mandate that the list is about; `more` is how many others."""

    person: Person
    name: str
    lang: str
    native: str
    native_lang: str
    mandate: Mandate | None
    parties: list[tuple[str, str]]
    term: str
    more: int


def _mandates(appointments: AppointmentQuerySet, people: Any) -> dict[int, list[Mandate]]:
    """By person, the mandates that the list is about, the latest first, in one query."""
    rows = (
        appointments.filter(person__in=people)
        .order_by(F("start_earliest").desc(nulls_last=True), "-id")
        .values_list(*MANDATE_COLUMNS)
    )
    found: dict[int, list[Mandate]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Mandate(*row))
    return found


def _parties(appointments: Any, day: date) -> dict[int, list[tuple[str, Mapping[str, str]]]]:
    """By appointment, the parties of the day, else all those that it ever was for."""
    every: dict[int, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    current: dict[int, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    rows = Affiliation.objects.filter(appointment__in=appointments)
    holding = set(rows.filter(covering(day)).order_by().values_list("pk", flat=True))
    for pk, appointment, slug, name in rows.values_list(
        "pk", "appointment_id", "party__slug", "party__name"
    ):
        every[appointment].append((slug, name))
        if pk in holding:
            current[appointment].append((slug, name))
    return every | current


def page_rows(
    people: Iterable[Person], appointments: AppointmentQuerySet, shown: ShownDay, language: str
) -> list[Row]:
    """The people of one page; `appointments` are the mandates that the list is about."""
    people = list(people)
    mandates = _mandates(appointments, [each.pk for each in people])
    latest = [some[0].appointment for some in mandates.values()]
    parties = _parties(latest, shown.day)
    rows = []
    for person in people:
        held = mandates.get(person.pk, [])
        mandate = held[0] if held else None
        name, lang = best_text(person.sort_name or person.name, language)
        native, native_lang = native_spelling(person.sort_name or person.name, name, language)
        rows.append(
            Row(
                person=person,
                name=name,
                lang="" if lang in (language, "und") else lang,
                native=native,
                native_lang=native_lang,
                mandate=mandate,
                parties=[
                    (slug, best_text(texts, language)[0] or slug)
                    for slug, texts in (parties.get(mandate.appointment, ()) if mandate else ())
                ],
                term=term_in_words(mandate.start, mandate.end, shown.today) if mandate else "",
                more=max(0, len(held) - 1),
            )
        )
    return rows


def file_rows(
    people: QuerySet[Person], appointments: AppointmentQuerySet, day: date
) -> Iterator[Mapping[str, Cell]]:
    """Everybody in the list, in as many queries as one page."""
    everybody = people.order_by()
    mandates = _mandates(appointments, everybody.values("pk"))
    about = appointments.filter(person__in=everybody.values("pk")).order_by()
    parties = _parties(about.values("pk"), day)
    for person in people:
        held = mandates.get(person.pk, [])
        row: dict[str, Cell] = {
            "on": day,
            "person": person.pk,
            "person_id": str(person.uid),
            **{f"name_{code}": person.name.get(code, "") for code in LANGUAGES},
            **{f"sort_name_{code}": person.sort_name.get(code, "") for code in LANGUAGES},
            "sample": person.sample,
            "mandates": len(held),
        }
        if held:
            mandate = held[0]
            row |= {
                "institution": mandate.institution,
                "convocation": mandate.number,
                "group": mandate.group,
                "territory": mandate.territory,
                "party": " ".join(slug for slug, _name in parties.get(mandate.appointment, ())),
                "start": str(mandate.start),
                "start_precision": mandate.start.precision.value,
                "end": str(mandate.end) if mandate.end else "",
                "end_precision": mandate.end.precision.value if mandate.end else "",
            }
        yield row
