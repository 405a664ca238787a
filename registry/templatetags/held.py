"""What a record holds, in words."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.utils import lookup_field
from django.utils.html import format_html_join

from registry.domain.dates import PartialDate
from registry.templatetags.edits import in_words

register = template.Library()


@register.filter
def as_read(field: AdminReadonlyField) -> str:
    """A field of the admin that whoever reads it may not change."""
    _field, _attribute, value = lookup_field(
        field.field["field"], field.form.instance, field.model_admin
    )
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
