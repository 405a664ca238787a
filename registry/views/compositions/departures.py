"""Who left before the day, as far as it tells something of that day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.facts import Convocation, Sitting

# Of a body without convocations, so many of those who left last.
LATEST = 20


def departed_of(
    composition: Composition, before: Convocation | None
) -> tuple[str, Sequence[Sitting]]:
    """A heading and the people under it, the last to leave first.

    With a convocation in session it is those who left it; between two, those of the one
    `before`; of any other body those who left last.
    """
    inner = {group.id for group in composition.snapshot.groups if group.inner}
    left = [each for each in composition.snapshot.departures if each.group_id not in inner]
    if convocation := composition.convocation:
        members = _members(left, convocation)
        heading = ngettext(
            "Left earlier in this convocation (%(n)s)",
            "Left earlier in this convocation (%(n)s)",
            len(members),
        )
        return heading % {"n": len(members)}, members
    if before:
        members = _members(left, before)
        heading = ngettext(
            "The member of convocation %(number)s, no longer in office (%(n)s)",
            "The members of convocation %(number)s, no longer in office (%(n)s)",
            len(members),
        )
        return heading % {"number": before.number, "n": len(members)}, members
    if len(left) > LATEST:
        return _("The %(n)s who left office last before this day") % {"n": LATEST}, left[:LATEST]
    heading = ngettext(
        "Left office before this day (%(n)s)", "Left office before this day (%(n)s)", len(left)
    )
    return heading % {"n": len(left)}, left


def _members(left: Sequence[Sitting], convocation: Convocation) -> list[Sitting]:
    """Those of a convocation; who is recorded without one belongs to it by the day of leaving."""
    begun = convocation.term.start.latest
    return [
        each
        for each in left
        if each.convocation_id == convocation.id
        or (each.convocation_id is None and begun and each.end_latest and each.end_latest > begun)
    ]
