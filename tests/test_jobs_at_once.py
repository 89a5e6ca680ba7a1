"""News that waits for no slot: one message for a person and a kind of news, however many tasks it is about."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session, col, select

from jobs.next_in_line import pass_on
from models.handling import accept, give_back, report
from models.message import Kind, Message, Notice
from models.organisation import Absence
from models.task import Task
from tests.office import Office


def reported(office: Office, unit: str, count: int) -> list[Task]:
    tasks = [office.assign(unit, due="2023-08-30") for _ in range(count)]
    for task in tasks:
        office.do(report, task, f"{unit.lower()}.truong")
    return tasks


def carried(session: Session, kinds: tuple[str, ...]) -> list[tuple[str, list[int | None]]]:
    """(key of the message, tasks of its notices) of every message of these kinds, in order."""
    query = select(Message.key, Notice).join(Notice, col(Notice.message_id) == Message.id).order_by(col(Notice.id))
    found: dict[str, list[int | None]] = {}
    for key, notice in session.exec(query):
        if notice.kind.value in kinds:
            found.setdefault(key, []).append(notice.task_id)
    return list(found.items())


def test_several_acceptances_in_one_tick_are_one_message_under_the_first_one_s_key() -> None:
    office = Office("2023-07-24 09:00")
    first, second, back = reported(office, "TTS", 3)
    other = reported(office, "BT", 1)[0]
    office.at("2023-07-24 09:20")
    for task in (first, other, second):
        office.do(accept, task, "vp.truong")
    office.do(give_back, back, "vp.truong", "thiếu phụ lục")
    office.tick("2023-07-24 09:30")
    with office.database.read() as session:
        messages = carried(session, ("accepted", "returned"))
        first_key = session.exec(select(Notice.key).where(Notice.task_id == first.id, Notice.kind == "accepted")).one()
    assert [tasks for _, tasks in messages] == [[first.id, second.id], [other.id], [back.id]]
    assert messages[0][0] == first_key


def test_what_is_accepted_later_is_a_message_of_its_own() -> None:
    office = Office("2023-07-24 09:00")
    tasks = reported(office, "TTS", 2)
    for task, minute in zip(tasks, ("20", "40"), strict=True):
        office.at(f"2023-07-24 09:{minute}")
        office.do(accept, task, "vp.truong")
        office.tick()
        office.tick()
    with office.database.read() as session:
        assert [found for _, found in carried(session, ("accepted",))] == [[task.id] for task in tasks]


def test_hoa_toc_goes_at_once_but_in_a_slot_with_all_the_rest() -> None:
    office = Office("2023-07-24 07:29")
    office.assign("TTS", urgency="HỎA TỐC")
    office.assign("TTS")
    office.tick("2023-07-24 07:30")
    office.tick("2023-07-24 13:30")
    with office.database.read() as session:
        told = [(key.partition(":")[0], len(tasks)) for key, tasks in carried(session, ("assigned", "unconfirmed"))]
    assert told == [("slot", 2), ("slot", 2)]


def test_who_is_there_is_asked_of_the_day_on_which_it_goes() -> None:
    office = Office("2023-07-24 16:00")
    office.assign("TTS")
    with office.database.write() as session:
        session.add(Absence(person_id=office.people["tts.truong"], deputy_id=office.people["tts.pho"],
                            start=date(2023, 7, 25), end=date(2023, 7, 28)))  # fmt: skip
    office.tick("2023-07-24 16:00")
    office.tick("2023-07-25 07:30")
    assert office.told("assigned") == [("07-25 07:30", "tts.pho", "assigned")]


@pytest.mark.parametrize(("role", "passed"), [("head", True), ("focal", False), ("deputy", False)])
def test_a_copy_that_reaches_nobody_is_passed_on_to_nobody(role: str, passed: bool) -> None:
    office = Office("2023-07-24 09:00")
    task = office.assign("TTS", due="2023-08-30")
    with office.database.write() as session:
        notice = Notice(key="n", kind=Kind.DUE_SOON, person_id=office.people["tts.truong"], task_id=task.id,
                        due_at=office.now(), facts={"for_role": role})  # fmt: skip
        session.add(notice)
        session.flush()
        pass_on(session, notice)
        assert (len(session.exec(select(Notice)).all()) > 1) is passed
