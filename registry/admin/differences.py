"""What differs between two versions of a record, in the words of its form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models.fields import DerivedField
from registry.templatetags.days import partial
from registry.templatetags.edits import in_words

# The properties that are one date for the curator, and the columns that hold it.
DATES: dict[str, tuple[Any, set[str]]] = {
    "start": (gettext_lazy("Start"), {"start_earliest", "start_latest"}),
    "end": (gettext_lazy("End"), {"end_earliest", "end_latest", "has_ended"}),
    "day": (gettext_lazy("Day"), {"day_earliest", "day_latest"}),
    "birth": (gettext_lazy("Born"), {"birth_earliest", "birth_latest"}),
}


class Changes(HistoricalRecordContextHelper):
    """Says what changed between two versions in the words of the form."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        return list(self._changes(delta))

    def _changes(self, delta: ModelDelta) -> Iterator[dict[str, Any]]:
        changed = {change.field: change for change in delta.changes}
        # Two or three columns hold one date; a version knows the columns only.
        rows = (delta.old_record.instance, delta.new_record.instance)
        for name, (label, columns) in DATES.items():
            if changed.keys() & columns:
                old, new = (self._bound(getattr(row, name)) for row in rows)
                yield {"field": label, "old": old, "new": new}
                changed = {key: each for key, each in changed.items() if key not in columns}
        for name, change in changed.items():
            field = self.model._meta.get_field(name)
            if isinstance(field, DerivedField):
                continue
            if field.many_to_many:
                said = self.format_delta_change(change)
                yield {"field": said.field, "old": said.old, "new": said.new}
                continue
            yield {
                "field": capfirst(field.verbose_name),
                "old": self._value(field, change.old),
                "new": self._value(field, change.new),
            }

    @staticmethod
    def _bound(when: PartialDate | None) -> str:
        if when is None:
            return _("none")
        return _("day not recorded") if when == UNKNOWN else partial(when)

    @staticmethod
    def _value(field: Any, value: Any) -> str:
        return in_words(value, field.flatchoices) or _("empty")


def name_of(record: models.Model) -> str:
    """What a record is called, even if what its name is made of is deleted."""
    try:
        return str(record)
    except ObjectDoesNotExist:
        return _("deleted record #%(number)s") % {"number": record.pk}


def differences(old: Any, new: Any) -> list[dict[str, Any]]:
    """What two entries in the history of one record say differently: `field`, `old` and `new`."""
    model = type(new).instance_type
    return Changes(model, new).context_for_delta_changes(
        new.diff_against(old, foreign_keys_are_objs=True)
    )
