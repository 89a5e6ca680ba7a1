"""The page of a unit, of today or of the past: its people and how they are reached, its figures, what it owes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.event import Event
from models.figures import Figures, by_unit
from models.kept import kept
from models.lateness import OPEN
from models.organisation import Absence, Contact, ContactState, Person, Post, Role, Unit
from models.owing import Owing, owings
from models.spoken import WORD_VERBS
from models.task import Category, State, Task, Waiting
from models.unreached import cut_off
from web.asking import Ask, Stop
from web.board.desk import told
from web.board.filtering import OPEN_STATES, Filter, list_link
from web.board.listing import CAME_DUE, DUTIES, FIGURES, find
from web.board.own import co_tasks

SHOWN, WORDS, SOON = 12, 8, 5
"""Rows of each list, words, and the working days that are soon."""
HERE = (Role.HEAD, Role.DEPUTY, Role.FOCAL, Role.OFFICE)

_task, _event, _post, _person = (one.__table__.c for one in (Task, Event, Post, Person))
_contact, _absence = Contact.__table__.c, Absence.__table__.c
_PEOPLE = (
    select(_post.person_id, _post.role, _post.title, _person.name)
    .select_from(Post.__table__.join(Person.__table__, _person.id == _post.person_id))
    .where(
        _post.unit_id == bindparam("unit"), _post.role.in_(HERE),
        _post.valid_from.is_(None) | (_post.valid_from <= bindparam("day")),
        _post.valid_to.is_(None) | (_post.valid_to >= bindparam("day")),
    )
    .order_by(_post.id)
)  # fmt: skip
_CHATS = select(_contact.person_id, _contact.channel).where(
    _contact.person_id.in_(bindparam("people", expanding=True)), _contact.state == ContactState.ACTIVE
).order_by(_contact.preference, _contact.id)  # fmt: skip
_AWAY = (
    select(_absence.person_id, _absence.end, _person.name)
    .select_from(Absence.__table__.outerjoin(Person.__table__, _person.id == _absence.deputy_id))
    .where(_absence.person_id.in_(bindparam("people", expanding=True)), _absence.start <= bindparam("day"),
           _absence.end >= bindparam("day"))
)  # fmt: skip
_COUNTED = select(
    func.coalesce(func.sum(_task.late_events), 0).label("late_events"),
    func.coalesce(func.sum(_task.returns), 0).label("returns"),
    func.coalesce(func.sum(_task.extensions), 0).label("extensions"),
).where(_task.unit_id.in_(bindparam("units", expanding=True)), _task.is_parent.is_(False))
# Of what is open: the words of what is over stand on its own page, and would mean reading all there ever was.
_WORDS = (
    select(_event.at, _event.verb, _event.facts, _person.name, _task.number, _task.title)
    .select_from(Event.__table__.join(Task.__table__, _task.id == _event.task_id)
                 .outerjoin(Person.__table__, _person.id == _event.actor_id))
    .where(_task.id.in_(select(_task.id).where(OPEN, _task.unit_id.in_(bindparam("units", expanding=True)))),
           _event.verb.in_(WORD_VERBS))
    .order_by(_event.id.desc())
    .limit(WORDS)
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody of the unit. `chats`: channels that take messages; `lost`: none of them works now. `away`: on leave
    until that day, `acts` in the person's stead."""

    id: int
    name: str
    title: str
    role: Role
    chats: tuple[str, ...]
    lost: bool
    away: date | None
    acts: str


@dataclass(frozen=True)
class Owed:
    """One list of the unit's page: its key, how many, where all of them stand, and the first."""

    key: str
    count: int
    link: str
    tasks: tuple[Owing, ...]


@dataclass(frozen=True)
class Said:
    """What somebody said of one of the unit's open tasks."""

    at: datetime
    who: str
    verb: str
    words: str
    code: str
    title: str


def show(ask: Ask) -> Response:
    """GET /units/{code}: the unit of this code; all that ever bore it, where the office has used it again."""
    units = _asked_for(ask)
    unit, ids, now = units[0], [one.id or 0 for one in units], clock.now()
    counts = sum((found for one in ids for _, found in by_unit(ask.session, now, one)), Figures())
    day = clock.today() if unit.valid_to is None else min(clock.today(), unit.valid_to)
    return ask.page(
        "unit.html", unit=unit, before=units[1:], people=members(ask.session, unit.id or 0, day),
        leader=_leader(ask, unit), successor=ask.session.get(Unit, unit.successor_id) if unit.successor_id else None,
        counts=counts, figures=FIGURES, came_due=CAME_DUE, duties=DUTIES, link=list_link, scope={"unit": unit.code},
        **kept(ask.session, ("unit", unit.code, told(ask.session)), now, lambda: _owed(ask, unit.code, ids)),
        co_link=list_link(co=unit.code, state=OPEN_STATES),
        ended=unit.valid_to is not None and unit.valid_to < clock.today(),
    )  # fmt: skip


def _asked_for(ask: Ask) -> list[Unit]:
    """Units of this code, that of today first. Raises Stop."""
    code = str(ask.request.path_params["code"])
    query = select(Unit).where(col(Unit.code) == code).order_by(col(Unit.valid_to).is_not(None), col(Unit.id).desc())
    units = list(ask.session.execute(query).scalars())
    if not units:
        raise Stop(404, "web.stop.no_unit", code=code[:40])
    if not ask.me.sees_all and ask.me.units.isdisjoint(one.id or 0 for one in units):
        raise Stop(403, "web.stop.not_your_unit", unit=units[0].name)
    return units


def members(session: Session, unit_id: int, day: date) -> list[Member]:
    """Who holds a post of the unit on this day, heads first, and how each can be reached now."""
    connection = connection_of(session)
    posts = {row.person_id: row for row in reversed(connection.execute(_PEOPLE, {"unit": unit_id, "day": day}).all())}
    ids = list(posts)
    chats: dict[int, list[str]] = defaultdict(list)
    for person_id, channel in connection.execute(_CHATS, {"people": ids}):
        chats[person_id].append(channel)
    away = {row.person_id: row for row in connection.execute(_AWAY, {"people": ids, "day": clock.today()})}
    lost, found = cut_off(session), []
    for one, post in posts.items():
        leave = away.get(one)
        found.append(Member(one, post.name, post.title, post.role, tuple(dict.fromkeys(chats[one])), one in lost,
                            leave.end if leave else None, (leave.name or "") if leave else ""))  # fmt: skip
    return sorted(found, key=lambda one: (HERE.index(one.role), one.id))


def _leader(ask: Ask, unit: Unit) -> Person | None:
    return ask.session.get(Person, unit.leader_id) if unit.leader_id else None


def _owed(ask: Ask, code: str, ids: Sequence[int]) -> dict[str, Any]:
    """What its tasks are to be told of, the same for everybody who may see the page."""
    return {
        "lists": _lists(ask, code), "words": _words(ask.session, ids), "co": co_tasks(ask.session, frozenset(ids)),
        "counted": connection_of(ask.session).execute(_COUNTED, {"units": ids}).one(),
    }  # fmt: skip


def _lists(ask: Ask, code: str) -> list[Owed]:
    """What the unit owes and what waits for others, each with the first of its list."""
    calendar, today = calendar_of(ask.session), clock.today()
    soon = calendar.add(today, SOON).isoformat()
    with_unit = (State.ASSIGNED.value, State.ACKNOWLEDGED.value)
    wanted = {
        "overdue": Filter(category=(Category.OVERDUE.value,), unit=code, sort="due"),
        "soon": Filter(state=with_unit, unit=code, due_from=today.isoformat(), due_to=soon, sort="due"),
        "unconfirmed": Filter(unconfirmed=True, unit=code),
        "reports": Filter(state=(State.REPORTED.value,), unit=code),
        "extensions": Filter(extension=True, unit=code),
        "signature": Filter(waiting=Waiting.SUBMITTED.value, unit=code),
        "co_unit": Filter(waiting=Waiting.CO_UNIT.value, unit=code),
    }
    found = []
    for key, one in wanted.items():
        count, rows = find(ask.session, ask.me, one, limit=SHOWN)
        late = {row.task.id: row.days_late for row in rows}
        tasks = owings(ask.session, [row.task for row in rows], lambda task, late=late: late[task.id])  # type: ignore[misc]
        found.append(Owed(key, count, one.link(), tasks))
    return found


def _words(session: Session, ids: Sequence[int]) -> list[Said]:
    found = []
    for row in connection_of(session).execute(_WORDS, {"units": ids}):
        facts = row.facts or {}
        words = facts.get("words") or facts.get("reason_given") or facts.get("reason") or facts.get("result") or ""
        if words:
            found.append(Said(row.at, row.name or "", row.verb, words, f"NV{row.number}", row.title))
    return found
