"""An institution in a line: its number, its state and, of a single office, who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.facts import Sitting, Texts
from registry.models import Institution
from registry.templatetags.days import term_in_words
from registry.views import tallies
from registry.views.frame import ShownDay
from registry.views.tallies import Tag, held_in_all, nobody_recorded


class Holder(NamedTuple):
    """Who holds a single office."""

    url: str
    name: Texts
    term: str
    acting: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Body:
    """One line with its number, its state and, of an office, its holder.

    `local` is how many of its parts are bodies of territories, which have no line of their own.
    """

    institution: Institution
    number: str
    tag: Tag | None
    holders: tuple[Holder, ...]
    local: int = 0


def body_of(
    institution: Institution,
    composition: Composition,
    shown: ShownDay,
    local: int = 0,
) -> Body:
    holders: tuple[Holder, ...] = ()
    if composition.required == 1:
        holders = tuple(_holder(sitting, shown) for sitting in composition.members)
    return Body(institution, _number(composition), _state_tag(composition), holders, local)


def _number(composition: Composition) -> str:
    if composition.required is None:
        return str(composition.filled) if composition.filled else ""
    if nobody_recorded(composition):
        return ngettext("%(n)s seat", "%(n)s seats", composition.required) % {
            "n": composition.required
        }
    return _("%(filled)s of %(required)s") % {
        "filled": held_in_all(composition),
        "required": composition.required,
    }


def _state_tag(composition: Composition) -> Tag | None:
    if not any(not rule.group.inner for rule in composition.rules):
        return Tag("unk", _("No seat rule")) if composition.filled else None
    tags = tallies.headline_tags(composition)
    if tags:
        return Tag("ok", _("Filled")) if tags[0].look == "ok" else tags[0]
    return Tag("unk", _("Partly recorded") if composition.filled else _("Not recorded"))


def _holder(sitting: Sitting, shown: ShownDay) -> Holder:
    url = reverse("person", args=[sitting.person_id, sitting.person_slug]) + shown.carry
    term = term_in_words(sitting.start, sitting.end, shown.today)
    return Holder(url, sitting.name, term, sitting.acting, sitting.sample)
