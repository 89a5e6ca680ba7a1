"""The office's own table of days off and make-up days. A change shows what it moves, and is saved when confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

from models import clock
from models.calendar import CalendarDay, CalendarError, calendar_of
from models.organisation import Role, Unit
from models.recalendar import Day, Moved, apply, preview
from web.asking import Ask, Stop
from web.guards import for_overseers
from web.office import months
from web.office.index import AHEAD
from web.task.acts import day
from web.uploads import whole_number
from web.words import day_words

ROWS = 4
"""Days of one change: a swap is two, a long holiday with its make-up Saturday a few more."""
HOW = ("off", "work", "remove")
MOST_SHOWN = 200
"""Tasks of a preview that are written out; how many there are is said all the same."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
SHIPPED_NOTE = "config.toml"
"""The note of days that came with the settings."""


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
    found: list[Day] = list(_swap(ask))
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


def _swap(ask: Ask) -> Iterator[Day]:
    """A day off for another that is worked (hoán đổi). Raises Stop when only one is given, or they are so already."""
    off, work = day(ask, "swap_off"), day(ask, "swap_work")
    if off is None and work is None:
        return
    if off is None or work is None:
        raise Stop(400, "web.office.swap_both")
    calendar = calendar_of(ask.session)
    if not calendar.is_working(off) or calendar.is_working(work):
        raise Stop(409, "web.office.swap_so", off=day_words(off, ask.language), work=day_words(work, ask.language))
    note = ask.form.get("swap_note")[:200]
    yield off, False, note
    yield work, True, note


def _page(ask: Ask, days: list[Day] | None = None, moved: list[Moved] | None = None) -> Response:
    rows = ask.session.exec(select(CalendarDay).order_by(col(CalendarDay.day).desc())).all()
    units = {unit.id: unit for unit in ask.session.exec(select(Unit))} if moved else {}
    typed = ask.form.flat()
    if not typed and (given := _a_day(ask.request.query_params.get("day", ""))) is not None:
        typed = {"day0": given.isoformat(), "how0": "remove"}
    return ask.page("calendar.html", rows=rows, days=days, moved=moved, most=MOST_SHOWN, units=units,
                    may_change=_may_change(ask), typed=typed, numbers=range(ROWS), hows=HOW, shipped=SHIPPED_NOTE,
                    who=months.who_set(ask.session, [row.day for row in rows]), **_drawn(ask, rows))  # fmt: skip


def _drawn(ask: Ask, rows: Sequence[CalendarDay]) -> dict[str, Any]:
    """The year, or the month, that is asked for; or the days that lie ahead."""
    today, query, language = clock.today(), ask.request.query_params, ask.language
    calendar, notes = calendar_of(ask.session), months.notes_of(rows)
    month = _a_day(f"{query.get('month', '')}-01")
    given = month.year if month else whole_number(query.get("year", "")) or today.year
    year = min(max(given, FIRST_YEAR), LAST_YEAR)
    ahead = query.get("ahead", "")
    kinds = {"off": ("holiday", "off"), "made_up": ("made_up",)}.get(ahead)
    if kinds:
        found = months.special(calendar, today, today + timedelta(AHEAD - 1), notes, language)
        listed = [one for one in found if one.kind in kinds]
    else:
        listed = months.special(calendar, date(year, 1, 1), date(year, 12, 31), notes, language)
    whole = [months.month_of(calendar, month, notes, language)] if month else months.year_of(
        calendar, year, notes, language)  # fmt: skip
    unknown = [one for one in (today.year, today.year + 1) if not any(row.day.year == one for row in rows)]
    return {"year": year, "month": month, "months": whole, "listed": listed, "ahead": ahead if kinds else "",
            "ahead_days": AHEAD, "today": today, "unknown": unknown,
            "before": _other_month(month, -1) if month else None,
            "after": _other_month(month, 1) if month else None}  # fmt: skip


def _other_month(month: date, step: int) -> date:
    return (month - timedelta(1)).replace(day=1) if step < 0 else (month + timedelta(31)).replace(day=1)


def _a_day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
