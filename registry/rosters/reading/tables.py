"""From text to lines of cells, below the line that names the columns."""

from __future__ import annotations

import csv
import io
import marshal
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice
from typing import NamedTuple

from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.guard import unguarded
from registry.rosters.reading.headers import ERROR_COLUMNS
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.spool import KEPT, Spool
from registry.rosters.rows import Heading

CELL = 131_072  # Python's csv module reads no longer cell unless told to, and no name needs one.
COLUMNS = 250  # that hold anything; the widest layout has some forty
CELLS_IN_A_ROW = 60  # on average
# So far down the header is looked for: a title, a date, an office and an empty line stand above.
PREAMBLE = 40
CELLS_KEPT = 400_000
DELIMITERS = ",;\t"
SHEET = "Roster"  # of a workbook, if it has several
_NAMED_SEPARATOR = re.compile(r'"?sep=(?P<separator>[,;\t|])"?\s*', re.IGNORECASE)

Record = tuple[int, list[str]]
# Whether cells, folded, are names of columns that some layout knows.
Recogniser = Callable[[Sequence[str]], object]


class Letters(Enum):
    ASCII = "ascii"
    CODE_PAGE = "code page"
    ALL = "all"


class Line(NamedTuple):
    """A line of a table: where it begins in the file, and its cells by column.

    A line that is not `whole` has too many cells or too few: what stands in them is not certain.
    """

    number: int
    cells: dict[str, str]
    whole: bool = True


class Lines(Sequence[Line]):
    """The lines below a header. Long ones of `short` tables are no longer than it."""

    def __init__(self, columns: Sequence[str], records: Spool[Record], width: int, short: bool):
        self.columns = columns
        self.records = records
        self.width = width
        self.short = short

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, index):
        return self._line(self.records[index])

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, self.records)

    def fits(self, cells: Sequence[str]) -> bool:
        """`short` lines, which leave out their last cells, are right in a sheet; in a text they
        are the trace of a lost separator."""
        surplus = any(cell.strip() for cell in cells[len(self.columns) :])
        return not (
            surplus
            or len(cells) > self.width
            or (len(cells) < len(self.columns) and not self.short)
        )

    def _line(self, record: Record) -> Line:
        number, cells = record
        # An empty cell is a column that is not there.
        whole = self.fits(cells)
        if len(cells) > len(self.columns) and not whole:
            # Nothing of the line is lost, in whatever column it stands.
            last = len(self.columns) - 1
            cells = [*cells[:last], ",".join(cells[last:])]
        held = {column: cell for column, cell in zip(self.columns, cells, strict=False) if cell}
        return Line(number, held, whole)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines. `columns` are folded, `headers` as they stand in the file.

    `ragged` are the lines that do not fit the header: they may as well show that it is none.
    `letters` are those of the text: plain English ones, those of one code page, or all; what
    was saved in the first two may have lost some. `warnings` are of the table as a whole.
    """

    columns: tuple[str, ...]
    headers: tuple[str, ...]
    header_line: int
    lines: Lines
    ragged: tuple[Fault, ...] = ()
    letters: Letters = Letters.ALL
    delimiter: str = ""
    sheet: str = ""
    encoding: str = "xlsx"
    unit: str = "line"
    warnings: tuple[Fault, ...] = ()

    def headings(self, meanings: Mapping[str, str] | None = None) -> dict[str, Heading]:
        """Those columns that are written otherwise than folded, or mean something else."""
        found = {
            column: Heading(header, (meanings or {}).get(column, ""))
            for column, header in zip(self.columns, self.headers, strict=False)
        }
        return {
            column: heading if heading.meaning != column else Heading(heading.text)
            for column, heading in found.items()
            if heading != (column, "")
        }

    @property
    def room(self) -> int:
        """How many rows of it may stay in the memory: wide ones fill it sooner."""
        return room_for(len(self.columns))

    def plain_lines(self) -> Iterator[Line]:
        """The lines as they were written before we guarded them: a file with its faulty rows
        comes back from us, in whatever layout, and texts like formulas with an apostrophe."""
        ours = not set(ERROR_COLUMNS).isdisjoint(self.columns)
        for line in self.lines:
            if ours:
                cells = {column: unguarded(cell) for column, cell in line.cells.items()}
                yield line._replace(cells=cells)
            else:
                yield line


def room_for(columns: int) -> int:
    return min(KEPT, CELLS_KEPT // (columns or 1))


def folded_header(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def table_of_text(
    text: str | Iterable[str],
    how: Reading | None = None,
    *,
    knows: Recogniser = bool,
    limits: Limits | None = None,
    letters: Letters = Letters.ALL,
) -> Table:
    """Read lines of separated values, from the first one that `knows` on.

    The separator is the one by which the header is known, or that a first line such as `sep=;`
    names, as Excel writes and reads it. Raises `Refused`.
    """
    how = how or Reading()
    lines = iter(io.StringIO(text, newline="") if isinstance(text, str) else text)
    first = list(islice(lines, max(PREAMBLE, how.header)))
    number, delimiter = _header_of(first, how, knows)
    rest = chain(first[number - 1 :], lines)
    return table_of_records(
        _records(rest, delimiter, number),
        limits=limits,
        letters=letters,
        delimiter=delimiter,
    )


def _header_of(lines: list[str], how: Reading, knows: Recogniser) -> tuple[int, str]:
    """The number of the line that names the columns, and the separator between them."""
    wanted = DELIMITERS if how.delimiter == "auto" else how.delimiter
    above = 0
    if lines and (named := _NAMED_SEPARATOR.fullmatch(lines[0])):
        above = 1
        wanted = named["separator"] if how.delimiter == "auto" else wanted
    filled = [n for n, line in enumerate(lines, start=1) if n > above and line.strip()]
    if not filled:
        raise Refused([Fault(Code.EMPTY_FILE)])
    tried = [how.header] if how.header else filled
    for number in tried:
        if number > len(lines):
            break
        line = lines[number - 1]
        by_width = sorted(wanted, key=lambda each: -len(_cells(line, each)))
        for delimiter in by_width:
            if knows([folded_header(cell) for cell in _cells(line, delimiter)]):
                return number, delimiter
    number = min(how.header or filled[0], len(lines))
    bare = re.sub(r'"[^"]*"', "", lines[number - 1])
    return number, max(wanted, key=bare.count)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line by itself; a quotation mark that opens here may close below."""
    if len(line) > CELL or line.count(delimiter) > 16 * COLUMNS:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(lines: Iterable[str], delimiter: str, number: int) -> Iterator[Record]:
    """Lines of cells, each with the number of the line in which it begins."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    above = number - 1
    begins = number
    try:
        for cells in reader:
            yield begins, cells
            begins = above + reader.line_num + 1
    except csv.Error as problem:
        one_line = above + reader.line_num <= begins
        if "field limit" in str(problem) and one_line:
            fault = Fault(Code.LONG_CELL, begins, details={"limit": CELL})
        else:
            fault = Fault(Code.BAD_QUOTES, begins)
        raise Refused([fault]) from problem


def table_of_records(
    records: Iterator[Record],
    *,
    limits: Limits | None = None,
    short: bool = False,
    letters: Letters = Letters.ALL,
    delimiter: str = "",
    sheet: str = "",
) -> Table:
    """Hold lines against the header, which is the first that is not empty."""
    most = (limits or Limits.command()).rows
    header: list[str] = []
    header_line = width = widest = wide = values = 0
    narrowest = COLUMNS
    kept: Spool[Record] = Spool()
    for number, cells in records:
        if len(cells) > COLUMNS and any(cell.strip() for cell in cells[COLUMNS:]):
            details = {"limit": COLUMNS}
            raise Refused([Fault(Code.TOO_MANY_COLUMNS, number, value=cells[0], details=details)])
        del cells[COLUMNS:]
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header, header_line, width = cells, number, len(cells)
            kept = Spool(codec=marshal, kept=room_for(width))
            while not header[-1].strip():
                header = header[:-1]
            continue
        if len(kept) >= most:
            raise Refused([Fault(Code.TOO_MANY_ROWS, details={"limit": most})])
        values += len(cells) - cells.count("")
        if values > CELLS_IN_A_ROW * most:
            details = {"limit": CELLS_IN_A_ROW * most}
            raise Refused([Fault(Code.TOO_MANY_VALUES, number, details=details)])
        kept.append((number, cells))
        wide += len(cells) > width
        widest, narrowest = max(widest, len(cells)), min(narrowest, len(cells))
    if not header:
        raise Refused([Fault(Code.EMPTY_FILE)])
    columns = tuple(folded_header(cell) for cell in header)
    _refuse_duplicates(columns, header, header_line)
    # Some programs end every line with a separator. In one line alone, what stands too far
    # right stands there because a cell before it fell apart.
    lines = Lines(columns, kept, widest if 2 * wide > len(kept) else width, short)
    return Table(
        columns,
        tuple(" ".join(cell.split()) for cell in header),
        header_line,
        lines,
        () if len(columns) <= narrowest and widest <= len(columns) else tuple(_ragged(lines)),
        letters,
        delimiter,
        sheet,
    )


def _ragged(lines: Lines) -> Faults:
    faults = Faults()
    for number, cells in lines.records:
        if not lines.fits(cells):
            details = {"found": len(cells), "expected": len(lines.columns)}
            faults.append(Fault(Code.RAGGED, number, value=cells[0], details=details))
    return faults


def _refuse_duplicates(columns: Sequence[str], header: Sequence[str], number: int) -> None:
    """Refuse a name that stands above two columns, as it stands above the first of them."""
    doubled = [name for name, count in Counter(columns).items() if name and count > 1]
    if doubled:
        written = [header[columns.index(name)].strip() for name in doubled]
        raise Refused([Fault(Code.DUPLICATE_COLUMN, number, each, each) for each in written])
