"""The desk that a task waits at, as it reads of it; what lists say of it; and words that are no change of a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from models import clock, extending, handling
from models.message import Kind
from models.moves import move
from models.task import Task, Waiting
from tests.rendering_stage import HA, HUNG, LAN, LONG, THANH, Desk, event_of, late_task


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield Desk()
    clock.run_free()


def submitted(desk: Desk, number: int = 32, whom: str | None = "Lê Thị Hà", kind: Waiting = Waiting.SUBMITTED,
              **more: Any) -> Task:  # fmt: skip
    """NV32 of Phòng Quản lý Văn hóa, due Wednesday 2 December by the province, which waits since the day before."""
    desk.at("2026-11-23 10:00")
    above = desk.directive(f"{number}/UBND-KGVX", "2026-11-23", above="UBND tỉnh")
    task = desk.task_named(number, "QLVH", "Rà soát thiết chế văn hóa", due="2026-12-02", authority=True,
                           directive_id=above, **more)  # fmt: skip
    desk.do(handling.acknowledge, task, HUNG)
    desk.at("2026-12-01 14:00").do(handling.progress, task, HUNG, words="đã trình", waiting=kind, waiting_for=whom)
    return desk.task(task.id)


def test_a_leader_reads_what_lies_with_him_since_when_and_until_when(desk: Desk) -> None:
    first, second = submitted(desk, 32, internal_due=date(2026, 12, 1)), submitted(desk, 33)
    desk.at("2026-12-02 07:30")
    notices = [desk.notice(HA, Kind.DUE_TODAY, task, for_role="desk", waiting_for="Lê Thị Hà", rung="D-0")
               for task in (first, second)]  # fmt: skip
    assert [desk.holds(notice) for notice in notices] == [None, None]
    made = desk.rendered(HA, *notices)
    assert made.text == (
        "Kính báo cáo đồng chí Phó Giám đốc\n\n"
        "Phòng Quản lý Văn hóa đã trình đồng chí từ thứ Ba 01/12:\n"
        "NV32 · Rà soát thiết chế văn hóa, hạn UBND tỉnh giao thứ Tư 02/12/2026 (hôm nay).\n"
        "NV33 · Rà soát thiết chế văn hóa, hạn UBND tỉnh giao thứ Tư 02/12/2026 (hôm nay).\n"
        "Kính đề nghị đồng chí cho ý kiến."
    )
    assert (made.kinds, made.tasks, made.buttons) == (("due_today",), (32, 33), ())


def test_a_late_task_and_one_that_is_soon_due_are_told_in_one_section(desk: Desk) -> None:
    soon, late = submitted(desk, 32), submitted(desk, 33)
    with desk.at("2026-12-02 15:00").database.write() as session:
        extending.extend(session, soon.id or 0, desk.who(LAN), date(2026, 12, 8), permit="5012/UBND-KGVX")
    desk.at("2026-12-03 07:30")
    made = desk.rendered(
        HA,
        desk.notice(HA, Kind.DUE_SOON, desk.task(soon.id), for_role="desk", waiting_for="Lê Thị Hà"),
        desk.notice(HA, Kind.OVERDUE, late, for_role="desk", waiting_for="Lê Thị Hà"),
    )
    assert made.text.count("đã trình đồng chí từ thứ Ba 01/12") == 1
    assert "thứ Ba 08/12/2026 (còn 03 ngày làm việc)." in made.text
    assert "thứ Tư 02/12/2026 (quá hạn 01 ngày làm việc)." in made.text
    assert made.kinds == ("overdue", "due_soon")


def test_a_unit_that_is_waited_for_confirms_nothing_and_has_its_own_reminders_beside(desk: Desk) -> None:
    task = submitted(desk, 32, "QLDL", Waiting.CO_UNIT, internal_due=date(2026, 12, 2),
                     co_unit_ids=(desk.units["QLDL"],))  # fmt: skip
    own = desk.at("2026-11-23 10:00").task_named(50, "QLDL", "Báo cáo lưu trú", due="2026-12-02")
    desk.at("2026-12-02 07:30")
    notice = desk.notice(LONG, Kind.DUE_TODAY, task, for_role="desk", waiting_for="QLDL")
    alone = desk.rendered(LONG, notice)
    assert alone.text == (
        "VĂN PHÒNG SỞ · NHIỆM VỤ CHỜ PHỐI HỢP\n"
        "Kính gửi: đồng chí Vũ Đức Long, Trưởng phòng Quản lý Du lịch\n\n"
        "Phòng Quản lý Văn hóa chờ phòng phối hợp từ thứ Ba 01/12:\n"
        "NV32 · Rà soát thiết chế văn hóa, hạn UBND tỉnh giao thứ Tư 02/12/2026 (hôm nay).\n"
        "Đề nghị phối hợp để kịp thời hạn.\n"
        "Khi đã gửi, có thể ghi tiến độ kèm mã (ví dụ: 3 NV32 đã gửi số liệu).\n\n"
        "Trả lời 0 để xem việc."
    )
    assert (alone.prompt_kind, alone.buttons) == (None, ())
    both = desk.rendered(LONG, notice, desk.notice(LONG, Kind.DUE_TODAY, own, for_role="head"))
    assert "Đến hạn hôm nay: NV50 · Báo cáo lưu trú." in both.text and "NV32" in both.text
    assert (both.prompt_kind, both.prompt_tasks) == ("due_today", (50,))


def test_who_stands_in_reads_to_whom_it_was_submitted(desk: Desk) -> None:
    task = submitted(desk)
    desk.at("2026-12-02 07:30")
    notice = desk.notice("pgd2", Kind.DUE_TODAY, task, for_role="desk", told=HA, why="absent", waiting_for="Lê Thị Hà")
    text = desk.rendered("pgd2", notice).text
    assert "Gửi đồng chí thay đồng chí Phó Giám đốc Lê Thị Hà (đang nghỉ): NV32." in text
    assert "đã trình đồng chí Phó Giám đốc Lê Thị Hà từ thứ Ba 01/12:" in text


@pytest.mark.parametrize("ending", ["resume_work", "report", "another"])
def test_a_desk_is_left_in_peace_once_the_wait_is_over(desk: Desk, ending: str) -> None:
    task = submitted(desk)
    notice = desk.at("2026-12-02 07:30").notice(HA, Kind.DUE_TODAY, task, for_role="desk", waiting_for="Lê Thị Hà")
    if ending == "report":
        desk.do(handling.report, task, HUNG)
    elif ending == "another":
        desk.do(handling.progress, task, HUNG, words="đã trình Giám đốc", waiting=Waiting.SUBMITTED, waiting_for="gd")
    else:
        with desk.database.write() as session:
            move(session, task.id or 0, "resume_work", desk.who(HUNG))
    assert desk.holds(notice) == ("answered" if ending == "report" else "wait_over")


def test_the_office_s_list_says_with_whom_a_task_lies(desk: Desk) -> None:
    submitted(desk, 32)
    submitted(desk, 33, "QLDL", Waiting.CO_UNIT)
    submitted(desk, 34, "Sở Tài chính", Waiting.CO_UNIT)
    submitted(desk, 35, None)
    desk.at("2026-12-02 07:30")
    text = desk.rendered(LAN, desk.notice(LAN, Kind.DAILY_OFFICE, day="2026-12-02")).text
    assert (
        "Chờ Lãnh đạo Sở ký 02: NV32 (QLVH, trình đồng chí Phó Giám đốc Lê Thị Hà từ 01/12), NV35 (QLVH, trình Lãnh "
        "đạo Sở từ 01/12)." in text
    )
    assert "NV33 (QLVH, chờ Phòng Quản lý Du lịch từ 01/12), NV34 (QLVH, chờ Sở Tài chính từ 01/12)." in text


def test_a_date_extended_unasked_keeps_the_first_one_and_an_instruction_beside_it_is_no_change(desk: Desk) -> None:
    task = late_task(desk)
    with desk.at("2026-12-09 09:05").database.write() as session:
        extending.extend(session, task.id or 0, desk.who(THANH), date(2026, 12, 11))
        move(session, task.id or 0, "instruct", desk.who(HA), facts={"words": "Báo cáo tôi trước."})
    notices = []
    for verb in ("extend", "instruct"):
        event, facts = event_of(desk, task, verb)
        notices.append(desk.notice(LONG, Kind.DUE_CHANGED, desk.task(task.id), event=event, **facts))
    parts = desk.rendered(LONG, *notices).text.split("\n\n")
    assert parts[0].startswith("VĂN PHÒNG SỞ · THAY ĐỔI THỜI HẠN")
    assert parts[1] == (
        "Đồng chí Giám đốc gia hạn NV41 · Báo cáo CCHC tháng 11 từ thứ Sáu 04/12/2026 đến thứ Sáu 11/12/2026 (lần thứ "
        "nhất; thời hạn ban đầu 04/12/2026 được lưu)."
    )
    assert parts[2] == (
        "Ý KIẾN CHỈ ĐẠO\nÝ kiến chỉ đạo của đồng chí Phó Giám đốc Lê Thị Hà lúc 09 giờ 05 ngày 09/12/2026 về NV41 · "
        'Báo cáo CCHC tháng 11: "Báo cáo tôi trước."'
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [("telephone", "qua điện thoại"), ("paper", "bằng văn bản giấy"), ("mail", "qua thư điện tử"),
     ("meeting", "trao đổi trực tiếp")],
)  # fmt: skip
def test_what_the_office_entered_says_by_whom_and_how_it_was_told(desk: Desk, how: str, words: str) -> None:
    task = late_task(desk)
    with desk.at("2026-11-26 14:05").database.write() as session:
        lan = desk.who(LAN, behalf=True, said_by="Vũ Đức Long", how=how)
        handling.acknowledge(session, task.id or 0, lan)
    event, facts = event_of(desk, task, "acknowledge")
    text = desk.rendered(LONG, desk.notice(LONG, Kind.HANDOVER, task, event=event, **facts)).text
    assert f"(theo đồng chí Vũ Đức Long, {words})." in text and "VIỆC ĐÃ THỰC HIỆN THAY" in text


def test_a_unit_that_is_no_phong_is_given_its_task_by_name(desk: Desk) -> None:
    task = desk.task_named(27, "BT", "Tham mưu")
    text = desk.rendered("bt.truong", desk.notice("bt.truong", Kind.ASSIGNED, task)).text
    assert "giao Bảo tàng tỉnh 01 nhiệm vụ:" in text
