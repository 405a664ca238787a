"""What somebody asks of the log of all changes: whose, of which records, on which days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from registry.forms.changes import EDITS
from registry.forms.partial_dates import DayField
from registry.templatetags.edits import KINDS


class LogForm(forms.Form):
    """Every field may be left empty; `wanted` is what the others ask for, for every history."""

    who = forms.ModelChoiceField(
        get_user_model()._default_manager.none(), required=False, label=_("Who")
    )
    record = forms.ChoiceField(required=False, label=_("Records"))
    kind = forms.ChoiceField(required=False, label=_("What happened"))
    first = DayField(required=False, label=_("From the day"))
    last = DayField(required=False, label=_("Up to and with the day"))
    run = forms.IntegerField(
        required=False, min_value=1, max_value=10**15, label=_("Number of the import")
    )

    def __init__(self, models: Iterable[type[Model]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {each._meta.model_name: capfirst(str(each._meta.verbose_name)) for each in models}
        ordered = sorted(kinds.items(), key=lambda each: each[1])
        self.fields["record"].choices = [("", _("All")), *ordered]
        self.fields["kind"].choices = [("", _("All")), *KINDS.items()]
        self.fields["who"].queryset = get_user_model()._default_manager.order_by("username")
        self.fields["who"].empty_label = _("Everybody")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first one. Change one of them."))
        return data

    def wanted(self) -> Q:
        data = self.cleaned_data
        asked = Q()
        if who := data["who"]:
            asked &= Q(history_user=who)
        if kind := data["kind"]:
            asked &= Q(history_type=EDITS[kind])
        if first := data["first"]:
            asked &= Q(history_date__gte=_begin(first))
        if (last := data["last"]) and last.year < 9999:
            asked &= Q(history_date__lt=_begin(last + timedelta(days=1)))
        if run := data["run"]:
            asked &= Q(run_id=run)
        return asked


def _begin(day: Any) -> datetime:
    return make_aware(datetime.combine(day, time.min))
