"""Rows of Popolo JSON: the memberships of one organization, with the records they point to.

A membership has no id of its own; it is named by its place in the list, the first being 1. The
registry's own Popolo export says more than Popolo knows: see `registry.rosters.export.popolo`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from registry.domain.dates import UNKNOWN
from registry.rosters.columns import BASES, DESIGNATIONS
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.bodies import Body
from registry.rosters.reading.cells import DAMAGED, LOST, VALUE, Cells, uuid_of
from registry.rosters.reading.cells import SCHEME as SCHEME_LENGTH
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.layouts.document import Document, Record, id_of, objects
from registry.rosters.reading.layouts.everypolitician import NO_GROUP, legacy, weak
from registry.rosters.reading.options import Reading
from registry.rosters.reading.spool import Spool
from registry.rosters.rows import UNSTATED, Identifier, Named, Period, PersonRow, Row

SCHEME = "popolo"
MEMBER = {"", "member"}
# Where what stands that is looked up in the register, for messages about it.
AT = {
    "name": "name",
    "identifiers": "identifiers",
    "wikidata": "identifiers",
    "convocation": "legislative_period_id",
    "territory": "area_id",
    "party": "on_behalf_of_id",
    "start": "start_date",
    "end": "end_date",
}


class Reader:
    """Reads the memberships of one organization of a document."""

    def __init__(
        self, document: Document, body: Body, faults: Faults, how: Reading | None = None
    ) -> None:
        self.document = document
        self.body = body
        self.faults = faults
        self.how = how or Reading()
        self.persons: dict[str, PersonRow] = {}
        self.named: dict[tuple[str, str], Named | None] = {}

    def organization(self) -> str:
        """The id of the organization that is the institution.

        It is the one whose id or name matches, else the only legislature of the file.
        """
        seated = {self._organization_of(m) for m in self.document.lists["memberships"]} - {""}
        found = []
        bodies = []
        for record in self.document.lists["organizations"]:
            key, name = id_of(record), record.get("name")
            if key not in seated and not self.document.own:
                continue
            words = (key, key.rpartition("/")[2], str(name))
            if self.body.goes_by(*words):
                found.append(key)
            if record.get("classification") == "legislature" and not self.body.other_called(*words):
                bodies.append(key)
        if len(found) == 1:
            return found[0]
        if not found and len(bodies) == 1:
            return bodies[0]
        known = ", ".join(self._called(key) for key in sorted(found or bodies or seated))
        details = {"institution": self.body.slug, "known": known or "–"}
        raise Refused([Fault(Code.WHICH_ORGANIZATION, None, "organization_id", details=details)])

    def _called(self, organization: str) -> str:
        name = self.document.by_id["organizations"].get(organization, {}).get("name")
        return f"{name} ({organization})" if name else organization

    def rows(self, organization: str) -> tuple[Spool[Row], int]:
        """Its memberships, and how many others the file has."""
        rows: Spool[Row] = Spool()
        others = 0
        for number, record in enumerate(self.document.lists["memberships"], start=1):
            if self._organization_of(record) != organization:
                others += 1
                continue
            rows.append(self._row(number, record))
        return rows, others

    def _organization_of(self, membership: Record) -> str:
        """Named by the membership, or by the post that it fills."""
        return str(
            membership.get("organization_id") or self._post(membership).get("organization_id", "")
        )

    def _post(self, membership: Record) -> Record:
        return self.document.by_id["posts"].get(str(membership.get("post_id", "")), {})

    def periods(self, used: Iterable[str]) -> dict[str, Period]:
        """The legislative periods that the memberships name, by id."""
        periods, used = {}, set(used)
        for number, record in enumerate(self.document.lists["events"], start=1):
            if (key := id_of(record)) in used:
                cells = self._cells(number, record)
                periods[key] = Period(
                    key,
                    cells.text("name"),
                    cells.date("start_date"),
                    cells.date("end_date"),
                    number,
                )
        return periods

    def _cells(self, number: int, record: Record) -> Cells:
        """The plain values of a record as cells; lists and objects stay out."""
        texts = {}
        cells = Cells(
            number,
            texts,
            self.faults,
            lost=DAMAGED if self.document.own else LOST,
            day_order=self.how.day_order,
        )
        for key, value in record.items():
            match value:
                case None | list() | dict():
                    continue
                case bool():
                    texts[key] = "1" if value else "0"
                case str():
                    texts[key] = self._clean(cells, key, value)
                case _:
                    texts[key] = str(value)
        return cells

    def _clean(self, cells: Cells, key: str, value: str) -> str:
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            cells.fault(Code.BAD_CHARACTERS, key, value)
            return ""
        return value

    def _row(self, number: int, record: Record) -> Row:
        cells = self._cells(number, record)
        start, start_inherited = self._date(cells, "start")
        end, end_inherited = self._date(cells, "end")
        role = cells.text("role", VALUE)
        return Row(
            line=number,
            person=self._person(cells),
            start=start or UNKNOWN,
            end=end,
            start_inherited=start_inherited,
            end_inherited=end_inherited,
            convocation=cells.text("legislative_period_id", VALUE),
            area=self._reference(cells, "areas", "area_id") or self._area_of_post(cells, record),
            group=cells.text("post_id", VALUE).rpartition("/")[2] if self.document.own else "",
            role="" if self.document.own or role.casefold() in MEMBER else role,
            party=self._reference(cells, "organizations", "on_behalf_of_id"),
            party_start=cells.date("party_start"),
            party_end=cells.date("party_end"),
            acting=cells.flag("acting"),
            designation=cells.choice("designation", DESIGNATIONS),
            end_reason=cells.raw("end_reason", VALUE).strip(),
            note=cells.raw("note").strip() if self.document.own else "",
            on=cells.text("on"),
            raw=cells.raw_cells,
        )

    def _area_of_post(self, cells: Cells, membership: Record) -> Named | None:
        """The area that a post stands for, where memberships leave it to the post."""
        post = self._post(membership)
        if self.document.own or not post:
            return None
        if post.get("area_id"):
            return self._reference(self._cells(cells.number, post), "areas", "area_id")
        area = post.get("area")
        name = self._cells(cells.number, area).name("name") if isinstance(area, dict) else ""
        return Named({UNSTATED: name}) if name else None

    def _date(self, cells: Cells, bound: str) -> tuple[Any, bool]:
        """A date, and whether it is left to the period; our own export says so in words."""
        column = f"{bound}_date"
        if not self.document.own:
            return (
                cells.end(column) if bound == "end" else (cells.date(column), cells.empty(column))
            )
        basis = cells.choice(f"{bound}_basis", BASES)
        found = cells.date(f"{bound}_span") or cells.date(column)
        if found is None and cells.text(f"{bound}_precision") == "none":
            found = UNKNOWN
        return found, basis == "inherited"

    def _person(self, cells: Cells) -> PersonRow:
        key = cells.text("person_id")
        if key in self.persons:
            return self.persons[key]
        record = self.document.by_id["persons"].get(key)
        if record is None:
            cells.fault(Code.NO_SUCH_RECORD, "person_id", where="persons")
            record = {}
        own = self._cells(cells.number, record)
        name, sort_name = (
            own.name("name") or self._name_in_parts(own, record),
            own.name("sort_name"),
        )
        if not name and record:
            own.fault(Code.NO_NAME, "name", value=key)
        uid = uuid_of(key)
        identifiers = self._identifiers(own, record)
        if uid is None and record:
            # Beside the others, lest a person be lost who gets or loses one of those later.
            identifiers += legacy(SCHEME, own.text("id", VALUE), self.body.slug)
        if self.document.own:
            names = self._texts(own, record, "names")
            sort_names = self._texts(own, record, "sort_names")
        else:
            names = {UNSTATED: name} if name else {}
            sort_names = {UNSTATED: sort_name} if sort_name not in ("", name) else {}
        person = PersonRow(
            names=names,
            key=key,
            uid=uid,
            identifiers=identifiers,
            sort_names=sort_names,
            other_names=self._other_names(own, record, name),
            birth=own.date("birth_date"),
            gender=own.text("gender", 20),
            sample=own.flag("sample"),
        )
        self.persons[key] = person
        return person

    def _name_in_parts(self, cells: Cells, record: Record) -> str:
        """The name of a record that has it in parts only: its own, or those of its main name."""
        names = objects(record.get("other_names"))
        main = [each for each in names if str(each.get("note", "")).casefold() == "main"]
        for parts in (cells, *(self._cells(cells.number, each) for each in main)):
            words = (parts.name("name"), parts.name("given_name"), parts.name("family_name"))
            if any(words):
                return words[0] or " ".join(word for word in words if word)
        return ""

    def _texts(self, cells: Cells, record: Record, field: str) -> dict[str, str]:
        texts = record.get(field)
        if not isinstance(texts, dict):
            return {}
        held = self._cells(cells.number, texts)
        return {code: text for code in texts if (text := held.name(code))}

    def _identifiers(self, cells: Cells, record: Record) -> tuple[Identifier, ...]:
        found = {}
        for each in objects(record.get("identifiers")):
            held = self._cells(cells.number, each)
            scheme = held.text("scheme", SCHEME_LENGTH)
            value = held.text("identifier", VALUE)
            if not scheme or not value:
                held.fault(Code.NOT_AN_IDENTIFIER, "identifiers", f"{scheme}:{value}")
                continue
            found[Identifier(scheme, value)] = None
        return tuple(found)

    def _other_names(self, cells: Cells, record: Record, name: str) -> tuple[str, ...]:
        """The other spellings, each once. Names by language are spellings here, too: a reader
        of English is not to be shown the Russian one because it comes with a language."""
        found = {}
        for each in objects(record.get("other_names")):
            if self.document.own and each.get("lang"):
                continue
            if other := self._cells(cells.number, each).name("name"):
                found[other] = None
        found.pop(name, None)
        return tuple(found)

    def _reference(self, cells: Cells, where: str, column: str) -> Named | None:
        key = cells.text(column)
        if not key or key.rpartition("/")[2].casefold() in NO_GROUP:
            return None
        if (where, key) in self.named:
            return self.named[where, key]
        record = self.document.by_id[where].get(key)
        if record is None:
            cells.fault(Code.NO_SUCH_RECORD, column, where=where)
            return None
        own = self._cells(cells.number, record)
        name = own.name("name")
        named = None
        if name.casefold() not in NO_GROUP:
            slug = key.partition("/")[2] if self.document.own else ""
            identifiers = self._identifiers(own, record)
            named = Named(
                {UNSTATED: name}, slug, identifiers, None if self.document.own else weak(key)
            )
        self.named[where, key] = named
        return named
