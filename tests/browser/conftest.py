"""The same small parliament as the pages are tested with."""

from tests.views.conftest import mazhilis, senate

__all__ = ["mazhilis", "senate"]
