"""What the columns of a plain list may hold, and the words that stand above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from registry.models.naming import folded

# The columns of ours that a column of a plain list may hold, with what a curator reads.
FIELDS = {
    "name": _("name in full"),
    "family_name": _("family name"),
    "given_name": _("given name"),
    "patronymic": _("patronymic"),
    "name_en": _("name in English"),
    "name_kk": _("name in Kazakh"),
    "name_ru": _("name in Russian"),
    "name_de": _("name in German"),
    "birth": _("date of birth"),
    "gender": _("gender"),
    "wikidata": _("Wikidata item"),
    "party": _("party or group"),
    "territory": _("territory"),
    "convocation": _("convocation"),
    "group": _("seat group"),
    "institution": _("institution"),
    "start": _("start of the term"),
    "end": _("end of the term"),
    "note": _("note"),
}

NAMED_BY = ("name", "family_name", "name_en", "name_kk", "name_ru", "name_de")

# What a file with its faulty rows has beside its own columns; nobody need take it away again.
ERROR_COLUMNS = ("error_line", "error_column", "error_code", "error_text", "suggestion")

# English, Kazakh, Russian and German; each word is compared folded, without what is in brackets.
_WORDS = {
    "name": (
        "name; full name; name of deputy; member; deputy; member of parliament; mp; person; "
        "аты-жөні; толық аты-жөні; тегі, аты, әкесінің аты; тегі аты әкесінің аты; депутат; "
        "фио; ф.и.о.; ф. и. о.; фамилия, имя, отчество; фамилия имя отчество; полное имя; "
        "фио депутата; ф.и.о. депутата; депутаттың аты-жөні; "
        "депутат; член парламента; сенатор; vollständiger name; abgeordneter; abgeordnete; mitglied"
    ),
    "family_name": (
        "family name; surname; last name; familyname; lastname; тегі; фамилия; "
        "nachname; familienname"
    ),
    "given_name": "given name; first name; firstname; givenname; аты; есімі; имя; vorname",
    "patronymic": "patronymic; middle name; әкесінің аты; отчество; vatersname",
    "name_en": "name_en; name (en)",
    "name_kk": "name_kk; name (kk); аты-жөні (қаз); фио на казахском языке",
    "name_ru": "name_ru; name (ru); фио (рус); фио на русском языке; фио на русском",
    "name_de": "name_de; name (de)",
    "birth": (
        "birth; date of birth; birth date; birth_date; birthday; born; year of birth; туған күні; "
        "туған жылы; дата рождения; год рождения; дата рожд; родился; "
        "geburtsdatum; geboren; geburtsjahr"
    ),
    "gender": "gender; sex; жынысы; пол; geschlecht",
    "wikidata": "wikidata; wikidata id; wikidata item; qid",
    "party": (
        "party; faction; political party; parliamentary group; party group; партия; партиясы; "
        "фракция; фракциясы; саяси партия; политическая партия; депутатская группа; "
        "partei; fraktion"
    ),
    "territory": (
        "territory; constituency; district; region; area; electoral district; округ; округі; "
        "өңір; аймақ; облыс; облысы; сайлау округі; избирательный округ; регион; область; "
        "территория; wahlkreis; region; gebiet"
    ),
    "convocation": "convocation; term; legislature; шақырылым; созыв; wahlperiode; legislatur",
    "group": "seat group; electoral list; мандат тобы; группа мест; sitzgruppe",
    "institution": (
        "institution; chamber; house; мекеме; палата; палатасы; учреждение; kammer; organ"
    ),
    "start": (
        "start; start date; start_date; from; since; elected; date elected; term start; "
        "term began; took office; assumed office; "
        "басталуы; сайланған күні; өкілеттік басталған күн; с; дата избрания; избран; "
        "дата начала; начало полномочий; дата начала полномочий; "
        "beginn; von; seit; gewählt am; mandatsbeginn"
    ),
    "end": (
        "end; end date; end_date; until; to; term end; term ended; left office; "
        "аяқталуы; өкілеттік аяқталған күн; "
        "по; до; дата окончания; окончание полномочий; дата окончания полномочий; "
        "дата прекращения полномочий; ende; bis; mandatsende"
    ),
    "note": (
        "note; notes; comment; comments; remark; ескертпе; ескерту; примечание; примечания; "
        "комментарий; bemerkung; anmerkung"
    ),
}


_KAZAKH = re.compile("[әғқңөұүһі]")
_CYRILLIC = re.compile("[а-яё]")

LONGEST = 200  # letters of a header; no search through brackets that open 100,000 times


def _without_brackets(header: str) -> str:
    return folded(re.sub(r"\([^)]*\)|\[[^\]]*\]|[:*]+$", " ", header)).strip(" .,:;")


_FIELD_OF = {folded(word): field for field, words in _WORDS.items() for word in words.split(";")}
# The table of convocations and many other tables have these as well.
_OF_ANY_TABLE = {"name", "start_date", "end_date", "start", "end", "from", "to", "note", "notes"}


def field_of(header: str) -> str:
    """The column of ours that a header of a plain list means; empty if that is not known."""
    if len(header) > LONGEST:
        return ""
    return _FIELD_OF.get(folded(header)) or _FIELD_OF.get(_without_brackets(header), "")


def guessed(columns: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What each column holds, by what is `known` of it or else by its header.

    Of two columns that are guessed to hold the same, the first does.
    """
    fields = {column: known[column] for column in columns if column in known}
    for column in columns:
        if column and column not in fields:
            field = field_of(column) if column not in ERROR_COLUMNS else ""
            fields[column] = field if field not in fields.values() else ""
    return fields | _in_two_languages(fields, known) | _beside_first_names(fields, known)


def _beside_first_names(fields: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """“Name” beside “Vorname” is that of the family."""
    if "given_name" not in fields.values() or "family_name" in fields.values():
        return {}
    return {"name": "family_name"} if "name" in fields and "name" not in known else {}


def _in_two_languages(fields: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The columns of a list that has each name in Kazakh and in Russian."""
    told = {
        column: _language(column)
        for column in fields
        if column not in known and field_of(column) in ("name", "name_kk", "name_ru")
    }
    return told if sorted(told.values()) == ["name_kk", "name_ru"] else {}


def _language(header: str) -> str:
    """The column of ours for names in the language of which a header is, or speaks."""
    field = field_of(header)
    if field != "name" or not _CYRILLIC.search(header):
        return field
    return "name_kk" if _KAZAKH.search(header) else "name_ru"


def is_a_list(columns: Sequence[str]) -> bool:
    """Whether these are columns of a list of people: a name, and something else of a person."""
    fields = {field: column for column, field in guessed(columns, {}).items() if field}
    named = [field for field in NAMED_BY if field in fields]
    telling = [column for column in fields.values() if folded(column) not in _OF_ANY_TABLE]
    return bool(named) and len(fields) > 1 and bool(telling)
