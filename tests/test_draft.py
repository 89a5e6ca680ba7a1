"""One item becomes one draft: its title, its class, its dates, and the questions it leaves open."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlmodel import select

from draft import LONGEST, Arrival, moment_of, title_of
from models.calendar import Calendar
from models.confirm import confirm
from models.rules import OFFICE_ZONE, Rules
from models.series import Series
from reading.model import Due, Item, Lead
from tests.letters import one
from tests.office import Office


@pytest.fixture
def office() -> Office:
    """On Monday 24 July 2023, just before the first slot."""
    return Office("2023-07-24 07:10")


def test_a_date_of_the_text_is_the_due_date(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo kết quả kiểm tra trước ngày 15/8/2023.")
    assert (item.task_class, item.due_on, item.review_on, item.questions) == ("dated", date(2023, 8, 15), None, {})


def test_an_hour_of_the_text_is_kept(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo kết quả kiểm tra trước 16 giờ ngày 15/8/2023.")
    assert (item.due_on, item.due_time) == (date(2023, 8, 15), time(16))


def test_working_days_are_counted_from_receipt_on_the_offices_calendar(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản.")
    assert item.due_on == date(2023, 7, 31)
    assert "due" not in item.questions


def test_calendar_days_are_counted_from_signing(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo trong thời hạn 10 ngày kể từ ngày ký văn bản này.")
    assert item.due_on == date(2023, 7, 30)


def test_a_count_from_nowhere_is_asked_and_not_guessed(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo trong thời hạn 10 ngày kể từ ngày kết thúc hội nghị.")
    assert (item.due_on, item.task_class) == (None, "dated")
    assert list(item.questions) == ["due:0"] and "kể từ" in item.questions["due:0"]


def test_a_stated_day_of_every_month_is_a_series_from_which_tasks_are_made(office: Office) -> None:
    item = one(office, "Phòng Quản lý Du lịch báo cáo tình hình khách du lịch trước ngày 05 hằng tháng.")
    assert (item.task_class, item.due_on, item.questions) == ("recurring", None, {})
    assert item.recurrence is not None and (item.recurrence["recurrence"], item.recurrence["day"]) == ("monthly", 5)
    with office.database.write() as session:
        (task,) = confirm(session, 1, office.who("vp.truong"))
        assert (task.due_on, task.period) == (date(2023, 8, 5), "2023-07")
        assert session.exec(select(Series)).one().next_due == date(2023, 9, 5)


def test_two_dates_in_one_item_are_asked_and_the_first_proposed(office: Office) -> None:
    item = one(office, "Phòng Tổ chức cán bộ lập kế hoạch trước ngày 05/8/2023, báo cáo kết quả trước ngày 30/9/2023.")
    assert item.due_on == date(2023, 8, 5)
    assert list(item.questions) == ["several"]


def test_a_deadline_in_the_past_is_kept_and_asked_about(office: Office) -> None:
    item = one(office, "Thanh tra Sở báo cáo kết quả kiểm tra trước ngày 10/7/2023.", on=date(2023, 7, 3))
    assert item.due_on == date(2023, 7, 10)
    assert item.questions["past"] == "Mục 1: thời hạn 10/07/2023 đã qua, có giữ thời hạn này không?"


def test_hours_count_only_from_an_arrival_today() -> None:
    calendar = Calendar({}, Rules())
    now = datetime(2023, 7, 24, 9, 20, tzinfo=OFFICE_ZONE)
    due = Due("trong 24 giờ kể từ khi nhận", "relative", amount=24, unit="hours", from_="receipt")
    today = Arrival(date(2023, 7, 23), date(2023, 7, 24), now)
    assert moment_of(due, calendar, today) == (date(2023, 7, 25), time(9, 20))
    assert moment_of(due, calendar, Arrival(date(2023, 7, 20), date(2023, 7, 21), now)) is None


def item_of(text: str, *leads: str) -> Item:
    return Item("1", text, (0, len(text)), 0, True, tuple(Lead(lead) for lead in leads), (), "standing", (), ())


@pytest.mark.parametrize(
    ("text", "leads", "title"),
    [
        ("Giao Văn phòng Sở tổng hợp, báo cáo kết quả./.", ["Văn phòng Sở"], "Tổng hợp, báo cáo kết quả"),
        ("Sở Y tế, Sở Nội vụ và Thanh tra Sở rà soát hồ sơ; gửi báo cáo.", ["Sở Y tế", "Sở Nội vụ", "Thanh tra Sở"],
         "Rà soát hồ sơ; gửi báo cáo"),
        ("Rà soát hồ sơ cán bộ (theo mẫu gửi kèm).", ["Thanh tra Sở"], "Rà soát hồ sơ cán bộ"),
        ("Thanh tra Sở.", ["Thanh tra Sở"], "Thanh tra Sở"),
        ("x" * 300, [], "X" + "x" * (LONGEST - 1)),
    ],
)  # fmt: skip
def test_a_title_is_cut_where_a_phrase_ends(text: str, leads: list[str], title: str) -> None:
    assert title_of(item_of(text, *leads)) == title


def test_a_long_clause_ends_before_the_phrase_that_says_how() -> None:
    text = ("Thanh tra Sở rà soát toàn bộ hồ sơ, quy trình giải quyết thủ tục hành chính thuộc thẩm quyền của các "
            "đơn vị theo quy định của pháp luật về kiểm soát thủ tục hành chính")  # fmt: skip
    title = title_of(item_of(text, "Thanh tra Sở"))
    assert title == "Rà soát toàn bộ hồ sơ, quy trình giải quyết thủ tục hành chính thuộc thẩm quyền của các đơn vị"
