"""Which column of a sheet is what: its heading, without marks and capitals, says so; a person may say otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.units import plain
from reading.sheet import Sheet

FIELDS = ("task", "unit", "co_units", "due", "due_words", "directive", "issued_on", "product", "state", "done_on",
          "result", "leader", "authority_code", "note")  # fmt: skip
NEEDED = ("task", "unit")
HEAD_WITHIN = 20
LONGEST_HEADING = 80
Cells = Sequence[str]

# The first that fits a heading is it, so what is more exact comes first: "thời hạn văn bản" is no "văn bản".
RULES: tuple[tuple[str, str], ...] = (
    ("", r"ban dau|\bnguoi dat|bao quan|so lan|^stt$|^tt$|^so tt$|gia han"),
    ("due_words", r"(thoi han|thoi gian|\bhan\b).*(van ban|vb|nguyen van|goc)"),
    ("authority_code", r"\bma\b.*(cap tren|he thong|ubnd|tinh|trung uong)"),
    ("task", r"^(ten )?(noi dung|nhiem vu|cong viec)"),
    ("co_units", r"phoi hop"),
    ("result", r"\b(so|ky hieu)\b.*(san pham|ket qua|bao cao)|van ban (bao cao|ket qua)|^ket qua( thuc hien| xu ly)?$"),
    ("product", r"san pham|dau ra|ket qua (can dat|yeu cau)"),
    ("due", r"ngay phai|han (phai )?hoan thanh|ngay het han"),
    ("done_on", r"\bngay.*(hoan thanh|xong|ht|bao cao)|hoan thanh (ngay|thuc te)|\bngay ket thuc"),
    ("issued_on", r"\bngay\b.*(van ban|vb|ban hanh|\bky\b|cong van|giao)|^ngay thang$"),
    ("due", r"thoi han|\bhan\b|thoi gian (hoan thanh|thuc hien|xu ly)|deadline"),
    ("leader", r"lanh dao|\bld\b|nguoi (giao|chi dao)"),
    ("directive", r"van ban|\bvb\b|\bso\b.*(ky hieu|hieu|cong van|cv)|can cu|nguon giao"),
    ("state", r"trang thai|tinh trang|da hoan thanh chua"),
    ("note", r"ghi chu|luu y"),
    ("task", r"noi dung|nhiem vu|cong viec|viec (can|phai)"),
    ("unit", r"chu tri|don vi|phong ban|\bphong\b|bo phan|co quan|nguoi thuc hien"),
    ("state", r"tien do"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A sheet with its head. `head`: how many of its rows are above the data, the head included (0: none was found).

    `fields`: field → index of its column. `headings`: of every column, empty where it has none.
    """

    sheet: Sheet
    head: int
    headings: tuple[str, ...]
    fields: dict[str, int]


def laid_out(sheets: Sequence[Sheet]) -> Layout:
    """The sheet with the most columns that are known by name; of several, or without any, the one with most rows."""
    found = [_layout(sheet) for sheet in sheets]
    return max(found, key=lambda one: (_known(one.fields), len(one.sheet.rows) if _known(one.fields) else 0,
                                       len(one.sheet.rows)))  # fmt: skip


def matched(headings: Cells) -> dict[str, int]:
    """Field → the column whose heading names it. One column is one field, one field one column."""
    folded = [plain(one) if len(one) <= LONGEST_HEADING else "" for one in headings]
    named = [next(((n, field) for n, (field, rule) in enumerate(RULES) if one and re.search(rule, one)), (0, ""))
             for one in folded]  # fmt: skip
    fields: dict[str, int] = {}
    for field in FIELDS:
        columns = [(rule, at) for at, (rule, name) in enumerate(named) if name == field]
        if columns:
            fields[field] = min(columns)[1]
    return fields


def _known(fields: dict[str, int]) -> int:
    return len(fields) if "task" in fields and len(fields) > 1 else 0


def _layout(sheet: Sheet) -> Layout:
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    best = Layout(sheet, 0, ("",) * width, {})
    rows = [cells for _, cells in sheet.rows[:HEAD_WITHIN]]
    for at, cells in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        for height, headings in ((1, _padded(cells, width)), (2, _two_rows(cells, below, width))):
            fields = matched(headings)
            if headings and _known(fields) > _known(best.fields):
                best = Layout(sheet, at + height, headings, fields)
    return best


def _two_rows(above: Cells, below: Cells, width: int) -> tuple[str, ...]:
    """A head over two rows ("Đơn vị" over "Chủ trì" and "Phối hợp"); nothing where the two can be none."""
    if len({one for one in above if one}) < 2 or any(len(one) > LONGEST_HEADING for one in below):
        return ()
    found = []
    last = ""
    for top, bottom in zip(_padded(above, width), _padded(below, width), strict=True):
        last = top or (last if bottom else "")
        found.append(last if bottom in ("", last) else f"{last} {bottom}".strip())
    return tuple(found)


def _padded(cells: Cells, width: int) -> tuple[str, ...]:
    return (*(" ".join(one.split()) for one in cells), *[""] * (width - len(cells)))


def is_numbering(cells: Cells) -> bool:
    """The row "(1) (2) (3)", or "A B 1 2", that stands under the head of an official table."""
    filled = [one for one in cells if one]
    return len(filled) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?|[A-ZĐ]|\d{1,2}=[\d+\-/x ]+", one) for one in filled)
