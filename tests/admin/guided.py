"""Walks a guided action as a browser does: each page is answered with what it holds."""

from __future__ import annotations

import re
from html import unescape

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def address(slug):
    return f"/admin/registry/institution/actions/{slug}/"


def carried(answer):
    """What the hidden inputs of a page carry on to the next."""
    return {name: unescape(value) for name, value in HIDDEN.findall(answer.text)}


def walk(client, slug, entered, *, to="save", reason=""):
    """Enter both steps and go as far as `to`; `reason` is given where the effect asks for it."""
    answer = client.post(address(slug), entered | {"_go": "effect"})
    for step in ("confirm", "save"):
        if to == "effect" or answer.status_code != 200 or "_seen" not in carried(answer):
            return answer
        data = carried(answer) | ({"_reason": reason} if reason else {})
        answer = client.post(address(slug), data | {"_go": step})
        if step == to:
            return answer
    return answer


def rows(answer):
    """The rows of the table of the effect: what each says before and after."""
    cells = r'<th scope="row">(.*?)</th>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>'
    found = re.findall(cells, answer.text, re.S)
    return {label.strip(): (before.strip(), after.strip()) for label, before, after in found}
