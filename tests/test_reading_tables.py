"""Tables of duties: columns in any order, ruled or flattened, cells empty, merged or shared."""

from __future__ import annotations

import pytest

from reading.points.columns import columns_of, joined
from tests.reading_office import letter

A, B = "Kiểm tra di tích", "Mua sắm máy tính"


def table(*rows: str) -> str:
    return "\n".join(rows)


TABLES = {
    "columns in another order": table(
        "TT\tThời hạn\tĐơn vị phối hợp\tĐơn vị chủ trì\tNội dung",
        f"1\t20/8/2023\tBảo tàng tỉnh\tThanh tra Sở\t{A}",
        f"2\t30/9/2023\t\tVăn phòng Sở\t{B}",
    ),
    "pipes with borders and a rule": table(
        "| STT | Nội dung | Chủ trì | Phối hợp | Thời gian |",
        "|---|---|---|---|---|",
        f"| 1 | {A} | Thanh tra Sở | Bảo tàng tỉnh | 20/8/2023 |",
        f"| 2 | {B} | Văn phòng Sở | | 30/9/2023 |",
    ),
    "titles in two rows": table(
        "TT\tNội dung\tPhân công thực hiện\t\tThời hạn",
        "\t\tChủ trì\tPhối hợp\t",
        f"1\t{A}\tThanh tra Sở\tBảo tàng tỉnh\t20/8/2023",
        f"2\t{B}\tVăn phòng Sở\t\t30/9/2023",
    ),
    "no numbers": table(
        "Nội dung\tĐơn vị thực hiện\tPhối hợp\tHoàn thành",
        f"{A}\tThanh tra Sở\tBảo tàng tỉnh\t20/8/2023",
        f"{B}\tVăn phòng Sở\t\t30/9/2023",
    ),
    "both in one column": table(
        "TT\tNội dung\tCơ quan chủ trì, phối hợp\tThời hạn",
        f"1\t{A}\tChủ trì: Thanh tra Sở; phối hợp: Bảo tàng tỉnh\t20/8/2023",
        f"2\t{B}\tVăn phòng Sở\t30/9/2023",
    ),
    "an old day beside the new": table(
        "TT\tNội dung\tĐơn vị thực hiện\tPhối hợp\tHạn đã giao\tHoàn thành trước ngày",
        f"1\t{A}\tThanh tra Sở\tBảo tàng tỉnh\t10/8/2023\t20/8/2023",
        f"2\t{B}\tVăn phòng Sở\t\t11/8/2023\t30/9/2023",
    ),
    "a cell to a line": table(
        *("STT", "Nội dung", "Đơn vị", "chủ trì", "Đơn vị phối hợp", "Thời hạn"),
        *("1", A, "Thanh tra Sở", "Bảo tàng tỉnh", "Trước ngày", "20/8/2023"),
        *("2", B, "Văn phòng Sở", "Trước ngày 30/9/2023"),
    ),
    "a cell to a line, unit first": table(
        *("TT", "Đơn vị chủ trì", "Nội dung", "Phối hợp", "Thời hạn"),
        *("1", "Thanh tra Sở", A, "Bảo tàng tỉnh", "20/8/2023"),
        *("2", "Văn phòng Sở", B, "30/9/2023"),
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_a_duty_whatever_the_shape_of_its_table(name: str) -> None:
    first, second = letter(TABLES[name]).items
    assert [first.text, second.text] == [A, B]
    assert [[lead.text for lead in item.leads] for item in (first, second)] == [["Thanh tra Sở"], ["Văn phòng Sở"]]
    assert [[lead.text for lead in item.co] for item in (first, second)] == [["Bảo tàng tỉnh"], []]
    assert [str(item.due[0].date) for item in (first, second)] == ["2023-08-20", "2023-09-30"]


def test_an_owner_printed_once_leads_the_rows_below_it() -> None:
    rows = f"TT\tNội dung\tChủ trì\tThời hạn\nI\tDi tích\t\t\n1\t{A}\tThanh tra Sở\t20/8/2023\n2\t{B}\t\t30/9/2023"
    reading = letter(rows)
    assert [(item.label, item.leads[0].text) for item in reading.items] == [
        ("PL.I.1", "Thanh tra Sở"),
        ("PL.I.2", "Thanh tra Sở"),
    ]


def test_the_document_goes_on_after_a_flattened_table() -> None:
    rows = (
        f"STT\nNội dung\nChủ trì\nThời hạn\n1\n{A}\nThanh tra Sở\nQuý III/2023\nIII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng "
        f"Sở bố trí kinh phí."
    )
    assert [item.label for item in letter(rows).items] == ["PL.1", "III.1"]


def test_a_long_text_after_a_flattened_table_is_not_taken_for_its_last_row() -> None:
    rows = "STT\nNội dung\nChủ trì\nThời hạn\n1\n" + f"{A}\nThanh tra Sở\nQuý III/2023\n"
    after = "Công tác chuẩn bị được tiến hành theo kế hoạch đã ban hành từ đầu năm nay.\n" * 80
    reading = letter(f"{rows}{after}\nGiao Văn phòng Sở theo dõi, đôn đốc các phòng, đơn vị.")
    assert [item.text[:20] for item in reading.items] == [A, "Giao Văn phòng Sở th"]


def test_the_names_of_a_cell_stay_whole() -> None:
    rows = (
        f"TT\tNội dung\tChủ trì\tPhối hợp\n1\t{A}\tPhòng Chính trị, tư tưởng - Học sinh, sinh viên\tVăn phòng Sở; "
        f"các trường THPT"
    )
    (only,) = letter(rows).items
    assert [lead.text for lead in only.leads] == ["Phòng Chính trị, tư tưởng - Học sinh, sinh viên"]
    assert [lead.text for lead in only.co] == ["Văn phòng Sở", "các trường THPT"]


def test_a_timetable_and_a_list_of_guests_oblige_nobody() -> None:
    rows = "TT\tThời gian\tNội dung\tNgười thực hiện\n1\t8h00 - 8h30\tĐón tiếp đại biểu dự lễ\tVăn phòng Sở"
    assert letter(rows).items == ()
    assert letter("TT\tHọ và tên\tChức vụ\n1\tTrần Văn An\tGiám đốc").items == ()


def test_titles_over_several_lines_are_one() -> None:
    titles = ["Nội dung", "công việc", "Cơ quan", "chủ trì", "Thời hạn", "hoàn thành"]
    assert columns_of(joined(titles)) == ["content", "lead", "due"]
    under = ["Nội dung", "Đơn vị thực hiện", "Thời gian", "Chủ trì", "Phối hợp"]
    assert columns_of(joined(under)) == ["content", "lead", "co", "due"]
    assert columns_of(["Phòng, đơn vị", "Nhiệm vụ", "Người thực hiện"]) == ["lead", "content", "other"]
