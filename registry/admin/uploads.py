"""Files that a curator has checked and not imported yet: kept for a day, for their session only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import get_random_string

KEPT_SECONDS = 24 * 60 * 60
SESSION_KEY = "registry_uploads"
KEPT_EACH = 5


class Upload(NamedTuple):
    data: bytes
    name: str


def keep(request: HttpRequest, upload: Any, institution_id: int) -> str:
    """Store an uploaded file and return the token that brings it back."""
    folder = _folder()
    _sweep(folder)
    token = get_random_string(40)
    with (folder / token).open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    known = request.session.get(SESSION_KEY, {})
    known[token] = {"name": upload.name, "institution": institution_id}
    for old in list(known)[:-KEPT_EACH]:
        del known[old]
        (folder / old).unlink(missing_ok=True)
    request.session[SESSION_KEY] = known
    return token


def find(request: HttpRequest, token: str, institution_id: int) -> Upload | None:
    """The file of a token that this session got for this institution, while it is kept."""
    # Only tokens that the session knows become a path, whatever the form sends.
    known = request.session.get(SESSION_KEY, {}).get(token)
    if known is None or known["institution"] != institution_id:
        return None
    try:
        return Upload((_folder() / token).read_bytes(), known["name"])
    except FileNotFoundError:
        return None


def drop(request: HttpRequest, token: str) -> None:
    known = request.session.get(SESSION_KEY, {})
    if known.pop(token, None) is not None:
        (_folder() / token).unlink(missing_ok=True)
        request.session[SESSION_KEY] = known


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    """Take away what nobody came back for; sessions end without saying so."""
    oldest = time.time() - KEPT_SECONDS
    for file in folder.iterdir():
        try:
            if file.stat().st_mtime < oldest:
                file.unlink()
        except FileNotFoundError:
            continue  # somebody else swept at the same moment
