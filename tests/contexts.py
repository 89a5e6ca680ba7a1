"""The contexts of the table of utterances: what is open, and the last message of the bot.

A context is built once and its database kept; each use starts from a copy of its pages.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache
from typing import Any

from models import clock, extending, handling
from models.organisation import Absence
from tests.office import driver_of, local
from tests.stage import HUNG, LAN, LONG, MAI, NOW, TASKS, THANH, Stage


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
    stage.do(handling.give_back, stage.by_number(12), LAN, "thiếu phụ lục")
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
            handling.report(
                session,
                task_id,
                stage.who(f"{unit}.truong"),
                product_number=f"14{number}/BC",
                product_date=date(2026, 11, 20),
                made_at=local("2026-11-20 16:00"),
            )
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
    "A1": (_a1, HUNG),
    "A2": (_a2, HUNG),
    "A3": (_a3, HUNG),
    "B1": (_b1, HUNG),
    "B2": (_b2, HUNG),
    "BR": (_b2, HUNG),
    "S1": (_s1, HUNG),
    "V1": (_v1, HUNG),
    "P1": (_p1, HUNG),
    "X1": (_x1, HUNG),
    "X2": (_x2, HUNG),
    "W1": (_w1, HUNG),
    "R1": (_r1, HUNG),
    "N1": (_nothing, HUNG),
    "M1": (_m1, HUNG),
    "H1": (_h1, HUNG),
    "DP": (_dp, MAI),
    "DU": (_du, MAI),
    "L1": (_all, THANH),
    "L2": (_l2, THANH),
    "K1": (_k1, LAN),
    "K2": (_k2, LAN),
    "G1": (_all, THANH),
    "U1": (_nothing, None),
    "H:10ph": (_h_ten, HUNG),
    "H:1d": (_h_day, HUNG),
}


@cache
def built(context: str) -> sqlite3.Connection:
    """The database of a context."""
    stage = Stage()
    CONTEXTS[context][0](stage)
    kept = sqlite3.connect(":memory:")
    driver_of(stage.database).backup(kept)
    return kept


@cache
def _empty() -> Stage:
    return Stage()


def on_stage(context: str) -> Stage:
    """The stage set for a context, at 08:10. One engine is used again and again: only one stage at a time."""
    kept, stage = built(context), _empty()
    clock.stand_at(local(NOW))
    kept.backup(driver_of(stage.database))
    return stage
