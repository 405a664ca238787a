"""Keys made from names: for sorting, for searching and for addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from anyascii import anyascii
from django.utils.text import slugify

# Kazakh letters as Russian spelling writes them: Асқар and Аскар are one name.
_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


def folded(text: str) -> str:
    """A text as it is compared: no case, no accents, single spaces; scripts are kept."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def latin(text: str) -> str:
    """A text in ASCII letters, so that Әбенов, Абенов and Abenov are found by each other."""
    return folded(anyascii(text.translate(_RUSSIAN)))


def search_key(texts: Iterable[str]) -> str:
    """All spellings of a name, folded: in their own script and in Latin letters of two kinds."""
    spellings: dict[str, None] = {}
    for text in texts:
        spellings |= dict.fromkeys((folded(text), latin(text), folded(anyascii(text))))
    return " | ".join(spelling for spelling in spellings if spelling)


def address(texts: Mapping[str, str], fallback: str = "x") -> str:
    """An ASCII slug from the first name there is, English first."""
    for code in ("en", "und", *texts):
        if texts.get(code) and (slug := slugify(anyascii(texts[code]))):
            return slug[:80].strip("-")
    return fallback
