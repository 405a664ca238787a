"""Records that are found by their names, in every script, with one typing error forgiven.

Their words are kept by the signals of a saved or deleted record, which cascades and versions
brought back send too, and by the bulk methods here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from registry.models.fields import DerivedField
from registry.models.naming import texts_of, words_of
from registry.models.spellings import Spelling, portions, write
from registry.models.typed import Typed


class SpelledQuerySet(models.QuerySet):
    """Records that are found by their names; what is written in bulk is found as well."""

    def called(self, typed: str) -> Self:
        """Those that go by every word of what was typed; where nobody does, nearly so."""
        asked = Typed(typed)
        found = self.filter(asked.exactly(self.model))
        return found if found.exists() else self.filter(asked.nearly(self.model))

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            spell(rows)
        return rows

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kw: Any) -> int:
        """Columns derived from the names that change, change with them."""
        rows, fields = list(objs), list(fields)
        if not {*fields} & {*self.model.spelled_in}:
            return super().bulk_update(rows, fields, *args, **kw)
        derived = DerivedField.of(self.model)
        for field in derived:
            field.derive(rows)
        names = dict.fromkeys([*fields, *(field.name for field in derived)])
        with transaction.atomic(savepoint=False):
            changed = super().bulk_update(rows, [*names], *args, **kw)
            spell(rows)
        return changed


class Spelled(models.Model):
    """A record that is found by the texts in `spelled_in`, and by those of what it had before.

    `spelled_by` names the related records whose names lead to this one.
    """

    spelled_in: ClassVar[tuple[str, ...]] = ("name",)
    spelled_by: ClassVar[tuple[str, ...]] = ()

    objects = SpelledQuerySet.as_manager()

    class Meta:
        abstract = True


def spell(rows: Iterable[Spelled]) -> None:
    """Bring the words of some records, all of one model, to what their names say."""
    rows = [row for row in rows if row.pk]
    for some in portions(rows):
        wanted = {row.pk: words_of(texts_of(row, row.spelled_in)) for row in some}
        write(some[0]._meta.model_name, wanted)


def forget(model: type[models.Model], ids: Collection[int]) -> None:
    """Drop the words of records that are deleted."""
    if issubclass(model, Spelled):
        Spelling.objects.filter(kind=model._meta.model_name, record__in=ids).delete()


@receiver(post_save)
def _saved(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Spelled):
        spell([instance])


@receiver(post_delete)
def _deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Spelled):
        forget(sender, [instance.pk])
