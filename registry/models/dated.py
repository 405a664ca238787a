"""Columns and questions that every row with days in office shares."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate, Span, Term


def no_exact_duplicate(
    name: str, *columns: str, keys: tuple[str, ...] = (), days: tuple[str, ...] = ()
) -> models.UniqueConstraint:
    """A constraint that counts missing `keys` and `days` as equal, on both databases alike.

    SQL takes two nulls for different; the day that stands in for them lives in the index only.
    """
    no_day = Value(date(1, 1, 1), output_field=models.DateField())
    return models.UniqueConstraint(
        *columns,
        *(Coalesce(key, Value(0)) for key in keys),
        *(Coalesce(day, no_day) for day in days),
        name=name,
        violation_error_message=_("Exactly this is recorded already."),
    )


TERM_DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def begun_on(day: date, prefix: str = "") -> Q:
    """Has begun on `day`, certainly or possibly; `prefix` leads to the row, as `affiliations__`."""
    return Q(**{f"{prefix}start_earliest__isnull": True}) | Q(
        **{f"{prefix}start_earliest__lte": day}
    )


def covering(day: date, prefix: str = "") -> Q:
    """Covers `day`, certainly or possibly: the SQL twin of `Term.covers`, written once."""
    return begun_on(day, prefix) & (
        Q(**{f"{prefix}has_ended": False})
        | Q(**{f"{prefix}end_latest__isnull": True})
        | Q(**{f"{prefix}end_latest__gt": day})
    )


class TermQuerySet(models.QuerySet):
    """A ladder of questions about a day, each defined by the one before."""

    def ended_by(self, day: date) -> Self:
        """Rows that have certainly ended when `day` begins."""
        return self.filter(has_ended=True, end_latest__lte=day)

    def on(self, day: date) -> Self:
        """Rows that cover `day`, certainly or possibly; the SQL twin of `Term.covers`."""
        return self.filter(covering(day))

    def overlapping(self, start: date | None, end: date | None) -> Self:
        """Rows that share a day with the span, certainly or possibly; `None` is open."""
        rows = self
        if end is not None:
            rows = rows.filter(Q(start_earliest__isnull=True) | Q(start_earliest__lt=end))
        if start is not None:
            rows = rows.filter(
                Q(has_ended=False) | Q(end_latest__isnull=True) | Q(end_latest__gt=start)
            )
        return rows


class TermModel(models.Model):
    """Half-open days in office, each bound known to a day or to a span of days.

    Without a start nobody recorded it. `has_ended` without an end says that it is over, and
    nobody recorded since when.
    """

    start_earliest = models.DateField(_("start, earliest day"), null=True, blank=True)
    start_latest = models.DateField(_("start, latest day"), null=True, blank=True)
    has_ended = models.BooleanField(_("has ended"), default=False)
    end_earliest = models.DateField(_("end, earliest day"), null=True, blank=True)
    end_latest = models.DateField(_("end, latest day"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_start_in_order",
                condition=Q(start_earliest__lte=F("start_latest")),
                violation_error_message=_("The earliest start is after the latest start."),
            ),
            models.CheckConstraint(
                name="%(class)s_end_in_order",
                condition=Q(end_earliest__lte=F("end_latest")),
                violation_error_message=_("The earliest end is after the latest end."),
            ),
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(end_latest__gt=F("start_earliest")),
                violation_error_message=_("The end is not after the start."),
            ),
            models.CheckConstraint(
                name="%(class)s_end_only_if_ended",
                condition=Q(has_ended=True) | Q(end_earliest__isnull=True, end_latest__isnull=True),
                violation_error_message=_("A row with an end has ended."),
            ),
        ]

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.start_earliest, self.start_latest)

    @start.setter
    def start(self, value: PartialDate) -> None:
        self.start_earliest, self.start_latest = value.earliest, value.latest

    @property
    def end(self) -> PartialDate | None:
        return PartialDate(self.end_earliest, self.end_latest) if self.has_ended else None

    @end.setter
    def end(self, value: PartialDate | None) -> None:
        self.has_ended = value is not None
        self.end_earliest = value.earliest if value else None
        self.end_latest = value.latest if value else None

    @property
    def term(self) -> Term:
        return Term(self.start, self.end)


class SpanQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Rows that hold on `day`; the SQL twin of `Span.covers`."""
        return self.filter(
            Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gt=day)
        )

    def overlapping(self, start: date | None, end: date | None) -> Self:
        """Rows that share a day with the span; `None` is open."""
        rows = self
        if end is not None:
            rows = rows.filter(Q(start__isnull=True) | Q(start__lt=end))
        if start is not None:
            rows = rows.filter(Q(end__isnull=True) | Q(end__gt=start))
        return rows


class SpanModel(models.Model):
    """Half-open days on which a rule, a status or a claim holds; empty is open on that side."""

    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(
        _("first day after"),
        null=True,
        blank=True,
        help_text=_("The first day it no longer holds."),
    )

    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_span_in_order",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("The first day after is not after the first day."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The first day after is not after the first day.")})

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)
