"""Compares a folder of seeds with what is recorded and writes the differences, whole or nothing.

The folder is the truth for the records it names, unless somebody changed one in the registry
afterwards: what people correct or delete there is left alone and reported as kept. Nothing is
ever deleted because a folder does not name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from registry.models import Citation
from registry.seeds import edits
from registry.seeds.columns import TextsPart
from registry.seeds.faults import Fault, SeedsRefused
from registry.seeds.reading import Draft, Reading
from registry.seeds.references import Ref
from registry.seeds.table import SCHEME, Table
from registry.seeds.tables import TABLES

# Stands in the history of every record that a folder wrote.
REASON = "seeds"
BATCH = 500


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file; `kept` are the numbers of those left alone."""

    file: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    kept: list[int] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.rows - self.new - self.changed - len(self.kept)


@dataclass(slots=True)
class Difference:
    """What a row says otherwise than its record does."""

    record: models.Model
    draft: Draft
    values: dict[str, Any]
    links: dict[str, set[int]]
    missing: list[tuple[int, str]]
    spare: list[Citation]

    def __bool__(self) -> bool:
        return bool(self.values or self.links or self.missing or self.spare)


def load(folder: Path, reason: str = REASON) -> tuple[Tally, ...]:
    """Load every file of `folder`.

    `reason` is written into the history, where it tells what folders wrote from what people
    did. Raises `SeedsRefused` with all faults when there is one; then nothing is written.
    """
    with transaction.atomic():
        reading = Reading(folder)
        if reading.faults:
            raise SeedsRefused(reading.faults)
        loaders = [
            _Loader(table, reading, reason) for table in TABLES if table.name in reading.drafts
        ]
        tallies = tuple(loader.load() for loader in loaders)
        # What can only be seen once all is in place: two rules of a group on one day, a circle.
        if faults := [fault for loader in loaders for fault in loader.faults()]:
            raise SeedsRefused(faults)
        return tallies


class _Loader:
    """Brings the records of one table to what its file says."""

    def __init__(self, table: Table, reading: Reading, reason: str) -> None:
        self.table = table
        self.reading = reading
        self.reason = reason
        self.stored = reading.stored(table.name)
        self.drafts = reading.drafts[table.name]
        self.tally = Tally(table.file, rows=len(self.drafts))
        self.written: list[tuple[models.Model, Draft]] = []

    def load(self) -> Tally:
        old = [draft for draft in self.drafts if draft.key in self.stored]
        new = [draft for draft in self.drafts if draft.key not in self.stored]
        try:
            self._update(old)
            self._create(new)
        except IntegrityError as error:
            raise SeedsRefused([Fault(self.table.file, str(error))]) from error
        self.tally.kept.sort()
        return self.tally

    def faults(self) -> Iterator[Fault]:
        """What the models themselves refuse of the records that were written."""
        for record, draft in self.written:
            try:
                record.clean()
            except ValidationError as error:
                for reason in error.messages:
                    yield Fault(self.table.file, reason, draft.row.number)

    def _update(self, drafts: list[Draft]) -> None:
        absent = [draft for draft in drafts if self.reading.leads_to_absent(draft)]
        self.tally.kept += [draft.row.number for draft in absent]
        drafts = [draft for draft in drafts if draft not in absent]
        citations = self._citations([self.stored[draft.key].pk for draft in drafts])
        found = [self._difference(draft, citations) for draft in drafts]
        differences = [difference for difference in found if difference]
        touched = edits.touched(
            self.table.model, [each.record.pk for each in differences], self.reason
        )
        people = edits.touched(
            Citation, [cited.pk for each in differences for cited in each.spare], self.reason
        )
        dropped = edits.dropped_citations(
            self.table, [each.record.pk for each in differences if each.missing], self.reason
        )
        for each in differences:
            if each.record.pk in touched:
                self.tally.kept.append(each.draft.row.number)
                continue
            each.spare = [cited for cited in each.spare if cited.pk not in people]
            each.missing = [
                cited for cited in each.missing if (each.record.pk, *cited) not in dropped
            ]
            if each:
                self.tally.changed += 1
                self._apply(each)

    def _difference(self, draft: Draft, citations: dict[int, list[Citation]]) -> Difference:
        record = self.stored[draft.key]
        values, links = self._wanted(record, draft)
        here = citations[record.pk]
        wanted = self._cited(draft)
        recorded = {(cited.source_id, cited.place) for cited in here}
        known = draft.citations is not None
        return Difference(
            record,
            draft,
            {name: value for name, value in values.items() if getattr(record, name) != value},
            {
                name: ids
                for name, ids in links.items()
                if {each.pk for each in getattr(record, name).all()} != ids
            },
            missing=[cited for cited in wanted if cited not in recorded],
            spare=[c for c in here if known and (c.source_id, c.place) not in wanted],
        )

    def _apply(self, difference: Difference) -> None:
        record = difference.record
        self.written.append((record, difference.draft))
        record._change_reason = self.reason
        for name, value in difference.values.items():
            setattr(record, name, value)
        if difference.values:
            record.save()
        for name, ids in difference.links.items():
            getattr(record, name).set(ids)
        for cited in difference.spare:
            cited._change_reason = self.reason
            cited.delete()
        self._cite((record, cited) for cited in difference.missing)

    def _create(self, drafts: list[Draft]) -> None:
        """Write new records; those that lead to others of the same file come after these."""
        gone = edits.deleted(self.table, self.reason) if drafts else set()
        waiting = drafts
        while waiting:
            ready = [draft for draft in waiting if self._can_be_written(draft)]
            if not ready:
                reason = _("The rows lead to each other in a circle.")
                raise SeedsRefused([Fault(self.table.file, reason, row=waiting[0].row.number)])
            wave = []
            for draft in ready:
                if self._identity(draft) in gone or self.reading.leads_to_absent(draft):
                    self.reading.absent.add((self.table.name, draft.key))
                    self.tally.kept.append(draft.row.number)
                else:
                    wave.append(draft)
            self._create_wave(wave)
            done = {draft.row.number for draft in ready}
            waiting = [draft for draft in waiting if draft.row.number not in done]

    def _can_be_written(self, draft: Draft) -> bool:
        """Whether whatever the row leads to in its own file is there, or never will be."""
        return all(
            ref.key in self.stored or (ref.table, ref.key) in self.reading.absent
            for ref in draft.references()
            if ref.table == self.table.name
        )

    def _identity(self, draft: Draft) -> tuple[Any, ...]:
        if self.table.identified_by:
            return draft.key
        if self.reading.leads_to_absent(draft):
            return ()
        values, _links = self._wanted(self.table.model(), draft)
        blank = self.table.model()
        return tuple(values.get(name, getattr(blank, name)) for name in self.table.key_attributes)

    def _create_wave(self, drafts: list[Draft]) -> None:
        made = []
        for draft in drafts:
            record = self.table.model()
            values, links = self._wanted(record, draft)
            for name, value in values.items():
                setattr(record, name, value)
            self.stored[draft.key] = record
            made.append((record, draft, links))
            self.written.append((record, draft))
        self._save_new(self.table.model, [record for record, _draft, _links in made])
        if self.table.identified_by:
            identifiers = [
                self.table.identified_by(person=record, scheme=SCHEME, value=draft.key[0])
                for record, draft, _links in made
            ]
            self._save_new(self.table.identified_by, identifiers)
        for record, _draft, links in made:
            record._change_reason = self.reason
            for name, ids in links.items():
                if ids:
                    getattr(record, name).set(ids)
        self._cite(
            (record, cited) for record, draft, _links in made for cited in self._cited(draft)
        )
        self.tally.new += len(made)

    def _save_new(self, model: type[models.Model], records: list[models.Model]) -> None:
        bulk_create_with_history(records, model, BATCH, default_change_reason=self.reason)

    def _wanted(
        self, record: models.Model, draft: Draft
    ) -> tuple[dict[str, Any], dict[str, set[int]]]:
        """What the row says, by attribute: plain values, and links to many records by id."""
        values: dict[str, Any] = {}
        links: dict[str, set[int]] = {}
        for name, value in draft.values.items():
            if isinstance(value, Ref) and value.part:
                continue
            field_ = record._meta.get_field(name)
            if field_.many_to_many:
                links[name] = {self._id(ref) for ref in value}
            elif isinstance(value, TextsPart):
                texts = getattr(record, name) | value.texts
                values[name] = {code: text for code, text in texts.items() if text}
            else:
                values[field_.attname] = self._id(value) if isinstance(value, Ref) else value
        return values, links

    def _id(self, ref: Ref) -> int:
        return self.reading.stored(ref.table)[ref.key].pk

    def _cited(self, draft: Draft) -> list[tuple[int, str]]:
        return [(self._id(source), place) for source, place in draft.citations or ()]

    def _citations(self, ids: list[int]) -> dict[int, list[Citation]]:
        found: dict[int, list[Citation]] = defaultdict(list)
        if self.table.cited and ids:
            link = f"{self.table.cited}_id"
            for cited in Citation.objects.filter(**{f"{link}__in": ids}):
                found[getattr(cited, link)].append(cited)
        return found

    def _cite(self, pairs: Iterable[tuple[models.Model, tuple[int, str]]]) -> None:
        citations = [
            Citation(source_id=source, place=place, **{self.table.cited: record})
            for record, (source, place) in pairs
        ]
        if citations:
            self._save_new(Citation, citations)
