"""What curators really do, one class for each: what, facts, effect, and only then a change."""

from registry.forms.guided.base import Guided
from registry.forms.guided.ending import Ending
from registry.forms.guided.replacing import Replacing

ACTIONS: dict[str, type[Guided]] = {each.slug: each for each in (Ending, Replacing)}

__all__ = ["ACTIONS", "Guided"]
