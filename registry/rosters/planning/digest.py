"""A number for all that a plan would write: two plans that have it are the same plan."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db.models import Model

from registry.domain.dates import PartialDate
from registry.models import Person
from registry.rosters.matching.found import Found
from registry.rosters.planning.changes import Change
from registry.rosters.planning.mandates import Mandate, Sits
from registry.rosters.planning.plans import Plan, Portion


class Digest:
    """SHA-256 of the verdict of each row and of every value to be written, in their order."""

    def __init__(self) -> None:
        self._sha = sha256()

    def add(self, portion: Portion) -> None:
        self._feed((row.line, row.verdict.value, _changes(row.changes)) for row in portion.rows)
        self._feed(_person(each.record, each.identifiers) for each in portion.new_persons)
        self._feed(_mandate(each) for each in portion.new)
        self._feed(
            (each.appointment.pk, each.mandate.lines, _changes(each.changes), _sits(each.parties))
            for each in portion.changed
        )
        self._feed(
            (each.person.record.pk, _changes(each.changes), each.identifiers)
            for each in portion.changed_persons
        )
        self._feed(_found(each) for each in (*portion.parties, *portion.territories))
        self._feed((each.kind, each.key, each.same) for each in portion.name_decisions)

    def text(self, plan: Plan) -> str:
        """The digest of the portions so far and of what holds for the whole plan."""
        self._feed(
            (each.number, each.new, each.filled, str(each.start), str(each.end))
            for each in plan.sittings
        )
        self._feed((each.pk, str(end), plan.order.absent_reason) for each, end in plan.ended)
        self._feed(each.pk for each in plan.replaced)
        self._feed((each.pk, rest) for each, rest in plan.uncovered)
        self._feed((days, sitting.number) for days, sitting in plan.covered)
        return self._sha.hexdigest()

    def _feed(self, values: Iterable[Any]) -> None:
        self._sha.update(repr(list(values)).encode("utf-8", "backslashreplace"))


def _person(person: Person, identifiers: Iterable[Any]) -> tuple:
    return (
        person.name,
        person.sort_name,
        person.other_names,
        person.birth_earliest,
        person.birth_latest,
        person.gender,
        person.sample,
        list(identifiers),
    )


def _mandate(mandate: Mandate) -> tuple:
    return (
        mandate.person.record.pk,
        mandate.lines,
        mandate.sitting.number if mandate.sitting else None,
        mandate.group.pk if mandate.group else None,
        mandate.territory.record.slug if mandate.territory else None,
        str(mandate.start),
        str(mandate.end),
        mandate.start_inherited,
        mandate.end_inherited,
        mandate.acting,
        mandate.designation,
        mandate.end_reason,
        mandate.note,
        mandate.role,
        _sits(mandate.parties),
    )


def _sits(parties: list[Sits] | None) -> list[tuple] | None:
    if parties is None:
        return None
    return [(each.party.record.slug, str(each.start), str(each.end)) for each in parties]


def _changes(changes: list[Change]) -> list[tuple]:
    return [
        (each.field, _plain(each.old), _plain(each.new), each.verdict.value) for each in changes
    ]


def _plain(value: Any) -> Any:
    """A value whatever the language of whoever reads it."""
    match value:
        case Model():
            return value.pk or value.slug
        case list():
            return [_plain(each) for each in value]
        case PartialDate():
            return str(value)
    return value


def _found(found: Found) -> tuple:
    return found.record.slug, found.record.name, list(found.identifiers)
