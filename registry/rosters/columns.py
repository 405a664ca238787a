"""The registry's own layout: one table, the same for import, export and a day's composition.

| column | holds |
|---|---|
| `institution` | its address; may be left out |
| `convocation` | its number; empty for an office that knows none |
| `group` | the address of the seat group |
| `territory` | the address of the territory; a name or an identifier is read too |
| `person_id` | the permanent id; empty for somebody new |
| `identifiers` | `scheme:value scheme:value`; inside a value a space is `%20`, a `;` is `%3B` |
| `name_*`, `sort_name_*` | the name in full, and as listed, by language; `und`: not stated |
| `other_names` | other spellings, ` \\| ` between them; inside one a `\\|` is `%7C`, a `%` `%25` |
| `birth`, `gender` | |
| `party`, `party_name` | the address of the party; its name, for one that is not recorded yet |
| `party_start`, `party_end` | only where the party does not hold for the whole appointment |
| `start`, `end` | first day in and first day out: `2014-06-12`, `2014-06`, `2014`, `[2014..]` |
| `start_precision`, `end_precision` | `day`, `month`, `year`, `span`; `none`: day not recorded |
| `start_basis`, `end_basis` | `stated`, or `inherited` from the convocation |
| `acting`, `sample` | `1` or `0`; `sample` marks invented people |
| `designation`, `end_reason`, `note` | |
| `status`, `on` | in the composition of a day: `filled`, `possible` or `vacant`, and the day |
| `raw` | only in a file for programs, `1`: no apostrophe stands before `=`, `+`, `-` or `@` |

No `end` and no `end_precision`: still in office, if the basis is `stated`; left to the
convocation, if there is no basis. One person with several parties has one row for each of
them, all with the dates of the whole appointment.
"""

from __future__ import annotations

from collections.abc import Iterable

from registry.domain.facts import Designation

LANGUAGES = ("en", "kk", "ru", "de", "und")
NAMES = tuple(f"name_{code}" for code in LANGUAGES)
SORT_NAMES = tuple(f"sort_name_{code}" for code in LANGUAGES)

COLUMNS = (
    "institution",
    "convocation",
    "group",
    "territory",
    "person_id",
    "identifiers",
    *NAMES,
    *SORT_NAMES,
    "other_names",
    "birth",
    "gender",
    "party",
    "party_name",
    "party_start",
    "party_end",
    "start",
    "start_precision",
    "start_basis",
    "end",
    "end_precision",
    "end_basis",
    "acting",
    "designation",
    "end_reason",
    "note",
    "sample",
    "status",
    "on",
)

DESIGNATIONS = tuple(each.value for each in Designation)
BASES = ("stated", "inherited")
STATUSES = ("filled", "possible", "vacant")
BETWEEN_NAMES = " | "
# A file with this column has its cells as they are recorded: they hold no formulas, and no
# apostrophe of theirs is the guard's.
RAW = "raw"

# The row that the empty file shows how to fill. Its identifier gives it away: nothing invented
# comes in because somebody forgot to delete it.
EXAMPLE_SCHEME = "example"
EXAMPLE = {
    "identifiers": f"{EXAMPLE_SCHEME}:1",
    "name_en": "Example Person",
    "sort_name_en": "Person, Example",
    "birth": "1970-05",
    "party_name": "Example Party",
    "start": "2014-06-12",
    "start_basis": "stated",
    "end": "2016",
    "end_basis": "stated",
    "acting": "0",
    "designation": "elected",
}


def joined_names(names: Iterable[str]) -> str:
    """Names as one cell of `other_names`; `parted_names` undoes it."""
    return BETWEEN_NAMES.join(name.replace("%", "%25").replace("|", "%7C") for name in names)


def parted_names(cell: str) -> list[str]:
    """The names in a cell of `other_names`, without blanks around them.

    >>> parted_names("Abai | 100%25 %7C Abay")
    ['Abai', '100% | Abay']
    """
    names = (each.strip() for each in cell.split(BETWEEN_NAMES.strip()))
    return [name.replace("%7C", "|").replace("%25", "%") for name in names if name]
