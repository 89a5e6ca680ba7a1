"""Names and days in further wordings of the same kinds: no rule may know only one of them."""

from __future__ import annotations

from datetime import date

import pytest

from reading import owners
from reading.deadlines import find_due
from reading.naming import names

ISSUED = date(2023, 8, 1)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Chủ tịch UBND các tỉnh, thành phố từ Thanh Hóa đến Quảng Ngãi khẩn trương rà soát",
            ("Chủ tịch UBND các tỉnh, thành phố từ Thanh Hóa đến Quảng Ngãi",),
        ),
        ("UBND các xã từ Tân An đến Tân Phú chủ động ứng phó", ("UBND các xã từ Tân An đến Tân Phú",)),
        ("Các huyện ven biển từ An Minh đến Kiên Hải lập", ("Các huyện ven biển từ An Minh đến Kiên Hải",)),
        ("Các cơ sở giáo dục, đào tạo rà soát", ("Các cơ sở giáo dục, đào tạo",)),
        ("Các cơ sở sản xuất, kinh doanh báo cáo", ("Các cơ sở sản xuất, kinh doanh",)),
        ("Các cơ quan thông tấn, báo chí tuyên truyền", ("Các cơ quan thông tấn, báo chí",)),
        ("Các cơ sở đào tạo lái xe rà soát", ("Các cơ sở đào tạo lái xe",)),
        ("Các cơ sở tổ chức tiêm chủng", ("Các cơ sở",)),
        ("Các cơ sở thu gom phế liệu báo cáo", ("Các cơ sở thu gom phế liệu",)),
        ("Các công đoàn cơ sở phát động đoàn viên", ("Các công đoàn cơ sở",)),
        ("Hiệu trưởng các trường mầm non, tiểu học, THCS báo cáo", ("Hiệu trưởng các trường mầm non, tiểu học, THCS",)),
        ("Các Ban Quản lý rừng phòng hộ, đặc dụng tuần tra", ("Các Ban Quản lý rừng phòng hộ, đặc dụng",)),
        ("Người đứng đầu cấp ủy, chính quyền các cấp phải", ("Người đứng đầu cấp ủy, chính quyền các cấp",)),
        ("Ban Quản lý dự án đầu tư xây dựng tỉnh đẩy nhanh", ("Ban Quản lý dự án đầu tư xây dựng tỉnh",)),
        ("Mỗi cơ quan, đơn vị cử 01 cán bộ", ("Mỗi cơ quan, đơn vị",)),
        ("Chủ các cơ sở dịch vụ lưu trú khai báo", ("Chủ các cơ sở dịch vụ lưu trú",)),
        ("Các trường học trên địa bàn cho học sinh nghỉ học", ("Các trường học trên địa bàn",)),
        (
            "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ tập trung chỉ đạo",
            ("Bộ trưởng", "Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ"),
        ),
        ("Hội đồng nhân dân, Mặt trận Tổ quốc các cấp giám sát", ("Hội đồng nhân dân", "Mặt trận Tổ quốc các cấp")),
        ("HĐND, UBND các xã, phường rà soát", ("HĐND, UBND các xã, phường",)),
        ("Các đồng chí lãnh đạo các địa phương kiểm tra", ("Các đồng chí lãnh đạo các địa phương",)),
        ("Các chủ đầu tư dự án sử dụng nhà, đất công báo cáo", ("Các chủ đầu tư dự án sử dụng nhà, đất công",)),
        ("Các chủ đầu tư dự án sử dụng vốn vay lập hồ sơ", ("Các chủ đầu tư dự án sử dụng vốn vay",)),
        ("Các chủ đầu tư dự án khai thác cát, sỏi có trách nhiệm", ("Các chủ đầu tư dự án khai thác cát, sỏi",)),
        ("Các Khu công nghiệp tập trung phối hợp với Công an", ("Các Khu công nghiệp tập trung",)),
        ("Các đoàn thể lắng nghe ý kiến Nhân dân", ("Các đoàn thể",)),
    ],
)
def test_a_name_is_neither_cut_nor_run_on(text: str, units: tuple[str, ...]) -> None:
    found = names.scan(text, 0)
    assert found is not None and found.units == units


@pytest.mark.parametrize(
    ("text", "lead", "co"),
    [
        ("Phòng Y tế cùng Phòng Nội vụ kiểm tra các cơ sở", "Phòng Y tế", ("Phòng Nội vụ",)),
        ("Công an xã cùng với Trưởng các thôn rà soát", "Công an xã", ("Trưởng các thôn",)),
        ("Trưởng Công an xã cùng Chỉ huy trưởng Quân sự xã lập", "Trưởng Công an xã", ("Chỉ huy trưởng Quân sự xã",)),
        ("Thanh tra tỉnh cùng các đơn vị liên quan làm việc", "Thanh tra tỉnh", ("các đơn vị liên quan",)),
        ("Xã đội phối hợp với Công an viên, y tế thôn bản giám sát", "", ("Công an viên", "y tế thôn bản")),
        ("Trạm Y tế phối hợp với Trưởng thôn, cộng tác viên lập", "Trạm Y tế", ("Trưởng thôn", "cộng tác viên")),
        ("Sở Y tế theo chức năng chủ trì, phối hợp tổ chức triển khai Chương trình", "Sở Y tế", ()),
    ],
)
def test_who_is_named_after_together_with_cooperates(text: str, lead: str, co: tuple[str, ...]) -> None:
    own = owners.find_owner(text)
    assert not lead or (own is not None and own.units == (lead,))
    assert owners.co_units(text) == co


@pytest.mark.parametrize(
    "text",
    [
        "Trên cơ sở đề xuất của các bộ, UBND các tỉnh, Bộ Tài chính tổng hợp",
        "Căn cứ báo cáo của UBND các xã, Phòng Nội vụ, Bộ Tài chính rà soát",
        "Theo đề nghị của các sở, UBND các huyện, Bộ Tài chính xem xét",
    ],
)
def test_those_whose_proposals_are_the_ground_do_not_act(text: str) -> None:
    own = owners.find_owner(text)
    assert own is not None and own.units == ("Bộ Tài chính",)


def test_two_lines_of_a_cell_are_two_names() -> None:
    assert owners.listed("Bộ Khoa học và Công nghệ Cơ quan, tổ chức và doanh nghiệp liên quan") == (
        "Bộ Khoa học và Công nghệ",
        "Cơ quan, tổ chức và doanh nghiệp liên quan",
    )
    assert owners.listed("Sở Y tế, Sở Nội vụ, cơ quan, đơn vị liên quan") == (
        "Sở Y tế",
        "Sở Nội vụ",
        "cơ quan, đơn vị liên quan",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gửi báo cáo về Văn phòng Sở ngày 15/9/2023.", "2023-09-15"),
        ("nộp hồ sơ ngày 20 tháng 9 năm 2023;", "2023-09-20"),
        ("Gửi kết quả về Sở Y tế ngày 15/9/2023 để tổng hợp", "2023-09-15"),
        ("Các xã tiến hành rà soát, niêm yết: từ ngày 16/10/2023 đến ngày 10/11/2023.", "2023-11-10"),
        ("Tổ chức thẩm định hồ sơ: từ 01/9/2023 đến 15/9/2023", "2023-09-15"),
        ("tổng kết kết quả thực hiện vào năm 2030, báo cáo Chính phủ", "2030-12-31"),
        ("Trình UBND tỉnh ban hành Đề án vào quý IV/2024.", "2024-12-31"),
    ],
)
def test_a_day_that_ends_a_work(text: str, day: str) -> None:
    assert [due.date and due.date.isoformat() for due in find_due(text, ISSUED)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo kết quả tổ chức Lễ hội ngày 15/9/2023.",
        "gửi Công văn số 12/SYT-VP ngày 15/9/2023.",
        "gửi báo cáo theo Kế hoạch ngày 01/7/2023.",
        "Thời gian thực hiện đợt cao điểm: từ ngày 17/12/2023 đến ngày 25/01/2024.",
        "Tổ chức hội thi cấp tỉnh: từ ngày 16/10/2023 đến ngày 18/10/2023.",
        "đưa tỷ lệ đạt 90% vào năm 2030.",
        "lồng ghép vào các kế hoạch 5 năm, kế hoạch hàng năm, chương trình, đề án",
        "Lễ hội diễn ra trong tuần thứ 2 tháng 9/2023.",
    ],
)
def test_a_day_on_which_something_happens_is_no_time_limit(text: str) -> None:
    assert find_due(text, ISSUED) == ()


@pytest.mark.parametrize("text", ["Từ quý I/2027", "Bắt đầu từ tháng 9/2023", "Kể từ năm 2024"])
def test_a_cell_that_says_when_a_work_begins_has_no_date(text: str) -> None:
    assert [due.date for due in find_due(text, ISSUED, labelled=True)] == []


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành trong tuần thứ 2 tháng 9/2023.",
        "báo cáo chậm nhất tuần cuối tháng 9 năm 2023",
        "xong trước tuần đầu của tháng 10/2023",
        "thực hiện xong trong đầu tháng 9/2023.",
    ],
)
def test_a_week_of_a_month_is_asked_about(text: str) -> None:
    (due,) = find_due(text, ISSUED)
    assert (due.kind, due.date) == ("date", None) and due.question


def test_an_hour_of_the_same_day_is_told_and_asked_about() -> None:
    (due,) = find_due("báo cáo UBND huyện trước 17h00 cùng ngày.", ISSUED)
    assert (due.kind, due.date, due.time) == ("relative", None, "17:00") and due.question


def test_the_hour_of_a_daily_report_may_stand_at_its_end() -> None:
    (due,) = find_due("hàng ngày báo cáo về Ban Chỉ đạo xã trước 15h00.", ISSUED)
    assert (due.kind, due.recurrence, due.time) == ("recurring", None, "15:00")
