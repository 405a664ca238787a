"""Three versions of a form: as it was opened, as somebody saved it, and as it was posted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django import forms
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.forms.posted import Entries, Inputs, entries_of, posted_in, shown, write


class Difference(NamedTuple):
    """A field that two people have differently, in words; `both` changed it, or one of them.

    `name` is empty where there is nothing to choose by: a row, or a field of one.
    """

    label: str
    name: str
    opened: str
    theirs: str
    mine: str
    both: bool
    kept: str


def merge_fields(
    theirs: forms.ModelForm,
    opened: forms.ModelForm | None,
    data: QueryDict,
    *,
    prefix: str = "",
    label: str = "",
    only: Collection[str] | None = None,
    but: Collection[str] = (),
) -> list[Difference]:
    """Put theirs into `data` where only they changed a field, and say what differs.

    `opened` is `None` where nobody knows what the form showed. `only` names fields to take from
    them whatever was posted, `but` fields to leave alone.
    """
    recorded, posted = entries_of(theirs), posted_in(theirs, data, prefix)
    before = entries_of(opened) if opened else None
    found = []
    for name in theirs.fields:
        if name in but or (only is not None and name not in only):
            continue
        if only is not None:
            write(data, theirs, {name: recorded[name]}, prefix)
            continue
        if recorded[name] == posted[name]:
            continue
        by_me = before is None or posted[name] != before[name]
        by_them = before is None or recorded[name] != before[name]
        if not by_me:
            write(data, theirs, {name: recorded[name]}, prefix)
        three = before[name] if before else None, recorded[name], posted[name]
        found.append(_difference(theirs, name, three, by_me and by_them, by_me, label))
    return found


def _difference(
    form: forms.ModelForm,
    name: str,
    three: tuple[Inputs | None, Inputs, Inputs],
    both: bool,
    by_me: bool,
    label: str,
) -> Difference:
    field = form.fields[name]
    opened, theirs, mine = ("" if each is None else shown(field, name, each) for each in three)
    own = capfirst(str(field.label or name))
    said = _("%(row)s: %(field)s") % {"row": label, "field": own} if label else own
    kept = "mine" if by_me else "theirs"
    return Difference(said, "" if label else name, opened, theirs, mine, both, kept)


def merge_rows(
    formset: BaseInlineFormSet, opened: Mapping[int, Model], data: QueryDict
) -> list[Difference]:
    """Write the rows of an inline anew: theirs in their order, with what I changed, then mine.

    A row that they added comes in, one that they took away and I left alone goes out; one that
    I changed meanwhile becomes a new row.
    """
    prefix = formset.prefix
    kind = capfirst(str(formset.model._meta.verbose_name))
    key, parent = formset.model._meta.pk.name, formset.fk.name
    aside = {key, parent, "DELETE", "ORDER"}
    blank = formset.empty_form
    for name in aside & blank.fields.keys():
        del blank.fields[name]
    posted, fresh = _posted_rows(blank, key, prefix, data)
    found: list[Difference] = []
    rows: list[tuple[int | None, Entries, bool]] = []
    for form in formset.initial_forms:
        pk = form.instance.pk
        label = f"{kind} {form.instance}"
        recorded = {n: e for n, e in entries_of(form).items() if n not in aside}
        if pk not in posted:
            if pk not in opened:
                found.append(_row(label, "", _("added"), ""))
            rows.append((pk, recorded, False))
            continue
        mine, deleted = posted[pk]
        before = type(form)(instance=opened[pk]) if pk in opened else None
        own = QueryDict(mutable=True)
        write(own, blank, mine)
        found += merge_fields(
            form.__class__(instance=form.instance), before, own, label=label, but=aside
        )
        rows.append((pk, posted_in(blank, own), deleted))
    here = {pk for pk, _entries, _deleted in rows}
    for pk, (mine, deleted) in posted.items():
        if pk in here or deleted:
            continue
        before = opened.get(pk)
        told = {} if before is None else entries_of(formset.form(instance=before))
        changed = any(told.get(name, {}) != mine[name] for name in mine)
        found.append(
            _row(f"{kind} {before or pk}", "", _("taken away"), _("changed") if changed else "")
        )
        if changed:
            fresh.append(mine)
    rows += [(None, mine, False) for mine in fresh]
    _write_rows(formset, blank, rows, data)
    return found


def _row(label: str, opened: str, theirs: str, mine: str) -> Difference:
    return Difference(label, "", opened, theirs, mine, bool(mine), "mine" if mine else "theirs")


def _posted_rows(
    blank: forms.ModelForm, key: str, prefix: str, data: QueryDict
) -> tuple[dict[int, tuple[Entries, bool]], list[Entries]]:
    """The rows that were posted, by their keys, and the new ones that are not empty."""
    rows: dict[int, tuple[Entries, bool]] = {}
    fresh = []
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    most = min(int(total), 2000) if total.isascii() and total.isdigit() else 0
    for number in range(most):
        start = f"{prefix}-{number}-"
        entries = posted_in(blank, data, start)
        pk = data.get(start + key, "")
        if pk.isascii() and pk.isdigit():
            rows[int(pk)] = entries, bool(data.get(f"{start}DELETE"))
        elif any(entries.values()):
            fresh.append(entries)
    return rows, fresh


def _write_rows(
    formset: BaseInlineFormSet,
    blank: forms.ModelForm,
    rows: list[tuple[int | None, Entries, bool]],
    data: QueryDict,
) -> None:
    prefix, key, parent = formset.prefix, formset.model._meta.pk.name, formset.fk.name
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        del data[name]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(pk is not None for pk, _e, _d in rows))
    for number, (pk, entries, deleted) in enumerate(rows):
        start = f"{prefix}-{number}-"
        write(data, blank, entries, start)
        data[start + key] = str(pk or "")
        data[start + parent] = str(formset.instance.pk)
        if deleted:
            data[f"{start}DELETE"] = "on"
