"""The stage of the ten model messages: Monday 23 November 2026 and its people, with notices made by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.render import Rendered, holds, render
from models import clock
from models.directive import Directive, DirectiveState, Instruction
from models.event import Event
from models.message import Kind, Message, MessageState, Notice, NoticeState, insert_row
from models.task import Task
from papers.weekly.digest import Reports
from tests.office import Office, local

NV41 = "Báo cáo CCHC tháng 11"
HUNG, LONG, PHUONG, LAN, HA, THANH = "qlvh.truong", "qldl.truong", "qldl.pho", "vp.truong", "pgd1", "gd"


class Desk(Office):
    """An office that can make a directive, name its tasks, and render notices as they would be carried."""

    def __init__(self, at: str = "2026-11-23 13:30") -> None:
        super().__init__(at)
        self.count = 0

    def at(self, text: str) -> Desk:
        """Set the clock."""
        super().at(text)
        return self

    def directive(
        self,
        number: str,
        issued: str,
        *,
        above: str | None = None,
        arrival: str | None = None,
        received: str | None = None,
        kind: str = "cong_van",
        said: tuple[str, str, str] | None = None,
    ) -> int:
        """A registered document; `said`: (who, day, words) of a leader's instruction on it."""
        with self.database.write() as session:
            directive_id = insert_row(
                session,
                Directive,
                sha256=number,
                source=number,
                kind=kind,
                number=number,
                text="",
                issuer=above,
                issued_on=date.fromisoformat(issued),
                from_above=above is not None,
                state=DirectiveState.ASSIGNED,
                received_on=date.fromisoformat(received or issued),
                arrival_number=arrival,
                registered_at=clock.now(),
            )
            if said:
                session.add(
                    Instruction(
                        directive_id=directive_id,
                        leader_id=self.people[said[0]],
                        words=said[2],
                        said_on=date.fromisoformat(said[1]),
                        entered_at=clock.now(),
                    )
                )
        return directive_id

    def task_named(self, number: int, unit: str, title: str, **more: Any) -> Task:
        """One task with the number and the title of a model message."""
        made = self.assign(unit, **more)
        with self.database.write() as session:
            session.execute(update(Task).where(col(Task.id) == made.id).values(number=number, title=title))
        return self.task(made.id)

    def notice(
        self,
        who: str,
        kind: Kind,
        task: Task | None = None,
        *,
        told: str | None = None,
        event: int | None = None,
        **facts: Any,
    ) -> Notice:
        """A carried notice, planned now."""
        self.count += 1
        with self.database.write() as session:
            made = Notice(
                key=f"n{self.count}",
                kind=kind,
                person_id=self.people[who],
                facts=facts,
                event_id=event,
                told_id=self.people[told] if told else None,
                task_id=task.id if task else None,
                due_version=task.due_version if task else None,
                due_at=clock.now(),
                state=NoticeState.CARRIED,
            )
            session.add(made)
        return made

    def sent(self, who: str, kind: Kind, task: Task, at: str, **facts: Any) -> None:
        """A message about a task that went out at a moment."""
        with clock.standing_at(local(at)):
            notice = self.notice(who, kind, task, **facts)
            with self.database.write() as session:
                message_id = insert_row(
                    session,
                    Message,
                    key=f"m{self.count}",
                    person_id=notice.person_id,
                    not_before=clock.now(),
                    state=MessageState.SENT,
                    created_at=clock.now(),
                    sent_at=clock.now(),
                )
                session.execute(update(Notice).where(col(Notice.id) == notice.id).values(message_id=message_id))

    def rendered(self, who: str, *notices: Notice, at: datetime | None = None) -> Rendered:
        """What one person gets now."""
        with self.database.read() as session:
            return render(session, self.people[who], notices, at or clock.now(), Reports())

    def holds(self, notice: Notice) -> str | None:
        """Does it still hold now?"""
        with self.database.read() as session:
            return holds(session, notice, clock.now())


def late_task(desk: Desk) -> Task:
    """NV41 of the model messages: QLDL, due Friday 4 December."""
    desk.at("2026-11-05 09:00")
    return desk.task_named(41, "QLDL", NV41, due="2026-12-04", leader=THANH)


def event_of(desk: Desk, task: Task, verb: str) -> tuple[int, dict[str, Any]]:
    """The last event of one kind and its facts, as a notice carries them."""
    with desk.database.read() as session:
        query = select(Event).where(Event.task_id == task.id, Event.verb == verb).order_by(col(Event.id).desc())
        found = session.exec(query).first()
        assert found is not None and found.id is not None
        return found.id, dict(found.facts or {})
