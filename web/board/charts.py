"""The board as pictures: units as bars, weeks by what came due, the days ahead as a calendar. Each part of a picture
opens the list that adds up to it, and beside each picture stand the same figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from starlette.responses import Response

from models import clock
from models.figures import Figures
from models.load import OPEN_STATES, DayLoad, load
from models.organisation import Unit
from models.queries import by_unit
from models.trend import Week, trend
from papers.calendar_drawing import months_drawing
from papers.charts import MOST_UNITS, NARROW, PARTS, WEEK_PARTS, WIDE, Link, units_drawing, weeks_drawing, worst_first
from papers.drawing import Drawing, svg
from papers.words import text as words
from web.asking import Ask, Stop
from web.board.listing import list_link
from web.words import day_words, share_words


@dataclass(frozen=True)
class Line:
    """A unit with its figures."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `href`: the list that adds up to it."""

    words: str
    href: str | None = None


@dataclass(frozen=True)
class Panel:
    """One picture, drawn for wide and for narrow pages, and its figures: the first cell of a row names it."""

    key: str
    wide: Markup
    narrow: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def show(ask: Ask) -> Response:
    """GET /charts."""
    unit, choice = _unit(ask)
    shown = panels(ask, unit)
    some = next(len(one.rows) for one in shown if one.key == "units")
    return ask.page("charts.html", panels=shown, unit=unit, choice=choice, most=MOST_UNITS, units=some,
                    every=_every(ask))  # fmt: skip


def panels(ask: Ask, unit: Unit | None = None) -> list[Panel]:
    """The three pictures, of one unit or of all."""
    link = partial(list_link, **({"unit": unit.code} if unit else {}))
    days = load(ask.session, clock.now(), unit_id=unit.id if unit else None)
    return [*first_panels(ask, unit), months_panel(ask, days, link)]


def first_panels(ask: Ask, unit: Unit | None = None) -> list[Panel]:
    """Units and weeks, which stand on the first page too."""
    now, link = clock.now(), partial(list_link, **({"unit": unit.code} if unit else {}))
    unit_id = unit.id if unit else None
    lines = [Line(one.code, one.name, figures) for one, figures in by_unit(ask.session, now, unit_id)]
    weeks = trend(ask.session, now, clock.today(), unit_id)
    return [units_panel(ask, lines, link), weeks_panel(ask, weeks, link)]


def units_panel(ask: Ask, lines: Sequence[Line], link: Link) -> Panel:
    """Units by official category."""
    most = len(lines) if _every(ask) else MOST_UNITS
    rows = tuple(
        (Cell(line.name, f"/units/{line.code}"),
         *(Cell(str(getattr(line.figures, part)), link(category=category, unit=line.code))
           for part, category in PARTS.items()))
        for line in worst_first(lines)
    )  # fmt: skip
    head = (ask.text("web.col.unit"), *(words(f"part.{part}", ask.language) for part in PARTS))
    return Panel("units", *_both(lambda width: units_drawing(lines, width, ask.language, link, most=most,
                                                             rest="/charts?units=all#units")), head, rows)  # fmt: skip


def weeks_panel(ask: Ask, weeks: Sequence[Week], link: Link) -> Panel:
    """Weeks by what came due in them."""
    rows = tuple(
        (Cell(f"{week.start:%d/%m/%Y} – {week.end:%d/%m/%Y}"),
         *(Cell(str(getattr(week, part)), link(due_from=week.start, due_to=week.end, category=PARTS[part]))
           for part in WEEK_PARTS),
         Cell(ask.text("web.charts.rate.of", share=share_words(week.done_on_time, week.came_due, ask.language),
                       of=week.came_due) if week.came_due else "–"))
        for week in reversed(weeks)
    )  # fmt: skip
    rows = rows if any(week.came_due for week in weeks) else ()
    head = (ask.text("web.charts.week"), *(words(f"part.{part}", ask.language) for part in WEEK_PARTS),
            ask.text("web.charts.rate"))  # fmt: skip
    return Panel("weeks", *_both(lambda width: weeks_drawing(weeks, width, ask.language, link)), head, rows)


def months_panel(ask: Ask, months: Sequence[Sequence[DayLoad]], link: Link) -> Panel:
    """Days by what falls due on them; the table has those on which something does."""
    states = tuple(state.value for state in OPEN_STATES)
    rows = tuple(
        (Cell(day_words(one.day, ask.language)),
         Cell(str(one.count), link(due_from=one.day, due_to=one.day, state=states)))
        for days in months for one in days if one.count
    )  # fmt: skip
    head = (ask.text("web.charts.day"), ask.text("web.charts.count"))
    drawn = _both(lambda width: months_drawing(months, clock.today(), width, ask.language, link))
    return Panel("months", *drawn, head, rows)


def _both(draw: Callable[[float], Drawing]) -> tuple[Markup, Markup]:
    """For a wide page and for a telephone. Every word in a drawing is escaped there."""
    return Markup(svg(draw(WIDE), classes="drawing desk")), Markup(svg(draw(NARROW), classes="drawing phone"))


def _unit(ask: Ask) -> tuple[Unit | None, list[Unit]]:
    """Of which unit, None for all, and between which there is a choice. Who answers for units sees those. Raises Stop
    for who answers for none."""
    units = [unit for unit, _ in by_unit(ask.session, clock.now())]
    if not ask.me.sees_all:
        own = [ask.session.get(Unit, unit_id) for unit_id in sorted(ask.me.units)]
        units = [unit for unit in own if unit is not None]
        if not units:
            raise Stop(403, "web.charts.no_unit")
    code = ask.request.query_params.get("unit", "")
    found = next((unit for unit in units if unit.code == code), None)
    return (found if ask.me.sees_all else found or units[0]), units


def _every(ask: Ask) -> bool:
    """Are all units asked for, not only the first?"""
    return ask.request.query_params.get("units") == "all"
