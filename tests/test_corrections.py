"""Dates and words put right: no extension, and a wrong date's lateness goes with it."""

from __future__ import annotations

from datetime import date, time

import pytest

from models.extending import extend
from models.handling import BadDate, accept, correct, progress, report
from models.task import Category, State, Task, TaskClass, category, late_events
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def stands(office: Office, task: Task) -> tuple[Category | None, int]:
    """The category and the late events of the task at this moment."""
    now = office.task(task.id)
    return category(now, office.calendar, office.now()), late_events(now, office.calendar, office.now())


def test_a_wrong_date_put_right_is_no_extension_and_its_lateness_goes_with_it(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-08 09:00")
    assert stands(office, task) == (Category.OVERDUE, 1)
    office.do(correct, task, "vp.truong", "đánh máy nhầm tháng", due_on=date(2023, 9, 4))
    now = office.task(task.id)
    assert (now.extensions, now.original_due, now.due_version) == (0, date(2023, 9, 4), 2)
    assert stands(office, task) == (Category.IN_TIME, 0)


def test_lateness_counted_by_a_wrong_date_is_taken_off_a_completed_task(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-08 09:00").do(report, task, "tts.truong")
    office.do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_LATE, 1)
    office.do(correct, task, "vp.truong", "nhầm", due_on=date(2023, 8, 7))
    assert stands(office, task) == (Category.DONE_LATE, 1)
    office.do(correct, task, "vp.truong", "nhầm nữa", due_on=date(2023, 8, 8))
    assert stands(office, task) == (Category.DONE_ON_TIME, 0)


def test_an_extended_tasks_first_date_stays_when_the_present_one_is_put_right(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.do(extend, task, "vp.truong", date(2023, 8, 9))
    office.do(correct, task, "vp.truong", "nhầm", due_on=date(2023, 8, 10))
    assert office.task(task.id).original_due == date(2023, 8, 4)


@pytest.mark.parametrize(
    "columns", [{"due_time": time(16)}, {"internal_due": date(2023, 8, 2)}, {"due_on": date(2023, 8, 7)}]
)
def test_every_date_that_moves_makes_new_reminders(office: Office, columns: dict[str, object]) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.do(correct, task, "vp.truong", "nhầm", **columns)
    assert office.task(task.id).due_version == 2


def test_other_words_make_no_new_reminders(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.do(progress, task, "tts.truong", words="", promised_on=date(2023, 8, 3))
    office.do(correct, task, "vp.truong", "nhầm", title="Kế hoạch kiểm tra", due_on=date(2023, 8, 4))
    now = office.task(task.id)
    assert (now.due_version, now.promised_on, now.title) == (1, date(2023, 8, 3), "Kế hoạch kiểm tra")


@pytest.mark.parametrize(
    ("due", "columns", "why"),
    [("2023-08-04", {"internal_due": date(2023, 8, 5)}, "internal_after_due"),
     ("2023-08-04", {"internal_due": date(2023, 8, 3), "due_on": date(2023, 8, 2)}, "internal_after_due"),
     (None, {"internal_due": date(2023, 8, 3)}, "no_due")],
)  # fmt: skip
def test_an_internal_date_is_not_later_than_the_due_date(
    office: Office, due: str | None, columns: dict[str, date], why: str
) -> None:
    task = office.assign("TTS", due=due)
    with pytest.raises(BadDate) as refused:
        office.do(correct, task, "vp.truong", "nhầm", **columns)
    assert refused.value.details["why"] == why


def test_a_standing_task_that_gets_a_date_is_dated_and_one_that_loses_it_is_looked_at_instead(office: Office) -> None:
    task = office.assign("TTS")
    office.do(correct, task, "vp.truong", "văn bản có nêu hạn", due_on=date(2023, 8, 4), due_time=time(10))
    now = office.task(task.id)
    assert (now.task_class, now.review_on, now.state) == (TaskClass.DATED, None, State.ASSIGNED)
    office.do(correct, task, "vp.truong", "văn bản không nêu hạn", due_on=None)
    now = office.task(task.id)
    assert (now.task_class, now.review_on, now.due_time) == (TaskClass.STANDING, date(2023, 8, 31), None)
    assert stands(office, task) == (Category.NO_DUE, 0)
