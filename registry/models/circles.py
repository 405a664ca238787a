"""Refuses records that would be part of themselves, or follow themselves."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def refuse_circle(row: models.Model, field: str) -> None:
    """Raise a `ValidationError` at `field` if following it leads back to `row`."""
    passed = [str(row)]
    above = getattr(row, field)
    while above is not None:
        passed.append(str(above))
        if above.pk is not None and above.pk == row.pk:
            way = " → ".join(passed)
            raise ValidationError({field: _("This leads back to where it began: %s.") % way})
        if len(passed) > 100:
            return
        above = getattr(above, field)
