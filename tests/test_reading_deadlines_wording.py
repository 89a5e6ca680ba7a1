"""A day, an hour, a period, an event, a count of days: each wording with the one meaning it has."""

from __future__ import annotations

import pytest

from tests.reading_times import said, the_only


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("gửi báo cáo trước ngày 15/11/2025 để tổng hợp", "2025-11-15"),
        ("gửi báo cáo trước 15/11/2025", "2025-11-15"),
        ("gửi báo cáo trước ngày 15-11-2025", "2025-11-15"),
        ("gửi báo cáo trước ngày 15.11.2025", "2025-11-15"),
        ("gửi báo cáo trước ngày 5/12/2025.", "2025-12-05"),
        ("trình Giám đốc Sở trước ngày 05 tháng 12 năm 2025", "2025-12-05"),
        ("trình Giám đốc Sở trước ngày 05 tháng 12/2025", "2025-12-05"),
        ("nộp chậm nhất ngày 10 tháng 12 năm 2025", "2025-12-10"),
        ("nộp chậm nhất là ngày 15 tháng 8 của năm 2026", "2026-08-15"),
        ("nộp chậm nhất vào ngày 20/10/2025", "2025-10-20"),
        ("nộp muộn nhất là ngày 20/10/2025", "2025-10-20"),
        ("hoàn thành chậm nhất trước ngày 31/12/2025", "2025-12-31"),
        ("hoàn thành xong trước ngày 31/12/2025", "2025-12-31"),
        ("xong trước 31/12/2025", "2025-12-31"),
        ("xong trong ngày 20 tháng 11 năm 2025", "2025-11-20"),
        ("hoàn thành việc kê khai đến hết ngày 31/3/2026", "2026-03-31"),
        ("hoàn thành trước hết ngày 31/3/2026", "2026-03-31"),
        ("gửi về Sở, hạn cuối ngày 25/10/2025", "2025-10-25"),
        ("gửi về Sở, hạn chót là ngày 25/10/2025", "2025-10-25"),
        ("báo cáo kết quả (thời hạn hoàn thành: trước ngày 15/12/2025)", "2025-12-15"),
        ("báo cáo kết quả (hạn: 15/12/2025)", "2025-12-15"),
        ("hoàn thành không muộn hơn ngày 30/11/2025", "2025-11-30"),
        ("hoàn thành không quá ngày 30/11/2025", "2025-11-30"),
        ("hoàn thành không chậm hơn ngày 30/11/2025", "2025-11-30"),
        ("nộp không trễ hơn ngày 30/11/2025", "2025-11-30"),
        ("hoàn thành trong hoặc trước ngày 30/11/2025", "2025-11-30"),
        ("gửi báo cáo vào ngày 30/11/2025", "2025-11-30"),
        ("hoàn thành từ nay đến hết ngày 31/12/2025", "2025-12-31"),
        ("hoàn thành từ nay đến ngày 31/12/2025", "2025-12-31"),
        ("gửi trước thứ Sáu, ngày 24/10/2025", "2025-10-24"),
        ("gửi trước ngày thứ Sáu (24/10/2025)", "2025-10-24"),
        ("gửi trước ngày 24/10/2025 (thứ Sáu)", "2025-10-24"),
        ("TRƯỚC NGÀY 24/10/2025 gửi báo cáo", "2025-10-24"),
        ("Trước ngày 24/10/2025, gửi báo cáo", "2025-10-24"),
        ("gửi báo cáo (bản giấy và tệp) trước ngày  01/10/2025", "2025-10-01"),
    ],
)
def test_a_fixed_day(text: str, day: str) -> None:
    assert said(text) == [day]
    assert the_only(text).question is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("gửi trước 17h00 ngày 27/11/2025", "2025-11-27 17:00"),
        ("gửi trước 17g00 ngày 27/11/2025", "2025-11-27 17:00"),
        ("gửi trước 17 giờ 30 phút ngày 27/11/2025", "2025-11-27 17:30"),
        ("gửi trước 17 giờ 30 ngày 27/11/2025", "2025-11-27 17:30"),
        ("gửi trước 17giờ30 ngày 27/11/2025", "2025-11-27 17:30"),
        ("gửi trước 08h30' ngày 27/11/2025", "2025-11-27 08:30"),
        ("gửi trước 17 giờ 00 phút, ngày 27 tháng 11 năm 2025", "2025-11-27 17:00"),
        ("gửi trước 17 giờ 00, thứ Năm, ngày 27/11/2025", "2025-11-27 17:00"),
        ("gửi trước 9 giờ sáng ngày 05/11/2025", "2025-11-05 09:00"),
        ("gửi trước 4 giờ chiều ngày 05/11/2025", "2025-11-05 16:00"),
        ("gửi trước 14 giờ chiều ngày 05/11/2025", "2025-11-05 14:00"),
        ("gửi trước 12 giờ trưa ngày 05/11/2025", "2025-11-05 12:00"),
        ("gửi chậm nhất 16h30 ngày 05/11/2025", "2025-11-05 16:30"),
        ("gửi chậm nhất là 16 giờ ngày 05/11/2025", "2025-11-05 16:00"),
        ("hạn chót là 16h30 ngày 05/11/2025", "2025-11-05 16:30"),
        ("gửi trước 16h30, 05/11/2025", "2025-11-05 16:30"),
        ("cập nhật đến hết 18h00 ngày 22/8/2026", "2026-08-22 18:00"),
        ("gửi trước 16 giờ 00 phút ngày 20/10", "2025-10-20 16:00"),
    ],
)
def test_a_day_with_its_hour(text: str, moment: str) -> None:
    assert said(text) == [moment]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoàn thành trong tháng 11 năm 2025", "2025-11-30"),
        ("hoàn thành trong tháng 02/2026", "2026-02-28"),
        ("hoàn thành ngay trong tháng 12 năm 2025", "2025-12-31"),
        ("trình Giám đốc Sở trong quý I năm 2026", "2026-03-31"),
        ("trình Giám đốc Sở trong Quý I/2026.", "2026-03-31"),
        ("hoàn thành trước năm 2027", "2026-12-31"),
        ("hoàn thành chậm nhất trong tháng 12/2025", "2025-12-31"),
        ("hoàn thành chậm nhất cuối tháng 11/2025", "2025-11-30"),
        ("hoàn thành đến cuối tháng 11/2025", "2025-11-30"),
        ("hoàn thành trước cuối năm 2025", "2025-12-31"),
        ("xong trong Quý IV/2025", "2025-12-31"),
        ("hoàn thành trong 6 tháng đầu năm 2026", "2026-06-30"),
        ("hoàn thành trong 06 tháng cuối năm 2025", "2025-12-31"),
        ("hoàn thành trước quý II/2026", "2026-03-31"),
        ("hoàn thành trước tháng 6/2026", "2026-05-31"),
    ],
)
def test_a_period_stands_for_its_last_day(text: str, day: str) -> None:
    assert said(text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/10/2025", "2025-10-31"),
        ("Trước 31/10/2025", "2025-10-31"),
        ("Ngày 31/10/2025", "2025-10-31"),
        ("Tháng 11 - 12/2025", "2025-12-31"),
        ("Tháng 11, 12/2025", "2025-12-31"),
        ("Từ tháng 10 đến tháng 12/2025", "2025-12-31"),
        ("Tháng 10/2025 - tháng 3/2026", "2026-03-31"),
        ("Quý III/2026", "2026-09-30"),
        ("Quý I - II/2026", "2026-06-30"),
        ("Năm 2026", "2026-12-31"),
        ("2026", "2026-12-31"),
        ("2026 - 2027", "2027-12-31"),
        ("12/2025", "2025-12-31"),
        ("Q4/2025", "2025-12-31"),
        ("6 tháng đầu năm 2026", "2026-06-30"),
        ("6 tháng cuối năm 2025", "2025-12-31"),
        ("Cuối năm 2025", "2025-12-31"),
        ("Từ 15/10/2025 đến 15/11/2025", "2025-11-15"),
        ("Từ ngày 15/10 đến ngày 15/11/2025", "2025-11-15"),
        ("15/10/2025 - 15/11/2025", "2025-11-15"),
        ("15-20/10/2025", "2025-10-20"),
        ("Từ nay đến 31/12/2025", "2025-12-31"),
    ],
)
def test_the_value_of_a_label_needs_no_marker(text: str, day: str) -> None:
    assert said(text, labelled=True) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("gửi trước ngày 15/11 về Sở", "2025-11-15"),
        ("gửi trước ngày 15 tháng 11 về Sở", "2025-11-15"),
        ("gửi trước 15/11 về Sở", "2025-11-15"),
        ("gửi trước ngày 15/3 về Sở", "2026-03-15"),
        ("hoàn thành trong tháng 11", "2025-11-30"),
        ("hoàn thành trong quý I", "2026-03-31"),
        ("hoàn thành trong tuần này", "2025-10-03"),
        ("gửi trước thứ Sáu tuần này", "2025-10-03"),
        ("gửi trước 16 giờ thứ Hai tuần tới", "2025-10-06"),
        ("gửi trước thứ Ba tuần sau", "2025-10-07"),
        ("hoàn thành trong tháng này", "2025-10-31"),
        ("hoàn thành trong tháng 10 này", "2025-10-31"),
        ("hoàn thành đến cuối tháng này", "2025-10-31"),
        ("hoàn thành trong quý này", "2025-12-31"),
        ("hoàn thành trong năm nay", "2025-12-31"),
        ("hoàn thành từ nay đến cuối năm", "2025-12-31"),
        ("hoàn thành trước ngày 05 tháng 11 tới", "2025-11-05"),
    ],
)
def test_a_day_that_must_be_guessed_from_the_documents_date_is_asked_about(text: str, day: str) -> None:
    due = the_only(text)
    assert (str(due.date), bool(due.question)) == (day, True)


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành trước Tết Nguyên đán năm 2026",
        "hoàn thành trước Tết Nguyên đán Bính Ngọ",
        "hoàn thành trước Tết Nguyên đán Bính Ngọ 2026",
        "báo cáo trước ngày 23 tháng Chạp",
        "báo cáo trước Rằm tháng Giêng",
        "báo cáo trước ngày mùng 5 tháng Giêng",
        "báo cáo trước ngày 10/3 âm lịch",
        "báo cáo trước ngày 10 tháng 3 âm lịch",
        "báo cáo trước ngày 10/3 (âm lịch)",
        "báo cáo trước ngày 10/3/2026 âm lịch",
        "báo cáo trước ngày 10/3 (ÂL)",
        "trình trước Kỳ họp thứ 10 của Hội đồng nhân dân tỉnh",
        "trình trước ngày khai mạc kỳ họp",
        "hoàn thành trước thời điểm khai mạc Đại hội",
        "hoàn thành trước ngày khai giảng năm học mới",
        "hoàn thành trước ngày bầu cử",
        "hoàn thành trước ngày diễn ra Lễ hội",
        "hoàn thành trước mùa mưa bão",
        "hoàn thành trước mùng 1 Tết",
        "hoàn thành trước Đại hội Đảng bộ tỉnh",
        "hoàn thành trước khi kết thúc năm học",
    ],
)
def test_an_event_or_a_lunar_day_is_asked_for_and_never_becomes_a_date(text: str) -> None:
    due = the_only(text)
    assert (due.kind, due.date, due.from_, bool(due.question)) == ("relative", None, "event", True)


@pytest.mark.parametrize(
    ("text", "amount", "unit", "source"),
    [
        ("trong vòng 05 ngày làm việc kể từ ngày ký", 5, "working_days", "signing"),
        ("trong vòng 05 ngày làm việc kể từ ngày ký ban hành", 5, "working_days", "signing"),
        ("trong vòng 05 ngày làm việc, kể từ ngày nhận được văn bản này", 5, "working_days", "receipt"),
        ("trong thời hạn 07 ngày làm việc, kể từ ngày ban hành Kế hoạch này", 7, "working_days", "signing"),
        ("trong thời hạn 05 (năm) ngày kể từ ngày nhận được Công văn này", 5, "days", "receipt"),
        ("trong thời hạn 10 (mười) ngày làm việc kể từ ngày Chỉ thị này được ban hành", 10, "working_days", "signing"),
        ("chậm nhất 03 ngày kể từ ngày ban hành", 3, "days", "signing"),
        ("chậm nhất sau 10 ngày kể từ ngày ký", 10, "days", "signing"),
        ("chậm nhất là 15 ngày sau ngày ký Quyết định này", 15, "days", "signing"),
        ("muộn nhất sau 05 ngày làm việc kể từ khi nhận được công văn", 5, "working_days", "receipt"),
        ("không quá 05 ngày kể từ ngày nhận văn bản", 5, "days", "receipt"),
        ("tối đa 02 ngày làm việc kể từ ngày nhận được Thông báo này", 2, "working_days", "receipt"),
        ("trong vòng 24 giờ kể từ khi nhận được Công điện", 24, "hours", "receipt"),
        ("trong vòng 01 tháng kể từ ngày ký Quyết định", 30, "days", "signing"),
        ("trong vòng 02 tuần kể từ ngày ban hành", 14, "days", "signing"),
        ("trong vòng năm ngày làm việc kể từ ngày ký", 5, "working_days", "signing"),
        ("trong thời hạn mười lăm ngày kể từ ngày nhận được văn bản này", 15, "days", "receipt"),
        ("trong thời hạn ba ngày làm việc, kể từ ngày ký", 3, "working_days", "signing"),
        ("trong vòng hai mươi ngày kể từ ngày ban hành", 20, "days", "signing"),
        ("sau 05 ngày kể từ ngày nhận được văn bản này", 5, "days", "receipt"),
    ],
)
def test_days_counted_from_signing_or_receipt(text: str, amount: int, unit: str, source: str) -> None:
    due = the_only(f"Gửi báo cáo {text}.")
    assert (due.kind, due.date, due.amount, due.unit, due.from_, due.question) == (
        "relative", None, amount, unit, source, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("trong vòng 03 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", 3, "working_days"),
        ("trong 03 ngày kể từ ngày nhận được văn bản của Sở Nội vụ", 3, "days"),
        ("trong 05 ngày kể từ ngày nhận được đơn khiếu nại", 5, "days"),
        ("trong 24 giờ kể từ khi nhận được thông tin phản ánh", 24, "hours"),
        ("trong vòng 10 ngày kể từ ngày ký hợp đồng", 10, "days"),
        ("trong vòng 15 ngày kể từ ngày ban hành Nghị quyết của Hội đồng nhân dân tỉnh", 15, "days"),
        ("trong 05 ngày làm việc kể từ ngày tiếp nhận hồ sơ", 5, "working_days"),
        ("chậm nhất 05 ngày sau khi kết thúc hội nghị", 5, "days"),
        ("chậm nhất 01 ngày trước ngày hết hạn", 1, "days"),
        ("chậm nhất là 30 ngày, trước ngày khai mạc kỳ họp", 30, "days"),
        ("chậm nhất 03 ngày làm việc trước ngày tổ chức hội nghị", 3, "working_days"),
        ("trước ít nhất 05 ngày so với ngày tổ chức lễ hội", 5, "days"),
        ("trước ngày họp ít nhất 02 ngày làm việc", 2, "working_days"),
        ("ít nhất 30 ngày trước ngày hết hạn hợp đồng thuê", 30, "days"),
        ("tối thiểu 03 ngày làm việc trước khi tổ chức lễ hội", 3, "working_days"),
    ],
)
def test_days_counted_from_something_else_are_asked_about(text: str, amount: int, unit: str) -> None:
    due = the_only(f"Gửi báo cáo {text}.")
    assert (due.kind, due.date, due.amount, due.unit, due.from_) == ("relative", None, amount, unit, "event")
    assert due.question
