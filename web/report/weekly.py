"""The weekly report as a page: what was frozen, each number with the list that it was then and the one it is now;
before that, the draft, to which the Office adds a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from markupsafe import Markup
from starlette.responses import Response

from models import clock
from models import weekly as weeks
from models.kept import kept
from papers.charts import NARROW, WIDE, units_drawing, weeks_drawing
from papers.drawing import Drawing, svg
from papers.weekly.digest import LIMIT, Digest, frozen, snapshot
from web.asking import CHANNEL, Ask, Stop
from web.board.desk import told
from web.board.listing import CAME_DUE, DUTIES, FIGURES, list_link
from web.guards import for_office, for_overseers
from web.report.weekly_view import change_rows, history, lists, rows_of, unit_rows

FILES = ("docx", "pdf", "xlsx", "png", "svg", "json", "txt")
"""Kinds of files that are made of a report, as they are offered."""
SHOWN = 50
"""Of a list, on the page; a page of its own has all of it."""
UNITS = 40
"""Units on the page, those with most that is overdue first; the same page has all of them."""
PAGE = 200
WEEKS = 52


@dataclass(frozen=True)
class Shown:
    """A report and where it stands. `goes`: when the draft goes out; None: it has."""

    digest: Digest
    frozen_at: datetime | None
    goes: datetime | None

    @property
    def week(self) -> date:
        return self.digest.week


def index(ask: Ask) -> Response:
    """GET /reports: the draft of the next report, those that went out, and the other papers."""
    for_overseers(ask)
    number = page_number(ask)
    found = weeks.frozen_weeks(ask.session, WEEKS + 1, (number - 1) * WEEKS)
    return ask.page("reports.html", weeks=found[:WEEKS], more=len(found) > WEEKS, number=number,
                    coming=weeks.next_report(ask.session, clock.now()))  # fmt: skip


def show(ask: Ask) -> Response:
    """GET /reports/week/<Monday>; also the answer to a refused sentence."""
    shown = report_of(ask, SHOWN)
    digest = shown.digest
    return ask.page(
        "report_week.html", report=shown, digest=digest, files=FILES, most=SHOWN,
        lists=lists(digest, SHOWN), changes=change_rows(digest), units=unit_rows(digest)[:UNITS],
        pictures=_pictures(ask, digest), history=history(ask, digest.week),
        figures=FIGURES, came_due=CAME_DUE, duties=DUTIES, link=list_link,
        may_add=ask.me.office and shown.goes is not None, longest=weeks.LONGEST_NOTE,
        typed=ask.form.get("note") if ask.error else digest.note or "", decimal=partial(decimal, ask.language),
    )  # fmt: skip


def show_list(ask: Ask) -> Response:
    """GET /reports/week/<Monday>/<list>: all of one list, as it was then."""
    shown, name, number = report_of(ask), ask.request.path_params["name"], page_number(ask)
    if name == "units":
        return ask.page("report_units.html", report=shown, digest=shown.digest, units=unit_rows(shown.digest),
                        figures=FIGURES, duties=DUTIES, link=list_link)  # fmt: skip
    found = next((one for one in lists(shown.digest, LIMIT) if one.name == name), None)
    if found is None:
        raise Stop(404, "web.stop.no_page")
    start = (number - 1) * PAGE
    return ask.page("report_list.html", report=shown, digest=shown.digest, one=found, number=number,
                    rows=rows_of(shown.digest, found.block)[start : start + PAGE],
                    pages=-(-len(found.block.tasks) // PAGE))  # fmt: skip


def say(ask: Ask) -> Response:
    """POST /reports/week/<Monday>/note: the Office's own sentence, until the report goes out."""
    for_office(ask)
    week = week_of(ask)
    coming = weeks.next_report(ask.session, clock.now())
    if weeks.is_frozen(ask.session, week):
        raise Stop(409, "web.weekly.gone")
    if coming is None or coming[0] != week:
        raise Stop(404, "web.weekly.none")
    there = weeks.note_of(ask.session, week) or ""
    if " ".join(ask.form.get("seen").split()) != there:
        raise Stop(409, "web.weekly.changed", note=there or "–")
    words = ask.form.get("note")
    if len(" ".join(words.split())) > weeks.LONGEST_NOTE:
        raise Stop(400, "web.weekly.long", longest=weeks.LONGEST_NOTE)
    weeks.say(ask.session, week, words, ask.me.id, CHANNEL)
    return ask.go(f"/reports/week/{week.isoformat()}", done="weekly_note" if words.strip() else "weekly_note_gone")


def report_of(ask: Ask, most: int | None = None) -> Shown:
    """The report of the week in the address: as it went out, or the draft of the next one (`most`: tasks of one of its
    lists). Raises Stop for any other week, and for who sees only the own unit."""
    for_overseers(ask)
    week, now = week_of(ask), clock.now()
    made = frozen(ask.session, week, most)
    if made is not None:
        return Shown(made, made.at, None)
    coming = weeks.next_report(ask.session, now)
    if coming is None or coming[0] != week:
        raise Stop(404, "web.weekly.none")
    # The seven days of messages are in it: what has gone out since is no event.
    name = ("draft", week, most, clock.today(), told(ask.session))
    draft = kept(ask.session, name, now, lambda: snapshot(ask.session, now, week=week, most=most))
    return Shown(replace(draft, at=now), None, coming[1])


def week_of(ask: Ask) -> date:
    """The Monday of the week of the day in the address. Raises Stop for what is no day."""
    given = ask.request.path_params["day"]
    try:
        return weeks.monday_of(date.fromisoformat(given))
    except (ValueError, OverflowError):
        raise Stop(404, "web.stop.no_page") from None


def decimal(language: str, value: str) -> str:
    """68,42."""
    return value.replace(".", ",") if language == "vi" else value


def page_number(ask: Ask) -> int:
    """The page that is asked for, from 1 on."""
    given = ask.request.query_params.get("page", "")
    return max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def _pictures(ask: Ask, digest: Digest) -> dict[str, tuple[Markup, Markup]]:
    """The units and the weeks as they were then, each for a wide page and for a telephone; a mark opens the list as it
    is now."""
    rest = f"/reports/week/{digest.week.isoformat()}/list/units"
    drawn: dict[str, Callable[[float], Drawing]] = {
        "units": lambda width: units_drawing(digest.units, width, ask.language, list_link, rest=rest)
    }
    if digest.weeks:
        drawn["weeks"] = lambda width: weeks_drawing(digest.weeks, width, ask.language, list_link)
    return {name: (Markup(svg(draw(WIDE), classes="drawing desk")), Markup(svg(draw(NARROW), classes="drawing phone")))
            for name, draw in drawn.items()}  # fmt: skip
