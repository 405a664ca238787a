"""Step 2, for plain lists: what the columns mean, remembered for the institution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registry.admin.imports.pages import IMPORT, RunPages, check_again
from registry.admin.imports.steps import PLAIN, SETTLED, Step, is_plain_list
from registry.models.imports import ColumnMeaning, ImportRun
from registry.rosters.faults import WrongUsage
from registry.rosters.reading.glance import FIELDS, Glance, glance
from registry.rosters.reading.headers import NAMED_BY
from registry.rosters.reading.options import Limits, Reading


class ColumnsPage(RunPages):
    """Each header of the file with the column of ours that it holds."""

    def columns_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id, IMPORT if request.method == "POST" else "")
        if run.state in SETTLED or not is_plain_list(run):
            return self.go_to(run)
        seen = glance(run.file.data, run.name, Reading.of(run.reading), Limits.admin())
        if seen.faults:
            return self.go_to(run, Step.FILE)
        form = ColumnsForm(seen, _meanings(run), request.POST or None)
        if form.is_valid():
            meanings = form.meanings()
            _remember(run, meanings)
            try:
                reading = {**run.reading, "layout": PLAIN, "columns": meanings}
                run = check_again(run, request.user, reading=reading)
            except WrongUsage as wrong:
                form.add_error(None, str(wrong))
            else:
                return self.go_to(run)
        return self.step_page(request, run, Step.COLUMNS, {"form": form, "glance": seen})


class ColumnsForm(forms.Form):
    """One choice for each header; a meaning is given once, and a name is among them."""

    def __init__(self, seen: Glance, known: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = list(seen.fields)
        choices = [("", _("(ignore it)")), *FIELDS.items()]
        for number, header in enumerate(self.headers):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                required=False,
                label=header,
                choices=choices,
                initial=known.get(header, seen.fields[header]),
            )
        self.seen = seen

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each choice beside the first values of its column."""
        samples = [
            [cells[number] for _line, cells in self.seen.first[:3] if number < len(cells)]
            for number in range(len(self.headers))
        ]
        return list(zip(self, samples, strict=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given: dict[str, str] = {}
        for number, header in enumerate(self.headers):
            meaning = cleaned.get(f"column-{number}", "")
            if meaning and meaning in given:
                words = {"first": given[meaning], "second": header, "meaning": FIELDS[meaning]}
                sentence = _(
                    "“%(first)s” and “%(second)s” cannot both be “%(meaning)s”. Ignore one of them."
                )
                self.add_error(f"column-{number}", sentence % words)
            given.setdefault(meaning, header)
        if not given.keys() & set(NAMED_BY):
            self.add_error(None, _("No column holds the name. Say which one does."))
        return cleaned

    def meanings(self) -> dict[str, str]:
        return {
            header: self.cleaned_data[f"column-{number}"]
            for number, header in enumerate(self.headers)
        }


def _meanings(run: ImportRun) -> dict[str, str]:
    """What was said of these headers: for this run, else for the last file of the institution."""
    remembered = run.institution.column_meanings.values_list("header", "field")
    return dict(remembered) | run.reading.get("columns", {})


def _remember(run: ImportRun, meanings: dict[str, str]) -> None:
    for header, field in meanings.items():
        ColumnMeaning.objects.update_or_create(
            institution=run.institution, header=header[:300], defaults={"field": field}
        )
