"""Headers of further pages: no letterhead, a broken one, a second one, a page that only tells of the document."""

from __future__ import annotations

from datetime import date

import pytest

from reading.header import read_header

TITLED = """KẾ HOẠCH

Rà soát nhà ở thiếu kiên cố trên địa bàn huyện Tân Bình

Thực hiện Kế hoạch số 164/KH-UBND ngày 29/8/2021 của UBND tỉnh, UBND huyện xây dựng kế hoạch như sau:
1. Phòng Kinh tế rà soát.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn Trung
"""


def test_a_page_that_begins_with_the_title_is_the_signers() -> None:
    header = read_header(TITLED)
    assert (header.kind, header.number, header.issued_on) == ("ke_hoach", None, None)
    assert (header.issuer, header.signer) == ("Ủy ban nhân dân huyện Tân Bình", "Lê Văn Trung")


def test_the_annex_of_such_a_page_repeats_number_and_day() -> None:
    annex = "\nPHỤ LỤC\n(Kèm theo\nKế hoạch số 45/KH-UBND ngày 03 tháng 12 năm 2025 của Ủy ban nhân dân huyện)\n"
    header = read_header(TITLED + annex)
    assert (header.number, header.issued_on) == ("45/KH-UBND", date(2025, 12, 3))


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer"),
    [
        (
            "Ngày 6/8, Ban Thường vụ Tỉnh ủy Hòa Minh đã ban hành Chỉ thị số 17 về việc nắm bắt dư luận.\n"
            "Thực hiện Kế hoạch số 25-KH/TU ngày 30/11/2016, các cấp ủy rà soát.",
            "chi_thi", None, "Ban Thường vụ Tỉnh ủy Hòa Minh",
        ),
        (
            "Sở Y tế tỉnh An Bình vừa ban hành Kế hoạch số 45 về phòng dịch.\nTheo Quyết định số 12/QĐ-BYT, trạm trực.",
            "ke_hoach", None, "Sở Y tế tỉnh An Bình",
        ),
        (
            "Sở Y tế vừa ban hành Kế hoạch số 45 về phòng dịch.\nKế hoạch số 45/KH-SYT nêu rõ.",
            "ke_hoach", "45/KH-SYT", None,
        ),
        (
            "Cổng tin: Theo văn bản số 73/UBND-NLN, UBND tỉnh chỉ đạo tổ chức Tết trồng cây.",
            "cong_van", "73/UBND-NLN", "Ủy ban nhân dân tỉnh",
        ),
        ("Theo Công văn số 12/BNV-TCBC, UBND tỉnh yêu cầu các sở rà soát.", "cong_van", None, "Ủy ban nhân dân tỉnh"),
    ],
)  # fmt: skip
def test_a_page_tells_of_one_and_names_others(text: str, kind: str, number: str | None, issuer: str | None) -> None:
    header = read_header(text)
    assert (header.kind, header.number) == (kind, number)
    assert issuer is None or header.issuer == issuer


BROKEN = """ỦY BAN MTTQ VIỆT NAM
XÃ AN MINH
BAN THƯỜNG TRỰC
CỘNG HOÀ
XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập
- Tự do - Hạnh phúc
Số: …/HD-MTTQ-BTT
An
Minh, ngày 22 tháng 12 năm 2025
HƯỚNG DẪN
Giới thiệu người ứng cử
Căn cứ Nghị
quyết số 101/2025/UBTVQH15 ngày 26/9/2025;
1. Các thôn tổ chức hội nghị.
TM.
BAN THƯỜNG TRỰC
CHỦ TỊCH
Lan Thị
Vân
"""


def test_a_letterhead_whose_lines_are_broken_anywhere() -> None:
    header = read_header(BROKEN)
    assert (header.kind, header.number, header.issued_on) == ("other", None, date(2025, 12, 22))
    assert header.signer == "Lan Thị Vân"
    assert header.issuer is not None and "an minh" in header.issuer.lower()


def test_the_letterhead_of_an_annex_hides_no_signature() -> None:
    text = (
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 844/QĐ-TTg\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hà Nội, ngày 15 tháng 5 năm 2026\nQUYẾT ĐỊNH\nPhê duyệt Chương trình\nĐiều 1. Phê duyệt Chương trình.\n"
        "KT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nTrần Thị Thanh Hà\n"
        "THỦ TƯỚNG CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nCHƯƠNG TRÌNH\n"
        "1. Bộ Y tế rà soát.\n"
    )
    assert read_header(text).signer == "Trần Thị Thanh Hà"


LETTERHEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def test_an_agency_whose_initials_are_a_type_writes_letters_too() -> None:
    letter = read_header(f"CỤC PHÒNG BỆNH\n{LETTERHEAD}Số: 288/PB-DT\nV/v phòng sốt xuất huyết\nKính gửi: Sở Y tế\n")
    slip = read_header(f"SỞ Y TẾ\n{LETTERHEAD}Số: 288/PB-SYT\n1. Phòng Nghiệp vụ Y rà soát.\n")
    assert (letter.kind, slip.kind) == ("cong_van", "other")


def test_who_wires_an_urgent_order_has_issued_it() -> None:
    text = "Số: 12/CĐ-TTg\nCÔNG ĐIỆN\nVề mưa lũ\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ Y tế.\n"
    assert read_header(text).issuer == "Thủ tướng Chính phủ"


def test_the_person_behind_the_post_is_the_signer_and_no_part_of_the_issuer() -> None:
    header = read_header("Thủ tướng Chính phủ Phạm Minh An vừa ký Công điện số 234/CĐ-TTg ngày 30/11/2025 về mưa lũ.\n")
    assert (header.issuer, header.signer) == ("Thủ tướng Chính phủ", "Phạm Minh An")
