"""Form fields for texts in several languages and for lists of spellings."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

UNSTATED = "und"


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES] + [UNSTATED]


class TextsWidget(forms.MultiWidget):
    """One labelled input for each language, and one for a text whose language nobody stated.

    Texts in languages without an input travel along hidden, so that saving keeps them.
    """

    # Beside the application: form renderers do not look into the templates of the project.
    template_name = "registry/widgets/texts.html"

    def __init__(self, attrs: dict[str, Any] | None = None, long: bool = False) -> None:
        single = forms.Textarea if long else forms.TextInput
        own = {"rows": 3, "class": "vLargeTextField"} if long else {"class": "vTextField"}
        inputs: dict[str, forms.Widget] = {}
        for code in _codes():
            language = {} if code == UNSTATED else {"lang": code}
            inputs[code] = single(attrs=own | language)
        inputs["others"] = forms.HiddenInput()
        super().__init__(inputs, attrs)

    def decompress(self, value: Any) -> list[str]:
        texts = dict(value) if isinstance(value, dict) else {}
        known = [texts.pop(code, "") for code in _codes()]
        return [*known, json.dumps(texts) if texts else ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = [*(name for _code, name in settings.LANGUAGES), _("Language not stated")]
        *inputs, others = context["widget"]["subwidgets"]
        context["inputs"] = list(zip(names, inputs, strict=True))
        context["others"] = others
        return context


class TextsFormField(forms.MultiValueField):
    """Texts by language code, such as `{"en": "Senate"}`; empty ones are left out."""

    default_error_messages = {"required": _("Enter this in at least one language.")}

    def __init__(self, *, long: bool = False, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder", "max_length", "widget"):
            kwargs.pop(unused, None)
        parts = [forms.CharField(required=False) for _code in _codes()]
        super().__init__(
            fields=[*parts, forms.CharField(required=False)],
            widget=TextsWidget(long=long),
            require_all_fields=False,
            **kwargs,
        )

    def compress(self, values: list[str]) -> dict[str, str]:
        if not values:
            return {}
        *known, others = values
        texts = {code: text for code, text in zip(_codes(), known, strict=True) if text}
        return texts | self._others(others)

    @staticmethod
    def _others(text: str) -> dict[str, str]:
        try:
            others = json.loads(text or "{}")
        except ValueError:
            others = None
        if not isinstance(others, dict) or not all(isinstance(v, str) for v in others.values()):
            raise ValidationError(
                _("The texts in other languages were damaged. Open the page anew.")
            )
        return others


class LongTextsFormField(TextsFormField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(long=True, **kwargs)


class LinkField(forms.URLField):
    """An address of the web; what has no scheme is taken for https."""

    default_validators = [URLValidator(schemes=("http", "https"))]
    default_error_messages = {
        "invalid": _(
            "The link must start with https:// or http://, such as https://example.org/page."
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
        super().__init__(**kwargs)
        if not self.help_text:
            self.help_text = _("One on each line.")

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: list[str]) -> None:
        super().run_validators("\n".join(value))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)
