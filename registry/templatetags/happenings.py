"""The sentences of events: what began, ended and changed, one for each kind.

The present tense tells what happened and what is to come alike. Names stand behind a colon,
where no grammar bends them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.alphabets import sort_key
from registry.domain.comparison import RuleChange
from registry.domain.events import Event, Happened, Mover, StatusChange
from registry.domain.facts import SeatRule
from registry.templatetags.days import long_day, partial
from registry.templatetags.wording import article, text, why_ended

register = template.Library()

# What a reader may choose from; a seat that nobody took is told with those who left it.
VACANCY = "vacancy"
KINDS: dict[str, Any] = {
    Happened.FOUNDED: _("Institutions that begin"),
    Happened.CLOSED: _("Institutions that end"),
    Happened.ELECTION: _("Elections"),
    Happened.RULES: _("Seat rules"),
    Happened.TERRITORY: _("Territories"),
    Happened.CONVENED: _("Convocations that begin"),
    Happened.DISSOLVED: _("Convocations that end"),
    Happened.CAME: _("Mandates that begin"),
    Happened.LEFT: _("Mandates that end"),
    VACANCY: _("Seats that nobody took"),
    Happened.PARTY: _("Changes of party"),
}


@register.filter
def happening(event: Event) -> str:
    """What happened, in one sentence; the few people of an event are named."""
    names = "; ".join(mover_name(mover) for mover in in_order(event.people))
    if names:
        return gettext("%(label)s: %(names)s.") % {"label": moved(event), "names": names}
    return statement(event)


@register.filter
def moved(event: Event) -> str:
    """The words before the names of the people of an event."""
    match event.kind:
        case Happened.CAME:
            return ngettext("Mandate begins", "Mandates begin", event.number)
        case Happened.LEFT:
            return ngettext("Mandate ends", "Mandates end", event.number)
    return ngettext("Change of party", "Changes of party", event.number)


@register.filter
def statement(event: Event) -> str:
    """What happened, without the names of people."""
    n = event.number
    match event.kind:
        case Happened.FOUNDED:
            return gettext("The institution begins.")
        case Happened.CLOSED:
            return gettext("The institution ends.")
        case Happened.ELECTION:
            return _election(event)
        case Happened.RULES:
            return _rules(event)
        case Happened.TERRITORY:
            return ngettext(
                "%(n)s territory has another name or kind.",
                "%(n)s territories have another name or kind.",
                n,
            ) % {"n": n}
        case Happened.CONVENED | Happened.DISSOLVED:
            return _convocation(event)
        case Happened.CAME:
            said = ngettext("%(n)s mandate begins.", "%(n)s mandates begin.", n)
        case Happened.LEFT:
            said = ngettext("%(n)s mandate ends.", "%(n)s mandates end.", n)
        case Happened.PARTY:
            said = ngettext("%(n)s member changes party.", "%(n)s members change party.", n)
    return said % {"n": n}


def _election(event: Event) -> str:
    called = event.election
    if called and called.renewal_class:
        seats = {"group": text(called.group.names) if called.group else ""}
        seats["class"] = text(called.renewal_class.names)
        return gettext("Election of a part of the seats: %(group)s, %(class)s.") % seats
    if called and called.group:
        return gettext("Election of seats: %(group)s.") % {"group": text(called.group.names)}
    return gettext("Election of the whole institution.")


def _rules(event: Event) -> str:
    if not any(change.before for change in event.rules):
        return gettext("Seat rules come into force.")
    if not any(change.after for change in event.rules):
        return gettext("Seat rules end.")
    return gettext("Seat rules change.")


def _convocation(event: Event) -> str:
    words = {"number": event.convocation.number if event.convocation else "", "n": event.number}
    if event.kind is Happened.CONVENED:
        if not event.number:
            return gettext("Convocation %(number)s begins.") % words
        return (
            ngettext(
                "Convocation %(number)s begins, and %(n)s mandate with it.",
                "Convocation %(number)s begins, and %(n)s mandates with it.",
                event.number,
            )
            % words
        )
    if not event.number:
        return gettext("Convocation %(number)s ends.") % words
    return (
        ngettext(
            "Convocation %(number)s ends, and %(n)s mandate with it.",
            "Convocation %(number)s ends, and %(n)s mandates with it.",
            event.number,
        )
        % words
    )


@register.filter
def particulars(event: Event) -> list[str]:
    """What else there is to say of an event, each a sentence or a line of its own."""
    said = []
    if event.others:
        names = {"names": "; ".join(text(body.names) for body in event.others)}
        if event.kind is Happened.FOUNDED:
            said.append(gettext("It takes the place of: %(names)s.") % names)
        else:
            said.append(gettext("Its place is taken by: %(names)s.") % names)
    said += [rule_change(change) for change in event.rules]
    said += [status_change(change) for change in event.statuses]
    if event.reason:
        said.append(
            gettext("Why it ended: %(reason)s.") % {"reason": why_ended(event.reason).rstrip(".")}
        )
    return said


def untaken(event: Event) -> str:
    """How many seats of a complete roster nobody took on the day on which they were left."""
    return gettext("Seats that nobody took: %(n)s") % {"n": event.unfilled}


@register.filter
def in_order(people: Iterable[Mover]) -> list[Mover]:
    """By name, in the alphabet of the reader's language."""
    language = get_language() or "en"
    return sorted(people, key=lambda mover: sort_key(text(mover.name), language))


def mover_name(mover: Mover) -> str:
    """The name, marked if invented, with the seat or the parties that it is about."""
    about = "; ".join(filter(None, (gettext("sample") if mover.sample else "", mover_seat(mover))))
    name = text(mover.name)
    return f"{name} ({about})" if about else name


@register.filter
def mover_seat(mover: Mover) -> str:
    """Party lists; Almaty Region. Of a change of party: Nur Otan → none."""
    if mover.party_before is not None or mover.party_after is not None:
        before, after = (
            text(party) if party else gettext("no party")
            for party in (mover.party_before, mover.party_after)
        )
        return f"{before} → {after}"
    return "; ".join(text(part) for part in (mover.group, mover.territory) if part)


@register.filter
def rule_change(change: RuleChange) -> str:
    """Party lists: 98 seats → 69 seats (Constitution, Art. 50)."""
    rule = change.after or change.before
    if rule is None:
        return ""
    words = {
        "group": text(rule.group.names),
        "before": seats_of(change.before) if change.before else "",
        "after": seats_of(change.after) if change.after else "",
    }
    if change.before is None:
        said = gettext("%(group)s: %(after)s by a new rule") % words
    elif change.after is None:
        said = gettext("%(group)s: %(before)s until then, no rule from that day on") % words
    elif words["before"] == words["after"]:
        said = gettext("%(group)s: %(after)s as before, by another rule") % words
    else:
        said = gettext("%(group)s: %(before)s → %(after)s") % words
    place = article(rule)
    return f"{said} ({place})" if place else said


def seats_of(rule: SeatRule) -> str:
    """98 seats, or 2 seats for each territory."""
    if rule.unlimited:
        return gettext("as many as qualify")
    if rule.seats_per_territory is not None:
        return ngettext(
            "%(n)s seat for each territory",
            "%(n)s seats for each territory",
            rule.seats_per_territory,
        ) % {"n": rule.seats_per_territory}
    if rule.seats is None:
        return gettext("number not recorded")
    return ngettext("%(n)s seat", "%(n)s seats", rule.seats) % {"n": rule.seats}


@register.filter
def status_change(change: StatusChange) -> str:
    words = {"name": text(change.status.names), "kind": text(change.status.kind)}
    if change.begins:
        return gettext("From that day: %(name)s, %(kind)s") % words
    return gettext("No more from that day: %(name)s, %(kind)s") % words


@register.filter
def event_day(event: Event) -> str:
    """The day as far as it is known."""
    return long_day(event.day) if event.exact else partial(event.when)
