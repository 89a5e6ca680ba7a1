"""Taking back one's own last act: ten minutes, the same person, nobody acted since."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from models import handling
from models.moves import TooLateToTakeBack, move
from models.report import CompletionReport
from models.task import State, Task, Waiting
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def row(office: Office, task: Task) -> dict[str, Any]:
    return office.task(task.id).model_dump(exclude={"version", "next_notice_at"})


def refuse(session: Any, task_id: int, actor: Any) -> Task:
    return move(session, task_id, "refuse", actor, reason="không thuộc chức năng")


@pytest.mark.parametrize(
    ("state", "verb", "act"),
    [("assigned", "acknowledge", handling.acknowledge), ("assigned", "report", handling.report),
     ("assigned", "refuse", refuse), ("acknowledged", "report", handling.report), ("acknowledged", "refuse", refuse)],
)  # fmt: skip
def test_taking_back_restores_every_column(office: Office, state: str, verb: str, act: Any) -> None:
    task = office.assign("TTS", due="2023-08-30")
    if state == "acknowledged":
        office.do(handling.progress, task, "tts.truong", words="trình ký", waiting=Waiting.SUBMITTED, waiting_for="gd")
    before = row(office, task)
    office.do(act, task, "tts.truong")
    office.at("2023-07-24 09:10")
    assert office.do(handling.undo, task, "tts.truong")[1] == verb
    assert row(office, task) == before


def test_after_ten_minutes_it_is_too_late_to_take_back(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.at("2023-07-24 09:11")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")


@pytest.mark.parametrize("who", ["tts.pho", "vp.truong"])
def test_nobody_takes_back_what_another_did(office: Office, who: str) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, who)


def test_nothing_is_taken_back_when_somebody_has_acted_since(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.progress, task, "tts.pho", words="đang làm")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")


def test_an_act_is_taken_back_once(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.undo, task, "tts.truong")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")
    office.do(handling.acknowledge, task, "tts.truong")


def test_the_office_takes_back_what_it_entered_for_a_unit(office: Office) -> None:
    task = office.assign("TTS")
    with office.database.write() as session:
        handling.acknowledge(session, task.id or 0, office.who("vp.vanthu", behalf=True))
    office.do(handling.undo, task, "vp.vanthu")
    assert office.task(task.id).state is State.ASSIGNED


def test_a_report_taken_back_is_void_and_is_not_announced(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, "tts.truong")
    office.do(handling.undo, task, "tts.truong")
    with office.database.read() as session:
        assert session.exec(select(CompletionReport.voided_at)).one() is not None
    office.tick("2023-07-24 13:30")
    assert office.told("reported", state=None) == []


def test_what_was_told_at_the_very_end_of_the_ten_minutes_is_not_taken_back(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.tick("2023-07-24 09:10")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")
