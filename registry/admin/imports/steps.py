"""The five steps of an import: where each is, and which of them a run has come to."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models.imports import ImportRun, RunState
from registry.rosters.faults import Code

# Of the reading: a plain list, whose columns are called as its author pleased.
PLAIN = "list"


class Step(StrEnum):
    """A step; its value is the last part of its address."""

    FILE = "file"
    COLUMNS = "columns"
    CHECK = "check"
    EFFECT = "effect"
    DONE = "done"

    @property
    def title(self) -> Promise:
        return TITLES[self]


TITLES = {
    Step.FILE: _("File"),
    Step.COLUMNS: _("Columns"),
    Step.CHECK: _("Check"),
    Step.EFFECT: _("Effect"),
    Step.DONE: _("Done"),
}

# Nothing of these can be asked for otherwise any more.
SETTLED = {RunState.BEGUN, RunState.APPLIED, RunState.UNDONE, RunState.DROPPED}
# What the page of the effect asks about those whom the file does not have.
OF_THE_ABSENT = {Code.TOO_MANY_ABSENT, Code.ABSENT_DAY}


class Shown(NamedTuple):
    """A step in the list above each page; without an address it cannot be gone to."""

    number: int
    title: Promise
    address: str
    current: bool
    needed: bool


def address(run: ImportRun, page: str) -> str:
    return reverse(f"admin:registry_importrun_{page}", args=[run.pk])


def is_plain_list(run: ImportRun) -> bool:
    return PLAIN in (run.plan.get("layout"), run.reading.get("layout"))


def has_rows(run: ImportRun) -> bool:
    """Whether the file could be read as a whole, whatever is wrong in single rows."""
    return bool(run.plan.get("rows"))


def is_ready(run: ImportRun) -> bool:
    """Whether the effect of a run is known, so that it can be looked at and confirmed."""
    return run.state == RunState.CHECKED and not run.plan.get("open")


def is_guarded(run: ImportRun) -> bool:
    """Whether nothing but the mandates that it would end keeps a run from being ready."""
    codes = {each.get("code") for each in run.plan.get("faults", [])}
    return bool(codes) and not run.plan.get("open") and codes <= OF_THE_ABSENT


def come_to(run: ImportRun) -> Step:
    """The step at which somebody who comes back to a run goes on."""
    if run.state in SETTLED:
        return Step.DONE
    if run.effect.get("refusal") and is_ready(run):
        return Step.EFFECT
    return Step.CHECK if has_rows(run) else Step.FILE


def steps(run: ImportRun | None, current: Step) -> Iterator[Shown]:
    """The list of the steps as it stands above one of their pages."""
    open_now = {Step.FILE}
    if run is not None:
        if is_plain_list(run):
            open_now.add(Step.COLUMNS)
        if has_rows(run):
            open_now.add(Step.CHECK)
        if is_ready(run) or is_guarded(run):
            open_now.add(Step.EFFECT)
        if run.state in SETTLED:
            open_now.add(Step.DONE)
    for number, step in enumerate(Step, 1):
        there = address(run, step.value) if run is not None and step in open_now else ""
        # A file of a known layout says itself what its columns mean.
        needed = run is None or step is not Step.COLUMNS or is_plain_list(run)
        yield Shown(number, step.title, there, step is current, needed)
