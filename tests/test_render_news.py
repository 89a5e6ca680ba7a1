"""Every other kind of message: who is told instead of whom, what changed, lists, long messages, the other language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.render import LIMIT, Tap
from models import clock, handling
from models.message import Kind
from models.moves import move
from models.organisation import Absence, Person
from tests.rendering_stage import HA, HUNG, LAN, LONG, THANH, Desk, event_of, late_task


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield Desk()
    clock.run_free()


def test_who_is_told_in_another_s_place_reads_whose(desk: Desk) -> None:
    task = desk.task_named(24, "TCCB", "Tham mưu")
    made = desk.rendered("tccb.pho", desk.notice("tccb.pho", Kind.ASSIGNED, task, told="tccb.truong", why="absent"))
    assert "Gửi đồng chí thay đồng chí Trưởng phòng Tổ chức cán bộ Phạm Thị Hồng (đang nghỉ): NV24." in made.text
    gone = desk.rendered(LAN, desk.notice(LAN, Kind.ASSIGNED, task, why="vacant"))
    assert "Gửi đồng chí vì đơn vị chưa có người đứng đầu: NV24." in gone.text
    assert "giao Phòng Tổ chức cán bộ 01 nhiệm vụ" in gone.text


def test_somebody_who_asked_for_it_is_called_anh(desk: Desk) -> None:
    with desk.database.write() as session:
        session.get_one(Person, desk.people[HUNG]).address = "anh"
    task = desk.task_named(21, "QLVH", "Tham mưu")
    text = desk.rendered(HUNG, desk.notice(HUNG, Kind.UNCONFIRMED, task)).text
    assert "Kính gửi: anh Nguyễn Văn Hùng, Trưởng phòng" in text and "Đề nghị anh trả lời 1" in text


def test_back_from_leave_one_summary(desk: Desk) -> None:
    task = desk.task_named(24, "TCCB", "Sắp xếp tổ chức")
    with desk.database.write() as session:
        session.add(
            Absence(id=1, person_id=desk.people["tccb.truong"], start=date(2026, 11, 23), end=date(2026, 11, 27))
        )
        handling.acknowledge(session, task.id or 0, desk.who("tccb.pho"), thay=True)
    desk.at("2026-11-30 07:30")
    notice = desk.notice("tccb.truong", Kind.HANDOVER, absence=1, start="2026-11-23", end="2026-11-27")
    assert desk.holds(notice) is None
    assert (
        "Trong thời gian đồng chí nghỉ (thứ Hai 23/11/2026 đến thứ Sáu 27/11/2026), các việc sau đã được thực hiện "
        "thay:\n"
        "23/11/2026: đồng chí Phó Trưởng phòng Tổ chức cán bộ Bùi Văn Tâm đã nhận NV24 · Sắp xếp tổ chức."
        in desk.rendered("tccb.truong", notice).text
    )
    quiet = desk.notice(HUNG, Kind.HANDOVER, absence=1, start="2026-11-23", end="2026-11-27")
    assert desk.holds(quiet) == "empty"


def test_a_co_unit_reads_who_leads_and_confirms_nothing(desk: Desk) -> None:
    task = desk.task_named(15, "QLDL", "Kế hoạch tuyên truyền", due="2026-12-02", co_unit_ids=(desk.units["QLVH"],))
    made = desk.rendered(HUNG, desk.notice(HUNG, Kind.COORDINATION, task, for_role="head"))
    assert "NV15 · Kế hoạch tuyên truyền; chủ trì: Phòng Quản lý Du lịch; hạn thứ Tư 02/12/2026." in made.text
    assert "không phải xác nhận" in made.text and made.prompt_kind is None


def test_a_review_asks_for_one_line(desk: Desk) -> None:
    task = desk.task_named(21, "QLVH", "Tham mưu văn bản trả lời")
    made = desk.at("2026-12-31 07:30").rendered(HUNG, desk.notice(HUNG, Kind.REVIEW, task))
    assert (
        "Đề nghị phòng cho biết bằng một dòng kết quả thực hiện đến thứ Năm 31/12/2026:\nNV21 · Tham mưu" in made.text
    )
    assert [tap.number for tap in made.buttons] == [2, 3, 0]


@pytest.mark.parametrize(
    ("verb", "kind", "words"),
    [
        (
            "suspend",
            Kind.SUSPENDED,
            "NV41 · Báo cáo CCHC tháng 11: tạm dừng. Trong thời gian tạm dừng Văn phòng không nhắc việc.",
        ),
        ("withdraw", Kind.WITHDRAWN, "NV41 · Báo cáo CCHC tháng 11: đã thu hồi, đơn vị không phải thực hiện."),
    ],
)
def test_what_takes_a_task_away_says_why(desk: Desk, verb: str, kind: Kind, words: str) -> None:
    task = late_task(desk)
    with desk.database.write() as session:
        move(session, task.id or 0, verb, desk.who(LAN), reason="chờ ý kiến tỉnh")
    event, facts = event_of(desk, task, verb)
    notice = desk.notice(LONG, kind, desk.task(task.id), event=event, for_role="head", **facts)
    assert desk.holds(notice) is None
    assert f"{words}\nLý do: chờ ý kiến tỉnh." in desk.rendered(LONG, notice).text


def test_a_task_given_to_another_unit_is_told_to_both(desk: Desk) -> None:
    task = late_task(desk)
    old = desk.notice(LONG, Kind.ASSIGNED, task, for_role="head")
    with desk.database.write() as session:
        handling.reassign(session, task.id or 0, desk.who(LAN), desk.units["QLVH"], reason="đúng chức năng")
    event, facts = event_of(desk, task, "reassign")
    task = desk.task(task.id)
    away = desk.rendered(LONG, desk.notice(LONG, Kind.REASSIGNED, task, event=event, **facts)).text
    given = desk.rendered(HUNG, desk.notice(HUNG, Kind.ASSIGNED, task, event=event, for_role="head", **facts)).text
    assert "đã chuyển từ Phòng Quản lý Du lịch sang Phòng Quản lý Văn hóa" in away and "Lý do: đúng chức năng." in away
    assert "NV41 · Báo cáo CCHC tháng 11 (chuyển từ Phòng Quản lý Du lịch)." in given
    assert desk.holds(old) == "not_owner"


def test_a_leader_s_words_reach_the_head(desk: Desk) -> None:
    task = late_task(desk)
    with desk.at("2026-12-08 14:00").database.write() as session:
        move(session, task.id or 0, "instruct", desk.who(HA), facts={"words": "Báo cáo tôi trước thứ Sáu"})
    event, facts = event_of(desk, task, "instruct")
    text = desk.rendered(LONG, desk.notice(LONG, Kind.DUE_CHANGED, task, event=event, **facts)).text
    assert text.startswith("VĂN PHÒNG SỞ · Ý KIẾN CHỈ ĐẠO")
    assert (
        "Ý kiến chỉ đạo của đồng chí Phó Giám đốc Lê Thị Hà lúc 14 giờ ngày 08/12/2026 về NV41 · Báo cáo CCHC tháng "
        '11: "Báo cáo tôi trước thứ Sáu"' in text
    )


def test_a_corrected_date_is_told_with_its_reason(desk: Desk) -> None:
    task = late_task(desk)
    with desk.database.write() as session:
        handling.correct(session, task.id or 0, desk.who(LAN), "gõ nhầm ngày", due_on=date(2026, 12, 11))
    event, facts = event_of(desk, task, "correct")
    text = desk.rendered(LONG, desk.notice(LONG, Kind.DUE_CHANGED, desk.task(task.id), event=event, **facts)).text
    assert (
        "Văn phòng đính chính thời hạn NV41 · Báo cáo CCHC tháng 11: thứ Sáu 11/12/2026. Lý do: gõ nhầm ngày." in text
    )


def test_a_refused_task_asks_the_office_for_another_unit(desk: Desk) -> None:
    task = late_task(desk)
    with desk.database.write() as session:
        move(session, task.id or 0, "refuse", desk.who(LONG), reason="không đúng chức năng")
    made = desk.rendered(LAN, desk.notice(LAN, Kind.REFUSED, task, for_role="office", reason="không đúng chức năng"))
    assert "đề nghị chuyển đơn vị khác: NV41 · Báo cáo CCHC tháng 11. Lý do: không đúng chức năng." in made.text
    assert (made.prompt_kind, made.prompt_tasks) == ("refused", (41,))


def test_the_daily_list_is_empty_or_says_what_waits_and_adds_up(desk: Desk) -> None:
    notice = desk.at("2026-11-25 07:30").notice(LAN, Kind.DAILY_OFFICE, day="2026-11-25")
    assert desk.holds(notice) == "empty"
    task = late_task(desk)
    desk.at("2026-12-08 07:30")
    assert desk.holds(notice) is None
    made = desk.rendered(LAN, notice)
    assert task.code in made.text
    assert "Quá hạn 01: NV41 (QLDL, 02 ngày làm việc)." in made.text
    assert "Ngày làm việc trước (thứ Hai 07/12/2026): đã lập 00 = đã gửi 00 + bị từ chối 00 + đang chờ 00." in made.text
    assert (made.kinds, made.tasks) == (("daily_office",), ())


def test_the_weekly_report_and_its_draft(desk: Desk) -> None:
    late_task(desk)
    desk.at("2026-12-11 13:30")
    draft = desk.rendered(LAN, desk.notice(LAN, Kind.DIGEST_DRAFT, week="2026-12-14"))
    assert "Báo cáo này gửi Lãnh đạo Sở lúc 07 giờ 30 thứ Hai 14/12/2026" in draft.text
    desk.at("2026-12-14 07:30")
    made = desk.rendered(THANH, desk.notice(THANH, Kind.DIGEST, week="2026-12-14"))
    assert made.text.startswith(
        "BÁO CÁO TUẦN VỀ TÌNH HÌNH THỰC HIỆN NHIỆM VỤ (đến 07 giờ 30 thứ Hai 14/12/2026)\n"
        "Kính báo cáo đồng chí Giám đốc\n\nQuá hạn 01:"
    )
    assert "Tỷ lệ đúng hạn: 0,0% (00 trên 01 nhiệm vụ đến hạn)." in made.text
    assert made.text.endswith("Trả lời tên đơn vị để xem chi tiết (ví dụ: du lịch).")


def test_an_alarm_says_what_is_stuck(desk: Desk) -> None:
    made = desk.rendered("quantri", desk.notice("quantri", Kind.ALARM, cause="unsent", count=3))
    assert "03 tin chưa gửi được sau 15 phút." in made.text


def test_a_notice_that_brings_its_sentence_is_told_as_it_is(desk: Desk) -> None:
    notice = desk.notice(LAN, Kind.REPORTED, line="Đồng chí Giám đốc giao việc mới, chờ kiểm tra.", what="order")
    assert desk.holds(notice) is None
    assert "Đồng chí Giám đốc giao việc mới, chờ kiểm tra." in desk.rendered(LAN, notice).text


def test_a_long_message_lists_what_fits_and_says_how_many_more(desk: Desk) -> None:
    title = "Báo cáo kết quả thực hiện nhiệm vụ cải cách hành chính và chuyển đổi số của đơn vị"
    tasks = [desk.task_named(100 + n, "QLVH", title, due="2026-12-31") for n in range(60)]
    made = desk.rendered(HUNG, *(desk.notice(HUNG, Kind.ASSIGNED, task) for task in tasks))
    assert len(made.text) <= LIMIT
    assert "giao phòng 60 nhiệm vụ" in made.text and "nhiệm vụ khác, trả lời 0 để xem" in made.text
    assert made.text.endswith("Trả lời 1 để nhận cả 60 nhiệm vụ, hoặc kèm mã (ví dụ: 1 NV100; 5 NV101).")


@pytest.mark.parametrize("language", ["en"])
def test_somebody_may_read_english(desk: Desk, language: str) -> None:
    with desk.database.write() as session:
        session.get_one(Person, desk.people[LONG]).language = language
    task = late_task(desk)
    desk.at("2026-12-07 07:30")
    text = desk.rendered(LONG, desk.notice(LONG, Kind.OVERDUE, task)).text
    assert "overdue by 01 working days" in text and "Reply: 2 Report completion" in text


def test_one_message_carries_everything_in_the_order_of_kinds(desk: Desk) -> None:
    late = late_task(desk)
    desk.at("2026-12-07 07:30")
    new = desk.task_named(50, "QLDL", "Báo cáo quý IV", due="2026-12-31")
    made = desk.rendered(LONG, desk.notice(LONG, Kind.ASSIGNED, new), desk.notice(LONG, Kind.OVERDUE, late))
    parts = made.text.split("\n\n")
    assert made.kinds == ("overdue", "assigned")
    assert parts[0].startswith("VĂN PHÒNG SỞ · NHIỆM VỤ QUÁ HẠN") and parts[2].startswith("GIAO NHIỆM VỤ\n")
    assert parts[-1] == (
        "Trả lời 1 để nhận NV50; việc khác trả lời kèm mã: 2 Báo cáo hoàn thành · 3 Tiến độ · 4 Xin gia hạn.\n"
        "Ví dụ: 2 NV41 số 145/BC-QLDL ngày 07/12."
    )
    assert (made.prompt_kind, made.prompt_tasks) == ("overdue", (41, 50))
    assert Tap("1 Đã nhận NV50", 1, 50) in made.buttons and Tap("2 Báo cáo hoàn thành NV41", 2, 41) in made.buttons
