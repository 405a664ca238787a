"""What a search finds, by kind of record, each with why it was found where its name does not say.

Every kind is looked up in a fixed number of queries, however much there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.domain.alphabets import sort_key
from registry.domain.dates import Presence
from registry.domain.spelling import folded
from registry.models import (
    Act,
    Appointment,
    Institution,
    Party,
    Person,
    SeatGroup,
    Source,
    Territory,
    TerritoryStatus,
)
from registry.models.fields import best_text
from registry.models.typed import Typed
from registry.templatetags.days import life, long_day, term_in_words
from registry.templatetags.pages import names_by_language, native_spelling
from registry.views.frame import ShownDay

OTHER = gettext_lazy("Other spelling")

Words = tuple[str, str]  # a text, and its language where that is not the page's


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found. `why` says what fits where the name shown does not."""

    url: str
    name: Words
    native: Words = ("", "")
    tag: str = ""
    sample: bool = False
    about: list[str] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The records of a kind, the first of them or all; `number` is how many there are."""

    slug: str
    title: str
    number: int
    hits: list[Hit]
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A question put to every kind of record: what was typed, for which day, in which language."""

    typed: Typed
    text: str
    nearly: bool
    shown: ShownDay
    day: date
    language: str
    most: int

    @property
    def carry(self) -> str:
        return "" if self.day == self.shown.today else f"?on={self.day.isoformat()}"

    def groups(self, only: str = "") -> list[Group]:
        return [
            Group(slug, str(title), number, hits)
            for slug, (title, find) in KINDS.items()
            if only in ("", slug)
            for number, hits in [find(self)]
        ]

    def found(self, model: type[Model]) -> Any:
        asked = self.typed.nearly(model) if self.nearly else self.typed.exactly(model)
        return model._default_manager.filter(asked)

    def words(self, texts: Mapping[str, str], instead: str = "") -> Words:
        text, language = best_text(texts, self.language)
        return text or instead, "" if language in (self.language, "und") else language

    def native(self, texts: Mapping[str, str]) -> Words:
        return native_spelling(texts, best_text(texts, self.language)[0], self.language)

    def why(
        self, names: Mapping[str, str], others: Iterable[tuple[str, Iterable[str]]] = ()
    ) -> str:
        """What fits, if it is neither the name that is shown nor the native one beside it."""
        shown = [self.words(names)[0], self.native(names)[0]]
        if self._fit(shown):
            return ""
        for _code, label, text in names_by_language(names):
            if label and self._fit([text]):
                return _("%(language)s: %(name)s") % {"language": label, "name": text}
        found = [(label, text) for label, texts in others for text in texts if self._fit([text])]
        asked = folded(self.text)
        found.sort(key=lambda each: asked not in folded(each[1]))
        return f"{found[0][0]}: {found[0][1]}" if found else ""

    def _fit(self, texts: Iterable[str]) -> bool:
        return self.typed.fits(texts, nearly=self.nearly)

    def in_order(self, rows: Iterable[Any], name: Callable[[Any], str]) -> list[Any]:
        """Those called exactly what was typed first, the others by the alphabet of the page."""
        asked = folded(self.text)
        return sorted(
            rows, key=lambda row: (folded(name(row)) != asked, sort_key(name(row), self.language))
        )


def people(search: Search) -> tuple[int, list[Hit]]:
    rows = search.found(Person).in_alphabetical_order(search.language)
    number = rows.count()
    some = list(rows[: search.most]) if number else []
    mandates: dict[int, list[Appointment]] = defaultdict(list)
    if some:
        held = Appointment.objects.filter(person__in=some).select_related("institution")
        for appointment in held.order_by("start_earliest", "id"):
            mandates[appointment.person_id].append(appointment)
    return number, [
        Hit(
            url=row.get_absolute_url() + search.carry,
            name=search.words(row.sort_name or row.name),
            native=search.native(row.sort_name or row.name),
            sample=row.sample,
            about=list(_offices(mandates[row.pk], search)),
            why=search.why(
                row.name,
                [(_("Name in lists"), row.sort_name.values()), (OTHER, row.other_names)],
            ),
        )
        for row in some
    ]


def _offices(mandates: Sequence[Appointment], search: Search) -> Iterator[str]:
    """What somebody holds on the day, else what they held or will hold last."""
    held = [each for each in mandates if each.term.covers(search.day) is Presence.YES]
    if not held and mandates:
        yield _("Not in office on %(day)s.") % {"day": long_day(search.day)}
    for each in held or mandates[-1:]:
        name = best_text(each.institution.name, search.language)[0]
        yield f"{name}: {term_in_words(each.start, each.end, search.shown.today)}"


def institutions(search: Search) -> tuple[int, list[Hit]]:
    rows = search.in_order(
        search.found(Institution), lambda row: search.words(row.name, row.slug)[0]
    )
    alive = [row for row in rows if row.term.covers(search.day) is not Presence.NO]
    rows = alive + [row for row in rows if row not in alive]
    return len(rows), [
        Hit(
            url=row.get_absolute_url() + search.carry,
            name=search.words(row.name, row.slug),
            native=search.native(row.name),
            tag="" if row in alive else _not_there(row, search.day),
            about=[row.get_branch_display(), life(row.start, row.end)],
            why=search.why(row.name, [(OTHER, row.other_names)]),
        )
        for row in rows[: search.most]
    ]


def _not_there(institution: Institution, day: date) -> str:
    begun = institution.start.earliest
    return _("Not yet founded") if begun and begun > day else _("Ended")


def territories(search: Search) -> tuple[int, list[Hit]]:
    rows = search.found(Territory).prefetch_related("statuses__kind")
    shown = [(row, _status(row, search.day)) for row in rows]
    named = [(row, status, (status and status.name) or row.name) for row, status in shown]
    named = search.in_order(named, lambda each: search.words(each[2], each[0].slug)[0])
    return len(named), [
        Hit(
            url=row.get_absolute_url() + search.carry,
            name=search.words(name, row.slug),
            native=search.native(name),
            tag=best_text(status.kind.name, search.language)[0] if status else "",
            about=[] if status and status.span.covers(search.day) else [_("Not on this day")],
            why=search.why(
                name,
                [
                    (
                        _("Former name") if each.end and each.end <= search.day else OTHER,
                        each.name.values(),
                    )
                    for each in row.statuses.all()
                ]
                + [(OTHER, row.name.values())],
            ),
        )
        for row, status, name in named[: search.most]
    ]


def _status(territory: Territory, day: date) -> TerritoryStatus | None:
    """What a territory is on the day, else what it was last or will be first."""
    statuses = list(territory.statuses.all())
    over = [each for each in statuses if each.start is None or each.start <= day]
    return next(
        (each for each in statuses if each.span.covers(day)),
        over[-1] if over else statuses[0] if statuses else None,
    )


def parties(search: Search) -> tuple[int, list[Hit]]:
    rows = search.in_order(search.found(Party), lambda row: search.words(row.name, row.slug)[0])
    return len(rows), [
        Hit(
            url=row.get_absolute_url() + search.carry,
            name=search.words(row.name, row.slug),
            native=search.native(row.name),
            sample=row.sample,
            about=[row.abbreviation] if row.abbreviation else [],
            why=search.why(row.name, [(OTHER, [row.abbreviation, *row.other_names])]),
        )
        for row in rows[: search.most]
    ]


def rules_and_sources(search: Search) -> tuple[int, list[Hit]]:
    """Seat groups, which lead to the rules of their institution, then acts, then sources."""
    groups = search.in_order(
        search.found(SeatGroup).select_related("institution"),
        lambda row: search.words(row.name, row.slug)[0],
    )
    acts = search.in_order(search.found(Act), lambda row: search.words(row.title, row.slug)[0])
    sources = search.in_order(search.found(Source), lambda row: row.title)
    listed = reverse("sources") + search.carry
    hits = [
        *(
            Hit(
                url=reverse("rules", args=[row.institution.slug]) + search.carry,
                name=search.words(row.name, row.slug),
                native=search.native(row.name),
                tag=_("Seat rules"),
                about=[best_text(row.institution.name, search.language)[0]],
                why=search.why(row.name),
            )
            for row in groups[: search.most]
        ),
        *(
            Hit(
                url=f"{listed}#act-{row.slug}",
                name=search.words(row.title, row.slug),
                tag=_("Act"),
                about=[long_day(row.date)] if row.date else [],
                why=search.why(row.title),
            )
            for row in acts[: search.most]
        ),
        *(
            Hit(
                url=f"{listed}#{row.slug}",
                name=(row.title, ""),
                tag=_("Source"),
                about=[row.get_kind_display()],
            )
            for row in sources[: search.most]
        ),
    ]
    return len(groups) + len(acts) + len(sources), hits[: search.most]


KINDS: dict[str, tuple[Any, Callable[[Search], tuple[int, list[Hit]]]]] = {
    "people": (gettext_lazy("People"), people),
    "institutions": (gettext_lazy("Institutions"), institutions),
    "territories": (gettext_lazy("Territories"), territories),
    "parties": (gettext_lazy("Parties"), parties),
    "rules": (gettext_lazy("Rules and sources"), rules_and_sources),
}
