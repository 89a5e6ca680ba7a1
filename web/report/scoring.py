"""The scoring aid: per unit and period how duties went, with the list behind every figure."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from models import clock
from models.load import month_start
from models.scoring import PARTS, Period, Score, listed, scores
from papers.scoring import scoring_sheets
from papers.sheets import write_workbook
from web.asking import Ask, Stop, page
from web.guards import for_overseers
from web.report.giving import XLSX, attached

MOST = 500
"""Duties shown of one figure on the page."""
MOST_IN_SHEET = 20_000
EVERY_UNIT = "all"
SHOWN = (("tasks", "tasks"), ("on_time", "on_time"), ("done_late", "done_late"), ("overdue", "overdue"),
         ("in_time", "in_time"), ("no_due", "no_due"), ("late_events", "late"), ("returns", "returned"),
         ("caused", "caused"))  # fmt: skip
"""Figure → the part of the duties that it counts."""


@dataclass(frozen=True)
class Choice:
    """A period that is one press away."""

    name: str
    period: Period


def routes() -> list[Route]:
    """The page, and the same as sheets."""
    return [Route("/reports/scoring", page(show)), Route("/reports/scoring.xlsx", page(as_sheets))]


def show(ask: Ask) -> Response:
    """GET /reports/scoring?from=&to=&unit=&part=."""
    period = _period(ask)
    units = _units(ask, period)
    query = ask.request.query_params
    unit, part = query.get("unit", ""), query.get("part", "tasks")
    named = {code: name for code, name, _ in units} | {EVERY_UNIT: ask.text("web.scoring.whole")}
    if part not in PARTS or (unit and unit not in named):
        raise Stop(404, "web.scoring.no_list")
    of_unit = None if unit == EVERY_UNIT else unit
    rows = listed(ask.session, period, clock.now(), of_unit, part, MOST) if unit else []
    return ask.page("scoring.html", period=period, units=units, whole=sum((one for *_, one in units), Score()),
                    shown=SHOWN, chosen=named.get(unit), every=EVERY_UNIT, part=part,
                    rows=rows, most=MOST, choices=_choices())  # fmt: skip


def as_sheets(ask: Ask) -> Response:
    """GET /reports/scoring.xlsx?from=&to=."""
    period = _period(ask)
    units, now = _units(ask, period), clock.now()
    duties = {code: listed(ask.session, period, now, code, "tasks", MOST_IN_SHEET) for code, _, _ in units}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scoring.xlsx"
        write_workbook(path, scoring_sheets(units, duties, period, now, ask.language))
        content = path.read_bytes()
    return attached(content, f"{period.start:%Y%m%d}-{period.end:%Y%m%d}.xlsx", XLSX)


def _units(ask: Ask, period: Period) -> list[tuple[str, str, Score]]:
    for_overseers(ask)
    return scores(ask.session, period, clock.now())


def _period(ask: Ask) -> Period:
    """Of the address; without one, the present month. Raises Stop for what is no period."""
    query = ask.request.query_params
    given = query.get("from", ""), query.get("to", "")
    if not any(given):
        return _choices()[0].period
    try:
        period = Period(date.fromisoformat(given[0]), date.fromisoformat(given[1]))
    except ValueError:
        raise Stop(400, "web.scoring.no_period") from None
    if period.end < period.start or period.start.year < 2000 or period.end.year >= 2100:
        raise Stop(400, "web.scoring.no_period")
    return period


def _choices() -> list[Choice]:
    """This month and the last, this quarter and the last, this year."""
    today = clock.today()
    month, quarter = today.replace(day=1), today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    day = timedelta(1)
    return [
        Choice("month", Period(month, month_start(month, 1) - day)),
        Choice("last_month", Period(month_start(month, -1), month - day)),
        Choice("quarter", Period(quarter, month_start(quarter, 3) - day)),
        Choice("last_quarter", Period(month_start(quarter, -3), quarter - day)),
        Choice("year", Period(today.replace(month=1, day=1), today.replace(month=12, day=31))),
    ]
