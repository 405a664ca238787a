"""The same small parliament as the pages are tested with, and law enough to fill them."""

from datetime import date

import pytest

from registry.models import Act
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ContradictionFactory,
    ElectionFactory,
    InstitutionFactory,
    PowerFactory,
    RenewalClassFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryStatusFactory,
    VotingRuleFactory,
)
from tests.views.conftest import mazhilis, senate
from tests.views.test_rules import stated

__all__ = ["law", "mazhilis", "senate"]


@pytest.fixture
def law(mazhilis, senate):
    """Votes, powers, elections, a new territory, stated totals, and sources that disagree."""
    of_senate = {"institution": senate.institution}
    rule = senate.group.rules.get()
    rule.term_years, rule.renewal_years, rule.election_months = 6, 3, 2
    rule.save()
    for first in (2011, 2014):
        renewed = RenewalClassFactory(group=senate.group)
        ElectionFactory(
            group=senate.group, renewal_class=renewed, day=date(first, 8, 19), **of_senate
        )
    TerritoryStatusFactory(
        territory=TerritoryFactory(slug="shymkent", status=None), start=date(2013, 6, 19)
    )
    for total, title in ((6, "A handbook"), (47, "A travel guide")):
        stated(senate.institution, total, title)
    vote = VotingRuleFactory(institution=mazhilis.institution, confidence="low", note="As read.")
    VotingRuleFactory(step=2, within_days=60, base="present", **of_senate)
    VotingRuleFactory(procedure="parliament", numerator=2, denominator=3, **of_senate)
    VotingRuleFactory(institution=None, procedure="popular_vote", base="votes_cast")
    CitationFactory(voting_rule=vote, place="Art. 61")
    CitationFactory(power=PowerFactory(article="55", **of_senate))
    PowerFactory(announced=True, kind="duty", **of_senate)
    council = InstitutionFactory(
        territory=senate.almaty,
        branch="local_representative",
        name={"en": "Council of a city with a long name and of its districts"},
    )
    SeatRuleFactory(group__institution=council)
    CitationFactory(act=Act.objects.create(slug="law", title={"en": "Law"}, effect="Two chambers"))
    SourceFactory(slug="specimen", kind="junk", url="https://specimen.example/")
    for fact in ({"seat_rule": rule}, {"voting_rule": vote}, of_senate):
        dispute = ContradictionFactory(
            **{"institution": None, "is_open": fact is of_senate, "confidence": "high"} | fact
        )
        for made_of_it in ({"adopted": True}, {"spurious": True}, {"place": "page 7"}):
            ClaimFactory(contradiction=dispute, **made_of_it)
