"""What is recorded. The domain says what it means."""

from registry.models.appointments import Affiliation, Appointment, Coverage
from registry.models.institutions import Branch, Convocation, Institution, Succession
from registry.models.people import Party, PartyIdentifier, Person, PersonIdentifier
from registry.models.seats import SeatGroup, SeatRule, StatedTotal
from registry.models.sources import Act, Citation, Source
from registry.models.territories import (
    Territory,
    TerritoryIdentifier,
    TerritoryKind,
    TerritoryStatus,
)

__all__ = [
    "Act",
    "Affiliation",
    "Appointment",
    "Branch",
    "Citation",
    "Convocation",
    "Coverage",
    "Institution",
    "Party",
    "PartyIdentifier",
    "Person",
    "PersonIdentifier",
    "SeatGroup",
    "SeatRule",
    "Source",
    "StatedTotal",
    "Succession",
    "Territory",
    "TerritoryIdentifier",
    "TerritoryKind",
    "TerritoryStatus",
]
