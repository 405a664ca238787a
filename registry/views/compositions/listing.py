"""Whom a composition lists, filtered and sorted as the address asks: for the page and its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.findings import Finding
from registry.forms.questions import Choice, given_once, one_of
from registry.models.naming import latin
from registry.models.typed import Typed
from registry.views.compositions.roster import Row, Shape, Vacancy, Writer
from registry.views.drawings import drawing

SORTS = ("name", "party", "seat", "territory", "start", "end")
STATUSES = ("filled", "possible", "vacant")
WITHOUT = "none"  # as a filter: those without a party, a seat group, or a territory


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks of the roster."""

    name: str
    party: str
    seat: str
    territory: str
    status: str
    sort: str

    @classmethod
    def read(cls, query: QueryDict, composition: Composition) -> Filters:
        """A chamber of territories is sorted by them, unless the address asks otherwise.

        Raises `BadQuestion` for an order or a status that does not exist, or anything given twice.
        """
        territorial = any(rule.territorial for rule in composition.rules)
        return cls(
            name=given_once(query, "name").strip()[:100],
            party=given_once(query, "party")[:100],
            seat=given_once(query, "seat")[:100],
            territory=given_once(query, "territory")[:100],
            status=one_of(query, "status", STATUSES, ""),
            sort=one_of(query, "sort", SORTS, "territory" if territorial else "name"),
        )

    @property
    def active(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> dict[str, str]:
        """What the address says of them, the order apart."""
        asked = {
            "name": self.name,
            "party": self.party,
            "seat": self.seat,
            "territory": self.territory,
            "status": self.status,
        }
        return {name: value for name, value in asked.items() if value}

    def keeps_vacancy(self, vacancy: Vacancy) -> bool:
        """An empty seat has no name and no party."""
        return (
            self.status in ("", "vacant")
            and not self.name
            and not self.party
            and self._seated(vacancy.group_slug, vacancy.territory_slug)
        )

    def keeps(self, row: Row, status: str) -> bool:
        """Whether to show somebody, the name apart."""
        if self.status not in ("", status):
            return False
        if self.party and self.party != (row.party_slug or WITHOUT):
            return False
        return self._seated(row.group_slug, row.territory_slug)

    def _seated(self, group_slug: str, territory_slug: str) -> bool:
        """Whether a seat of a group, and of a territory, is among those asked for."""
        groups, territories = ("", group_slug or WITHOUT), ("", territory_slug or WITHOUT)
        return self.seat in groups and self.territory in territories


@dataclass(frozen=True, slots=True)
class Listing:
    """Who is shown: `rows` sit for certain, `possible` may sit. `everybody` is who sits for
    certain without filters, and `undecided` who may."""

    filters: Filters
    vacancies: list[Vacancy]
    rows: list[Row]
    possible: list[Row]
    everybody: list[Row]
    undecided: list[Row]

    @property
    def vacant_seats(self) -> int:
        """How many empty seats are shown; one line may stand for several."""
        return sum(vacancy.seats for vacancy in self.vacancies)

    @property
    def parties(self) -> list[Choice]:
        return _choices(
            self.everybody, "party_slug", "party", self.filters.party, drawing.no_party()
        )

    @property
    def groups(self) -> list[Choice]:
        nothing = _("Seat group not recorded")
        return _choices(self.everybody, "group_slug", "seat", self.filters.seat, nothing)

    @property
    def territories(self) -> list[Choice]:
        chosen = self.filters.territory
        nothing = _("Without a territory")
        found = _choices(self.everybody, "territory_slug", "territory", chosen, nothing)
        in_order = in_alphabet()
        return sorted(found, key=lambda each: (each.value == WITHOUT, in_order(each.label)))

    @property
    def statuses(self) -> list[Choice]:
        labels = {
            "filled": _("Members"),
            "possible": _("Perhaps in office"),
            "vacant": _("Vacant seats"),
        }
        return [Choice(name, labels[name], name == self.filters.status) for name in STATUSES]

    def sorts(self, shape: Shape) -> list[Choice]:
        """What the rows can be sorted by."""
        chosen = self.filters.sort
        heads = dict(shape.heads) | {"start": _("First day"), "end": _("Last day")}
        if chosen not in heads:  # kept in the address from a day that has such a column
            heads[chosen] = "—"
        return [Choice(name, label, name == chosen) for name, label in heads.items()]


def listing_of(
    composition: Composition, findings: Iterable[Finding], filters: Filters, writer: Writer
) -> Listing:
    certain, possible = [], []
    for sitting in composition.members:
        sure = sitting.presence(composition.day) is Presence.YES
        (certain if sure else possible).append(writer.row(sitting))
    called = _called(filters.name)

    def kept(rows: Iterable[Row], status: str) -> list[Row]:
        found = [row for row in rows if filters.keeps(row, status) and called(row.spelled)]
        return sorted_rows(found, filters.sort)

    return Listing(
        filters=filters,
        vacancies=[each for each in writer.vacancies(findings) if filters.keeps_vacancy(each)],
        rows=kept(certain, "filled"),
        possible=kept(possible, "possible"),
        everybody=certain,
        undecided=possible,
    )


def _called(typed: str) -> Callable[[str], bool]:
    """Whether a name, in all spellings that are shown, has what was typed: words, or a part."""
    words, part = Typed(typed), latin(typed)

    def fits(spelled: str) -> bool:
        return part in latin(spelled) or bool(words and words.fits([spelled]))

    return fits if typed else lambda spelled: True


def sorted_rows(rows: Iterable[Row], sort: str) -> list[Row]:
    """Rows in an order of `SORTS`, ties by name, in the alphabet of the reader's language."""
    in_order = in_alphabet()
    by_name = sorted(rows, key=lambda row: in_order(row.name))
    match sort:
        case "party":
            sizes = Counter(row.party for row in by_name)
            by_name.sort(key=lambda row: (not row.party, -sizes[row.party], in_order(row.party)))
        case "seat":
            by_name.sort(key=lambda row: (not row.group_slug, in_order(row.seat)))
        case "territory":
            by_name.sort(key=lambda row: (not row.territory, in_order(row.territory)))
        case "start":
            by_name.sort(key=attrgetter("start"))
        case "end":
            by_name.sort(key=attrgetter("end"))
    return by_name


def in_alphabet() -> Callable[[str], str]:
    """Where a text stands in the alphabet of the reader's language; a text is looked at once."""
    language = get_language() or "en"
    return lru_cache(maxsize=None)(lambda text: sort_key(text, language))


def _choices(
    rows: Sequence[Row], field: str, label: str, chosen: str, nothing: str
) -> list[Choice]:
    """What a column can be filtered by, with how many rows each has."""
    counts: Counter[tuple[str, str]] = Counter(
        (getattr(row, field) or WITHOUT, getattr(row, label) if getattr(row, field) else nothing)
        for row in rows
    )
    found = [
        Choice(value, f"{text} ({number})", value == chosen)
        for (value, text), number in counts.most_common()
    ]
    if chosen and not any(choice.chosen for choice in found):
        found.append(Choice(chosen, f"{chosen[:40]} (0)", True))
    return found
