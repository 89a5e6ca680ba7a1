"""A stamp that is drawn over a page of letters, or put on it by a PDF program, is seen; and not in mid-sentence."""

from __future__ import annotations

import ctypes
import io
from math import cos, radians, sin

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from reading.formats import pdf
from reading.secrecy import bears_mark
from tests.making_scans import text_pdf
from tests.printing import printed
from tests.web_stage import SEED


def wide(words: str) -> raw.FPDF_WIDESTRING:
    return ctypes.cast(ctypes.create_string_buffer(f"{words}\0".encode("utf-16-le")), raw.FPDF_WIDESTRING)


def opened() -> pdfium.PdfDocument:
    return pdfium.PdfDocument(text_pdf(printed(SEED.read_text(encoding="utf-8"))[:1]))


def text_of(document: pdfium.PdfDocument) -> str:
    target = io.BytesIO()
    document.save(target)
    return pdf.read(target.getvalue()).text


def with_words(words: str, degrees: float, size: float, x: float, y: float) -> str:
    """The text of a page over which these words are drawn."""
    document = opened()
    page = document[0]
    other = next(item for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_TEXT)
    item = raw.FPDFPageObj_CreateTextObj(document, raw.FPDFTextObj_GetFont(other), size)
    raw.FPDFText_SetText(item, wide(words))
    across, up = cos(radians(degrees)), sin(radians(degrees))
    raw.FPDFPageObj_Transform(item, across, up, -up, across, x, y)
    raw.FPDFPage_InsertObject(page, item)
    page.gen_content()
    return text_of(document)


@pytest.mark.parametrize(
    ("words", "degrees", "size", "x", "y"),
    [("MẬT", 45, 90, 150, 300), ("TỐI MẬT", 30, 80, 120, 300), ("MẬT", 90, 20, 30, 400), ("M Ậ T", 0, 80, 120, 400)],
    ids=["across", "across-two", "upright", "large"],
)
def test_words_drawn_over_the_page_are_a_stamp(words: str, degrees: float, size: float, x: float, y: float) -> None:
    assert bears_mark(with_words(words, degrees, size, x, y))


def test_other_words_drawn_over_the_page_are_none() -> None:
    assert not bears_mark(with_words("BẢN SAO", 45, 90, 150, 300))


@pytest.mark.parametrize("kind", [raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP])
@pytest.mark.parametrize(("words", "marked"), [("MẬT", True), ("Độ mật: Tối mật", True), ("Bảo mật", False)])
def test_a_note_on_the_page_may_be_a_stamp(kind: int, words: str, marked: bool) -> None:
    document = opened()
    note = raw.FPDFPage_CreateAnnot(document[0], kind)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(60, 820, 160, 790))
    raw.FPDFAnnot_SetStringValue(note, b"Contents", wide(words))
    raw.FPDFPage_CloseAnnot(note)
    assert bears_mark(text_of(document)) is marked
