"""News that waits for no slot: one message for a person and a kind of news, however many tasks it is about."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.handling import accept, give_back, report
from models.message import Message, Notice
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
