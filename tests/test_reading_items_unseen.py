"""Duties in layouts that come from pages, gazettes and broken tables: general stems, lost marks, names behind."""

from __future__ import annotations

import pytest

from reading.model import Item
from tests.reading_office import letter, province, read, short

ANNEX = "1. Sở Y tế lập báo cáo.\n./.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 12/KH-UBND)\n"
HEAD = "STT\nNhiệm \nvụ\nCơ \nquan chủ \ntrì\nCơ quan\nphối hợp\nThời\ngian\n"


def who(items: tuple[Item, ...]) -> dict[str, list[str]]:
    return {item.label: [lead.text for lead in item.leads] for item in items}


def rows(table: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    """The rows of an annexed table: what is done, who leads, who helps, until when."""
    return [
        (item.text, [one.text for one in item.leads], [one.text for one in item.co], [short(due) for due in item.due])
        for item in province("12/KH-UBND", ANNEX + table).items[1:]
    ]


def test_a_table_that_was_broken_word_by_word_is_put_together_again() -> None:
    broken = (
        f"{HEAD}A. Nhóm nhiệm vụ về hạ tầng\n1\nXây dựng trung tâm dữ liệu của\ntỉnh\nSở Khoa \nhọc và \nCông nghệ\n"
        "Sở Tài\nchính, \nSở Nội vụ\nQuý\nIV/2023\n2\nKết nối trục liên thông\nSở\nNội\nvụ\nUBND \ncác\nhuyện\n"
        f"Tháng\n10/2023\nB. Nhóm nhiệm vụ về nhân lực\n{HEAD}1\nMở lớp bồi dưỡng kỹ năng số\nTrường\nChính trị\ntỉnh\n"
        "Sở Nội vụ\nThực\nhiện\nthường\nxuyên\n"
    )
    assert rows(broken) == [
        (
            "Xây dựng trung tâm dữ liệu của tỉnh",
            ["Sở Khoa học và Công nghệ"],
            ["Sở Tài chính", "Sở Nội vụ"],
            ["2023-12-31"],
        ),
        ("Kết nối trục liên thông", ["Sở Nội vụ"], ["UBND các huyện"], ["2023-10-31"]),
        ("Mở lớp bồi dưỡng kỹ năng số", ["Trường Chính trị tỉnh"], ["Sở Nội vụ"], ["thường xuyên"]),
    ]


def test_a_number_may_stand_in_one_line_with_what_is_done() -> None:
    table = (
        "TT\nNội dung công việc\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời hạn\n1. Rà soát hồ sơ lưu trữ\nSở Nội vụ\n"
        "Các sở, ban, ngành\nTrước 30/9/2023\n2. Số hóa hồ sơ\nSở Tư pháp\nSở Nội vụ\nTrước 31/12/2023\n"
    )
    assert [row[:2] for row in rows(table)] == [
        ("Rà soát hồ sơ lưu trữ", ["Sở Nội vụ"]),
        ("Số hóa hồ sơ", ["Sở Tư pháp"]),
    ]


def test_the_title_of_a_part_whose_cells_are_merged_does_not_end_a_table() -> None:
    table = (
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n1\tXây kho dữ liệu\tSở Nội vụ\t\tTừ tháng 9/2023\n"
        "II. Nhân lực\n2\tMở lớp học\tSở Y tế\t\t30/9/2023\n"
    )
    assert rows(table) == [
        ("Xây kho dữ liệu", ["Sở Nội vụ"], [], []),  # a time from which, none by which
        ("Mở lớp học", ["Sở Y tế"], [], ["2023-09-30"]),
    ]


@pytest.mark.parametrize(
    "stem",
    [
        "Để triển khai Nghị quyết, các bộ, ngành, địa phương cần tập trung thực hiện tốt các nhiệm vụ sau:",
        "Các bộ, ngành, địa phương có trách nhiệm triển khai các nội dung sau đây:",
        "Trong thời gian tới, các bộ, ngành, địa phương phải thực hiện ngay các giải pháp sau:",
    ],
)
def test_a_general_stem_gives_its_addressees_to_the_points_that_name_nobody(stem: str) -> None:
    body = f"{stem}\n1. Thể chế\n- Rà soát các quy định không phù hợp.\n- Sở Tư pháp thẩm định văn bản.\n"
    (first, second) = who(province("3/CT-UBND", body).items).values()
    assert [name.lower() for name in first] == ["các bộ, ngành, địa phương"]
    assert second == ["Sở Tư pháp"]


def test_a_sentence_under_a_title_is_a_duty_of_those_whom_the_stem_called() -> None:
    body = "Các sở, ngành tập trung thực hiện các nhiệm vụ sau:\n1. Tuyên truyền\n"
    body += "Đẩy mạnh tuyên truyền về phân loại rác.\n"
    assert who(province("3/CT-UBND", body).items) == {"1.¶1": ["Các sở, ngành"]}


@pytest.mark.parametrize(
    ("point", "unit"),
    [
        ("Mở hai lớp tập huấn cho cán bộ cơ sở, do Sở Y tế chủ trì, hoàn thành trong tháng 9.", "Sở Y tế"),
        ("Tập huấn cán bộ hộ tịch – Sở Tư pháp chủ trì, hoàn thành tháng 9/2023.", "Sở Tư pháp"),
        ("Xây dựng tài liệu hướng dẫn (giao Sở Nội vụ thực hiện).", "Sở Nội vụ"),
        ("Công an tỉnh được yêu cầu phối hợp xử lý các vi phạm.", "Công an tỉnh"),
        ("Bên cạnh đó, Thanh tra tỉnh được giao kiểm tra việc cho thuê đất.", "Thanh tra tỉnh"),
        ("Đối với các đơn vị dự toán: Rà soát các khoản chi chưa phân bổ.", "các đơn vị dự toán"),
        ("Chuẩn bị sách trưng bày: Thư viện tỉnh.", "Thư viện tỉnh"),
    ],
)
def test_who_acts_may_stand_behind_or_in_the_passive(point: str, unit: str) -> None:
    body = f"UBND tỉnh có ý kiến:\n1. {point}\n2. Sở Xây dựng lập báo cáo."
    assert who(province("7/TB-UBND", body).items)["1"] == [unit]


@pytest.mark.parametrize(
    "point",
    [
        "Sau ngày 30/9/2023, các dự án chưa giải ngân sẽ bị thu hồi vốn.",
        "Quá thời hạn trên, những hồ sơ chưa bổ sung thì bị loại.",
        "Các khoản dự toán chưa phân bổ bị thu hồi bổ sung dự phòng.",
        "Trong quá trình thực hiện, nếu cần sửa đổi, bổ sung Kế hoạch, các phòng gửi Sở Tài chính tổng hợp.",
    ],
)
def test_what_a_rule_does_to_things_obliges_nobody(point: str) -> None:
    body = f"1. Sở Tài chính:\na) Rà soát các khoản chi.\nb) {point}\n"
    assert list(who(province("3/CT-UBND", body).items)) == ["1.a"]


@pytest.mark.parametrize("call", ["bảo đảm đúng quy định và tiến độ", "đạt kết quả", "đảm bảo chất lượng, hiệu quả"])
def test_a_closing_call_that_asks_for_quality_is_still_a_call(call: str) -> None:
    body = f"1. Sở Y tế lập báo cáo.\nĐề nghị các sở, ngành nghiêm túc triển khai thực hiện, {call}./."
    assert list(who(province("3/CT-UBND", body).items)) == ["1"]


def test_a_bullet_that_lost_its_mark_is_a_duty_and_what_a_page_quotes_of_the_law_is_none() -> None:
    page = (
        "Chủ tịch UBND tỉnh yêu cầu Giám đốc Sở Y tế thực hiện:\n\n- Kiểm tra các cơ sở tư nhân.\n\n"
        "Xử lý nghiêm các vi phạm, báo cáo trước ngày 30/8/2023.\n\n- Công khai kết quả.\n\n"
        "Mức phạt là bao nhiêu?\n\nTheo quy định tại Điều 39 Nghị định 117/2020/NĐ-CP, hình thức phạt như sau:\n\n"
        "- Cảnh cáo cơ sở vi phạm lần đầu.\n\n- Đình chỉ hoạt động ba tháng.\n"
    )
    found = read(page).items
    assert [item.text[:8] for item in found] == ["Kiểm tra", "Xử lý ng", "Công kha"]
    assert {lead.text for item in found for lead in item.leads} == {"Giám đốc Sở Y tế"}


def test_where_blank_lines_part_the_paragraphs_a_short_line_goes_on_whatever_begins_the_next() -> None:
    body = (
        "Chủ tịch UBND tỉnh chỉ thị:\n\n1. Ngân hàng Nhà nước Việt\nNam chi nhánh tỉnh chỉ đạo\n"
        "các ngân hàng thương mại\nhỗ trợ doanh nghiệp.\n\n"
        "2. Đảng ủy các Doanh\nNghiệp tỉnh lãnh đạo\nviệc thực hiện.\n\n3.\n"
        "Sở Tài chính bố trí kinh phí\nthực hiện các nhiệm vụ trên.\n\n4. Sở Y tế lập kế hoạch\nphòng, chống dịch.\n\n"
        "5. Sở Nội vụ báo cáo\nkết quả.\n"
    )
    items = province("3/CT-UBND", body).items
    assert [item.label for item in items] == ["1", "2", "3", "4", "5"]
    assert items[0].leads[0].text.startswith("Ngân hàng Nhà nước Việt Nam")
    assert items[2].text == "Sở Tài chính bố trí kinh phí thực hiện các nhiệm vụ trên."


def test_a_list_in_brackets_that_runs_on_over_lines_stays_in_its_point() -> None:
    text = (
        "1. Đối với các trường: (1) Họp cha mẹ học sinh;\n(2) Lập danh sách học sinh khó khăn;\n"
        "(3) Gửi danh sách về Phòng.\n"
    )
    (only,) = province("3/CT-UBND", text).items
    assert only.text.endswith("(3) Gửi danh sách về Phòng.")


def test_bullets_beside_companion_lines_under_a_mere_title_are_the_duties() -> None:
    text = (
        "1. Công tác tuyên truyền\na) Xây dựng phóng sự về chuyển đổi số.\nb) Đơn vị thực hiện: Bảo tàng tỉnh.\n"
        "c) Thời gian hoàn thành: 30/8/2023.\n"
    )
    (only,) = letter(text).items
    assert (only.label, [lead.text for lead in only.leads]) == ("1.a", ["Bảo tàng tỉnh"])
    assert [short(due) for due in only.due] == ["2023-08-30"]


def test_to_commend_and_reward_is_a_duty_where_a_unit_is_told_and_an_act_of_the_writer_where_it_is_past() -> None:
    text = (
        "1. Sở Nội vụ:\na) Biểu dương, khen thưởng kịp thời các tập thể có thành tích.\n"
        "2. Biểu dương các đơn vị đã hoàn thành nhiệm vụ.\n"
    )
    assert list(who(province("3/CT-UBND", text).items)) == ["1.a"]


def test_a_plan_without_letterhead_does_not_tell_its_own_writer() -> None:
    text = "KẾ HOẠCH\nTrồng cây\nUBND xã tập trung thực hiện các nội dung sau:\n1. Chuẩn bị cây giống và hố trồng.\n"
    assert read(text).items == ()
