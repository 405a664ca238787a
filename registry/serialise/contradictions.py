"""What sources disagree about, their claims side by side, as plain data."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from registry.models import Claim, Contradiction
from registry.models.claims import INSTITUTION_OF_FACT
from registry.models.sources import FACTS
from registry.templatetags.wording import text

# What the names of disputed facts are made from.
NAMED_BY = (
    "succession__predecessor",
    "succession__successor",
    "convocation__institution",
    "territory_status__territory",
    "seat_group__institution",
    "seat_rule__group__institution",
    "appointment__institution",
    "appointment__person",
    "coverage__institution",
    "designation_step__appointment__institution",
    "designation_step__appointment__person",
    "election__institution",
    "power__institution",
    "incompatibility__institution",
    "incompatibility__other",
)


def contradictions() -> QuerySet[Contradiction]:
    """All contradictions with their facts and claims; `about` is the institution's address."""
    claims = Prefetch("claims", Claim.objects.select_related("source"))
    about = Coalesce(*(f"{path}__slug" for path in INSTITUTION_OF_FACT))
    return (
        Contradiction.objects.annotate(about=about)
        .select_related(*FACTS, *NAMED_BY)
        .prefetch_related(claims)
    )


def contradiction_data(contradiction: Contradiction) -> dict[str, Any]:
    """One of `contradictions()`."""
    kind = next(name for name in FACTS if getattr(contradiction, f"{name}_id") is not None)
    return {
        "slug": contradiction.slug,
        "kind": contradiction.kind,
        "subject": text(contradiction.subject),
        "position": text(contradiction.position),
        "open": contradiction.is_open,
        "start": contradiction.start,
        "end": contradiction.end,
        "confidence": contradiction.confidence,
        "remark": contradiction.note,
        "fact": {
            "kind": kind,
            "id": contradiction.fact.pk,
            "name": str(contradiction.fact),
            "institution": contradiction.about,
        },
        "claims": [claim_data(claim) for claim in contradiction.claims.all()],
    }


def claim_data(claim: Claim) -> dict[str, Any]:
    return {
        "text": text(claim.text),
        "source": claim.source.title,
        "source_url": claim.source.url,
        "source_kind": claim.source.kind,
        "place": claim.place,
        "adopted": claim.adopted,
        "spurious": claim.spurious,
    }
