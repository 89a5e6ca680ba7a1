"""Rungs of the ladders → notices, for the tasks that are due to be looked at in a slot.

`task.next_notice_at` is moved in the same transaction as its notices are made. After an outage several rungs may lie
behind: of each kind and audience the latest goes, the rest is dropped with the reason `missed`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from jobs.escalate import may_go_up, postponed
from jobs.notices import Occasion, plan
from models import clock
from models.base import Database, connection_of
from models.calendar import Calendar, calendar_of
from models.inserting import looked_up, rows_of
from models.ladder import Audience, Rung, next_rung, rungs
from models.message import Kind, Notice, NoticeState, insert_once
from models.organisation import Unit
from models.recipients import Directory, Recipient
from models.rules import OFFICE_ZONE
from models.task import Task, overdue_days

BATCH = 200
WITH_FOCAL = (Kind.DUE_SOON, Kind.DUE_TODAY, Kind.OVERDUE, Kind.REVIEW)
log = logging.getLogger(__name__)

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_task = Task.__table__
_DUE = (
    select(_task)
    .where(_task.c.next_notice_at <= bindparam("slot"))
    .order_by(_task.c.next_notice_at, _task.c.id)
    .limit(BATCH)
)
_SEEN = update(_task).where(_task.c.id == bindparam("task"), _task.c.version == bindparam("seen"))


def remind(database: Database, slot: datetime) -> int:
    """Plan every task that is due by `slot` (UTC), a batch to a transaction; how many tasks were looked at."""
    done = 0
    while True:
        try:
            with database.write() as session:
                planned = _plan_batch(session, slot)
        except Exception:
            log.exception("planning a batch failed; going on task by task")
            planned = _one_by_one(database, slot)
        done += planned
        if planned < BATCH:
            return done


def _due(session: Session, slot: datetime) -> Sequence[Task]:
    return rows_of(session, Task, _DUE, slot=slot)


def _plan_batch(session: Session, slot: datetime) -> int:
    tasks = _due(session, slot)
    if tasks:
        planner = Planner(session, slot, tasks)
        for task in tasks:
            planner.plan_task(task)
    return len(tasks)


def _one_by_one(database: Database, slot: datetime) -> int:
    """One bad row must not stop the rest: it is logged and put off to the next slot, and the others go on."""
    with database.read() as session:
        ids = [task.id for task in _due(session, slot)]
    for task_id in ids:
        try:
            with database.write() as session:
                task = session.get(Task, task_id)
                if task is not None:
                    Planner(session, slot, [task]).plan_task(task)
        except Exception:
            log.exception("planning failed for task %s", task_id)
            with database.write() as session:
                later = calendar_of(session).slot_after(slot)
                session.execute(update(_task).where(_task.c.id == task_id).values(next_notice_at=later))
    return len(ids)


class Planner:
    """One slot's planning in one transaction."""

    def __init__(self, session: Session, slot: datetime, tasks: Sequence[Task]) -> None:
        self.session = session
        self.slot = slot
        self.day = slot.astimezone(OFFICE_ZONE).date()
        self.calendar: Calendar = calendar_of(session)
        self.directory = Directory(session, self.day)
        self.units = looked_up(session, Unit, {task.unit_id for task in tasks})

    def plan_task(self, task: Task) -> None:
        """Make the notices of a task's rungs since the last slot, and say when to look again."""
        behind, following = self._until_slot(task)
        latest: dict[tuple[Kind, Audience], Rung] = {}
        for rung in behind:
            missed = latest.get((rung.kind, rung.to))
            if missed is not None:
                self._missed(task, missed)
            latest[(rung.kind, rung.to)] = rung
        changes: dict[str, object] = {}
        for rung in latest.values():
            if rung.name == "L+up" and not may_go_up(self.session, task, self.slot):
                changes["hold_until"] = postponed(self.calendar, self.day)
                continue
            if rung.kind is Kind.REVIEW and task.review_on is not None:
                following_review = self.calendar.review_date(task.review_on, after=max(task.review_on, self.day))
                changes |= {"review_on": following_review, "reviewed_on": self.day}
            self._tell(task, rung)
        self._set(task, following, changes)

    def _until_slot(self, task: Task) -> tuple[list[Rung], datetime | None]:
        """The rungs since the task was looked at last, and the instant of the first one after this slot."""
        since = task.next_notice_at or self.slot
        behind: list[Rung] = []
        for rung in rungs(task, self.calendar, silent=self._is_silent(task)):
            if rung.at > self.slot:
                return behind, rung.at
            if rung.at >= since:
                behind.append(rung)
        return behind, None

    def _tell(self, task: Task, rung: Rung) -> None:
        unit_id = task.unit_id or 0
        facts: dict[str, Any] = {"rung": rung.name, "at": rung.at.isoformat()}
        if task.due_on is not None:
            facts |= {"days_left": self.calendar.between(self.day, task.reminded_due or task.due_on),
                      "days_late": overdue_days(task, self.calendar, clock.now())}  # fmt: skip
        # Also of HỎA TỐC: a rung has its slot, and all of a slot is one message.
        occasion = Occasion(self._key(task, rung), rung.kind, self.slot, task, facts=facts)
        if rung.to is Audience.HEAD:
            people = self.directory.for_head(unit_id)
            if rung.kind in WITH_FOCAL and task.focal_id and task.focal_id not in {r.person_id for r in people}:
                plan(self.session, occasion, [Recipient(task.focal_id)], "focal")
        elif rung.to is Audience.DEPUTY:
            people = self.directory.for_deputy(unit_id)
        elif rung.to is Audience.OFFICE:
            people = self.directory.for_office()
        elif rung.to is Audience.DESK:
            people = self.directory.for_desk(task)
            occasion.facts["waiting_for"] = task.waiting_for
        else:
            people = self.directory.for_leader(self.directory.leader_of(unit_id))
        plan(self.session, occasion, people, rung.to.value)

    def _missed(self, task: Task, rung: Rung) -> None:
        head = self.directory.head(task.unit_id or 0)
        if head is not None:
            insert_once(self.session, Notice, key=f"{self._key(task, rung)}:missed", kind=rung.kind, person_id=head,
                        task_id=task.id, due_version=task.due_version, due_at=rung.at, state=NoticeState.DROPPED,
                        reason="missed", facts={"rung": rung.name})  # fmt: skip

    @staticmethod
    def _key(task: Task, rung: Rung) -> str:
        return f"remind:{task.id}:{task.due_version}:{rung.name}:{rung.kind.value}"

    def _is_silent(self, task: Task) -> bool:
        if task.unit_id is None:
            return True
        unit = self.units.get(task.unit_id)
        return unit is not None and unit.is_leaders

    def _set(self, task: Task, following: datetime | None, changes: dict[str, object]) -> None:
        # Not a move: the version stays, or a button sent this morning would be stale after this afternoon's planning.
        if changes:
            for name, value in changes.items():
                set_committed_value(task, name, value)
            following = next_rung(task, self.calendar, self.slot, silent=self._is_silent(task))
        # Moved meanwhile (not possible on SQLite), it was looked at anew by the move itself.
        written = {"task": task.id, "seen": task.version, "next_notice_at": following, **changes}
        connection_of(self.session).execute(_SEEN, written)
