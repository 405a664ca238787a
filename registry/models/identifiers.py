"""What other registers call a thing: a value within a scheme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.history import Recorded


class Identifier(Recorded):
    """An identifier such as `Q1345545` in the scheme `wikidata`."""

    scheme = models.CharField(_("scheme"), max_length=60)
    value = models.CharField(_("identifier"), max_length=200)

    class Meta:
        abstract = True
        ordering = ("scheme", "value")

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
