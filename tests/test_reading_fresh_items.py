"""Duties in shapes that come from gazettes, pages and broken tables: pages that cut a sentence, quoted orders, news."""

from __future__ import annotations

import pytest

from reading.model import Item
from tests.reading_office import letter, province, read, said, short

ANNEX = "1. Sở Y tế lập báo cáo.\n./.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 12/KH-UBND)\n"


def rows(table: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    """The rows of an annexed table: what is done, who leads, who helps, until when."""
    return [
        (item.text, [one.text for one in item.leads], [one.text for one in item.co], [short(due) for due in item.due])
        for item in province("12/KH-UBND", ANNEX + table).items[1:]
    ]


def leads(items: tuple[Item, ...]) -> dict[str, list[str]]:
    return {item.label: [lead.text for lead in item.leads] for item in items}


def test_a_table_goes_on_over_a_page_that_lost_a_row() -> None:
    head = "TT\nTên nhiệm vụ\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nKết quả\nThời gian\nhoàn thành\n"
    table = (
        f"{head}1\nRà soát danh mục dịch vụ\ncông do cấp tỉnh quản lý\nCác sở,\nban, ngành\nSở Tài chính\n"
        f"Danh mục trình\nUBND tỉnh\nQuý\nIV/2023\nCÔNG BÁO/Số 12/Ngày 10-8-2023\n15\n{head}3\nMở lớp tập huấn\n"
        "Sở Nội vụ  Sở Tư pháp\nLớp tập huấn\nThường\nxuyên\n5  Lập cơ sở dữ liệu hộ tịch\n"
        "Sở Tư pháp\nCác xã,\nphường\nCơ sở dữ liệu\n"
        "Tháng\n12/2023\n"
    )
    assert rows(table) == [
        (
            "Rà soát danh mục dịch vụ công do cấp tỉnh quản lý",
            ["Các sở, ban, ngành"],
            ["Sở Tài chính"],
            ["2023-12-31"],
        ),
        ("Mở lớp tập huấn", ["Sở Nội vụ"], ["Sở Tư pháp"], ["Thường xuyên"]),
        ("Lập cơ sở dữ liệu hộ tịch", ["Sở Tư pháp"], ["Các xã, phường"], ["2023-12-31"]),
    ]


def test_a_row_with_bars_may_be_broken_inside_its_cells() -> None:
    table = (
        "TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn\n1 | Rà soát các văn bản\nvề đầu tư | "
        "Sở Tài chính\nSở Tư pháp | Các sở, ban,\nngành | Quý III/2023\n"
        "2 | Số hóa hồ sơ | Sở Nội vụ | UBND các xã | 30/9/2023\n"
    )
    assert rows(table) == [
        ("Rà soát các văn bản về đầu tư", ["Sở Tài chính", "Sở Tư pháp"], ["Các sở, ban, ngành"], ["2023-09-30"]),
        ("Số hóa hồ sơ", ["Sở Nội vụ"], ["UBND các xã"], ["2023-09-30"]),
    ]


def test_one_cell_may_say_on_lines_of_its_own_who_leads_and_who_helps() -> None:
    table = (
        "STT\nNhiệm vụ\nPhân công thực hiện\nThời gian\n1\nRà soát hồ sơ đất đai\n- Chủ trì: Sở Xây dựng\n"
        "- Phối hợp: UBND các xã\nTrước 30/9/2023\n2\nCắm mốc quy hoạch\n- Chủ trì: Sở Nội vụ\n"
        "- Phối hợp: Công an tỉnh\nTrước 31/10/2023\n"
    )
    assert [(row[1], row[2]) for row in rows(table)] == [
        (["Sở Xây dựng"], ["UBND các xã"]),
        (["Sở Nội vụ"], ["Công an tỉnh"]),
    ]


def test_one_task_may_be_told_over_numbered_lines() -> None:
    found = province(
        "12/QĐ-UBND",
        "Điều 1. Bổ sung một nhiệm vụ vào Kế hoạch như sau:\n1. Tên nhiệm vụ: Xây dựng đề án bảo tồn nghề gốm.\n"
        "2. Cơ quan chủ trì: Sở Công Thương.\n3. Cơ quan phối hợp: Các sở, ngành.\n"
        "4. Thời gian hoàn thành: Quý IV/2023.\n",
    )
    (only,) = found.items
    assert only.text == "Xây dựng đề án bảo tồn nghề gốm."
    assert [one.text for one in (*only.leads, *only.co)] == ["Sở Công Thương", "Các sở, ngành"]
    assert [short(due) for due in only.due] == ["2023-12-31"]


def test_the_end_of_a_page_inside_a_sentence_ends_no_paragraph() -> None:
    found = province(
        "12/KH-UBND",
        "1. Sở Tài chính rà soát, bố trí kinh phí bảo đảm cho các nhiệm vụ được giao và hướng dẫn\n\n"
        "CÔNG BÁO/Số 31/Ngày 21-8-2023\n88\n\n\nviệc thanh toán. Hoàn thành trước ngày 30/9/2023.\n",
    )
    assert [item.text[-44:] for item in found.items] == ["việc thanh toán. Hoàn thành trước ngày 30/9/2023."[-44:]]


def test_a_line_that_begins_with_the_number_of_a_document_is_no_point() -> None:
    found = province(
        "12/KH-UBND",
        "UBND tỉnh yêu cầu Giám đốc các sở:\na) Thực hiện nghiêm Công điện số\n36/CĐ-TTg ngày 25 tháng 4 năm 2023 của "
        "Thủ tướng.\nb) Kiểm tra việc chấp hành tại cơ sở.\n",
    )
    assert leads(found.items) == {"a": ["Giám đốc các sở"], "b": ["Giám đốc các sở"]}


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_words_below() -> None:
    found = letter("1. Phòng Quản lý Văn hóa:\n-\nTổ chức kiểm tra lễ hội;\n-\nLập danh sách di tích\nxuống cấp.")
    assert [(item.label, item.text) for item in found.items] == [
        ("1.-1", "Tổ chức kiểm tra lễ hội;"),
        ("1.-2", "Lập danh sách di tích xuống cấp."),
    ]


def test_a_title_over_one_paragraph_leaves_the_duty_to_the_paragraph() -> None:
    found = letter("1. Chế độ báo cáo:\nBáo cáo kết quả bằng văn bản về Văn phòng Sở chậm nhất ngày 23/8/2023.")
    assert [(item.text[:15], [short(due) for due in item.due]) for item in found.items] == [
        ("Báo cáo kết quả", ["2023-08-23"])
    ]


def test_who_acts_may_stand_behind_the_label_of_a_time() -> None:
    found = letter("a, Thời gian đăng ký: Các phòng đăng ký danh sách gửi Văn phòng Sở trước ngày 10/8/2023.")
    assert [(item.label, item.text[:17]) for item in found.items] == [("a", "Các phòng đăng ký")]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Theo đó, UBND tỉnh giao Công an tỉnh kiểm tra các cơ sở.", ["Công an tỉnh"]),
        ("Thủ tướng cũng yêu cầu Bộ Công Thương “tăng cường quản lý thị trường”.", ["Bộ Công Thương"]),
        ("“Các địa phương không để thiếu sách giáo khoa”, công điện nêu.", ["Các địa phương"]),
        ("Cụ thể, Phó Thủ tướng yêu cầu Bộ trưởng Bộ Y tế bảo đảm đủ thuốc.", ["Bộ trưởng Bộ Y tế"]),
        ("Đối với Bộ Nội vụ, Phó Thủ tướng yêu cầu rà soát biên chế.", ["Bộ Nội vụ"]),
        ("Báo Bắc Sơn được giao mở chuyên mục tuyên truyền.", ["Báo Bắc Sơn"]),
        ("Kết thúc đợt bầu cử, Ban Thường trực MTTQ xã, chịu trách nhiệm tổng hợp.", ["Ban Thường trực MTTQ xã"]),
    ],
)
def test_orders_told_as_news_name_those_who_must_act(sentence: str, names: list[str]) -> None:
    page = f"Tăng cường quản lý\nNgày 12/7/2023, UBND tỉnh ban hành Công văn số 56/UBND-NC.\n{sentence}\n"
    (only,) = read(page).items
    assert [lead.text for lead in only.leads] == names


@pytest.mark.parametrize(
    ("point", "names"),
    [
        ("Đơn vị đã đăng ký tiến hành tự kiểm tra và gửi hồ sơ.", ["Đơn vị đã đăng ký"]),
        ("Các công ty thành viên ngoài nội dung trên, cần treo băng rôn.", ["Các công ty thành viên"]),
        ("Ông Lê Văn An - Phó Bí thư, Trưởng Ban: Phụ trách chung.", ["Ông Lê Văn An - Phó Bí thư, Trưởng Ban"]),
        ("Cố vấn học tập, giáo viên chủ nhiệm nhắc nhở người học.", ["Cố vấn học tập", "giáo viên chủ nhiệm"]),
        ("Từng bộ, cơ quan, địa phương khẩn trương phân bổ vốn.", ["Từng bộ, cơ quan, địa phương"]),
        ("BCH Đoàn các xã tổ chức ra quân.", ["BCH Đoàn các xã"]),
    ],
)
def test_names_that_need_the_whole_sentence(point: str, names: list[str]) -> None:
    (only,) = province("12/KH-UBND", f"1. {point}\n").items
    assert [lead.text for lead in only.leads] == names


def test_a_territory_stands_for_those_who_govern_it() -> None:
    found = province(
        "12/KH-UBND",
        "1. Đối với các sở, ngành\n- Rà soát kế hoạch năm.\n2. Đối với thành phố Bắc Sơn\n- Lập đề án thoát nước.\n",
    )
    assert leads(found.items) == {"1.-1": ["các sở, ngành"], "2.-1": ["thành phố Bắc Sơn"]}


def test_labels_after_numbered_parts_without_bullets_are_those_of_the_point() -> None:
    found = province(
        "12/KH-UBND",
        "1. Chuẩn bị ba hội nghị hiệp thương của tỉnh theo hướng dẫn của Trung ương.\n"
        "- Tài liệu: Gồm danh sách, biên bản.\n(1) Hội nghị lần thứ nhất về cơ cấu.\n(2) Hội nghị "
        "lần thứ hai về danh sách.\n- Đơn vị chủ trì: Sở Nội vụ\n",
    )
    assert leads(found.items) == {"1": ["Sở Nội vụ"]}


def test_a_call_with_its_purpose_is_still_only_a_call() -> None:
    found = letter(
        "1. Văn phòng Sở lập danh sách.\n\nSở yêu cầu các đơn vị nghiêm túc triển khai thực hiện để đảm bảo công tác "
        "phòng, chống dịch bệnh."
    )
    assert list(said(found)) == ["1"]


def test_what_a_duty_is_about_is_no_closing_call() -> None:
    found = letter("1. Thanh tra Sở kiểm tra, hướng dẫn và báo cáo kết quả tổ chức thực hiện Kế hoạch này.")
    assert list(said(found)) == ["1"]


def test_adverbs_between_those_who_act_and_those_who_help() -> None:
    found = province("12/KH-UBND", "1. Sở Y tế phối hợp chặt chẽ, quyết liệt với Công an tỉnh kiểm tra các cơ sở.")
    (only,) = found.items
    assert [one.text for one in only.co] == ["Công an tỉnh"]
