"""How often Python looks for unreachable objects while a plan is made and written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

USUAL = gc.get_threshold()


@contextmanager
def rarely_swept() -> Iterator[None]:
    """Look seldom: a plan is many objects that stay, and looking through them took a third of
    the time. Two imports at once may end this early for each other, and nothing worse."""
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
