"""The table that an office keeps today: bytes of an .xlsx or .csv → rows of text, screened for secrecy marks.

An .xlsx is opened in a process of its own (reading/opening/sandbox.py); a .csv is plain text and is decoded here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from reading.errors import BrokenDocument, EmptyDocument, OversizedDocument, ReadingError, UndecodableDocument
from reading.extract import QUICK, clean
from reading.secrecy import refuse_secret

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5000, 60, 30
DELIMITERS = ("\t", ";", ",")
SAMPLE_ROWS = 40
# The letters of Vietnamese and the signs that its keyboards and Excel write; text in TCVN3 or VNI has others.
LETTERS = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
SIGNS = frozenset("–—‘’“”…•€°²³½×«»§·‰")


class OldSheet(ReadingError):
    """An .xls of Excel 97-2003: it is to be saved as .xlsx."""

    reason = "old_sheet"


class NoSheet(ReadingError):
    """Not a table that is read here."""

    reason = "no_sheet"


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows`: (its number in the file, its cells); rows without anything are left out."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheets(name: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets that have something in them. Raises a ReadingError, which carries no content; nothing is kept then.

    Never in a transaction: opening takes a second or more.
    """
    ending = PurePath(name.strip()).suffix.lower()
    if not data.strip():
        raise EmptyDocument()
    found: tuple[Sheet, ...]
    if ending == ".csv":
        found = (_from_csv(_decoded(data)),)
    elif ending == ".xls" or (ending == ".xlsx" and data.startswith(b"\xd0\xcf\x11\xe0")):
        raise _of_old(data)
    elif ending != ".xlsx":
        raise NoSheet()
    else:
        found = _from_xlsx(data)
    for sheet in found:
        refuse_secret("\n".join("\t".join(cell.replace("\n", " ") for cell in cells) for _, cells in sheet.rows))
    found = tuple(sheet for sheet in found if sheet.rows)
    if not found:
        raise EmptyDocument()
    return found


def squeezed(words: str) -> str:
    """A cell as it is kept: NFC, nothing invisible, single blanks, its own lines kept and none of them empty."""
    return "\n".join(line for one in clean(words).split("\n") if (line := " ".join(one.split())))


def _of_old(data: bytes) -> ReadingError:
    """A compound file is an old sheet, or a new one that is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        from reading.errors import ProtectedDocument

        return ProtectedDocument()
    return OldSheet()


def _from_xlsx(data: bytes) -> tuple[Sheet, ...]:
    from reading.opening import sandbox

    # Its heads and feet, drawings and hidden sheets may bear a mark, too.
    refuse_secret(sandbox.run("reading.formats.package", data, None, QUICK).text)
    said = json.loads(sandbox.run("reading.formats.sheet", data, None, QUICK).text)
    try:
        return tuple(
            Sheet(squeezed(str(one["name"])), tuple(
                (int(number), tuple(squeezed(str(cell)) for cell in cells)) for number, cells in one["rows"]
            ))
            for one in said
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):  # the child may be in the hands of the file by now
        raise BrokenDocument() from None


def _decoded(data: bytes) -> str:
    """Unicode in the encodings of Excel, else the one of Vietnamese Windows. Raises UndecodableDocument."""
    coding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        if coding == "utf-16":
            raise BrokenDocument() from None
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        raise UndecodableDocument() from None
    if any(ord(one) > 127 and one.lower() not in LETTERS and one not in SIGNS and not one.isspace() for one in text):
        raise UndecodableDocument()
    return text


def _from_csv(text: str) -> Sheet:
    if re.search(r"[\x00-\x08\x0e-\x1f]", text[:4096]):
        raise BrokenDocument()
    rows = []
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            cells = [squeezed(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                rows.append((number, tuple(cells)))
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise OversizedDocument()
    except csv.Error:
        raise BrokenDocument() from None
    return Sheet("", tuple(rows))


def _delimiter(text: str) -> str:
    """The one by which most of the first rows have the same number of cells, more than one: commas are in sentences,
    too."""
    start = "".join(text.splitlines(keepends=True)[:SAMPLE_ROWS])

    def fits(one: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=one) if row)
        many = {width: rows for width, rows in widths.items() if width > 1}
        best = max(many, key=lambda width: (many[width], width), default=0)
        return many.get(best, 0), best

    return max(DELIMITERS, key=fits)
