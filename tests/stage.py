"""The stage of the conversations: Monday 23 November 2026, 08:10, its people, its tasks with their numbers, its contexts.

Everything on it was made by the real models, prompts and messages, and where something was said before, by saying it.
A context is built once and kept as the bytes of its database; each use starts from these bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot import inbox
from bot.channel import Incoming
from bot.prompts import open_prompt
from models import clock, extending, handling
from models.directive import Directive, DirectiveState
from models.event import Event
from models.message import Message, MessageState, Prompt, insert_row
from models.organisation import Absence
from models.task import Task, TaskClass
from tests.office import Office, local

NOW = "2026-11-23 08:10"
DIRECTIVES = {  # number: (issued, from above)
    "1788/SVHTTDL-VP": ("2026-11-20", False), "215/KH-SVHTTDL": ("2026-11-10", False), "4390/UBND-KGVX": ("2026-11-18", True),
}  # fmt: skip
TASKS: dict[int, dict[str, Any]] = {
    9: {"unit": "QLDL", "due": "2026-11-20", "title": "Báo cáo kết quả thu hút khách du lịch"},
    12: {"unit": "QLVH", "due": "2026-11-27", "title": "Báo cáo kết quả số hóa hồ sơ TTHC"},
    13: {"unit": "QLVH", "due": "2026-12-02", "title": "Rà soát danh mục thủ tục hành chính"},
    15: {"unit": "QLVH", "due": "2026-12-02", "title": "Mục 2, Kế hoạch 215/KH-SVHTTDL", "directive": "215/KH-SVHTTDL", "item": "2"},
    21: {"unit": "QLVH", "directive": "1788/SVHTTDL-VP", "item": "3",
         "title": "Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính, không để chậm trễ"},
    8: {"unit": "QLVH", "due": "2026-12-02", "directive": "4390/UBND-KGVX", "authority": True,
        "title": "Báo cáo tình hình bảo tồn di tích"},
    22: {"unit": "QLDL", "directive": "1788/SVHTTDL-VP", "item": "3",
         "title": "Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính của lĩnh vực du lịch"},
    40: {"unit": "QLVH", "due": "2026-12-04", "title": "Báo cáo CCHC tháng 11", "task_class": TaskClass.RECURRING},
}  # fmt: skip
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
                session.add(Directive(sha256=number, source=number, kind="cong_van", number=number, text="", from_above=above,
                                      issued_on=date.fromisoformat(issued), received_on=date.fromisoformat(issued),
                                      issuer="UBND tỉnh" if above else None, state=DirectiveState.ASSIGNED,
                                      registered_at=clock.now()))  # fmt: skip

    def task_of(self, number: int, state: str = "acknowledged", **changed: Any) -> None:
        """One task of the table, assigned on Friday morning and, unless it is to stay so, confirmed by its unit."""
        wanted = TASKS[number] | changed
        unit = wanted["unit"]
        with clock.standing_at(local("2026-11-18 09:00" if state != "assigned" else "2026-11-20 15:00")):
            made = self.assign(unit, due=wanted.get("due"), leader=None if wanted.get("authority") else THANH,
                               authority=wanted.get("authority", False), task_class=wanted.get("task_class"),
                               item=wanted.get("item"), directive_id=self._directive(wanted.get("directive")))  # fmt: skip
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
            message_id = insert_row(session, Message, key=f"stage:{self.count}", person_id=self.people[who], kinds=[kind],
                                    tasks=list(numbers), text=kind, state=MessageState.SENT, not_before=clock.now(),
                                    created_at=clock.now(), sent_at=clock.now())  # fmt: skip
            if prompt:
                open_prompt(session, person_id=self.people[who], kind=kind, tasks=numbers, message_id=message_id)
        return message_id

    def say(self, who: str | None, words: str = "", *, channel: str = "web", key: str | None = None, **more: Any) -> Said:
        """One message through receive and answer. A key that was used before changes nothing."""
        self.count += 1
        before = self._marks()
        with self.database.write() as session:
            inbox_id = inbox.receive(session, channel=channel, bot="", message_key=key or f"m{self.count}", chat_id=who or "stranger",
                                     incoming=Incoming(text=words, **more), person_id=self.people[who] if who else None)  # fmt: skip
        said = Said(inbox_id)
        if inbox_id is not None:
            ids = inbox.answer(self.database, inbox_id)
            with self.database.read() as session:
                said.texts = [session.get_one(Message, message_id).text or "" for message_id in ids]
        return self._since(said, before)

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
            last = [session.exec(select(table.id).order_by(col(table.id).desc()).limit(1)).first() for table in (Event, Prompt)]
        return last[0] or 0, last[1] or 0

    def _since(self, said: Said, before: tuple[int, int]) -> Said:
        with self.database.read() as session:
            events = session.execute(select(Event.verb, Task.number, Event.facts).outerjoin(Task, col(Task.id) == Event.task_id)
                                     .where(col(Event.id) > before[0]).order_by(col(Event.id)))  # fmt: skip
            said.events = [(verb, number, facts or {}) for verb, number, facts in events]
            said.prompts = list(session.exec(select(Prompt).where(col(Prompt.id) > before[1]).order_by(col(Prompt.id))))
        return said


def _a1(stage: Stage) -> None:
    stage.task_of(12, "assigned")
    stage.message(HUNG, "assigned", 12)


def _a2(stage: Stage) -> None:
    stage.tasks_of(12, 13, state="assigned")
    stage.message(HUNG, "assigned", 12, 13)


def _a3(stage: Stage) -> None:
    stage.tasks_of(12, 13, state="assigned")
    stage.message(HUNG, "assigned", 12)
    stage.message(HUNG, "assigned", 13)


def _b1(stage: Stage) -> None:
    stage.task_of(12)
    stage.message(HUNG, "due_soon", 12)


def _b2(stage: Stage) -> None:
    stage.tasks_of(12, 15, 21)
    stage.message(HUNG, "due_soon", 12, 15)


def _s1(stage: Stage) -> None:
    stage.task_of(21)
    stage.message(HUNG, "review", 21)


def _v1(stage: Stage) -> None:
    stage.task_of(12, due="2026-11-20")
    stage.message(HUNG, "overdue", 12)


def _p1(stage: Stage) -> None:
    _b1(stage)
    stage.at("2026-11-23 08:05").say(HUNG, "xong")


def _x1(stage: Stage) -> None:
    _b1(stage)
    stage.at("2026-11-23 08:05").say(HUNG, "4")


def _x2(stage: Stage) -> None:
    _x1(stage)
    stage.say(HUNG, "1/12")


def _w1(stage: Stage) -> None:
    stage.task_of(12)
    stage.at("2026-11-23 08:05").say(HUNG, "xong NV12, số 140/BC-QLVH ngày 20/11")


def _r1(stage: Stage) -> None:
    _w1(stage)
    with stage.database.write() as session:
        handling.give_back(session, stage.by_number(12).id or 0, stage.who(LAN), "thiếu phụ lục")
    stage.message(HUNG, "returned", 12)


def _m1(stage: Stage) -> None:
    stage.task_of(40)
    stage.message(HUNG, "due_soon", 40)


def _h1(stage: Stage) -> None:
    stage.task_of(8)
    stage.message(HUNG, "due_soon", 8)


def _dp(stage: Stage) -> None:
    stage.task_of(12, "assigned")
    with stage.database.write() as session:
        session.add(Absence(person_id=stage.people[HUNG], start=date(2026, 11, 23), end=date(2026, 11, 26)))
    stage.message(MAI, "assigned", 12)


def _du(stage: Stage) -> None:
    stage.task_of(12, "assigned")
    stage.message(MAI, "unconfirmed", 12)


def _all(stage: Stage) -> None:
    stage.tasks_of(9, 12, 13, 15, 21, 8, 40)
    stage.task_of(22, "assigned")


def _l2(stage: Stage) -> None:
    _all(stage)
    nv9 = stage.by_number(9).id or 0
    with stage.database.write() as session:
        extending.ask_extension(session, nv9, stage.who(LONG), date(2026, 12, 4), reason="chờ số liệu của 02 xã")
        extending.forward(session, nv9, stage.who(LAN), "không ảnh hưởng việc tổng hợp")
    stage.message(THANH, "extension_asked", 9)


def _k1(stage: Stage) -> None:
    _all(stage)
    _reports(stage, 12)


def _k2(stage: Stage) -> None:
    _all(stage)
    _reports(stage, 12, 9)


def _reports(stage: Stage, *numbers: int) -> None:
    ids = {number: stage.by_number(number).id or 0 for number in numbers}
    with stage.database.write() as session:
        for number, task_id in ids.items():
            unit = TASKS[number]["unit"].lower()
            handling.report(session, task_id, stage.who(f"{unit}.truong"), product_number=f"14{number}/BC",
                            product_date=date(2026, 11, 20), made_at=local("2026-11-20 16:00"))  # fmt: skip
    stage.message(LAN, "reported", *numbers)


def _h_ten(stage: Stage) -> None:
    stage.task_of(12)
    stage.at("2026-11-23 08:00").say(HUNG, "xong NV12, số 140/BC-QLVH ngày 20/11")


def _h_day(stage: Stage) -> None:
    stage.task_of(12)
    stage.at("2026-11-22 08:10").say(HUNG, "xong NV12, số 140/BC-QLVH ngày 20/11")


def _nothing(stage: Stage) -> None:
    pass


CONTEXTS: dict[str, tuple[Any, str | None]] = {
    "A1": (_a1, HUNG), "A2": (_a2, HUNG), "A3": (_a3, HUNG), "B1": (_b1, HUNG), "B2": (_b2, HUNG), "BR": (_b2, HUNG),
    "S1": (_s1, HUNG), "V1": (_v1, HUNG), "P1": (_p1, HUNG), "X1": (_x1, HUNG), "X2": (_x2, HUNG), "W1": (_w1, HUNG),
    "R1": (_r1, HUNG), "N1": (_nothing, HUNG), "M1": (_m1, HUNG), "H1": (_h1, HUNG), "DP": (_dp, MAI), "DU": (_du, MAI),
    "L1": (_all, THANH), "L2": (_l2, THANH), "K1": (_k1, LAN), "K2": (_k2, LAN), "G1": (_all, THANH), "U1": (_nothing, None),
    "H:10ph": (_h_ten, HUNG), "H:1d": (_h_day, HUNG),
}  # fmt: skip


@cache
def built(context: str) -> bytes:
    """The database of a context, as bytes."""
    stage = Stage()
    CONTEXTS[context][0](stage)
    connection = stage.database.engine.raw_connection()
    try:
        kept: bytes = connection.driver_connection.serialize()  # type: ignore[union-attr]
    finally:
        connection.close()
    stage.database.close()
    return kept


@cache
def _empty() -> Stage:
    return Stage()


def on_stage(context: str) -> Stage:
    """The stage set for a context, at 08:10. One engine is used again and again: only one stage at a time."""
    kept, stage = built(context), _empty()
    clock.stand_at(local(NOW))
    connection = stage.database.engine.raw_connection()
    try:
        connection.driver_connection.deserialize(kept)  # type: ignore[union-attr]
    finally:
        connection.close()
    return stage


