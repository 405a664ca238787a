"""What a record holds, in words."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.utils.html import format_html_join

from registry.domain.dates import PartialDate
from registry.templatetags.edits import in_words

register = template.Library()


@register.filter
def as_read(field: AdminReadonlyField) -> str:
    """A field of the admin that whoever reads it may not change."""
    name, record = field.field["field"], field.form.instance
    column = getattr(field.model_admin, name, None) if isinstance(name, str) else name
    if callable(column):
        return in_words(column(record)) if getattr(column, "boolean", False) else field.contents()
    value = getattr(record, name)
    match value:
        case None:
            return "–"
        case dict():
            return format_html_join(
                "",
                '<div lang="{}">{}</div>',
                ((code, text) for code, text in value.items() if text),
            )
        case bool() | PartialDate() | list():
            return in_words(value) or "–"
    return field.contents()
