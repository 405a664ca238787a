"""Who may write: one import into an institution at a time, one hand on a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from registry.models import ImportRun, Institution, RunState
from registry.rosters.faults import WrongUsage


def locked_institution(institution: Institution) -> Institution:
    """The institution, held until the transaction ends: two imports into it wait for each other.

    SQLite takes its one lock when a transaction begins, and knows none on rows.
    """
    return Institution.objects.select_for_update().get(pk=institution.pk)


def locked_run(run: ImportRun, *states: RunState) -> ImportRun:
    """The run as it is now, held until the transaction ends.

    Raises `WrongUsage` if it is in none of the `states`.
    """
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("institution", "file")
        .get(pk=run.pk)
    )
    if run.state not in states:
        raise WrongUsage(
            _("Import %(run)s cannot do that any more; it is: %(state)s.")
            % {"run": run.pk, "state": run.get_state_display()}
        )
    return run


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Fail at once if somebody else writes: PostgreSQL skips the row instead, when asked."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def broken_off(run: ImportRun) -> bool:
    """Whether the writing of a run began and nobody is at it: nothing of it was written.

    The lock tells, which a database takes from whoever dies. On SQLite somebody else may hold
    it for a moment; then the answer is no, and the next one is right.
    """
    if run.state != RunState.BEGUN:
        return False
    try:
        with _without_waiting(), transaction.atomic():
            free = ImportRun.objects.select_for_update(skip_locked=True).filter(
                pk=run.pk, state=RunState.BEGUN
            )
            return bool(free)
    except OperationalError:
        return False
