"""Small words that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registry.domain.facts import SeatRule, Territory
from registry.domain.findings import Severity
from registry.models.fields import best_text

register = template.Library()

LOOKS = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFORMATION: "info"}


@register.filter
def severity_look(severity: Severity) -> str:
    """The tint of a tag for a finding this grave."""
    return LOOKS[severity]


@register.filter
def method(rule: SeatRule) -> str:
    """How the seats of a rule are filled, unless the name of their group says the same."""
    language = get_language() or "en"
    said = best_text(rule.method, language)[0]
    name = best_text(rule.group.names, language)[0]
    return "" if said.rstrip(". ").casefold() == name.rstrip(". ").casefold() else said


@register.simple_tag
def shown_name(texts: Mapping[str, str], fallback: str = "") -> SafeString | str:
    """A name in the reader's language; one in another language says in which."""
    language = get_language() or "en"
    shown, code = best_text(texts, language)
    if not shown or code in (language, "und"):
        return shown or fallback
    return format_html('<span lang="{}">{}</span>', code, shown)


@register.simple_tag
def native_name(texts: Mapping[str, str]) -> SafeString | str:
    """A name as the state itself writes it, beside the one in the reader's language."""
    language = get_language() or "en"
    shown = best_text(texts, language)[0]
    native, code = native_spelling(texts, shown, language)
    if not native:
        return ""
    return format_html('<span class="native" lang="{}">{}</span>', code, native)


def native_spelling(texts: Mapping[str, str], shown: str, language: str) -> tuple[str, str]:
    """The name in the state's own language, if it is not the one shown, and that language."""
    code = settings.NATIVE_LANGUAGE
    native = texts.get(code, "")
    return (native, code) if native and code != language and native != shown else ("", "")


@register.simple_tag
def territory_name(territory: Territory, day: date) -> str:
    """The name a territory had on the day."""
    return best_text(territory.names_on(day), get_language() or "en")[0]


def names_by_language(
    names: Mapping[str, str], others: Iterable[str] = ()
) -> list[tuple[str, str, str]]:
    """Language code, name of the language and text, in the order of the settings."""
    listed = [
        (code, str(label), names[code]) for code, label in settings.LANGUAGES if names.get(code)
    ]
    listed += [("", "", text) for text in [names.get("und", ""), *others] if text]
    return listed
