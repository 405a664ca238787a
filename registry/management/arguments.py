"""What commands are asked with: days and addresses, refused with a sentence and exit code 2."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from registry.domain.dates import PartialDate, Precision
from registry.models import Institution


def wrong_usage(sentence: str) -> CommandError:
    """The refusal of a command that was called wrongly."""
    return CommandError(sentence, returncode=2)


def day_given(option: str, text: str) -> date:
    """The day that an option gives. Raises `CommandError`."""
    try:
        parsed = PartialDate.parse(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.precision is not Precision.DAY or parsed.earliest is None:
        raise wrong_usage(
            _("%(option)s: %(value)s is not a day such as 2014-06-01.")
            % {"option": option, "value": repr(text)}
        )
    return parsed.earliest


def institutions_called(slugs: Iterable[str]) -> list[Institution]:
    """The institutions with these addresses, all if none is given. Raises `CommandError`."""
    asked = set(slugs)
    rows = Institution.objects.all()
    found = list(rows.filter(slug__in=asked) if asked else rows)
    if missing := asked - {institution.slug for institution in found if asked}:
        raise unknown("--institution", missing, rows.values_list("slug", flat=True))
    return found


def unknown(option: str, missing: Iterable[str], known: Iterable[str]) -> CommandError:
    """The refusal of a value that an option does not know, with those it knows."""
    return wrong_usage(
        _("%(option)s: %(missing)s is not known here. Known: %(known)s.")
        % {
            "option": option,
            "missing": ", ".join(sorted(missing)),
            "known": ", ".join(known) or _("none"),
        }
    )
