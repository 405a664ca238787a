"""What a curator asks of the findings of a day: whose, of which kind, and what became of them."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.findings import Finding, Problem
from registry.forms.partial_dates import DayField
from registry.models import Institution
from registry.templatetags.wording import TITLES


class Care(models.TextChoices):
    """Who looks after a finding."""

    MINE = "mine", _("me")
    NOBODY = "nobody", _("nobody")


class Fate(models.TextChoices):
    OPEN = "open", _("open")
    EXPLAINED = "explained", _("explained")


class VacanciesForm(forms.Form):
    """Every field may be left empty. Give `on`, the day that is asked about then."""

    on = DayField(required=False, label=_("Day"))
    institution = forms.ModelChoiceField(
        Institution.objects.order_by("order", "slug"),
        required=False,
        label=_("Institution"),
        empty_label=_("All"),
    )
    overdue = forms.BooleanField(required=False, label=_("Overdue only"))

    @property
    def code(self) -> str:
        return Problem.VACANT_SEATS

    def day(self, *, today: date) -> date:
        return self.cleaned_data["on"] or today

    def keeps(self, finding: Finding, assignees: list[int], *, user: int, day: date) -> bool:
        """Whether a valid form asks for a finding that some users look after."""
        late = finding.due is not None and finding.due <= day
        return finding.problem == self.code and (late or not self.cleaned_data["overdue"])


class FindingsForm(VacanciesForm):
    overdue = None
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    care = forms.ChoiceField(
        required=False, choices=[("", _("All")), *Care.choices], label=_("Who looks after it")
    )
    state = forms.ChoiceField(
        required=False, choices=[("", _("All")), *Fate.choices], label=_("State")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.value, TITLES[each]) for each in Problem]
        self.fields["kind"].choices = [("", _("All")), *kinds]

    @property
    def code(self) -> str:
        return self.cleaned_data["kind"]

    def keeps(self, finding: Finding, assignees: list[int], *, user: int, day: date) -> bool:
        asked = self.cleaned_data
        fate = Fate.EXPLAINED if finding.explained else Fate.OPEN
        match asked["care"]:
            case Care.MINE if user not in assignees:
                return False
            case Care.NOBODY if assignees:
                return False
        return self.code in ("", finding.problem) and asked["state"] in ("", fate)
