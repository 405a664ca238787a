"""How a file is to be read, and how much of it: what a curator or an operator may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file. `auto`, an empty text or 0 leaves it to the file.

    `delimiter` is `,`, `;` or a tab; `header` the line that names the columns; `sheet` the name
    of a sheet; `day_order` says what 06/07/2014 is, `dmy` or `mdy`. `columns` gives the headers
    of a plain list, folded, the column of ours that each holds; an empty one is ignored.
    """

    layout: str = "auto"
    encoding: str = "auto"
    delimiter: str = "auto"
    header: int = 0
    sheet: str = ""
    day_order: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """As plain data, which `of` reads back."""
        return {**asdict(self), "columns": dict(self.columns)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        known = {each.name for each in fields(cls)}
        return cls(**{key: value for key, value in data.items() if key in known})


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: in millions of bytes, and in rows."""

    megabytes: int
    rows: int

    @classmethod
    def admin(cls) -> Self:
        """What a web server reads while somebody waits for the page."""
        return cls(
            getattr(settings, "IMPORT_MEGABYTES", 5), getattr(settings, "IMPORT_ROWS", 5_000)
        )

    @classmethod
    def command(cls) -> Self:
        return cls(500, 1_000_000)
