"""The calendar: what a change moves is shown before it is saved; saving recomputes when each task is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlmodel import select

from models.calendar import CalendarDay, calendar_of
from models.event import Event
from models.moves import recompute_next_notice
from models.recalendar import apply, preview
from models.rules import OFFICE_ZONE
from models.task import Task
from tests.web_stage import Stage, said, stage

SWAP = {"day0": "2023-07-24", "how0": "off", "day1": "2023-07-29", "how1": "work"}
FRIDAY, MONDAY, SATURDAY = date(2023, 7, 28), date(2023, 7, 31), date(2023, 7, 29)


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def local(day: int, hour: int, month: int = 7) -> datetime:
    return datetime(2023, month, day, hour, 0 if hour == 0 else 30, tzinfo=OFFICE_ZONE)


def test_a_day_off_on_the_due_date_moves_when_it_is_overdue(office: Stage) -> None:
    code = office.order("QLVH", due=FRIDAY)
    with office.database.read() as session:
        (moved,) = preview(session, [(FRIDAY, False, "mất điện")])
    assert moved.task.code == code
    assert moved.overdue == (local(29, 0), local(1, 0, 8)), "Tuesday: Monday is the next working day"
    assert {shift.name for shift in moved.shifts} >= {"D-0", "L+1", "L+2"}


def test_what_does_not_touch_a_task_is_not_shown(office: Stage) -> None:
    office.order("QLVH", due=FRIDAY)
    with office.database.read() as session:
        assert preview(session, [(date(2025, 3, 3), False, "")]) == []


def test_the_preview_changes_nothing(office: Stage) -> None:
    office.order("QLVH", due=FRIDAY)
    clerk = office.browser("vp.vanthu")
    page = clerk.post("/calendar", {"day0": "2023-07-28", "how0": "off", "note0": "mất điện"})
    assert page.status_code == 200 and "chưa lưu" in page.text and "Quá hạn từ 0 giờ, thứ Bảy 29/07/2023" in page.text
    with office.database.read() as session:
        assert session.get(CalendarDay, FRIDAY) is None and calendar_of(session).is_working(FRIDAY)


def test_saving_recomputes_and_is_written_down(office: Stage) -> None:
    code = office.order("QLVH", due=FRIDAY)
    before = office.task(code).next_notice_at
    clerk = office.browser("vp.vanthu")
    saved = clerk.post("/calendar", SWAP | {"save": "1"})
    assert said(saved) == "Đã lưu lịch làm việc và tính lại các lần nhắc."
    assert before == local(25, 7) and office.task(code).next_notice_at == local(25, 13)
    with office.database.read() as session:
        event = session.exec(select(Event).where(Event.verb == "calendar_changed")).one()
    assert event.subject == "office" and event.facts is not None and event.facts["recomputed"] == [code]


def test_recomputed_is_what_a_move_would_have_computed(office: Stage) -> None:
    office.assign_seed()
    for due in (FRIDAY, MONDAY, date(2023, 7, 20)):
        office.order("QLDL", due=due)
    clerk = office.clerk()
    with office.database.write() as session:
        apply(session, [(MONDAY, False, ""), (SATURDAY, True, "")], clerk)
        for task in session.exec(select(Task).where(Task.is_parent == False)):  # noqa: E712
            assert task.next_notice_at == recompute_next_notice(session, task), task.code


def test_a_day_can_be_taken_out_of_the_table_again(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    clerk.post("/calendar", {"day0": "2023-07-28", "how0": "off", "save": "1"})
    clerk.post("/calendar", {"day0": "2023-07-28", "how0": "remove", "save": "1"})
    with office.database.read() as session:
        assert session.get(CalendarDay, FRIDAY) is None


@pytest.mark.parametrize("who", ["qlvh.truong", "gd"])
def test_only_office_and_administrator_change_it(office: Stage, who: str) -> None:
    assert office.browser(who).post("/calendar", SWAP | {"save": "1"}).status_code == 403
    assert office.browser("quantri").post("/calendar", SWAP | {"save": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "Chưa ghi ngày nào"), (SWAP | {"day1": SWAP["day0"]}, "hai lần"),
     ({"day0": "28/7", "how0": "off"}, "28/7"), ({"day0": "2023-07-28", "how0": "holiday"}, "không đúng mẫu")],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(office: Stage, fields: dict[str, str], words: str) -> None:
    answer = office.browser("vp.vanthu").post("/calendar", fields)
    assert answer.status_code == 400 and words in said(answer)
