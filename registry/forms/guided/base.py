"""What every guided action asks and does: a source for each change, and a history of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from registry.forms.guided.days import refuse_day_outside, refuse_far
from registry.models import Appointment, Citation, Institution, Source
from registry.models.naming import latin
from registry.models.roles import owner_of
from registry.models.sources import FACTS, SourceKind

SOURCE = ("source", "source_title", "source_kind", "source_url", "place")
CITED = {name.replace("_", ""): name for name in FACTS}


class WhatForm(forms.Form):
    """The first step: what the action is about. `autocompletes` are fields of models."""

    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {}

    def institution_of(self) -> Institution:
        """The institution that a valid form is about."""
        return self.cleaned_data["institution"]

    def subject(self) -> Model:
        """What a valid form is about, as the head of the next steps names it."""
        mandate_or_class = self.fields.keys() & {"appointment", "renewal_class"}
        return next((self.cleaned_data[name] for name in mandate_or_class), self.institution_of())

    def institution_meant(self) -> Institution | None:
        """The institution that was chosen, whatever is wrong with the form otherwise."""
        for name in self.fields.keys() & {"institution", "appointment", "renewal_class"}:
            try:
                chosen = self.fields[name].clean(self.data.get(name))
            except ValidationError:
                return None
            return owner_of(chosen)
        return None


class WhatBody(WhatForm):
    """An institution, and with a field `start` a day on which it exists."""

    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {
        "institution": (Appointment, "institution")
    }
    institution = forms.ModelChoiceField(
        Institution.objects.all(),
        label=_("Institution"),
        error_messages={"required": _("Choose an institution.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("institution"):
            refuse_day_outside(self, "start", cleaned["institution"])
        return cleaned


class Guided(forms.Form):
    """The facts of an action, and the action itself.

    `what` holds the values of its first step and `on` the day that counts as today. Nothing is
    written but by `perform`, which must be called in a transaction; `why` then stands in the
    history of each record.
    """

    slug: ClassVar[str]
    title: ClassVar[str | Promise]
    intro: ClassVar[str | Promise] = ""
    permissions: ClassVar[tuple[str, ...]]
    What: ClassVar[type[WhatForm]]
    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {}

    source = forms.ModelChoiceField(Source.objects.all(), required=False, label=_("Source"))
    source_title = forms.CharField(
        required=False,
        max_length=300,
        label=_("Title of a new source"),
        help_text=_("If it is not recorded yet."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    source_kind = forms.ChoiceField(
        required=False, choices=SourceKind, initial=SourceKind.OFFICIAL, label=_("Its kind")
    )
    source_url = forms.CharField(
        required=False,
        max_length=500,
        label=_("Its link"),
        widget=forms.TextInput(attrs={"class": "vTextField", "inputmode": "url"}),
    )
    place = forms.CharField(
        required=False,
        max_length=200,
        label=_("Place in the source"),
        help_text=_("Such as a page or an article."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, what: WhatForm, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what: Mapping[str, Any] = what.cleaned_data
        self.institution = what.institution_of()
        self.on = on
        self.why = ""
        self.prepare()
        facts = [name for name in self.fields if name not in SOURCE]
        self.order_fields([*facts, *SOURCE])

    def prepare(self) -> None:
        """Add the fields, and the proposals, that follow from what was chosen."""

    @property
    def all_autocompletes(self) -> dict[str, tuple[type[Model], str]]:
        return {"source": (Citation, "source")} | self.autocompletes

    def facts(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name not in SOURCE)

    def sources(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in SOURCE)

    def clean_source_url(self) -> str:
        url = self.cleaned_data["source_url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("The link must start with https:// or http://."))
        if url:
            # Whatever else may be wrong with a link, the field of the record knows.
            Source._meta.get_field("url").run_validators(url)
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen, title = cleaned.get("source"), cleaned.get("source_title")
        if chosen and title:
            message = _("Choose a source or enter a new one, one of the two.")
            self.add_error("source_title", message)
        for name in self.what.keys() & {"start", "day"}:
            refuse_far(self, None, self.what[name], today=self.on)
        if not chosen and not title and not self.errors.keys() & {"source", "source_title"}:
            self.add_error("source", _("Choose a source. Every change needs one."))
        return cleaned

    def needs(self) -> Iterator[str]:
        """Permissions that what was entered asks for besides those of the action."""
        if self.cleaned_data.get("source_title"):
            yield "registry.add_source"

    def days(self) -> list[date]:
        """The days on which the effect is shown."""
        raise NotImplementedError

    def touched(self) -> list[Model]:
        """The records that it changes; their versions are compared."""
        return []

    def doubts(self) -> Iterable[str]:
        """Sentences about what is irregular and no finding says; they ask for a reason."""
        return ()

    def notes(self) -> Iterable[str]:
        """Sentences about what else the effect means."""
        return ()

    def next_step(self) -> tuple[str, dict[str, str]] | None:
        """The action that usually follows, with what it is asked about."""
        return None

    def perform(self) -> Model:
        """Write it, with history and citations, and answer with the record it is about."""
        raise NotImplementedError

    def said(self) -> str:
        """What happened, once it is performed."""
        raise NotImplementedError

    def keep(self, record: Model, *, cite: bool = True) -> Any:
        """Save a record with its history and its source. Raises `ValidationError`."""
        record._change_reason = self.why or str(self.title)
        record.full_clean()
        record.save()
        if cite and record._meta.model_name in CITED:
            self.cite(record)
        return record

    def cite(self, record: Model) -> None:
        fact = {CITED[record._meta.model_name]: record}
        place = self.cleaned_data["place"]
        if not Citation.objects.filter(source=self.the_source(), place=place, **fact).exists():
            citation = Citation(source=self.the_source(), place=place, **fact)
            self.keep(citation, cite=False)

    def the_source(self) -> Source:
        """The source that was chosen; a new one is saved with the first record that cites it."""
        if (chosen := self.cleaned_data["source"]) is not None:
            return chosen
        title = self.cleaned_data["source_title"]
        made = Source.objects.filter(
            title=title, url=self.cleaned_data["source_url"], kind=self.cleaned_data["source_kind"]
        ).first()
        if made is None:
            made = Source(
                slug=free_slug(Source.objects.all(), title, "source"),
                title=title,
                kind=self.cleaned_data["source_kind"] or SourceKind.OFFICIAL,
                url=self.cleaned_data["source_url"],
            )
            self.keep(made, cite=False)
        return made


def free_slug(rows: QuerySet, title: str, otherwise: str) -> str:
    """An address for a new row that none of the `rows` has; `otherwise` if no letter is left."""
    base = slugify(latin(title))[:50].strip("-") or otherwise
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(each for each in numbers if each not in taken)
