"""A person: what they hold on the day, and every office and mandate recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.dates import Precision, Presence
from registry.models import Affiliation, Appointment, Citation, Person
from registry.models.fields import best_text
from registry.templatetags.days import dates_inherited, partial, term_in_words
from registry.templatetags.pages import names_by_language
from registry.views.disputes import about_person, disputes
from registry.views.frame import dated


@dataclass(frozen=True, slots=True)
class Mandate:
    """One appointment as the page shows it."""

    appointment: Appointment
    presence: Presence
    term: str
    inherited: str
    parties: list[str]

    @property
    def certain(self) -> bool:
        return self.presence is Presence.YES


@dated
def detail(request: HttpRequest, pk: int, slug: str = "", *, on: date) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    if slug != person.slug:
        query = request.META.get("QUERY_STRING", "")
        address = person.get_absolute_url() + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address)
    today = request.shown.today
    mandates = [_mandate(each, on, today) for each in _appointments(person)]
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
            each for each in mandates if each.appointment.term.covers(today) is Presence.YES
        ],
        "sample": person.sample,
        "born": partial(person.birth) if person.birth else "",
        "names": names_by_language(person.name, person.other_names),
        "identifiers": person.identifiers.all(),
        "citations": person.citations.select_related("source"),
        "disputes": disputes(about_person(person), request.shown),
    }
    return render(request, "registry/person.html", context)


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


def _mandate(appointment: Appointment, day: date, today: date) -> Mandate:
    return Mandate(
        appointment=appointment,
        presence=appointment.term.covers(day),
        term=term_in_words(appointment.start, appointment.end, today),
        inherited=dates_inherited(appointment.start_inherited, appointment.end_inherited),
        parties=[_party(each) for each in appointment.affiliations.all()],
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
