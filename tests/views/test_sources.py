"""The pages of sources, and of what they contradict each other about."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.dates import PartialDate
from registry.models import Act, Succession
from tests.factories import (
    AppointmentFactory,
    CitationFactory,
    ClaimFactory,
    ContradictionFactory,
    ConvocationFactory,
    CoverageFactory,
    DesignationStepFactory,
    ElectionFactory,
    ExplanationFactory,
    IncompatibilityFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    PowerFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
    VotingRuleFactory,
)

ON = "2014-06-01"
CONFLICTS = "/en/sources/conflicts/"


def disputed(slug, **fields):
    """A contradiction about a fact; without one, about an institution of its own."""
    if fields.keys() & FACTS.keys():
        fields.setdefault("institution", None)
    return ContradictionFactory(slug=slug, **fields)


class TestSources:
    def test_a_source_says_what_rests_on_it_and_leads_out(self, get, db):
        source = SourceFactory(
            slug="law", title="Constitution", kind="law-text", url="https://law.example/"
        )
        rules = [SeatRuleFactory(cited=None) for _ in range(2)]
        for rule in rules:
            CitationFactory(seat_rule=rule, source=source)
        CitationFactory(power=PowerFactory(), source=source)
        ClaimFactory(source=source)
        ExplanationFactory(source=source, institution=rules[0].group.institution)

        page = get("/en/sources/").words

        assert (
            '<a href="https://law.example/" rel="nofollow noopener">Constitution</a>'
            '<span class="alt num">seat rules: 2 · powers and duties: 1 · claims: 1 · '
            "explanations: 1</span>"
        ) in page

    def test_a_source_that_nothing_rests_on_says_so(self, get, db):
        SourceFactory(title="A seating plan of nowhere", kind="junk", note="Kept as a specimen.")

        page = get("/en/sources/").words

        assert "Nothing rests on it" in page
        assert "Kept as a specimen." in page
        assert '<h2 id="kind-junk">Unreliable, kept as a specimen</h2>' in page

    def test_sources_are_gathered_by_kind_and_counted(self, get, db):
        SourceFactory(slug="news-1", kind="news")
        SourceFactory(slug="news-2", kind="news")
        SourceFactory(slug="law", kind="law-text")

        response = get("/en/sources/")

        assert [(kind.slug, len(kind.rows)) for kind in response.context["kinds"]] == [
            ("law-text", 1),
            ("news", 2),
        ]
        assert '<a href="#kind-news">News (2)</a>' in response.words
        assert "3 sources" in response.words

    def test_an_act_has_its_dates_as_far_as_they_are_recorded(self, get, db):
        act = Act.objects.create(
            slug="law-1998", title={"en": "Law of 1998"}, date=date(1998, 10, 7)
        )
        CitationFactory(act=act)
        SeatRuleFactory(act=act)

        page = get("/en/sources/").words

        assert (
            '<tr id="act-law-1998"><th scope="row">Law of 1998</th><td class="num">7 Oct 1998</td>'
            '<td class="num"><span class="muted">Not recorded</span></td><td class="n">1</td>'
        ) in page

    def test_a_disputed_act_says_so_and_leads_to_the_claims(self, get, db):
        act = Act.objects.create(slug="law", title={"en": "Law"})
        disputed("x7", act=act, is_open=True, subject={"en": "The day of the law"})

        row = get("/en/sources/", on=ON).words.split('<tr id="act-law">')[1]

        assert (
            f'<a href="{CONFLICTS}?on={ON}#x7">The day of the law</a>'
            '<span class="tag warn">Open</span>'
        ) in row

    def test_it_leads_to_the_contradictions_with_their_number(self, get, db):
        disputed("x1")
        disputed("x2", is_open=True)

        page = get("/en/sources/", on=ON).words

        assert f'<a href="{CONFLICTS}?on={ON}">Where sources disagree</a>' in page
        assert "2 contradictions, 1 of them without a position of the registry." in page

    def test_an_empty_registry_says_so(self, get, db):
        assert "No source is recorded." in get("/en/sources/").words

    def test_more_sources_cost_no_more_queries(self, client, db):
        def queries():
            with CaptureQueriesContext(connection) as counted:
                client.get("/en/sources/")
            return len(counted)

        act = Act.objects.create(slug="law", title={"en": "Law"})
        CitationFactory(act=act)
        disputed("x0", act=act)
        before = queries()
        for n in range(10):
            source = SourceFactory(slug=f"source-{n}")
            CitationFactory(seat_rule=SeatRuleFactory(cited=None), source=source)
            CitationFactory(act=act, source=source)
            CitationFactory(act=Act.objects.create(slug=f"law-{n}"), source=source)
            ClaimFactory(source=source)
            disputed(f"x-{n}", act=act)

        assert queries() == before
        assert before <= 12


class TestConflicts:
    def test_claims_stand_side_by_side_with_what_is_made_of_each(self, get, db):
        dispute = disputed(
            "x08",
            subject={"en": "Renewal of the Senate"},
            position={"en": "Half of the elected: 47 is odd."},
            confidence="high",
        )
        for order, (text, fields) in enumerate(
            {
                "Half of the elected.": {"adopted": True, "place": "Art. 50"},
                "Half of the Senate.": {},
                "All of it.": {"spurious": True},
            }.items()
        ):
            ClaimFactory(contradiction=dispute, order=order, text={"en": text}, **fields)

        page = get(CONFLICTS).words

        used, unused, spurious = page.split('<ul class="claims">')[1].split("</li>")[:3]
        assert "Half of the elected." in used
        assert ">Used</span>" in used
        assert "Official gazette, Art. 50" in used
        assert "Half of the Senate." in unused
        assert ">Not used</span>" in unused
        assert "All of it." in spurious
        assert ">Spurious</span>" in spurious
        assert "<b>Position of the registry:</b>Half of the elected: 47 is odd." in page
        assert "high: the text of the law, or two independent sources" in page

    def test_those_without_a_position_come_first(self, get, db):
        chamber = InstitutionFactory()
        disputed("a-settled", institution=chamber)
        disputed("b-open", institution=chamber, is_open=True)

        response = get(CONFLICTS)

        assert [
            (heading.slug, [each.contradiction.slug for each in heading.rows])
            for heading in response.context["headings"]
        ] == [("open", ["b-open"]), ("settled", ["a-settled"])]
        assert "The registry has taken no position yet." in response.words

    def test_it_says_which_days_it_bears_on_and_between_which_sources(self, get, db):
        disputed("x1", kind="seed_vs_seed", start=date(2007, 5, 21))

        assert "The founding descriptions differ · since 21 May 2007" in get(CONFLICTS).words

    def test_filters_narrow_the_list(self, get, db):
        senate = InstitutionFactory(slug="senate")
        rule = SeatRuleFactory(group=SeatGroupFactory(institution=senate))
        disputed("of-rule", seat_rule=rule, kind="seed_vs_record")
        disputed("of-senate", institution=senate, is_open=True, end=date(2007, 5, 21))
        disputed("of-another")

        def slugs(**query):
            return {
                each.contradiction.slug
                for heading in get(CONFLICTS, **query).context["headings"]
                for each in heading.rows
            }

        assert slugs() == {"of-rule", "of-senate", "of-another"}
        assert slugs(institution="senate") == {"of-rule", "of-senate"}
        assert slugs(kind="seed_vs_record") == {"of-rule"}
        assert slugs(state="open") == {"of-senate"}
        assert slugs(state="settled") == {"of-rule", "of-another"}
        assert slugs(days="shown", on=ON) == {"of-rule", "of-another"}
        assert slugs(days="shown", on="2007-05-20") == {"of-rule", "of-senate", "of-another"}

    def test_it_says_how_many_of_how_many_are_shown(self, get, db):
        disputed("x1", is_open=True)
        disputed("x2")

        assert "2 contradictions" in get(CONFLICTS).words
        assert "1 of 2 contradictions shown" in get(CONFLICTS, state="open").words

    def test_a_long_list_begins_with_what_each_is_about(self, get, db):
        for n in range(6):
            disputed(f"x{n}", subject={"en": f"Dispute {n}"})

        assert '<li><a href="#x5">Dispute 5</a></li>' in get(CONFLICTS).words
        assert "List of what they are about" not in get(CONFLICTS, state="open").words

    def test_filtering_to_nothing_says_so(self, get, db):
        disputed("x1")

        assert "No contradiction matches." in get(CONFLICTS, state="open").words

    @pytest.mark.parametrize(
        "query",
        [{"state": "shut"}, {"kind": "guess"}, {"institution": "atlantis"}, {"days": "all"}],
        ids=lambda query: next(iter(query)),
    )
    def test_a_filter_that_does_not_exist_is_refused(self, get, db, query):
        response = get(CONFLICTS, **query)

        assert response.status_code == 400
        assert 'id="when"' in response.words

    def test_a_nonsense_day_is_refused(self, get, db):
        assert get(CONFLICTS, on="2014-02-30").status_code == 400

    def test_more_contradictions_cost_no_more_queries(self, client, db):
        def queries():
            with CaptureQueriesContext(connection) as counted:
                assert client.get(CONFLICTS).status_code == 200
            return len(counted)

        def one_of_each():
            for column, fact in FACTS.items():
                fields = {"institution": None} | {column: fact()}
                dispute = ContradictionFactory(**fields)
                ClaimFactory(contradiction=dispute)
                ClaimFactory(contradiction=dispute)

        one_of_each()
        before = queries()
        one_of_each()

        assert queries() == before
        assert before <= 6


# A fact of every kind, and the address at which the page about it stands.
FACTS = {
    "act": lambda: Act.objects.get_or_create(slug="law", defaults={"title": {"en": "Law"}})[0],
    "institution": InstitutionFactory,
    "succession": lambda: Succession.objects.create(
        predecessor=InstitutionFactory(), successor=InstitutionFactory()
    ),
    "convocation": ConvocationFactory,
    "territory": TerritoryFactory,
    "territory_status": lambda: TerritoryFactory().statuses.get(),
    "seat_group": SeatGroupFactory,
    "seat_rule": SeatRuleFactory,
    "party": PartyFactory,
    "person": PersonFactory,
    "appointment": AppointmentFactory,
    "coverage": CoverageFactory,
    "designation_step": DesignationStepFactory,
    "election": ElectionFactory,
    "voting_rule": VotingRuleFactory,
    "power": PowerFactory,
    "incompatibility": IncompatibilityFactory,
}


class TestTheDisputedFact:
    """A contradiction names the fact that it disputes and leads to the page that shows it."""

    def fact(self, get, on=ON, **fields):
        ContradictionFactory(**{"institution": None, **fields})
        (heading,) = get(CONFLICTS, on=on).context["headings"]
        return heading.rows[0].fact

    @pytest.mark.parametrize("column", FACTS)
    def test_the_page_that_it_leads_to_exists(self, get, db, column):
        fact = self.fact(get, **{column: FACTS[column]()})

        assert fact.kind
        assert fact.name
        address, _hash, anchor = fact.url.partition("#")
        page = get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.words

    def test_a_rule_is_named_with_its_body_and_days(self, get, db):
        senate = InstitutionFactory(slug="senate")
        group = SeatGroupFactory(institution=senate, name={"en": "Appointed"})
        rule = SeatRuleFactory(group=group, start=date(2007, 5, 21))

        fact = self.fact(get, seat_rule=rule)

        assert fact.kind == "Seat rule"
        assert fact.name == "Senate: Appointed, in force since 21 May 2007"
        assert fact.url == f"/en/institutions/senate/rules/?on={ON}#rule-{rule.pk}"

    @pytest.mark.parametrize(
        ("start", "end", "carry"),
        [
            (None, None, f"?on={ON}"),
            (None, date(2007, 5, 21), "?on=2007-05-20"),
            (date(2022, 6, 8), None, "?on=2022-06-08"),
            (date(2022, 6, 8), date(2026, 7, 1), "?on=2022-06-08"),
        ],
        ids=["in force", "over", "to come", "to come and end"],
    )
    def test_a_vote_leads_to_a_day_of_its_own(self, get, db, start, end, carry):
        senate = InstitutionFactory(slug="senate", start=PartialDate.parse("1996-01-30"))
        rule = VotingRuleFactory(slug="approval", institution=senate, start=start, end=end)

        fact = self.fact(get, voting_rule=rule)

        assert fact.url == f"/en/institutions/senate/majorities/{carry}#approval"

    def test_a_vote_of_the_voters_has_no_page_of_its_own(self, get, db):
        assert self.fact(get, voting_rule=VotingRuleFactory(institution=None)).url == ""
