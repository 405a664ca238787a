"""What sources disagree about, each with a link to the fact that is disputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.models import (
    Contradiction,
    Convocation,
    Institution,
    Party,
    Person,
    Territory,
    VotingRule,
)
from registry.models.sources import FACTS
from registry.serialise.contradictions import contradictions
from registry.templatetags.days import day_before, in_force
from registry.templatetags.wording import text
from registry.views.frame import ShownDay


class Fact(NamedTuple):
    """A disputed fact: what it is, its name, and where it is shown, "" if no page shows it."""

    kind: str
    name: str
    url: str


class Dispute(NamedTuple):
    """A contradiction as a page lists it; `url` leads to its claims."""

    contradiction: Contradiction
    fact: Fact
    url: str


class Disputes(NamedTuple):
    """Those that bear on the day shown, and how many bear on other days; `url` lists them all."""

    on_the_day: list[Dispute]
    others: int
    url: str


def disputes(
    rows: Iterable[Contradiction], shown: ShownDay, institution: Institution | None = None
) -> Disputes:
    """Contradictions for a page about a day; `institution` is the one that all are about."""
    listed = sorted(rows, key=lambda each: not each.is_open)
    bearing = [each for each in listed if each.span.covers(shown.day)]
    url = reverse("conflicts")
    if institution is not None:
        url += f"?institution={institution.slug}"
    return Disputes([dispute(each, shown) for each in bearing], len(listed) - len(bearing), url)


def dispute(contradiction: Contradiction, shown: ShownDay) -> Dispute:
    url = f"{reverse('conflicts')}{shown.carry}#{contradiction.slug}"
    return Dispute(contradiction, fact_of(contradiction, shown), url)


def with_facts() -> QuerySet[Contradiction]:
    """All of them, with everything that `fact_of` says."""
    return contradictions().select_related("voting_rule__institution")


def about_institution(institution: Institution) -> QuerySet[Contradiction]:
    """Those about an institution, or about a fact of it."""
    return with_facts().filter(about=institution.slug)


def about_person(person: Person) -> QuerySet[Contradiction]:
    return with_facts().filter(
        Q(person=person)
        | Q(appointment__person=person)
        | Q(designation_step__appointment__person=person)
    )


def about_territory(territory: Territory) -> QuerySet[Contradiction]:
    return with_facts().filter(
        Q(territory=territory)
        | Q(territory_status__territory=territory)
        | Q(appointment__territory=territory)
    )


def about_convocation(convocation: Convocation) -> QuerySet[Contradiction]:
    return with_facts().filter(
        Q(convocation=convocation)
        | Q(election__convocation=convocation)
        | Q(appointment__convocation=convocation)
    )


def about_party(party: Party) -> QuerySet[Contradiction]:
    return with_facts().filter(party=party)


def fact_of(contradiction: Contradiction, shown: ShownDay) -> Fact:
    """The fact of one of `with_facts()`, without another query."""
    column = next(name for name in FACTS if getattr(contradiction, f"{name}_id") is not None)
    record = getattr(contradiction, column)
    name, url = DESCRIBED[column](record, shown)
    return Fact(str(capfirst(record._meta.verbose_name)), name, url)


def _act(record: Any, shown: ShownDay) -> tuple[str, str]:
    return text(record.title), f"{reverse('sources')}{shown.carry}#act-{record.slug}"


def _succession(record: Any, shown: ShownDay) -> tuple[str, str]:
    name = f"{text(record.predecessor.name)} → {text(record.successor.name)}"
    return name, record.successor.get_absolute_url() + shown.carry


def _convocation(record: Convocation, shown: ShownDay) -> tuple[str, str]:
    name = _("%(body)s, convocation %(n)s") % {
        "body": text(record.institution.name),
        "n": record.number,
    }
    return name, record.get_absolute_url() + shown.carry


def _named(record: Any, shown: ShownDay) -> tuple[str, str]:
    """Something with a name and a page of its own."""
    return text(record.name), record.get_absolute_url() + shown.carry


def _status(record: Any, shown: ShownDay) -> tuple[str, str]:
    return _named(record.territory, shown)


def _group(record: Any, shown: ShownDay) -> tuple[str, str]:
    name = f"{text(record.institution.name)}: {text(record.name)}"
    return name, reverse("rules", args=[record.institution.slug]) + shown.carry


def _rule(record: Any, shown: ShownDay) -> tuple[str, str]:
    group = record.group
    name = f"{text(group.institution.name)}: {text(group.name)}, {in_force(record.span)}"
    url = reverse("rules", args=[group.institution.slug])
    return name, f"{url}{shown.carry}#rule-{record.pk}"


def _party(record: Party, shown: ShownDay) -> tuple[str, str]:
    return text(record.name) or record.slug, record.get_absolute_url() + shown.carry


def _mandate(record: Any, shown: ShownDay) -> tuple[str, str]:
    name = f"{text(record.person.name)} – {text(record.institution.name)}"
    return name, record.person.get_absolute_url() + shown.carry


def _step(record: Any, shown: ShownDay) -> tuple[str, str]:
    return _mandate(record.appointment, shown)


def _coverage(record: Any, shown: ShownDay) -> tuple[str, str]:
    body = record.institution
    return text(body.name), body.get_composition_url() + shown.carry


def _election(record: Any, shown: ShownDay) -> tuple[str, str]:
    url = reverse("rules", args=[record.institution.slug])
    return text(record.institution.name), f"{url}{shown.carry}#renewals"


def _vote(record: VotingRule, shown: ShownDay) -> tuple[str, str]:
    """A page of votes shows those of its day, so the link leads to a day of this one."""
    if record.institution is None:
        return text(record.subject), ""
    url = reverse("majorities", args=[record.institution.slug])
    return text(record.subject), f"{url}{_carry(record, shown)}#{record.slug}"


def _power(record: Any, shown: ShownDay) -> tuple[str, str]:
    name = f"{text(record.institution.name)}: {text(record.text)}"
    return name, f"{record.institution.get_absolute_url()}{_carry(record, shown)}#powers"


def _incompatibility(record: Any, shown: ShownDay) -> tuple[str, str]:
    name = f"{text(record.institution.name)} × {text(record.other.name)}"
    return name, record.institution.get_absolute_url() + shown.carry


def _carry(record: Any, shown: ShownDay) -> str:
    """The day shown where the record holds on it, else the nearest on which it does."""
    if record.span.covers(shown.day):
        return shown.carry
    day: date = day_before(record.end) if record.end and record.end <= shown.day else record.start
    return f"?on={day.isoformat()}"


# How each kind of fact is called, and where a page shows it.
DESCRIBED: dict[str, Callable[[Any, ShownDay], tuple[str, str]]] = {
    "act": _act,
    "institution": _named,
    "succession": _succession,
    "convocation": _convocation,
    "territory": _named,
    "territory_status": _status,
    "seat_group": _group,
    "seat_rule": _rule,
    "party": _party,
    "person": _named,
    "appointment": _mandate,
    "coverage": _coverage,
    "designation_step": _step,
    "election": _election,
    "voting_rule": _vote,
    "power": _power,
    "incompatibility": _incompatibility,
}
