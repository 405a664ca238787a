"""Guided actions: what, facts, effect, confirm. Nothing is stored before the last step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.meanwhile import MOMENT, Saved, moment_of, saved_since
from registry.admin.records import KeyedSelect
from registry.admin.rehearsals import Outcome, perform
from registry.admin.remits import require_remit
from registry.forms.guided import ACTIONS, Guided
from registry.forms.guided.base import WhatForm
from registry.forms.posted import inputs_of, shown
from registry.models import Institution
from registry.templatetags.days import long_day

# What a button asks for; the last one writes.
GO, SEEN, REASON = "_go", "_seen", "_reason"
WHAT, FACTS, EFFECT, CONFIRM, SAVE = "what", "facts", "effect", "confirm", "save"
# What a session remembers of its last save.
SAVED = "guided_saved"
TITLES: dict[str, Promise] = {
    WHAT: _("What"),
    FACTS: _("Facts and source"),
    EFFECT: _("Effect"),
    CONFIRM: _("Confirm"),
}


class StepShown(NamedTuple):
    number: int
    title: Promise
    current: bool


class ReasonForm(forms.Form):
    """Why something irregular is recorded all the same; it is kept in the history."""

    use_required_attribute = False
    _reason = forms.CharField(
        max_length=1000,
        label=_("Reason for saving it all the same"),
        help_text=_("It is kept in the history of the record."),
        error_messages={"required": _("Give a reason to continue.")},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class GuidedPages:
    """One address for each action; the steps travel in the form itself."""

    def guided_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.guided_view)
        return [path("actions/<slug:slug>/", view, name="registry_guided")]

    def guided_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        action = ACTIONS.get(slug)
        if action is None:
            raise Http404
        if not request.user.has_perms(action.permissions):
            raise PermissionDenied
        posted = request.method == "POST"
        names = action.What.base_fields
        go = request.POST.get(GO, FACTS) if posted else FACTS
        if go not in (*TITLES, SAVE) or (not posted and not names.keys() & request.GET.keys()):
            go = WHAT
        writes = go in (EFFECT, CONFIRM, SAVE)
        with transaction.atomic() if writes else nullcontext():
            return _Walk(self, request, action).to(go)


class _Walk:
    """One request of an action: as far as it asks for, or as far as what was entered allows."""

    def __init__(self, pages: Any, request: HttpRequest, action: type[Guided]) -> None:
        self.pages, self.request, self.action = pages, request, action
        self.data: QueryDict = request.POST if request.method == "POST" else request.GET
        # Whoever has seen an effect is told if it is another one now.
        self.has_seen = SEEN in request.POST
        self.institution: Institution | None = None
        self.subject: Model | None = None
        self.chosen: list[tuple[str, str]] = []

    def to(self, go: str) -> HttpResponse:
        if go == WHAT:
            return self.page(WHAT, self.dressed(self.action.What(initial=self.entered())))
        what = self.what()
        self.institution = what.institution_meant()
        if self.institution is not None:
            require_remit(self.request, self.institution)
        if not what.is_valid():
            if self.request.method != "POST":
                # A link knows a part of what is asked; the rest is no mistake of anybody's.
                return self.to(WHAT)
            return self.page(WHAT, what, stale=self.has_seen)
        self.institution, self.subject = what.institution_of(), what.subject()
        require_remit(self.request, self.institution)
        self.chosen = [*_entered(what)]
        if go == FACTS:
            return self.page(FACTS, self.facts(what, initial=self.entered()))
        # What was chosen is read again, now that nobody else changes it.
        Institution.objects.select_for_update().get(pk=self.institution.pk)
        what = self.what()
        if not what.is_valid():
            self.chosen = []
            return self.page(WHAT, what, stale=self.has_seen)
        facts = self.facts(what, data=self.data)
        if not facts.is_valid():
            return self.page(FACTS, facts, stale=self.has_seen)
        if not self.request.user.has_perms([*facts.needs()]):
            raise PermissionDenied
        return self.with_effect(go, what, facts)

    def with_effect(self, go: str, what: WhatForm, facts: Guided) -> HttpResponse:
        reason = ReasonForm(self.data if go != EFFECT else None)
        reason.fields["_reason"].initial = self.data.get(REASON)
        facts.why = self.data.get(REASON, "").strip()[:1000]
        seen = self.request.POST.get(SEEN)
        try:
            outcome = perform(facts, seen=seen if go == SAVE else None)
        except ValidationError as refused:
            facts.add_error(None, ValidationError(refused.messages))
            return self.page(FACTS, facts, stale=self.has_seen)
        except IntegrityError:
            facts.add_error(None, gettext("Not saved: the same is recorded already."))
            return self.page(FACTS, facts, stale=self.has_seen)
        if outcome.kept:
            return self.done(facts, outcome)
        changed = go in (CONFIRM, SAVE) and seen != outcome.digest
        asks = outcome.asks_for_a_reason and not (go != EFFECT and reason.is_valid())
        context = {"outcome": outcome, "reason": reason, "entries": _entered(facts)}
        at = EFFECT if go == EFFECT or asks or changed else CONFIRM
        return self.page(at, facts, stale=changed, **context)

    def what(self) -> WhatForm:
        return self.dressed(self.action.What(self.data))

    def facts(self, what: WhatForm, **kwargs: Any) -> Guided:
        return self.dressed(self.action(what, on=localdate(), **kwargs))

    def entered(self) -> dict[str, Any]:
        """What was entered so far, for the fields of a step to show it again."""
        return {name: values[-1] for name, values in self.data.lists() if values}

    def dressed(self, form: Any) -> Any:
        """A form with the autocompletes of the admin."""
        form.use_required_attribute = False
        fields = form.all_autocompletes if isinstance(form, Guided) else form.autocompletes
        for name, (model, of) in fields.items():
            if name in form.fields:
                widget = KeyedSelect(model._meta.get_field(of), self.pages.admin_site)
                widget.choices, widget.is_required = form.fields[name].choices, False
                form.fields[name].widget = widget
        return form

    def page(self, step: str, form: Any, *, stale: bool = False, **more: Any) -> HttpResponse:
        if stale and (saved := self.saved_a_moment_ago()):
            return saved
        own = form.fields.keys() if step in (WHAT, FACTS) else ()
        aside = {*own, "csrfmiddlewaretoken", GO, SEEN, MOMENT}
        if step == EFFECT:
            aside.add(REASON)
        steps = [StepShown(n, TITLES[each], each == step) for n, each in enumerate(TITLES, 1)]
        context = {
            **self.pages.admin_site.each_context(self.request),
            "title": self.action.title,
            "slug": self.action.slug,
            "intro": self.action.intro,
            "institution": self.institution,
            "subject": self.subject or self.institution,
            "chosen": self.chosen,
            "step": step,
            "steps": steps,
            "form": form,
            "media": form.media,
            "carried": [(k, v) for k, vs in self.data.lists() if k not in aside for v in vs],
            "moment": now().isoformat(),
            "stale": stale,
            "since": self.since() if stale else [],
            **more,
        }
        template = f"admin/registry/guided_{step}.html"
        response = TemplateResponse(self.request, template, context)
        # Rendered while the rows are as they were looked at.
        response.status_code = 409 if stale else 200
        return response.render() if stale else response

    def since(self) -> list[Saved]:
        """What colleagues saved since the effect was looked at."""
        moment = moment_of(self.request.POST.get(MOMENT, ""))
        if moment is None or self.institution is None:
            return []
        return saved_since(self.institution, moment)

    def done(self, facts: Guided, outcome: Outcome) -> HttpResponse:
        record, user = outcome.record, self.request.user
        again = reverse("admin:registry_guided", args=[self.action.slug])
        message = format_html(
            '{} {} <a href="{}">{}</a> · <a href="{}">{}</a>',
            facts.said(),
            " ".join(_consequences(outcome)),
            f"{facts.institution.get_composition_url()}?on={outcome.days[-1].day}",
            gettext("Public page"),
            again,
            gettext("Do another"),
        )
        messages.success(self.request, message)
        address = reverse("admin:index")
        name = record._meta.model_name
        if user.has_perm(f"registry.view_{name}"):
            address = reverse(f"admin:registry_{name}_change", args=[record.pk])
        self.remember(address, message)
        if (following := facts.next_step()) and following[0] in ACTIONS:
            slug, asked = following
            onward = f"{reverse('admin:registry_guided', args=[slug])}?{urlencode(asked)}"
            title = ACTIONS[slug].title
            messages.info(self.request, format_html('<a href="{}">{}</a>', onward, title))
        for finding_text in outcome.notes:
            messages.info(self.request, finding_text)
        return HttpResponseRedirect(address)

    @property
    def click(self) -> list[str]:
        """What tells one click on Save from others, and not from its double."""
        return [self.action.slug, *(self.request.POST.get(name, "") for name in (SEEN, MOMENT))]

    def remember(self, address: str, said: str) -> None:
        """Keep what a click saved in the same transaction, so that its double finds it."""
        session = self.request.session
        session[SAVED] = {"click": self.click, "address": address, "said": said}
        # A session that was closed meanwhile is no reason to lose what was saved.
        with suppress(UpdateError):
            session.save()

    def saved_a_moment_ago(self) -> HttpResponse | None:
        """Where the first of two clicks on Save has led, for the answer to the second."""
        session = self.request.session
        saved = type(session)(session.session_key).get(SAVED)
        if self.request.POST.get(GO) != SAVE or not saved or saved["click"] != self.click:
            return None
        messages.success(self.request, mark_safe(saved["said"]))
        return HttpResponseRedirect(saved["address"])


def _consequences(outcome: Outcome) -> Iterator[str]:
    for each in outcome.days:
        before, after = each.effect.before, each.effect.after
        if before.required is None and after.required is None:
            continue
        yield gettext("On %(day)s: %(before)s → %(after)s of %(required)s seats filled.") % {
            "day": long_day(each.day),
            "before": before.filled,
            "after": after.filled,
            "required": "?" if after.required is None else after.required,
        }


def _entered(form: forms.Form) -> Iterator[tuple[str, str]]:
    """What was entered in a step, as a person reads it; empty fields are left out."""
    for name, field in form.fields.items():
        value = form[name].value()
        if value not in (None, "", False):
            yield str(field.label or name), shown(field, name, inputs_of(field.widget, name, value))
