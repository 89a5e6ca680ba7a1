"""A unit's duties to print, for people without a chat: what is to be done by when, with room to answer by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.task import State
from papers.decree.layout import Beside, Column, Paper, Paragraph, Run, Section, Table, body, centred, plain
from papers.decree.letterhead import words
from papers.decree.naming import counted, document, moment, short_day

HEIGHT = 15.0
"""Millimetres of a row: room for a number, a date and a signature."""
COLUMNS = (Column("no", 11, "center"), Column("code", 17), Column("task", 78), Column("given", 40),
           Column("date", 25, "center"), Column("received", 20, "center"), Column("outcome", 37),
           Column("sign", 24))  # fmt: skip
BOX = "□"
TICKED = "■"


def unit_list(office: str, unit: str, rows: Sequence[Any], at: datetime) -> Paper:
    """The list of one unit. `rows`: of `models.printing.open_of`."""
    title = words("unit_list.title")
    head = Beside((126, 126), (
        (centred(plain(office).upper(), 12), centred(words("office").upper(), 12, bold=True)),
        (Paragraph((Run(words("unit_list.at", at=moment(at)), italic=True),), "right", 12),),
    ))  # fmt: skip
    columns = tuple(Column(words(f"col.{one.name}"), one.width, one.align) for one in COLUMNS)
    lines = [_row(number, row) for number, row in enumerate(rows, 1)]
    told = Table(columns, lines, least=HEIGHT) if lines else centred(words("unit_list.none"), italic=True, before=6)
    signs = Beside((126, 126), (
        (centred(words("unit_list.given_by"), 13, bold=True), centred(words("unit_list.sign_here"), 12, italic=True)),
        (centred(words("unit_list.taken_by"), 13, bold=True), centred(words("unit_list.sign_here"), 12, italic=True)),
    ), before=8)  # fmt: skip
    blocks = (head, centred(title, bold=True, before=10, heading=1), centred(plain(unit), bold=True, after=4),
              body(words("unit_list.how")), told, signs)  # fmt: skip
    return Paper(f"{title}: {plain(unit)}", office, (Section(blocks, landscape=True),))


def _row(number: int, row: Any) -> tuple[str, ...]:
    given = document(row.directive, row.issued_on, row.issuer, row.item)
    review = words("unit_list.review", day=short_day(row.review_on)) if row.review_on else words("unit_list.no_due")
    due = short_day(row.due_on, row.due_time) or review
    known = row.state is not State.ASSIGNED
    outcome = words("unit_list.reported") if row.state is State.REPORTED else ""
    return (counted(number), f"NV{row.number}", plain(row.title), given, due, TICKED if known else BOX, outcome, "")
