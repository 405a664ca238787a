"""The kinds of files there are, and what their columns hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Appointment,
    Claim,
    Institution,
    Party,
    Person,
    SeatRule,
    Source,
    Territory,
)
from registry.serialise import roster_sheet
from registry.serialise.sheets import Column
from registry.views.compositions import comparison_files
from registry.views.institutions import rule_files, trees
from registry.views.people import listing as people_list
from registry.views.people import parties
from registry.views.record import finding_files, source_files
from registry.views.territories import listing as territory_list


@dataclass(frozen=True, slots=True)
class DataSet:
    """A kind of file. `page` is what it is a file of, and `table` the name of its address.

    `model` are the records that its rows are made of; `of_body` says that each institution has
    its own. `others` are the same facts in other formats: address or name of an address by format.
    """

    name: str
    title: str | Promise
    what: str | Promise
    model: type[models.Model]
    table: str = ""
    columns: tuple[Column, ...] = ()
    of_body: bool = False
    others: tuple[tuple[str, str], ...] = ()


DATA_SETS = (
    DataSet(
        "institutions",
        _("Institutions"),
        _("The institutions of a day with the seats by rule, filled, vacant and over the rule."),
        Institution,
        "institutions_table",
        trees.COLUMNS,
        others=(("JSON", "api:institutions"),),
    ),
    DataSet(
        "people",
        _("People"),
        _("Everybody recorded, with the latest mandate; filters as on the page of people."),
        Person,
        "people_table",
        people_list.COLUMNS,
        others=(("JSON", "api:people"),),
    ),
    DataSet(
        "composition",
        _("Composition of a body"),
        _("Who sat on a day, and which seats were vacant. An import reads this file back."),
        Appointment,
        "composition_table",
        roster_sheet.COLUMNS,
        of_body=True,
        others=(("SVG", "composition_svg"), ("JSON", "api:composition")),
    ),
    DataSet(
        "comparison",
        _("Two days of a body compared"),
        _("Who came, who left and who changed party or seat, from one day to another."),
        Appointment,
        "compare_table",
        comparison_files.COLUMNS,
        of_body=True,
    ),
    DataSet(
        "rules",
        _("Seat rules of a body"),
        _("Each rule that the body ever had, with its article, its days and its sources."),
        SeatRule,
        "rules_table",
        rule_files.COLUMNS,
        of_body=True,
        others=(("JSON", "api:rules"),),
    ),
    DataSet(
        "parties",
        _("Parties and groups"),
        _("Parties and groups with their seats on a day."),
        Party,
        "parties_table",
        parties.COLUMNS,
        others=(("JSON", "api:parties"),),
    ),
    DataSet(
        "territories",
        _("Regions and cities"),
        _("Territories with their name and status on a day."),
        Territory,
        "territories_table",
        territory_list.COLUMNS,
        others=(("JSON", "api:territories"),),
    ),
    DataSet(
        "findings",
        _("Findings"),
        _("What does not fit the rules of a day, with rule, days and what would settle it."),
        Appointment,
        "checks_table",
        finding_files.COLUMNS,
        others=(("JSON", "api:findings"),),
    ),
    DataSet(
        "sources",
        _("Sources"),
        _("What the register rests on, and how many facts rest on each source."),
        Source,
        "sources_table",
        source_files.SOURCE_COLUMNS,
    ),
    DataSet(
        "conflicts",
        _("Where sources disagree"),
        _("Each claim of each source side by side, with the position of the register."),
        Claim,
        "conflicts_table",
        source_files.CONFLICT_COLUMNS,
        others=(("JSON", "api:contradictions"),),
    ),
    DataSet(
        "popolo",
        _("Everybody in office on a day"),
        _("All bodies in one document in Popolo's words: persons, posts, memberships."),
        Appointment,
        others=(("JSON", "api:popolo"),),
    ),
    DataSet(
        "calendar",
        _("Calendar"),
        _("Terms that end and seats that are filled anew, for a calendar program."),
        Appointment,
        others=(("ICS", "calendar_ics"), ("JSON", "api:terms")),
    ),
    DataSet(
        "changes",
        _("Changes"),
        _("What happened and what was corrected, as a feed."),
        Appointment,
        others=(("ATOM", "changes_atom"),),
    ),
)
