"""The parliament of the pages, for the feeds beside them."""

from tests.views.conftest import mazhilis

__all__ = ["mazhilis"]
