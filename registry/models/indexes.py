"""Indexes that cost only what they find."""

from __future__ import annotations

from django.db.models import Index, Q


def where_given(key: str, name: str) -> Index:
    """An index on an optional foreign key that leaves out the rows without one.

    Beside it the key itself has none (`db_index=False`), which would hold every row.
    """
    return Index(fields=[key], condition=Q(**{f"{key}__isnull": False}), name=name)
