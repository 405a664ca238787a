"""The form that says why a finding is known and accepted, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.domain.findings import Problem
from registry.forms.partial_dates import DayField
from registry.forms.parts import refuse_parts_of_others
from registry.models import Explanation
from registry.templatetags.wording import TITLES


def _codes() -> list[tuple[str, Any]]:
    named = sorted((str(TITLES[problem]), problem.value) for problem in Problem)
    return [("", "---------"), *((code, f"{title} ({code})") for title, code in named)]


class ExplanationForm(forms.ModelForm):
    """Reason, source and expiry are all demanded, each with a sentence of its own."""

    code = forms.ChoiceField(
        choices=_codes,
        label=_("Finding"),
        help_text=_("Group, territory and person narrow it down; empty, they stand for all."),
    )
    start = DayField(
        required=False,
        label=_("First day"),
        help_text=_("The first day on which it explains. Leave it empty for all days before."),
    )
    end = DayField(
        label=_("Expires on"),
        help_text=_("From this day on the finding alarms again."),
        error_messages={
            "required": _(
                "Enter the day on which the explanation expires: from then on the finding alarms "
                "again."
            )
        },
    )

    class Meta:
        model = Explanation
        fields = (
            "institution",
            "code",
            "group",
            "territory",
            "person",
            "reason",
            "source",
            "place",
            "start",
            "end",
            "confidence",
            "note",
        )
        error_messages = {
            "reason": {"required": _("Say why the finding is known and accepted.")},
            "source": {"required": _("Choose the source that says so.")},
        }
        help_texts = {
            "reason": _("Shown beside the finding wherever it is listed."),
            "place": _("Such as a page or an article."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_parts_of_others(self, "group")
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("It expires after its first day. Change one of the two."))
        return cleaned
