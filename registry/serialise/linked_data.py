"""What a page is about, in the words of schema.org, as plain data for the page to write as JSON-LD.

Only what is recorded is said: there is no `endDate` of an end that nobody recorded, and an invented
person is in none of it. As everywhere, an end is the first day after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.domain.composition import Composition
from registry.domain.dates import PartialDate, Precision
from registry.domain.facts import Sitting
from registry.models import Appointment, Branch, Institution, Person, Territory
from registry.templatetags.wording import text

Absolute = Callable[[str], str]  # from an address on this site to one with its host
Thing = dict[str, Any]

KNOWN = (Precision.DAY, Precision.MONTH, Precision.YEAR)


def website(absolute: Absolute) -> Thing:
    """The site, and how to search it."""
    search = absolute(reverse("search"))
    return {
        "@type": "WebSite",
        "name": _("Institutions Register"),
        "url": absolute(reverse("home")),
        "inLanguage": [code for code, _label in settings.LANGUAGES],
        "license": settings.DATA_LICENCE["url"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": search + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def organization(
    institution: Institution, absolute: Absolute, composition: Composition | None = None
) -> Thing:
    """An institution, with those who certainly sit in it if a composition is given."""
    members = composition.certain if composition else ()
    parent = institution.parent
    return _said(
        **_named("GovernmentOrganization", institution, absolute),
        additionalType="legislature" if institution.branch == Branch.LEGISLATIVE else None,
        foundingDate=_date(institution.start),
        dissolutionDate=_date(institution.end),
        parentOrganization=parent and _named("GovernmentOrganization", parent, absolute),
        areaServed=institution.territory
        and _named("AdministrativeArea", institution.territory, absolute),
        member=[_membership(each, absolute) for each in members if not each.sample],
    )


def _membership(sitting: Sitting, absolute: Absolute) -> Thing:
    url = absolute(reverse("person", args=[sitting.person_id, sitting.person_slug]))
    return _said(
        **{"@type": "OrganizationRole"},
        startDate=_date(sitting.start),
        endDate=_date(sitting.end),
        member={"@type": "Person", "@id": url, "name": text(sitting.name)},
    )


def person(who: Person, held: Iterable[Appointment], absolute: Absolute) -> list[Thing]:
    """Somebody with the offices held; nothing of an invented one."""
    if who.sample:
        return []
    return [
        _said(
            **_named("Person", who, absolute),
            birthDate=_date(who.birth),
            identifier=[
                {"@type": "PropertyValue", "propertyID": each.scheme, "value": each.value}
                for each in who.identifiers.all()
            ],
            memberOf=[
                _said(
                    **{"@type": "OrganizationRole"},
                    roleName=each.group and text(each.group.name),
                    startDate=_date(each.start),
                    endDate=_date(each.end),
                    memberOf=_named("GovernmentOrganization", each.institution, absolute),
                )
                for each in held
            ],
        )
    ]


def area(territory: Territory, absolute: Absolute) -> Thing:
    return _named("AdministrativeArea", territory, absolute)


def dataset(
    name: str, description: str, url: str, files: Mapping[str, str], modified: str = ""
) -> Thing:
    """A data set at an absolute `url`; `files` are absolute addresses by media type."""
    return _said(
        **{"@type": "Dataset"},
        name=name,
        description=description,
        url=url,
        license=settings.DATA_LICENCE["url"],
        isAccessibleForFree=True,
        publisher={"@type": "Organization", "name": settings.PUBLISHER}
        if settings.PUBLISHER
        else None,
        dateModified=modified,
        distribution=[
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": address}
            for media, address in files.items()
        ],
    )


def _named(kind: str, thing: Institution | Person | Territory, absolute: Absolute) -> Thing:
    shown = text(thing.name)
    others = dict.fromkeys(each for each in thing.name.values() if each and each != shown)
    return _said(
        **{"@type": kind, "@id": absolute(thing.get_absolute_url())},
        name=shown,
        alternateName=[*others],
    )


def _date(when: PartialDate | None) -> str | None:
    """2014, 2014-06 or 2014-06-12, as far as it is known; nothing of a span or of no date."""
    return str(when) if when is not None and when.precision in KNOWN else None


def _said(**facts: Any) -> Thing:
    """The facts without those that nobody recorded."""
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}
