"""Text of the time before Unicode is repaired, and no other text is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.extract import extract_text
from reading.formats.legacy import TCVN3, VNI, from_font, repair

DEMO = Path(__file__).parent.parent / "demo_data" / "788-SVHTTDL-VP.txt"
IN_TCVN3 = {letter: code for code, letter in TCVN3.items()}
# Capitals with capital marks, as a whole word of capitals is typed.
IN_VNI = {letter: code for code, letter in VNI.items() if len(code) == 1 or code[0].isupper() == code[1].isupper()}


def in_tcvn3(text: str) -> str:
    """As it was typed: capital vowels with marks have no code, small ones stand for them."""
    return "".join(IN_TCVN3.get(c) or IN_TCVN3.get(c.lower(), c) for c in text)


def test_a_directive_typed_in_vni_comes_back_letter_by_letter() -> None:
    text = DEMO.read_text(encoding="utf-8")
    assert repair("".join(IN_VNI.get(c, c) for c in text)) == text


def test_a_directive_typed_in_tcvn3_comes_back_but_for_a_few_capitals() -> None:
    text = DEMO.read_text(encoding="utf-8")
    repaired = repair(in_tcvn3(text))
    assert repaired.lower() == text.lower()
    assert sum(a != b for a, b in zip(repaired, text, strict=True)) < 5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("B¸o c¸o tµi chÝnh quý I tr\u00adíc ngµy 25/3", "Báo cáo tài chính quý I trước ngày 25/3"),
        ("Ñaø Naüng coù saün, thaúng, kyõ, myõ leä", "Đà Nẵng có sẵn, thẳng, kỹ, mỹ lệ"),
        ("MËT", "MẬT"),
        ("TèI MËT", "TỐI MẬT"),
        ("TUYEÄT MAÄT", "TUYỆT MẬT"),
    ],
)
def test_headings_sentences_and_stamps_are_repaired(typed: str, meant: str) -> None:
    assert repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "§ 5 và 50 µm, ® Microsoft, ©2023, ½ giá, «trích»",
        "Có 3 cái là của ông, và bà có hai",
        "café, naïve, señor, El Niño, Besançon, Noël",
        "Das Gefühl für Größe und Höhe der Bäume",
        "Hérault été où à la forêt dès août",
        "Ông François Hollande và bà Angélica Muñoz đến Hà Nội",
        "µ ¸ ® ©",
        "VNPT, EFY, 788/SVHTTDL-VP, https://example.com/?a=1&b=2",
    ],
)
def test_unicode_and_other_languages_stay_as_they_are(text: str) -> None:
    assert repair(text) == text


def test_a_unicode_document_with_one_old_line_gets_that_line_repaired() -> None:
    text = "Ủy ban nhân dân tỉnh\nB¸o c¸o tµi chÝnh n¨m\nSở Y tế thực hiện 50 µm."
    assert repair(text) == "Ủy ban nhân dân tỉnh\nBáo cáo tài chính năm\nSở Y tế thực hiện 50 µm."


def test_a_font_tells_the_code_of_its_text() -> None:
    assert from_font(".VnTime", "cã") == "có"
    assert from_font(".VnTimeH", "céng hßa") == "CỘNG HÒA"
    assert from_font("VNI-Times", "coù") == "có"
    assert from_font(".VnTime", "\uf0b8") == "á"  # a font of the symbol set
    assert from_font("Times New Roman", "50 µm") == "50 µm"
    assert from_font(".VnTime", "được gõ lại") == "được gõ lại"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x1EF9, exclude_categories=["Cs"]), max_size=200))
def test_repairing_twice_is_repairing_once(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcnhtgi ơưăđạộếớ.,;\n0123456789", max_size=200))
def test_text_with_letters_of_unicode_vietnamese_is_never_touched(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_text_file_typed_in_tcvn3_is_read_as_unicode(encoding: str) -> None:
    typed = "UBND tØnh Th¸i B×nh\nC¸c ®¬n vÞ b¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô tr­íc ngµy 15/8/2023."
    assert extract_text("a.txt", typed.encode(encoding)) == (
        "UBND tỉnh Thái Bình\nCác đơn vị báo cáo kết quả thực hiện nhiệm vụ trước ngày 15/8/2023."
    )
