"""A task's page: what its dates were, who was told what and why, in which capacity people acted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlmodel import col, select

from jobs import schedule
from models import clock, extending, handling
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.message import Attempt, Message, MessageState, Notice, NoticeState, Outcome
from models.organisation import Absence, Contact, ContactState, Unit
from models.rules import OFFICE_ZONE
from models.task import DueSetBy
from tests.task_page import act, at, remind, section, words
from tests.web_stage import Stage, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


# Dates


def test_every_change_of_a_date_is_there_with_who_and_why(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    act(office, code, "vp.vanthu", extending.extend, date(2023, 8, 4), words="chờ số liệu của 02 xã")
    act(office, code, "vp.truong", handling.correct, "ghi nhầm ngày", due_on=date(2023, 8, 3))
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "dates")
    assert "Thời hạn ban đầu: thứ Sáu 28/07/2023 (được lưu)" in told
    assert "thứ Sáu 28/07/2023 → thứ Sáu 04/08/2023" in told and "chờ số liệu của 02 xã" in told
    assert "thứ Sáu 04/08/2023 → thứ Năm 03/08/2023" in told and "Đính chính: ghi nhầm ngày" in told


def test_a_date_moved_by_a_permit_names_it(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.AUTHORITY)
    act(office, code, "vp.vanthu", extending.extend, date(2023, 8, 4), permit="4600/UBND-KGVX ngày 26/7/2023")
    assert "4600/UBND-KGVX" in section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "dates")


# Who acted, as what


@pytest.mark.parametrize(
    ("who", "doing", "fields", "capacity"),
    [
        ("qlvh.truong", handling.acknowledge, {}, "Trưởng đơn vị"),
        ("qlvh.pho", handling.acknowledge, {}, "Phó đơn vị"),
        ("qlvh.pho", handling.acknowledge, {"thay": True}, "Phó đơn vị, thay Trưởng"),
        ("vp.vanthu", handling.acknowledge, {"behalf": True}, "Văn phòng ghi thay đơn vị"),
        ("qldl.truong", handling.progress, {"words": "đã gửi số liệu"}, "đơn vị phối hợp"),
    ],
)
def test_the_history_says_in_which_capacity(
    office: Stage, who: str, doing: Any, fields: dict[str, Any], capacity: str
) -> None:
    code = office.order("QLVH", co=("QLDL",))
    act(office, code, who, doing, **fields)
    line = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "history").split("Giao nhiệm vụ")[0]
    assert f" {capacity} " in line, line


def test_a_deputy_of_an_absent_head_and_one_who_acted_before_a_reassignment(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    head = office.person("qlvh.truong")
    with office.database.write() as session:
        session.add(Absence(person_id=head, start=date(2023, 7, 24), end=date(2023, 7, 25)))
        other = session.exec(select(Unit.id).where(Unit.code == "QLDL")).one()
    act(office, code, "qlvh.pho", handling.acknowledge)
    act(office, code, "vp.vanthu", handling.reassign, other)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "history")
    assert "Phó đơn vị, thay Trưởng" in told and " Văn phòng " in told


# Messages and why


def test_what_comes_next_and_to_whom(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 8, 4), set_by=DueSetBy.OFFICE)
    page = office.browser("vp.vanthu").get(f"/tasks/{code}")
    told = section(page, "told")
    assert "Chưa" not in told.split("Tin tiếp theo")[0] and "nhắc xác nhận, lượt gửi thứ 1 sau khi giao" in told
    act(office, code, "qlvh.truong", handling.acknowledge)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told")
    assert "nhắc trước hạn 5 ngày làm việc" in told and "nhắc trước hạn 3 ngày làm việc" in told
    assert "Chưa báo: Xác nhận nhận việc" in told
    act(office, code, "qlvh.truong", handling.report, result="xong")
    assert "Đơn vị đã báo cáo nên không nhắc nữa" in section(
        office.browser("vp.vanthu").get(f"/tasks/{code}"), "told"
    )


def test_who_stands_in_is_said_before_and_after(office: Stage) -> None:
    head, deputy = office.person("qlvh.truong"), office.person("qlvh.pho")
    with office.database.write() as session:
        session.add(Absence(person_id=head, start=date(2023, 7, 24), end=date(2023, 7, 28), deputy_id=deputy))
    code = office.order("QLVH", due=date(2023, 8, 4), set_by=DueSetBy.OFFICE)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told")
    assert "hôm nay vắng mặt" in told and "người nhận chính vắng mặt" in told
    assert "thay cho" in told.split("Tin tiếp theo")[1]
    at(24, 13, 30)
    schedule.tick(office.database)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told").split("Tin đã gửi", 1)[1]
    assert "giao nhiệm vụ" in told and "sau khi: Giao nhiệm vụ" in told and "thay cho" in told


def test_somebody_without_a_chat_is_named(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 8, 4), set_by=DueSetBy.OFFICE)
    with office.database.write() as session:
        for contact in session.exec(select(Contact)):
            contact.state = ContactState.DEAD
            session.add(contact)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told")
    assert "chưa liên kết kênh nào nên không nhận được tin" in told


def test_each_try_and_each_reason_is_in_words(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 7, 26), set_by=DueSetBy.OFFICE)
    at(24, 13, 30)
    schedule.tick(office.database)
    with office.database.write() as session:
        message = session.exec(
            select(Message).join(Notice, col(Notice.message_id) == Message.id).where(Notice.task_id == 1)
        ).first()
        assert message is not None
        contact = session.exec(select(Contact).where(Contact.person_id == message.person_id)).first()
        for outcome, error in ((Outcome.LATER, "429"), (Outcome.SENT, None)):
            session.add(Attempt(message_id=message.id or 0, contact_id=contact.id if contact else None, at=clock.now(),
                                token="x", outcome=outcome, error=error))  # fmt: skip
        message.state, message.sent_at = MessageState.SENT, clock.now()
        session.add(message)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told").split("Tin đã gửi", 1)[1]
    assert "kênh hẹn gửi lại (429)" in told and "trình duyệt: đã gửi" in told
    for reason in ("moved", "answered", "promised", "taken_back", "a_new_one"):
        with office.database.write() as session:
            notice = session.exec(select(Notice).where(Notice.task_id == 1)).first()
            assert notice is not None
            notice.state, notice.reason = NoticeState.DROPPED, reason
            session.add(notice)
        assert "không gửi: " in section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told")


def test_a_whole_ladder_has_words(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 7, 27), set_by=DueSetBy.AUTHORITY)
    day = date(2023, 7, 24)
    for n in range(24):
        for hour, minute in ((7, 30), (13, 30)):
            clock.stand_at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE) + timedelta(n))
            schedule.tick(office.database)
    told = section(office.browser("vp.vanthu").get(f"/tasks/{code}"), "told")
    for rung in ("nhắc xác nhận, lượt gửi thứ 2", "nhắc xác nhận hằng ngày", "nhắc sau hạn 2 ngày làm việc",
                 "quá hạn, nhắc đầu tuần", "báo trước cho Văn phòng", "quá hạn, báo cáo Lãnh đạo phụ trách",
                 "thời hạn cấp trên giao còn 01 ngày làm việc"):  # fmt: skip
        assert rung in told, rung


# The rest


def test_linked_indicators_with_their_newest_value(office: Stage) -> None:
    code = office.order("QLVH")
    with office.database.write() as session:
        aim = Indicator(name="Tỷ lệ dịch vụ công trực tuyến", target=Decimal("85"))
        session.add(aim)
        session.flush()
        session.add(IndicatorTask(indicator_id=aim.id or 0, task_id=1))
        for day, value in ((1, "60.1"), (20, "68.42")):
            session.add(IndicatorValue(indicator_id=aim.id or 0, day=date(2023, 7, day), value=Decimal(value),
                                       entered_at=clock.now()))  # fmt: skip
    told = words(office.browser("vp.vanthu").get(f"/tasks/{code}"))
    assert "68,42 % (thứ Năm 20/07/2023), mục tiêu 85 %" in told and "60,1" not in told


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/tasks?state=assigned&page=2", "/tasks?state=assigned&page=2&done=acknowledge"),
        ("/", "/?done=acknowledge"),
        ("//evil.example/", None),
        ("https://evil.example/", None),
        ("/\\evil.example", None),
        ("/a\tb", None),
    ],
)
def test_an_act_leads_back_and_never_out_of_the_site(office: Stage, back: str, leads_to: str | None) -> None:
    code = office.order("QLVH")
    answer = office.browser("qlvh.truong").post(f"/tasks/{code}/acknowledge", {"back": back}, follow=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == (leads_to or f"/tasks/{code}?done=acknowledge")


def test_the_page_asks_few_questions_however_long_the_history(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 8, 25), set_by=DueSetBy.OFFICE, co=("QLDL", "BT"))
    clerk = office.browser("vp.vanthu")

    def questions() -> int:
        asked: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            asked.append(statement)

        listening.listen(office.database.engine, "before_cursor_execute", note)
        try:
            assert clerk.get(f"/tasks/{code}").status_code == 200
        finally:
            listening.remove(office.database.engine, "before_cursor_execute", note)
        return len(asked)

    act(office, code, "qlvh.truong", handling.acknowledge)
    few = questions()
    for n in range(12):
        act(office, code, ("qlvh.truong", "qlvh.pho", "qldl.truong")[n % 3], handling.progress, words=f"bước {n}")
        act(office, code, "vp.vanthu", remind)
    at(24, 13, 30)
    schedule.tick(office.database)
    many = questions()
    assert many <= few + 4 and many < 60, (few, many)
