"""What is recorded. The domain says what it means."""

from registry.models.appointments import Affiliation, Appointment, Coverage
from registry.models.claims import Claim, Contradiction, Explanation
from registry.models.designations import DesignationStep
from registry.models.elections import Election, RenewalClass
from registry.models.imports import (
    ColumnMeaning,
    ImportFile,
    ImportRow,
    ImportRun,
    NameDecision,
    RunState,
    Verdict,
)
from registry.models.institutions import Branch, Convocation, Institution, Succession
from registry.models.law import Incompatibility, Power, VotingRule
from registry.models.people import Party, PartyIdentifier, Person, PersonIdentifier
from registry.models.roles import Remit
from registry.models.seats import SeatGroup, SeatRule, StatedTotal
from registry.models.sources import Act, Citation, Source
from registry.models.tasks import Assignment
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
    "Assignment",
    "Branch",
    "Citation",
    "Claim",
    "ColumnMeaning",
    "Contradiction",
    "Convocation",
    "Coverage",
    "DesignationStep",
    "Election",
    "Explanation",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "Incompatibility",
    "Institution",
    "NameDecision",
    "Party",
    "PartyIdentifier",
    "Person",
    "PersonIdentifier",
    "Power",
    "Remit",
    "RenewalClass",
    "RunState",
    "SeatGroup",
    "SeatRule",
    "Source",
    "StatedTotal",
    "Succession",
    "Territory",
    "TerritoryIdentifier",
    "TerritoryKind",
    "TerritoryStatus",
    "Verdict",
    "VotingRule",
]
