"""Blocks as Word and as PDF: the same words in both, the decree's sheet, fonts inside, and texts that mean harm."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from papers.decree.layout import (
    Beside,
    Break,
    Column,
    Paper,
    Paragraph,
    Rule,
    Run,
    Section,
    Span,
    Table,
    body,
    centred,
    plain,
)
from papers.decree.measure import Style, balanced, font_file, lines_of, width_of
from papers.decree.pdf import pdf
from papers.decree.word import word
from tests.paper_files import (
    MM,
    W,
    ink,
    parts,
    pdf_fonts,
    pdf_pages,
    pdf_sizes,
    word_lines,
    word_of,
    word_tables,
    words,
)

NOW = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
HOSTILE = {
    "markup": "<w:p>&amp; \"x\" </w:t> ]]> <b>&",
    "control characters": "a\x00b\x07c\x1bd\x0be",
    "right to left": "\u202egnọrt\u202c \u2067abc\u2069 \u05e9\u05dc\u05d5\u05dd مرحبا",
    "no blank": "x" * 5000,
    "no blank but strokes": "788/SVHTTDL-VP/" * 300,
    "decomposed": "Tie\u0302\u0301n đo\u0323\u0302",
    "not in the font": "\U0001f600 漢字 \ufeff\u200b",
    "many lines": "một\nhai\r\nba\u2028bốn",
    "nothing": "",
    "only blanks": " \t\n ",
    "half a pair": "a\ud800b",
}
COLUMNS = (Column("STT", 12, "center"), Column("Nhiệm vụ", 103), Column("Thời hạn", 50, "center"))


def paper(*blocks: object, landscape: bool = False) -> Paper:
    return Paper("Giấy thử", "Sở Thử nghiệm", (Section(tuple(blocks), landscape),))  # type: ignore[arg-type]


def table(rows: int) -> Table:
    return Table(COLUMNS, [(f"{n:02d}", f"Nhiệm vụ thứ {n}", "30/11/2026") for n in range(1, rows + 1)], numbered=True)


def everything() -> Paper:
    """One of each block."""
    return paper(
        centred("BÁO CÁO", bold=True, heading=1), Rule(40),
        body("Theo chỉ đạo, ", Run("Văn phòng Sở", bold=True), Run(" báo cáo", italic=True), ". " + "Lời văn. " * 40),
        Beside((80, 85), ((Paragraph((Run("Nơi nhận:", True, True),), size=12),),
                          (centred("GIÁM ĐỐC", bold=True), Rule(20)))),
        table(3), Break(), centred("Trang sau"), Table(COLUMNS, [Span("Phòng A"), ("1", "Việc", "–")], least=20),
    )  # fmt: skip


def sizes(*lengths: int | None) -> list[int]:
    """Whole millimetres."""
    return [round((one or 0) / MM) for one in lengths]


def test_word_and_pdf_say_the_same_words() -> None:
    made = everything()
    assert words(" ".join(word_lines(word(made, NOW)))) + words("2") == words(" ".join(pdf_pages(pdf(made, NOW))))


def test_both_have_the_sheet_and_the_margins_of_the_decree() -> None:
    made = everything()
    section = word_of(word(made, NOW)).sections[0]
    margins = (section.left_margin, section.top_margin, section.right_margin, section.bottom_margin)
    assert sizes(section.page_width, section.page_height) == [210, 297]
    assert sizes(*margins) == [30, 20, 15, 20]
    data = pdf(made, NOW)
    assert pdf_sizes(data) == [(210, 297), (210, 297)]
    left, top, right, bottom = ink(data, 0)
    assert left == pytest.approx(30, abs=0.6) and right == pytest.approx(15, abs=0.6)
    assert 19.5 <= top <= 25 and bottom >= 20


def test_a_lying_section_lies_in_both() -> None:
    made = paper(table(2), landscape=True)
    section = word_of(word(made, NOW)).sections[0]
    assert sizes(section.page_width, section.page_height) == [297, 210]
    assert pdf_sizes(pdf(made, NOW)) == [(297, 210)]


def test_all_fonts_of_the_pdf_are_inside() -> None:
    fonts = pdf_fonts(pdf(everything(), NOW))
    names = sorted(name.partition("+")[2] for name, _ in fonts)
    assert names == ["Tinos", "TinosBold", "TinosBoldItalic", "TinosItalic"]
    assert all(inside for _, inside in fonts)


def test_word_is_set_in_times_new_roman_with_tinos_inside() -> None:
    found = parts(word(everything(), NOW))
    table_, settings = found["word/fontTable.xml"].decode(), found["word/settings.xml"].decode()
    assert 'w:name="Times New Roman"><w:altName w:val="Tinos"/>' in table_
    assert all(f"<w:{kind} " in table_ for kind in ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"))
    assert "<w:embedTrueTypeFonts/>" in settings
    assert 'w:ascii="Times New Roman"' in found["word/styles.xml"].decode()
    fonts = [data for name, data in found.items() if name.startswith("word/fonts/") and name.endswith(".odttf")]
    assert len(fonts) == 4
    assert not any(b"Calibri" in data or b"Cambria" in data for name, data in found.items()
                   if name in ("word/styles.xml", "word/document.xml", "word/fontTable.xml"))  # fmt: skip


def test_the_font_in_word_is_the_font_under_its_key() -> None:
    found = parts(word(everything(), NOW))
    keys = re.findall(r"fontKey=\"\{([0-9A-F-]{36})\}\"", found["word/fontTable.xml"].decode())
    mask = bytes.fromhex(keys[0].replace("-", ""))[::-1]
    data = found["word/fonts/font1.odttf"]
    plain_font = bytes(byte ^ mask[n % 16] for n, byte in enumerate(data[:32])) + data[32:]
    assert plain_font == font_file(False, False).read_bytes()


def test_word_says_whose_it_is_in_vietnamese() -> None:
    data = word(everything(), NOW)
    told = word_of(data).core_properties
    assert (told.title, told.author, told.language, told.comments) == ("Giấy thử", "Sở Thử nghiệm", "vi-VN", "")
    assert told.created == NOW
    assert '<w:lang w:val="vi-VN"' in parts(data)["word/styles.xml"].decode()
    assert not any("thumbnail" in name for name in parts(data))


def test_the_heads_of_a_long_table_stand_on_every_page() -> None:
    made = paper(table(120))
    pages = pdf_pages(pdf(made, NOW))
    assert len(pages) > 2
    assert all("Nhiệm vụ" in page and "(3)" in page for page in pages)
    rows = list(word_tables(word(made, NOW))[0].iter(f"{W}tr"))
    heads = [n for n, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert heads == [0, 1] and len(rows) == 122


def test_no_row_of_a_long_table_is_lost() -> None:
    text = "\n".join(pdf_pages(pdf(paper(table(300)), NOW)))
    assert [n for n in range(1, 301) if f"Nhiệm vụ thứ {n}\n" not in text and f"Nhiệm vụ thứ {n} " not in text] == []


def test_pages_are_numbered_from_the_second_and_anew_in_each_section() -> None:
    made = Paper("x", "y", (Section((table(60),)), Section((table(60),))))
    pages = pdf_pages(pdf(made, NOW))
    firsts = [page.split("\n")[0].strip() for page in pages]
    half = len(pages) // 2
    assert firsts == firsts[:half] * 2
    assert firsts[0].startswith("STT") and firsts[1:half] == [str(n) for n in range(2, half + 1)]
    for section in word_of(word(made, NOW)).sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_what_is_signed_stays_with_the_end_of_the_text() -> None:
    signs = (centred("GIÁM ĐỐC"), centred("Nguyễn Văn A", before=60))
    signature = Beside((80, 85), ((centred("Nơi nhận"),), signs))
    for lines in range(30, 40, 3):
        made = paper(*(body(f"Dòng {n}") for n in range(lines)), body("Hết./.", keep=True), signature)
        last = pdf_pages(pdf(made, NOW))[-1]
        assert "Hết./." in last and "Nguyễn Văn A" in last


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_that_means_harm_is_only_text(name: str) -> None:
    text = plain(HOSTILE[name])
    made = paper(body(text, Run(text, bold=True)), Table(COLUMNS, [("1", text, text), Span(text), ("2", "sau", "–")]))
    data = word(made, NOW)
    lines = word_lines(data)
    assert lines[-2:] == ["sau", "–"]
    if text:
        assert lines[0] == text * 2
    file = pdf(made, NOW)
    assert "sau" in pdf_pages(file)[-1]
    assert all(ink(file, page)[2] > 14 for page in range(len(pdf_pages(file))))


def test_a_text_is_made_plain() -> None:
    assert plain("  Tie\u0302\u0301n   đo\u0323\u0302\t\x00 \u202eabc ") == "Tiến độ abc"
    assert plain("một\n hai \r\n\nba", lines=True) == "một\nhai\n\nba"
    assert plain("một\nhai") == "một hai"


def test_a_row_longer_than_a_page_goes_on_over_it() -> None:
    made = paper(Table(COLUMNS, [("1", "Lời rất dài " * 900, "–"), ("2", "sau", "–")]))
    pages = pdf_pages(pdf(made, NOW))
    assert len(pages) > 2 and "".join(pages).replace("\n", " ").count("Lời rất dài") > 800
    row = list(word_tables(word(made, NOW))[0].iter(f"{W}tr"))[1]
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_a_stretched_line_ends_at_the_margin() -> None:
    words_ = "Thực hiện nhiệm vụ được giao " * 12
    _, _, right, _ = ink(pdf(paper(body(words_)), NOW), 0)
    assert right == pytest.approx(15, abs=0.5)


def test_lines_are_measured_as_times_new_roman_is() -> None:
    """The advance widths of Times New Roman: W 0.944, i 0.278, a blank 0.25 of the size."""
    style = Style(False, False, 72 / 25.4)  # so that a size is a millimetre
    assert width_of("W", style) == pytest.approx(0.944, abs=0.001)
    assert width_of("i ", style) == pytest.approx(0.528, abs=0.001)


def test_a_name_in_two_lines_is_parted_at_its_and_else_in_the_middle() -> None:
    style = Style(True, False, 12)
    assert balanced("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", style, 72) == "SỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH"
    first, second = balanced("THƯ VIỆN KHOA HỌC TỔNG HỢP TỈNH BÌNH", style, 72).split("\n")
    assert abs(width_of(first, style) - width_of(second, style)) < 15
    assert balanced("SỞ TÀI CHÍNH", style, 72) == "SỞ TÀI CHÍNH"


def test_letters_of_two_runs_without_a_blank_stay_together() -> None:
    lines = lines_of((Run("Số "), Run("12", bold=True), Run("/KH")), 14, 15)
    said = ["".join(letters for one in line.words for letters, _ in one.pieces) for line in lines]
    assert said == ["Số", "12/KH"]
