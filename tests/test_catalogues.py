"""The gettext catalogues, read as files: no test needs msgfmt, which not every machine has.

They hold the words of findings. When the rest of the interface is translated, `SAID_IN` grows.
"""

import ast
import re
from datetime import date
from pathlib import Path

import polib
import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format

from registry.templatetags import wording

SAID_IN = [Path(wording.__file__)]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Where the context, the text and the plural stand among the arguments.
MARKS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext_lazy": (0, 1, None),
}


def said():
    """Every message of the code, as context, text and plural."""
    for path in SAID_IN:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
                texts = [getattr(argument, "value", "") for argument in node.args]
                places = MARKS[node.func.id]
                yield tuple(None if place is None else texts[place] for place in places)


# Ours, and those with what the packages beside Django leave untranslated.
CATALOGUES = [
    path for folder in settings.LOCALE_PATHS for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))
]
each_catalogue = pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: f"{path.parts[-4]}-{path.parts[-3]}-{path.stem}"
)


def catalogue(language):
    """Our own catalogue, as written."""
    return polib.pofile(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po")


def forms_of(entries):
    """The forms of each message; one that counts nothing has one."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or None): [
            *(entry.msgstr_plural or {0: entry.msgstr}).values()
        ]
        for entry in entries
    }


def placeholders(text):
    return set(re.findall(r"%\(\w+\)[sdr]|%[sdr]|\{\w*\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    translated = forms_of(catalogue(language).translated_entries())

    assert not set(said()) - translated.keys(), "./run manage makemessages, then translate these"


@each_catalogue
def test_no_translation_is_a_guess(path):
    guessed = [entry.msgid for entry in polib.pofile(path).fuzzy_entries()]

    assert not guessed, "makemessages guessed these from likenesses: translate or empty them"


@each_catalogue
def test_every_form_has_the_values_of_the_english(path):
    for (_, one, many), words in forms_of(polib.pofile(path).translated_entries()).items():
        english = [placeholders(one), placeholders(many or one)]
        assert all(placeholders(form) in english for form in words), words


@each_catalogue
def test_what_is_compiled_is_what_is_written(path):
    written, compiled = polib.pofile(path), polib.mofile(path.with_suffix(".mo"))

    assert forms_of(compiled) == forms_of(written.translated_entries()), (
        "./run manage compilemessages --ignore .venv"
    )
    assert compiled.metadata["Plural-Forms"] == written.metadata["Plural-Forms"]


def test_kazakh_and_russian_are_two_languages_in_cyrillic_letters():
    kazakh, russian = (forms_of(catalogue(language)) for language in ("kk", "ru"))

    for message in said():
        assert kazakh[message] != russian[message]
        for form in (*kazakh[message], *russian[message]):
            assert not re.search("[A-Za-z]", re.sub(r"%\(\w+\)s", "", form))


# Kazakh dates


@pytest.mark.parametrize("month", range(1, 13))
def test_a_kazakh_date_begins_with_the_year_and_its_month_with_a_small_letter(month):
    with translation.override("kk"):
        name = str(MONTHS[month]).lower()
        assert date_format(date(2014, month, 1)) == f"2014 ж. 1 {name}"
        assert date_format(date(2014, month, 1), "YEAR_MONTH_FORMAT") == f"2014 ж. {name}"
        assert date_format(date(2014, month, 1), "SHORT_DATE_FORMAT") == f"01.{month:02}.2014"


def test_a_date_typed_in_kazakh_is_read_day_first_and_never_as_americans_write_it():
    with translation.override("kk"):
        assert forms.DateField().clean("01.06.2014") == date(2014, 6, 1)
        assert forms.DateField().clean("2014-06-01") == date(2014, 6, 1)
        with pytest.raises(ValidationError):
            forms.DateField().clean("06/01/2014")
