"""Files that would harm an importer, or that somebody sends in good faith: made here, one by one.

Each has the code that it is refused with, and the line and column that the refusal names; files
with no code are read, since nothing is wrong with them but their looks.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from openpyxl import Workbook

from registry.rosters.faults import Code

HEADER = "id,name,term,start_date\n"
KAZAKH = "id,name,term\na1,Қабылова Әсел Ғалымқызы,5\na2,Мүсірепов Ғабит Махмұтұлы,5\n"
RUSSIAN = "id,name,term\na1,Абенов Данияр Сергеевич,5\na2,Сеитова Айгуль Маратовна,5\n"
OWN = "identifiers,name_en,convocation,{column}\nlocal:1,Dinara,5,{cell}\n"


@dataclass(frozen=True)
class Hostile:
    """A file, what it is called, and how it is refused; `line` and `column` if it names them."""

    about: str
    make: Callable[[], bytes]
    code: Code | None = None
    line: int | None = None
    column: str = ""
    name: str = "roster.csv"

    def __str__(self) -> str:
        return self.about


def text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return partial(content.encode, encoding)


def row(name: str = "Dinara", start: str = "") -> Callable[[], bytes]:
    return text(f"{HEADER}a0,Marat,5,\na1,{name},5,{start}\n")


def own(column: str, cell: str) -> Callable[[], bytes]:
    return text(OWN.format(column=column, cell=cell))


def popolo(**lists: object) -> Callable[[], bytes]:
    """A Popolo file of one membership, with some of its lists replaced."""
    whole = {
        "persons": [{"id": "p1", "name": "Dinara"}],
        "organizations": [{"id": "o1", "name": "Chamber", "classification": "legislature"}],
        "memberships": [{"person_id": "p1", "organization_id": "o1"}],
    }
    return text(json.dumps(whole | lists))


def sheet(*rows: list, change: Callable[[Workbook], object] | None = None) -> Callable[[], bytes]:
    def make() -> bytes:
        book = Workbook()
        for each in rows or (["id", "name", "term"], ["a1", "Dinara", 5]):
            book.active.append(each)
        if change:
            change(book)
        held = io.BytesIO()
        book.save(held)
        return held.getvalue()

    return make


def forged(changed: dict[str, Callable[[bytes], bytes]] | None = None, **added: bytes) -> bytes:
    """A workbook in which some members are other ones, or more than there should be."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet()())) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = (changed or {}).get(name, bytes)
            new.writestr(name, change(old.read(name)))
        for name, data in added.items():
            new.writestr(name.replace("__", "/"), data)
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPEN = f'<?xml version="1.0"?>{{doctype}}<worksheet xmlns="{MAIN}"><sheetData>'
CLOSE = "</sheetData></worksheet>"


def xml(rows: str, doctype: str = "", encoding: str = "utf-8") -> Callable[[], bytes]:
    whole = OPEN.format(doctype=doctype) + rows + CLOSE
    return lambda: forged({SHEET: lambda _old: whole.encode(encoding)})


def strings(texts: Iterable) -> Callable[[], bytes]:
    """A workbook with a table of texts, to the eighth of which its one cell points."""

    def make() -> bytes:
        cell = '<row r="1"><c r="A1" t="s"><v>7</v></c></row>'
        table = "".join(f"<si><t>{each}</t></si>" for each in texts)
        part = (
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        )
        changed = {
            SHEET: lambda _old: (OPEN.format(doctype="") + cell + CLOSE).encode(),
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", part.encode()),
        }
        return forged(
            changed, **{"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{table}</sst>'.encode()}
        )

    return make


def archive(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return held.getvalue()


def beyond_all_days(book: Workbook) -> None:
    book.active["D2"].value = 99_999_999
    book.active["D2"].number_format = "yyyy-mm-dd"


def locked() -> bytes:
    """A workbook whose members say that they need a password."""
    data = bytearray(sheet()())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
LAUGH = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'


def bytes_and_letters() -> Iterator[Hostile]:
    yield Hostile("nothing", bytes, Code.EMPTY_FILE)
    yield Hostile("blanks", text(" \n\t\r\n \n"), Code.EMPTY_FILE)
    yield Hostile("a mark and nothing else", text("\ufeff"), Code.EMPTY_FILE)
    yield Hostile("a NUL in a name", row("Din\0ara"), Code.NUL, 3)
    yield Hostile("NULs alone", lambda: bytes(10_000), Code.NUL, 1)
    yield Hostile("UTF-16 without a mark", text(KAZAKH, "utf-16-le"), Code.ENCODING_NOT_STATED)
    yield Hostile(
        "UTF-16, half a letter short",
        lambda: KAZAKH.encode("utf-16")[:-1],
        Code.NOT_THIS_ENCODING,
        3,
    )
    yield Hostile(
        "a lone surrogate in UTF-16",
        lambda: f"{HEADER}a1,".encode("utf-16") + b"\x00\xd8A\x00",
        Code.NOT_THIS_ENCODING,
        2,
    )
    yield Hostile(
        "a lone surrogate in UTF-8",
        lambda: KAZAKH.encode() + b"a3,\xed\xa0\x80,5\n",
        Code.DAMAGED_UTF8,
        4,
    )
    yield Hostile(
        "UTF-8 cut in a letter", lambda: KAZAKH.encode()[:-4] + b"\xd0\n", Code.DAMAGED_UTF8, 3
    )
    yield Hostile("UTF-32", text(KAZAKH, "utf-32"), Code.UNKNOWN_ENCODING)
    yield Hostile("Windows-1251", text(RUSSIAN, "windows-1251"), Code.ENCODING_NOT_STATED)
    yield Hostile("KZ-1048", text(KAZAKH, "kz1048"), Code.ENCODING_NOT_STATED)
    yield Hostile("KOI8-R", text(RUSSIAN, "koi8-r"), Code.ENCODING_NOT_STATED)
    yield Hostile(
        "Kazakh letters lost",
        lambda: KAZAKH.encode("windows-1251", "replace"),
        Code.LOST_LETTERS,
        2,
    )
    yield Hostile(
        "one letter for four megabytes, then noise",
        lambda: b"a" * 4_000_000 + b"\xff\n",
        Code.ENCODING_NOT_STATED,
    )
    yield Hostile(
        "one word of four megabytes in Windows-1251",
        lambda: "Ж".encode("windows-1251") * 4_000_000,
        Code.ENCODING_NOT_STATED,
    )
    yield Hostile("noise", lambda: random.Random(5).randbytes(200_000), Code.UNKNOWN_ENCODING)
    yield Hostile(
        "a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Code.UNKNOWN_ENCODING
    )
    yield Hostile(
        "a packed file",
        lambda: b"\x1f\x8b\x08\x00" + random.Random(6).randbytes(5_000),
        Code.UNKNOWN_ENCODING,
    )
    yield Hostile(
        "a page that asks to sign in",
        text("<!DOCTYPE html>\n<html><body>Sign in, please</body></html>"),
        Code.OTHER_FORMAT,
    )
    yield Hostile("a replacement character", row("Din\ufffdra"), Code.LOST_LETTERS, 3, "name")
    yield Hostile("a bell", row("Din\x07ra"), Code.BAD_CHARACTERS, 3, "name")
    yield Hostile("letters of nobody's", row("Din\ue000ra\uffff"), Code.BAD_CHARACTERS, 3, "name")


def tables() -> Iterator[Hostile]:
    yield Hostile(
        "a million columns", text("id,name,term" + "," * 1_000_000 + "\na1,Dinara,5\n"), None
    )
    yield Hostile(
        "a million named columns",
        text("id,name,term," + ",".join(map(str, range(500_000)))),
        Code.TOO_MANY_COLUMNS,
        1,
    )
    yield Hostile(
        "a million cells in a row",
        text(HEADER + "a1,Dinara,5" + ",x" * 1_000_000),
        Code.TOO_MANY_COLUMNS,
        2,
    )
    yield Hostile("a cell of 50 MB", text(f"{HEADER}a1,{'x' * 50_000_000},5,\n"), Code.TOO_LARGE)
    yield Hostile("a cell of 4 MB", text(f"{HEADER}a1,{'Ж' * 2_000_000},5,\n"), Code.LONG_CELL, 2)
    yield Hostile(
        "a quoted cell of 200,000 lines",
        text(HEADER + 'a1,"' + "x\n" * 200_000 + '",5,\n'),
        Code.BAD_QUOTES,
        2,
    )
    yield Hostile(
        "a quotation mark that never closes",
        text(f'{HEADER}a1,"Dinara,5,\na2,Marat,5,\n'),
        Code.BAD_QUOTES,
        2,
    )
    yield Hostile(
        "a quotation mark inside a cell",
        text(f'{HEADER}a1,"Dinara" Abenova,5,\n'),
        Code.BAD_QUOTES,
        2,
    )
    yield Hostile(
        "a column twice",
        text("id,name,term,Name\na1,Dinara,5,Marat\n"),
        Code.DUPLICATE_COLUMN,
        1,
        "name",
    )
    yield Hostile("no header", text("a1,Dinara,5\na2,Marat,5\n"), Code.UNKNOWN_LAYOUT, 1)
    yield Hostile(
        "no column of names", text("id,group,term\na1,Steppe,5\n"), Code.UNKNOWN_LAYOUT, 1
    )
    yield Hostile("brackets for a header", text("[" * 100_000), Code.UNKNOWN_LAYOUT, 1)
    yield Hostile("brackets and commas", text("[(,;" * 200), Code.DUPLICATE_COLUMN, 1)
    yield Hostile("wide lines of separators", text(("," * 100_000 + "\n") * 45), Code.EMPTY_FILE)
    yield Hostile(
        "240 columns of two letters in 4,000 rows",
        text(
            "id,name,term,"
            + ",".join(map(str, range(237)))
            + "".join(f"\n{n},Dinara,5" + ",ab" * 237 for n in range(4_000))
        ),
        Code.TOO_MANY_VALUES,
        1_252,
    )
    yield Hostile("a header alone", text(HEADER), Code.HEADER_ONLY)
    yield Hostile("separators alone", text(";;;;\n" * 1_000), Code.EMPTY_FILE)
    yield Hostile("a separator named, and nothing", text("sep=;\n"), Code.EMPTY_FILE)
    yield Hostile(
        "a header under 50 titles",
        text("Title\n" * 50 + HEADER + "a1,Dinara,5,\n"),
        Code.UNKNOWN_LAYOUT,
        1,
    )
    yield Hostile(
        "a row with a cell too many",
        text(f"{HEADER}a1,Abenova, Dinara,5,\na2,Marat,5,\n"),
        Code.RAGGED,
        2,
    )
    yield Hostile("a row that breaks off", text(f"{HEADER}a1,Dinara,5,\na2,Mar"), Code.RAGGED, 3)
    yield Hostile(
        "more rows than a page reads", text(HEADER + "a1,Dinara,5,\n" * 5_001), Code.TOO_MANY_ROWS
    )
    yield Hostile(
        "more bytes than a page reads", text(HEADER + "a1,Dinara,5,\n" * 500_000), Code.TOO_LARGE
    )
    yield Hostile(
        "many times more faults than anybody reads",
        text("id,name,term,start_date,end_date\n" + "a1,=x,5,soon,late\n" * 5_000),
        Code.TOO_MANY_FAULTS,
    )
    yield Hostile("a formula", row("=HYPERLINK(1)"), Code.FORMULA, 3, "name")
    yield Hostile(
        "a formula that calls a program", own("note", "=cmd|' /C calc'!A0"), Code.FORMULA, 2, "note"
    )
    yield Hostile("an empty name", row(""), Code.NO_NAME, 3, "name")
    yield Hostile("no identifier", text(f"{HEADER},Dinara,5,\n"), Code.NO_IDENTIFIER, 2, "id")
    yield Hostile("a name of 1,001 letters", row("x" * 1_001), Code.TOO_LONG, 3, "name")
    yield Hostile(
        "an identifier of 201 letters",
        text(f"{HEADER}{'a' * 201},Dinara,5,\n"),
        Code.TOO_LONG,
        2,
        "id",
    )
    yield Hostile(
        "an identifier of no scheme",
        text("identifiers,name_en\nwhatever,Dinara\n"),
        Code.NOT_AN_IDENTIFIER,
        2,
        "identifiers",
    )
    yield Hostile(
        "a permanent id that is none",
        text("person_id,name_en\n7,Dinara\n"),
        Code.NOT_A_UID,
        2,
        "person_id",
    )
    yield Hostile(
        "the example of the empty file, changed",
        text("identifiers,name_en\nexample:1,Dinara\n"),
        Code.EXAMPLE_ROW,
        2,
        "identifiers",
    )
    yield Hostile(
        "another institution",
        own("institution", "senate"),
        Code.OTHER_INSTITUTION,
        2,
        "institution",
    )
    yield Hostile(
        "a convocation beyond all numbers",
        text("identifiers,name_en,convocation\nlocal:1,Dinara,99999999999\n"),
        Code.NOT_A_NUMBER,
        2,
        "convocation",
    )
    yield Hostile(
        "a convocation that is none",
        text("identifiers,name_en,convocation\nlocal:1,Dinara,77\n"),
        Code.UNKNOWN_CONVOCATION,
        2,
        "convocation",
    )
    yield Hostile(
        "a seat group that is none",
        own("group", "'); DROP TABLE registry_person; --"),
        Code.UNKNOWN_GROUP,
        2,
        "group",
    )
    yield Hostile(
        "a territory that is none",
        own("territory", "../../etc/passwd"),
        Code.UNKNOWN_TERRITORY,
        2,
        "territory",
    )
    yield Hostile("a word for a choice", own("acting", "perhaps"), Code.NOT_A_CHOICE, 2, "acting")
    yield Hostile(
        "one identifier for two persons",
        text(
            "identifiers,name_en,person_id\nlocal:1,Dinara,8c9d0d3a-5b0c-4b8e-9d0a-0123456789ab\nlocal:1,Marat,8c9d0d3a-5b0c-4b8e-9d0a-0123456789ac\n"
        ),
        Code.DOUBLED_IDENTIFIER,
        3,
    )
    yield Hostile(
        "the same row twice", text(f"{HEADER}a1,Dinara,5,\na1,Dinara,5,\n"), Code.SAME_SEAT, 3
    )
    yield Hostile(
        "a list without names",
        text("Фракция;Округ;Дата избрания\nАк жол;Алматы;2012\n"),
        Code.UNKNOWN_LAYOUT,
        1,
    )


def dates() -> Iterator[Hostile]:
    both = "id,name,term,start_date,end_date\na1,Dinara,5,{},{}\n".format
    yield Hostile(
        "an end before its start",
        text(both("2014-06-12", "2013-06-12")),
        Code.END_NOT_AFTER_START,
        2,
        "end_date",
    )
    yield Hostile(
        "an end on its start",
        text(both("2014-06-12", "2014-06-12")),
        Code.END_NOT_AFTER_START,
        2,
        "end_date",
    )
    for start, code in {
        "2021-02-30": Code.NO_SUCH_DAY,
        "31.02.2014": Code.NO_SUCH_DAY,
        "06/07/2014": Code.EITHER_DAY,
        "12.06.14": Code.SHORT_YEAR,
        "2014-13": Code.NOT_A_DATE,
        "0000-01-01": Code.NO_SUCH_DAY,
        "41802": Code.NOT_A_DATE,
        "99999999999-01-01": Code.NOT_A_DATE,
        "Jone 2014": Code.NOT_A_DATE,
        "٢٠١٤-٠٦-١٢": Code.NOT_A_DATE,
        "2014-06-12T19:00:00Z": Code.NOT_A_DATE,
        "[2014..2012]": Code.NOT_A_DATE,
    }.items():
        yield Hostile(f"the date {start}", row(start=start), code, 3, "start_date")


def documents() -> Iterator[Hostile]:
    def file(about: str, make: Callable[[], bytes], code: Code | None, *place) -> Hostile:
        return Hostile(about, make, code, *place, name="roster.json")

    member = {"person_id": "p1", "organization_id": "o1"}
    yield file("100,000 brackets", text("[" * 100_000), Code.NOT_JSON)
    yield file(
        "a number of 10,000 digits", text('{"persons": ' + "9" * 10_000 + "}"), Code.NOT_JSON
    )
    yield file("JSON that breaks off", text('{"persons": [\n{"id": '), Code.NOT_JSON, 2)
    yield file("JSON with more behind it", lambda: popolo()() + b"}}", Code.NOT_JSON, 1)
    yield file("a list", text("[1, 2]"), Code.NOT_AN_OBJECT)
    yield file("a number", text("7"), Code.NOT_AN_OBJECT)
    yield file(
        "NaN for a list",
        text('{"persons": NaN, "organizations": [], "memberships": []}'),
        Code.NOT_POPOLO,
        None,
        "persons",
    )
    yield file("no memberships", popolo(memberships=[]), Code.NO_MEMBERSHIPS)
    yield file(
        "millions of empty lists",
        text('{"persons": [' + "[]," * 1_600_000 + "[]]}"),
        Code.TOO_MANY_VALUES,
    )
    yield file(
        "half a letter for a name",
        popolo(persons=[{"id": "p1", "name": "\ud800"}]),
        Code.BAD_CHARACTERS,
        1,
        "name",
    )
    yield file(
        "a NUL in a name of JSON",
        popolo(persons=[{"id": "p1", "name": "Din\0ara"}]),
        Code.BAD_CHARACTERS,
        1,
        "name",
    )
    yield file(
        "NaN for a birthday",
        text(
            popolo(persons=[{"id": "p1", "name": "Dinara", "birth_date": float("nan")}])().decode()
        ),
        Code.NOT_A_DATE,
        1,
        "birth_date",
    )
    yield file(
        "a person without a name",
        popolo(persons=[{"id": "p1", "name": None}]),
        Code.NO_NAME,
        1,
        "name",
    )
    yield file(
        "two persons of one id",
        popolo(persons=[{"id": "p1", "name": "Dinara"}, {"id": "p1", "name": "Marat"}]),
        Code.RECORD_TWICE,
        None,
        "id",
    )
    yield file(
        "a member who is nobody",
        popolo(memberships=[{**member, "person_id": "p2"}]),
        Code.NO_SUCH_RECORD,
        1,
        "person_id",
    )
    yield file(
        "a group that is none",
        popolo(memberships=[{**member, "on_behalf_of_id": "o9"}]),
        Code.NO_SUCH_RECORD,
        1,
        "on_behalf_of_id",
    )
    yield file(
        "an answer of no shape",
        text('{"head": {"vars": ["item", "itemLabel"]}, "results": {"bindings": [{"item": 7}]}}'),
        Code.NO_IDENTIFIER,
        1,
        "item",
    )


def workbooks() -> Iterator[Hostile]:
    def file(about: str, make: Callable[[], bytes], code: Code | None, *place) -> Hostile:
        return Hostile(about, make, code, *place, name="roster.xlsx")

    rows = sheet()()
    yield file("text called XLSX", text(KAZAKH), Code.BAD_WORKBOOK)
    yield file("an archive of nothing", lambda: archive(), Code.BAD_WORKBOOK)
    yield file(
        "an archive in an archive", lambda: archive(("roster.xlsx", rows)), Code.BAD_WORKBOOK
    )
    yield file("a workbook cut in two", lambda: rows[: len(rows) // 2], Code.BAD_WORKBOOK)
    yield file(
        "a workbook with a byte turned",
        lambda: rows.replace(b"sheet1", b"sheet\xff", 1),
        Code.BAD_WORKBOOK,
    )
    yield file(
        "the old format",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        Code.LOCKED_WORKBOOK,
    )
    yield file("a password", locked, Code.LOCKED_WORKBOOK)
    yield file("macros", lambda: forged(xl__vbaProject_bin=b"macros"), Code.MACROS)
    yield file(
        "a bomb of 60 MB",
        lambda: forged(xl__media__image=bytes(60_000_000)),
        Code.UNPACKED_TOO_LARGE,
    )
    yield file("a bomb of 10 MB", xml("<row/>" * 1_700_000), Code.UNPACKED_TOO_LARGE)
    yield file(
        "a thousand members",
        lambda: archive(*((f"xl/{n}.xml", b"<a/>") for n in range(1_000))),
        Code.UNPACKED_TOO_LARGE,
    )
    yield file("entities that grow", xml(LAUGH, BOMB), Code.BAD_WORKBOOK)
    yield file("entities that grow, in UTF-16", xml(LAUGH, BOMB, "utf-16"), Code.BAD_WORKBOOK)
    yield file(
        "an entity from the disk",
        xml(LAUGH, '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'),
        Code.BAD_WORKBOOK,
    )
    yield file(
        "a sheet that breaks off", lambda: forged({SHEET: lambda old: old[:-40]}), Code.BAD_WORKBOOK
    )
    yield file("a text that is not there", strings("x"), Code.BAD_WORKBOOK)
    yield file(
        "a million texts",
        strings(range(400_000)),
        Code.TOO_MANY_VALUES,
    )
    yield file(
        "styles without end",
        lambda: forged(
            {"xl/styles.xml": lambda old: old.replace(b"</style", b"<x/>" * 1_000_000 + b"</style")}
        ),
        Code.UNPACKED_TOO_LARGE,
    )
    yield file(
        "a row of number 999999999",
        xml('<row r="999999999"><c r="A1"><v>1</v></c></row>'),
        Code.TOO_MANY_ROWS,
    )
    yield file(
        "a cell in the last column",
        xml('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        Code.TOO_MANY_COLUMNS,
        1,
    )
    yield file(
        "wide rows without end",
        xml("".join(f'<row r="{n}"><c r="ZZZ{n}"/></row>' for n in range(1, 4_000))),
        Code.TOO_MANY_VALUES,
    )
    yield file(
        "no sheet",
        lambda: forged({"xl/workbook.xml": lambda old: re.sub(rb"<sheet [^>]*>", b"", old)}),
        Code.EMPTY_FILE,
    )
    yield file("a sheet without cells", sheet([]), Code.EMPTY_FILE)
    yield file(
        "two sheets",
        sheet(change=lambda book: book.create_sheet("More").append(["id"])),
        Code.WHICH_SHEET,
    )
    yield file(
        "merged cells",
        sheet(
            ["id", "name", "term"],
            ["a1", "A", 5],
            ["a2", None, 5],
            change=lambda book: book.active.merge_cells("B2:B3"),
        ),
        Code.MERGED_CELLS,
    )
    yield file(
        "a formula in a cell",
        sheet(["id", "name", "term"], ["a1", "=1+1", 5]),
        Code.FORMULA,
        2,
        "name",
    )
    yield file(
        "a formula that failed",
        sheet(["id", "name", "term"], ["a1", "#REF!", 5]),
        Code.FORMULA,
        2,
        "name",
    )
    yield file(
        "a day beyond all days",
        sheet(["id", "name", "term", "start_date"], ["a1", "A", 5, 1], change=beyond_all_days),
        Code.FORMULA,
        2,
        "start_date",
    )
    yield file(
        "a time for a date",
        sheet(["id", "name", "term", "start_date"], ["a1", "A", 5, 0.5]),
        Code.NOT_A_DATE,
        2,
        "start_date",
    )


def harmless() -> Iterator[Hostile]:
    yield Hostile(
        "two marks at the beginning", lambda: b"\xef\xbb\xbf" + KAZAKH.encode("utf-8-sig")
    )
    yield Hostile(
        "line endings of three systems",
        text("id,name,term\r\na1,Dinara,5\na2,Marat,5\ra3,Aigul,5\r\n"),
    )
    yield Hostile("line endings of an old Macintosh", text(KAZAKH.replace("\n", "\r")))
    yield Hostile("a file name of 300 letters", text(KAZAKH), name="ә" * 296 + ".csv")
    yield Hostile("a file name that climbs", text(KAZAKH), name="../../../etc/passwd")
    yield Hostile("marks for writing to the left", row("\u200fمحمد\u200e"))
    yield Hostile("letters that are turned around", row("Dinara \u202eavonebA"))
    yield Hostile("a name in 40 lines", text(HEADER + 'a1,"' + "Di\n" * 40 + '",5,\n'))
    yield Hostile("separators at the end of all lines", text("id,name,term,,\na1,Dinara,5,,\n"))
    yield Hostile(
        "titles above the header", text("Deputies\n\nof 2014\n" + HEADER + "a1,Dinara,5,\n")
    )
    yield Hostile(
        "a merged title above the header",
        sheet(
            ["Deputies"],
            ["id", "name", "term"],
            ["a1", "A", 5],
            change=lambda book: book.active.merge_cells("A1:C1"),
        ),
        name="roster.xlsx",
    )
    yield Hostile(
        "real dates in a sheet",
        sheet(["id", "name", "term", "start_date"], ["a1", "A", 5, date(2014, 6, 12)]),
        name="roster.xlsx",
    )
    yield Hostile(
        "errors of the last attempt beside the rows",
        text("id,name,term,error_line,error_text,suggestion\na1,Dinara,5,2,Bad,x\n"),
    )


def corpus() -> list[Hostile]:
    return [
        *bytes_and_letters(),
        *tables(),
        *dates(),
        *documents(),
        *workbooks(),
        *harmless(),
    ]
