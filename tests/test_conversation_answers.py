"""Answers that record nothing: another unit's code, thanks, who owes what, and what a group may read."""

from __future__ import annotations

from sqlmodel import col, select

from models.message import Message
from models.task import State
from tests.contexts import on_stage
from tests.stage import HUNG, LAN, LONG, THANH


def test_another_units_code_is_answered_without_its_title() -> None:
    stage = on_stage("B1")
    stage.task_of(9)
    said = stage.say(HUNG, "NV9 xong")
    assert said.events == [] and "NV9" in said.text and "khách du lịch" not in said.text


def test_whatever_is_asked_names_its_task_since_not_every_chat_can_reply_to_one_message() -> None:
    for words in ("xin gia hạn đến 20/12", "xin lùi đến 25/11", "xin gia hạn đến 12/5/2027"):
        said = on_stage("B1").say(HUNG, words)
        assert said.events == [] and said.text.startswith("NV12: "), words


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


def test_a_number_that_nothing_waits_for_is_said_so_every_time() -> None:
    stage = on_stage("A1")
    assert "NV12" in stage.say(HUNG, "1").text
    assert ["Hiện không có việc nào" in stage.say(HUNG, "1").text for _ in range(2)] == [True, True]


def test_passing_on_without_a_reason_asks_for_one_and_keeps_the_words_as_typed() -> None:
    stage = on_stage("A1")
    stage.say(HUNG, "5 NV12")
    assert "lý do" in stage.say(HUNG, "8").text.lower() and stage.by_number(12).state is State.ASSIGNED
    stage = on_stage("A1")
    stage.say(HUNG, "5 K phải việc của Phòng, chuyển TCCB")
    (done,) = stage.say(HUNG, "8").events
    assert (done[0], done[2]["reason"]) == ("refuse", "K phải việc của Phòng, chuyển TCCB")


def test_done_is_a_report_even_when_a_reason_for_more_time_was_asked() -> None:
    assert [verb for verb, _, _ in on_stage("X2").say(HUNG, "xong rồi").events] == ["report"]
    told = on_stage("X2").say(HUNG, "vì xã làm xong rồi mới có số liệu")
    assert [verb for verb, _, _ in told.events] == ["add_reason"]


def test_the_sign_of_a_document_joins_its_number() -> None:
    stage = on_stage("P1")
    stage.say(HUNG, "145")
    (done,) = stage.say(HUNG, "BC-QLVH ngày 20/11").events
    assert (done[2]["product"], done[2]["product_date"]) == ("145/BC-QLVH", "2026-11-20")


def test_a_task_without_a_date_needs_no_more_time_and_the_last_word_has_its_local_day() -> None:
    stage = on_stage("S1")
    assert "không phải gia hạn" in stage.say(HUNG, "xin gia hạn NV21 đến 30/12").text
    stage.at("2026-11-25 00:30").say(HUNG, "3 NV21 đang rà soát")
    assert "thứ Tư 25/11/2026" in stage.say(LAN, "NV21").text


def test_a_unit_that_works_on_waits_for_another_no_more() -> None:
    stage = on_stage("B1")
    stage.say(HUNG, "chờ QLDL gửi số liệu")
    assert [verb for verb, _, _ in stage.say(HUNG, "đang tổng hợp").events] == ["progress", "resume_work"]
    assert stage.by_number(12).waiting is None
    stage.say(HUNG, "đã trình c Hà ký")
    stage.say(HUNG, "chị Hà đang xem")
    assert stage.by_number(12).waiting is not None
    stage.say(HUNG, "chị Hà trả lại, đang sửa")
    assert stage.by_number(12).waiting is None


def test_the_cause_beside_an_acceptance_is_kept_as_said() -> None:
    stage = on_stage("K1")
    stage.say(LAN, "8 NV12 do chờ ký từ ngày 20/11")
    assert (stage.by_number(12).state, stage.by_number(12).objective_cause) == (
        State.COMPLETED, "chờ ký từ ngày 20/11"
    )  # fmt: skip
    stage = on_stage("K1")
    assert "không ghi lùi về thứ Sáu 20/11/2026" in stage.say(LAN, "xác nhận NV12 từ ngày 20/11").text
    stage.say(LAN, "8")
    assert stage.by_number(12).objective_cause is None


def test_the_office_decides_what_is_asked_of_it_also_while_it_has_work_of_its_own() -> None:
    stage = on_stage("K1")
    stage.count += 50  # beside the messages that the context made
    stage.message(LAN, "unconfirmed", 15)
    assert [verb for verb, _, _ in stage.say(LAN, "8").events] == ["accept"]
    stage = on_stage("L2")
    stage.count += 50  # beside the messages that the context made
    stage.message(LAN, "unconfirmed", 15)
    assert [verb for verb, _, _ in stage.say(LAN, "8 NV9 có lý do chính đáng").events] == ["forward"]
