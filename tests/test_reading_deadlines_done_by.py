"""Days that limit a work without "trước", several hours of a day, and periods whose year is not said."""

from __future__ import annotations

from datetime import date

import pytest

from reading.deadlines import find_due
from tests.reading_office import point, short

ISSUED = date(2023, 8, 1)


@pytest.mark.parametrize(
    ("sentence", "dues"),
    [
        ("Văn phòng Sở rà soát hồ sơ, đến ngày 30/9/2023 hoàn thành.", ["2023-09-30"]),
        ("Văn phòng Sở phấn đấu đến ngày 15 tháng 10 năm 2023 hoàn thành số hóa hồ sơ.", ["2023-10-15"]),
        ("Văn phòng Sở đến hết quý IV/2023 cơ bản hoàn thành việc số hóa.", ["2023-12-31"]),
        ("Văn phòng Sở kiểm kê tài sản từ ngày 01/9/2023 đến ngày 30/9/2023 hoàn thành báo cáo.", []),
        ("Thanh tra Sở kiểm tra, hoàn thành trong 2 ngày 13 và 14/10/2023.", ["2023-10-14"]),
        ("Thanh tra Sở kiểm tra trong các ngày 13, 14, 15 tháng 10 năm 2023.", ["2023-10-15"]),
        ("Thanh tra Sở tổ chức hội nghị tập huấn trong 02 ngày 13 và 14/10/2023.", []),
        ("Thanh tra Sở báo cáo Giám đốc Sở vào ngày 30/12/2024.", ["2024-12-30"]),
        ("Thanh tra Sở gửi kết quả về Văn phòng Sở vào 16 giờ ngày 05/9/2023.", ["2023-09-05 16:00"]),
        ("Thanh tra Sở báo cáo kết quả cuộc họp vào ngày 05/9/2023.", []),
        ("Thanh tra Sở tổ chức hội nghị vào ngày 30/9/2023.", []),
        ("Văn phòng Sở báo cáo nhanh trước 07 giờ, 11 giờ và 15 giờ hằng ngày.",
         ["daily 07:00", "daily 11:00", "daily 15:00"]),
        ("Văn phòng Sở báo cáo vào các thời điểm 6h30 và 17h00 hằng ngày.", ["daily 06:30", "daily 17:00"]),
        ("Văn phòng Sở báo cáo 02 lần/ngày trước 7 giờ và 16 giờ.", ["daily 07:00", "daily 16:00"]),
        ("Thanh tra Sở báo cáo trước các ngày 15/6 và 15/12 hằng năm.", ["yearly 15 6", "yearly 15 12"]),
        ("Thanh tra Sở đề nghị các đơn vị cung cấp trước ngày 15/9/2023.", ["2023-09-15"]),
        ("Thanh tra Sở sửa quy chế theo mô hình chính quyền hai cấp trước ngày 15/9/2023.", ["2023-09-15"]),
        ("Thanh tra Sở tham mưu trình UBND tỉnh ban hành trước ngày 30/9/2023.", ["2023-09-30"]),
        ("Thanh tra Sở lắp đặt thiết bị, đưa vào sử dụng trước ngày 30/9/2023.", ["2023-09-30"]),
        ("Thanh tra Sở tổng vệ sinh trước ngày 30/9/2023.", ["2023-09-30"]),
        ("Thanh tra Sở rà soát các giấy phép cấp trước ngày 01/10/2023.", []),
        ("Thanh tra Sở rà soát người sinh trước ngày 01/01/2024.", []),
        ("Thanh tra Sở hoàn thành việc kiểm tra trong Quý III và Quý IV/2023.", ["2023-12-31"]),
    ],
)  # fmt: skip
def test_a_day_to_finish_by(sentence: str, dues: list[str]) -> None:
    assert [short(due) for due in point(sentence).due] == dues


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Quý III", "2023-09-30"),
        ("Trong Quý III - IV", "2023-12-31"),
        ("Tháng 9", "2023-09-30"),
        ("Tháng 9 và tháng 12", "2023-12-31"),
        ("Quý I", "2024-03-31"),
    ],
)
def test_a_cell_without_a_year_is_asked_about(value: str, day: str) -> None:
    (due,) = find_due(value, ISSUED, labelled=True)
    assert (str(due.date), due.text) == (day, value) and due.question


@pytest.mark.parametrize("value", ["Quý IV/2023 và Quý I/2024", "Quý IV/2023, quý I/2024", "Quý IV/2023 - Quý I/2024"])
def test_two_periods_of_one_work_end_with_the_last(value: str) -> None:
    assert [str(due.date) for due in find_due(value, ISSUED, labelled=True)] == ["2024-03-31"]
