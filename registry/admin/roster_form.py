"""The form that takes a roster file, and what it says of how to read it."""

from __future__ import annotations

import codecs
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.models import Institution
from registry.rosters.imports import Order
from registry.rosters.reading.reader import read_roster
from registry.rosters.rows import Roster

MEGABYTES = 10

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1251": "Windows-1251",
    "windows-1252": "Windows-1252",
}


class RosterForm(forms.Form):
    """A roster file and how to read it. The convocations are those of one institution."""

    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(_("CSV, XLSX or Popolo JSON, at most {limit} MB."), limit=MEGABYTES),
    )
    convocation = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("Convocation"),
        help_text=_("Only its rows are imported. Leave it empty to take what the file says."),
    )
    layout = forms.ChoiceField(
        label=_("Layout"),
        choices=[
            ("auto", _("Tell by the columns")),
            ("registry", _("The registry's own CSV")),
            ("everypolitician", _("EveryPolitician term CSV")),
            ("popolo", _("Popolo JSON")),
        ],
    )
    encoding = forms.ChoiceField(
        required=False,
        label=_("Encoding"),
        choices=[("auto", _("Detect it")), *ENCODINGS.items()],
        help_text=_("Of a CSV or JSON file. Name it if letters come out wrong."),
    )
    end_dates = forms.ChoiceField(
        label=_("End dates in the file are"),
        choices=[
            ("first-day-out", _("the first day out of office")),
            ("last-day-in", _("the last day in office")),
        ],
    )
    absent = forms.ChoiceField(
        label=_("Recorded people whom the file does not have"),
        choices=[("keep", _("stay as they are")), ("end", _("have left office"))],
    )
    complete = forms.BooleanField(
        required=False,
        label=_("The file is complete"),
        help_text=_("Everybody who sat in the convocation is in it: empty seats are vacancies."),
    )

    def __init__(self, institution: Institution, *args: Any, stored: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.institution = institution
        numbers = institution.convocations.values_list("number", flat=True)
        self.fields["convocation"].choices = [
            ("", _("As the file says")),
            *((number, number) for number in numbers),
        ]
        if stored:
            # The file was uploaded with the check and waits on the server.
            del self.fields["file"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MEGABYTES * 1_000_000:
            message = _("The file has more than %(limit)s MB. Split it.")
            raise ValidationError(message, params={"limit": MEGABYTES})
        return upload

    def roster(self, data: bytes, name: str) -> Roster:
        """The file as a roster. Raises `Refused`, or `WrongUsage` with a sentence."""
        return read_roster(
            data,
            name,
            self.institution,
            layout=self.cleaned_data["layout"],
            encoding=self.cleaned_data["encoding"] or "auto",
        )

    def order(self, *, on: date) -> Order:
        return Order(
            on=on,
            convocation=self.cleaned_data["convocation"],
            last_day_in=self.cleaned_data["end_dates"] == "last-day-in",
            complete=self.cleaned_data["complete"],
            end_absent=self.cleaned_data["absent"] == "end",
        )


def encoding_name(codec: str) -> str:
    """What people call an encoding that the reader found, such as Windows-1251 for cp1251."""
    plain = codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    names = {codecs.lookup(each).name: name for each, name in ENCODINGS.items()}
    return names.get(codecs.lookup(plain).name, codec)
