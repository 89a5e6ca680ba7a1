"""A month of people who confirm, report, are returned, ask for time, ignore, promise, are on leave: every message that
comes of it stands in tests/data/month.txt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models import clock
from models.extending import decline, forward
from models.task import Category, State, category
from tests.story import Do, Say, Story, differences, table

DATA = Path(__file__).parent / "data"
CONFIRM = {"tts": 1, "qltt": 2, "tccb": 4, "nsvh": 5, "qlvh": 6, "ttvh": 7, "qldl": 9, "tv": 10}
"""Whose head confirms on the first day, and the code."""


def assignments(story: Story) -> None:
    office = story.office
    office.assign("TTS", due="2026-04-17")
    office.assign("QLTT", due="2026-04-22", leader="gd")
    office.assign("BT", due="2026-04-15")
    office.assign("TCCB")
    office.assign("NSVH", due="2026-04-24")
    office.assign("QLVH", due="2026-04-10")
    office.assign("TTVH", due="2026-04-13", hour="09:00", authority=True)
    office.assign("NHC", due="2026-04-23")
    office.assign("QLDL", due="2026-04-14")
    office.assign("TV", due="2026-04-29", co_unit_ids=(office.units["QLDL"],))


def script(story: Story) -> list[Say | Do]:
    return [*first_fortnight(story), *second_fortnight(story)]


def first_fortnight(story: Story) -> list[Say | Do]:
    office, lan = story.office, story.office.who("vp.truong")
    return [
        *[Say("06/04 14:00", f"{unit}.truong", "Đã nhận", (f"NV{n}",)) for unit, n in CONFIRM.items()],
        Say("06/04 14:30", "nhc.truong", "NV8 không phải việc của Nhà hát, đề nghị chuyển TTVH", ("NV8", "8")),
        Say("06/04 14:31", "nhc.truong", "8", ("NV8",)),
        Say("07/04 08:58", "vp.vanthu", "NV8 chuyển TTVH", ("NV8", "8")),
        Say("07/04 09:00", "vp.vanthu", "8", ("NV8",)),
        Say("07/04 09:30", "qldl.truong", "giao c Phương làm đầu mối NV9", ("NV9", "Phương")),
        Say("07/04 14:00", "ttvh.truong", "nhận NV8", ("NV8",)),
        Say("07/04 15:00", "tccb.truong", "em nghỉ phép từ 8/4 đến hết 17/4, a Tâm thay", ("08/04/2026", "17/04/2026")),
        Say("07/04 15:01", "tccb.truong", "8", ("Tâm",)),
        Do("09/04 10:00", lambda: office.assign("TCCB", due="2026-04-16")),
        Say("09/04 14:00", "tccb.pho", "em nhận thay chị Hồng", ("NV11",)),
        Say("13/04 08:00", "ttvh.truong", "NV7 xong rồi, số 40/BC-TTVH ngày 13/4", ("40/BC-TTVH",)),
        Say("13/04 08:30", "qlvh.truong", "NV6 đang làm, thứ 4 xong", ("NV6", "15/04/2026")),
        Say("13/04 10:00", "qldl.truong", "NV9 xong rồi, số 22/BC-QLDL ngày 13/4", ("22/BC-QLDL",)),
        Say("13/04 14:00", "vp.vanthu", "xác nhận NV7, NV9", ("NV7", "NV9", "đúng hạn")),
        Say("14/04 10:00", "nsvh.truong", "NV5 xin gia hạn đến 8/5 vì chờ số liệu 2 xã", ("08/05/2026",)),
        Say("15/04 10:00", "tts.truong", "NV1 xong rồi, số 12/BC-TTr ngày 15/4", ("12/BC-TTr",)),
        Say("15/04 15:00", "tccb.pho", "NV11 xong rồi, số 7/BC-TCCB ngày 15/4", ("7/BC-TCCB",)),
        Say("16/04 09:00", "vp.vanthu", "trả lại NV1: thiếu phụ lục", ("NV1", "thiếu phụ lục")),
        Say("16/04 09:05", "vp.vanthu", "xác nhận NV11", ("NV11",)),
        Say("16/04 10:00", "qlvh.truong", "NV6 xong rồi, số 51/BC-QLVH ngày 16/4", ("51/BC-QLVH",)),
        Say("16/04 15:00", "vp.vanthu", "xác nhận NV6", ("NV6", "quá hạn")),
        Say("17/04 08:00", "vp.vanthu", "giữ NV3 đến thứ 2", ("NV3", "20/04/2026")),
        Do("17/04 09:00", story.inside(lambda session: decline(session, story.id_of(session, 5), lan, "Làm đúng hạn"))),
        Say("17/04 09:58", "vp.vanthu", "thu hồi NV8 vì trùng nhiệm vụ khác", ("NV8", "8")),
        Say("17/04 10:00", "vp.vanthu", "8", ("NV8",)),
        Say("17/04 10:05", "tts.truong", "NV1 xong rồi, số 13/BC-TTr ngày 17/4", ("13/BC-TTr",)),
        Say("17/04 14:00", "vp.vanthu", "xác nhận NV1", ("NV1", "đúng hạn")),
    ]  # fmt: skip


def second_fortnight(story: Story) -> list[Say | Do]:
    lan = story.office.who("vp.truong")
    return [
        Say("20/04 10:00", "qltt.truong", "NV2 xin gia hạn đến 5/5 vì chờ số liệu 2 xã", ("05/05/2026",)),
        Say("20/04 10:30", "tv.truong", "NV10 chờ phòng du lịch gửi số liệu", ("NV10",)),
        Do("20/04 14:00", story.inside(lambda session: forward(session, story.id_of(session, 2), lan, "Nhất trí"))),
        Say("21/04 08:30", "nsvh.truong", "NV5 đang làm, thứ 5 xong", ("NV5", "23/04/2026")),
        Say("21/04 09:00", "gd", "8", ("NV2", "05/05/2026")),
        Say("24/04 10:00", "nsvh.truong", "NV5 xong rồi, số 63/BC-NSVH ngày 24/4", ("63/BC-NSVH",)),
        Say("24/04 15:00", "vp.vanthu", "xác nhận NV5", ("NV5", "đúng hạn")),
        Say("28/04 09:00", "tv.truong", "NV10 xong rồi, số 41/BC-TV ngày 28/4", ("41/BC-TV",)),
        Say("28/04 14:00", "vp.vanthu", "xác nhận NV10", ("NV10", "đúng hạn")),
        Say("04/05 10:00", "qltt.truong", "NV2 xong rồi, số 77/BC-QLTT ngày 4/5", ("77/BC-QLTT",)),
        Say("04/05 15:00", "vp.vanthu", "xác nhận NV2", ("NV2", "đúng hạn")),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def story() -> Story:
    made = Story(2026, "06/04 09:00")
    assignments(made)
    made.play(script(made), until="08/05")
    return made


def test_every_message_is_the_one_in_the_table(story: Story) -> None:
    assert (wrong := differences(story.told("06/04"), table(DATA / "month.txt"))) == "", f"\n{wrong}"


def test_a_returned_report_counts_from_the_second_one(story: Story) -> None:
    task = story.task(1)
    assert (task.state, task.returns, task.reported_at) == (State.COMPLETED, 1, story.moment("17/04 10:05"))


def test_a_granted_request_keeps_the_first_date_and_is_on_time(story: Story) -> None:
    task = story.task(2)
    assert (task.original_due, task.due_on) == (date(2026, 4, 22), date(2026, 5, 5))
    assert (task.extensions, task.late_events) == (1, 0)
    assert category(task, story.office.calendar, clock.now()) is Category.DONE_ON_TIME


def test_a_broken_promise_leaves_one_late_event(story: Story) -> None:
    task = story.task(6)
    assert (task.late_events, category(task, story.office.calendar, clock.now())) == (1, Category.DONE_LATE)


def test_what_nobody_did_is_overdue(story: Story) -> None:
    assert category(story.task(3), story.office.calendar, clock.now()) is Category.OVERDUE
