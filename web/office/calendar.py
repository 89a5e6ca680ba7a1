"""The office's own table of days off and make-up days. A change shows what it moves, and is saved when confirmed."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select
from starlette.responses import Response

from models.calendar import CalendarDay, CalendarError
from models.organisation import Role, Unit
from models.recalendar import Day, Moved, apply, preview
from web.asking import Ask, Stop
from web.directive.directives import for_overseers
from web.task.acts import day

ROWS = 4
"""Days of one change: a swap is two, a long holiday with its make-up Saturday a few more."""
HOW = ("off", "work", "remove")


def show(ask: Ask) -> Response:
    """GET /calendar."""
    for_overseers(ask)
    return _page(ask)


def change(ask: Ask) -> Response:
    """POST /calendar: with `save` it is done, without it only what would move is shown."""
    for_overseers(ask)
    if not _may_change(ask):
        raise Stop(403, "web.stop.office_does")
    days = _days(ask)
    try:
        if ask.form.get("save"):
            moved = apply(ask.session, days, ask.actor)
            return ask.go("/calendar", done="calendar_moved" if moved else "calendar")
        return _page(ask, days, preview(ask.session, days))
    except CalendarError:
        raise Stop(409, "web.stop.calendar_empty") from None


def _may_change(ask: Ask) -> bool:
    return ask.me.office or Role.ADMIN in ask.me.roles


def _days(ask: Ask) -> list[Day]:
    """The days of the form. Raises Stop when none is given, one stands twice, or its meaning is not known."""
    found: list[Day] = []
    for number in range(ROWS):
        given = day(ask, f"day{number}")
        if given is None:
            continue
        how = ask.form.get(f"how{number}")
        if how not in HOW:
            raise Stop(400, "web.stop.broken_form")
        works = None if how == "remove" else how == "work"
        found.append((given, works, ask.form.get(f"note{number}")[:200]))
    if not found:
        raise Stop(400, "web.stop.no_day")
    if len({one for one, _, _ in found}) < len(found):
        raise Stop(400, "web.stop.day_twice")
    return found


def _page(ask: Ask, days: list[Day] | None = None, moved: list[Moved] | None = None) -> Response:
    rows = ask.session.exec(select(CalendarDay).order_by(col(CalendarDay.day).desc())).all()
    units = {unit.id: unit for unit in ask.session.exec(select(Unit))}
    typed = ask.form.flat()
    if not typed and (given := _a_day(ask.request.query_params.get("day", ""))) is not None:
        typed = {"day0": given.isoformat(), "how0": "remove"}
    return ask.page("calendar.html", rows=rows, days=days, moved=moved, units=units, may_change=_may_change(ask),
                    typed=typed, numbers=range(ROWS), hows=HOW)  # fmt: skip


def _a_day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
