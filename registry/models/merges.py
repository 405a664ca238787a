"""Records of one person made one, told from the history alone.

All versions that a merge writes bear one moment and one reason, so that they are found together.
The permanent id of the record that went becomes an identifier of the one that is kept, so that
addresses and files that know the old record still lead to the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from registry.models.people import MERGED, Person, PersonIdentifier

_MERGE = re.compile(r"Merge of #(\d+) into #(\d+): ")
_WORK = re.compile(r"(Undo of m|M)erge of #(\d+) into #(\d+): ")
V = TypeVar("V")
_APART = re.compile(r"Not the same person as #(\d+): ")


class Merge(NamedTuple):
    """A record that was merged into another one: which, when, by whom and why."""

    gone: int
    kept: int
    moment: datetime
    said: str
    entry: Any

    @property
    def reason(self) -> str:
        return _MERGE.sub("", self.said, count=1)

    @property
    def names(self) -> str:
        return str(self.entry.instance)


def merge_of(entry: Any) -> Merge | None:
    """The merge that wrote the last version of a person, if one did."""
    told = _MERGE.match(entry.history_change_reason or "")
    if told is None or entry.history_type != "-":
        return None
    gone, kept = map(int, told.groups())
    return Merge(gone, kept, entry.history_date, entry.history_change_reason, entry)


def merges() -> Iterator[Merge]:
    """All merges that stand, the newest first: those whose record has not come back."""
    entries = Person.history.filter(
        history_type="-", history_change_reason__startswith="Merge of #"
    ).exclude(id__in=Person.objects.values("pk"))
    told: set[int] = set()
    for entry in entries.select_related("history_user"):
        if (merge := merge_of(entry)) and merge.gone not in told:
            told.add(merge.gone)
            yield merge


def without_undone(versions: Iterable[tuple[V, str | None]]) -> list[V]:
    """Versions, the oldest first, without those of merges that were taken back in their turn.

    Each comes with the reason that its history gives.
    """
    left: list[tuple[V, tuple[str, ...] | None]] = []
    for version, reason in versions:
        work = _WORK.match(reason or "")
        of = work.groups()[1:] if work else None
        if work and work.group(1) != "M" and left and left[-1][1] == of:
            left.pop()
        else:
            left.append((version, of))
    return [version for version, _of in left]


class Signed:
    """Signs what is saved or deleted with one moment, one reason and one name."""

    def __init__(self, user: Any, said: str) -> None:
        self.user, self.said, self.moment = user, said, timezone.now()

    def __call__(self, row: Model) -> Any:
        row._history_user, row._change_reason = self.user, self.said
        row._history_date = self.moment
        return row


def merge(kept: Person, gone: Person, values: Mapping[str, Any], *, user: Any, reason: str) -> None:
    """Move all that is recorded of `gone` to `kept`, give it `values`, and delete `gone`.

    The caller holds a transaction and the locks. Raises `ValidationError` if two of their
    appointments would be one row twice.
    """
    signed = Signed(user, f"Merge of #{gone.pk} into #{kept.pk}: {reason}")
    for relation in Person._meta.related_objects:
        if hasattr(relation.related_model, "history"):
            for row in list(getattr(gone, relation.get_accessor_name()).order_by("pk")):
                _move(row, relation.field.name, kept, signed)
    _move_decisions(kept, gone)
    own = PersonIdentifier(person=kept, scheme=MERGED, value=str(gone.uid))
    signed(own).save()
    for name, value in values.items():
        setattr(kept, name, value)
    signed(kept).save()
    signed(gone).delete()


def _move(row: Model, name: str, kept: Person, signed: Signed) -> None:
    """Give a row to another person; one that says what is said of that person already goes."""
    before = getattr(row, name)
    setattr(row, name, kept)
    try:
        row.validate_constraints()
    except ValidationError:
        if row._meta.model_name != "citation":
            raise
        setattr(row, name, before)
        signed(row).delete()
    else:
        signed(row).save()


def _move_decisions(kept: Person, gone: Person) -> None:
    """What names in files stand for; whoever bears a name does so under the other number.

    A name that was one of them, and not the other, is the person that both are.
    """
    known = {(each.institution_id, each.key): each for each in kept.name_decisions.all()}
    for decision in gone.name_decisions.all():
        same = known.get((decision.institution_id, decision.key))
        if same is None:
            decision.person = kept
            decision.save()
        elif decision.same and not same.same:
            same.same, same.run = True, decision.run
            same.save()


def tell_apart(one: Person, other: Person, *, user: Any, reason: str) -> None:
    """Keep that two records are of two persons: a version of each says so."""
    for person, another in ((one, other), (other, one)):
        person._history_user = user
        person._change_reason = f"Not the same person as #{another.pk}: {reason}"
        person.save()


def told_apart(persons: Iterable[int] | None = None) -> set[frozenset[int]]:
    """The numbers of two persons each that somebody decided to be two."""
    entries = Person.history.filter(history_change_reason__startswith="Not the same person as #")
    if persons is not None:
        entries = entries.filter(id__in=list(persons))
    return {
        frozenset((number, int(told.group(1))))
        for number, reason in entries.order_by().values_list("id", "history_change_reason")
        if (told := _APART.match(reason))
    }
