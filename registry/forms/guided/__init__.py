"""What curators really do, one class for each: what, facts, effect, and only then a change."""

from registry.forms.guided.base import Guided
from registry.forms.guided.closing import Closing
from registry.forms.guided.ending import Ending
from registry.forms.guided.eras import Era
from registry.forms.guided.filling import Filling
from registry.forms.guided.renewing import Renewing
from registry.forms.guided.replacing import Replacing
from registry.forms.guided.switching import Switching

ACTIONS: dict[str, type[Guided]] = {
    each.slug: each for each in (Ending, Filling, Replacing, Switching, Renewing, Era, Closing)
}

__all__ = ["ACTIONS", "Guided"]
