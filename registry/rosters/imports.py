"""The one way in: a command and a wizard import a roster through this."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, transaction

from registry.models import Institution
from registry.rosters.applying.applying import apply
from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.matching.order import Order
from registry.rosters.planning.planning import make_plan
from registry.rosters.planning.plans import Plan
from registry.rosters.rows import Roster

__all__ = ["Order", "Plan", "Refused", "Roster", "WrongUsage", "import_roster"]


def import_roster(
    roster: Roster,
    institution: Institution,
    order: Order,
    *,
    dry_run: bool = False,
    user: Any = None,
) -> Plan:
    """Import a roster whole, or not at all, and say what changed; a dry run changes nothing.

    Two imports into one institution wait for each other, so that neither plans on what the
    other is about to change. Raises `Refused` and `WrongUsage`.
    """
    if dry_run:
        return make_plan(roster, institution, order)
    try:
        with transaction.atomic():
            locked = Institution.objects.select_for_update().get(pk=institution.pk)
            plan = make_plan(roster, locked, order)
            if not plan.nothing_to_do:
                apply(plan, user)
            return plan
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem
