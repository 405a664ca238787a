"""What a curator says about a file: how to read it, what is asked for, why it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate
from registry.forms.partial_dates import DayField
from registry.models import Institution
from registry.rosters.imports import Order
from registry.rosters.reading.encodings import LABELS
from registry.rosters.reading.reader import LAYOUTS

LAYOUT_NAMES = {
    "auto": _("Tell by the columns"),
    "registry": _("The registry's own CSV"),
    "everypolitician": _("EveryPolitician term CSV"),
    "popolo": _("Popolo JSON"),
    "wikidata": _("Wikidata, an export of who held a position"),
    "list": _("A plain list with columns of its own"),
}

# One name for each: UTF-8 with its mark is UTF-8.
ENCODINGS = {key: label for key, label in LABELS.items() if key != "utf-8-sig"}

DELIMITERS = {",": _("comma"), ";": _("semicolon"), "\t": _("tab")}


class FileForm(forms.Form):
    """A roster file, how to read it and what is asked for; the convocations of one institution.

    With `kept`, a file is here already: one that is uploaded takes its place.
    """

    file = forms.FileField(label=_("File"))
    convocation = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("Convocation"),
        help_text=_("Only its rows are imported. Leave it empty to take what the file says."),
    )
    complete = forms.BooleanField(
        required=False,
        label=_("The file is complete"),
        help_text=_("Everybody who sat in the convocation is in it: empty seats are vacancies."),
    )
    differences = forms.ChoiceField(
        required=False,
        label=_("Where the file and the register differ"),
        choices=[
            ("take", _("take what the file says")),
            ("keep", _("keep what the register says, and fill its gaps alone")),
        ],
    )
    faulty = forms.ChoiceField(
        required=False,
        label=_("If some rows are faulty"),
        choices=[
            ("refuse", _("refuse the whole file")),
            ("leave_out", _("leave those rows out and list them in a file to download")),
        ],
    )
    absent = forms.ChoiceField(
        required=False,
        label=_("People in the register but not in the file"),
        choices=[
            ("keep", _("stay as they are")),
            ("end", _("have left office")),
        ],
        help_text=_("For each of them you can decide otherwise before anything is written."),
    )
    absent_day = DayField(
        required=False,
        label=_("Left office on"),
        help_text=_("The first day out of office. Leave it empty if nobody recorded it."),
    )
    absent_reason = forms.CharField(
        required=False, max_length=200, label=_("Why they left"), widget=forms.TextInput
    )
    place = forms.CharField(
        required=False,
        max_length=100,
        label=_("Place in the source"),
        help_text=_(
            "For example the page or annex of the document that the file was made from. "
            "It is cited with the line of the file."
        ),
    )
    layout = forms.ChoiceField(required=False, label=_("Layout"))
    encoding = forms.ChoiceField(
        required=False,
        label=_("Encoding"),
        choices=[("auto", _("UTF-8, or UTF-16 with its mark")), *ENCODINGS.items()],
        help_text=_("Of a CSV or JSON file. Any other encoding is read only when you choose it."),
    )
    delimiter = forms.ChoiceField(
        required=False,
        label=_("Between two cells stands a"),
        choices=[("auto", _("whatever the first row uses most")), *DELIMITERS.items()],
    )
    sheet = forms.CharField(
        required=False,
        max_length=100,
        label=_("Sheet"),
        help_text=_("Of a workbook with several sheets. Empty: “Roster”, or the only one."),
    )
    day_order = forms.ChoiceField(
        required=False,
        label=_("Dates such as 06/07/2014"),
        choices=[
            ("", _("are refused, because they can mean two days")),
            ("dmy", _("give the day first")),
            ("mdy", _("give the month first")),
        ],
    )
    end_dates = forms.ChoiceField(
        required=False,
        label=_("End dates in the file are"),
        choices=[
            ("first-day-out", _("the first day out of office")),
            ("last-day-in", _("the last day in office")),
        ],
    )

    ASKED = ("convocation", "complete", "differences", "faulty", *("absent", "absent_day"))
    ASKED += ("absent_reason", "place")
    READ = ("layout", "encoding", "delimiter", "sheet", "day_order", "end_dates")

    def __init__(self, institution: Institution, *args: Any, kept: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        numbers = institution.convocations.values_list("number", flat=True)
        self.fields["convocation"].choices = [
            ("", _("As the file says")),
            *((number, number) for number in numbers),
        ]
        self.fields["layout"].choices = [
            (key, name) for key, name in LAYOUT_NAMES.items() if key in LAYOUTS
        ]
        upload = self.fields["file"]
        upload.required = not kept
        upload.help_text = gettext(
            "CSV, XLSX or Popolo JSON, at most %(megabytes)s MB and %(rows)s rows."
        ) % {
            "megabytes": settings.IMPORT_MEGABYTES,
            "rows": number_format(settings.IMPORT_ROWS, force_grouping=True),
        }

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and upload.size > settings.IMPORT_MEGABYTES * 1_000_000:
            message = _("The file has more than %(limit)s MB. Split it.")
            raise ValidationError(message, params={"limit": settings.IMPORT_MEGABYTES})
        return upload

    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ASKED]

    def read(self) -> list[forms.BoundField]:
        return [self[name] for name in self.READ]

    def reading(self) -> dict[str, Any]:
        """How to read the file, as the pipeline keeps it: each choice, made or taken back."""
        said = self.cleaned_data
        reading = {name: said[name] or "auto" for name in ("layout", "encoding", "delimiter")}
        return reading | {name: said[name] for name in ("sheet", "day_order")}

    def order(self, *, on: date) -> Order:
        said = self.cleaned_data
        day = said["absent_day"]
        return Order(
            on=on,
            convocation=said["convocation"],
            last_day_in=said["end_dates"] == "last-day-in",
            complete=said["complete"],
            leave_out_faulty=said["faulty"] == "leave_out",
            differences=said["differences"] or "take",
            end_absent=said["absent"] == "end",
            absent_day=PartialDate.of(day) if day else None,
            absent_reason=said["absent_reason"],
            place=said["place"],
        )


def said_of(order: Order, reading: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a file holds when its run asked for this."""
    return {
        "convocation": order.convocation,
        "complete": order.complete,
        "differences": order.differences,
        "faulty": "leave_out" if order.leave_out_faulty else "refuse",
        "absent": "end" if order.end_absent else "keep",
        "absent_day": order.absent_day and order.absent_day.earliest,
        "absent_reason": order.absent_reason,
        "place": order.place,
        "end_dates": "last-day-in" if order.last_day_in else "first-day-out",
        **{name: reading[name] for name in FileForm.READ if name in reading},
    }


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        error_messages={"required": _("Say why the import is taken back.")},
    )
