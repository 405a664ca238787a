"""Files of rosters on their way into the register: what was read, planned, written, taken back."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models.institutions import Institution
from registry.models.people import Party, Person
from registry.models.territories import Territory


class ImportFile(models.Model):
    """The bytes of a file as they came, packed; the same bytes are kept once."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256

    @classmethod
    def keep(cls, data: bytes) -> Self:
        """The record of these bytes, made if they are new."""
        packed = {"size": len(data), "packed": zlib.compress(data, 6)}
        return cls.objects.get_or_create(sha256=sha256(data).hexdigest(), defaults=packed)[0]

    @property
    def data(self) -> bytes:
        return zlib.decompress(self.packed)


class RunState(models.TextChoices):
    """What became of a file."""

    REFUSED = "refused", _("refused: nothing was written")
    CHECKED = "checked", _("checked: nothing is written yet")
    BEGUN = "begun", _("being written, or broken off: nothing is written until it says so")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("taken back")
    DROPPED = "dropped", _("given up")


class ImportRun(models.Model):
    """One file for one institution: how it is read, what was decided, what it would change.

    `reading`, `order` and `decisions` are the questions, as plain data; `plan`, `counts` and
    `effect` the answers as the curator saw them, and `digest` the SHA-256 of all that would be
    written: a plan made anew that has another one is not the plan that was seen.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="import_runs", verbose_name=_("institution")
    )
    file = models.ForeignKey(
        ImportFile, models.PROTECT, related_name="runs", verbose_name=_("file")
    )
    name = models.CharField(_("file name"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.CHECKED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    reading = models.JSONField(_("how it is read"), default=dict, blank=True)
    order = models.JSONField(_("what is asked for"), default=dict, blank=True)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    plan = models.JSONField(_("plan"), default=dict, blank=True)
    counts = models.JSONField(_("rows by verdict"), default=dict, blank=True)
    effect = models.JSONField(_("effect"), default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("applied by"),
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undo_reason = models.TextField(_("why it was taken back"), blank=True, default="")

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ("-made_at", "-id")
        # Nobody adds, changes or deletes a run by a form.
        default_permissions = ("view",)
        permissions = [
            ("import_roster", _("Can check the file of a roster")),
            ("confirm_import", _("Can write a checked file into the register")),
            ("undo_import", _("Can take back an import of their own")),
            ("undo_any_import", _("Can take back the imports of others")),
            ("export_roster", _("Can fetch the roster of an institution as a file")),
        ]
        indexes = [models.Index(fields=["institution", "-made_at"], name="run_by_institution")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:registry_importrun_change", args=[self.pk])


class Verdict(models.TextChoices):
    """What a row of a file comes to."""

    NEW = "new", _("new")
    SAME = "same", _("recorded already")
    CHANGED = "changed", _("changed")
    FILLS = "fills", _("fills a gap")
    CONFLICT = "conflict", _("says otherwise than the register")
    AMBIGUOUS = "ambiguous", _("needs a decision")
    IMPOSSIBLE = "impossible", _("impossible")
    LEFT_OUT = "left_out", _("left out")


class ImportRow(models.Model):
    """A row of a file, as it stands there, and what becomes of it.

    `line` is the line of a table or the number of a membership, `cells` the row as text, in the
    order of the run's columns. `remarks` are faults, questions and warnings as data; `changes`
    are fields with the recorded and the new value; `touches` gives the version of each record
    that the row changes or agrees with.
    """

    # `row_by_verdict` begins with it.
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField(_("line"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    name = models.CharField(_("person"), max_length=300, blank=True, default="")
    cells = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    touches = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        ordering = ("run", "line", "id")
        indexes = [models.Index(fields=["run", "verdict", "line"], name="row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.line}: {self.name}"


class ColumnMeaning(models.Model):
    """What a column of the files that an institution gets means: remembered for the next one.

    `header` is folded; `field` is a column of the registry's own layout, empty for one to ignore.
    """

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="column_meanings", verbose_name=_("institution")
    )
    header = models.CharField(_("header"), max_length=300)
    field = models.CharField(_("means"), max_length=60, blank=True, default="")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["institution", "header"], name="column_meaning_once")
        ]

    def __str__(self) -> str:
        return f"{self.header}: {self.field}"


class NameDecision(models.Model):
    """Whether a name in the files of an institution is a certain record, as a curator decided.

    `key` is the name folded, with the date of birth where the file gives one. With `same` the
    name stands for the record; without, it is somebody or something else.
    """

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="name_decisions", verbose_name=_("institution")
    )
    key = models.CharField(_("name"), max_length=400)
    same = models.BooleanField(_("the same"))
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="name_decisions"
    )
    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="name_decisions"
    )
    territory = models.ForeignKey(
        Territory, models.CASCADE, null=True, blank=True, related_name="name_decisions"
    )
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="name_decisions")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="name_decision_of_one_record",
                condition=Q(person__isnull=False, party__isnull=True, territory__isnull=True)
                | Q(person__isnull=True, party__isnull=False, territory__isnull=True)
                | Q(person__isnull=True, party__isnull=True, territory__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=["institution", "key", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                    name=f"name_decision_once_for_a_{kind}",
                )
                for kind in ("person", "party", "territory")
            ),
        ]

    def __str__(self) -> str:
        return self.key
