"""Who holds which seat, for which party, and for which days a roster is complete."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Self

from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, When, Window
from django.db.models.functions import Cast, RowNumber
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from registry.domain.facts import Sitting
from registry.models.dated import (
    TERM_DAYS,
    SpanModel,
    SpanQuerySet,
    TermModel,
    TermQuerySet,
    covering,
    no_exact_duplicate,
)
from registry.models.elections import RenewalClass
from registry.models.history import Recorded, Versions
from registry.models.indexes import where_given
from registry.models.institutions import Convocation, Institution
from registry.models.people import Party, Person
from registry.models.seats import Designation, SeatGroup
from registry.models.territories import Territory

# Where each field of a `Sitting` stands; the order is the tuple's.
SITTING_COLUMNS = (
    "institution_id",
    "id",
    "person_id",
    "person__slug",
    "listed_name",
    "person__sample",
    "group_id",
    "convocation_id",
    "territory_id",
    "acting",
    "start_earliest",
    "start_latest",
    "has_ended",
    "end_earliest",
    "end_latest",
    "start_inherited",
    "end_inherited",
    "end_reason",
    "note",
    "renewal_class_id",
    "serves_rest_of_id",
    "person__birth_earliest",
    "person__birth_latest",
    "current__party_id",
    "current__party__slug",
    "party_name",
    "citations__source__title",
    "citations__source__url",
)


class AppointmentQuerySet(TermQuerySet):
    def in_roster_order(self) -> Self:
        return self.order_by("person__sort_key", "person_id", "id")

    def departed_by(self, day: date) -> Self:
        """Those whose term was certainly over on `day`, the last to leave first."""
        return self.ended_by(day).order_by("-end_latest", "person__sort_key", "id")

    def last_to_leave(self, most: int) -> Self:
        """The rows that ended last in each institution, at most so many for each."""
        rank = Window(
            RowNumber(), partition_by="institution_id", order_by=[F("end_latest").desc(), F("id")]
        )
        return self.filter(pk__in=self.annotate(rank=rank).filter(rank__lte=most).values("pk"))

    def as_sittings(self, day: date) -> list[Sitting]:
        """The rows as domain facts, in one query, with name, party on `day` and first source.

        A party whose days are only partly known may match besides another; the first wins.
        """
        rows = (
            self.annotate(
                current=FilteredRelation("affiliations", condition=covering(day, "affiliations__")),
                listed_name=Case(
                    When(person__sort_name={}, then="person__name"), default="person__sort_name"
                ),
                party_name=Cast("current__party__name", models.TextField()),
            )
            .order_by(*self.query.order_by, "citations__id")
            .values_list(*SITTING_COLUMNS)
        )
        # Few parties stand in many rows: the name of each is read once.
        read = cache(json.loads)
        found: dict[int, Sitting] = {}
        for *row, party, title, url in rows:
            if row[1] not in found:
                name = read(party) if party is not None else None
                found[row[1]] = Sitting(*row, name, title, url)
        return list(found.values())

    def moved_with(self, convocation: Convocation) -> list[Appointment]:
        """Those that inherit other dates from their convocation than they have; not saved yet."""
        moved = []
        for appointment in self.filter(Q(start_inherited=True) | Q(end_inherited=True)):
            before = (appointment.start, appointment.end)
            appointment.inherit_dates(convocation)
            if (appointment.start, appointment.end) != before:
                moved.append(appointment)
        return moved

    def move_inherited_dates(self, convocation: Convocation) -> None:
        """Give the dates of a convocation to those that inherit them from it."""
        if moved := self.moved_with(convocation):
            bulk_update_with_history(
                moved,
                Appointment,
                [*TERM_DAYS, "has_ended"],
                batch_size=500,
                default_change_reason="Dates of convocation corrected",
            )


# What an appointment may leave open.
OPTIONAL = ("group", "convocation", "territory", "renewal_class", "serves_rest_of")


class Appointment(Recorded, TermModel):
    """A person in a seat or an office of an institution.

    Without a group nobody recorded by which rule the person sits. Dates are stated by a source
    or inherited from the convocation.
    """

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="appointments",
        verbose_name=_("institution"),
        db_index=False,  # `appointment_by_start` begins with it
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    group = models.ForeignKey(
        SeatGroup,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("seat group"),
        help_text=_("Leave empty if nobody recorded by which rule the person sits."),
    )
    convocation = models.ForeignKey(
        Convocation,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("convocation"),
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("territory"),
    )
    renewal_class = models.ForeignKey(
        RenewalClass,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("renewal class"),
        help_text=_("The class of the seat, where a part of the seats is filled anew at a time."),
    )
    serves_rest_of = models.ForeignKey(
        "self",
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="completed_by",
        verbose_name=_("serves the rest of the term of"),
    )
    start_inherited = models.BooleanField(_("start taken from the convocation"), default=False)
    end_inherited = models.BooleanField(_("end taken from the convocation"), default=False)
    acting = models.BooleanField(
        _("acting"), default=False, help_text=_("Stands in for the holder of the office.")
    )
    designation = models.CharField(
        _("came in by being"), max_length=20, choices=Designation, blank=True, default=""
    )
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True, default="")

    objects = AppointmentQuerySet.as_manager()
    history = Versions()

    class Meta(TermModel.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ("institution", "person__sort_key", "id")
        constraints = [
            *TermModel.Meta.constraints,
            no_exact_duplicate(
                "appointment_once",
                "institution",
                "person",
                "acting",
                "has_ended",
                keys=("group", "convocation", "territory"),
                days=TERM_DAYS,
            ),
            models.CheckConstraint(
                name="appointment_inherits_from_convocation",
                condition=Q(convocation__isnull=False)
                | Q(start_inherited=False, end_inherited=False),
                violation_error_message=_("Only a convocation can pass on its dates."),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "start_earliest"], name="appointment_by_start"),
            models.Index(fields=["institution", "end_latest"], name="appointment_by_end"),
            *(where_given(key, f"appointment_by_{key}") for key in OPTIONAL),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.institution}"

    def save(self, *args, **kwargs) -> None:
        if self.convocation is not None:
            self.inherit_dates(self.convocation)
        super().save(*args, **kwargs)

    def inherit_dates(self, convocation: Convocation) -> None:
        if self.start_inherited:
            self.start = convocation.start
        if self.end_inherited:
            self.end = convocation.end


class Affiliation(Recorded, TermModel):
    """The party a person sits for, within an appointment.

    Without a start it holds from the beginning of the appointment; not ended, to its end. A
    change of party is a new affiliation in the same appointment, not a new mandate.
    """

    appointment = models.ForeignKey(
        Appointment,
        models.CASCADE,
        related_name="affiliations",
        verbose_name=_("appointment"),
        db_index=False,  # `affiliation_once` begins with it
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="affiliations", verbose_name=_("party")
    )

    objects = TermQuerySet.as_manager()
    history = Versions()

    class Meta(TermModel.Meta):
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ("appointment", F("start_earliest").asc(nulls_first=True), "id")
        constraints = [
            *TermModel.Meta.constraints,
            no_exact_duplicate(
                "affiliation_once", "appointment", "party", "has_ended", days=TERM_DAYS
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Coverage(Recorded, SpanModel):
    """Days for which the roster of an institution, or of one of its groups, is complete.

    Without a group it speaks of all seats but not of inner offices. `sample` marks the
    declaration made for invented people.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="coverages", verbose_name=_("institution")
    )
    group = models.ForeignKey(
        SeatGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coverages",
        verbose_name=_("seat group"),
        help_text=_("Leave empty for all seats of the institution."),
    )
    sample = models.BooleanField(_("sample"), default=False)

    objects = SpanQuerySet.as_manager()
    history = Versions()

    class Meta(SpanModel.Meta):
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        ordering = ("institution", F("start").asc(nulls_first=True))
        constraints = [
            *SpanModel.Meta.constraints,
            no_exact_duplicate(
                "coverage_once", "institution", keys=("group",), days=("start", "end")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.start or '…'} – {self.end or '…'}"
