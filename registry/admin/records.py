"""What the admin of every record has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.widgets import (
    AdminURLFieldWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.admin.listed import ExportedList
from registry.admin.remits import KeptAdmin
from registry.admin.rows import RowsAdmin
from registry.admin.versions import VersionedAdmin
from registry.admin.withdrawing import ComesBackAdmin
from registry.forms.partial_dates import DayField
from registry.forms.questions import is_key
from registry.forms.texts import LinesField, LinkField, LongTextsFormField, TextsFormField
from registry.models.dated import TermModel
from registry.models.fields import TextsField, best_text
from registry.models.naming import folded, latin
from registry.templatetags.days import partial

OVERRIDES = {
    TextsField: {"form_class": TextsFormField},
    models.JSONField: {"form_class": LinesField},
    models.DateField: {"form_class": DayField},
    models.URLField: {"form_class": LinkField, "widget": AdminURLFieldWidget},
}
REMARKS = (_("How sure it is"), {"fields": ("confidence", "note"), "classes": ("collapse",)})
MOST_WORDS = 12


class KeyedMixin:
    """Shows nothing chosen for a value that cannot be a key, where Django's fails."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # The list opens among what the page is about, not after its foot.
        return super().build_attrs(*args, **kwargs) | {"data-dropdown-parent": "main"}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class KeyedSelect(KeyedMixin, AutocompleteSelect):
    pass


class KeyedSelectMultiple(KeyedMixin, AutocompleteSelectMultiple):
    pass


class Fields:
    """How the fields of ours are entered; for records and for the rows inside them."""

    formfield_overrides = OVERRIDES
    # Texts in several languages that take more than a line.
    long_texts: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.long_texts:
            kwargs["form_class"] = LongTextsFormField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A field chooses a record; to change or delete that one is a task of its own.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeyedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeyedSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RecordInline(Fields, admin.TabularInline):
    # Names each input, where Django's relies on the head of its column.
    template = "admin/registry/inline.html"
    extra = 0
    show_change_link = True


class RecordAdmin(Fields, ExportedList, RowsAdmin, ComesBackAdmin, KeptAdmin, VersionedAdmin):
    """A record with its history, found in any spelling, and exported as it is listed."""

    label_relations: tuple[str, ...] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once: each asks for itself, with the version that was seen."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def prepare_labels(self, found: QuerySet) -> QuerySet:
        """The results of an autocomplete field, with what `label` needs, in a fixed number of
        queries.
        """
        return found.select_related(*self.label_relations) if self.label_relations else found

    def label(self, row: Model) -> str:
        return str(row)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Every word must be found. Keys are compared folded, as written and in Latin letters."""
        fields = self.get_search_fields(request)
        for word in search_term.replace("\0", " ").split()[:MOST_WORDS]:
            queryset = queryset.filter(_matches(word, fields))
        return queryset, any(lookup_spawns_duplicates(self.opts, field) for field in fields)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address of an add form fills in, without what no field can hold."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._holds(name, value)}

    def _holds(self, name: str, value: Any) -> bool:
        relations = {field.name for field in self.opts.get_fields() if field.is_relation}
        values = value if isinstance(value, list) else [value]
        return name not in relations or all(is_key(each) for each in values)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            # Two equal rows in one form, or a colleague who was quicker. The transaction is
            # undone; the form comes back with what was entered.
            request.refused = _(
                "Not saved: the same is recorded already, or two rows here say the same."
            )
            return super().changeform_view(request, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        refused = getattr(request, "refused", None)
        if refused is None:
            return form

        class Refused(form):
            def clean(self) -> dict[str, Any]:
                self.add_error(None, ValidationError(refused))
                return super().clean()

        return Refused


class TermColumns:
    """Readable dates in the lists of records with days in office."""

    @admin.display(description=_("Start"), ordering="start_earliest")
    def starts(self, row: TermModel) -> str:
        return partial(row.start)

    @admin.display(description=_("End"), ordering="end_latest")
    def ends(self, row: TermModel) -> str:
        return partial(row.end) if row.end else "—"

    @admin.display(description=_("Ended, but the day is not recorded"), boolean=True)
    def end_unrecorded(self, row: TermModel) -> bool:
        return row.has_ended and row.end_earliest is None and row.end_latest is None


class GroupColumn:
    """The name of the seat group alone, in lists that name the institution already."""

    @admin.display(description=_("Seat group"), ordering="group__order")
    def group_name(self, row: Model) -> str:
        return best_text(row.group.name, "en")[0] if row.group else ""


TERM = ("start", "end", "end_unrecorded")


def _matches(word: str, fields: Sequence[str]) -> Q:
    spellings = {folded(word), latin(word)} - {""}
    found = Q()
    for field in fields:
        if field.endswith("search_key"):
            for spelling in spellings:
                found |= Q(**{f"{field}__contains": spelling})
        elif field.startswith("="):
            if is_key(word):
                found |= Q(**{field.removeprefix("="): int(word)})
        else:
            found |= Q(**{f"{field}__icontains": word})
    number = word.removeprefix("#")
    # Where a record has a number of its own, only "#5" is a key.
    numbered = any(field.startswith("=") for field in fields)
    if is_key(number) and (number != word or not numbered):
        found |= Q(pk=int(number))
    return found
