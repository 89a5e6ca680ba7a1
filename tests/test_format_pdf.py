"""PDF with letters: what stands side by side, goes on over the page, is turned, or is only there to be seen."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from reading.errors import BrokenDocument, OversizedDocument, ProtectedDocument, TooManyPages
from reading.formats import pdf
from reading.secrecy import bears_mark
from tests.making_scans import text_pdf, turned_page
from tests.printing import HEIGHT, WIDTH, Printer, Sheet, printed, width_of

LETTER = """UBND TỈNH THÁI BÌNH
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
Số: 788/SVHTTDL-VP
V/v đôn đốc nhiệm vụ cải cách hành chính
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thái Bình, ngày 23 tháng 7 năm 2023

Kính gửi: Các phòng, đơn vị thuộc Sở

1. Phòng Quản lý Văn hóa chủ trì, phối hợp với Văn phòng Sở xây dựng báo cáo kết quả thực hiện nhiệm vụ và gửi về Văn \
phòng Sở trước ngày 15/8/2023 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh theo quy định.
2. Thanh tra Sở kiểm tra việc thực hiện trong quý III/2023./.

Nơi nhận:
- Như trên;
- Lưu: VT, VP.
GIÁM ĐỐC
Trần Văn Thành"""
HEAD = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]


def text_of(*sheets: Sheet, turn: int = 0) -> str:
    return pdf.read(text_pdf(sheets, turn)).text


def lines_of(*sheets: Sheet) -> list[str]:
    return [line for line in text_of(*sheets).split("\n") if line]


def with_words(sheet: Sheet, words: str, x: float, y: float, size: float = 9.0) -> Sheet:
    printer = Printer()
    printer.line(words.split(), x, size, y=y)
    return replace(sheet, pieces=sheet.pieces + printer.sheets[0].pieces)


def test_the_columns_of_letterhead_and_signature_are_read_one_after_the_other() -> None:
    lines = lines_of(*printed(LETTER))
    assert lines[:3] == ["UBND TỈNH THÁI BÌNH", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Số: 788/SVHTTDL-VP"]
    place = lines.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines[place + 1 : place + 3] == ["Độc lập - Tự do - Hạnh phúc", "Thái Bình, ngày 23 tháng 7 năm 2023"]
    assert lines[-5:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.", "GIÁM ĐỐC", "Trần Văn Thành"]


def test_columns_that_nearly_touch_are_taken_apart() -> None:
    printer = Printer()
    left = ("UBND TỈNH AN GIANG", "TRƯỜNG ĐẠI HỌC AN GIANG", "Số: 271/TB-ĐHAG")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Giang, ngày 05 tháng 10 năm 2016")
    beside = 44 + width_of(left[1], 10, False)
    for row, (words, others) in enumerate(zip(left, right, strict=True)):
        printer.line(words.split(), 40, 10, y=60 + 15 * row)
        printer.line(others.split(), beside, 10, y=60 + 15 * row)
    assert lines_of(printer.sheets[0]) == [*left, *right]


def test_a_paragraph_that_was_wrapped_is_one_line_again() -> None:
    lines = lines_of(*printed(LETTER))
    assert next(line for line in lines if line.startswith("1.")).endswith("tỉnh theo quy định.")
    assert "2. Thanh tra Sở kiểm tra việc thực hiện trong quý III/2023./." in lines


def test_a_number_that_begins_a_wrapped_line_begins_no_point() -> None:
    words = "1. Sở Tài chính tổng hợp số liệu của các đơn vị rồi gửi báo cáo về Bộ Nội vụ theo đúng quy định trước ngày"
    text = text_of(*printed(f"{LETTER}\n\n{words} 25), đồng thời thông báo cho các đơn vị biết để thực hiện.\n" * 3))
    assert "trước ngày 25), đồng thời" in text


def test_a_ruled_table_is_one_line_per_row_over_the_page_break() -> None:
    rows = [
        [str(n), f"Xây dựng kế hoạch số {n}", "Phòng Quản lý Văn hóa", f"Tháng {n % 12 + 1}/2026"] for n in range(1, 60)
    ]
    printer = Printer()
    printer.table([HEAD, *rows])
    assert len(printer.sheets) > 1
    assert lines_of(*printer.sheets) == ["\t".join(row) for row in [HEAD, *rows]]


def test_a_row_that_the_page_cuts_in_two_is_made_whole() -> None:
    printers = [Printer(), Printer()]
    printers[0].table([HEAD, ["1", "Xây dựng kế hoạch", "Văn phòng Sở", "Tháng 5/2026"]])
    printers[1].table([HEAD, ["", "và trình phê duyệt", "", ""], ["2", "Báo cáo", "Thanh tra Sở", "Tháng 6/2026"]])
    lines = lines_of(*(printer.sheets[0] for printer in printers))
    assert lines[1:] == [
        "1\tXây dựng kế hoạch và trình phê duyệt\tVăn phòng Sở\tTháng 5/2026",
        "2\tBáo cáo\tThanh tra Sở\tTháng 6/2026",
    ]


def test_a_merged_cell_gives_its_words_once() -> None:
    sheet = Sheet(rules=[(50.0, y, 350.0, y) for y in (50.0, 130.0)])
    sheet.rules += [(x, 50.0, x, 130.0) for x in (50.0, 150.0, 250.0, 350.0)] + [(150.0, 90.0, 350.0, 90.0)]
    for words, x, y in (
        ("Sáng", 60, 85),
        ("7 giờ", 160, 65),
        ("9 giờ", 260, 65),
        ("8 giờ", 160, 105),
        ("10 giờ", 260, 105),
    ):
        sheet = with_words(sheet, words, x, y)
    assert text_of(sheet) == "Sáng\t7 giờ\t9 giờ\n\t8 giờ\t10 giờ"


def test_heads_page_numbers_and_signatures_are_left_out() -> None:
    sheets = printed(LETTER * 8)
    assert len(sheets) > 2
    sheets = [with_words(sheet, f"Công báo số {n} ngày 01-02-2026", 200, 15) for n, sheet in enumerate(sheets)]
    sheets[0] = with_words(sheets[0], "Ký bởi: Ủy ban nhân dân tỉnh", 380, 20, 7)
    sheets[0] = with_words(sheets[0], "Thời gian ký: 23.07.2023 16:11", 380, 29, 7)
    text = text_of(*sheets)
    assert not any(words in text for words in ("Công báo", "Ký bởi", "Thời gian ký", "\n2\n", "\n3\n"))


def test_a_secrecy_mark_in_a_running_head_is_kept() -> None:
    text = text_of(*(with_words(sheet, "TỐI MẬT", 500, 15) for sheet in printed(LETTER * 8)))
    assert text.count("TỐI MẬT") == 1
    assert bears_mark(text)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_may_be_turned(turn: int) -> None:
    assert text_of(*printed(LETTER), turn=turn) == text_of(*printed(LETTER))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_letters_may_be_drawn_turned(quarters: int) -> None:
    assert pdf.read(turned_page(printed(LETTER)[0], quarters)).text == text_of(*printed(LETTER))


def test_letters_typed_in_an_old_font_are_put_right() -> None:
    sheet = Sheet()
    for row in range(4):
        sheet = with_words(sheet, "B¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô", 60, 60 + 20 * row, 11)
    assert text_of(sheet).startswith("Báo cáo tình hình thực hiện nhiệm vụ")


def test_broken_locked_and_endless_files_are_refused() -> None:
    with pytest.raises(BrokenDocument):
        pdf.read(b"%PDF-1.4 nothing")
    with pytest.raises(ProtectedDocument):
        pdf.read(LOCKED)
    document = pdfium.PdfDocument.new()
    for _ in range(301):
        document.new_page(WIDTH, HEIGHT)
    with pytest.raises(TooManyPages):
        pdf.read(saved(document))
    document = pdfium.PdfDocument.new()
    document.new_page(20_000, 20_000)
    with pytest.raises(OversizedDocument):
        pdf.read(saved(document))


def saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# An empty page behind a password that is not "" (standard handler, RC4, 40 bits).
LOCKED = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    b"4 0 obj\n<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>\nendobj\n"
    b"trailer\n<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n"
)
