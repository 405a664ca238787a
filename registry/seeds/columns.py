"""How a cell becomes part of a record. Every kind of column is one class."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

from registry.domain.dates import UNKNOWN, PartialDate

Key = tuple[str, ...]
Cells = Mapping[str, str]
# Says what is wrong with a column of the row that is being read.
Say = Callable[[str, str], None]

ENDED = "unknown"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_YES, _NO = ("1", "yes", "true"), ("", "0", "no", "false")


@dataclass(frozen=True, slots=True)
class TextsPart:
    """Texts for some languages; those of other languages stay as they are."""

    texts: dict[str, str]


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds several values: `ipu-95; jam-senate95`."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def texted(value: Any) -> str:
    """A stored value as a cell of the seeds writes it; keys are compared in this form."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case _:
            return str(value)


class Misread(ValueError):
    """A cell that cannot be read; the text says what would be right."""


@dataclass(frozen=True)
class Column:
    """Cells of one row that together say one thing. `required` ones must be filled."""

    header: str
    required: bool = False

    @property
    def needed(self) -> bool:
        """Whether a file must have the column; else a missing one says nothing."""
        return self.required

    def headers(self) -> tuple[str, ...]:
        return (self.header,)

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        """What the cells say, by attribute of the model."""
        raise NotImplementedError

    def key_text(self, cells: Cells, model: type[models.Model]) -> str:
        """The cell as it stands in a key, whichever way it was written."""
        return cells.get(self.header, "")

    def key_attributes(self) -> tuple[str, ...]:
        """Where a record of the history keeps what the cell says, if the cell is in the key."""
        return ()


@dataclass(frozen=True)
class Named(Column):
    """The key by which a record is known although no attribute of its own holds it."""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        if len(cells[self.header]) > 200:
            say(self.header, _("The key is longer than 200 characters."))
        return {}


@dataclass(frozen=True)
class Cell(Column):
    """One cell for one field of the model, whose type decides how the cell is read."""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        try:
            return {self.header: _parsed(cells[self.header], model._meta.get_field(self.header))}
        except Misread as error:
            say(self.header, str(error))
            return {}

    def key_text(self, cells: Cells, model: type[models.Model]) -> str:
        text = cells.get(self.header, "")
        try:
            return texted(_parsed(text, model._meta.get_field(self.header)))
        except Misread:
            return text

    def key_attributes(self) -> tuple[str, ...]:
        return (self.header,)


def _parsed(text: str, field: models.Field) -> Any:
    match field:
        case models.BooleanField():
            if text.lower() not in _YES + _NO:
                raise Misread(_("Write 1 for yes; leave it empty for no."))
            return text.lower() in _YES
        case _ if not text and field.null:
            return None
        case models.DateField():
            return _day(text)
        case models.IntegerField():
            # SQLite has room for any number; PostgreSQL, where the seeds may go next, has not.
            _least, most = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
            if not _NUMBER.fullmatch(text) or int(text) > most:
                raise Misread(
                    _("Write a whole number, such as 47, of %(most)d at most.") % {"most": most}
                )
            return int(text)
        case _ if field.choices and text:
            known = [value for value, _label in field.flatchoices]
            if text not in known:
                raise Misread(_("Write one of: %(known)s.") % {"known": ", ".join(known)})
    try:
        return field.clean(text, None)
    except ValidationError as error:
        raise Misread(" ".join(error.messages)) from error


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise Misread(_("There is no such day. Write a day such as 2014-06-12.")) from None
    raise Misread(_("Write a day such as 2014-06-12."))


def same_date(text: str) -> str:
    """A date as it stands in a key, whichever way it was written."""
    try:
        return str(_partial(text)) if text else ""
    except Misread:
        return text


def _partial(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise Misread(
            _("Write a date such as 2014, 2014-06, 2014-06-12 or [2014-06-12..2014-08-01].")
        ) from None


@dataclass(frozen=True)
class Names(Column):
    """A text in several languages, a column for each: `name_en`, `name_kk`."""

    def languages(self) -> dict[str, str]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {f"{self.header}_{code}": code for code in (*codes, "und")}

    def headers(self) -> tuple[str, ...]:
        return tuple(self.languages())

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        texts = {code: cells[name] for name, code in self.languages().items() if name in cells}
        if self.required and not any(texts.values()):
            say(f"{self.header}_en", _("Give the text in at least one language."))
        return {self.header: TextsPart(texts)}


@dataclass(frozen=True)
class Spellings(Column):
    """Several spellings in one cell, parted by semicolons."""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        return {self.header: listed(cells[self.header])}


@dataclass(frozen=True)
class Known(Column):
    """A day, as well as it is known; empty when nobody recorded it."""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        day = _read_partial(self.header, cells, say)
        if day is None:
            return {}
        return {f"{self.header}_earliest": day.earliest, f"{self.header}_latest": day.latest}

    def key_text(self, cells: Cells, model: type[models.Model]) -> str:
        return same_date(cells.get(self.header, ""))

    def key_attributes(self) -> tuple[str, ...]:
        return (f"{self.header}_earliest", f"{self.header}_latest")


@dataclass(frozen=True)
class End(Column):
    """The first day out of office; empty when it is still held, `unknown` when nobody knows."""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        if not cells[self.header]:
            return {"has_ended": False, "end_earliest": None, "end_latest": None}
        if cells[self.header].lower() == ENDED:
            end: PartialDate | None = UNKNOWN
        else:
            end = _read_partial(self.header, cells, say)
        if end is None:
            return {}
        return {"has_ended": True, "end_earliest": end.earliest, "end_latest": end.latest}


def _read_partial(header: str, cells: Cells, say: Say) -> PartialDate | None:
    try:
        return _partial(cells[header]) if cells[header] else UNKNOWN
    except Misread as error:
        say(header, str(error))
        return None
