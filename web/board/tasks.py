"""The list of tasks; what it shows is in its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.directive import Directive
from models.organisation import Person, Unit
from models.task import Category, State, TaskClass, Waiting
from web.asking import Ask
from web.board.filtering import OPEN_STATES
from web.board.listing import MOST_COUNTED, DirectiveName, Filter, directive_names, find
from web.task.page import units_today
from web.uploads import whole_number

A_PAGE = 100
NEWEST_DIRECTIVES = 50
BESIDE = 2
"""Pages that are offered on each side of the one that is shown; the first and the last always are."""
_directive, _unit, _person = Directive.__table__.c, Unit.__table__.c, Person.__table__.c


@dataclass(frozen=True)
class View:
    """A list that is asked for often, one press away."""

    key: str
    link: str
    chosen: bool


@dataclass(frozen=True)
class Heading:
    """A column; pressed, the list is in its order. `sorted`: what aria-sort says."""

    key: str
    link: str | None
    sorted: str | None


def show(ask: Ask) -> Response:
    """GET /tasks?state=&category=&unit=&directive=&q=&overdue=1&page=2."""
    query = ask.request.query_params
    wanted = Filter.of(query)
    asked_page = max(whole_number(query.get("page", "")) or 1, 1)
    total, rows = find(ask.session, ask.me, wanted, offset=(asked_page - 1) * A_PAGE, limit=A_PAGE)
    counted = min(total, MOST_COUNTED) if wanted.q else total
    pages = max((counted + A_PAGE - 1) // A_PAGE, 1)
    all_units = ask.me.sees_all
    return ask.page(
        "tasks.html", rows=rows, count=counted, more=total > counted, wanted=wanted, number=asked_page, pages=pages,
        window=_window(asked_page, pages), states=list(State), categories=list(Category), classes=list(TaskClass),
        waitings=list(Waiting), directives=_directives(ask, wanted) if all_units else [], views=_views(ask, wanted),
        headings=_headings(wanted), units=units_today(ask) if all_units else [], leaders=_leaders(ask),
        pairs=wanted.pairs(), count_words=_thousands(counted, ask.language),
        copied=wanted.link().replace("/tasks", "/copy", 1),
    )  # fmt: skip


def _thousands(number: int, language: str) -> str:
    """10.000; 10,000 in English."""
    return f"{number:,}".replace(",", "." if language == "vi" else ",")


def _directives(ask: Ask, wanted: Filter) -> list[DirectiveName]:
    """The newest directives, and the one that was chosen."""
    query = select(_directive.id).order_by(_directive.id.desc()).limit(NEWEST_DIRECTIVES)
    ids = set(connection_of(ask.session).execute(query).scalars())
    chosen = whole_number(wanted.directive)
    found = directive_names(ask.session, ids | {chosen} if chosen else ids)
    return sorted(found.values(), key=lambda one: -one.id)


def _leaders(ask: Ask) -> list[tuple[str, str]]:
    """Short id and name of the leaders who are in charge of a unit."""
    if not ask.me.sees_all:
        return []
    in_charge = select(_unit.leader_id).where(_unit.leader_id.is_not(None))
    query = select(_person.short_id, _person.name).where(_person.id.in_(in_charge)).order_by(_person.id)
    return [(short_id, name) for short_id, name in connection_of(ask.session).execute(query)]


def _views(ask: Ask, wanted: Filter) -> list[View]:
    today = clock.today()
    sunday = today + timedelta(6 - today.weekday())
    found = {
        "overdue": Filter(category=(Category.OVERDUE.value,), sort="late"),
        "week": Filter(state=OPEN_STATES, due_from=today.isoformat(), due_to=sunday.isoformat(), sort="due"),
        "unconfirmed": Filter(unconfirmed=True),
        "reported": Filter(state=(State.REPORTED.value,)),
        "no_due": Filter(state=OPEN_STATES, category=(Category.NO_DUE.value,)),
    }
    if ask.me.sees_all:
        found["not_told"] = Filter(authority_open=True)
    return [View(key, one.link(), one == wanted) for key, one in found.items()]


COLUMNS = {"code": ("number", "-number"), "title": (), "unit": ("unit",), "state": (), "category": ("late",),
           "due": ("due", "-due")}  # fmt: skip
"""Columns of the list, and the orders that a press on each gives, one after the other."""


def _headings(wanted: Filter) -> list[Heading]:
    found = []
    for key, sorts in COLUMNS.items():
        if not sorts:
            found.append(Heading(key, None, None))
            continue
        chosen = wanted.sort in sorts
        following = sorts[(sorts.index(wanted.sort) + 1) % len(sorts)] if chosen else sorts[0]
        falling = wanted.sort.startswith("-") or wanted.sort == "late"
        found.append(Heading(key, replace(wanted, sort=following).link(),
                             ("descending" if falling else "ascending") if chosen else None))  # fmt: skip
    return found


def _window(number: int, pages: int) -> list[int | None]:
    """Pages that are offered; None where some are left out between."""
    near = range(max(number - BESIDE, 1), min(number + BESIDE, pages) + 1)
    shown = sorted({1, pages, *near})
    found: list[int | None] = []
    for one in shown:
        if found and found[-1] is not None and one > found[-1] + 1:
            found.append(None)
        found.append(one)
    return found

