"""Short documents of every kind and layout, of the office and of the province: lists, tables, companion lines."""

from __future__ import annotations

import pytest

from reading.model import Reading
from tests.reading_office import OURS, TOP, letter, province, read, said

ROOMS = ["QLVH", "QLTT", "QLDL", "NSVH"]
HOUSES = ["BT", "TV", "TTVH", "NHC"]
LAYOUTS = {
    "headings": (
        "1. Văn phòng Sở\na) Tổng hợp kết quả, báo cáo trước ngày 25/8/2023.\nb) Bố trí kinh phí.\n2. Phòng QLVH:\n"
        "- Rà soát di tích trong quý III/2023;\n- Phối hợp với Bảo tàng tỉnh kiểm kê.",
        {
            "1.a": (["VP"], ["2023-08-25"]),
            "1.b": (["VP"], []),
            "2.-1": (["QLVH"], ["2023-09-30"]),
            "2.-2": (["QLVH"], []),
        },
    ),
    "bullets": (
        "- Thanh tra Sở: Kiểm tra karaoke trước ngày 30/8/2023.\n- Bảo tàng tỉnh, Thư viện tỉnh: mở cửa dịp lễ.\n"
        "+ Nhà hát Chèo: dựng vở mới, trình duyệt trước ngày 15/8/2023.",
        {
            "-1": (["TTS"], ["2023-08-30"]),
            "-2": (["BT", "TV"], []),
            "-2.+1": (["NHC"], ["2023-08-15"]),
        },
    ),
    "piped table": (
        "STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn\n"
        "1 | Kiểm tra di tích | Phòng Quản lý Văn hóa | Bảo tàng tỉnh | 20/8/2023\n"
        "2 | Báo cáo chuyển đổi số | Văn phòng Sở | Các phòng chuyên môn | Trước ngày 25 hằng tháng",
        {"PL.1": (["QLVH"], ["2023-08-20"]), "PL.2": (["VP"], ["monthly 25"])},
    ),
    "tabbed table": (
        "TT\tNhiệm vụ\tĐơn vị thực hiện\tThời gian hoàn thành\n1\tRà soát thủ tục\tBộ phận Một cửa\tQuý III/2023\n"
        "2\tBiểu diễn phục vụ lễ\tNhà hát Chèo Thái Bình\t01/9/2023",
        {"PL.1": (["BPMC"], ["2023-09-30"]), "PL.2": (["NHC"], ["2023-09-01"])},
    ),
    "companions": (
        "1. Số hóa hồ sơ\n- Đơn vị chủ trì: Bộ phận Một cửa.\n- Đơn vị phối hợp: Các phòng chuyên môn.\n"
        "- Thời gian: hoàn thành trước ngày 30/9/2023.\n2. Tập huấn\n- Chủ trì: Phòng TCCB.\n- Thời hạn: Quý IV/2023.",
        {"1": (["BPMC"], ["2023-09-30"]), "2": (["TCCB"], ["2023-12-31"])},
    ),
    "stem with a day": (
        "1. Giao các đơn vị sau báo cáo trước ngày 18/8/2023:\na) Bảo tàng tỉnh báo cáo hiện vật;\n"
        "b) Thư viện tỉnh báo cáo vốn sách.",
        {"1.a": (["BT"], ["2023-08-18"]), "1.b": (["TV"], ["2023-08-18"])},
    ),
    "stem of a unit": (
        "I. PHÒNG QUẢN LÝ THỂ THAO\n1. Chuẩn bị giải bơi, xong trước ngày 12/8/2023.\n2. Chấm hồ sơ vận động viên.\n"
        "II. TRUNG TÂM VĂN HÓA TỈNH\n1. Treo băng rôn trong tháng 8/2023.",
        {"I.1": (["QLTT"], ["2023-08-12"]), "I.2": (["QLTT"], []), "II.1": (["TTVH"], ["2023-08-31"])},
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layouts_of_a_letter_give_each_point_its_unit_and_day(layout: str) -> None:
    points, expected = LAYOUTS[layout]
    assert said(letter(points)) == expected


def test_a_letter_without_points_binds_those_it_is_sent_to() -> None:
    reading = read(
        f"{OURS}\nKính gửi:\n- Phòng Quản lý Văn hóa;\n- Bảo tàng tỉnh.\n\nĐể có cơ sở báo cáo UBND tỉnh, Sở yêu cầu "
        "các phòng, đơn vị gửi kết quả về Văn phòng Sở trước ngày 22/8/2023.\nVăn phòng Sở theo dõi, đôn đốc./.\n"
    )
    assert said(reading) == {"¶1": (["QLVH", "BT"], ["2023-08-22"]), "¶2": (["VP"], [])}
    assert [item.klass for item in reading.items] == ["dated", "monitor"]


def test_the_conclusions_of_a_meeting_are_duties_and_its_day_is_none() -> None:
    reading = read(
        "UBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: 45/TB-SVHTTDL\n" + TOP + "\nTHÔNG BÁO\nKết luận "
        "của Giám đốc Sở\n\nNgày 31/7/2023, Giám đốc Sở chủ trì họp giao ban. Giám đốc Sở kết luận như sau:\n"
        "1. Giao Phòng QLDL tổ chức Ngày hội; xong kế hoạch trước ngày 15/8/2023.\n"
        "2. Các đơn vị sự nghiệp định kỳ trước ngày 05 tháng sau gửi báo cáo.\n"
        "Văn phòng Sở thông báo để các phòng, đơn vị biết, thực hiện./.\n\n"
        "TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n\nNguyễn Thu Lan\n"
    )
    assert (reading.header.kind, reading.header.signer) == ("thong_bao", "Nguyễn Thu Lan")
    assert said(reading) == {"1": (["QLDL"], ["2023-08-15"]), "2": (HOUSES, ["monthly 5"])}


def ours(reading: Reading) -> dict[str, bool | None]:
    return {item.label: item.ours for item in reading.items}


def test_a_letter_of_the_province_to_all_says_whose_each_point_is() -> None:
    reading = province(
        "2345/UBND-NC",
        "Kính gửi:\n- Các sở, ban, ngành thuộc tỉnh;\n- UBND các huyện, thành phố.\n\nChủ tịch UBND tỉnh yêu cầu các "
        "sở, ban, ngành; UBND các huyện, thành phố thực hiện:\n"
        "1. Rà soát thủ tục, báo cáo Sở Nội vụ trước ngày 30/8/2023.\n"
        "2. Sở Nội vụ bóc tách số liệu trước ngày 10/9/2023.\n3. Sở Văn hóa, Thể thao và Du lịch đăng tải thủ tục.\n"
        "4. Công an tỉnh giữ gìn trật tự.\n5. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc.",
    )
    assert ours(reading) == {"1": True, "2": False, "3": True, "4": False, "5": False}
    assert "Mục 1: chưa rõ đơn vị chủ trì" in reading.questions
    assert not any(question.startswith(("Mục 2", "Mục 4", "Mục 5")) for question in reading.questions)


def test_a_letter_of_the_province_to_the_department_is_the_departments() -> None:
    (only,) = province(
        "2400/UBND-KGVX",
        "Kính gửi: Sở Văn hóa, Thể thao và Du lịch.\n\nXét Tờ trình số 120/TTr-SVHTTDL ngày 25/7/2023, Chủ tịch "
        "UBND tỉnh có ý kiến như sau:\nGiao Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Sở Tài chính và "
        "các đơn vị liên quan xây dựng kế hoạch, trình UBND tỉnh trước ngày 20/8/2023./.",
    ).items
    assert ([lead.text for lead in only.leads], only.ours) == (["Sở Văn hóa, Thể thao và Du lịch"], True)
    assert [(lead.text, lead.codes) for lead in only.co] == [("Sở Tài chính", ()), ("các đơn vị liên quan", ())]


def test_a_decision_orders_in_its_articles_and_not_in_its_closing_one() -> None:
    reading = province(
        "1500/QĐ-UBND",
        "Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
        "Điều 2. Giao Sở Văn hóa, Thể thao và Du lịch tổ chức thực hiện, báo cáo trước ngày 15/12/2023.\n"
        "Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.",
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch phát triển du lịch\n",
    )
    assert reading.header.kind == "quyet_dinh"
    assert said(reading) == {"2": ([], ["2023-12-15"])}


def test_a_telegram_and_a_chi_thi_hold_hours_and_quarters() -> None:
    telegram = province(
        "05/CĐ-UBND",
        "CHỦ TỊCH UBND TỈNH điện:\n- Giám đốc các sở, ban, ngành;\n- Chủ tịch UBND các huyện, thành phố.\n\nChủ tịch "
        "UBND tỉnh yêu cầu:\n1. Các sở, ban, ngành trực ban, báo cáo trước 16 giờ hằng ngày.\n"
        "2. Sở Văn hóa, Thể thao và Du lịch thông báo cho du khách trước 12 giờ ngày 03/8/2023.",
        "CÔNG ĐIỆN\nVề việc ứng phó bão số 2\n",
    )
    assert telegram.header.subject == "Về việc ứng phó bão số 2"
    assert said(telegram) == {"1": ([], ["daily 16:00"]), "2": ([], ["2023-08-03 12:00"])}
    order = province(
        "12/CT-UBND",
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Giám đốc Sở Văn hóa, Thể thao và Du lịch:\na) Chỉ đạo Thanh tra Sở kiểm tra.\n"
        "2. Sở Tài chính cân đối kinh phí.\n3. Định kỳ hằng quý (trước ngày 20 tháng cuối quý), các sở, ban, ngành "
        "báo cáo.",
        "CHỈ THỊ\nVề quản lý lễ hội\n",
    )
    assert ours(order) == {"1.a": True, "2": False, "3": True}
    assert said(order)["3"] == ([], ["quarterly 20 3,6,9,12"])


def test_a_notice_without_a_subject_does_not_take_its_first_point_for_one() -> None:
    head = "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: 12/TB-SVHTTDL\n\nTHÔNG BÁO\n\n"
    text = f"{head}1. Thanh tra Sở báo cáo trước ngày 05/11/2026.\n"
    reading = read(text)
    assert reading.header.subject is None
    assert [item.label for item in reading.items] == ["1"]
