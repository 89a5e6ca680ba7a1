"""Answers that record nothing: another unit's code, thanks, who owes what, and what a group may read."""

from __future__ import annotations

from sqlmodel import col, select

from models.message import Message
from tests.contexts import on_stage
from tests.stage import HUNG, LONG, THANH


def test_another_units_code_is_answered_without_its_title() -> None:
    stage = on_stage("B1")
    stage.task_of(9)
    said = stage.say(HUNG, "NV9 xong")
    assert said.events == [] and "NV9" in said.text and "khách du lịch" not in said.text


def test_thanks_get_one_line_a_day() -> None:
    stage = on_stage("B1")
    assert [len(stage.say(HUNG, words).texts) for words in ("tks", "ok", "vâng")] == [1, 0, 0]
    assert len(stage.at("2026-11-25 08:00").say(HUNG, "tks").texts) == 1


def test_a_head_sees_his_own_unit_and_a_group_only_totals() -> None:
    stage = on_stage("B2")
    stage.task_of(9)
    assert "Du lịch" not in stage.say(HUNG, "ai còn nợ việc gì?").text
    stage = on_stage("G1")
    said = stage.say(THANH, "@Đôn Đốc ai còn nợ việc gì?", group=True)
    assert "NV9" not in said.texts[0] and "quá hạn 1" in said.texts[0] and "NV9" in said.texts[1]
    with stage.database.read() as session:
        where = session.exec(select(Message.chat_id).where(Message.inbox_id == said.inbox_id).order_by(col(Message.id)))
        assert list(where) == [THANH, None]


def test_long_is_named_with_what_he_owes() -> None:
    said = on_stage("L1").say(THANH, "sao phòng anh Long chậm thế")
    assert "Phòng Quản lý Du lịch · NV9" in said.text and LONG not in said.text
