"""Scans and photos: what a scanner, a stamp and a phone do to a page, and what is left of it afterwards."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from difflib import SequenceMatcher

import pypdfium2 as pdfium
import pytest
from PIL import Image

from reading.errors import BrokenDocument, NoRecogniser, OversizedDocument, TooManyPages
from reading.formats import image, ocr, pdf, picture, scan
from reading.formats.fragments import Line, Word
from reading.formats.ocr_repair import repaired
from reading.formats.pages import Page
from reading.formats.stamps import mark_of, words_of
from reading.secrecy import bears_mark
from tests.making_scans import drawn, photo, scan_pdf, scanned, seal, shadowed, stamp, text_pdf
from tests.printing import Printer, Sheet, printed

LETTER = """UBND TỈNH THÁI BÌNH
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
Số: 788/SVHTTDL-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thái Bình, ngày 23 tháng 7 năm 2023

Kính gửi: Các phòng, đơn vị thuộc Sở

1. Phòng Quản lý Văn hóa chủ trì, phối hợp với Văn phòng Sở xây dựng báo cáo kết quả thực hiện nhiệm vụ và gửi về Văn \
phòng Sở trước ngày 15/8/2023 để tổng hợp.
2. Thanh tra Sở kiểm tra việc thực hiện Công văn số 1337/QĐ-UBND trong quý III/2023./."""
POINT = "1. Phòng Quản lý Văn hóa chủ trì, phối hợp với Văn phòng Sở"
NONSENSE = "UBNI) 'I'INII CONG IIOA XA Il()I CHU NGHIA VIET NAM kq3 zzxw fjord"
BLACK = (20, 20, 20)


pytestmark = pytest.mark.scan


def letter() -> Image.Image:
    """The upper part of the sheet: half the work for Tesseract."""
    page = drawn(printed(LETTER)[0])
    return page.crop((0, 0, page.width, page.height // 2))


def text_of(page: Image.Image) -> str:
    return pdf.read(scan_pdf([page])).text


def stamps_on(page: Image.Image) -> list[str]:
    prepared = scan.prepare(page, 200)
    return words_of(prepared.grey, prepared.red, prepared.grids, 200)


def same(found: str, least: float = 0.97) -> bool:
    return SequenceMatcher(None, " ".join(LETTER.split()), " ".join(found.split()), autojunk=False).ratio() >= least


# -- what scanners do --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("angle", "noise", "blur", "speckle"), [(0.5, 10, 0.6, 0.0), (-3.0, 20, 0.6, 0.0), (1.0, 0, 0.0, 0.01)]
)
def test_a_page_askew_grainy_or_speckled_is_read(angle: float, noise: float, blur: float, speckle: float) -> None:
    text = text_of(scanned(letter(), angle, noise, blur, speckle))
    assert same(text), text
    assert all(words in text for words in (POINT, "trước ngày 15/8/2023", "Số: 788/", "1337/QĐ-UBND", "quý III/2023"))
    assert text.index("Số: 788") < text.index("CỘNG HÒA")


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_page_that_lies_on_its_side_or_head_is_read(degrees: int) -> None:
    assert same(text_of(scanned(letter()).rotate(degrees, expand=True)))


def test_a_seal_over_the_words_hides_none() -> None:
    assert POINT in text_of(seal(scanned(letter()), (260, 185)))


def test_a_phones_shadow_and_way_of_holding_are_undone() -> None:
    held = shadowed(scanned(letter(), 1.5, 6)).transpose(Image.Transpose.ROTATE_90)
    found = image.read(photo(held, orientation=6))
    assert POINT in found.text
    assert found.recognised


def test_a_table_keeps_its_rows() -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
        ["1", "Xây dựng kế hoạch chuyển đổi số của cơ quan", "Phòng Quản lý Văn hóa", "Tháng 5/2026"],
        ["2", "Kiểm tra việc thực hiện nội quy cơ quan", "Thanh tra Sở", "Trước ngày 15/6/2026"],
    ]
    printer = Printer()
    printer.table(rows)
    page = drawn(printer.sheets[0])
    text = text_of(scanned(page.crop((0, 0, page.width, page.height // 3)), 0.7))
    assert text.split("\n") == ["\t".join(row) for row in rows]


def test_a_document_of_letters_and_scans_is_read_page_by_page() -> None:
    told = []
    mixed = joined(scan_pdf([scanned(letter())]), text_pdf(printed(LETTER)))
    found = pdf.read(mixed, lambda page, pages: told.append((page, pages)))
    assert found.text.count(POINT) == 2
    assert told == [(1, 1)]


def joined(*files: bytes) -> bytes:
    document = pdfium.PdfDocument.new()
    for data in files:
        document.import_pages(pdfium.PdfDocument(data))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_layer_of_letters_that_is_nonsense_is_not_believed() -> None:
    nonsense = Sheet()
    for row in range(12):
        printer = Printer()
        printer.line(NONSENSE.split(), 60, 9, y=60 + 20 * row)
        nonsense.pieces += printer.sheets[0].pieces
    assert not pdf.read(text_pdf(printed(LETTER))).recognised
    assert pdf.read(text_pdf([nonsense])).recognised


# -- doubt -------------------------------------------------------------------------------------------------------------
def test_spans_of_doubt_hold_whole_words() -> None:
    found = pdf.read(scan_pdf([scanned(letter(), 1.0, 55, 1.4)]))
    assert found.doubtful
    for start, end in found.doubtful:
        assert not any(c.isspace() for c in found.text[start:end])
        assert found.text[start - 1 : start].strip() == found.text[end : end + 1].strip() == ""


def test_only_certain_damage_is_repaired() -> None:
    spoilt = (
        "I. MỤC TIÊU|II NỘI DUNG|IH. TỔ CHỨC|~ Sở Y tế|Số sé 788|° Niêm yết giá|s Sắp xếp ô dù|quý 11/2026./,|"
        "Phòng Nghiệp vụY,Bệnh viện A"
    )
    lines = [line_of(words, row) for row, words in enumerate(spoilt.split("|"))]
    assert "|".join(line.text for line in repaired([Page(lines, 800, recognised=True)])[0].lines) == (
        "I. MỤC TIÊU|II. NỘI DUNG|III. TỔ CHỨC|- Sở Y tế|Số sé 788|• Niêm yết giá|• Sắp xếp ô dù|quý II/2026./.|"
        "Phòng Nghiệp vụ Y, Bệnh viện A"
    )


def line_of(words: str, row: int) -> Line:
    places = enumerate(words.split())
    return Line((tuple(Word(word, 60 + 40 * n, 20 * row, 90 + 40 * n, 20 * row + 12) for n, word in places),))


# -- secrecy stamps ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "angle", "frame"),
    [("MẬT", 4.0, True), ("TỐI MẬT", -7.0, False), ("TUYỆT MẬT", 0.0, True), ("TỐI MẬT", -25.0, True)],
)
def test_a_red_stamp_is_found(words: str, angle: float, frame: bool) -> None:
    page = stamp(scanned(letter()), words, (60, 120), angle, frame=frame)
    assert any(found.endswith("MẬT") for found in stamps_on(page))


@pytest.mark.parametrize(("words", "angle"), [("MẬT", 4.0), ("TỐI MẬT", -7.0)])
def test_a_black_stamp_in_a_frame_is_found(words: str, angle: float) -> None:
    page = stamp(scanned(letter()), words, (60, 8), angle, BLACK, size=16)
    assert words in stamps_on(page)


def test_a_stamped_scan_bears_the_mark_in_its_text() -> None:
    page = stamp(scanned(letter()), "TỐI MẬT", (70, 120))
    assert bears_mark(text_of(page.rotate(180)))


def test_a_stamp_drawn_on_a_page_of_letters_is_found() -> None:
    sheets = printed(LETTER)
    over = Image.new("RGB", (600, 300), "white")
    assert bears_mark(pdf.read(with_picture(text_pdf(sheets), stamp(over, "MẬT", (120, 60), size=90))).text)


def with_picture(data: bytes, shown: Image.Image) -> bytes:
    document = pdfium.PdfDocument(data)
    item = pdfium.PdfImage.new(document)
    item.set_bitmap(pdfium.PdfBitmap.from_pil(shown))
    item.set_matrix(pdfium.PdfMatrix().scale(120, 60).translate(60, 640))
    page = document[0]
    page.insert_obj(item)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("words", ["", "ĐẾN Số 123 Ngày 5/8", "SỞ VĂN HÓA", "BẢO VỆ BÍ MẬT", "Kính gửi", "Một"])
def test_other_words_are_no_mark(words: str) -> None:
    assert mark_of(words) is None


@pytest.mark.parametrize("words", ["MẬT.", "MAT", "[MẬT]", "TOI MAT", "TỐT MẬT", "TUYẾ* MẬT", "IMẬTI"])
def test_a_misread_mark_is_one(words: str) -> None:
    assert (mark_of(words) or "").endswith("MẬT")


def test_a_seal_is_no_stamp() -> None:
    assert stamps_on(seal(scanned(letter()), (400, 200))) == []


# -- refusals ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", "/nowhere")
    ocr._ready.cache_clear()
    yield
    ocr._ready.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_without_a_recogniser_it_is_said() -> None:
    with pytest.raises(NoRecogniser):
        pdf.read(scan_pdf([Image.new("RGB", (1654, 2339), "white")]))
    with pytest.raises(NoRecogniser):
        image.read(photo(Image.new("RGB", (400, 300), "white")))


def test_broken_and_huge_pictures_are_refused() -> None:
    with pytest.raises(BrokenDocument):
        image.read(b"\xff\xd8\xff\xe0 nothing")
    with pytest.raises(BrokenDocument):
        image.read(photo(Image.new("RGB", (400, 300)), "PNG")[:90])
    head = b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    with pytest.raises(OversizedDocument):
        image.read(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\1IDAT")


def test_too_many_scanned_pages_are_refused() -> None:
    with pytest.raises(TooManyPages):
        pdf.read(scan_pdf([Image.new("1", (60, 80))] * 61, dpi=10))


def test_clean_print_is_not_smoothed() -> None:
    assert picture.noise_of(letter().convert("L")) == (False, False)
    assert picture.noise_of(scanned(letter(), 0, 0, 0, speckle=0.01).convert("L")) == (True, False)
