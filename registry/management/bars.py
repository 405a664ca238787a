"""How far a long command is, on the terminal of whoever waits."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

WIDTH = 30


class Bar:
    """A line that grows on a terminal; nothing is written to a file or a pipe."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.shown = ""

    def __call__(self, done: int, total: int) -> None:
        if not self.stream.isatty():
            return
        full = WIDTH * done // total if total else WIDTH
        words = _("%(done)s of %(total)s rows") % {"done": f"{done:,}", "total": f"{total:,}"}
        self._show(f"{'█' * full}{'░' * (WIDTH - full)} {words}")

    def clear(self) -> None:
        """Take the line away: what comes next stands in its place."""
        if self.shown:
            self._show("")

    def _show(self, line: str) -> None:
        self.stream.write("\r" + line.ljust(len(self.shown)) + ("" if line else "\r"), ending="")
        self.stream.flush()
        self.shown = line
