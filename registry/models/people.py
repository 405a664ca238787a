"""Persons and parties, with the identifiers that others know them by."""

from __future__ import annotations

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain import alphabets
from registry.domain.dates import PartialDate
from registry.models.fields import DerivedField, TextsField, best_text, told
from registry.models.history import Recorded, Versions
from registry.models.identifiers import Identifier
from registry.models.naming import address, folded, search_key
from registry.models.spelled import Spelled, SpelledQuerySet

# The languages whose alphabets have a column; readers of any other find the first one's order.
SORTED_IN = ("en", "kk", "ru", "de")
# The scheme of the permanent ids of records that were merged into one that is kept.
MERGED = "merged"


def marked(name: str, sample: bool) -> str:
    """A name as lists give it: invented people are marked wherever they show."""
    return gettext("%(name)s (sample)") % {"name": name} if sample else name


class PersonQuerySet(SpelledQuerySet):
    """People in the order of the alphabet of a language, that of whoever reads the list."""

    def in_alphabetical_order(self, language: str) -> Self:
        return self.order_by(_sort_column(language), "pk")

    def beginning_with(self, letter: str, language: str) -> Self:
        """Those whose name in lists begins with a letter, as the language sees it."""
        key, column = alphabets.initial(letter, language), _sort_column(language)
        # Every key with this beginning stands before the one that goes on with a "g".
        rows = self.filter(**{f"{column}__gte": key, f"{column}__lt": f"{key}g"})
        return rows if key else self.none()

    def merged_from(self, number: int) -> Person | None:
        """Whom the record of a number that is gone was merged into, and that one, if it was."""
        entries = self.model.history.filter(id=number, history_type="-")
        uid = entries.values_list("uid", flat=True).first()
        if uid is None:
            return None
        return self.filter(identifiers__scheme=MERGED, identifiers__value=str(uid)).first()

    def initials(self, language: str) -> dict[str, int]:
        """How many names begin with each letter of the alphabet; letters of no name are left out.

        What begins with none of them, as a name in another script may, is counted under "".
        """
        letters = {alphabets.initial(each, language): each for each in alphabets.letters(language)}
        found: dict[str, int] = {}
        rows = self.order_by().values(initial=Substr(_sort_column(language), 1, 2))
        for key, number in rows.annotate(number=Count("pk")).values_list("initial", "number"):
            letter = letters.get(key, "")
            found[letter] = found.get(letter, 0) + number
        return {each: found[each] for each in [*letters.values(), ""] if each in found}


def _sort_column(language: str) -> str:
    return f"sort_{language}" if language in SORTED_IN else f"sort_{SORTED_IN[0]}"


def _sorted_in(language: str) -> DerivedField:
    """Where a person stands in lists in a language."""
    return DerivedField(
        compute=lambda row: alphabets.sort_key(
            best_text(row.sort_name or row.name, language)[0], language
        )
    )


class Person(Spelled, Recorded):
    """Somebody who holds or held an office. `sample` marks invented people."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    name = TextsField(_("name"), help_text=_("As it is written in full."))
    sort_name = TextsField(
        _("name in lists"), blank=True, help_text=_("Family name first: “Abenov, Dinara”.")
    )
    other_names = models.JSONField(
        _("other spellings"), default=list, blank=True, help_text=_("Found by search.")
    )
    birth_earliest = models.DateField(_("born, earliest day"), null=True, blank=True)
    birth_latest = models.DateField(_("born, latest day"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=20, blank=True, default="")
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("An invented person, marked wherever shown.")
    )
    slug = DerivedField(compute=lambda row: address(row.name, "person"), max_length=80)
    sort_key = DerivedField(
        compute=lambda row: folded(best_text(row.sort_name or row.name, "en")[0]), db_index=True
    )
    search_key = DerivedField(
        compute=lambda row: search_key(
            [*row.name.values(), *row.sort_name.values(), *row.other_names]
        ),
        max_length=1000,
    )
    sort_en = _sorted_in("en")
    sort_kk = _sorted_in("kk")
    sort_ru = _sorted_in("ru")
    sort_de = _sorted_in("de")

    spelled_in = ("name", "sort_name", "other_names")
    objects = PersonQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ("sort_key", "id")
        indexes = [
            models.Index(fields=[f"sort_{language}", "id"], name=f"person_by_sort_{language}")
            for language in SORTED_IN
        ]
        constraints = [
            models.CheckConstraint(
                name="person_birth_in_order",
                condition=Q(birth_earliest__lte=F("birth_latest")),
                violation_error_message=_("The earliest day of birth is after the latest."),
            ),
        ]

    def __str__(self) -> str:
        return marked(self.listed_name, self.sample)

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk, self.slug])

    def clean(self) -> None:
        super().clean()
        if not any(self.name.values()):
            raise ValidationError({"name": _("Enter a name in at least one language.")})

    @property
    def listed_name(self) -> str:
        return told(self.sort_name or self.name)

    @property
    def birth(self) -> PartialDate | None:
        if self.birth_earliest is None and self.birth_latest is None:
            return None
        return PartialDate(self.birth_earliest, self.birth_latest)

    @birth.setter
    def birth(self, value: PartialDate | None) -> None:
        self.birth_earliest = value.earliest if value else None
        self.birth_latest = value.latest if value else None


class PersonIdentifier(Identifier):
    """What another register calls a person. Two persons never share one."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="identifiers", verbose_name=_("person")
    )

    history = Versions()

    class Meta(Identifier.Meta):
        verbose_name = _("identifier of a person")
        verbose_name_plural = _("identifiers of persons")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="person_identifier_once",
                violation_error_message=_("Another person has this identifier."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.scheme == MERGED:
            message = _("“%(scheme)s” is kept for records that were merged. Name another scheme.")
            raise ValidationError({"scheme": ValidationError(message, params={"scheme": MERGED})})


class Party(Spelled, Recorded):
    """A party or group that deputies sit for."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = TextsField(_("name"))
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True, default="")
    other_names = models.JSONField(
        _("other spellings"), default=list, blank=True, help_text=_("Found by search and imports.")
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        default="",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as #0b7a8f."))],
    )
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("An invented party, marked wherever shown.")
    )
    search_key = DerivedField(
        compute=lambda row: search_key([*row.name.values(), row.abbreviation, *row.other_names]),
        max_length=600,
    )

    spelled_in = ("name", "abbreviation", "other_names")
    objects = SpelledQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("slug",)

    def __str__(self) -> str:
        return told(self.name) or self.slug

    def get_absolute_url(self) -> str:
        return reverse("party", args=[self.slug])


class PartyIdentifier(Identifier):
    """What another register calls a party."""

    party = models.ForeignKey(
        Party, models.CASCADE, related_name="identifiers", verbose_name=_("party")
    )

    history = Versions()

    class Meta(Identifier.Meta):
        verbose_name = _("identifier of a party")
        verbose_name_plural = _("identifiers of parties")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="party_identifier_once",
                violation_error_message=_("Another party has this identifier."),
            ),
        ]
