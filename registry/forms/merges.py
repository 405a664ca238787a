"""Two records of one person become one: what differs, what moves, and what keeps them apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Appointment, Institution, Person
from registry.models.versions import newest_versions
from registry.templatetags.days import partial

TEXTS = ("name", "sort_name")
PLAIN = ("gender", "confidence", "note")
KEPT, GONE = "kept", "gone"
PICK = "pick_"


@dataclass(frozen=True, slots=True)
class Value:
    """A field as both records have it, as text; `code` is the language of a text in several."""

    field: str
    code: str
    label: str
    kept: str
    gone: str

    @property
    def key(self) -> str:
        return f"{PICK}{self.field}_{self.code}" if self.code else f"{PICK}{self.field}"

    @property
    def disputed(self) -> bool:
        return bool(self.kept and self.gone) and self.kept != self.gone

    @property
    def alone(self) -> str:
        """Whose value it is where there is nothing to choose."""
        return GONE if self.gone and not self.kept else KEPT


def values_of(kept: Person, gone: Person) -> list[Value]:
    """Every field that at least one of two persons has a value in."""
    found = []
    languages = {**dict(settings.LANGUAGES), "und": _("language not stated")}
    for name in TEXTS:
        label = capfirst(str(Person._meta.get_field(name).verbose_name))
        texts = [getattr(each, name) for each in (kept, gone)]
        for code in dict.fromkeys([*languages, *texts[0], *texts[1]]):
            here, there = (each.get(code, "") for each in texts)
            said = _("%(field)s (%(language)s)") % {
                "field": label,
                "language": languages.get(code, code),
            }
            found.append(Value(name, code, said, here, there))
    births = [partial(each.birth) if each.birth else "" for each in (kept, gone)]
    found.append(Value("birth", "", _("Born"), *births))
    for name in PLAIN:
        field = Person._meta.get_field(name)
        shown = [str(dict(field.flatchoices).get(v, v)) for v in _both(kept, gone, name)]
        found.append(Value(name, "", capfirst(str(field.verbose_name)), *shown))
    return [each for each in found if each.kept or each.gone]


def _both(kept: Person, gone: Person, name: str) -> list[Any]:
    return [getattr(kept, name), getattr(gone, name)]


def rows_of(person: Person) -> Iterator[QuerySet]:
    """The records that belong to a person or speak of one, model by model."""
    for relation in Person._meta.related_objects:
        if hasattr(relation.related_model, "history"):
            rows = relation.related_model._default_manager
            yield rows.filter(**{relation.field.name: person}).order_by("pk")


def versions_of(kept: Person, gone: Person, *, lock: bool = False) -> str:
    """Which version of each record a merge rests on; a text that is equal while nothing changed.

    With `lock` all of them are held until the transaction ends: institutions first, as everybody
    does, then the persons, then what belongs to them.
    """
    if lock:
        bodies = Appointment.objects.filter(person__in=[kept, gone]).values("institution")
        list(_locked(Institution.objects.filter(pk__in=bodies)))
        list(_locked(Person.objects.filter(pk__in=[kept.pk, gone.pk])))
    seen: dict[str, Mapping[int, int]] = {
        "person": newest_versions(Person, [kept.pk, gone.pk]),
    }
    for person in (kept, gone):
        for rows in rows_of(person):
            found = _locked(rows) if lock else rows.values_list("pk", flat=True)
            name = f"{rows.model._meta.model_name}/{person.pk}"
            seen[name] = newest_versions(rows.model, list(found))
    return json.dumps(seen, sort_keys=True, separators=(",", ":"))


def _locked(rows: QuerySet) -> QuerySet:
    return rows.order_by("pk").select_for_update().values_list("pk", flat=True)


class Overlap(NamedTuple):
    """Two appointments to one body that share a day, one of each record."""

    kept: Appointment
    gone: Appointment

    @property
    def sentence(self) -> str:
        said = _(
            "These two records have overlapping terms in %(institution)s. "
            "Settle them before merging."
        )
        return said % {"institution": self.kept.institution}


def overlaps(kept: Person, gone: Person) -> list[Overlap]:
    """What has to be settled first. An office inside a body goes with a seat of it."""
    related = ("institution", "group", "person")
    ours, theirs = (
        list(person.appointments.select_related(*related).order_by("start_earliest", "pk"))
        for person in (kept, gone)
    )
    return [
        Overlap(one, two)
        for one in ours
        for two in theirs
        if one.institution_id == two.institution_id
        and _inner(one) == _inner(two)
        and (one.term.overlaps(two.term) or _equal(one, two))
    ]


def _inner(appointment: Appointment) -> bool:
    return appointment.group is not None and appointment.group.inner


def _equal(one: Appointment, two: Appointment) -> bool:
    """Whether they would be one row twice, whatever is known of their days."""
    return one.term == two.term and one.group_id == two.group_id


class MergeForm(forms.Form):
    """Whose value is right, wherever both records have one and they differ; and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are one person"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": gettext_lazy("Say how you know that they are one person.")},
    )

    def __init__(self, kept: Person, gone: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = values_of(kept, gone)
        for value in self.values:
            if value.disputed:
                missing = _("%(field)s: choose which of the two is right.")
                self.fields[value.key] = forms.ChoiceField(
                    label=value.label,
                    choices=[(KEPT, value.kept), (GONE, value.gone)],
                    widget=forms.RadioSelect,
                    error_messages={
                        "required": missing % {"field": value.label},
                        "invalid_choice": missing % {"field": value.label},
                    },
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def rows(self) -> Iterator[tuple[Value, Any]]:
        """Each value, with the field to choose by if there is anything to choose."""
        for value in self.values:
            yield value, self[value.key] if value.disputed else None

    def results(self) -> list[tuple[Value, str]]:
        """What the record that is kept will say, and whose it is."""
        picked = self.cleaned_data
        return [(each, picked.get(each.key) or each.alone) for each in self.values]


class ApartForm(forms.Form):
    """Why two records that look alike are of two persons."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are two persons"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": gettext_lazy("Say how you know that they are two persons.")},
    )
