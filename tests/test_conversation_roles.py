"""What only some may do: the đầu mối's draft, orders and instructions, leave, one message a day, links."""

from __future__ import annotations

from sqlmodel import select

from bot.render import render
from models import clock, handling
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.message import Kind, Notice
from models.moves import move
from models.organisation import Absence, Contact, Person, Post, Role
from models.report import CompletionReport
from models.task import State
from papers.weekly.digest import Reports
from tests.contexts import on_stage
from tests.stage import HUNG, LAN, MAI, THANH, Said, Stage

FOCAL = "qlvh.chuyenvien"


def verbs(said: Said) -> list[tuple[str, int | None]]:
    return [(verb, number) for verb, number, _ in said.events]


def notices(stage: Stage, what: str) -> dict[str, Notice]:
    with stage.database.read() as session:
        found = [one for one in session.exec(select(Notice)) if one.facts.get("what") == what]
    return {stage.names[one.person_id]: one for one in found}


def with_focal(stage: Stage) -> Stage:
    """A specialist in QLVH who is the đầu mối of NV12."""
    with stage.database.write() as session:
        nam = Person(short_id=FOCAL, name="Lê Hoài Nam")
        session.add(nam)
        session.flush()
        session.add(Post(person_id=nam.id or 0, unit_id=stage.units["QLVH"], role=Role.FOCAL, title="Chuyên viên"))
        session.add(Contact(person_id=nam.id or 0, channel="web", chat_id=FOCAL, linked_at=clock.now()))
        stage.people[FOCAL], stage.names[nam.id or 0] = nam.id or 0, FOCAL
    task_id = stage.by_number(12).id or 0
    with stage.database.write() as session:
        move(session, task_id, "name_focal", stage.who(HUNG), values={"focal_id": stage.people[FOCAL]})
    return stage


def test_what_the_focal_point_says_is_done_waits_for_the_head() -> None:
    stage = with_focal(on_stage("B1"))
    began = clock.now()
    said = stage.say(FOCAL, "NV12 xong, số 145/BC-QLVH ngày 20/11")
    assert verbs(said) == [("draft_report", 12)] and "Trưởng đơn vị xác nhận" in said.text
    assert stage.by_number(12).state is State.ACKNOWLEDGED
    told = notices(stage, "draft")
    assert list(told) == [HUNG] and told[HUNG].kind is Kind.REPORTED and "145/BC-QLVH" in told[HUNG].facts["line"]
    done = stage.at("2026-11-23 09:30").press(HUNG, told[HUNG].facts["prompt"], 8)
    assert verbs(done) == [("report", 12)]
    with stage.database.read() as session:
        made = session.exec(select(CompletionReport)).one()
    assert (made.by_id, made.product_number, made.made_at) == (stage.people[HUNG], "145/BC-QLVH", began)
    stage.names.pop(stage.people.pop(FOCAL))


def test_a_draft_waits_for_the_head_below_what_was_asked_since() -> None:
    stage = with_focal(on_stage("B1"))
    stage.say(FOCAL, "NV12 xong, số 145/BC-QLVH ngày 20/11")
    told = notices(stage, "draft")[HUNG]
    with stage.database.read() as session:
        made = render(session, stage.people[HUNG], [told], clock.now(), Reports())
    asked = told.facts["prompt"]
    assert [(tap.label, tap.prompt) for tap in made.buttons] == [
        ("8 Gửi báo cáo NV12", asked), ("9 Không gửi NV12", asked)
    ]  # fmt: skip
    stage.count += 50  # beside the messages that the context made
    stage.message(HUNG, "due_soon", 12)
    assert verbs(stage.say(HUNG, "8 NV12")) == [("report", 12)]
    stage.names.pop(stage.people.pop(FOCAL))


def test_a_focal_point_reports_progress_himself() -> None:
    stage = with_focal(on_stage("B1"))
    assert verbs(stage.say(FOCAL, "NV12 đang làm, chờ số liệu")) in ([("progress", 12)], [("wait", 12)])
    stage.names.pop(stage.people.pop(FOCAL))


def test_a_head_names_a_focal_point() -> None:
    stage = on_stage("B1")
    said = stage.say(HUNG, "đầu mối NV12 là chị Mai")
    assert verbs(said) == [("name_focal", 12)] and stage.by_number(12).focal_id == stage.people[MAI]


def test_an_order_becomes_a_draft_and_the_office_is_told() -> None:
    stage = on_stage("L1")
    words = "Giao QLVH tham mưu văn bản trả lời Sở Tài chính trước thứ 5"
    stage.say(THANH, words)
    assert "Văn phòng" in stage.say(THANH, "8").text
    with stage.database.read() as session:
        directive = session.exec(select(Directive).where(Directive.source == "chat")).one()
        item = session.exec(select(DraftItem).where(DraftItem.directive_id == directive.id)).one()
    assert (directive.state, directive.kind, directive.text) == (DirectiveState.DRAFT, "other", words)
    assert item.title == "Tham mưu văn bản trả lời Sở Tài chính trước thứ 5"
    assert (item.unit_ids, str(item.due_on)) == ([stage.units["QLVH"]], "2026-11-26")
    assert set(notices(stage, "order")) == {"vp.truong", "vp.pho", "vp.vanthu"}
    with stage.database.read() as session:
        assert session.exec(select(Directive)).all()[-1].id == directive.id


def test_a_leaders_words_on_a_task_are_kept_verbatim() -> None:
    stage = on_stage("L1")
    said = stage.say(THANH, "NV12: làm kỹ phần số liệu")
    assert verbs(said) == [("instruct", 12)]
    with stage.database.read() as session:
        assert session.exec(select(Instruction.words)).one() == "NV12: làm kỹ phần số liệu"


def test_a_leader_who_has_somebody_reminded_is_named_to_the_office() -> None:
    stage = on_stage("L1")
    stage.say(THANH, "nhắc anh Long làm ngay đi")
    assert verbs(stage.say(THANH, "8")) == [("remind", 9)]
    assert "Trần Văn Thành" in notices(stage, "remind")["vp.truong"].facts["line"]


def test_a_leader_without_a_request_moves_his_own_date_after_one_confirmation() -> None:
    stage = on_stage("L1")
    assert verbs(stage.say(THANH, "gia hạn cho QLDL đến 4/12")) == []
    said = stage.say(THANH, "8")
    assert verbs(said) == [("extend", 9)] and stage.by_number(9).extensions == 1


def test_the_office_records_somebody_elses_leave_and_who_stands_in() -> None:
    stage = on_stage("K1")
    stage.say(LAN, "c Hồng TCCB nghỉ phép 23-27/11, a Tâm thay")
    stage.say(LAN, "8")
    with stage.database.read() as session:
        away = session.exec(select(Absence)).one()
    assert (stage.names[away.person_id], stage.names[away.deputy_id or 0]) == ("tccb.truong", "tccb.pho")
    assert (str(away.start), str(away.end)) == ("2026-11-23", "2026-11-27")


def test_a_heads_own_trip_is_asked_back_with_his_deputy() -> None:
    stage = on_stage("B1")
    assert "Đỗ Thị Mai" in stage.say(HUNG, "tuần này anh đi công tác Hà Nội").text
    stage.say(HUNG, "8")
    with stage.database.read() as session:
        away = session.exec(select(Absence)).one()
    assert (stage.names[away.person_id], str(away.end)) == (HUNG, "2026-11-27")


def test_nothing_is_silenced_but_one_message_a_day_can_be_had() -> None:
    stage = on_stage("B1")
    stage.say(HUNG, "đừng nhắn nữa")
    assert "vp.truong" in notices(stage, "mute")
    stage.say(HUNG, "8")
    with stage.database.read() as session:
        assert session.get_one(Person, stage.people[HUNG]).daily_only


def test_reassigning_suspending_and_withdrawing_are_read_back() -> None:
    stage = on_stage("K1")
    for words, verb in (("nv9 chuyển qlvh", "reassign"), ("tạm dừng NV13 chờ ý kiến tỉnh", "suspend")):
        assert verbs(stage.say(LAN, words)) == []
        assert [v for v, _ in verbs(stage.say(LAN, "8"))] == [verb]
    stage.say(LAN, "thu hồi nv8")
    assert "lý do" in stage.say(LAN, "8").text
    said = stage.say(LAN, "trùng với NV15")
    assert verbs(said) == [("withdraw", 8)] and said.events[0][2]["reason"] == "trùng với NV15"


def test_an_accepted_task_cannot_be_accepted_again() -> None:
    stage = on_stage("K1")
    with stage.database.write() as session:
        handling.accept(session, _id(session, 12), stage.who(LAN))
    said = stage.say(LAN, "8 NV12")
    assert verbs(said) == [] and "đã hoàn thành" in said.text


def _id(session: object, number: int) -> int:
    from sqlmodel import Session

    from models.task import by_number

    assert isinstance(session, Session)
    task = by_number(session, number)
    assert task is not None
    return task.id or 0


def test_a_stranger_is_asked_for_the_offices_code() -> None:
    assert "mã liên kết" in on_stage("U1").say(None, "chào").text


def test_help_fits_the_role() -> None:
    heads = on_stage("B1").say(HUNG, "trợ giúp").text
    office = on_stage("K1").say(LAN, "trợ giúp").text
    leader = on_stage("L1").say(THANH, "trợ giúp").text
    assert len({heads, office, leader}) == 3 and "thu hồi" in office and "Kính báo cáo" in leader


def test_whom_an_absent_head_named_may_act_for_the_unit() -> None:
    stage = on_stage("DP")
    yen = "tts.pho"
    with stage.database.write() as session:
        away = session.exec(select(Absence)).one()
        away.deputy_id = stage.people[yen]
        session.add(away)
    said = stage.say(yen, "nhận NV12")
    assert verbs(said) == [("acknowledge", 12)] and said.events[0][2]["thay"] is True


def test_a_task_is_assigned_by_hand_after_the_read_back() -> None:
    stage = on_stage("K1")
    assert verbs(stage.say(LAN, "giao QLVH báo cáo số liệu di tích trước 4/12")) == []
    said = stage.say(LAN, "8")
    assert verbs(said) == [("assigned", 41)]
    task = stage.by_number(41)
    assert (task.title, str(task.due_on)) == ("Báo cáo số liệu di tích trước 4/12", "2026-12-04")


def test_an_objective_cause_is_confirmed_with_the_report() -> None:
    stage = on_stage("K1")
    stage.say(LAN, "xn nv12, nguyên nhân khách quan: chờ ký 01-03/12")
    assert stage.by_number(12).objective_cause == "chờ ký 01-03/12"


def test_a_deputy_confirms_in_his_own_name() -> None:
    stage = on_stage("DP")
    said = stage.say(MAI, "em nhận thay anh Hùng")
    assert said.events[0][2]["thay"] is True and "Đỗ Thị Mai" in said.text
