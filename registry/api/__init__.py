"""The read-only JSON interface: one composition, the institutions, the findings of a day."""

from registry.api.views import api

__all__ = ["api"]
