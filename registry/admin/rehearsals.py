"""What an action would do: it is performed, looked at, and taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext

from registry.admin.effects import Row, numbers
from registry.domain.checks import judge
from registry.domain.comparison import Comparison, compare
from registry.domain.composition import Composition, Line
from registry.domain.drafts import Effect
from registry.domain.facts import Territory
from registry.domain.findings import Finding, Severity
from registry.forms.guided import Guided
from registry.models.versions import newest_versions
from registry.snapshots import composition_of, history_of
from registry.templatetags.wording import text

# Seats, filled and vacant are shown always; what follows from them where it changes.
ALWAYS = 3


class DayShown(NamedTuple):
    """A day of the effect: the numbers before and after, who comes and goes, what is found."""

    effect: Effect
    comparison: Comparison
    rows: list[Row]
    lines: list[Row]

    @property
    def day(self) -> date:
        return self.effect.after.day


@dataclass(frozen=True, slots=True)
class Outcome:
    """The effect of an action. `digest` is that of the numbers, and of the versions changed.

    `errors` are the grave findings that come, on the days shown or later up to today; they and
    `doubts` ask for a reason. `record` was saved if the action was `kept`.
    """

    days: tuple[DayShown, ...]
    errors: tuple[Finding, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    digest: str
    record: models.Model
    kept: bool

    @property
    def asks_for_a_reason(self) -> bool:
        return bool(self.errors or self.doubts)

    @property
    def other_errors(self) -> tuple[Finding, ...]:
        """Those that come on none of the days shown."""
        shown = {f.key for each in self.days for f in each.comparison.findings_new}
        return tuple(finding for finding in self.errors if finding.key not in shown)


def perform(form: Guided, *, seen: str | None = None) -> Outcome:
    """Perform the action of a valid form; what it changes stays only if `seen` is its digest.

    Where a reason is asked for and none is given, nothing stays. To be called in a transaction
    that holds the institution. Raises `ValidationError` and `IntegrityError` where a record is
    impossible.
    """
    versions = _versions(form.touched())
    with transaction.atomic():
        before, errors = _found(form)
        record = form.perform()
        after, errors_after = _found(form)
        days = tuple(_shown(before[day], after[day]) for day in before)
        known = {finding.key for finding in errors}
        coming = {f.key: f for f in errors_after if f.key not in known}
        doubts = tuple(map(str, form.doubts()))
        digest = _digest(versions, days, coming.values(), doubts)
        kept = seen == digest and bool(form.why or not (coming or doubts))
        transaction.set_rollback(not kept)
    notes = tuple(map(str, form.notes()))
    return Outcome(days, tuple(coming.values()), doubts, notes, digest, record, kept)


def _found(form: Guided) -> tuple[dict[date, Composition], list[Finding]]:
    """The institution on the days of the effect, and the grave findings from the first of them."""
    days = form.days()
    composed = {day: composition_of(form.institution, on=day) for day in days}
    last = max(form.on, *days) + timedelta(days=1)
    ((_institution, findings),) = history_of([form.institution], min(days), last)
    return composed, [each for each in findings if each.severity is Severity.ERROR]


def _shown(before: Composition, after: Composition) -> DayShown:
    effect = Effect(before, after, judge(before), judge(after))
    comparison = compare(before, after, effect.findings_before, effect.findings_after)
    parties = _parties(before, after)
    first = [row for place, row in enumerate(numbers(effect)) if place < ALWAYS or row.changed]
    lines = [*_lines(before, after), *parties]
    return DayShown(effect, comparison, first, lines)


def _lines(before: Composition, after: Composition) -> Iterator[Row]:
    """The seats of each group and territory that are held otherwise than before."""
    was, now = _by_place(before), _by_place(after)
    for place in dict.fromkeys([*was, *now]):
        line = now.get(place) or was[place]
        row = Row(_label(line, after.day), _counted(was.get(place)), _counted(now.get(place)))
        if row.changed:
            yield row


def _parties(before: Composition, after: Composition) -> Iterator[Row]:
    """The parties that have other numbers of seats than before."""
    names = {each.slug: each.names for c in (before, after) for each in c.parties}
    was, now = ({each.slug: each.seats for each in c.parties} for c in (before, after))
    for slug, name in names.items():
        if len(names) > 1 and was.get(slug, 0) != now.get(slug, 0):
            label = text(name) if slug else gettext("Without a party")
            yield Row(label, str(was.get(slug, 0)), str(now.get(slug, 0)))


def _by_place(composition: Composition) -> dict[tuple[int, int], Line]:
    lines = (*composition.lines, *composition.inner)
    return {
        (line.rule.group.id, line.territory.id if line.territory else 0): line for line in lines
    }


def _label(line: Line, day: date) -> str:
    group = text(line.rule.group.names)
    return f"{group}, {text(line.territory.names_on(day))}" if line.territory else group


def _counted(line: Line | None) -> str:
    if line is None:
        return "–"
    if line.required is None:
        return str(line.filled)
    said = gettext("%(filled)s of %(required)s") % {
        "filled": line.filled,
        "required": line.required,
    }
    return f"{said} ({gettext('acting')})" if line.acting and not line.holders else said


def _versions(records: list[models.Model]) -> list[tuple[str, int, int]]:
    """The newest version of each record, locked in one order for everybody."""
    found = []
    for model in sorted({type(each) for each in records}, key=lambda each: each.__name__):
        ids = sorted(each.pk for each in records if type(each) is model)
        rows = model._base_manager.select_for_update().filter(pk__in=ids).order_by("pk")
        locked = list(rows.values_list("pk", flat=True))
        numbers = newest_versions(model, locked)
        found += [(model.__name__, pk, numbers.get(pk, 0)) for pk in locked]
    return found


def _digest(versions: Any, days: Any, errors: Any, doubts: Any) -> str:
    compositions = [each for day in days for each in (day.effect.before, day.effect.after)]
    said = [
        versions,
        [[str(c.day), c.required, c.filled, c.vacant, c.over] for c in compositions],
        [[*row] for day in days for row in day.lines],
        sorted(_fault(finding) for finding in errors),
        list(doubts),
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def _fault(finding: Finding) -> str:
    """What a finding comes down to, whatever the keys of records that are not saved yet."""
    group = finding.rule.group.slug if finding.rule else ""
    where = finding.territory.slug if isinstance(finding.territory, Territory) else ""
    return f"{finding.problem}:{group}:{where}:{finding.expected}:{finding.found}"
