"""The stage of the conversations: Monday 23 November 2026, 08:10, its people and tasks with their numbers.

Everything on it was made by the real models, prompts and messages, and where something was said before, by saying it.
`contexts.py` sets it for a row of the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, func, update
from sqlmodel import col, select

from bot import inbox
from bot.channel import Incoming
from bot.prompts import open_prompt
from models import clock, handling
from models.directive import Directive, DirectiveState
from models.event import Event
from models.message import Message, MessageState, Prompt, insert_row
from models.task import Task, TaskClass
from tests.office import Office, local

NOW = "2026-11-23 08:10"
DIRECTIVES = {  # number: (issued, from above)
    "1788/SVHTTDL-VP": ("2026-11-20", False),
    "215/KH-SVHTTDL": ("2026-11-10", False),
    "4390/UBND-KGVX": ("2026-11-18", True),
}
TASKS: dict[int, dict[str, Any]] = {
    9: {"unit": "QLDL", "due": "2026-11-20", "title": "Báo cáo kết quả thu hút khách du lịch"},
    12: {"unit": "QLVH", "due": "2026-11-27", "title": "Báo cáo kết quả số hóa hồ sơ TTHC"},
    13: {"unit": "QLVH", "due": "2026-12-02", "title": "Rà soát danh mục thủ tục hành chính"},
    15: {
        "unit": "QLVH",
        "due": "2026-12-02",
        "title": "Mục 2, Kế hoạch 215/KH-SVHTTDL",
        "directive": "215/KH-SVHTTDL",
        "item": "2",
    },
    21: {
        "unit": "QLVH",
        "directive": "1788/SVHTTDL-VP",
        "item": "3",
        "title": "Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính, không để chậm trễ",
    },
    8: {
        "unit": "QLVH",
        "due": "2026-12-02",
        "directive": "4390/UBND-KGVX",
        "authority": True,
        "title": "Báo cáo tình hình bảo tồn di tích",
    },
    22: {
        "unit": "QLDL",
        "directive": "1788/SVHTTDL-VP",
        "item": "3",
        "title": "Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính của lĩnh vực du lịch",
    },
    40: {"unit": "QLVH", "due": "2026-12-04", "title": "Báo cáo CCHC tháng 11", "task_class": TaskClass.RECURRING},
}
# Built once: the utterances are said a thousand times, and putting statements together costs as much as a turn.
_event, _prompt, _message, _task = Event.__table__.c, Prompt.__table__.c, Message.__table__.c, Task.__table__.c
_LAST = sqlalchemy.select(*(sqlalchemy.select(func.max(one.id)).scalar_subquery() for one in (_event, _prompt)))
_EVENTS = (
    sqlalchemy.select(_event.verb, _task.number, _event.facts)
    .select_from(Event.__table__.outerjoin(Task.__table__, _task.id == _event.task_id))
    .where(_event.id > bindparam("after"))
    .order_by(_event.id)
)
_PROMPTS = sqlalchemy.select(Prompt).where(_prompt.id > bindparam("after")).order_by(_prompt.id)
_TEXTS = sqlalchemy.select(_message.id, _message.text).where(_message.id.in_(bindparam("ids", expanding=True)))
HUNG, MAI, THANH, LAN, LONG = "qlvh.truong", "qlvh.pho", "gd", "vp.truong", "qldl.truong"


@dataclass
class Said:
    """What one message did: rows that are new since it came."""

    inbox_id: int | None
    texts: list[str] = field(default_factory=list)
    events: list[tuple[str, int | None, dict[str, Any]]] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


class Stage(Office):
    """The office with the tasks of the table; `say()` sends one message through the inbox and shows what it did."""

    def __init__(self, at: str = NOW, url: str = "sqlite://") -> None:
        super().__init__(at, url)
        self.count = 0
        with self.database.write() as session:
            for number, (issued, above) in DIRECTIVES.items():
                session.add(
                    Directive(
                        sha256=number,
                        source=number,
                        kind="cong_van",
                        number=number,
                        text="",
                        from_above=above,
                        issued_on=date.fromisoformat(issued),
                        received_on=date.fromisoformat(issued),
                        issuer="UBND tỉnh" if above else None,
                        state=DirectiveState.ASSIGNED,
                        registered_at=clock.now(),
                    )
                )

    def task_of(self, number: int, state: str = "acknowledged", **changed: Any) -> None:
        """One task of the table, assigned on Friday morning and, unless it is to stay so, confirmed by its unit."""
        wanted = TASKS[number] | changed
        unit = wanted["unit"]
        with clock.standing_at(local("2026-11-18 09:00" if state != "assigned" else "2026-11-20 15:00")):
            made = self.assign(
                unit,
                due=wanted.get("due"),
                leader=None if wanted.get("authority") else THANH,
                authority=wanted.get("authority", False),
                task_class=wanted.get("task_class"),
                item=wanted.get("item"),
                directive_id=self._directive(wanted.get("directive")),
            )
            with self.database.write() as session:
                values = {"number": number, "title": wanted["title"], "text": wanted["title"]}
                session.execute(update(Task).where(col(Task.id) == made.id).values(**values))
                if made.due_on is None:
                    session.execute(update(Task).where(col(Task.id) == made.id).values(review_on=date(2026, 12, 31)))
                if state != "assigned":
                    handling.acknowledge(session, made.id or 0, self.who(f"{unit.lower()}.truong"))

    def tasks_of(self, *numbers: int, state: str = "acknowledged", **changed: Any) -> None:
        for number in numbers:
            self.task_of(number, state, **changed)

    def message(self, who: str, kind: str, *numbers: int, prompt: bool = True) -> int:
        """A message of the bot's that has gone out, with its prompt; its id."""
        self.count += 1
        with self.database.write() as session:
            message_id = insert_row(
                session,
                Message,
                key=f"stage:{self.count}",
                person_id=self.people[who],
                kinds=[kind],
                tasks=list(numbers),
                text=kind,
                state=MessageState.SENT,
                not_before=clock.now(),
                created_at=clock.now(),
                sent_at=clock.now(),
            )
            if prompt:
                open_prompt(session, person_id=self.people[who], kind=kind, tasks=numbers, message_id=message_id)
        return message_id

    def at(self, text: str) -> Stage:
        """Set the clock."""
        super().at(text)
        return self

    def say(
        self, who: str | None, words: str = "", *, channel: str = "web", key: str | None = None, **more: Any
    ) -> Said:
        """One message through receive and answer. A key that was used before changes nothing."""
        self.count += 1
        before = self._marks()
        with self.database.write() as session:
            inbox_id = inbox.receive(
                session,
                channel=channel,
                bot="",
                message_key=key or f"m{self.count}",
                chat_id=who or "stranger",
                incoming=Incoming(text=words, **more),
                person_id=self.people[who] if who else None,
            )
        replies = inbox.answer(self.database, inbox_id) if inbox_id is not None else []
        return self._since(Said(inbox_id), before, replies)

    def press(self, who: str, prompt: int, number: int, task: int | None = None) -> Said:
        """A tap on a button."""
        return self.say(who, press={"prompt": prompt, "number": number, "task": task})

    def by_number(self, number: int) -> Task:
        """The row of NV<number> as it is now."""
        with self.database.read() as session:
            return session.exec(select(Task).where(Task.number == number)).one()

    def _directive(self, number: str | None) -> int | None:
        with self.database.read() as session:
            return session.exec(select(Directive.id).where(Directive.number == number)).first()

    def _marks(self) -> tuple[int, int]:
        with self.database.read() as session:
            event, prompt = session.connection().execute(_LAST).one()
        return event or 0, prompt or 0

    def _since(self, said: Said, before: tuple[int, int], replies: list[int]) -> Said:
        with self.database.read() as session:
            connection = session.connection()
            events = connection.execute(_EVENTS, {"after": before[0]})
            said.events = [(verb, number, facts or {}) for verb, number, facts in events]
            said.prompts = list(session.execute(_PROMPTS, {"after": before[1]}).scalars())
            texts = {row.id: row.text for row in connection.execute(_TEXTS, {"ids": replies})} if replies else {}
        said.texts = [texts[message_id] or "" for message_id in replies]
        return said
