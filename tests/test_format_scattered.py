"""Pages as other programs draw them: letters out of order, numbers a tab away from their text, rows cut by the page."""

from __future__ import annotations

import pytest
from PIL import Image

from reading.formats import far_numbers, pdf_glyphs, scan, two_sides
from reading.formats.fragments import Line, Word, fragments_of, rows_of
from reading.formats.grid import Rule, grids_of
from reading.formats.layout import lines_of
from reading.formats.ocr_repair import repaired
from reading.formats.pages import Page, assemble
from reading.formats.pdf_glyphs import BLANK, Glyph
from tests.making_scans import drawn
from tests.printing import Piece, Sheet

SIZE = 12.0


def word(text: str, left: float, top: float = 100.0, sure: bool = True) -> Word:
    return Word(text, left, top, left + 6.0 * len(text), top + SIZE, sure)


def glyphs(text: str, places: range, left: float = 50.0) -> list[Glyph]:
    """Letters of a text, each six points wide, only those at `places` of it."""
    return [Glyph(text[n], n, left + 6 * n, 100, left + 6 * n + 6, 112, 110) for n in places]


def texts(found: list[Line]) -> list[str]:
    return [line.text for line in found]


def test_letters_drawn_font_after_font_stand_in_their_words_again() -> None:
    text = "thực hiện"
    first = [g for g in glyphs(text, range(len(text))) if g.text not in "ựệ"]
    later = [g for g in glyphs(text, range(len(text))) if g.text in "ựệ"]
    assert [word.text for _, word in pdf_glyphs.words_by_place(first + later)] == ["thực", "hiện"]


def test_a_blank_that_was_drawn_parts_two_words_however_narrow_it_is() -> None:
    close = [Glyph("ư", 0, 50, 100, 60, 112, 110), Glyph(BLANK, 1, 58, 100, 58, 112, 110)]
    close.append(Glyph("p", 2, 60, 100, 66, 112, 110))
    assert [word.text for _, word in pdf_glyphs.words_by_place(close)] == ["ư", "p"]


def test_a_letter_drawn_twice_to_look_bold_is_read_once() -> None:
    twice = [Glyph("A", 0, 50, 100, 56, 112, 110), Glyph("A", 1, 50.3, 100, 56.3, 112, 110)]
    assert [word.text for _, word in pdf_glyphs.words_by_place(twice)] == ["A"]


def test_words_that_jump_back_or_touch_tell_that_the_page_is_scattered() -> None:
    assert pdf_glyphs.is_scattered([word("th", 50), word("c", 80), word("ự", 62)])
    assert pdf_glyphs.is_scattered([word("N", 50), word("ơ", 56), word("i", 62)])
    assert not pdf_glyphs.is_scattered([word("Văn", 50), word("phòng", 72), word("Sở", 50, top=120)])


def test_a_number_a_tab_away_from_its_text_is_no_column() -> None:
    rows = []
    for place in range(3):
        top = 100.0 + 40 * place
        rows += [word(f"{place + 1}.", 114, top), word("Văn", 160, top), word("phòng", 182, top)]
        rows += [word("báo", 85, top + 20), word("cáo", 107, top + 20)]
    assert texts(lines_of(rows))[:2] == ["1. Văn phòng", "báo cáo"]
    assert [len(row) for row in rows_of(fragments_of(rows))] == [1] * 6


def test_a_row_that_the_page_cuts_in_two_belongs_to_its_table() -> None:
    level = [Rule(True, y, 50, 350) for y in (100, 130)]
    upright = [Rule(False, x, 100, 160) for x in (50, 150, 350)]
    assert grids_of(level + upright)[0].ys == [100, 130, 160]


def test_the_short_last_line_above_a_signature_stays_in_its_paragraph() -> None:
    above = [word("hằng", 50, 100), word("tháng", 480, 100), word("năm", 50, 118), word("2023./.", 72, 118)]
    foot = [word("Nơi", 50, 140), word("nhận:", 72, 140), word("GIÁM", 400, 140), word("ĐỐC", 430, 140)]
    lines = lines_of(above[2:] + foot)
    assert texts(lines)[0] == "năm 2023./." and not lines[0].column


def test_a_heading_on_the_next_page_does_not_go_on_the_name_of_the_signer() -> None:
    name = Line(((word("Nguyễn", 380, 700), word("Tịnh", 420, 700)),))
    heading = Line(((word("KẾ", 380, 60), word("HOẠCH", 396, 60)),))
    assert assemble([Page([name], 842), Page([heading], 842)]).text == "Nguyễn Tịnh\nKẾ HOẠCH"


def test_the_star_of_a_party_letterhead_is_a_star() -> None:
    lines = [Line(((word(text, 50, 100 + 20 * n),),), column=True) for n, text in enumerate(("x", "Số"))]
    assert texts(repaired([Page(lines, 842, recognised=True)])[0].lines) == ["*", "Số"]


def picture(*pieces: tuple[str, float, float, float]) -> Image.Image:
    """A sheet of (text, x, y, size)."""
    return drawn(Sheet(pieces=[Piece(text, x, y, size, False) for text, x, y, size in pieces])).convert("L")


@pytest.mark.scan
def test_far_numbers_are_read_once_more_beside_their_text() -> None:
    says = ("Sở Tài chính tham mưu bố trí kinh phí", "Sở Y tế duy trì thường trực cấp cứu", "Công an tỉnh kiểm tra")
    sheet = picture(*[(t, x, 100 + 30 * n, 13) for n, s in enumerate(says) for t, x in ((f"{n + 3}.", 90), (s, 134))])
    taken = [word(t, x, 88 + 30 * n, sure=False) for n, t in enumerate(("đi", "A.", "s:")) for x in (90,)]
    beside = [word(s, 134, 88 + 30 * n) for n, s in enumerate(says)]
    found = far_numbers.read_again(taken + beside, [], sheet, 200)
    assert [word.text for word in found[:3]] == ["3.", "4.", "5."]


@pytest.mark.scan
def test_recipients_and_signature_are_read_side_by_side() -> None:
    left = [(t, 90, 100 + 13.0 * n, 11.0) for n, t in enumerate(("Nơi nhận:", "- Như trên;", "- Lưu: VT, VP."))]
    right = [("KT. GIÁM ĐỐC", 370, 104, 14), ("PHÓ GIÁM ĐỐC", 368, 122, 14), ("Trần Thị Lan", 380, 190, 14)]
    sheet = picture(*left, *right)
    across = word("x" * 70, 90, 60)
    spoilt = [across, word("Ti", 90, 92, sure=False), word("N,", 110, 92, sure=False), word("KT.", 370, 92)]
    spoilt += [word("2DẠ", 90, 112, sure=False), word("THƯ", 368, 112, sure=False)]
    spoilt += [word("lực", 120, 118, sure=False), word("-", 90, 118, sure=False)]
    read = " ".join(word.text for word in two_sides.read_again(spoilt, [], sheet, 200))
    assert "Nơi nhận:" in read and "PHÓ GIÁM ĐỐC" in read and "Trần Thị Lan" in read


def test_a_page_without_far_numbers_or_doubts_is_not_looked_at_again() -> None:
    words = [word("Văn", 50), word("phòng", 72)]
    blank = Image.new("L", (10, 10), 255)
    assert two_sides.read_again(words, [], blank, 200) == far_numbers.read_again(words, [], blank, 200) == words
    assert scan.stamp_lines([]) == []
