"""Who is told, and who is not, in documents without tidy layouts: pages, party papers, appointments, late names."""

from __future__ import annotations

import pytest

from reading.model import Item
from tests.reading_office import letter, province, read

LAW_SITE = """Chỉ thị 09/CT-UBND năm 2023 về tăng cường quản lý lễ hội truyền thống trên địa bàn tỉnh Thái Bình
| Số hiệu | 09/CT-UBND |
| Loại văn bản | Chỉ thị |
| Người ký | Trần Văn Thành |
|
ỦY BAN NHÂN DÂN
|
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
|
Số: 09/CT-UBND |
Thái Bình, ngày 01 tháng 8 năm 2023 |
CHỈ THỊ
TĂNG CƯỜNG QUẢN LÝ LỄ HỘI TRUYỀN THỐNG
Các lễ hội ngày càng đông khách, công tác quản lý có chuyển biến tích cực.
Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:
1. Sở Tài chính
a) Bố trí kinh phí trước ngày 20/8/2023.
2. Sở Y tế chuẩn bị thuốc men cho khách dự hội.
"""


def who(items: tuple[Item, ...]) -> dict[str, list[str]]:
    return {item.label: [lead.text for lead in item.leads] for item in items}


def test_what_a_page_prints_above_the_letterhead_neither_obliges_nor_ends_the_document() -> None:
    assert who(read(LAW_SITE).items) == {"1.a": ["Sở Tài chính"], "2": ["Sở Y tế"]}


def test_a_second_letterhead_after_a_signature_begins_another_text() -> None:
    first = "UBND TỈNH\nSố: 1/UBND-VX\n\nKính gửi: Sở Y tế.\n\nUBND tỉnh gửi kế hoạch để Sở Y tế biết./.\n\nGIÁM ĐỐC\n"
    second = "\nSỞ VĂN HÓA\nSố: 2/SVH-VP\n\nSở Văn hóa yêu cầu:\n1. Bảo tàng tỉnh mở cửa cả ngày lễ.\n"
    assert "1" in who(read(first + second).items)


@pytest.mark.parametrize(
    "stem",
    [
        "Kiện toàn Ban Tổ chức lễ hội gồm các ông, bà có tên sau:",
        "Thành lập Tổ công tác gồm các thành viên sau đây:",
        "Thành lập Ban Tổ chức Ngày hội đọc sách, gồm:",
        "Kiện toàn Ban Chỉ đạo cải cách hành chính như sau:",
    ],
)
def test_the_members_of_a_body_are_told_nothing_but_its_duties_are(stem: str) -> None:
    body = (
        f"QUYẾT ĐỊNH:\n\nĐiều 1. {stem}\nI. Trưởng ban\n1. Ông Trần Văn A, Phó Giám đốc Sở;\n"
        "II. Thành viên\n1. Chánh Văn phòng Sở;\n2. Mời đồng chí Trưởng phòng Văn hóa huyện.\n"
        "Điều 2. Ban Tổ chức có nhiệm vụ:\n1. Xây dựng kịch bản ngày hội.\n2. Báo cáo kết quả trước ngày 20/9/2023.\n"
        "Điều 3. Ban Tổ chức làm việc theo chế độ kiêm nhiệm, được sử dụng con dấu của Sở.\n"
        "Điều 4. Quyết định này có hiệu lực kể từ ngày ký."
    )
    assert who(province("5/QĐ-UBND", body).items) == {"2.1": ["Ban Tổ chức"], "2.2": ["Ban Tổ chức"]}


def test_a_stem_that_tells_persons_what_to_do_is_no_list_of_members() -> None:
    points = (
        "1. Yêu cầu các đồng chí có tên sau:\na) Trưởng phòng Tài chính lập dự toán.\nb) Chánh Văn phòng bố trí xe."
    )
    assert list(who(letter(points).items)) == ["1.a", "1.b"]


@pytest.mark.parametrize(
    ("point", "unit"),
    [
        ("Tuyên truyền: Trung tâm Văn hóa tỉnh xây dựng chuyên mục hằng tuần.", "Trung tâm Văn hóa tỉnh"),
        ("Về kinh phí: Sở Tài chính cân đối, bố trí.", "Sở Tài chính"),
        ("Sở Nội vụ là cơ quan thường trực, theo dõi việc thực hiện.", "Sở Nội vụ"),
        ("Sở Y tế là đơn vị đầu mối, có trách nhiệm tổng hợp báo cáo.", "Sở Y tế"),
        ("Thống nhất giao Sở Tư pháp tổng hợp ý kiến.", "Sở Tư pháp"),
        ("Đồng ý chủ trương, giao Sở Tài chính hoàn thiện hồ sơ.", "Sở Tài chính"),
        ("Yêu cầu cấp ủy các xã tập trung lãnh đạo công tác nhân sự.", "cấp ủy các xã"),
        ("Trưởng các thôn thông báo đến nhân dân.", "Trưởng các thôn"),
        ("UBND các huyện ban hành Kế hoạch chi tiết trước ngày 20/8/2023.", "UBND các huyện"),
        ("Khi học sinh chuyển trường, cơ sở giáo dục bàn giao hồ sơ.", "cơ sở giáo dục"),
        ("Trường hợp mưa lớn, chủ đầu tư tạm dừng thi công.", "chủ đầu tư"),
        ("Thời gian họp: 14 giờ ngày 04/8/2023; các phòng gửi báo cáo trước ngày 02/8/2023.", "các phòng"),
        ("Về tình hình thu ngân sách: Cơ bản đạt. Yêu cầu Sở Tài chính đôn đốc thu nợ.", "Sở Tài chính"),
    ],
)
def test_a_point_names_its_addressee_elsewhere_than_in_its_first_words(point: str, unit: str) -> None:
    body = f"Chủ tịch UBND tỉnh kết luận như sau:\n1. {point}\n2. Sở Xây dựng kiểm tra các công trình."
    assert who(province("7/TB-UBND", body).items) == {"1": [unit], "2": ["Sở Xây dựng"]}


@pytest.mark.parametrize(
    "point",
    [
        "Địa điểm: Trung tâm Hội nghị tỉnh.",
        "08 giờ 00 ngày 20/7/2023: Đoàn công tác kiểm tra tại huyện.",
        "Chiều: Đoàn công tác kiểm tra tại huyện.",
        "Ban Chỉ đạo hoạt động theo nguyên tắc tập trung dân chủ.",
        "Tổ giúp việc tự giải thể khi hoàn thành nhiệm vụ.",
        "Giáo viên: Chế độ phụ cấp thực hiện theo quy định hiện hành.",
    ],
)
def test_a_point_that_tells_a_place_an_hour_or_a_rule_obliges_nobody(point: str) -> None:
    body = f"Chủ tịch UBND tỉnh kết luận như sau:\n1. {point}\n2. Sở Xây dựng kiểm tra các công trình."
    assert who(province("7/TB-UBND", body).items) == {"2": ["Sở Xây dựng"]}


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Tại các công đoàn cơ sở", "các công đoàn cơ sở"),
        ("Ở các trường học", "các trường học"),
        ("Ban Tổ chức có trách nhiệm:", "Ban Tổ chức"),
        ("Trách nhiệm của Bảo tàng tỉnh", "Bảo tàng tỉnh"),
    ],
)
def test_a_heading_of_those_who_act_gives_them_to_the_points_under_it(heading: str, unit: str) -> None:
    items = letter(f"1. {heading}\n- Vận động ủng hộ quỹ vì người nghèo.\n- Tổ chức thăm hỏi gia đình khó khăn.").items
    assert who(items) == {"1.-1": [unit], "1.-2": [unit]}


def test_whom_the_unit_of_a_heading_appoints_is_not_told_by_the_document() -> None:
    items = letter("1. Bảo tàng tỉnh\n- Phân công các đồng chí lãnh đạo phụ trách từng khu vực.").items
    assert who(items) == {"1.-1": ["Bảo tàng tỉnh"]}


def test_the_writer_who_gives_a_directive_is_not_the_one_who_is_told() -> None:
    items = province("3/CT-UBND", "UBND tỉnh chỉ thị:\n1. Chi nhánh Văn phòng Đăng ký đất đai cung cấp hồ sơ.").items
    assert who(items) == {"1": ["Chi nhánh Văn phòng Đăng ký đất đai"]}


def test_points_of_party_papers_are_numbered_with_a_hyphen() -> None:
    body = (
        "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện:\n1- Quán triệt chủ trương mới.\n2- Tổ chức thực hiện\n"
        "2.1- Ban Tuyên giáo Tỉnh ủy hướng dẫn việc học tập.\n2.2- Văn phòng Tỉnh ủy theo dõi, báo cáo Thường trực.\n"
    )
    found = who(province("3-CT/TU", body).items)
    assert found["2.1"] == ["Ban Tuyên giáo Tỉnh ủy"]
    assert found["2.2"] == ["Văn phòng Tỉnh ủy"]


def test_the_situation_before_the_points_obliges_nobody_unless_it_asks() -> None:
    points = "Chủ tịch UBND tỉnh yêu cầu:\n1. Sở Y tế phun khử khuẩn."
    told = "Sở Giao thông vận tải tổ chức tốt việc đi lại, người dân phấn khởi."
    asked = "Sở Giao thông vận tải phải báo cáo UBND tỉnh trước ngày 10/8/2023."
    assert list(who(province("3/CT-UBND", f"{told}\n\n{points}").items)) == ["1"]
    assert len(province("3/CT-UBND", f"{asked}\n\n{points}").items) == 2


def test_the_lead_of_a_page_that_gives_the_order_below_is_no_duty() -> None:
    lead = "UBND tỉnh yêu cầu Giám đốc Sở Xây dựng và các đơn vị khẩn trương bổ sung một số nội dung dự án khu dân cư."
    points = "Chủ tịch UBND tỉnh có ý kiến:\n1. Sở Xây dựng hoàn thiện hồ sơ dự án.\n2. Sở Tài chính bố trí vốn."
    assert list(who(read(f"{lead}\n\n{points}").items)) == ["1", "2"]


@pytest.mark.parametrize("thing", ["Số tiền ủng hộ", "Kinh phí vận động", "Hồ sơ dự thi", "Bài viết"])
def test_what_must_be_sent_by_a_day_is_a_duty_where_nothing_was_to_be_sent_before(thing: str) -> None:
    text = (
        "Công đoàn ngành đề nghị các công đoàn cơ sở phát động đoàn viên tham gia tích cực.\n\n"
        f"{thing} chuyển về Công đoàn ngành trước ngày 30/8/2023."
    )
    last = read(text).items[-1]
    assert [str(due.date) for due in last.due] == ["2023-08-30"]
    assert [lead.text for lead in last.leads] == ["các công đoàn cơ sở"]


def test_the_day_for_sending_goes_to_what_is_sent() -> None:
    points = "1. Dọn vệ sinh trụ sở.\n2. Lập danh sách dự thi.\n3. Thời gian nộp danh sách: trước ngày 20/8/2023."
    assert [[str(due.date) for due in item.due] for item in letter(points).items] == [[], ["2023-08-20"]]


def test_several_labels_in_one_line_are_companions_each() -> None:
    line = "Cơ quan chủ trì: Sở Tư pháp; Cơ quan phối hợp: Sở Nội vụ; Thời gian: Tháng 9/2023."
    (item,) = letter(f"1. Kiểm tra việc thực hiện thủ tục hành chính\n{line}").items
    assert ([lead.text for lead in item.leads], [co.text for co in item.co]) == (["Sở Tư pháp"], ["Sở Nội vụ"])
    assert [str(due.date) for due in item.due] == ["2023-09-30"]


def test_names_on_both_sides_of_a_semicolon_are_told_one_thing() -> None:
    (item,) = province(
        "4/UBND-NC",
        "Thực hiện Công văn số 12/BNV-CCVC, đề nghị các sở, ban, ngành; UBND các huyện, thành phố báo cáo theo mẫu.",
    ).items
    assert [lead.text for lead in item.leads] == ["các sở, ban, ngành", "UBND các huyện, thành phố"]


def test_who_acts_needs_no_title_in_a_list_that_assigns() -> None:
    points = "III. PHÂN CÔNG NHIỆM VỤ\n1. Văn phòng Sở: Bố trí xe.\n2. Cô Lê Thị Hoa - Thư viện: Chuẩn bị sách."
    assert who(letter(points).items) == {"III.1": ["Văn phòng Sở"], "III.2": ["Cô Lê Thị Hoa - Thư viện"]}


def test_a_line_that_ends_unfinished_goes_on_whatever_begins_the_next() -> None:
    text = "1. Sở Y tế báo cáo theo yêu cầu của\nTrung tâm Kiểm soát bệnh tật tỉnh\nvà Sở Nội vụ trước ngày 20/8/2023."
    (item,) = letter(text).items
    assert item.text.endswith("20/8/2023.")


def test_a_clause_after_a_semicolon_on_the_next_line_of_a_wrapped_point_is_its_own() -> None:
    text = (
        "- Kiện toàn Ban Chỉ huy phòng, chống thiên tai của\nngành, địa phương; phân công từng thành viên;\n"
        "gửi quyết định về Văn phòng Sở chậm nhất ngày 30/8/2023."
    )
    (item,) = letter(text).items
    assert [str(due.date) for due in item.due] == ["2023-08-30"]


def test_the_day_of_the_week_over_a_page_is_no_number() -> None:
    text = "Phòng rét cho mạ\nThứ hai, 08/01/2024\nSở Nông nghiệp đề nghị UBND các huyện:\n- Che phủ nilon cho mạ."
    assert who(read(text).items) == {"-1": ["UBND các huyện"]}


def test_a_verb_inside_a_name_makes_no_duty_of_the_closing_call() -> None:
    call = "Yêu cầu Ban QLDA đầu tư xây dựng các công trình giao thông triển khai thực hiện."
    assert who(province("6/UBND-XD", f"UBND tỉnh có ý kiến:\n1. Sở Tài chính bố trí vốn.\n{call}").items) == {
        "1": ["Sở Tài chính"]
    }


def test_the_body_of_an_annex_is_read_though_its_reference_stands_right_under_its_title() -> None:
    body = (
        "Điều 1. Ban hành kèm theo Quyết định này Chương trình hành động.\n"
        "Điều 2. Các sở chịu trách nhiệm thi hành Quyết định này./.\nCHỦ TỊCH\n\nTrần Thành\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n"
        "(Kèm theo Quyết định số 5/QĐ-UBND ngày 01 tháng 8 năm 2023)\nI. NHIỆM VỤ\n1. Sở Y tế rà soát quy hoạch.\n"
    )
    assert who(province("5/QĐ-UBND", body).items) == {"I.1": ["Sở Y tế"]}
