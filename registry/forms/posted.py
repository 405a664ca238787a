"""What forms post, field by field, so that what two people entered can be held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from registry.templatetags.edits import in_words

# The inputs of one field, by their names without the prefix of the form, and what they hold.
Inputs = Mapping[str, tuple[str, ...]]
# The fields of one form.
Entries = Mapping[str, Inputs]


def resendable(request: HttpRequest) -> list[tuple[str, str]]:
    """What a browser posted, as it posted it: a view may have put other values in its place.

    None of a form with a file, which a page cannot send again, or with a password, which has no
    place in one.
    """
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return []
    posted = QueryDict(request.body, encoding=request.encoding)
    if any("password" in name for name in posted):
        return []
    return [(name, value) for name, values in posted.lists() for value in values]


def inputs_of(widget: forms.Widget, name: str, value: Any) -> dict[str, tuple[str, ...]]:
    """What a browser posts for a widget that shows a value; empty texts are left out."""
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        found: dict[str, tuple[str, ...]] = {}
        for suffix, single, part in zip(widget.widgets_names, widget.widgets, parts, strict=True):
            found |= inputs_of(single, name + suffix, part)
        return found
    if isinstance(widget, forms.CheckboxInput):
        return {name: ("on",)} if widget.check_test(value) else {}
    shown = widget.format_value(value)
    values = shown if isinstance(shown, list | tuple) else (shown,)
    texts = tuple(_plain(str(each)) for each in values if each not in (None, ""))
    return {name: texts} if texts else {}


def names_of(widget: forms.Widget, name: str) -> Iterator[str]:
    """The names of the inputs of a widget."""
    if isinstance(widget, forms.MultiWidget):
        for suffix, single in zip(widget.widgets_names, widget.widgets, strict=True):
            yield from names_of(single, name + suffix)
    else:
        yield name


def entries_of(form: forms.BaseForm) -> dict[str, Inputs]:
    """What a form that shows a record would post, by field."""
    return {
        name: inputs_of(field.widget, name, form[name].value())
        for name, field in form.fields.items()
    }


def posted_in(form: forms.BaseForm, data: QueryDict, prefix: str = "") -> dict[str, Inputs]:
    """What somebody posted for the fields of a form; `prefix` ends with its dash."""
    found = {}
    for name, field in form.fields.items():
        inputs = {}
        for each in names_of(field.widget, name):
            texts = tuple(_plain(text) for text in data.getlist(prefix + each) if text != "")
            if texts:
                inputs[each] = ("on",) if isinstance(field.widget, forms.CheckboxInput) else texts
        found[name] = inputs
    return found


def write(data: QueryDict, form: forms.BaseForm, entries: Entries, prefix: str = "") -> None:
    """Put entries into what is posted, in the place of what stands there."""
    for name, inputs in entries.items():
        for each in names_of(form.fields[name].widget, name):
            data.pop(prefix + each, None)
            if each in inputs:
                data.setlist(prefix + each, list(inputs[each]))


def shown(field: forms.Field, name: str, inputs: Inputs) -> str:
    """What was entered, as a person reads it; as it stands where it cannot be understood."""
    data = QueryDict(mutable=True)
    for each, texts in inputs.items():
        data.setlist(each, list(texts))
    value = field.widget.value_from_datadict(data, {}, name)
    try:
        value = field.clean(value)
    except ValidationError:
        return ", ".join(text for texts in inputs.values() for text in texts) or _("empty")
    return in_words(value, getattr(field, "choices", ())) or _("empty")


def _plain(text: str) -> str:
    # A browser sends the line endings of forms, whatever stood in the record.
    return text.replace("\r\n", "\n").strip()
