"""What an office writes every day to its own units is read with the right unit and the right day."""

from __future__ import annotations

import pytest

from reading.model import codes_of
from tests.reading_office import CONFIG, letter, point, said, short

ROOMS = ["QLVH", "QLTT", "QLDL", "NSVH"]
HOUSES = ["BT", "TV", "TTVH", "NHC"]


@pytest.mark.parametrize("verb", ["xây dựng kế hoạch", "bóc tách dữ liệu", "quay phim các điểm đến", "in tài liệu"])
@pytest.mark.parametrize("unit", CONFIG["units"], ids=lambda unit: unit["code"])
def test_every_name_of_every_unit_ends_before_its_verb_listed_or_not(unit: dict, verb: str) -> None:
    for name in [unit["name"], *(alias for alias in unit["aliases"] if alias[0].isupper())]:
        item = point(f"{name} {verb}, trình Lãnh đạo Sở trước ngày 15/8/2023.")
        assert ([lead.text for lead in item.leads], codes_of(item.leads)) == ([name], [unit["code"]])
        assert (item.co, [short(due) for due in item.due]) == ((), ["2023-08-15"])


@pytest.mark.parametrize(
    ("opening", "codes"),
    [
        ("Trưởng phòng Quản lý Du lịch rà soát", ["QLDL"]),
        ("Giám đốc Bảo tàng tỉnh kiểm kê", ["BT"]),
        ("Đồng chí Chánh Thanh tra Sở phân công cán bộ", ["TTS"]),
        ("Giao đồng chí Phó Trưởng phòng TCCB soạn", ["TCCB"]),
        ("Đ/c Trưởng phòng Quản lý Văn hoá duyệt", ["QLVH"]),
        ("Đồng chí Phạm Thị Hồng, Trưởng phòng Tổ chức cán bộ tham mưu", ["TCCB"]),
        ("Giao đồng chí Hoàng Minh Tuấn - Chánh Thanh tra Sở tiếp", ["TTS"]),
        ("Đồng chí Lê Thị Hà, Phó Giám đốc Sở chỉ đạo", ["LDS"]),
        ("Yêu cầu Chánh Văn phòng Sở bố trí", ["VP"]),
        ("Đề nghị Giám đốc Nhà hát Chèo dựng", ["NHC"]),
        ("Giao phòng Tổ chức cán bộ tham mưu", ["TCCB"]),
        ("thanh tra Sở kiểm tra", ["TTS"]),
        ("Lãnh đạo Phòng QLVH trực", ["QLVH"]),
        ("Toàn thể cán bộ, công chức Văn phòng Sở trực", ["VP"]),
        ("Ban Giám đốc giao Phòng Quản lý Thể thao mua", ["QLTT"]),
        ("Văn phòng Sở, Phòng Tổ chức cán bộ và Thanh tra Sở lập", ["VP", "TCCB", "TTS"]),
        ("Chánh Văn phòng, Chánh Thanh tra nộp", ["VP", "TTS"]),
        ("Phòng Quản lý Thể thao và Phòng Xây dựng nếp sống văn hóa, gia đình lập", ["QLTT", "NSVH"]),
        ("Các phòng: Quản lý Văn hóa, Quản lý Du lịch, Tổ chức cán bộ lập", ["QLVH", "QLDL", "TCCB"]),
        ("Các đơn vị: Bảo tàng tỉnh, Nhà hát Chèo lập", ["BT", "NHC"]),
        ("Trưởng các phòng, Giám đốc các đơn vị trực thuộc Sở nộp", ROOMS + HOUSES),
        ("Các đơn vị sự nghiệp thuộc Sở (trừ Nhà hát Chèo) kê", ["BT", "TV", "TTVH"]),
        ("Trước ngày 30/8/2023, Phòng Quản lý Du lịch gửi", ["QLDL"]),
    ],
)
def test_posts_persons_and_lists_lead_to_their_units(opening: str, codes: list[str]) -> None:
    assert codes_of(point(f"{opening} danh sách cơ sở.").leads) == codes


@pytest.mark.parametrize(
    ("sentence", "leads", "co"),
    [
        ("Phòng QLVH chủ trì, phối hợp với Phòng Tổ chức cán bộ báo cáo kết quả.", ["QLVH"], ["TCCB"]),
        ("Bảo tàng tỉnh phối hợp Thư viện tỉnh, Trung tâm Văn hóa sắp đặt hiện vật.", ["BT"], ["TV", "TTVH"]),
        ("Phòng QLVH chủ trì; Phòng QLDL, Bảo tàng tỉnh phối hợp lập hồ sơ.", ["QLVH"], ["QLDL", "BT"]),
        ("Bảo tàng tỉnh (phối hợp: Thư viện tỉnh) trưng bày chuyên đề.", ["BT"], ["TV"]),
        ("Giao Thanh tra Sở chủ trì, phối hợp với các đơn vị liên quan kiểm tra.", ["TTS"], []),
        ("Thư viện tỉnh gửi báo cáo về Phòng Quản lý Văn hóa để tổng hợp.", ["TV"], []),
    ],
)
def test_who_joins_is_told_from_who_only_receives(sentence: str, leads: list[str], co: list[str]) -> None:
    item = point(sentence)
    assert (codes_of(item.leads), codes_of(item.co)) == (leads, co)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("báo cáo trước 16 giờ ngày 10/8/2023", ["2023-08-10 16:00"]),
        ("báo cáo trước 16h30, ngày 10/8/2023", ["2023-08-10 16:30"]),
        ("lập danh sách (thời hạn: 20/8/2023)", ["2023-08-20"]),
        ("nộp vào ngày 15/8/2023", ["2023-08-15"]),
        ("rà soát tài sản trong tháng 8/2023", ["2023-08-31"]),
        ("xây dựng đề án trong quý III/2023, trình Giám đốc Sở", ["2023-09-30"]),
        ("hoàn thành trong quý IV", ["2023-12-31"]),
        ("báo cáo trước thứ Sáu tuần này", ["2023-08-04"]),
        ("báo cáo trước ngày 15/7", ["2024-07-15"]),
        ("gửi trước ngày 15/8/2023 để Văn phòng Sở tổng hợp trước ngày 20/8/2023", ["2023-08-15"]),
        ("báo cáo trước ngày 25 hằng tháng", ["monthly 25"]),
        ("gửi báo cáo vào ngày 25 hằng tháng", ["monthly 25"]),
        ("báo cáo tháng trước ngày 05 tháng sau", ["monthly 5"]),
        ("định kỳ hằng quý (trước ngày 20 tháng cuối quý) báo cáo", ["quarterly 20 3,6,9,12"]),
        ("báo cáo trước ngày 10 tháng đầu quý sau", ["quarterly 10 1,4,7,10"]),
        ("báo cáo chiều thứ Năm hằng tuần", ["weekly 4"]),
        ("báo cáo hằng ngày trước 17 giờ", ["daily 17:00"]),
        ("báo cáo trong 05 ngày làm việc kể từ ngày nhận được văn bản", ["5 working_days receipt"]),
        ("xử lý trong 24 giờ kể từ khi xảy ra sự cố", ["24 hours event"]),
        ("thường xuyên kiểm tra cơ sở lưu trú", ["thường xuyên"]),
        ("thực hiện Công văn số 12/UBND-NC ngày 15/9/2023", []),
        ("tổng hợp số liệu tính đến ngày 15/8/2023", []),
        ("báo cáo kết quả hoạt động trong tháng 8/2023", []),
        ("khẩn trương sửa chữa, báo cáo khi có yêu cầu", []),
    ],
)
def test_everyday_times_mean_what_the_office_means(words: str, due: list[str]) -> None:
    item = point(f"Phòng Quản lý Du lịch {words}.")
    assert codes_of(item.leads) == ["QLDL"]
    assert [short(found) for found in item.due] == due
    kinds = {found.kind for found in item.due}
    expected = "dated" if kinds & {"date", "relative"} else "recurring" if any(d.day for d in item.due) else "standing"
    assert item.klass == expected


def test_a_guessed_year_month_or_week_is_asked_about() -> None:
    reading = letter(
        "1. Thư viện tỉnh gửi báo cáo trước ngày 15/9.\n2. Thanh tra Sở kiểm tra, báo cáo trước ngày 05 tháng sau.\n"
        "3. Văn phòng Sở họp trong tuần này.\n- Bảo tàng tỉnh kê khai tài sản."
    )
    assert reading.questions == (
        "Mục 1: “trước ngày 15/9” – Văn bản không ghi năm; thời hạn thuộc năm nào?",
        "Mục 2: “trước ngày 05 tháng sau” – Báo cáo một lần hay hằng tháng?",
        "Mục 3: “trong tuần này” – Tuần tính từ ngày ban hành văn bản, có đúng ngày này không?",
        "Mục 3, gạch đầu dòng 1: văn bản không nêu thời hạn",
    )


def test_each_unit_of_one_sentence_keeps_its_own_day() -> None:
    reading = letter(
        "1. Phòng TCCB hoàn thành trước ngày 10/8/2023, Thanh tra Sở trước ngày 15/8/2023.\n"
        "2. Các phòng chuyên môn báo cáo trước ngày 12/8/2023; Văn phòng Sở tổng hợp, trình trước ngày 16/8/2023."
    )
    assert said(reading) == {
        "1#1": (["TCCB"], ["2023-08-10"]),
        "1#2": (["TTS"], ["2023-08-15"]),
        "2#1": (ROOMS, ["2023-08-12"]),
        "2#2": (["VP"], ["2023-08-16"]),
    }


def test_a_verb_that_no_list_holds_does_not_lose_the_point() -> None:
    item = point("Ban Quản lý Khu du lịch Cồn Vành lau chùi toàn bộ nhà chờ và thuyền trước ngày 20/8/2023.")
    assert [lead.text for lead in item.leads] == ["Ban Quản lý Khu du lịch Cồn Vành"]
    assert codes_of(point("Thanh tra, kiểm tra các cơ sở lưu trú.").leads) == ROOMS + HOUSES
