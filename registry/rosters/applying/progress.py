"""How far the writing of a run is: in a file, because nobody sees rows that are not committed."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Self

from django.conf import settings
from django.utils import timezone

from registry.models import ImportRun

# How often the file is written, in seconds.
PACE = 0.5


class Progress(NamedTuple):
    """So many of the rows are written; `at` is when that was said."""

    done: int
    total: int
    at: datetime


def progress_of(run: ImportRun) -> Progress | None:
    """What was last said of a run that is being written; `None` if nobody says anything."""
    try:
        data = json.loads(_path(run).read_text())
        return Progress(data["done"], data["total"], datetime.fromisoformat(data["at"]))
    except (OSError, ValueError, KeyError):
        return None


def _path(run: ImportRun) -> Path:
    return Path(settings.VAR_DIR) / "imports" / f"{run.pk}.json"


class Watch:
    """Says how far a run is, to a file and to whoever called; there is no file afterwards."""

    def __init__(self, run: ImportRun, told: Callable[[int, int], None] | None) -> None:
        self.path = _path(run)
        self.told = told
        self.written_at = -PACE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def __call__(self, done: int, total: int) -> None:
        if self.told:
            self.told(done, total)
        if monotonic() - self.written_at < PACE:
            return
        self.written_at = monotonic()
        said = {"done": done, "total": total, "at": timezone.now().isoformat()}
        # Nothing fails for want of a place to say how far it is.
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Whoever reads it meanwhile finds the whole of the one or the other.
            waiting = self.path.with_suffix(".new")
            waiting.write_text(json.dumps(said))
            waiting.replace(self.path)
