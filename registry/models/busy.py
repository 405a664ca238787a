"""Whether a database refused only because somebody else was at it for too long."""

from __future__ import annotations

import sqlite3

# How PostgreSQL calls a transaction that lost to another one, a circle of two that wait for each
# other, and a lock that was not given up in time.
STATES = ("40001", "40P01", "55P03")
CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_busy(error: BaseException | None) -> bool:
    """Whether the same might well be done a moment later. `error` is Django's, with its cause."""
    cause = getattr(error, "__cause__", None)
    # The last eight bits are the code; what stands before them says more precisely why.
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) in STATES or (code is not None and code & 255 in CODES)
