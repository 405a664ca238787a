"""What a reader may ask by the address, and the sentence when it makes no sense."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

# How much of what somebody typed a sentence quotes back.
QUOTED = 40


class BadQuestion(ValueError):
    """What a reader asks makes no sense; the text is a sentence for the reader."""


class Choice(NamedTuple):
    """One of the values that a parameter may have, as a select offers it."""

    value: str
    label: str
    chosen: bool


def shortened(text: str) -> str:
    """A text as a sentence can quote it: printable, and not longer than a line."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:QUOTED])
    return plain if len(text) <= QUOTED else plain[:-1] + "…"


def is_key(value: object) -> bool:
    text = str(value)
    # Eighteen digits fit the column; more of them are no key of ours.
    return text.isascii() and text.isdigit() and len(text) <= 18


def given_once(query: QueryDict, name: str) -> str:
    """The value of a parameter, "" without one. Raises `BadQuestion` if it is given twice."""
    values = query.getlist(name)
    if len(values) > 1:
        raise BadQuestion(
            _("The address gives “%(name)s” more than once. Give it once.") % {"name": name}
        )
    return values[0] if values else ""


def one_of(query: QueryDict, name: str, choices: Collection[str], default: str) -> str:
    """The value of a parameter that has only a few. Raises `BadQuestion` for any other."""
    given = given_once(query, name)
    if not given:
        return default
    if given not in choices:
        raise BadQuestion(
            _("“%(name)s” cannot be “%(value)s”. Use one of these: %(choices)s.")
            % {"name": name, "value": shortened(given), "choices": ", ".join(choices)}
        )
    return given
