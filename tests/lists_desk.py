"""An office whose lists hold something of everything, and its duties judged by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlmodel import col, select
from starlette.datastructures import QueryParams

from models import clock
from models.calendar import calendar_of
from models.event import record
from models.lateness import leaders_units
from models.listing import official_category
from models.organisation import Person, Unit
from models.report import Extension
from models.task import CoUnit, DueSetBy, State, Task, Waiting
from tests.web_stage import Stage, stage
from web.board.filtering import Filter
from web.board.listing import count, find
from web.viewer import Viewer, may_see, viewer_of

WHO = ("vp.vanthu", "gd", "qlvh.truong", "nsvh.truong")


def with_everything() -> Iterator[Stage]:
    """The seed's tasks and twenty orders in every state, looked at on Wednesday 2 August."""
    with stage() as made:
        made.assign_seed()
        units = ("QLVH", "QLDL", "BT", "TV", "LDS")
        for n in range(20):
            due = date(2023, 7, 25) + timedelta(n) if n % 4 else None
            made.order(units[n % 5], f"Khảo cổ số {n}", due=due, co=("NSVH",) if n % 3 == 0 else (),
                       set_by=DueSetBy.AUTHORITY if n % 2 else DueSetBy.LEADER)  # fmt: skip
        clock.stand_at(clock.now() + timedelta(days=9))
        _live(made)
        for who in WHO:
            made.person(who)
        yield made


def _live(office: Stage) -> None:
    """What acts would leave behind, and an event for each, as acts write it."""
    at = clock.now()
    later: dict[int, dict[str, Any]] = {
        0: {"state": State.ACKNOWLEDGED}, 1: {"state": State.REPORTED, "reported_at": at},
        2: {"state": State.COMPLETED, "reported_at": at, "completed_at": at},
        3: {"state": State.COMPLETED, "reported_at": at - timedelta(days=8), "completed_at": at},
        4: {"state": State.ACKNOWLEDGED, "waiting": Waiting.SUBMITTED, "waiting_since": at},
        5: {"extension_asked_at": at - timedelta(days=6)}, 6: {"state": State.REFUSED}, 7: {"state": State.SUSPENDED},
        8: {"state": State.WITHDRAWN},
    }  # fmt: skip
    with office.database.write() as session:
        for task in session.exec(select(Task).where(Task.is_parent == False)).all():  # noqa: E712
            values = later.get(task.number % 10, {})
            if values:
                session.execute(update(Task).where(col(Task.id) == task.id).values(**values))
            if task.number % 10 == 5:
                day = at.date()
                session.add(Extension(task_id=task.id or 0, asked_by=1, asked_at=at, from_due=day, to_due=day))
            record(session, f"task:{task.id}", "progress", actor_id=1, facts={}, task_id=task.id)


def viewer(office: Stage, session: Any, who: str) -> Viewer:
    """The person of this short id."""
    found = viewer_of(session, office.person(who))
    assert found is not None
    return found


class Duty(NamedTuple):
    """A duty that the person may see, judged row by row."""

    task: Task
    category: str | None
    co: list[str]
    leader: str | None


def every(office: Stage, who: str = "vp.vanthu") -> list[Duty]:
    """All duties that the person may see, by number."""
    with office.database.read() as session:
        me, calendar, leaders = viewer(office, session, who), calendar_of(session), leaders_units(session)
        co: dict[int, list[str]] = {}
        for task_id, code in session.exec(select(CoUnit.task_id, Unit.code).join(Unit, col(Unit.id) == CoUnit.unit_id)):
            co.setdefault(task_id, []).append(code)
        in_charge = select(Unit.id, Person.short_id).join(Person, col(Person.id) == Unit.leader_id)
        charge = dict(session.exec(in_charge).all())
        rows = session.exec(select(Task).where(Task.is_parent == False).order_by(col(Task.number))).all()  # noqa: E712
        return [Duty(row, official_category(row, calendar, clock.now(), leaders), co.get(row.id or 0, []),
                     charge.get(row.unit_id)) for row in rows if may_see(session, me, row)]  # fmt: skip


def listed(office: Stage, query: str, who: str = "vp.vanthu") -> list[int]:
    """Numbers of the tasks that a list with this address holds, in its order."""
    with office.database.read() as session:
        wanted = Filter.of(QueryParams(query))
        total, rows = find(session, viewer(office, session, who), wanted)
        assert total == len(rows) == count(session, viewer(office, session, who), wanted)
        return [row.task.number for row in rows]
