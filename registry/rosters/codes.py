"""The kinds of what is wrong with a file, and the one sentence for each of them."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Code(StrEnum):
    """Kinds of faults; the values are the `code` of the JSON report."""

    EMPTY_FILE = "empty_file"
    HEADER_ONLY = "header_only"
    NO_MEMBERSHIPS = "no_memberships"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_VALUES = "too_many_values"
    TOO_MANY_FAULTS = "too_many_faults"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    NOT_THIS_ENCODING = "not_this_encoding"
    DAMAGED_UTF8 = "damaged_utf8"
    UNKNOWN_ENCODING = "unknown_encoding"
    ENCODING_NOT_STATED = "encoding_not_stated"
    WRONG_ENCODING = "wrong_encoding"
    FOREIGN_LETTERS = "foreign_letters"
    TURNED_TEXT = "turned_text"
    LOST_LETTERS = "lost_letters"
    NUL = "nul"
    BAD_CHARACTERS = "bad_characters"
    BAD_QUOTES = "bad_quotes"
    LONG_CELL = "long_cell"
    RAGGED = "ragged"
    DUPLICATE_COLUMN = "duplicate_column"
    MISSING_COLUMN = "missing_column"
    DOUBLED_MEANING = "doubled_meaning"
    UNKNOWN_LAYOUT = "unknown_layout"
    NOT_PERIODS = "not_periods"
    PERIOD_TWICE = "period_twice"
    FORMULA = "formula"
    BAD_WORKBOOK = "bad_workbook"
    OTHER_FORMAT = "other_format"
    MERGED_CELLS = "merged_cells"
    HIDDEN_ROWS = "hidden_rows"
    WHICH_SHEET = "which_sheet"
    NO_SUCH_SHEET = "no_such_sheet"
    MACROS = "macros"
    LOCKED_WORKBOOK = "locked_workbook"
    NOT_JSON = "not_json"
    NOT_POPOLO = "not_popolo"
    NOT_AN_OBJECT = "not_an_object"
    NOT_TEXT = "not_text"
    NO_SUCH_RECORD = "no_such_record"
    RECORD_TWICE = "record_twice"
    WHICH_ORGANIZATION = "which_organization"
    OTHER_CHAMBER = "other_chamber"
    WHICH_CHAMBER = "which_chamber"
    NO_ROWS_FOR_IT = "no_rows_for_it"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    SHORT_YEAR = "short_year"
    EITHER_DAY = "either_day"
    YEAR_PERHAPS = "year_perhaps"
    PRECISION_DIFFERS = "precision_differs"
    NOT_A_PRECISION = "not_a_precision"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_IDENTIFIER = "not_an_identifier"
    NOT_A_UID = "not_a_uid"
    NO_IDENTIFIER = "no_identifier"
    EXAMPLE_ROW = "example_row"
    NO_NAME = "no_name"
    NOT_A_NAME = "not_a_name"
    END_NOT_AFTER_START = "end_not_after_start"
    PARTY_DAYS = "party_days"
    INHERITED_DIFFERS = "inherited_differs"
    NOTHING_TO_INHERIT = "nothing_to_inherit"
    NO_STARTS = "no_starts"
    OTHER_INSTITUTION = "other_institution"
    UNKNOWN_CONVOCATION = "unknown_convocation"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_TERRITORY = "unknown_territory"
    UNKNOWN_PARTY = "unknown_party"
    AMBIGUOUS = "ambiguous"
    TWO_PERSONS = "two_persons"
    TWO_RECORDS = "two_records"
    DOUBLED_IDENTIFIER = "doubled_identifier"
    SAME_SEAT = "same_seat"
    SAME_SEAT_TWO_PARTIES = "same_seat_two_parties"
    READ_AS = "read_as"
    SAME_NAME = "same_name"
    ALIKE = "alike"
    ALIKE_AND_ONE = "alike_and_one"
    WHICH_OF_THEM = "which_of_them"
    WHO_IS_IT = "who_is_it"
    NAMESAKE = "namesake"
    LEFT_OUT_BY_ANSWER = "left_out_by_answer"
    OFFICE_NOT_HERE = "office_not_here"
    OTHER_CONVOCATION = "other_convocation"
    NO_CONVOCATION = "no_convocation"
    REPEATS_CONVOCATION = "repeats_convocation"
    ABSENT_DAY = "absent_day"
    TOO_MANY_ABSENT = "too_many_absent"
    REFUSED_BY_DATABASE = "refused_by_database"
    CHANGED_SINCE = "changed_since"
    ROW_CHANGED_SINCE = "row_changed_since"
    ROW_DIFFERS_SINCE = "row_differs_since"
    TOUCHED_SINCE = "touched_since"
    LATER_VERSION = "later_version"
    LATER_REFERENCE = "later_reference"


SENTENCES = {
    Code.EMPTY_FILE: _("The file is empty."),
    Code.HEADER_ONLY: _("The file has a header but no rows below it."),
    Code.NO_MEMBERSHIPS: _("The file has no memberships."),
    Code.TOO_LARGE: _("The file has more than %(limit)s MB. Split it."),
    Code.TOO_MANY_ROWS: _("The file has more than %(limit)s rows. Split it."),
    Code.TOO_MANY_COLUMNS: _(
        "The line has more than %(limit)s cells. A separator is missing or in the wrong place."
    ),
    Code.TOO_MANY_VALUES: _("The file has more than %(limit)s values. Split it."),
    Code.TOO_MANY_FAULTS: _(
        "There are more than %(limit)s problems. The rest of the file was not looked at."
    ),
    Code.UNPACKED_TOO_LARGE: _(
        "Unpacked, the workbook is larger than a roster of this size can be. "
        "Save it again with the sheet of the roster alone."
    ),
    Code.NOT_THIS_ENCODING: _(
        "The file cannot be read as %(encoding)s. Name its real encoding, or save it as UTF-8."
    ),
    Code.DAMAGED_UTF8: _(
        "The text is UTF-8, but some bytes of this line are damaged. Save the file as UTF-8 again."
    ),
    Code.UNKNOWN_ENCODING: _(
        "The characters of the file cannot be told. Save it as UTF-8, or name its encoding."
    ),
    Code.ENCODING_NOT_STATED: _(
        "The file is not UTF-8, and no other encoding is guessed. It may be one of these, the "
        "likeliest first: %(samples)s. Choose the one by which it reads right, or save it as UTF-8."
    ),
    Code.WRONG_ENCODING: _(
        "This was read as %(chosen)s: “%(value)s”. As %(encoding)s it is “%(better)s”. "
        "Choose %(encoding)s, or save the file as UTF-8."
    ),
    Code.FOREIGN_LETTERS: _(
        "“%(value)s” has letters that no Russian or Kazakh name has: a file in KZ-1048 was perhaps "
        "read as Windows-1251."
    ),
    Code.TURNED_TEXT: _(
        "The text holds marks that turn the direction of writing, so it is not what it looks like."
    ),
    Code.LOST_LETTERS: _(
        "This file has lost Kazakh letters (“%(value)s”). Save it as UTF-8 or XLSX."
    ),
    Code.NUL: _("The line holds a NUL character, so this is not a text file or a damaged one."),
    Code.BAD_CHARACTERS: _("The text holds characters that are no letters of any script."),
    Code.BAD_QUOTES: _(
        "A quotation mark is opened and not closed, or stands inside a cell. "
        "Write a quotation mark inside a cell twice."
    ),
    Code.LONG_CELL: _("A cell of this line has more than %(limit)s characters."),
    Code.RAGGED: _(
        "The line has %(found)s cells, the header has %(expected)s. "
        "Put a cell that holds a separator in quotation marks."
    ),
    Code.DUPLICATE_COLUMN: _(
        "Two columns have this name. Give each a name of its own, or remove one."
    ),
    Code.MISSING_COLUMN: _("The column “%(column)s” is missing. Add it."),
    Code.DOUBLED_MEANING: _("Two columns are said to hold “%(field)s”. Keep one."),
    Code.UNKNOWN_LAYOUT: _(
        "No line near the top names columns that are known. The first one reads: %(value)s. Put a "
        "line such as “name; birth; party; start” above the rows. If the file has such a line in "
        "other words, choose the layout “A plain list with columns of its own” and say what each "
        "column holds. A file of the registry has “person_id” or “identifiers”, of EveryPolitician "
        "“id”, “name” and “group”, “term” or “chamber”, of Wikidata “item” and “itemLabel”."
    ),
    Code.NOT_PERIODS: _(
        "This is the column of a roster. A table of convocations has id, name, start_date and "
        "end_date."
    ),
    Code.PERIOD_TWICE: _("Lines %(first)s and %(line)s describe the same convocation. Keep one."),
    Code.FORMULA: _("The cell contains a formula. Replace it by its value."),
    Code.BAD_WORKBOOK: _(
        "The file is no XLSX workbook, or a damaged one. Save it again as XLSX; if it is a CSV "
        "file, give it a name that ends in .csv."
    ),
    Code.OTHER_FORMAT: _(
        "The file is in the format %(format)s, whatever its name says. Open it in a spreadsheet "
        "program, or copy its table into one, and save that as XLSX."
    ),
    Code.MERGED_CELLS: _("The sheet has merged cells. Part them, and fill each of them."),
    Code.HIDDEN_ROWS: ngettext_lazy(
        "%(count)s row of the sheet is hidden, perhaps by a filter, and is read all the same: "
        "line %(lines)s. Delete it if it does not belong to the roster.",
        "%(count)s rows of the sheet are hidden, perhaps by a filter, and are read all the same: "
        "lines %(lines)s. Delete those that do not belong to the roster.",
        "count",
    ),
    Code.WHICH_SHEET: _(
        "The workbook has several sheets: %(known)s. Name the one to read, or call it “Roster”."
    ),
    Code.NO_SUCH_SHEET: _("The workbook has no sheet of this name. It has: %(known)s."),
    Code.MACROS: _("The workbook contains macros. Save it as XLSX without macros."),
    Code.LOCKED_WORKBOOK: _(
        "The workbook is protected by a password or in the old XLS format. "
        "Save it as XLSX without a password."
    ),
    Code.NOT_JSON: _("The file is not JSON: it cannot be read from this place on."),
    Code.NOT_POPOLO: _(
        "The JSON is not Popolo: “%(column)s” should be a list of objects. A Popolo file has the "
        "lists persons, organizations and memberships."
    ),
    Code.NOT_AN_OBJECT: _(
        "The JSON is not Popolo, which is one object with the lists persons, organizations and "
        "memberships."
    ),
    Code.NOT_TEXT: _("This should be a text."),
    Code.RECORD_TWICE: _("Two records in “%(where)s” have this id. Keep one."),
    Code.NO_SUCH_RECORD: _("The file has no such record in “%(where)s”."),
    Code.WHICH_ORGANIZATION: _(
        "Which organization of the file is %(institution)s? None matches its address or name. "
        "The file has: %(known)s. Add the right name to the other spellings of the institution."
    ),
    Code.WHICH_CHAMBER: _(
        "Which chamber of the file is %(institution)s? None matches its address or name. "
        "The file has: %(known)s. Add the right name to the other spellings of the institution."
    ),
    Code.OTHER_CHAMBER: _(
        "“%(value)s” is another institution here (%(other)s). If the file is about "
        "%(institution)s all the same, add the name to its other spellings."
    ),
    Code.NO_ROWS_FOR_IT: _("The file has no row for %(wanted)s. It has: %(known)s."),
    Code.TOO_LONG: _("The text has more than %(limit)s characters."),
    Code.NOT_A_DATE: _("This is not a date. Write 2014-06-12, 2014-06 or 2014."),
    Code.NO_SUCH_DAY: _("The day %(value)s does not exist."),
    Code.SHORT_YEAR: _("The year must have 4 digits."),
    Code.EITHER_DAY: _(
        "%(value)s can mean %(first)s or %(second)s. Write the one that is meant, or say whether "
        "the file has the day or the month first."
    ),
    Code.YEAR_PERHAPS: _(
        "1 January may be written here because only the year is known. If so, write the year alone."
    ),
    Code.PRECISION_DIFFERS: _(
        "The date is known to the %(found)s, but its precision says %(expected)s. Change one."
    ),
    Code.NOT_A_PRECISION: _(
        "A date is needed for this precision, or the precision none for a day not recorded."
    ),
    Code.NOT_A_CHOICE: _("Write one of: %(choices)s."),
    Code.NOT_A_NUMBER: _("This is not a number from 1 to 32767."),
    Code.NOT_AN_IDENTIFIER: _("Write identifiers as scheme:value, with a space between two."),
    Code.NOT_A_UID: _(
        "This is not a permanent id of a person. Leave it empty for somebody new, "
        "and put other ids into “identifiers”."
    ),
    Code.NO_IDENTIFIER: _(
        "The row has no identifier, and a name does not tell who it is. "
        "Add one, for example local:1 in “identifiers”."
    ),
    Code.EXAMPLE_ROW: _(
        "The row has the identifier of the example in the empty file. Write one of the person, "
        "or leave it empty."
    ),
    Code.NO_NAME: _("The person is not recorded yet, so the row needs a name."),
    Code.NOT_A_NAME: _(
        "This is not the name of a person alone. It may be a total, a heading, or a name with the "
        "mark of a footnote. Leave only the name in the cell, or remove the row."
    ),
    Code.END_NOT_AFTER_START: _("The end (%(value)s) is not after the start (%(start)s)."),
    Code.PARTY_DAYS: _("The days for the party end (%(value)s) before they begin (%(start)s)."),
    Code.INHERITED_DIFFERS: _(
        "The date is marked as inherited, but the convocation has %(expected)s. "
        "Mark it as stated, or leave it empty."
    ),
    Code.NOTHING_TO_INHERIT: _(
        "The date is empty, and there is no convocation to take it from. "
        "State it, or name the convocation."
    ),
    Code.NO_STARTS: _(
        "The file has no column for the start of the term, and there is no convocation to take it "
        "from. Choose the convocation that the file is about, or add the column."
    ),
    Code.OTHER_INSTITUTION: _("The row is about another institution than %(institution)s."),
    Code.UNKNOWN_CONVOCATION: _("There is no such convocation. Recorded are: %(known)s."),
    Code.UNKNOWN_GROUP: _("“%(value)s” is not a seat group of %(institution)s. It has: %(known)s."),
    Code.UNKNOWN_TERRITORY: _("“%(value)s” is not a known territory."),
    Code.UNKNOWN_PARTY: _("“%(value)s” is not a known party. Add “party_name” to record it."),
    Code.AMBIGUOUS: _("“%(value)s” can mean %(known)s. Write the address or an identifier."),
    Code.TWO_PERSONS: _(
        "The identifiers of this row belong to two persons: %(known)s. Correct the row, or "
        "merge the persons first."
    ),
    Code.TWO_RECORDS: _("The identifiers belong to two records: %(known)s."),
    Code.DOUBLED_IDENTIFIER: _(
        "Lines %(first)s and %(line)s give this identifier to two persons. Keep one."
    ),
    Code.SAME_SEAT: _(
        "Lines %(first)s and %(line)s name the same person for the same seat. Keep one."
    ),
    Code.SAME_SEAT_TWO_PARTIES: _(
        "Lines %(first)s and %(line)s name the same person for the same seat and days, but for two "
        "parties. Keep one, or give the days of each."
    ),
    Code.READ_AS: _(
        "“%(value)s” has letters of another alphabet, words without a space between them, or "
        "needless spaces. It is read as “%(read)s”."
    ),
    Code.SAME_NAME: _(
        "Lines %(first)s and %(line)s have the same name, and nothing tells two persons apart. "
        "They are taken for one. If they are two, add the birth or an identifier to both."
    ),
    Code.ALIKE: _(
        "The name is much like that of line %(first)s (%(other)s). They are taken for two persons. "
        "If they are one, write the name alike in both rows."
    ),
    Code.ALIKE_AND_ONE: _(
        "The name is much like that of line %(first)s (%(other)s), and the birth is the same. They "
        "are taken for one person. If they are two, add an identifier to both."
    ),
    Code.WHICH_OF_THEM: _(
        "Several persons of this file have this name. Add the birth or an identifier, "
        "so that it is clear which of them is meant."
    ),
    Code.WHO_IS_IT: _(
        "“%(value)s” may be somebody recorded already: %(known)s. Decide who it is, or put the "
        "person_id of the right one into the row, or another identifier of somebody new."
    ),
    Code.NAMESAKE: _(
        "Somebody of this name is recorded already: %(known)s. By the identifiers of the row "
        "this is another person."
    ),
    Code.LEFT_OUT_BY_ANSWER: _("The row is left out, as was decided for “%(value)s”."),
    Code.OFFICE_NOT_HERE: _(
        "The office “%(value)s” is not a seat group here, and its holder has a seat in another row."
    ),
    Code.OTHER_CONVOCATION: _("The row is about another convocation (%(word)s)."),
    Code.NO_CONVOCATION: _(
        "The file names no convocation and none was chosen: its mandates belong to none, and where "
        "it gives no end they go on. Choose the convocation if the file is about one."
    ),
    Code.REPEATS_CONVOCATION: _(
        "%(count)s of the %(persons)s people of this file sat in convocation %(number)s too. "
        "Is this perhaps its roster, and not that of convocation %(own)s?"
    ),
    Code.ABSENT_DAY: _(
        "%(person)s began on %(start)s, so %(value)s cannot be the first day out of office. "
        "Choose a later day, or keep the appointment."
    ),
    Code.TOO_MANY_ABSENT: _(
        "%(count)s of %(sitting)s appointments would end because the file does not have them. "
        "Is the file perhaps a part of the roster? If so many have left, allow that number."
    ),
    Code.REFUSED_BY_DATABASE: _(
        "The database refused it, perhaps because somebody else saved at the same moment. "
        "Nothing was written. Try again."
    ),
    Code.CHANGED_SINCE: _(
        "The register has changed since this file was checked, so nothing was written. Check it "
        "again, look at what it changes now, and confirm that."
    ),
    Code.ROW_CHANGED_SINCE: _("When it was checked, this row was “%(before)s”; now: “%(now)s”."),
    Code.ROW_DIFFERS_SINCE: _(
        "The row would now change something else than when it was checked: %(fields)s."
    ),
    Code.TOUCHED_SINCE: _("%(record)s was changed on %(when)s by %(who)s."),
    Code.LATER_VERSION: _(
        "%(record)s was changed after the import, on %(when)s by %(who)s. Nothing was taken back. "
        "Take the later change back first, or correct the record by hand."
    ),
    Code.LATER_REFERENCE: _(
        "%(created)s came with the import, and %(record)s, recorded later, on %(when)s by %(who)s, "
        "rests on it. Nothing was taken back."
    ),
}
