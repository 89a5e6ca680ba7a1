"""Time expressions mean what an official means by them, and nothing is made a deadline that is none."""

from __future__ import annotations

from datetime import date

import pytest

from reading.deadlines import find_due
from reading.model import Due

ISSUED = date(2025, 10, 1)


def only(text: str) -> Due:
    due = find_due(text, ISSUED)
    assert len(due) == 1, due
    return due[0]


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("báo cáo trước ngày 30 tháng 11 năm 2025.", "2025-11-30", None),
        ("báo cáo trước 30/11/2025 để tổng hợp.", "2025-11-30", None),
        ("chậm nhất là ngày 15 tháng 8 của năm 2026.", "2026-08-15", None),
        ("hoàn thành chậm nhất trước ngày 31/12/2025.", "2025-12-31", None),
        ("xong trong tháng 12/2025.", "2025-12-31", None),
        ("hoàn thành trong ngày 20 tháng 11 năm 2025.", "2025-11-20", None),
        ("gửi trước 17h00 ngày 27/11/2025.", "2025-11-27", "17:00"),
        ("gửi trước 17 giờ ngày 27/11/2025.", "2025-11-27", "17:00"),
        ("gửi trước 16g30 ngày 05/11/2025", "2025-11-05", "16:30"),
        ("hạn chót là ngày 10/10/2025", "2025-10-10", None),
        ("trình trong quý I năm 2026.", "2026-03-31", None),
        ("Hoàn thành trong năm 2025.", "2025-12-31", None),
        ("ban hành trước năm 2027.", "2026-12-31", None),
    ],
)
def test_a_named_day_or_period_is_a_date(text: str, day: str, hour: str | None) -> None:
    due = only(text)
    assert (due.kind, str(due.date), due.time) == ("date", day, hour)
    assert due.text in text
    assert not due.text.startswith("hoàn thành")


def test_the_words_of_a_label_need_no_marker() -> None:
    for value, day in (
        ("31/10/2025", "2025-10-31"),
        ("Quý II/2026", "2026-06-30"),
        ("Tháng 11 - 12/2025", "2025-12-31"),
        ("năm 2026 - 2027", "2027-12-31"),
        ("từ ngày 01/01/2026 đến ngày 31/3/2026", "2026-03-31"),
    ):
        assert [str(d.date) for d in find_due(value, ISSUED, labelled=True)] == [day], value


@pytest.mark.parametrize(
    "text",
    [
        "đất sử dụng trước ngày 01 tháng 7 năm 2004.",
        "theo Văn bản số 12/KH-UBND ngày 11/7/2026.",
        "từ ngày 01/11/2025 áp dụng biểu mẫu mới.",
        "từ ngày 01/01/2026 đến ngày 31/3/2026 tổ chức chiến dịch.",
        "không được bình xét thi đua cuối năm.",
        "kết quả 6 tháng đầu năm 2025.",
        "giai đoạn 2026-2030.",
        "kinh phí chi thường xuyên hằng năm.",
        "dự toán ngân sách hằng năm được giao.",
        "dự kiến họp kiểm điểm vào ngày 19/11/2025.",
        "khẩn trương, kịp thời thực hiện ngay.",
        "phấn đấu đến năm 2026 đạt 85%.",
        "trước ngày 32/13/2025.",
        "nhiệm vụ trong năm 2025 của đơn vị.",
    ],
)
def test_what_is_no_deadline_is_left_alone(text: str) -> None:
    assert find_due(text, ISSUED) == ()


@pytest.mark.parametrize(
    ("text", "amount", "unit", "source"),
    [
        ("trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản này, gửi báo cáo.", 5, "working_days", "receipt"),
        ("trong thời hạn 07 (bảy) ngày, kể từ ngày ký.", 7, "days", "signing"),
        ("trong 03 ngày kể từ ngày ban hành.", 3, "days", "signing"),
        ("chậm nhất 24 giờ sau khi xảy ra sự cố.", 24, "hours", "event"),
        ("không quá 02 ngày làm việc.", 2, "working_days", None),
    ],
)
def test_days_counted_from_something_stay_relative(text: str, amount: int, unit: str, source: str | None) -> None:
    due = only(text)
    assert (due.kind, due.date, due.amount, due.unit, due.from_) == ("relative", None, amount, unit, source)
    assert (due.question is None) == (source in ("signing", "receipt"))


@pytest.mark.parametrize(
    ("text", "recurrence", "day", "months"),
    [
        ("báo cáo trước ngày 15 hằng tháng.", "monthly", 15, None),
        ("hằng tháng trước ngày 20 báo cáo.", "monthly", 20, None),
        ("gửi trước ngày 25 tháng cuối quý.", "quarterly", 25, (3, 6, 9, 12)),
        ("chậm nhất ngày 10 của tháng đầu tiên quý sau.", "quarterly", 10, (1, 4, 7, 10)),
        ("báo cáo trước ngày 25/12 hàng năm.", "yearly", 25, (12,)),
        ("báo cáo trước ngày 30 tháng 01 năm sau.", "yearly", 30, (1,)),
        ("trước 15 giờ 00 thứ Sáu hằng tuần gửi báo cáo.", "weekly", 5, None),
        ("Định kỳ hằng quý báo cáo kết quả.", "quarterly", None, None),
        ("06 tháng/lần báo cáo UBND tỉnh.", "half_yearly", None, None),
        ("trước 16 giờ hằng ngày báo cáo nhanh.", None, None, None),
    ],
)
def test_a_series_says_its_period_and_its_day(
    text: str, recurrence: str | None, day: int | None, months: tuple[int, ...] | None
) -> None:
    due = only(text)
    assert (due.kind, due.date, due.recurrence, due.day, due.months) == ("recurring", None, recurrence, day, months)


def test_three_series_in_one_clause_are_three() -> None:
    due = find_due(
        "báo cáo hàng tháng (trước ngày 16), 6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11).", ISSUED
    )
    assert [(d.recurrence, d.day, d.months) for d in due] == [
        ("monthly", 16, None),
        ("half_yearly", 16, (6,)),
        ("yearly", 20, (11,)),
    ]


def test_a_date_without_year_takes_the_next_one_and_asks() -> None:
    assert str(only("gửi trước ngày 15/11 về Sở.").date) == "2025-11-15"
    due = only("gửi trước ngày 15/3 về Sở.")
    assert str(due.date) == "2026-03-15"
    assert due.question
    assert find_due("gửi trước ngày 15/3.", None)[0].date is None


def test_regular_work_is_standing_and_a_budget_is_not() -> None:
    assert only("Thường xuyên kiểm tra.").kind == "standing"
    assert only("Thời gian: năm 2025 và các năm tiếp theo.").kind == "standing"
