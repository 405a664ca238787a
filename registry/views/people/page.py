"""A person: what they hold on the day, and every office and mandate recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.domain.dates import Precision, Presence
from registry.models import Affiliation, Appointment, Citation, Incompatibility, Person
from registry.models.fields import best_text
from registry.models.people import MERGED
from registry.serialise import linked_data
from registry.templatetags.days import dates_inherited, partial, term_in_words
from registry.templatetags.pages import names_by_language
from registry.views.frame import ShownDay, Withdrawn, dated
from registry.views.record.disputes import about_person, disputes

# How imports write it; any other word is shown as it is recorded.
GENDERS = {"female": gettext_lazy("female"), "male": gettext_lazy("male")}


class PartyOf(NamedTuple):
    """A party of a mandate, with the days in it where those are not the mandate's."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """One appointment as the page shows it; `forbidden` is what the law forbids beside it."""

    appointment: Appointment
    presence: Presence
    term: str
    inherited: str
    parties: list[PartyOf]
    forbidden: list[Appointment]

    @property
    def certain(self) -> bool:
        return self.presence is Presence.YES


@dated
def detail(request: HttpRequest, pk: int, slug: str = "", *, on: date) -> HttpResponse:
    person = _person(pk)
    if (pk, slug) != (person.pk, person.slug):
        query = request.META.get("QUERY_STRING", "")
        address = person.get_absolute_url() + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address)
    today = request.shown.today
    appointments = _appointments(person)
    forbidden = _forbidden(appointments)
    mandates = [_mandate(each, forbidden.get(each.pk, []), request.shown) for each in appointments]
    language = get_language() or "en"
    spoken = best_text(person.name, language)[1]
    held = [each for each in mandates if each.certain]
    context = {
        "person": person,
        "spoken": "" if spoken in (language, "und") else spoken,
        "crumbs": [held[0].appointment.institution] if held else [],
        "mandates": mandates,
        "held": held,
        "perhaps": [each for each in mandates if each.presence is Presence.POSSIBLY],
        "held_today": [
            each.appointment
            for each in mandates
            if each.appointment.term.covers(today) is Presence.YES
        ],
        "sample": person.sample,
        "born": partial(person.birth) if person.birth else "",
        "gender": GENDERS.get(person.gender, person.gender),
        "names": names_by_language(person.name, person.other_names),
        "identifiers": [each for each in person.identifiers.all() if each.scheme != MERGED],
        "citations": person.citations.select_related("source"),
        "disputes": disputes(about_person(person), request.shown),
        "linked_data": linked_data.person(person, appointments, request.build_absolute_uri),
    }
    return render(request, "registry/person.html", context)


def _person(pk: int) -> Person:
    """The person of a number, or the one whom its record was merged into.

    Raises `Withdrawn` for somebody who was recorded and is no more.
    """
    people = Person.objects.prefetch_related("identifiers")
    person = people.filter(pk=pk).first() or people.merged_from(pk)
    if person is None and Person.history.filter(id=pk, history_type="-").exists():
        raise Withdrawn
    if person is None:
        raise Http404
    return person


def _appointments(person: Person) -> list[Appointment]:
    """The newest first; those without a known start stand last."""
    citations = Citation.objects.select_related("source")
    return list(
        person.appointments.select_related("institution", "group", "territory", "convocation")
        .prefetch_related(
            Prefetch("affiliations", Affiliation.objects.select_related("party")),
            Prefetch("citations", citations),
        )
        .order_by(F("start_earliest").desc(nulls_last=True), "-id")
    )


def _forbidden(appointments: Iterable[Appointment]) -> dict[int, list[Appointment]]:
    """By mandate, those held on a day of it that an article forbids beside it, in one query."""
    held = [each for each in appointments if not each.acting]
    bodies = {each.institution_id for each in held}
    found: dict[int, list[Appointment]] = {}
    for law in Incompatibility.objects.filter(institution__in=bodies, other__in=bodies):
        for one in held:
            for two in held:
                bodies_of = (one.institution_id, two.institution_id)
                if bodies_of == (law.institution_id, law.other_id) and _on_one_day(one, two, law):
                    found.setdefault(one.pk, []).append(two)
                    found.setdefault(two.pk, []).append(one)
    return found


def _on_one_day(one: Appointment, two: Appointment, law: Incompatibility) -> bool:
    """Whether both were certainly held on a day on which the law forbids it.

    If there is such a day, the last of the three beginnings is one.
    """
    begun = [one.start.latest, two.start.latest]
    if None in begun:
        return False
    day = max(filter(None, [*begun, law.start]))
    certain = one.term.covers(day) is two.term.covers(day) is Presence.YES
    return certain and law.span.covers(day)


def _mandate(appointment: Appointment, forbidden: list[Appointment], shown: ShownDay) -> Mandate:
    return Mandate(
        appointment=appointment,
        presence=appointment.term.covers(shown.day),
        term=term_in_words(appointment.start, appointment.end, shown.today),
        inherited=dates_inherited(appointment.start_inherited, appointment.end_inherited),
        parties=[
            PartyOf(_party(each), each.party.get_absolute_url() + shown.carry)
            for each in appointment.affiliations.all()
        ],
        forbidden=forbidden,
    )


def _party(affiliation: Affiliation) -> str:
    """A party with the part of the mandate it holds for; the whole mandate needs no words."""
    name = best_text(affiliation.party.name, get_language() or "en")[0]
    name = name or affiliation.party.slug
    since = "" if affiliation.start.precision is Precision.NONE else partial(affiliation.start)
    left = partial(affiliation.end) if affiliation.end else ""
    if since and left:
        return _("%(party)s (joined %(start)s, left %(end)s)") % {
            "party": name,
            "start": since,
            "end": left,
        }
    if since:
        return _("%(party)s (joined %(start)s)") % {"party": name, "start": since}
    if left:
        return _("%(party)s (left %(end)s)") % {"party": name, "end": left}
    return name
