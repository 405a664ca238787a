"""The second step: whom and what the rows speak of, found in the register or new."""

from __future__ import annotations

from collections.abc import Set

from rapidfuzz import fuzz, process

from registry.models import Institution, Party, SeatGroup, SeatRule, Territory
from registry.models.naming import folded
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Found, Match, Seat, SomePerson, Unclear
from registry.rosters.matching.named import Finder
from registry.rosters.matching.namesakes import Namesakes
from registry.rosters.matching.order import Sittings
from registry.rosters.matching.people import People
from registry.rosters.matching.questions import Answers
from registry.rosters.matching.register import parties, territories
from registry.rosters.rows import Roster, Row


class Matcher:
    """Finds every person, party, territory and group of the rows of a file, piece by piece."""

    def __init__(
        self,
        roster: Roster,
        institution: Institution,
        sittings: Sittings,
        answers: Answers,
        known: Set[int] | None = None,
    ) -> None:
        self.known = known
        self.roster = roster
        self.institution = institution
        self.sittings = sittings
        self.answers = answers
        self.namesakes = Namesakes()
        self.party_of = Finder("party", parties(), Party, answers, roster)
        self.territory_of = Finder("territory", territories(), Territory, answers, roster)
        self.groups = list(institution.seat_groups.all())
        rules = SeatRule.objects.filter(group__institution=institution)
        self.strict = roster.own or rules.filter(seats_per_territory__isnull=False).exists()

    def match(self, rows: list[Row]) -> Match:
        """The rows with what they name; a piece holds all rows of its persons."""
        found = Match()
        self.answers.begin()
        people = People(rows, self.roster, self.answers, self.namesakes, found, self.known)
        seated = {
            (id(people.of(row)), row.convocation) for row in rows if not row.role and people.of(row)
        }
        for row in rows:
            person = people.of(row)
            if row.convocation in self.sittings.unknown:
                details = {"known": self.sittings.known}
                found.faults.append(
                    Fault(
                        Code.UNKNOWN_CONVOCATION,
                        row.line,
                        self.roster.column("convocation"),
                        row.convocation,
                        details,
                    )
                )
            group = self._group(row, found)
            if row.role and group is None and (id(person), row.convocation) in seated:
                found.left_out[row.line].append(
                    Fault(Code.OFFICE_NOT_HERE, row.line, "role", row.role)
                )
                continue
            self._seat(row, person, group, found)
        _drop_idle(found)
        return found

    def _seat(
        self, row: Row, person: SomePerson | None, group: SeatGroup | None, found: Match
    ) -> None:
        named: list[Found | Unclear | None] = [None, None]
        if row.area:
            unknown = Code.UNKNOWN_TERRITORY if self.strict else None
            named[0] = self.territory_of.of(row, row.area, unknown)
        if row.party:
            # An address alone is a slip of the pen if it leads nowhere; a name can be recorded.
            unknown = Code.UNKNOWN_PARTY if self.roster.own and not row.party.names else None
            named[1] = self.party_of.of(row, row.party, unknown)
        unclear = [each for each in named if isinstance(each, Unclear)]
        for fault, left_out in unclear:
            (found.left_out if left_out else found.unclear)[row.line].append(fault)
        if unclear or person is None or row.line in found.unclear or row.line in found.left_out:
            return
        territory, party = named
        sitting = self.sittings.by_word.get(row.convocation)
        found.seats.append(Seat(row, person, sitting, group, territory, party))

    def _group(self, row: Row, found: Match) -> SeatGroup | None:
        """The seat group a row names, or the inner office that its role is."""
        if row.group:
            for group in self.groups:
                if group.slug == row.group:
                    return group
            slugs = [group.slug for group in self.groups]
            near = process.extractOne(row.group, slugs, scorer=fuzz.WRatio, score_cutoff=70)
            details = {"institution": self.institution, "known": ", ".join(slugs) or "–"}
            column, suggestion = self.roster.column("group"), near[0] if near else ""
            found.faults.append(
                Fault(Code.UNKNOWN_GROUP, row.line, column, row.group, details, suggestion)
            )
            return None
        if row.role:
            for group in self.groups:
                names = {folded(group.slug), *(folded(name) for name in group.name.values())}
                if folded(row.role) in names:
                    return group
        return None


def _drop_idle(found: Match) -> None:
    """Forget the persons none of whose rows came to a seat."""
    seated = {id(seat.person) for seat in found.seats}
    found.persons = [person for person in found.persons if id(person) in seated]
