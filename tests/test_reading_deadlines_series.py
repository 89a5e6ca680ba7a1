"""What returns, what several limits say together, and what only looks like a limit."""

from __future__ import annotations

import pytest

from reading.deadlines import find_due
from tests.reading_times import ISSUED, said, the_only


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("báo cáo hằng tháng trước ngày 20", ["monthly 20"]),
        ("báo cáo hàng tháng trước ngày 20", ["monthly 20"]),
        ("báo cáo trước ngày 15 hằng tháng", ["monthly 15"]),
        ("báo cáo trước ngày 15 mỗi tháng", ["monthly 15"]),
        ("báo cáo trước ngày 15 của hằng tháng", ["monthly 15"]),
        ("báo cáo trước 17 giờ ngày 25 hằng tháng", ["monthly 25 17:00"]),
        ("gửi báo cáo vào ngày 20 hằng tháng", ["monthly 20"]),
        ("báo cáo tháng trước ngày 05 của tháng tiếp theo", ["monthly 5"]),
        ("định kỳ hằng tháng, trước ngày 05 của tháng kế tiếp, gửi báo cáo", ["monthly 5"]),
        ("định kỳ hằng tháng (trước ngày 25) gửi báo cáo", ["monthly 25"]),
        ("định kỳ hàng tháng (chậm nhất ngày 25) gửi báo cáo", ["monthly 25"]),
        ("báo cáo trước ngày cuối cùng của tháng", ["monthly 31"]),
        ("báo cáo trước ngày 25 tháng cuối quý", ["quarterly 25 3,6,9,12"]),
        ("báo cáo trước ngày 20 của tháng cuối mỗi quý", ["quarterly 20 3,6,9,12"]),
        ("báo cáo chậm nhất ngày 05 tháng đầu tiên của quý tiếp theo", ["quarterly 5 1,4,7,10"]),
        ("báo cáo quý trước ngày 15 của tháng cuối quý", ["quarterly 15 3,6,9,12"]),
        ("báo cáo trước ngày 10 của tháng đầu quý sau", ["quarterly 10 1,4,7,10"]),
        ("báo cáo hằng quý (trước ngày 10 tháng đầu quý sau)", ["quarterly 10 1,4,7,10"]),
        ("báo cáo trước ngày 15/12 hằng năm", ["yearly 15 12"]),
        ("báo cáo trước ngày 15 tháng 12 hằng năm", ["yearly 15 12"]),
        ("báo cáo trước ngày 15 tháng 12 hàng năm", ["yearly 15 12"]),
        ("hằng năm, báo cáo trước ngày 15/12", ["yearly 15 12"]),
        ("định kỳ hằng năm (trước ngày 15/12) báo cáo", ["yearly 15 12"]),
        ("báo cáo trước ngày 31/01 của năm tiếp theo", ["yearly 31 1"]),
        ("báo cáo trước ngày 30 tháng 01 năm sau", ["yearly 30 1"]),
        ("báo cáo trước 30/11 của năm liền kề trước năm kế hoạch", ["yearly 30 11"]),
        ("báo cáo trước ngày 30/6 của năm", ["yearly 30 6"]),
        ("định kỳ trước ngày 01/6 và 15/11 hằng năm gửi báo cáo", ["yearly 1 6", "yearly 15 11"]),
        ("báo cáo trước ngày 20 tháng 6 và ngày 20 tháng 12 hằng năm", ["yearly 20 6", "yearly 20 12"]),
        ("báo cáo trước ngày 10/6, 10/12 hằng năm", ["yearly 10 6", "yearly 10 12"]),
        (
            "định kỳ 6 tháng (gửi trước ngày 15/6) và hằng năm (gửi trước ngày 15/11)",
            ["half_yearly 15 6", "yearly 15 11"],
        ),
        ("báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12", ["half_yearly 10 6", "yearly 10 12"]),
        (
            "báo cáo định kỳ 6 tháng (trước ngày 15 tháng 6), năm (trước ngày 15 tháng 12)",
            ["half_yearly 15 6", "yearly 15 12"],
        ),
        (
            "báo cáo hàng tháng (trước ngày 16), 6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11)",
            ["monthly 16", "half_yearly 16 6", "yearly 20 11"],
        ),
        (
            "báo cáo hằng tháng (trước ngày 20), hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 15/6), "
            "hằng năm (trước ngày 15/12)",
            ["monthly 20", "quarterly 20 3,6,9,12", "half_yearly 15 6", "yearly 15 12"],
        ),
        ("báo cáo trước 15 giờ 00 thứ Sáu hằng tuần", ["weekly 5 15:00"]),
        ("báo cáo trước 15h00 ngày thứ Năm hàng tuần", ["weekly 4 15:00"]),
        ("báo cáo trước 10 giờ sáng thứ Sáu hằng tuần", ["weekly 5 10:00"]),
        ("báo cáo vào chiều thứ Sáu hằng tuần", ["weekly 5"]),
        ("báo cáo trước 9 giờ Chủ nhật hằng tuần", ["weekly 7 09:00"]),
        ("hằng tuần, trước thứ Năm, gửi báo cáo", ["weekly 4"]),
        ("báo cáo trước 16 giờ hằng ngày", ["daily 16:00"]),
        ("báo cáo trước 19h00' hằng ngày", ["daily 19:00"]),
        ("hằng ngày trước 16 giờ 30 phút báo cáo nhanh", ["daily 16:30"]),
        ("định kỳ hằng quý báo cáo kết quả", ["quarterly"]),
        ("06 tháng/lần báo cáo UBND tỉnh", ["half_yearly"]),
        ("định kỳ 03 tháng/lần báo cáo UBND tỉnh", ["quarterly"]),
        ("định kỳ 01 tháng/lần báo cáo UBND tỉnh", ["monthly"]),
        ("định kỳ mỗi quý một lần báo cáo UBND tỉnh", ["quarterly"]),
        (
            "định kỳ hằng năm (trước 15/12), 06 tháng/lần và đột xuất theo yêu cầu báo cáo",
            ["yearly 15 12", "half_yearly"],
        ),
    ],
)
def test_a_series_has_its_period_its_day_and_its_months(text: str, series: list[str]) -> None:
    assert said(text) == series


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kiểm kê chậm nhất vào cuối ngày 15/12/2025", ["2025-12-15"]),
        ("gửi danh sách trước giờ hành chính ngày 10/10/2025", ["2025-10-10"]),
        ("hằng quý báo cáo trước ngày 18 của tháng thứ ba", ["quarterly 18 3,6,9,12"]),
        ("báo cáo trước ngày 25/12, 25/3", ["2025-12-25", "2026-03-25"]),
        ("báo cáo lần đầu trước ngày 20 tháng 11 năm 2025 và hằng tháng", ["2025-11-20", "monthly"]),
        ("báo cáo đợt 1 trước ngày 01/11/2025, đợt 2 trước ngày 01/12/2025", ["2025-11-01", "2025-12-01"]),
        ("hoàn thành trong quý I năm 2026 và có rà soát, bổ sung trong các năm tiếp theo", ["2026-03-31"]),
        ("thường xuyên kiểm tra, báo cáo trước ngày 20/11/2025", ["thường xuyên", "2025-11-20"]),
        ("trình trước ngày 15/11/2025 để UBND tỉnh ban hành trước ngày 30/11/2025", ["2025-11-15"]),
        (
            "hoàn thành trước ngày 15/11/2025, báo cáo trong 05 ngày làm việc kể từ ngày ký",
            ["2025-11-15", "5 working_days signing"],
        ),
    ],
)
def test_several_limits_in_one_clause_keep_their_order(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "đất sử dụng ổn định từ trước ngày 01 tháng 7 năm 2004",
        "các hồ sơ tiếp nhận trước ngày 01/11/2025 tiếp tục giải quyết theo quy định cũ",
        "đối với dự án khởi công trước ngày 01/12/2025, chủ đầu tư rà soát lại thủ tục",
        "các hợp đồng hết hạn trước ngày 31/12/2025 không gia hạn thêm",
        "theo Công văn số 123/UBND-NC ngày 15/11/2025",
        "thực hiện Kế hoạch ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 15 tháng 11 năm 2025",
        "số liệu tính đến ngày 15/11/2025",
        "số liệu từ ngày 15/10/2025 đến ngày 14/11/2025",
        "kỳ báo cáo tính từ ngày 15/10/2025 đến ngày 14/11/2025",
        "thực hiện kể từ ngày 01/01/2026",
        "Thông tư có hiệu lực thi hành từ ngày 01/01/2026",
        "quy định này có hiệu lực đến hết ngày 31/12/2026",
        "hội nghị khai mạc ngày 15/11/2025",
        "tổ chức Tuần lễ từ ngày 18/11/2025 đến ngày 23/11/2025",
        "chào mừng kỷ niệm 80 năm Ngày Truyền thống (23/11/1945 - 23/11/2025)",
        "kỷ niệm Ngày Nhà giáo Việt Nam 20/11/2025",
        "không xét thi đua cuối năm đối với đơn vị vi phạm",
        "kết quả 6 tháng đầu năm 2026 đạt thấp",
        "chỉ tiêu giai đoạn 2026 - 2030",
        "kinh phí bố trí trong dự toán hằng năm",
        "ngân sách nhà nước hàng năm",
        "kế hoạch công tác năm 2026 của đơn vị",
        "khẩn trương, kịp thời, hiệu quả",
        "báo cáo ngay khi có tình huống phát sinh",
        "thực hiện trong thời gian sớm nhất",
        "bảo đảm đúng thời gian quy định, đúng tiến độ",
        "báo cáo đột xuất khi có yêu cầu",
        "phấn đấu đến năm 2030 đạt 90%",
        "tập luyện trong thời gian 07 ngày liên tục",
        "hồ sơ quá hạn từ 03 ngày làm việc trở lên",
        "giải quyết trước hạn 95% hồ sơ",
        "giảm 30% thời gian giải quyết, từ 10 ngày xuống còn 07 ngày",
        "bão số 10 dự báo đổ bộ trong 24 giờ tới",
        "trực 24/24 giờ trong ngày",
        "trước ngày 31/2/2026",
        "trước ngày 45/13/2025",
        "trước 25h70 ngày 40/10/2025",
        "trên Quốc lộ 10/3 đoạn qua xã",
        "tỷ lệ 15/11 đơn vị đã nộp",
        "tại Nhà số 12/5 đường Trần Phú",
        "tại khoản 2 Điều 15 Nghị định số 30/2020/NĐ-CP",
        "nhiệm vụ thường xuyên của đơn vị",
        "chi thường xuyên của đơn vị",
        "chi ngân sách thường xuyên",
        "như đã báo cáo trước đây",
        "báo cáo trước Ban Thường vụ Tỉnh ủy",
        "trước 3 đơn vị cùng dự thi",
        "tổ chức họp trước 2 bên",
        "xét tuyển những người sinh trước ngày 31/12/2025",
        "điểm c khoản 1 Điều 5 (năm 2025)",
        "dự kiến tổ chức Hội thi vào ngày 20/11/2025",
        "mời dự họp lúc 14 giờ 00 ngày 20/10/2025",
    ],
)
def test_what_only_looks_like_a_limit_is_none(text: str) -> None:
    assert said(text) == []


def test_the_last_working_day_of_a_month_is_its_last_weekday_until_the_office_says_so() -> None:
    due = the_only("gửi báo cáo trước ngày làm việc cuối cùng của tháng 11/2025")
    assert (due.kind, str(due.date), bool(due.question)) == ("date", "2025-11-28", True)
    due = the_only("gửi báo cáo vào ngày làm việc cuối cùng hằng tháng")
    assert (due.kind, due.recurrence, due.day, bool(due.question)) == ("recurring", "monthly", 31, True)
    assert said("gửi chậm nhất là ngày cuối cùng của tháng 12 năm 2025") == ["2025-12-31"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kết thúc trong tuần từ ngày 24/11/2025 đến ngày 28/11/2025", ["2025-11-28"]),
        ("hoàn thành trong thời gian từ ngày 20/10 đến hết ngày 25/10/2025", ["2025-10-25"]),
        ("báo cáo kết quả vào ngày 20 tháng cuối của mỗi quý", ["quarterly 20 3,6,9,12"]),
        ("trình Lãnh đạo Sở trước Tết Dương lịch 01/01/2026", ["2026-01-01"]),
        ("giải quyết dứt điểm nhiệm vụ tồn đọng trong tháng 12/2025.", ["2025-12-31"]),
        ("thông qua giá đợt 1 ngay trong tháng 12 năm 2025, đợt 2 trong quý I/2026.", ["2025-12-31", "2026-03-31"]),
        ("báo cáo kết quả trong quý II/2026", ["2026-06-30"]),
        ("báo cáo kết quả hoạt động trong tháng 8/2025", []),
        ("báo cáo số liệu từ ngày 20/10/2025 đến ngày 25/10/2025", []),
    ],
)
def test_spans_of_time_end_on_their_last_day(text: str, found: list[str]) -> None:
    assert said(text) == found


def test_the_last_day_before_a_day_is_that_day() -> None:
    """ "trước ngày D": offices mean "by D"; the office's setting decides whether it is reminded as for D-1."""
    assert str(the_only("gửi trước ngày 02/10/2025").date) == "2025-10-02"


def test_without_the_documents_date_a_day_without_year_is_asked_for() -> None:
    (due,) = find_due("gửi trước ngày 15/11 về Sở", None)
    assert (due.kind, due.date, bool(due.question)) == ("date", None, True)
    assert find_due("hoàn thành trong tháng 11", None) == ()


def test_a_day_before_the_document_is_a_fact_not_a_limit() -> None:
    assert find_due("báo cáo trước ngày 30/9/2025", ISSUED) == ()
    assert find_due("báo cáo trước ngày 01/10/2025", ISSUED)
