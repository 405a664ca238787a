"""Writing a confirmed run: a small one at once, a large one beside the page that waits for it."""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from django.db import connection
from django.utils import timezone

from registry.models.imports import ImportRun, RunState
from registry.rosters.faults import Refused, WrongUsage
from registry.rosters.imports import confirm

log = logging.getLogger(__name__)

# So many rows are written while a browser waits without wondering.
AT_ONCE = 500


def begin(run: ImportRun, user: Any) -> None:
    """Write a run, or start to. Raises `Refused` and `WrongUsage` if it is written at once."""
    if sum(run.counts.values()) <= AT_ONCE:
        confirm(run, user=user)
        return
    # Before the thread begins, so that the page that comes next finds it begun.
    begun = {"state": RunState.BEGUN, "begun_at": timezone.now()}
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=(RunState.CHECKED, RunState.BEGUN))
    if not waiting.update(**begun):
        return
    # No daemon: a server that is told to stop lets it finish. One that is killed leaves nothing
    # half written, and the run says so.
    Thread(target=write, args=(run.pk, run.digest, user), name=f"import-{run.pk}").start()


def write(run_id: int, seen: str, user: Any) -> None:
    """Write a run on a connection of its own; what stands in its way is kept with the run."""
    try:
        run = ImportRun.objects.get(pk=run_id)
        run.digest = seen
        confirm(run, user=user)
    except (Refused, WrongUsage) as problem:
        log.info("Import %s was refused: %s", run_id, problem)
    finally:
        connection.close()
