"""Annexed tables of duties, flattened by extraction into one fragment of a cell per line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reading import owners
from reading.deadlines import find_due
from reading.duties import Found
from reading.paragraphs import Line
from reading.words import UPPER, fold, rx, squeeze

COLUMNS = (
    ("content", r"nội dung|nhiệm vụ|công việc|tên"),
    ("lead", r"chủ trì|thực hiện$|thực hiện(?! nhiệm)|đầu mối|chịu trách nhiệm"),
    ("co", r"phối hợp"),
    ("due", r"thời (?:hạn|gian)|tiến độ|hoàn thành"),
    ("product", r"sản phẩm|kết quả"),
    ("other", r"cấp trình|ghi chú|trình|phê duyệt|căn cứ"),
)


@dataclass(frozen=True)
class Row:
    label: str
    start: int
    end: int
    text: str
    lead: str
    co: str
    due: str


def column(title: str) -> str:
    """Which column a title names; "Thời gian thực hiện" is a time, not an actor."""
    title = title.lower()
    if rx(r"^(?:stt|tt|số tt)$").match(title.strip(" .")):
        return "number"
    order = (
        ("co", "due", "product", "lead", "other", "content")
        if not rx("^(?:nội dung|nhiệm vụ|tên)").match(title)
        else ("content",)
    )
    patterns = dict(COLUMNS)
    return next((name for name in order if rx(patterns[name]).search(title)), "other")


def take_tables(text: str, lines: list[Line]) -> tuple[list[Row], list[Line]]:
    """(rows of duty tables, the lines that belong to no table)."""
    rows: list[Row] = []
    rest: list[Line] = []
    place = 0
    while place < len(lines):
        piped = _piped(text, lines, place)
        flat = None if piped else _flat(text, lines, place)
        if piped or flat:
            more, place = piped or flat or ([], place + 1)
            rows.extend(more)
        else:
            rest.append(lines[place])
            place += 1
    return rows, rest


# -- one line per row: "| 1 | Xây dựng … | Sở A | Sở B | Quý I/2026 |" or tabs --------------------------------------
def _cells(line: str) -> list[str]:
    return [c.strip() for c in rx(r"\||\t").split(line.strip().strip("|"))]


def _piped(text: str, lines: list[Line], place: int) -> tuple[list[Row], int] | None:
    head = [column(c) for c in _cells(lines[place].text)]
    if len(head) < 3 or "lead" not in head or "content" not in head:
        return None
    rows, at, group = [], place + 1, ""
    while at < len(lines) and ("|" in lines[at].text or "\t" in lines[at].text):
        cells = _cells(lines[at].text)
        values = dict(zip(head, cells, strict=False))
        content = values.get("content", "")
        if len(cells) >= len(head) - 1 and content and values.get("lead") and not rx(r"[-:\s]+").fullmatch(content):
            begin = lines[at].start + lines[at].text.find(content)
            rows.append(
                Row(
                    ".".join(p for p in ("PL", group, values.get("number", "").strip(". ")) if p),
                    begin,
                    begin + len(content),
                    content,
                    values["lead"],
                    values.get("co", ""),
                    values.get("due", ""),
                )
            )
        elif cells and rx(r"[IVX]+").fullmatch(cells[0].strip(".")):
            group = cells[0].strip(".")
        at += 1
    return rows, at


# -- one fragment per line -------------------------------------------------------------------------------------------
def _head(lines: list[Line], place: int) -> tuple[list[str], int] | None:
    """The titles after a line "TT": columns in order, and where the first row begins."""
    if not rx(r"(?:S?TT|Số TT)\.?", re.I).fullmatch(lines[place].text):
        return None
    titles: list[str] = []
    at = place + 1
    while (
        at < len(lines)
        and at < place + 18
        and not rx(r"[IVX]{1,5}|\d{1,3}|[A-H]").fullmatch(lines[at].text.strip(". "))
    ):
        word = lines[at].text
        # A title goes on in lower case; a new one begins with a capital.
        if titles and not rx(f"[{UPPER}]").match(word):
            titles[-1] += " " + word
        else:
            titles.append(word)
        at += 1
    columns = [column(t) for t in titles]
    return (columns, at) if "lead" in columns and "content" in columns and at < len(lines) else None


def _flat(text: str, lines: list[Line], place: int) -> tuple[list[Row], int] | None:
    head = _head(lines, place)
    if head is None:
        return None
    columns, at = head
    rows: list[Row] = []
    group, number = "", ""
    block: list[Line] = []
    expected = 1
    while at < len(lines):
        line = lines[at].text
        again = _head(lines, at)
        bare = line.strip(". ")
        if again or rx(r"[IVX]{1,5}|\d{1,3}").fullmatch(bare) or rx(r"Nơi nhận|PHỤ LỤC|Phụ lục [IVX]+$").match(line):
            if bare.isdigit() and int(bare) not in (expected, 1):
                at += 1  # a page number
                continue
            rows += _row(text, columns, block, group, number)
            block, number = [], ""
            if again:
                columns, at = again
                continue
            if not bare.isdigit() and not rx(r"[IVX]{1,5}").fullmatch(bare):
                break
            if bare.isdigit():
                number, expected = bare, int(bare) + 1
            else:
                group, expected = bare, 1
        elif number:
            block.append(lines[at])
        at += 1
    return rows + _row(text, columns, block, group, number), at


def _row(text: str, columns: list[str], block: list[Line], group: str, number: str) -> list[Row]:
    """One row from its fragments: a cell begins with a capital after a line that no comma or hyphen leaves open."""
    if not number or not block:
        return []
    cells: list[list[Line]] = []
    for line in block:
        opens = rx(f"[{UPPER}]").match(line.text) and not (
            cells and cells[-1][-1].text.rstrip().endswith((",", ";", "-", "–", "và", "của"))
        )
        if not cells or opens:
            cells.append([line])
        else:
            cells[-1].append(line)
    extra = len(cells) - len(columns)
    if extra < 0:
        return []
    at = columns.index("content")
    merged = [line for cell in cells[at : at + extra + 1] for line in cell]
    shaped = [*cells[:at], merged, *cells[at + extra + 1 :]]
    values = {name: squeeze(" ".join(line.text for line in cell)) for name, cell in zip(columns, shaped, strict=True)}
    start, end = merged[0].start, merged[-1].end
    label = ".".join(p for p in ("PL", group, number) if p)
    return [
        Row(
            label,
            start,
            end,
            squeeze(text[start:end]),
            values.get("lead", ""),
            values.get("co", ""),
            values.get("due", ""),
        )
    ]


def rows_to_items(rows: list[Row], issued_on: date | None) -> list[Found]:
    """Rows with an addressee; a row without one obliges nobody."""
    found = []
    for row in rows:
        units = owners.listed(row.lead)
        if units and fold(row.text):
            found.append(
                Found(
                    row.label,
                    row.start,
                    row.end,
                    row.text,
                    units,
                    owners.listed(row.co),
                    find_due(row.due, issued_on, labelled=True),
                    row.text,
                )
            )
    return found
