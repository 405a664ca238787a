"""Another country is only another folder: here one of eighteen constituencies of six seats."""

from __future__ import annotations

from datetime import date

import pytest

from registry.models import Institution, Territory
from registry.seeds.loading import load
from registry.snapshots import composition_of, findings_of

pytestmark = pytest.mark.django_db

CONSTITUENCIES = [f"constituency-{number}" for number in range(1, 19)]


@pytest.fixture
def country(write):
    names = [f"{slug},{slug.replace('-', ' ').capitalize()}" for slug in CONSTITUENCIES]
    members = [f"member-{number},Member {number}" for number in range(1, 109)]
    seats = [
        f"member-{number},assembly,members,1,{CONSTITUENCIES[(number - 1) // 6]},1998-06-25,act"
        for number in range(1, 109)
    ]
    return write(
        sources="slug,title,kind\nact,Act of 1998,law-text\n",
        acts="slug,title_en,date,source\nact,Act of 1998,1998-11-19,act\n",
        territory_kinds="slug,name_en\nconstituency,Constituency\n",
        territories="\n".join(["slug,name_en", *names]) + "\n",
        territory_statuses="\n".join(
            ["territory,name_en,kind", *(f"{row},constituency" for row in names)]
        ),
        institutions="slug,name_en,branch,start\nassembly,Assembly,legislative,1998-06-25\n",
        convocations=(
            "institution,number,elected,start,end\nassembly,1,1998-06-25,1998-06-25,2003-11-26\n"
        ),
        seat_groups="institution,slug,name_en\nassembly,members,Members\n",
        seat_rules=(
            "institution,group,seats_per_territory,territory_kinds,designation,act,article,source\n"
            "assembly,members,6,constituency,elected,act,33,act\n"
        ),
        stated_totals="institution,total,source,place\nassembly,108,act,s. 33\n",
        persons="\n".join(["person,name_en", *members]) + "\n",
        appointments="\n".join(
            ["person,institution,group,convocation,territory,start,source", *seats]
        ),
        coverages="institution,start,end\nassembly,1998-06-25,2003-11-26\n",
    )


def test_its_assembly_is_complete(country):
    load(country)

    assembly = Institution.objects.get(slug="assembly")
    composition = composition_of(assembly, on=date(1999, 1, 1))
    assert (composition.required, composition.filled, composition.vacant) == (108, 108, 0)
    assert len(composition.lines) == len(CONSTITUENCIES)
    assert findings_of(assembly, on=date(1999, 1, 1)) == ()


def test_it_stands_beside_another(country, kazakhstan):
    load(country)

    assert Territory.objects.filter(slug__in=CONSTITUENCIES).count() == 18
    senate = Institution.objects.get(slug="senate")
    assert composition_of(senate, on=date(2014, 6, 1)).required == 47
