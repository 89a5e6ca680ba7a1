"""A directive that was assigned and the draft that replaces it: what the tests of replacing and recalling stand on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import col, select

from jobs import announce
from models import clock, replacing
from models.confirm import confirm, items_of
from models.directive import Directive
from models.event import Event
from models.message import Notice
from models.succession import Choice, Fate
from models.task import Task
from tests.office import Office
from tests.test_confirm import draft

CLERK = "vp.vanthu"
REASON = "thay thế bởi Công văn số 2"


def assigned(office: Office, number: int) -> list[Task]:
    with office.database.write() as session:
        return confirm(session, number, office.who(CLERK), waive=True)


def old_and_new(office: Office, *new: dict[str, Any], **columns: Any) -> tuple[int, int]:
    """An assigned directive with NV1 TTS, NV2 QLVH and NV3 BT; and the draft that is named as replacing it."""
    first = draft(office, {"units": "TTS", "due_on": date(2023, 8, 1), "co_units": "VP"}, {"units": "QLVH"},
                  {"units": "BT", "due_on": date(2023, 8, 10)}, number="1/UBND", from_above=True)  # fmt: skip
    assigned(office, first)
    second = draft(office, *(new or ({"units": "TTS", "due_on": date(2023, 9, 1), "co_units": "TCCB"},
                                     {"units": "TV"})), number="2/UBND", from_above=True, **columns)  # fmt: skip
    with office.database.write() as session:
        assert replacing.name_replaced(session, session.get_one(Directive, second), first, office.who(CLERK))
    return first, second


def item_id(office: Office, directive_id: int, place: int = 0) -> int:
    with office.database.read() as session:
        return items_of(session, directive_id)[place].id or 0


def choose(office: Office, number: int, **fates: str) -> None:
    """NV1="keep" | "withdraw" | "move 0": to the item at this place."""
    choices = choices_of(office, number, fates)
    with office.database.write() as session:
        replacing.choose(session, session.get_one(Directive, number), choices, REASON, office.who(CLERK))


def choices_of(office: Office, number: int, fates: dict[str, str]) -> dict[str, Choice]:
    with office.database.read() as session:
        states = {task.code: task.state.value for task in session.exec(select(Task))}
    found = {}
    for name, fate in fates.items():
        word, *place = fate.split()
        target = item_id(office, number, int(place[0])) if place else None
        found[name.replace("_", ":")] = Choice(Fate(word), states.get(name, ""), target)
    return found


def events(office: Office, subject: str) -> list[str]:
    with office.database.read() as session:
        return list(session.exec(select(Event.verb).where(Event.subject == subject).order_by(col(Event.id))))


def told(office: Office) -> set[tuple[str, str, str]]:
    """(NVn, person, kind) of every notice made of the events until now."""
    with office.database.write() as session:
        announce.announce(session, clock.now())
        tasks = {task.id: task.code for task in session.exec(select(Task))}
        return {(tasks[one.task_id], office.names[one.person_id], one.kind.value)
                for one in session.exec(select(Notice)) if one.task_id}  # fmt: skip
