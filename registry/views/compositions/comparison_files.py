"""The file beside a comparison: a row for each person who came, left or changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from registry.domain.comparison import Comparison
from registry.domain.facts import Sitting
from registry.models import Institution, Person
from registry.serialise.compositions import members_data
from registry.serialise.sheets import Cell, Column, Sheet
from registry.templatetags.wording import text
from registry.views.compositions.comparisons import compared
from registry.views.download import download
from registry.views.frame import dated

COLUMNS = (
    Column("institution", _("The address of the institution.")),
    Column("from", _("The earlier of the two days."), days=True),
    Column("to", _("The later of the two days."), days=True),
    Column("change", _("came, left, changed_party, changed_seat, or unsure where dates are open.")),
    Column("person_id", _("The permanent id of the person.")),
    Column("name", _("The name in the language of the file, or the nearest to it.")),
    Column("group_before", _("The seat group on the earlier day.")),
    Column("group_after", _("The seat group on the later day.")),
    Column("territory_before", _("The territory of the seat on the earlier day.")),
    Column("territory_after", _("The territory of the seat on the later day.")),
    Column("party_before", _("The party on the earlier day.")),
    Column("party_after", _("The party on the later day.")),
    Column("start", _("The first day in office, as far as it is known."), days=True),
    Column("start_precision", _("How much of the first day is known: day, month, year or none.")),
    Column("end", _("The first day out of office; empty while in office."), days=True),
    Column("end_precision", _("How much of the end is known; none: ended, nobody recorded when.")),
    Column("end_reason", _("Why the person left office, if recorded.")),
    Column("sample", _("1 marks invented people.")),
)


@dated
def table(request: HttpRequest, slug: str, suffix: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution, slug=slug)
    found = compared(request, institution, on)
    first, last = found.before.day, found.after.day
    name = f"{slug}-{first.isoformat()}"
    title = _("%(name)s: two days compared") % {"name": text(institution.name)}
    return download(request, Sheet(name, title, COLUMNS, list(_rows(found)), last), suffix)


def _rows(found: Comparison) -> Iterator[dict[str, Cell]]:
    changes: list[tuple[str, Sitting | None, Sitting | None]] = [
        *(("came", None, each) for each in found.came),
        *(("left", each, None) for each in found.left),
        *(("changed_party", each.before, each.after) for each in found.changed_party),
        *(("changed_seat", each.before, each.after) for each in found.changed_seat),
    ]
    there = {sitting.appointment_id for sitting in found.after.snapshot.sittings}
    for each in found.unsure:
        later = each.appointment_id in there
        changes.append(("unsure", None if later else each, each if later else None))
    people = {each.person_id for _change, *sides in changes for each in sides if each}
    uids = dict(Person.objects.filter(pk__in=people).values_list("pk", "uid"))
    for change, earlier, later in changes:
        before = members_data([earlier], found.before)[0] if earlier else {}
        after = members_data([later], found.after)[0] if later else {}
        either = after or before
        yield {
            "institution": found.before.snapshot.institution.slug,
            "from": found.before.day,
            "to": found.after.day,
            "change": change,
            "person_id": str(uids[either["person"]]),
            **{f"{name}_before": before.get(name) for name in ("group", "territory", "party")},
            **{f"{name}_after": after.get(name) for name in ("group", "territory", "party")},
            **{column.name: either[column.name] for column in COLUMNS if column.name in either},
        }
