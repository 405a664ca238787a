"""The facts that everything is made from: what is recorded, without the database.

Names travel as texts by language code, so that nothing here knows which language a reader wants.
"""

from registry.domain.facts.bodies import (
    Body,
    Convocation,
    Election,
    Institution,
    Territory,
    TerritoryStatus,
    Texts,
    convocation_on,
)
from registry.domain.facts.mandates import Elsewhere, Sitting, Step, StepKind
from registry.domain.facts.records import (
    Announced,
    CoveredDays,
    Dispute,
    Record,
    Snapshot,
)
from registry.domain.facts.seats import (
    Designation,
    RenewalClass,
    SeatGroup,
    SeatRule,
    StatedTotal,
)
from registry.domain.facts.votes import Base, Comparison, VotingRule

__all__ = [
    "Announced",
    "Base",
    "Body",
    "Comparison",
    "Convocation",
    "CoveredDays",
    "Designation",
    "Dispute",
    "Election",
    "Elsewhere",
    "Institution",
    "Record",
    "RenewalClass",
    "SeatGroup",
    "SeatRule",
    "Sitting",
    "Snapshot",
    "StatedTotal",
    "Step",
    "StepKind",
    "Territory",
    "TerritoryStatus",
    "Texts",
    "VotingRule",
    "convocation_on",
]
