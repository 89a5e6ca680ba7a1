"""Dialogues over several messages: what each step records, asks and says, and that nothing is kept in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from models import clock
from models.base import Database
from models.message import Notice, Prompt
from models.report import CompletionReport, Decision, Extension, add_evidence
from models.task import State, Waiting
from tests.contexts import on_stage
from tests.office import SETTINGS
from tests.stage import HUNG, LAN, THANH, Said, Stage


def verbs(said: Said) -> list[tuple[str, int | None]]:
    return [(verb, number) for verb, number, _ in said.events]


def report_of(stage: Stage, number: int) -> CompletionReport:
    query = select(CompletionReport).where(CompletionReport.task_id == stage.by_number(number).id)
    with stage.database.read() as session:
        return session.exec(query.order_by(col(CompletionReport.id).desc())).one()


def extension_of(stage: Stage, number: int) -> Extension:
    query = select(Extension).where(Extension.task_id == stage.by_number(number).id)
    with stage.database.read() as session:
        return session.exec(query.order_by(col(Extension.id).desc())).first() or pytest.fail("no request")


def notices(stage: Stage, what: str) -> list[Notice]:
    with stage.database.read() as session:
        return [one for one in session.exec(select(Notice)) if one.facts.get("what") == what]


def open_kinds(stage: Stage, who: str) -> list[str]:
    with stage.database.read() as session:
        query = select(Prompt.kind).where(Prompt.person_id == stage.people[who], col(Prompt.closed_at) == None)  # noqa: E711
        return list(session.exec(query.order_by(col(Prompt.id))))


def test_a_report_is_completed_by_a_second_message_and_keeps_its_moment() -> None:
    stage = on_stage("B1")
    began = clock.now()
    assert "số, ký hiệu, ngày" in stage.say(HUNG, "xong").text
    said = stage.at("2026-11-23 09:40").say(HUNG, "số 145/BC-QLVH ngày 20/11")
    assert verbs(said) == [("add_product", 12)]
    assert "145/BC-QLVH, thứ Sáu 20/11/2026" in said.text and "8 giờ 10 thứ Hai 23/11/2026" in said.text
    made = report_of(stage, 12)
    assert (made.made_at, made.product_number) == (began, "145/BC-QLVH")
    assert open_kinds(stage, HUNG) == []


def test_a_report_without_a_document_asks_one_sentence_and_keeps_it() -> None:
    stage = on_stage("P1")
    assert "một câu" in stage.say(HUNG, "không có văn bản").text
    stage.say(HUNG, "Đã bàn giao 215 hồ sơ cho kho lưu trữ")
    assert report_of(stage, 12).result == "Đã bàn giao 215 hồ sơ cho kho lưu trữ"


def test_a_return_says_why_and_the_second_report_has_a_moment_of_its_own() -> None:
    stage = on_stage("K1")
    assert "bổ sung" in stage.say(LAN, "9").text
    assert stage.by_number(12).state is State.REPORTED
    said = stage.say(LAN, "thiếu phụ lục")
    assert verbs(said) == [("return", 12)] and "không thay đổi, hạn thứ Sáu 27/11/2026" in said.text
    stage.message(HUNG, "returned", 12)
    stage.at("2026-11-25 09:00").say(HUNG, "2 NV12 số 145a/BC-QLVH ngày 25/11")
    task = stage.by_number(12)
    assert (task.state, task.returns, task.reported_at) == (State.REPORTED, 1, clock.now())


def test_an_accepted_report_with_an_objective_cause_is_one_act() -> None:
    stage = on_stage("K2")
    said = stage.say(LAN, "xác nhận NV12")
    assert verbs(said) == [("accept", 12)] and "hoàn thành đúng hạn" in said.text
    assert stage.by_number(12).state is State.COMPLETED and stage.by_number(9).state is State.REPORTED


def test_more_time_is_asked_for_in_three_messages_and_granted_by_who_set_the_date() -> None:
    stage = on_stage("B1")
    assert "đến ngày nào" in stage.say(HUNG, "4").text
    said = stage.say(HUNG, "4/12")
    assert "thứ Sáu 04/12/2026" in said.text and "Trần Văn Thành" in said.text and "lý do" in said.text
    said = stage.say(HUNG, "Chờ số liệu của 02 xã")
    assert verbs(said) == [("add_reason", 12)] and extension_of(stage, 12).reason == "Chờ số liệu của 02 xã"
    stage.message(LAN, "extension_asked", 12)
    said = stage.say(LAN, "đồng ý, không ảnh hưởng việc tổng hợp")
    assert verbs(said) == [("forward", 12)] and "Trần Văn Thành" in said.text
    assert "không ảnh hưởng" in (extension_of(stage, 12).opinion or "")
    stage.message(THANH, "extension_asked", 12)
    said = stage.say(THANH, "8")
    assert said.text.startswith("Kính báo cáo đồng chí Giám đốc")
    assert "thứ Sáu 04/12/2026" in said.text and "ban đầu thứ Sáu 27/11/2026" in said.text
    task = stage.by_number(12)
    assert (str(task.due_on), task.extensions, str(task.original_due)) == ("2026-12-04", 1, "2026-11-27")


def test_a_date_changed_before_the_reason_is_recorded_with_it() -> None:
    stage = on_stage("X2")
    assert verbs(stage.say(HUNG, "đổi thành 3/12")) == []
    assert str(extension_of(stage, 12).to_due) == "2026-12-01"
    stage.say(HUNG, "chờ số liệu các xã")
    asked = extension_of(stage, 12)
    assert (str(asked.to_due), asked.reason, asked.decision) == ("2026-12-03", "chờ số liệu các xã", Decision.OPEN)


def test_a_day_off_is_offered_its_next_working_day() -> None:
    stage = on_stage("B1")
    assert "thứ Hai 30/11/2026" in stage.say(HUNG, "xin lùi đến chủ nhật").text
    stage.say(HUNG, "8")
    assert str(extension_of(stage, 12).to_due) == "2026-11-30"


def test_a_higher_authoritys_date_is_told_at_once_to_be_nobodys_here() -> None:
    stage = on_stage("H1")
    said = stage.say(HUNG, "xin lùi 3 ngày")
    assert "Sở không tự gia hạn" in said.text and "lý do" in said.text
    assert str(stage.by_number(8).due_on) == "2026-12-02"
    assert extension_of(stage, 8).decision is Decision.OPEN
    stage.message(LAN, "extension_asked", 8)
    refused = stage.say(LAN, "gia hạn NV8 đến 9/12")
    assert "số, ký hiệu, ngày của văn bản cho phép" in refused.text and str(stage.by_number(8).due_on) == "2026-12-02"
    stage.say(LAN, "4460/UBND-KGVX ngày 20/11")
    assert str(stage.by_number(8).due_on) == "2026-12-09"
    assert "4460/UBND-KGVX" in (extension_of(stage, 8).permit or "")


def test_a_claim_of_a_grant_goes_to_the_leader_named_and_moves_nothing() -> None:
    stage = on_stage("B1")
    said = stage.say(HUNG, "a Thành cho lùi đến 4/12 rồi")
    assert said.events[0][2]["claim_leader"] == stage.people[THANH]
    assert "để xác nhận" in said.text and str(stage.by_number(12).due_on) == "2026-11-27"


def test_a_refusal_is_read_back_and_carries_its_reason() -> None:
    stage = on_stage("A1")
    asked = stage.say(HUNG, "Việc này của Phòng QLDL, phòng tôi không có chức năng")
    assert verbs(asked) == [] and "Phòng Quản lý Du lịch" in asked.text
    said = stage.say(HUNG, "8")
    assert verbs(said) == [("refuse", 12)]
    assert said.events[0][2]["proposed_unit"] == "QLDL" and "không có chức năng" in said.events[0][2]["reason"]
    assert stage.by_number(12).state is State.REFUSED


def test_a_bare_five_asks_the_reason_and_nine_drops_it() -> None:
    stage = on_stage("A1")
    stage.say(HUNG, "5")
    assert "Đã bỏ" in stage.say(HUNG, "9").text
    stage.say(HUNG, "5")
    assert "lý do" in stage.say(HUNG, "8").text
    said = stage.say(HUNG, "phòng không còn người phụ trách")
    assert said.events[0][2]["reason"] == "phòng không còn người phụ trách"


def test_a_picture_without_words_begins_the_report() -> None:
    stage = on_stage("B1")
    began = clock.now()
    first = stage.say(HUNG, attachments=("photo",))
    with stage.database.write() as session:
        add_evidence(
            session, by_id=stage.people[HUNG], name="a.jpg", media_type="image/jpeg", data=b"x", inbox_id=first.inbox_id
        )
    assert "hoàn thành" in first.text.lower() and "3 Tiến độ" in first.text
    said = stage.at("2026-11-23 15:00").say(HUNG, "2 số 145/BC-QLVH ngày 23/11")
    made = report_of(stage, 12)
    assert verbs(said) == [("report", 12)] and made.made_at == began
    with stage.database.read() as session:
        from models.report import Evidence

        assert session.exec(select(Evidence.report_id)).one() == made.id


def test_which_task_is_asked_once_and_the_first_message_counts() -> None:
    stage = on_stage("B2")
    began = clock.now()
    assert "NV15" in stage.say(HUNG, "xong rồi").text
    stage.at("2026-11-23 10:00").say(HUNG, "NV15")
    assert report_of(stage, 15).made_at == began and stage.by_number(12).state is State.ACKNOWLEDGED


def test_submitted_for_signature_rests_the_task() -> None:
    stage = on_stage("B1")
    stage.say(HUNG, "đã trình c Hà ký rồi")
    task = stage.by_number(12)
    assert task.waiting is Waiting.SUBMITTED and "Hà" in (task.waiting_for or "")


def test_the_office_records_for_a_unit_and_says_how() -> None:
    stage = on_stage("K1")
    said = stage.say(LAN, "a Long nhận NV22 qua đt lúc 8h")
    facts = said.events[0][2]
    assert (facts["behalf"], facts["said_by"]) == (True, "Vũ Đức Long") and facts["how"] == "telephone"
    said = stage.say(LAN, "QLDL nộp bản giấy 88/BC-QLDL ngày 20/11 cho NV9")
    assert report_of(stage, 9).product_number == "88/BC-QLDL" and "Phòng Quản lý Du lịch" in said.text


def test_an_undo_is_the_same_persons_within_ten_minutes() -> None:
    stage = on_stage("B1")
    stage.say(HUNG, "xong")
    assert verbs(stage.at("2026-11-23 08:15").say(HUNG, "bấm nhầm")) == [("take_back", 12)]
    stage.say(HUNG, "xong")
    late = stage.at("2026-11-23 08:26").say(HUNG, "bấm nhầm")
    assert verbs(late) == [] and "10 phút" in late.text
    assert "Đã chuyển" in stage.say(HUNG, "8").text
    assert {stage.names[one.person_id] for one in notices(stage, "takeback")} == {"vp.truong", "vp.pho", "vp.vanthu"}


def test_two_acts_in_one_message_are_both_done_and_said_in_one_reply() -> None:
    stage = on_stage("B2")
    said = stage.say(HUNG, "12 xong, 15 xin thêm 3 ngày")
    assert verbs(said) == [("report", 12), ("ask_extension", 15)] and len(said.texts) == 1
    assert "thứ Hai 07/12/2026" in said.text
    stage.say(HUNG, "số 145/BC-QLVH ngày 20/11")
    assert report_of(stage, 12).product_number == "145/BC-QLVH"


def test_every_step_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stage.db'}"
    stage = Stage(url=url)
    stage.task_of(12)
    stage.message(HUNG, "due_soon", 12)
    for words in ("4", "4/12", "chờ số liệu", "xong", "145/BC-QLVH ngày 20/11"):
        stage.database.close()
        stage.database = Database(url, SETTINGS.rules)
        stage.say(HUNG, words)
    assert extension_of(stage, 12).reason == "chờ số liệu"
    assert report_of(stage, 12).product_number == "145/BC-QLVH"
    stage.database.close()


def test_a_bare_number_is_asked_for_its_date() -> None:
    stage = on_stage("P1")
    assert "số, ký hiệu, ngày" in stage.say(HUNG, "145").text
    stage.say(HUNG, "ngày 20/11")
    made = report_of(stage, 12)
    assert (made.product_number, str(made.product_date)) == ("145", "2026-11-20")


def test_a_second_picture_joins_the_report_that_is_being_made() -> None:
    stage = on_stage("P1")
    said = stage.say(HUNG, attachments=("photo",))
    assert verbs(said) == [] and "Đã bổ sung 01 ảnh" in said.text
    assert open_kinds(stage, HUNG) == ["ask_product"]
