"""What a record holds, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.utils import lookup_field
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from registry.domain.dates import PartialDate
from registry.templatetags.days import long_day, partial

register = template.Library()


def in_words(value: Any) -> str:
    """A value of a field, in one line and in the language of the moment; nothing for nothing."""
    match value:
        case None | "" | {} | []:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case PartialDate():
            return partial(value)
        case date():
            return long_day(value)
        case dict():
            return "; ".join(f"{code}: {text}" for code, text in value.items())
        case str() | Model():
            return str(value)
        case Iterable():
            return "; ".join(str(each) for each in value)
    return str(value)


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
