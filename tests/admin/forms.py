"""Fills in forms as a browser does: with what the page holds, and what somebody changes in it."""

from __future__ import annotations

from typing import Any

from django.forms import ModelMultipleChoiceField


def filled_in(response: Any, **changes: Any) -> dict[str, Any]:
    """The data that the change form of `response` would post, with `changes`."""
    context = response.context_data if hasattr(response, "context_data") else response.context
    data: dict[str, Any] = _data_of(context["adminform"].form)
    if "version" in context:
        data["_version"] = context["version"]
    for inline in context.get("inline_admin_formsets", ()):
        formset = inline.formset
        data |= _data_of(formset.management_form)
        for form in formset.forms:
            data |= _data_of(form)
    return data | changes


def _data_of(form: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if hasattr(widget, "decompress"):
            parts = value if isinstance(value, list) else widget.decompress(value)
            for suffix, part in zip(widget.widgets_names, parts, strict=True):
                data[bound.html_name + suffix] = part or ""
        elif isinstance(value, bool):
            if value:
                data[bound.html_name] = "on"
        elif isinstance(bound.field, ModelMultipleChoiceField):
            # With nothing chosen a browser sends nothing.
            if value:
                data[bound.html_name] = [getattr(each, "pk", each) for each in value]
        else:
            data[bound.html_name] = "" if value is None else str(value)
    return data
