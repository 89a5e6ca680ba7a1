"""Three weeks of an office, day by day: who types what, and every message that comes of it, as in
tests/data/three_weeks.txt."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

import config
import intake
from models import clock
from models.confirm import confirm
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.handling import accept
from models.moves import Actor
from models.task import Category, State, category
from tests.story import Do, Say, Story, differences, table

DATA = Path(__file__).parent / "data"
SEED = (config.HOME / "demo_data" / "788-SVHTTDL-VP.txt").read_text(encoding="utf-8")
SEED = SEED.replace("788/SVHTTDL-VP ngày 23/7/2023", "1788/SVHTTDL-VP ngày 20/11/2026")
MONTHLY = {"tts": 2, "tccb": 3, "qlvh": 4, "qltt": 5, "nsvh": 7, "bpmc": 8, "bt": 9, "ttvh": 11}
"""Who reports on the day, and the code; NHC (12) has nothing to report, TV (10) is vague, QLDL (6) is silent."""
NEXT = {"tts": 36, "tccb": 37, "qlvh": 38, "qltt": 39, "nsvh": 41, "bpmc": 42, "bt": 43, "tv": 44,
        "ttvh": 45, "nhc": 46}  # fmt: skip
"""Who confirms the next instance, and its code."""


class Clerk:
    """What the Office enters in this story: a directive by hand, or read from its text."""

    def __init__(self, story: Story) -> None:
        self.office = story.office

    def units(self, codes: str) -> list[int]:
        return [self.office.units[code] for code in codes.split()]

    def directive(self, session: Session, number: str, items: list[DraftItem], **more: Any) -> None:
        today = clock.today()
        directive = Directive(sha256=number, source=number, kind="cong_van", number=number, issued_on=today, text="",
                              received_on=today, registered_at=clock.now(), **more)  # fmt: skip
        session.add(directive)
        session.flush()
        for position, item in enumerate(items, start=1):
            item.directive_id, item.position, item.label = directive.id or 0, position, str(position)
            session.add(item)
        session.flush()
        confirm(session, directive.id or 0, self.who("vp.vanthu"))

    def item(self, title: str, units: str, **more: Any) -> DraftItem:
        return DraftItem(directive_id=0, position=0, text=title, title=title, unit_ids=self.units(units), **more)

    def who(self, short_id: str) -> Actor:
        return self.office.who(short_id)


def before(story: Story) -> None:
    """What the office has to do already: the monthly report of every unit, and a plan of four items."""
    clerk = Clerk(story)
    monthly = {"recurrence": "monthly", "day": 4, "months": None, "text": "hằng tháng, trước ngày 05 tháng sau"}

    def assigned(session: Session) -> None:
        every = "TTS TCCB QLVH QLTT QLDL NSVH BPMC BT TV TTVH NHC"
        clerk.directive(session, "1702/SVHTTDL-VP", [
            clerk.item("Báo cáo CCHC hằng tháng", every, task_class="recurring", recurrence=monthly, grouped=True)])
        clerk.directive(session, "215/KH-SVHTTDL", [
            clerk.item("Chỉ đạo chung", "LDS"),
            clerk.item("Báo cáo kết quả số hóa hồ sơ TTHC", "QLVH", task_class="dated", due_on=date(2026, 11, 27)),
            clerk.item("Kế hoạch biểu diễn quý IV", "NHC", task_class="dated", due_on=date(2026, 11, 20)),
            clerk.item("Đôn đốc thực hiện Kế hoạch", "VP", task_class="monitor")])  # fmt: skip

    units = ("tts", "tccb", "qlvh", "qltt", "qldl", "nsvh", "bpmc", "bt", "tv", "ttvh", "nhc")
    story.play([
        Do("05/11 09:00", story.inside(assigned)),
        *[Say("05/11 14:00", f"{unit}.truong", "1") for unit in units],
        Say("10/11 09:00", "nhc.truong", "NV15 xong rồi, số 31/KH-NHC ngày 10/11"),
        Say("10/11 10:00", "vp.truong", "xác nhận NV15"),
        Say("20/11 15:00", "vp.truong", "c Hồng TCCB nghỉ phép 23-27/11, a Tâm thay", ("Tâm",)),
        Say("20/11 15:01", "vp.truong", "8"),
    ], until="22/11")  # fmt: skip


def script(story: Story) -> list[Say | Do]:
    return [*first_week(story), *second_week(story), *third_week(story)]


def first_week(story: Story) -> list[Say | Do]:
    clerk = Clerk(story)

    def the_seed(session: Session) -> None:
        made = intake.import_documents(session, [("1788.txt", SEED.encode())], received_on=date(2026, 11, 23),
                                       actor=clerk.who("vp.vanthu"))  # fmt: skip
        assert made.items == 6
        confirm(session, made.directive_id, clerk.who("vp.truong"), waive=True)

    def the_province(session: Session) -> None:
        due, vp = date(2026, 12, 2), clerk.units("VP")
        clerk.directive(session, "4512/UBND-KGVX", [
            clerk.item("Báo cáo kết quả rà soát thiết chế văn hóa cấp xã", "QLVH", task_class="dated", due_on=due,
                       internal_due=date(2026, 12, 1), co_unit_ids=vp),
            clerk.item("Đề xuất danh mục di tích cần tu bổ năm 2027", "QLVH", task_class="dated", due_on=due,
                       internal_due=date(2026, 12, 1), co_unit_ids=vp),
            clerk.item("Báo cáo số liệu lưu trú", "QLDL", task_class="dated", due_on=date(2026, 11, 30),
                       due_time=time(16)),
        ], issuer="UBND tỉnh", from_above=True, arrival_number="1876")  # fmt: skip
        session.add(Instruction(leader_id=story.office.people["gd"], said_on=clock.today(), entered_at=clock.now(),
                                words="QLVH chủ trì, VP phối hợp; QLDL nội dung 3; trình LĐS trước 01/12"))  # fmt: skip

    return [
        Do("23/11 10:30", story.inside(the_seed)),
        Say("23/11 13:40", "tts.truong", "da nhan", ("NV18",)),
        Say("23/11 13:42", "qlvh.truong", "Đã nhận ạ", ("NV20",)),
        Say("23/11 13:45", "qltt.truong", "ok e", ("NV21",)),
        Say("23/11 13:47", "nsvh.truong", "Rõ.", ("NV23",)),
        Say("23/11 13:50", "bpmc.truong", "k phải việc phòng em", ("NV24", "8")),
        Say("23/11 13:51", "bpmc.truong", "8", ("NV24",)),
        Say("23/11 14:00", "tccb.pho", "em nhận thay chị Hồng", ("NV25",)),
        Say("23/11 14:05", "bt.truong", "1", ("NV27",)),
        Say("23/11 14:10", "tv.truong", "đã xem", ("1",)),
        Say("23/11 14:20", "ttvh.truong", "nhận rồi nhé", ("NV29",)),
        Say("23/11 14:30", "nhc.truong", "Đã nhận", ("NV30",)),
        Say("25/11 08:58", "vp.vanthu", "NV24 chuyển Văn phòng", ("NV24", "8")),
        Say("25/11 09:00", "vp.vanthu", "8", ("NV24",)),
        Do("25/11 10:15", story.inside(the_province)),
        Say("25/11 13:40", "vp.truong", "1", ("NV24",)),
        Say("25/11 13:45", "qlvh.truong", "nhận cả 2", ("NV32", "NV33", "02/12/2026")),
        Say("26/11 14:05", "vp.truong", "a Long nhận NV22, NV34 qua đt lúc 14h", ("NV22", "NV34")),
        Say("26/11 14:30", "qlvh.truong", "NV14 đang trình ký, NV32 mới giao chuyên viên", ("NV14", "NV32")),
        Say("27/11 10:12", "qlvh.truong", "", ("10 giờ 12", "NV14"), to=14, photos=2),
        Say("27/11 10:20", "qlvh.truong", "145/BC-QLVH ngày 27/11", ("NV14", "145/BC-QLVH")),
        Say("27/11 15:00", "vp.truong", "xác nhận NV14", ("NV14", "10 giờ 12")),
    ]


def second_week(story: Story) -> list[Say | Do]:
    def cause_confirmed(session: Session) -> None:
        for number in (32, 33):
            accept(session, story.id_of(session, number), story.office.who("vp.truong"), checked=True,
                   objective_cause="chờ ký 01–03/12")  # fmt: skip

    return [
        Say("30/11 08:05", "gd", "ai còn nợ việc gì?", ("ĐẾN HẠN HÔM NAY", "NV34", "NV28")),
        Say("30/11 15:40", "qldl.truong", "NV34 xin lùi 3 ngày", ("03/12/2026",)),
        Say("30/11 17:05", "qldl.pho", "NV34 xong rồi nhé, số 89/BC-QLDL", ("89/BC-QLDL",)),
        Say("01/12 08:30", "vp.truong", "xác nhận NV34", ("NV34",)),
        Say("01/12 09:00", "tv.truong", "Thư viện nhận NV28", ("NV28",)),
        Say("01/12 14:00", "qlvh.truong", "NV32, NV33 da trinh c Ha ky", ("NV32", "NV33")),
        Say("02/12 08:30", "qlvh.truong", "NV32, NV33 chờ ký", ("NV32",)),
        Say("03/12 09:00", "qlvh.truong", "NV32, NV33 xong rồi, số 2231/SVHTTDL-QLVH ngày 3/12",
            ("2231/SVHTTDL-QLVH",)),
        Do("03/12 10:00", story.inside(cause_confirmed)),
        *[Say("04/12 09:00", f"{unit}.truong", f"NV{n} xong, số {n}0/BC-{unit.upper()} ngày 4/12", (f"NV{n}",))
          for unit, n in MONTHLY.items()],
        Say("04/12 10:00", "nhc.truong", "NV12 k phát sinh", ("NV12",)),
        Say("04/12 10:30", "tv.truong", "như tháng trước"),
        Say("04/12 14:00", "vp.truong", "xác nhận NV2, NV3, NV4, NV5, NV7, NV8, NV9, NV11, NV12", ("NV2", "NV12")),
        Say("04/12 15:00", "tv.truong", "NV10 xong, số 31/BC-TV ngày 4/12", ("31/BC-TV",)),
    ]  # fmt: skip


def third_week(story: Story) -> list[Say | Do]:
    def order_assigned(session: Session) -> None:
        draft = session.exec(select(Directive.id).where(Directive.state == DirectiveState.DRAFT)).one()
        confirm(session, draft or 0, story.office.who("vp.truong"), waive=True)

    return [
        *[Say("07/12 08:30", f"{unit}.truong", f"nhận NV{n}", (f"NV{n}",)) for unit, n in NEXT.items()],
        Say("07/12 08:40", "gd", "ai còn nợ?", ("QUÁ HẠN", "NV6")),
        Say("07/12 09:00", "vp.truong", "xác nhận NV10", ("NV10",)),
        Say("08/12 13:45", "pgd1", "để tôi gọi"),
        Say("09/12 09:00", "gd", "gia hạn cho QLDL đến 11/12", ("NV6", "11/12/2026", "8")),
        Say("09/12 09:05", "gd", "8", ("NV6", "11/12/2026")),
        Say("09/12 09:10", "gd", "Giao QLVH tham mưu văn bản trả lời Sở Tài chính trước thứ 5", ("8",)),
        Say("09/12 09:11", "gd", "8"),
        Do("09/12 15:00", story.inside(order_assigned)),
        Say("09/12 14:00", "qldl.truong", "nhận NV40", ("NV40",)),
        Say("10/12 08:00", "qlvh.truong", "nhận NV47", ("NV47", "10/12/2026")),
        Say("10/12 09:00", "tccb.truong", "việc của tôi", ("NV25", "NV37")),
        Say("10/12 16:00", "qlvh.truong", "NV47 xong rồi, số 2290/SVHTTDL-QLVH ngày 10/12", ("NV47",)),
        Say("11/12 09:00", "vp.truong", "xác nhận NV47", ("NV47",)),
        Say("11/12 15:00", "qldl.truong", "NV6 xong rồi, số 95/BC-QLDL ngày 11/12", ("95/BC-QLDL",)),
        Say("11/12 15:30", "vp.truong", "xác nhận NV6", ("NV6",)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def story() -> Story:
    made = Story(2026, "05/11 08:00")
    before(made)
    made.play(script(made), until="11/12")
    return made


def test_every_message_is_the_one_in_the_table(story: Story) -> None:
    assert (wrong := differences(story.told("23/11"), table(DATA / "three_weeks.txt"))) == "", f"\n{wrong}"


def test_the_photo_s_moment_is_the_report_s(story: Story) -> None:
    task = story.task(14)
    assert (task.state, task.reported_at) == (State.COMPLETED, story.moment("27/11 10:12"))


def test_the_province_s_date_did_not_move_and_the_report_was_late_by_minutes(story: Story) -> None:
    task = story.task(34)
    assert (task.due_on, task.due_time, task.extensions, task.late_events) == (date(2026, 11, 30), time(16), 0, 1)
    assert task.reported_at == story.moment("30/11 17:05")


def test_the_wait_for_a_signature_is_confirmed_as_the_cause(story: Story) -> None:
    task = story.task(32)
    assert (task.late_events, task.objective_cause) == (1, "chờ ký 01–03/12")


def test_an_extended_report_is_on_time_and_keeps_its_first_date_and_its_late_event(story: Story) -> None:
    task, calendar = story.task(6), story.office.calendar
    assert (task.original_due, task.due_on) == (date(2026, 12, 4), date(2026, 12, 11))
    assert (task.extensions, task.late_events) == (1, 1)
    assert category(task, calendar, clock.now()) is Category.DONE_ON_TIME


def test_the_director_s_order_became_a_task_only_by_the_office(story: Story) -> None:
    assert (story.task(47).assigned_at, story.task(47).due_on) == (story.moment("09/12 15:00"), date(2026, 12, 10))
