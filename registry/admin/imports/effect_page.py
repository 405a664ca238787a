"""Step 4: what the register would say afterwards; and the button that makes it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.imports.faults import faults_shown, notes_shown
from registry.admin.imports.pages import CONFIRM, IMPORT, RunPages, check_again
from registry.admin.imports.rows import row_shown
from registry.admin.imports.steps import SETTLED, Step, is_guarded, is_ready
from registry.admin.imports.writing import begin
from registry.forms.partial_dates import DayField
from registry.models.imports import ImportRun, RunState, Verdict
from registry.rosters.faults import Code, Refused, WrongUsage
from registry.rosters.matching.order import order_from
from registry.rosters.values import shown

CHANGES_SHOWN = 50
KEEP, END = "keep", "end"


class EffectPage(RunPages):
    """Numbers, changes, who would leave, the composition before and after."""

    def effect_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id, IMPORT if request.method == "POST" else "")
        if not (is_ready(run) or is_guarded(run)):
            return self.go_to(run)
        form = AbsentForm(run, request.POST or None)
        if form.is_valid():
            try:
                run = form.checked(request.user)
            except WrongUsage as wrong:
                form.add_error(None, str(wrong))
            else:
                return self.go_to(run, Step.EFFECT)
        return self.step_page(request, run, Step.EFFECT, _context(run, form))

    def again_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Check the kept file anew, read and decided as before: the register has changed."""
        run = self.run(request, run_id, IMPORT if request.method == "POST" else "")
        if request.method == "POST" and run.state not in SETTLED:
            try:
                run = check_again(run, request.user)
            except WrongUsage as wrong:
                return self.refused(request, run, wrong, Step.EFFECT)
        return self.go_to(run, Step.EFFECT if is_ready(run) or is_guarded(run) else None)

    def confirm_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Write what was seen; a second click finds it written and shows that."""
        run = self.run(request, run_id, CONFIRM if request.method == "POST" else "")
        waiting = is_ready(run) or run.state == RunState.BEGUN
        if request.method != "POST" or not waiting:
            return self.go_to(run, Step.EFFECT if is_ready(run) else None)
        if request.POST.get("digest") != run.digest:
            # Checked again in another window since: this is not what the curator looked at.
            said = gettext("The file was checked again since. This is what it changes now.")
            return self.refused(request, run, WrongUsage(said), Step.EFFECT)
        try:
            begin(run, request.user)
        except (Refused, WrongUsage) as problem:
            run.refresh_from_db(fields=["effect"])
            if isinstance(problem, Refused) and run.effect.get("refusal"):
                # The page says it, to whoever comes back to it as well.
                return self.go_to(run, Step.EFFECT)
            return self.refused(request, run, problem, Step.EFFECT)
        return self.go_to(run, Step.DONE)


class AbsentForm(forms.Form):
    """For each person in the register but not in the file: keep, or end on a day."""

    reason = forms.CharField(required=False, max_length=200, label=_("Why they left"))
    many = forms.BooleanField(
        required=False, label=_("Yes, end as many mandates as this: I have looked at each of them")
    )

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.absent = [
            each | {name: each[name] and shown(each[name]) for name in ("person", "group", "party")}
            for each in run.effect.get("absent", [])
        ]
        self.order = order_from(run.order)
        self.fields["reason"].initial = self.order.absent_reason
        if self.order.absent_limit is None and not _ends_many(run):
            del self.fields["many"]
        else:
            self.fields["many"].initial = self.order.absent_limit is not None
        for each in self.absent:
            ends = bool(each.get("end"))
            self.fields[f"answer-{each['pk']}"] = forms.ChoiceField(
                choices=[(KEEP, gettext("keep")), (END, gettext("left office on"))],
                initial=END if ends else KEEP,
                label=gettext("%(person)s: what becomes of the mandate") % each,
            )
            self.fields[f"day-{each['pk']}"] = DayField(
                required=False,
                initial=_day(each.get("end")),
                label=gettext("%(person)s: the first day out of office") % each,
            )

    def rows(self) -> Iterator[tuple[dict[str, Any], forms.BoundField, forms.BoundField]]:
        for each in self.absent:
            yield each, self[f"answer-{each['pk']}"], self[f"day-{each['pk']}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for each in self.absent:
            answer, day = f"answer-{each['pk']}", f"day-{each['pk']}"
            # Who ends all of the absent may leave the day open.
            needed = cleaned.get(answer) == END and not self.order.end_absent
            if needed and not cleaned.get(day) and day not in self.errors:
                self.add_error(day, ValidationError(gettext("Enter the first day out of office.")))
        return cleaned

    def checked(self, user: Any) -> ImportRun:
        """The run, checked again under these answers. Raises `WrongUsage`."""
        said, decided = self.cleaned_data, dict(self.run.decisions)
        for each in self.absent:
            key, day = f"absent:{each['pk']}", said[f"day-{each['pk']}"]
            if said[f"answer-{each['pk']}"] == KEEP:
                decided[key] = KEEP
            elif day:
                decided[key] = day.isoformat()
            else:
                decided.pop(key, None)
        ended = sum(said[f"answer-{each['pk']}"] == END for each in self.absent)
        limit = ended if said.get("many") else None
        order = replace(self.order, absent_reason=said["reason"], absent_limit=limit)
        return check_again(self.run, user, order=order, decisions=decided)


def _ends_many(run: ImportRun) -> bool:
    return any(each.get("code") == Code.TOO_MANY_ABSENT for each in run.plan.get("faults", []))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


class Number(NamedTuple):
    """A line of the composition: before and after."""

    label: str
    before: Any
    after: Any

    @property
    def changed(self) -> bool:
        return self.before != self.after


def _context(run: ImportRun, form: AbsentForm) -> dict[str, Any]:
    changed = run.rows.filter(verdict__in=(Verdict.CHANGED, Verdict.FILLS, Verdict.CONFLICT))
    unit = run.plan.get("unit", "line")
    refusal = list(faults_shown(run.effect.get("refusal", []), unit))
    return {
        "form": form,
        "guarded": is_guarded(run),
        "guards": list(faults_shown(run.plan.get("faults", []), unit)),
        "numbers": numbers_of(run),
        "to_write": to_write(run),
        "nothing_to_do": run.plan.get("nothing_to_do", False),
        "changed": [row_shown(row, run) for row in changed[:CHANGES_SHOWN]],
        "changed_number": changed.count(),
        "refusal": refusal,
        # What was seen cannot be written any more: it is to be checked again first.
        "outdated": any(each.code == Code.CHANGED_SINCE for each in refusal),
        "since": list(faults_shown(run.effect.get("since", []), unit)),
        "warnings": list(faults_shown(run.plan.get("warnings", []), unit)),
        "sentences": list(notes_shown(run)),
        **composition_shown(run),
    }


def numbers_of(run: ImportRun) -> dict[str, int]:
    """How many records of each kind the import makes, changes, ends and leaves as they are."""
    counted = dict(run.plan.get("numbers", {}))
    names = ("new", "changed", "ended", "unchanged", "replaced")
    names += ("new_persons", "changed_persons", "new_parties", "new_territories")
    return {name: counted.get(name, 0) for name in names}


def to_write(run: ImportRun) -> int:
    """What the button counts: everything but what stays as it is."""
    return sum(number for name, number in numbers_of(run).items() if name != "unchanged")


def composition_shown(run: ImportRun) -> dict[str, Any]:
    """The composition before and after, and the findings that come, go and change."""
    before, after = run.effect.get("before", {}), run.effect.get("after", {})
    labels = {
        "required": gettext("Seats"),
        "filled": gettext("Filled"),
        "possible": gettext("Possibly filled besides"),
        "vacant": gettext("Vacant"),
        "over": gettext("Too many"),
    }
    lines = [
        Number(label, before.get(key), after.get(key))
        for key, label in labels.items()
        if key == "filled" or before.get(key) or after.get(key)
    ]
    return {
        "day": _day(run.effect.get("day")),
        "before": before,
        "after": after,
        "lines": lines,
        "come": [_finding(each) for each in run.effect.get("come", [])],
        "go": [_finding(each) for each in run.effect.get("go", [])],
        "change": [
            {"before": _finding(one)["text"], **_finding(other)}
            for one, other in run.effect.get("change", [])
        ],
    }


def _finding(data: dict[str, Any]) -> dict[str, str]:
    texts = data["texts"]
    text = texts.get(get_language()) or next(iter(texts.values()), "")
    return {"severity": data["severity"], "text": text}
