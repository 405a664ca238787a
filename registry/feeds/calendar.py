"""The calendar to subscribe to: all-day events, those that are computed marked as tentative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import icalendar
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from registry.feeds.questions import authority, followed
from registry.forms.changes import institution_asked, months_asked, period_asked
from registry.forms.questions import one_of
from registry.models import Institution
from registry.models.history import revision
from registry.serialise.agenda import Agenda, EndingTerms, Entry, Kind, months_later
from registry.serialise.imprint import imprint, opened
from registry.snapshots.corrections import Edited, edited
from registry.templatetags.happenings import particulars, statement
from registry.templatetags.wording import article, ending, holder, sentence, text


@followed
def ics(request: HttpRequest) -> HttpResponse:
    """What the page of the calendar lists, with its filters; twelve months unless asked for."""
    institutions = list(Institution.objects.order_by("order", "slug"))
    chosen = institution_asked(request.GET, institutions)
    kind = one_of(request.GET, "kind", list(Kind), "")
    months = months_asked(request.GET)
    first, last = period_asked(request.GET)
    first = first or localdate()
    agenda = Agenda(
        [chosen] if chosen else institutions,
        first,
        last or months_later(first, months),
        today=localdate(),
        kind=kind,
    )
    said = imprint()
    calendar = icalendar.Calendar()
    name = _("Calendar of terms and renewals")
    if chosen:
        name = f"{text(chosen.name)}: {name}"
    calendar.add("prodid", "-//Institutions Register//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for prop in ("name", "x-wr-calname"):
        calendar.add(prop, name)
    calendar.add("description", _("Licence: %(licence)s") % {"licence": said.licence})
    calendar.add("url", request.build_absolute_uri(reverse("calendar")))
    calendar.add("x-registry-licence", said.licence_url)
    if settings.PUBLISHER:
        calendar.add("x-registry-publisher", settings.PUBLISHER)
    newest = revision()
    if newest:
        calendar.add("last-modified", newest.astimezone(UTC).replace(microsecond=0))
        calendar.add("x-registry-revision", said.revision)
    for event in _events(request, agenda, newest or now()):
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    file_name = f"{chosen.slug}-calendar.ics" if chosen else "calendar.ics"
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    response["Content-Language"] = get_language() or "en"
    return opened(response, said)


def _events(request: HttpRequest, agenda: Agenda, newest: datetime) -> Iterator[icalendar.Event]:
    edits = edited({fact for entry in agenda.entries for fact in _facts(entry)})
    seen = Counter[str]()
    for entry in agenda.entries:
        if entry.day == date.max:
            continue  # an event ends on the day after
        event = icalendar.Event()
        uid = _uid(entry)
        seen[uid] += 1
        again = f"-{seen[uid]}" if seen[uid] > 1 else ""
        known = [edits[fact] for fact in _facts(entry) if fact in edits] or [Edited(1, newest)]
        changed = max(each.newest for each in known).astimezone(UTC).replace(microsecond=0)
        event.add("uid", f"{uid}{again}@{authority(request)}")
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
        event.add("sequence", sum(each.versions - 1 for each in known))
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", f"{text(entry.institution.name)}: {_summary(entry)}")
        event.add("description", "\n".join(_description(entry)))
        event.add("url", request.build_absolute_uri(_address(entry)))
        event.add("status", "CONFIRMED" if entry.certain else "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        event.add("categories", [entry.kind.value])
        yield event


def _address(entry: Entry) -> str:
    page = reverse("composition", args=[entry.institution.slug])
    return f"{page}?on={entry.day.isoformat()}"


def _uid(entry: Entry) -> str:
    """Stays when a known day takes the place of the forecast one: of the same seats and year."""
    parts = [entry.kind.value, entry.institution.slug]
    if renewal := entry.renewal:
        parts += [renewal.group.slug] if renewal.group else []
        parts += [renewal.renewal_class.slug] if renewal.renewal_class else []
        parts.append(str(entry.day.year))
    elif terms := entry.terms:
        # The seats of one person keep their event when its day moves.
        alone = len(terms.people) == 1
        parts.append(str(terms.people[0].appointment_id) if alone else entry.day.isoformat())
    elif (vacancy := entry.vacancy) and vacancy.rule:
        parts += [vacancy.rule.group.slug, str(vacancy.since or "")]
        parts += [vacancy.territory.slug] if vacancy.territory else []
    elif entry.event:
        parts += [entry.event.kind.value, entry.day.isoformat()]
    return "-".join(parts)


def _facts(entry: Entry) -> Iterator[tuple[str, int]]:
    """The records that an entry rests on."""
    if renewal := entry.renewal:
        for election in filter(None, (renewal.known, renewal.before)):
            yield "election", election.id
        if renewal.rule:
            yield "seatrule", renewal.rule.id
    if terms := entry.terms:
        for sitting in terms.people:
            yield "appointment", sitting.appointment_id
    if (vacancy := entry.vacancy) and vacancy.rule:
        yield "seatrule", vacancy.rule.id
    if entry.event:
        yield "institution", entry.institution.pk
        for change in entry.event.rules:
            for rule in filter(None, (change.before, change.after)):
                yield "seatrule", rule.id


def _summary(entry: Entry) -> str:
    """What happens, in the words of the page."""
    if entry.renewal:
        return _renewal(entry.renewal.seats, known=entry.renewal.known is not None)
    if entry.terms:
        n = len(entry.terms.people)
        if entry.terms.ended:
            return ngettext("%(n)s mandate ends", "%(n)s mandates end", n) % {"n": n}
        return ngettext("%(n)s term runs out", "%(n)s terms run out", n) % {"n": n}
    if entry.event:
        return statement(entry.event)
    return _("A vacancy is to be filled by this day")


def _renewal(seats: int | None, *, known: bool) -> str:
    if seats is None:
        if known:
            return _("election; the number of seats is not recorded")
        return _("renewal expected; the number of seats is not recorded")
    if known:
        said = ngettext("election for %(n)s seat", "election for %(n)s seats", seats)
    else:
        said = ngettext("renewal of %(n)s seat expected", "renewal of %(n)s seats expected", seats)
    return said % {"n": seats}


def _description(entry: Entry) -> Iterator[str]:
    if renewal := entry.renewal:
        if renewal.group:
            names = [renewal.group.names]
            names += [renewal.renewal_class.names] if renewal.renewal_class else []
            seats = "; ".join(map(text, names))
            yield _("Seats: %(group)s.") % {"group": seats}
        if renewal.rule and (place := article(renewal.rule)):
            yield _("Rule: %(article)s.") % {"article": place}
    if entry.terms:
        yield from _of_terms(entry.terms)
    if entry.vacancy:
        yield sentence(entry.vacancy)
    if entry.event:
        yield from particulars(entry.event)
    if not entry.certain and not (entry.terms and entry.terms.ended):
        yield _("Forecast from the rules and the last known dates.")


def _of_terms(terms: EndingTerms) -> Iterator[str]:
    if not terms.exact:
        yield _("Day: %(day)s.") % {"day": terms.label}
    if terms.group:
        yield _("Seats: %(group)s.") % {"group": text(terms.group.names)}
    yield _("People: %(names)s.") % {"names": "; ".join(map(holder, terms.people))}
    if terms.scheduled:
        yield ending(terms.scheduled)
        if terms.scheduled.rule and (place := article(terms.scheduled.rule)):
            yield _("Rule: %(article)s.") % {"article": place}
    if terms.ended and terms.reason:
        yield _("Why it ended: %(reason)s.") % {"reason": terms.reason.rstrip(".")}
