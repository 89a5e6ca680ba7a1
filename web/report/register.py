"""The follow-up register of a period: on a page, in Word and PDF to print and bind, and in Excel."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from models import clock
from models.register import MOST, Entry, entries, how_many
from papers.decree.layout import Paper
from papers.register_paper import heads, register_paper, rows
from papers.sheets import Cell, Sheet, write_workbook
from web.asking import Ask, Stop, page
from web.guards import for_overseers
from web.report.giving import XLSX, attached, day_asked, head_of, of_kind
from web.uploads import whole_number

SHOWN = 20
"""Documents on one page."""
WIDTHS = (14, 50, 30, 16, 28, 30, 24)


@dataclass(frozen=True)
class Period:
    """Both days included."""

    start: date
    end: date

    @property
    def query(self) -> str:
        """The period as an address asks for it."""
        return f"start={self.start.isoformat()}&end={self.end.isoformat()}"


def routes() -> list[Route]:
    """The page and its files."""
    return [
        Route("/reports/register", page(show)),
        Route("/reports/register.docx", page(of_kind(made, "docx"))),
        Route("/reports/register.pdf", page(of_kind(made, "pdf"))),
        Route("/reports/register.xlsx", page(workbook)),
    ]


def show(ask: Ask) -> Response:
    """GET /reports/register?start=&end=&page=: a part of the period; its lines are those of the book."""
    for_overseers(ask)
    period, number = _period(ask), whole_number(ask.request.query_params.get("page", "1")) or 1
    total = how_many(ask.session, period.start, period.end)
    found = list(entries(ask.session, period.start, period.end, clock.now(), SHOWN, SHOWN * (number - 1)))
    return ask.page("report_register.html", period=period, heads=heads(), total=total, number=number,
                    pages=-(-total // SHOWN), lines=list(zip(found, rows(found), strict=True)))  # fmt: skip


def made(ask: Ask) -> tuple[Paper, str]:
    """GET /reports/register.docx, .pdf."""
    for_overseers(ask)
    head, period = head_of(ask), _period(ask)
    found = _whole(ask, period)
    numbers = [one.document.arrival_number for one in found if one.document.arrival_number]
    ends = (numbers[0], numbers[-1]) if numbers else ("", "")
    return register_paper(head, period.start, period.end, rows(found), ends), _name(period)


def workbook(ask: Ask) -> Response:
    """GET /reports/register.xlsx: the same lines, the time limits as dates."""
    for_overseers(ask)
    period = _period(ask)
    found = _whole(ask, period)
    sheet = Sheet(ask.text("web.register.sheet"), list(zip(heads(), WIDTHS, strict=True)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_workbook(path, [(sheet, _typed(found))])
        return attached(path.read_bytes(), f"{_name(period)}.xlsx", XLSX)


def _typed(found: list[Entry]) -> Iterator[list[Cell]]:
    for entry, line in zip(found, rows(found), strict=True):
        cells: list[Cell] = list(line)
        if entry.due_on is not None and entry.due_time is None:
            cells[3] = entry.due_on
        yield cells


def _whole(ask: Ask, period: Period) -> list[Entry]:
    """All lines of the period. Raises Stop for more documents than one book holds."""
    total = how_many(ask.session, period.start, period.end)
    if total > MOST:
        raise Stop(400, "web.register.too_long", total=total, most=MOST)
    return list(entries(ask.session, period.start, period.end, clock.now()))


def _period(ask: Ask) -> Period:
    """The period that is asked for; without one, from the first of the month before to today."""
    today = clock.today()
    start = day_asked(ask, "start", (today.replace(day=1) - timedelta(1)).replace(day=1))
    end = day_asked(ask, "end", today)
    if end < start:
        raise Stop(400, "web.register.turned")
    return Period(start, end)


def _name(period: Period) -> str:
    return f"so-theo-doi-{period.start:%Y%m%d}-{period.end:%Y%m%d}"
