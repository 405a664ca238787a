"""Texts that a spreadsheet would run as a formula: one apostrophe before them, and away again."""

from __future__ import annotations

import re

# What spreadsheets take for the beginning of a formula, and what they skip before one. Those for
# Japanese and Chinese take the wide forms too.
_BEGINS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = re.compile(f"'*[{_BEGINS}]")
_GUARDED = re.compile(f"'+[{_BEGINS}]")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `unguarded` undoes it.

    A text that looks guarded already gets one more apostrophe, lest that of its own be lost.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'t Hooft")
    ("'=1+1", "''=1+1", "'t Hooft")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
