"""Messages as people read them: the ten model messages, made by the real rows, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.render import Tap
from models import clock, extending, handling
from models.message import Kind
from tests.rendering_stage import HA, HUNG, LAN, LONG, NV41, PHUONG, THANH, Desk, event_of, late_task


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield Desk()
    clock.run_free()


def test_m1_a_task_without_a_date(desk: Desk) -> None:
    own = desk.directive("1788/SVHTTDL-VP", "2026-11-20")
    title = "Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính, không để chậm trễ."
    task = desk.task_named(21, "QLVH", title, leader=THANH, directive_id=own, item="3", review_on=date(2026, 12, 31))
    made = desk.rendered(HUNG, desk.notice(HUNG, Kind.ASSIGNED, task))
    assert made.text == (
        "VĂN PHÒNG SỞ · GIAO NHIỆM VỤ\n"
        "Kính gửi: đồng chí Nguyễn Văn Hùng, Trưởng phòng Quản lý Văn hóa\n\n"
        "Công văn số 1788/SVHTTDL-VP ngày 20/11/2026 của Giám đốc Sở giao phòng 01 nhiệm vụ:\n"
        "NV21 · Tham mưu văn bản trả lời, kết quả giải quyết thủ tục hành chính, không để chậm trễ (mục 3).\n"
        "Loại việc: thường xuyên; văn bản không nêu thời hạn. Văn phòng rà soát thứ Năm 31/12/2026.\n\n"
        "Trả lời: 1 Đã nhận · 5 Đề nghị chuyển đơn vị khác · 0 Xem nguyên văn."
    )
    assert (made.kinds, made.tasks, made.prompt_kind, made.prompt_tasks) == (("assigned",), (21,), "assigned", (21,))
    assert [tap.number for tap in made.buttons] == [1, 5, 0]


def test_m2_two_tasks_of_a_higher_authority(desk: Desk) -> None:
    above = desk.directive(
        "4512/UBND-KGVX",
        "2026-11-23",
        above="Ủy ban nhân dân tỉnh",
        arrival="1876",
        received="2026-11-25",
        said=(THANH, "2026-11-25", "QLVH chủ trì, VP phối hợp; trình LĐS trước 01/12."),
    )
    common = {"due": "2026-12-02", "authority": True, "directive_id": above, "internal_due": date(2026, 12, 1)}
    first = desk.task_named(32, "QLVH", "Báo cáo kết quả rà soát thiết chế văn hóa cấp xã", **common)
    second = desk.task_named(33, "QLVH", "Đề xuất danh mục di tích cần tu bổ năm 2027", **common)
    made = desk.rendered(HUNG, *(desk.notice(HUNG, Kind.ASSIGNED, task) for task in (first, second)))
    assert made.text.split("\n\n", 1)[1] == (
        "Công văn số 4512/UBND-KGVX ngày 23/11/2026 của UBND tỉnh (số đến 1876, ngày 25/11/2026).\n"
        'Ý kiến của đồng chí Giám đốc ngày 25/11: "QLVH chủ trì, VP phối hợp; trình LĐS trước 01/12."\n'
        "Giao phòng 02 nhiệm vụ:\n"
        "NV32 · Báo cáo kết quả rà soát thiết chế văn hóa cấp xã.\n"
        "NV33 · Đề xuất danh mục di tích cần tu bổ năm 2027.\n"
        "Hạn UBND tỉnh giao: thứ Tư 02/12/2026. Hạn trình Lãnh đạo Sở: thứ Ba 01/12/2026.\n\n"
        "Trả lời 1 để nhận cả 02 nhiệm vụ, hoặc kèm mã (ví dụ: 1 NV32; 5 NV33)."
    )
    assert (made.prompt_tasks, made.buttons[0]) == ((32, 33), Tap("1 Đã nhận cả 02", 1))


def test_m3_unconfirmed_and_the_deputy_s_neutral_copy(desk: Desk) -> None:
    standing = desk.task_named(22, "QLDL", "Tham mưu", leader=THANH)
    dated = desk.at("2026-11-25 10:00").task_named(
        34, "QLDL", "Báo cáo", due="2026-11-30", hour="16:00", authority=True
    )
    desk.at("2026-11-26 07:30")
    notices = [desk.notice(LONG, Kind.UNCONFIRMED, task, for_role="head") for task in (standing, dated)]
    text = desk.rendered(LONG, *notices).text
    assert (
        "Phòng chưa xác nhận 02 nhiệm vụ: NV22 (giao 23/11, thường xuyên) và NV34 (giao 25/11, hạn 16 giờ thứ Hai "
        "30/11/2026, cấp trên giao)." in text
    )
    assert text.endswith(
        "Đề nghị đồng chí trả lời 1 để xác nhận cả 02, hoặc 5 kèm mã nếu không đúng chức năng của phòng "
        "(0 Xem nguyên văn)."
    )
    copies = [desk.notice(PHUONG, Kind.UNCONFIRMED, task, for_role="deputy") for task in (standing, dated)]
    copy = desk.rendered(PHUONG, *copies)
    assert "chưa liên hệ được với đồng chí Trưởng phòng Quản lý Du lịch về NV22, NV34 (hạn 16 giờ" in copy.text
    assert copy.text.endswith(
        "Đề nghị đồng chí báo cáo đồng chí Trưởng phòng; nếu được ủy quyền, trả lời 1 để nhận thay."
    )
    assert "chưa xác nhận" not in copy.text
    assert (copy.prompt_kind, copy.prompt_tasks) == ("unconfirmed", (22, 34))


def test_m4_due_today_and_soon_in_one_message(desk: Desk) -> None:
    desk.at("2026-11-05 09:00")
    today = desk.task_named(12, "QLVH", "Báo cáo kết quả số hóa hồ sơ TTHC", due="2026-11-27")
    three = desk.task_named(15, "QLVH", "Mục 2, Kế hoạch 215/KH-SVHTTDL", due="2026-12-02")
    five = desk.task_named(40, "QLVH", NV41, due="2026-12-04")
    desk.at("2026-11-27 07:30")
    made = desk.rendered(
        HUNG,
        desk.notice(HUNG, Kind.DUE_SOON, five),
        desk.notice(HUNG, Kind.DUE_TODAY, today),
        desk.notice(HUNG, Kind.DUE_SOON, three),
    )
    assert made.text == (
        "VĂN PHÒNG SỞ · NHẮC VIỆC, thứ Sáu 27/11/2026\n"
        "Kính gửi: đồng chí Nguyễn Văn Hùng, Trưởng phòng Quản lý Văn hóa\n\n"
        "Đến hạn hôm nay: NV12 · Báo cáo kết quả số hóa hồ sơ TTHC.\n"
        "Còn 03 ngày làm việc (thứ Tư 02/12/2026): NV15 · Mục 2, Kế hoạch 215/KH-SVHTTDL.\n"
        "Còn 05 ngày làm việc (thứ Sáu 04/12/2026): NV40 · Báo cáo CCHC tháng 11.\n\n"
        "Trả lời kèm mã: 2 Báo cáo hoàn thành · 3 Tiến độ · 4 Xin gia hạn.\n"
        "Ví dụ: 2 NV12 số 145/BC-QLVH ngày 27/11."
    )
    assert made.kinds == ("due_today", "due_soon")
    assert (made.prompt_kind, made.prompt_tasks) == ("due_today", (12, 15, 40))


def test_m5_overdue_says_when_the_leader_will_know(desk: Desk) -> None:
    task = late_task(desk)
    desk.at("2026-12-07 07:30")
    made = desk.rendered(LONG, desk.notice(LONG, Kind.OVERDUE, task, for_role="head"))
    assert made.text == (
        "VĂN PHÒNG SỞ · NHIỆM VỤ QUÁ HẠN\n"
        "Kính gửi: đồng chí Vũ Đức Long, Trưởng phòng Quản lý Du lịch\n\n"
        "NV41 · Báo cáo CCHC tháng 11: hạn thứ Sáu 04/12/2026, quá hạn 01 ngày làm việc.\n"
        "Đề nghị phòng báo cáo kết quả, hoặc cho biết vướng mắc và ngày dự kiến hoàn thành.\n"
        "Nếu đến 13 giờ 30 thứ Ba 08/12/2026 chưa có thông tin, Văn phòng báo cáo đồng chí Phó Giám đốc phụ trách.\n\n"
        "Trả lời: 2 Báo cáo hoàn thành · 3 Tiến độ (ghi ngày dự kiến) · 4 Xin gia hạn."
    )


def test_m5_says_nothing_of_a_leader_who_knows_already(desk: Desk) -> None:
    task = late_task(desk)
    desk.at("2026-12-09 07:30")
    assert "Nếu đến" not in desk.rendered(LONG, desk.notice(LONG, Kind.OVERDUE, task)).text


def test_m7_accepted_and_returned(desk: Desk) -> None:
    desk.at("2026-11-05 09:00")
    task = desk.task_named(12, "QLVH", "Báo cáo kết quả số hóa hồ sơ TTHC", due="2026-11-27")
    with desk.at("2026-11-27 10:12").database.write() as session:
        handling.report(
            session, task.id or 0, desk.who(HUNG), product_number="145/BC-QLVH", product_date=date(2026, 11, 27)
        )
    to_office = desk.at("2026-11-27 13:30").rendered(LAN, desk.notice(LAN, Kind.REPORTED, task, for_role="office"))
    assert (
        "Phòng Quản lý Văn hóa báo cáo hoàn thành NV12 · Báo cáo kết quả số hóa hồ sơ TTHC, lúc 10 giờ 12 ngày "
        "27/11/2026, đúng hạn (hạn thứ Sáu 27/11/2026).\nSản phẩm: 145/BC-QLVH ngày 27/11/2026." in to_office.text
    )
    assert to_office.text.endswith("Trả lời: 8 Xác nhận · 9 Đề nghị bổ sung (ghi lý do).")
    assert (to_office.prompt_kind, [tap.number for tap in to_office.buttons]) == ("reported", [8, 9, 0])
    with desk.database.write() as session:
        handling.accept(session, task.id or 0, desk.who(LAN))
    event, facts = event_of(desk, task, "accept")
    made = desk.rendered(HUNG, desk.notice(HUNG, Kind.ACCEPTED, task, event=event, **facts))
    assert made.text == (
        "Văn phòng Sở xác nhận NV12 hoàn thành đúng hạn (báo cáo lúc 10 giờ 12 ngày 27/11/2026; sản phẩm: 145/BC-QLVH "
        "ngày 27/11/2026). Trân trọng cảm ơn đồng chí."
    )
    assert (made.prompt_kind, made.buttons) == (None, ())
    other = desk.task_named(13, "QLVH", "Báo cáo", due="2026-11-27")
    with desk.database.write() as session:
        handling.report(session, other.id or 0, desk.who(HUNG))
        handling.give_back(session, other.id or 0, desk.who(LAN), "văn bản trong ảnh chưa có số, ngày và dấu")
    event, facts = event_of(desk, other, "return")
    back = desk.rendered(HUNG, desk.notice(HUNG, Kind.RETURNED, other, event=event, **facts))
    assert back.text.split("\n\n")[1:] == [
        "NV13 · Báo cáo: văn bản trong ảnh chưa có số, ngày và dấu.\n"
        "Đề nghị phòng bổ sung; thời hạn không thay đổi: thứ Sáu 27/11/2026.",
        "Trả lời: 2 kèm số, ký hiệu, ngày khi đã phát hành.",
    ]


def test_m8_an_extension_from_request_to_decision(desk: Desk) -> None:
    task = late_task(desk)
    with desk.at("2026-12-02 15:00").database.write() as session:
        extending.ask_extension(
            session, task.id or 0, desk.who(LONG), date(2026, 12, 11), reason="chờ số liệu của 02 xã"
        )
    to_office = desk.rendered(LAN, desk.notice(LAN, Kind.EXTENSION_ASKED, task, for_role="office"))
    assert "Trả lời 8 NV41 kèm ý kiến của Văn phòng để chuyển đồng chí Giám đốc quyết định." in to_office.text
    with desk.database.write() as session:
        extending.forward(session, task.id or 0, desk.who(LAN), "không ảnh hưởng việc tổng hợp")
    to_leader = desk.rendered(THANH, desk.notice(THANH, Kind.EXTENSION_ASKED, task, for_role="leader"))
    assert to_leader.text == (
        "Kính báo cáo đồng chí Giám đốc\n\n"
        "Phòng Quản lý Du lịch đề nghị gia hạn NV41 · Báo cáo CCHC tháng 11 từ thứ Sáu 04/12 đến thứ Sáu 11/12/2026, "
        "lần thứ nhất. Lý do: chờ số liệu của 02 xã.\n"
        "Ý kiến Văn phòng: không ảnh hưởng việc tổng hợp.\n\n"
        "Trả lời: 8 Đồng ý · 9 Không đồng ý · hoặc ghi ngày khác."
    )
    with desk.database.write() as session:
        extending.extend(session, task.id or 0, desk.who(THANH), date(2026, 12, 11))
    event, facts = event_of(desk, task, "extend")
    made = desk.rendered(LONG, desk.notice(LONG, Kind.EXTENSION_DECIDED, desk.task(task.id), event=event, **facts))
    assert made.text == (
        "Đồng chí Giám đốc đồng ý gia hạn NV41 đến thứ Sáu 11/12/2026 (lần thứ nhất; thời hạn ban đầu "
        "04/12/2026 được lưu)."
    )


def test_m8_a_date_of_a_higher_authority_is_not_ours(desk: Desk) -> None:
    above = desk.directive("4512/UBND-KGVX", "2026-11-23", above="UBND tỉnh")
    task = desk.task_named(34, "QLDL", "Báo cáo", due="2026-11-30", authority=True, directive_id=above)
    with desk.database.write() as session:
        extending.ask_extension(session, task.id or 0, desk.who(LONG), date(2026, 12, 3))
    text = desk.rendered(HA, desk.notice(HA, Kind.EXTENSION_ASKED, task, for_role="leader")).text
    assert "Thời hạn này do UBND tỉnh giao, Sở không tự gia hạn." in text
    assert "Kính đề nghị đồng chí xem xét việc có văn bản xin gia hạn." in text
    assert "8 Đồng ý" not in text


def test_m9_the_office_is_told_before_the_leader(desk: Desk) -> None:
    task = late_task(desk)
    for day in ("2026-12-07", "2026-12-08"):
        desk.sent(LONG, Kind.OVERDUE, task, f"{day} 07:30")
    desk.at("2026-12-08 07:30")
    first = desk.rendered(LAN, desk.notice(LAN, Kind.PRE_NOTICE, task, rung="P@2026-12-08"))
    assert (
        "13 giờ 30 hôm nay sẽ báo cáo đồng chí Phó Giám đốc Lê Thị Hà: NV41 (QLDL) quá hạn 02 ngày làm việc, "
        "chưa có thông tin.\n"
        'Trả lời "giữ NV41" để dừng đến ngày làm việc tiếp theo, hoặc ghi kết quả đã liên hệ.' in first.text
    )
    desk.at("2026-12-08 13:30")
    made = desk.rendered(HA, desk.notice(HA, Kind.ESCALATED, task, rung="L+up"))
    assert made.text == (
        "Kính báo cáo đồng chí Phó Giám đốc\n\n"
        "01 nhiệm vụ của đơn vị đồng chí phụ trách quá hạn 02 ngày làm việc:\n"
        "NV41 · Phòng Quản lý Du lịch · Báo cáo CCHC tháng 11, hạn thứ Sáu 04/12/2026.\n"
        "Đã nhắc: 07/12, 08/12. Ý kiến của đơn vị: chưa có thông tin.\n"
        "Kính đề nghị đồng chí cho ý kiến chỉ đạo."
    )
    assert (made.kinds, made.prompt_kind) == (("escalated",), "escalated")


def test_the_office_hears_of_a_silent_unit(desk: Desk) -> None:
    task = desk.task_named(22, "QLDL", "Tham mưu", leader=THANH)
    desk.sent(LONG, Kind.UNCONFIRMED, task, "2026-11-25 07:30")
    desk.at("2026-11-26 13:30")
    text = desk.rendered(LAN, desk.notice(LAN, Kind.ESCALATED, task, rung="U+4")).text
    assert "NV22 · Phòng Quản lý Du lịch (giao 23/11, thường xuyên), đã nhắc 25/11" in text
