"""Headers of pages: a portal's menu above the letterhead, a law site's table, a sentence of the news, a broken line."""

from __future__ import annotations

from datetime import date

import pytest

from reading.header import read_header
from reading.letterhead.properties import properties

LETTERHEAD = (
    "UBND TỈNH AN BÌNH\nSỞ NÔNG NGHIỆP VÀ PTNT\nSố: 341 /SNN&PTNT-KL\nV/v trồng cây\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nAn Bình, ngày 27 tháng 01 năm 2021\n"
    "Kính gửi: Các sở, ban, ngành\n1. Các sở rà soát hồ sơ.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn Đức\n"
)
MENU = "SỰ KIỆN NỔI BẬT\nTrang chủ\nThống kê truy cập\nHôm nay: 65\nTổng số: 2345\n" + "Liên kết trang\n" * 12
TABLE = (
    "Chỉ thị 18/CT-UBND năm 2025 về kỷ cương\n| Số hiệu | 18/CT-UBND |\n| Ngày ban hành | 29/12/2025 |\n"
    "| Loại văn bản | Chỉ thị |\n| Cơ quan ban hành | Thành phố Huế |\n| Người ký | NGUYỄN VĂN TOÀN |\n"
)


def test_the_letterhead_is_found_under_a_menu() -> None:
    alone, under = read_header(LETTERHEAD), read_header(MENU + LETTERHEAD)
    assert alone == under
    assert (under.issuer, under.signer) == ("Sở Nông nghiệp và PTNT tỉnh An Bình", "Nguyễn Văn Đức")


def test_a_date_broken_over_two_lines_is_read() -> None:
    broken = LETTERHEAD.replace("ngày 27 tháng", "ngày\n27 tháng")
    assert read_header(broken).issued_on == date(2021, 1, 27)


@pytest.mark.parametrize("mark", [" | ", "\t", ": "])
def test_a_table_of_properties_says_what_the_page_shows(mark: str) -> None:
    rows = ("Số, ký hiệu{}45/KH-UBND", "Ngày ký{}12/03/2024", "Cơ quan ban hành{}Tỉnh An Bình", "Người ký{}Lê Thị Mai")
    found = read_header("\n".join(row.format(mark) for row in rows) + "\n\n1. Sở Y tế rà soát hồ sơ.")
    assert (found.kind, found.number, found.issued_on) == ("ke_hoach", "45/KH-UBND", date(2024, 3, 12))
    assert (found.issuer, found.signer) == ("Ủy ban nhân dân tỉnh An Bình", "Lê Thị Mai")


def test_the_table_only_completes_the_letterhead() -> None:
    top = "ỦY BAN NHÂN DÂN\nSố: 18/CT-UBND\nHuế, ngày 29 tháng 12 năm 2025\nCHỈ THỊ\nVỀ KỶ CƯƠNG\n1. Sở Y tế rà soát.\n"
    found = read_header(TABLE + top)
    assert (found.issuer, found.signer) == ("Ủy ban nhân dân thành phố Huế", "Nguyễn Văn Toàn")
    assert (found.number, found.issued_on) == ("18/CT-UBND", date(2025, 12, 29))


def test_one_label_in_a_sentence_is_no_table() -> None:
    assert properties("Người ký: chưa rõ\nCác đơn vị rà soát hồ sơ.") == {}


@pytest.mark.parametrize(
    ("sentence", "number", "day", "issuer", "signer"),
    [
        ("Phó Chủ tịch UBND tỉnh Thái Bình Lại Văn Hoàn vừa ký Công văn số 2312/UBND-KGVX ngày 14/7/2023 về lễ hội.",
         "2312/UBND-KGVX", date(2023, 7, 14), "Ủy ban nhân dân tỉnh Thái Bình", "Lại Văn Hoàn"),
        ("Thực hiện Công văn số 111/BVHTTDL-VP ngày 01/7/2023 của Bộ, ngày 14/7/2023, đồng chí Nguyễn Thị Lan, "
         "Giám đốc Sở Du lịch đã ký ban hành Kế hoạch số 55/KH-SDL.",
         "55/KH-SDL", date(2023, 7, 14), "Sở Du lịch", "Nguyễn Thị Lan"),
        ("Ngày 05 tháng 9 năm 2023, Chủ tịch UBND tỉnh Nguyễn Khắc An đã ký Quyết định số 1900/QĐ-UBND.",
         "1900/QĐ-UBND", date(2023, 9, 5), "Ủy ban nhân dân tỉnh", "Nguyễn Khắc An"),
        ("Xét đề nghị của Sở Tài chính tại Tờ trình số 12/TTr-STC ngày 1/8/2023, UBND tỉnh vừa có Công văn số "
         "99/UBND-KT ngày 03/8/2023 yêu cầu các sở rà soát.",
         "99/UBND-KT", date(2023, 8, 3), "Ủy ban nhân dân tỉnh", None),
        ("Chương trình thực hiện Chỉ thị 13-CT/TW\nNgày 23/8/2017, Tỉnh ủy An Bình đã ban hành Chương trình "
         "số 27-CTr/TU về thực hiện Chỉ thị 13-CT/TW, ngày 12/01/2017.",
         "27-CTr/TU", date(2017, 8, 23), "Tỉnh ủy An Bình", None),
    ],
)  # fmt: skip
def test_the_news_tell_who_signed_what(
    sentence: str, number: str, day: date, issuer: str, signer: str | None
) -> None:
    found = read_header(sentence + "\n1. Sở Y tế báo cáo trước ngày 15/8/2026.\n")
    assert (found.number, found.issued_on, found.issuer, found.signer) == (number, day, issuer, signer)


def test_a_document_that_was_only_received_is_not_the_one_the_page_tells_of() -> None:
    page = "Ủy ban nhân dân tỉnh nhận được Tờ trình số 992/TTr-BQLDA ngày 28/6/2018.\nChủ tịch UBND tỉnh có ý kiến:"
    found = read_header(page)
    assert (found.number, found.issued_on, found.kind, found.issuer) == (None, None, "cong_van", "Ủy ban nhân dân tỉnh")


def test_the_party_writes_its_number_without_a_colon() -> None:
    page = "TỈNH ỦY AN BÌNH\nSố 163-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 09 tháng 6 năm 2025\nTHÔNG BÁO"
    assert read_header(page).issuer == "Tỉnh ủy An Bình"
