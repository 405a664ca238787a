"""Whom or what a name of the file means: the questions of a run, and a curator's answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Party, Person, Territory
from registry.models.fields import told
from registry.models.imports import ImportRun
from registry.rosters.matching.namesakes import offices_of
from registry.rosters.matching.questions import LEAVE_OUT, NEW

KINDS = {"person": Person, "party": Party, "territory": Territory}
# The field of a form that says it is some other record, which another field names.
OTHER = "other"

WHY = {
    "same_name": gettext_lazy("The same name."),
    "other_spelling": gettext_lazy("The same name in another spelling."),
    "part_of_name": gettext_lazy("A part of the name is the same."),
    "near": gettext_lazy("A name that differs in a letter or two."),
    "similar": gettext_lazy("A name that is alike."),
    "called": gettext_lazy("Is called so in the register."),
}


class CandidateShown(NamedTuple):
    """A record that a name may mean, with a page to look at it."""

    value: str
    label: str
    why: str
    born: str
    offices: list[str]
    address: str


class QuestionShown(NamedTuple):
    """A question with what is chosen now; `number` tells its fields apart from others'."""

    number: int
    key: str
    kind: str
    name: str
    born: str
    lines: list[int]
    candidates: list[CandidateShown]
    may_be_new: bool
    chosen: str
    open: bool
    other: str
    error: str
    column: str


def questions_shown(
    run: ImportRun,
    numbered: Iterable[tuple[int, Mapping[str, Any]]],
    errors: Mapping[int, str] | None = None,
) -> Iterator[QuestionShown]:
    """The questions of a page, in four queries at most."""
    numbered = list(numbered)
    records = _records(numbered)
    offices = offices_of({pk for (kind, _value), (pk, *_) in records.items() if kind == "person"})
    for number, asked in numbered:
        candidates = []
        for each in asked["candidates"]:
            # One that was merged away or deleted since is shown as it was.
            gone = (None, each["label"], "")
            pk, label, page = records.get((asked["kind"], each["value"]), gone)
            sat = offices.get(pk, ()) if asked["kind"] == "person" else ()
            why, born = str(WHY.get(each["why"], "")), each.get("born", "")
            candidates.append(CandidateShown(each["value"], label, why, born, [*sat], page))
        chosen = run.decisions.get(asked["key"]) or asked["answer"] or asked["default"]
        known = {each.value for each in candidates} | {NEW, LEAVE_OUT, ""}
        yield QuestionShown(
            number,
            asked["key"],
            asked["kind"],
            asked["name"],
            asked.get("born", ""),
            asked["lines"],
            candidates,
            asked["may_be_new"],
            chosen if chosen in known else OTHER,
            not chosen,
            "" if chosen in known else chosen,
            (errors or {}).get(number, ""),
            asked.get("column", ""),
        )


def answers(
    run: ImportRun, data: QueryDict, numbered: Iterable[tuple[int, Mapping[str, Any]]]
) -> tuple[dict[str, str], dict[int, str]]:
    """What a form answers by the keys of the questions, and what is wrong with an answer."""
    given: dict[str, str] = {}
    wrong: dict[int, str] = {}
    for number, asked in numbered:
        # The questions may be others since the page was made: its answers are not for these.
        if data.get(f"key-{number}") != asked["key"]:
            continue
        answer = data.get(f"answer-{number}", "")
        if answer == OTHER:
            answer = data.get(f"other-{number}", "").strip()
            if not _exists(asked["kind"], answer):
                wrong[number] = _unknown(asked["kind"], answer)
                continue
        allowed = {each["value"] for each in asked["candidates"]} | {LEAVE_OUT}
        if asked["may_be_new"]:
            allowed.add(NEW)
        if answer in allowed or _exists(asked["kind"], answer):
            given[asked["key"]] = answer
    return given, wrong


def _unknown(kind: str, answer: str) -> str:
    if kind == "person":
        return _(
            "There is no person with the permanent id “%(value)s”. Copy it from the person's page."
        ) % {"value": answer[:60]}
    return _("Choose one of the list.")


def _exists(kind: str, answer: str) -> bool:
    if kind != "person":
        return bool(answer) and KINDS[kind].objects.filter(slug=answer[:200]).exists()
    try:
        return Person.objects.filter(uid=UUID(answer)).exists()
    except ValueError:
        return False


def _records(
    numbered: Iterable[tuple[int, Mapping[str, Any]]],
) -> dict[tuple[str, str], tuple[int, str, str]]:
    """By kind and value, the number of each candidate, its name for who reads, and its page."""
    values: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for _number, asked in numbered:
        values[asked["kind"]] |= {each["value"] for each in asked["candidates"]}
    found = {}
    for kind, some in values.items():
        field = "uid" if kind == "person" else "slug"
        model = KINDS[kind]
        for record in model.objects.filter(**{f"{field}__in": some}) if some else ():
            page = reverse(f"admin:registry_{model._meta.model_name}_change", args=[record.pk])
            label = record.listed_name if kind == "person" else str(record)
            found[kind, str(getattr(record, field))] = (record.pk, label, page)
    return found


def choices_of(kind: str) -> list[tuple[str, str]]:
    """Every party or territory, for a list to choose from: its address and its name."""
    records = KINDS[kind].objects.values_list("slug", "name")
    named = ((slug, told(name)) for slug, name in records)
    return sorted(named, key=lambda each: each[1].casefold())
