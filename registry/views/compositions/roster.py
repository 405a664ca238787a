"""The roster of a composition as rows of text.

A roster has thousands of rows, so everything a row shows is made here, once for all rows that
share it; the template only writes it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.facts import SeatRule, Sitting
from registry.domain.findings import Finding, Problem
from registry.models.fields import best_text
from registry.templatetags.days import dates_inherited, term_in_words
from registry.templatetags.half_circle import swatch
from registry.templatetags.pages import native_spelling
from registry.templatetags.wording import why_ended
from registry.views.drawings.palette import Palette, square

SOURCE_LENGTH = 28


class Row(NamedTuple):
    """One member. Texts in the reader's language; `native` is the name in the state's own."""

    url: str
    name: str
    name_lang: str
    native: str
    native_lang: str
    sample: bool
    acting: bool
    key: SafeString
    party: str
    party_lang: str
    party_url: str
    seat: str
    territory: str
    territory_url: str
    term: str
    inherited: str
    reason: str
    remark: str
    source: str
    source_title: str
    source_url: str
    party_slug: str
    group_slug: str
    territory_slug: str
    appointment: int
    start: date
    end: date

    @property
    def spelled(self) -> str:
        return f"{self.name} {self.native}"


class Vacancy(NamedTuple):
    """Seats known to be empty: one with its last holder, or all those without one."""

    seats: int
    text: str
    since: date | None
    days: int | None
    seat: str
    territory: str
    territory_url: str
    holder: str
    holder_url: str
    holder_sample: bool
    group_slug: str
    territory_slug: str


class Column(NamedTuple):
    """The head of a column; `url` sorts by it, "" where the table cannot be sorted."""

    label: str
    url: str
    current: bool


class Writer:
    """Writes sittings as rows, keeping what many rows share."""

    def __init__(
        self, composition: Composition, palette: Palette, *, today: date, language: str, carry: str
    ) -> None:
        self.composition = composition
        self.palette = palette
        self.today = today
        self.language = language
        self.carry = carry
        # One address built by Django; the others differ in id and slug alone.
        self.people = reverse("person", args=[0, "x"]).removesuffix("0-x/")
        self.places = reverse("territory", args=["x"]).removesuffix("x/")
        self.parties = reverse("party", args=["x"]).removesuffix("x/")
        self.territories = {
            each.id: (best_text(each.names_on(composition.day), language)[0], each.slug)
            for each in composition.snapshot.territories
        }
        self._rules: dict[int | None, SeatRule | None] = {}
        self._seats: dict[int | None, tuple[str, str]] = {
            group.id: (best_text(group.names, language)[0], group.slug)
            for group in composition.snapshot.groups
        }
        self._terms: dict[tuple, str] = {}

    def person_url(self, sitting: Sitting) -> str:
        return f"{self.people}{sitting.person_id}-{sitting.person_slug}/{self.carry}"

    def row(self, sitting: Sitting) -> Row:
        name, name_lang = best_text(sitting.name, self.language)
        native, native_lang = native_spelling(sitting.name, name, self.language)
        group = sitting.group_id
        if group not in self._rules:
            self._rules[group] = self.composition.rule_of(sitting)
        rule = self._rules[group]
        if group is None and rule is not None:
            group = rule.group.id
        seat, group_slug = self._seats.get(group, (_("Seat group not recorded"), ""))
        territory, territory_slug = self.territories.get(sitting.territory_id, ("", ""))
        party, party_lang = best_text(sitting.party_name, self.language)
        title = sitting.source_title or ""
        return Row(
            url=self.person_url(sitting),
            name=name,
            name_lang=_other(name_lang, self.language),
            native=native,
            native_lang=native_lang,
            sample=sitting.sample,
            acting=sitting.acting,
            key=swatch(self.palette.party(sitting.party_slug), square(rule)) if party else "",
            party=party,
            party_lang=_other(party_lang, self.language),
            party_url=f"{self.parties}{sitting.party_slug}/{self.carry}" if party else "",
            seat=seat,
            territory=territory,
            territory_url=f"{self.places}{territory_slug}/{self.carry}" if territory_slug else "",
            term=self.term(sitting),
            inherited=dates_inherited(sitting.start_inherited, sitting.end_inherited),
            reason=why_ended(sitting.end_reason),
            remark=sitting.note,
            source=title if len(title) <= SOURCE_LENGTH else Truncator(title).chars(SOURCE_LENGTH),
            source_title=title,
            source_url=sitting.source_url or "",
            party_slug=sitting.party_slug or "",
            group_slug=group_slug,
            territory_slug=territory_slug,
            appointment=sitting.appointment_id,
            end=_last_day(sitting),
            start=sitting.start_earliest or sitting.start_latest or date.min,
        )

    def term(self, sitting: Sitting) -> str:
        key = (
            sitting.start_earliest,
            sitting.start_latest,
            sitting.has_ended,
            sitting.end_earliest,
            sitting.end_latest,
        )
        if key not in self._terms:
            self._terms[key] = term_in_words(sitting.start, sitting.end, self.today)
        return self._terms[key]

    def vacancies(self, findings: Iterable[Finding]) -> list[Vacancy]:
        """A line for each empty seat whose last holder is known, one for all others of a rule.

        A finding of no rule counts the whole body; the seats told of before are not told again.
        """
        found: list[Vacancy] = []
        vacant = [each for each in findings if each.problem is Problem.VACANT_SEATS]
        for finding in sorted(vacant, key=lambda each: each.rule is None):
            if finding.rule and finding.rule.group.inner:
                continue
            missing = (finding.expected or 0) - (finding.found or 0) - finding.doubtful
            if finding.rule is None:
                missing = (self.composition.vacant or 0) - sum(each.seats for each in found)
            for sitting in finding.predecessors[:missing]:
                found.append(self._vacancy(finding, 1, sitting.end_latest, sitting))
            if (rest := missing - len(finding.predecessors)) > 0:
                found.append(self._vacancy(finding, rest, finding.since, None))
        return found

    def _vacancy(
        self, finding: Finding, seats: int, since: date | None, holder: Sitting | None
    ) -> Vacancy:
        day = self.composition.day
        place = finding.territory
        territory, slug = self.territories.get(place.id, ("", "")) if place else ("", "")
        group = finding.rule.group if finding.rule else None
        return Vacancy(
            seats=seats,
            text=_("Vacant seat")
            if seats == 1
            else ngettext("%(n)s vacant seat", "%(n)s vacant seats", seats) % {"n": seats},
            since=since,
            days=(day - since).days if since and since <= day else None,
            seat=best_text(group.names, self.language)[0] if group else "",
            territory=territory,
            territory_url=f"{self.places}{slug}/{self.carry}" if slug else "",
            holder=best_text(holder.name, self.language)[0] if holder else "",
            holder_url=self.person_url(holder) if holder else "",
            holder_sample=holder is not None and holder.sample,
            group_slug=group.slug if group else "",
            territory_slug=slug,
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns a roster needs: an empty one would only take room."""

    parties: bool = False
    seats: bool = True
    territories: bool = False
    sources: bool = False

    @classmethod
    def of(cls, rows: Iterable[Row], *, seats: bool = True) -> Shape:
        rows = list(rows)
        return cls(
            parties=any(row.party for row in rows),
            seats=seats,
            territories=any(row.territory for row in rows),
            sources=any(row.source for row in rows),
        )

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns that the rows can be sorted by."""
        heads = [
            ("name", _("Name"), True),
            ("party", _("Party or group"), self.parties),
            ("seat", _("How seated"), self.seats),
            ("territory", _("Territory"), self.territories),
            ("start", _("Term"), True),
        ]
        return [(name, label) for name, label, shown in heads if shown]

    def columns(self, sort: str | None = None, kept: str = "") -> list[Column]:
        """The heads; with `sort`, the order of the rows, they are links that change it."""
        current = "start" if sort == "end" else sort  # both are days of the term
        columns = [
            Column(label, "" if sort is None else f"?{kept}sort={name}#roster", name == current)
            for name, label in self.heads
        ]
        return [*columns, Column(_("Source"), "", False)] if self.sources else columns


def _other(spoken: str, language: str) -> str:
    """The language of a text, where a page in `language` has to say it."""
    return "" if spoken in (language, "und") else spoken


def _last_day(sitting: Sitting) -> date:
    """The end of a term as a key to sort by: whoever is still in office comes last."""
    return sitting.end_latest or sitting.end_earliest or date.max
