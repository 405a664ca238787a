"""Days, partial dates and terms of office in words.

A term is half-open, and a bare "until" would leave open on which side the last day lies. So a
page says "left office on", followed by the first day out of office.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import template
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from registry.domain.dates import PartialDate, Precision, Presence, Span
from registry.models.fields import best_text

register = template.Library()


@register.filter
def long_day(day: date) -> str:
    """1 June 2014."""
    return date_format(day, "DATE_FORMAT")


@register.filter
def short_day(day: date) -> str:
    """1 Jun 2014."""
    return date_format(day, "SHORT_DATE_FORMAT")


@register.filter
def time_tag(day: date) -> SafeString:
    """The day for people and, in its attribute, for machines."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), long_day(day))


@register.filter
def partial(when: PartialDate | None) -> str:
    """A date as far as it is known, and what of it nobody recorded."""
    if when is None:
        return ""
    first, last = when.earliest, when.latest
    match when.precision:
        case Precision.DAY:
            return short_day(first)
        case Precision.MONTH:
            month = date_format(first, "YEAR_MONTH_FORMAT")
            return _("%(month)s, day not recorded") % {"month": month}
        case Precision.YEAR:
            return _("%(year)s, day not recorded") % {"year": first.year if first else ""}
        case Precision.NONE:
            return _("not recorded")
    if first is None:
        return _("%(day)s or earlier") % {"day": short_day(last)}
    if last is None:
        return _("%(day)s or later") % {"day": short_day(first)}
    return _("between %(first)s and %(last)s") % {
        "first": short_day(first),
        "last": short_day(last),
    }


def term_in_words(start: PartialDate, end: PartialDate | None, today: date) -> str:
    """Days in office: "20 Jan 2012 – left office on 20 Jan 2016"."""
    begun = partial(start)
    unknown_start = start.precision is Precision.NONE
    if end is None:
        if unknown_start:
            return _("still in office, start not recorded")
        if start.reached_by(today) is Presence.NO:
            return _("from %(start)s") % {"start": begun}
        return _("since %(start)s") % {"start": begun}
    if unknown_start:
        begun = _("start not recorded")
    over = partial(end)
    match end.precision:
        case Precision.NONE:
            return _("%(start)s – end not recorded") % {"start": begun}
        case Precision.DAY if end.latest and end.latest > today:
            return _("%(start)s – leaves office on %(end)s") % {"start": begun, "end": over}
        case Precision.DAY:
            return _("%(start)s – left office on %(end)s") % {"start": begun, "end": over}
        case Precision.MONTH | Precision.YEAR:
            return _("%(start)s – left office in %(end)s") % {"start": begun, "end": over}
    return _("%(start)s – left office %(end)s") % {"start": begun, "end": over}


def dates_inherited(start_inherited: bool, end_inherited: bool) -> str:
    """Which dates are those of the convocation and not the member's own; "" if none is."""
    if start_inherited and end_inherited:
        return _("dates of the convocation")
    if start_inherited:
        return _("start of the convocation")
    if end_inherited:
        return _("end of the convocation")
    return ""


def years(span: Span) -> str:
    """The years of a span as a label: 2007–2018, or 1997 alone."""
    if span.start and span.end and span.start.year != span.end.year:
        return f"{span.start.year}–{span.end.year}"
    if span.start and span.end:
        return str(span.start.year)
    if span.start:
        return pgettext("a span of years", "since %(year)s") % {"year": span.start.year}
    if span.end:
        return pgettext("a span of years", "to %(year)s") % {"year": span.end.year}
    return ""


def day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


@register.inclusion_tag("registry/parts/day_form.html", takes_context=True)
def day_fields(context: dict, prefix: str, name: str = "on") -> dict:
    """The fields day, month and year, showing the day of the page or what was typed.

    Of a page about two days, `name` says which: `from` or `to`.
    """
    request = context["request"]
    faulty = context.get("problem")
    if name != "on":
        faulty = faulty and request.days.form.faulty in ("", name)
    return {
        "prefix": prefix,
        "name": "" if name == "on" else f"{name}-",
        "fields": request.shown.fields if name == "on" else request.days.fields(name),
        "months": [(str(number), month) for number, month in MONTHS.items()],
        "problem": faulty,
    }


@register.simple_tag
def life(start: PartialDate, end: PartialDate | None) -> str:
    """How long an institution has existed: "30 Jan 1996 – ended on 1 Jul 2026"."""
    begun = partial(start)
    if start.precision is Precision.NONE:
        begun = _("start not recorded")
    if end is None:
        if start.precision is Precision.NONE:
            return _("Not recorded since when")
        return _("since %(start)s") % {"start": begun}
    match end.precision:
        case Precision.NONE:
            return _("%(start)s – ended, day not recorded") % {"start": begun}
        case Precision.DAY:
            return _("%(start)s – ended on %(end)s") % {"start": begun, "end": partial(end)}
        case Precision.MONTH | Precision.YEAR:
            return _("%(start)s – ended in %(end)s") % {"start": begun, "end": partial(end)}
    return _("%(start)s – ended %(end)s") % {"start": begun, "end": partial(end)}


@register.simple_tag
def when_ended(names: Mapping[str, str], end: PartialDate) -> str:
    """Senate ended on 1 July 2026."""
    name = best_text(names, get_language() or "en")[0]
    match end.precision:
        case Precision.NONE:
            return _("%(name)s has ended; the day is not recorded.") % {"name": name}
        case Precision.DAY:
            return _("%(name)s ended on %(end)s.") % {"name": name, "end": long_day(end.earliest)}
        case Precision.MONTH | Precision.YEAR:
            return _("%(name)s ended in %(end)s.") % {"name": name, "end": partial(end)}
    return _("%(name)s ended %(end)s.") % {"name": name, "end": partial(end)}


@register.filter
def in_force(span: Span) -> str:
    """Since when a rule is in force, and when it ended: a span knows its days or nothing."""
    if span.start and span.end:
        values = {"start": short_day(span.start), "end": short_day(span.end)}
        return _("in force from %(start)s, ended on %(end)s") % values
    if span.start:
        return _("in force since %(start)s") % {"start": short_day(span.start)}
    if span.end:
        return _("since when in force is not recorded, ended on %(end)s") % {
            "end": short_day(span.end)
        }
    return _("since when in force is not recorded")


@register.simple_tag
def span_days(start: date | None, end: date | None) -> str:
    """The days on which something held; `end` is the first day it no longer did."""
    if start and end:
        values = {"start": short_day(start), "end": short_day(end)}
        return _("%(start)s – ended on %(end)s") % values
    if start:
        return _("since %(start)s") % {"start": short_day(start)}
    if end:
        return _("from the beginning of the record – ended on %(end)s") % {"end": short_day(end)}
    return _("on all days recorded")
