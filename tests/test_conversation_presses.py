"""Buttons: the same as the typed number, once, by the person asked, while the question is open and the task stands."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from models import extending
from models.message import Message, Prompt
from models.task import State
from tests.contexts import on_stage
from tests.stage import HUNG, LAN, LONG, MAI, THANH, Said, Stage


def verbs(said: Said) -> list[tuple[str, int | None]]:
    return [(verb, number) for verb, number, _ in said.events]


def last_prompt(stage: Stage, who: str) -> int:
    with stage.database.read() as session:
        query = select(Prompt.id).where(Prompt.person_id == stage.people[who]).order_by(col(Prompt.id).desc())
        return session.exec(query).first() or 0


def buttons(stage: Stage, said: Said) -> list[dict[str, object]]:
    with stage.database.read() as session:
        query = select(Message.buttons).where(Message.inbox_id == said.inbox_id)
        return list(session.exec(query).one())


def test_a_button_does_what_its_number_does() -> None:
    stage = on_stage("A2")
    assert verbs(stage.press(HUNG, last_prompt(stage, HUNG), 1)) == [("acknowledge", 12), ("acknowledge", 13)]


def test_a_button_of_one_task_leaves_the_other_open() -> None:
    stage = on_stage("A2")
    said = stage.press(HUNG, last_prompt(stage, HUNG), 1, 13)
    assert verbs(said) == [("acknowledge", 13)] and "Còn chờ xác nhận: NV12" in said.text


def test_the_second_press_does_nothing_and_says_so() -> None:
    stage = on_stage("A1")
    prompt = last_prompt(stage, HUNG)
    stage.press(HUNG, prompt, 1)
    again = stage.press(HUNG, prompt, 1)
    assert verbs(again) == [] and "đã được trả lời" in again.text and len(again.texts) == 1


def test_somebody_elses_button_does_nothing_and_says_so() -> None:
    stage = on_stage("A1")
    said = stage.press(MAI, last_prompt(stage, HUNG), 1)
    assert verbs(said) == [] and "không dùng được" in said.text


def test_an_expired_button_does_nothing_and_says_so() -> None:
    stage = on_stage("A1")
    said = stage.at("2026-12-29 09:00").press(HUNG, last_prompt(stage, HUNG), 1)
    assert verbs(said) == [] and "quá thời gian trả lời" in said.text


def test_a_decision_is_not_taken_on_what_has_changed_since_it_was_asked() -> None:
    stage = on_stage("L2")
    task_id = stage.by_number(9).id or 0
    with stage.database.write() as session:
        extending.ask_extension(session, task_id, stage.who(LONG), date(2026, 12, 31), reason="thêm việc")
    said = stage.press(THANH, last_prompt(stage, THANH), 8)
    assert verbs(said) == [] and "có thay đổi" in said.text
    assert str(stage.by_number(9).due_on) == "2026-11-20"


def test_a_read_back_is_answered_by_its_buttons() -> None:
    stage = on_stage("A1")
    asked = stage.say(HUNG, "Việc này của Phòng QLDL, phòng tôi không có chức năng")
    assert [button["number"] for button in buttons(stage, asked)] == [8, 9]
    said = stage.press(HUNG, last_prompt(stage, HUNG), 8)
    assert verbs(said) == [("refuse", 12)] and stage.by_number(12).state is State.REFUSED
    again = stage.press(HUNG, last_prompt(stage, HUNG), 8)
    assert verbs(again) == [] and "đã được trả lời" in again.text


def test_which_task_is_chosen_by_a_button_of_its_own() -> None:
    stage = on_stage("B2")
    asked = stage.say(HUNG, "xong rồi")
    assert [(button["label"], button["task"]) for button in buttons(stage, asked)] == [("NV12", 12), ("NV15", 15)]
    said = stage.press(HUNG, last_prompt(stage, HUNG), 2, 15)
    assert verbs(said) == [("report", 15)]


def test_a_picture_is_said_to_be_progress_by_a_button() -> None:
    stage = on_stage("B1")
    stage.say(HUNG, attachments=("photo",))
    assert verbs(stage.press(HUNG, last_prompt(stage, HUNG), 3)) == [("progress", 12)]


def test_the_office_accepts_and_returns_by_buttons() -> None:
    stage = on_stage("K2")
    prompt = last_prompt(stage, LAN)
    assert verbs(stage.press(LAN, prompt, 8, 12)) == [("accept", 12)]
    asked = stage.press(LAN, prompt, 9, 9)
    assert verbs(asked) == [] and "bổ sung" in asked.text
    assert verbs(stage.say(LAN, "chưa có dấu")) == [("return", 9)]


def test_pressing_five_is_read_back_first() -> None:
    stage = on_stage("A1")
    asked = stage.press(HUNG, last_prompt(stage, HUNG), 5)
    assert verbs(asked) == [] and stage.by_number(12).state is State.ASSIGNED
