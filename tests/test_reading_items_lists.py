"""Lists in the less usual layouts: plain paragraphs, names in capitals, numbers in a line, owners in brackets."""

from __future__ import annotations

import pytest

from tests.reading_office import letter, province, read, said

LISTS: dict[str, tuple[str, dict[str, list[str] | None]]] = {
    "a stem over plain paragraphs": (
        "Rà soát tài sản, báo cáo trước ngày 20/8/2023.\n\nCông khai danh sách tại trụ sở.",
        {"¶1": ["2023-08-20"], "¶2": []},
    ),
    "one slash": ("1/ Thanh tra Sở:\na/ Kiểm tra karaoke.\nb/ Báo cáo kết quả.", {"1.a": [], "1.b": []}),
    "one hyphen": ("1- Thanh tra Sở kiểm tra karaoke.\n2- Văn phòng Sở bố trí xe.", {"1": [], "2": []}),
    "in words": (
        "Một là, Thanh tra Sở kiểm tra karaoke.\nHai là, Văn phòng Sở bố trí xe.\nThứ ba, Bảo tàng tỉnh mở cửa.",
        {"1": [], "2": [], "3": []},
    ),
    "decimals without a blank": (
        "1. Thanh tra Sở\n1.1.Kiểm tra karaoke.\n1.2.Báo cáo kết quả.",
        {"1.1": [], "1.2": []},
    ),
    "two kinds of bullets": (
        "* Thanh tra Sở:\n• Kiểm tra karaoke;\n• Báo cáo kết quả.\n* Văn phòng Sở bố trí xe.",
        {"-1.-1": [], "-1.-2": [], "-2": []},
    ),
    "bullets of a symbol font": (
        "\uf0b7 Thanh tra Sở kiểm tra karaoke.\n\uf0b7 Văn phòng Sở bố trí xe.",
        {"-1": [], "-2": []},
    ),
    "numbers in a line, each with its unit": (
        "Giao: (1) Thanh tra Sở kiểm tra karaoke trước ngày 20/8/2023; (2) Văn phòng Sở bố trí xe, kinh phí.",
        {"1": ["2023-08-20"], "2": []},
    ),
    "numbers in a line for one unit": (
        "1. Thanh tra Sở có trách nhiệm: (1) kiểm tra karaoke; (2) báo cáo kết quả trước ngày 20/8/2023.",
        {"1": ["2023-08-20"]},
    ),
    "owners in brackets": (
        "1. Lập hồ sơ 10 di tích (Bảo tàng tỉnh chủ trì; Phòng Quản lý Văn hóa phối hợp; trước ngày 30/9/2023).\n"
        "2. Xây dựng quy chế (Cơ quan chủ trì: Văn phòng Sở; thời gian: quý IV/2023).",
        {"1": ["2023-09-30"], "2": ["2023-12-31"]},
    ),
    "labels of plus signs": (
        "Nhiệm vụ 1: Tập huấn hòa giải viên\n+ Đơn vị thực hiện: Văn phòng Sở;\n+ Thời hạn: quý IV/2023.",
        {"1": ["2023-12-31"]},
    ),
    "one day after the list": (
        "- Lập danh sách đội viên.\n- Nộp hồ sơ tại Văn phòng Sở.\nThời hạn: trước ngày 19/8/2023.",
        {"-1": ["2023-08-19"], "-2": ["2023-08-19"]},
    ),
    "months over numbers": (
        "* Tháng 8/2023:\n1. Thanh tra Sở kiểm tra karaoke.\n* Tháng 9/2023:\n2. Văn phòng Sở tổ chức hội nghị.",
        {"-1": None, "1": ["2023-08-31"], "2": ["2023-09-30"]},
    ),
    "bullets that name only objects": (
        "1. Thanh tra Sở kiểm tra 45 cơ sở, xong trước ngày 20/8/2023.\n+ Karaoke: 12 cơ sở;\n+ Khách sạn: 33 cơ sở.",
        {"1": ["2023-08-20"]},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_point_of_a_list_is_found_with_its_day(name: str) -> None:
    points, expected = LISTS[name]
    found = {label: days for label, (_, days) in said(letter(points)).items()}
    assert found == {label: days for label, days in expected.items() if days is not None}


def test_a_name_in_capitals_over_bullets_owns_them() -> None:
    reading = province(
        "12/KH-UBND",
        "1. TÌNH HÌNH\n- Có 14 điểm ngập.\n2. PHÂN CÔNG\n\nPHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ\n- Nạo vét cống, "
        "rãnh.\n\nCÔNG AN QUẬN\n"
        "- Phân luồng giao thông.",
        "KẾ HOẠCH\nChống ngập\n",
    )
    leads = [[lead.text for lead in item.leads] for item in reading.items]
    assert leads == [["PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ"], ["CÔNG AN QUẬN"]]


def test_an_order_after_what_the_document_says_of_itself_is_a_duty() -> None:
    (only,) = letter("Công văn này được phổ biến tới mọi viên chức. Văn phòng Sở theo dõi, báo cáo Giám đốc Sở.").items
    assert only.text == "Văn phòng Sở theo dõi, báo cáo Giám đốc Sở."


NOT_DUTIES = {
    "invited": "Sở trân trọng kính mời:\n1. Lãnh đạo UBND tỉnh;\n2. Trưởng các phòng, đơn vị thuộc Sở.",
    "praise": "1. Ghi nhận, đánh giá cao nỗ lực của các phòng, đơn vị.",
    "how": "1. Hình thức báo cáo: qua phần mềm; nội dung báo cáo gồm:\n- Số cơ sở;\n- Kiến nghị, đề xuất.",
    "the call": "Yêu cầu các cơ quan có tên trên nghiêm túc triển khai thực hiện.",
    "trouble": "Đề nghị các phòng quan tâm thực hiện. Mọi vướng mắc xin liên hệ Văn phòng Sở.",
    "liability": "Trưởng phòng, đơn vị chịu trách nhiệm trước Giám đốc Sở về tính chính xác của số liệu.",
    "a meeting of every week": "Giao ban đầu tuần diễn ra đều đặn. Giao thông dịp lễ thông suốt đến hết ngày 02/9.",
}


@pytest.mark.parametrize("name", NOT_DUTIES)
def test_what_obliges_nobody_is_no_item(name: str) -> None:
    assert said(letter(NOT_DUTIES[name])) == {}


def test_a_questionnaire_in_the_annex_inherits_nobody() -> None:
    text = (
        "UBND TỈNH AN BÌNH\nSỞ NỘI VỤ\nSố: 30/SNV-CCHC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKính gửi: Các sở, ban, "
        "ngành.\n\n"
        "Sở Nội vụ đề nghị các sở, ban, ngành báo cáo theo đề cương trước ngày 30/10/2023./.\n\nNơi nhận:\n- Như "
        "trên.\n\n"
        "PHỤ LỤC\nĐỀ CƯƠNG BÁO CÁO\nI. Kết quả\n1. Rà soát, quản lý đối tượng\n- Nêu số liệu từng nhóm.\n"
    )
    assert list(said(read(text))) == ["¶1"]


def test_the_links_under_a_news_page_are_no_duties() -> None:
    text = (
        "UBND tỉnh yêu cầu bảo đảm an toàn mùa lễ hội\n\nNgày 21/5/2025, UBND tỉnh ban hành Công văn số 7719/UBND-VX "
        "về lễ hội.\n\n"
        "Theo đó, UBND tỉnh yêu cầu:\n\n- Sở Y tế kiểm tra cơ sở ăn uống.\n\nTin liên quan:\n"
        "- Sở Xây dựng yêu cầu rà soát chung cư trước ngày 15/6/2025.\n"
    )
    assert list(said(read(text))) == ["-1"]
