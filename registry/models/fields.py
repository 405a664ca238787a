"""Fields of our own: texts in several languages, and keys derived from them on every save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Who reads one language is shown these others, in this order, when a text is missing.
FALLBACKS = {
    "en": ("en", "ru", "kk", "de"),
    "kk": ("kk", "ru", "en", "de"),
    "ru": ("ru", "kk", "en", "de"),
    "de": ("de", "en", "ru", "kk"),
}


def best_text(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """The text to show a reader of `language`, and the language it is in ("" when unknown)."""
    texts = texts or {}
    for code in FALLBACKS.get(language, FALLBACKS["en"]):
        if texts.get(code):
            return texts[code], code
    return next(((text, code) for code, text in texts.items() if text), ("", ""))


def told(texts: Mapping[str, str] | None) -> str:
    """The text to show whoever reads now, in the language of the moment."""
    return best_text(texts, get_language() or "en")[0]


class TextsField(models.JSONField):
    """Texts by language code, such as `{"en": "Senate", "kk": "Сенат"}`.

    The code "und" holds a text whose language nobody stated, as names in imported files are.
    """

    description = _("Texts in several languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValidationError(_('Texts are written as {"en": "…", "kk": "…"}.'))


class DerivedField(models.CharField):
    """A column computed from the row whenever it is saved, in bulk inserts too.

    `bulk_update` writes what the instance holds; `compute` it anew before.

    `compute` takes the instance. Sorting and searching use such columns because neither
    SQLite nor PostgreSQL without ICU knows the alphabets.
    """

    def __init__(self, *args: Any, compute: Callable[[Any], str] | None = None, **kwargs: Any):
        self.compute = compute
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, model: type[models.Model]) -> list[Self]:
        """The columns of a model that are derived."""
        return [field for field in model._meta.concrete_fields if isinstance(field, cls)]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        self.derive([model_instance])
        return getattr(model_instance, self.attname)

    def derive(self, rows: Iterable[Any]) -> None:
        """Fill in the column of some rows, as saving them would."""
        # The field of a past state of the model, in a migration, cannot compute.
        if compute := self.compute:
            for row in rows:
                setattr(row, self.attname, compute(row)[: self.max_length])
