"""PDF: the text layer where it is good, recognition page by page where it is missing or nonsense."""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from reading.errors import MOST_PAGES, BrokenDocument, OversizedDocument, ProtectedDocument, TooManyPages
from reading.extracted import Extracted, Progress
from reading.formats import legacy, ocr, pdf_words, scan, stamps
from reading.formats.fragments import Line, Word
from reading.formats.grid import arrange, grids_of
from reading.formats.ocr_repair import repaired
from reading.formats.pages import Page, assemble
from reading.formats.picture import grey_and_red
from reading.formats.quality import is_vietnamese
from reading.secrecy import bears_mark

MOST_SCANNED = 60  # pages: some minutes
LONGEST_SIDE = 14_400.0  # points, the most that PDF itself allows; phones do make pages of 4,000
DPI, COARSE_DPI = 200, 50  # to read; to see whether there is red ink at all
MOST_POINTS = 9_000_000  # of a picture: an A3 sheet at 200 dpi
FEW_LETTERS = 60  # beside a picture of the page: a page number, a signature, no text of its own
LONGEST_NOTE = 200  # letters
COVERING = 0.3  # of the page: a picture that may be a scan


def read(data: bytes, progress: Progress | None = None) -> Extracted:
    """The text of a PDF. `progress(n, m)` is called as page n of the m that need recognition is done.

    Raises BrokenDocument, ProtectedDocument, OversizedDocument, TooManyPages, NoRecogniser or TooSlow.
    """
    document = _open(data)
    if len(document) > MOST_PAGES:
        raise TooManyPages()
    pages: list[Page | None] = [_text_page(document, number) for number in range(len(document))]
    scanned = [number for number, page in enumerate(pages) if page is None]
    if len(scanned) > MOST_SCANNED:
        raise TooManyPages(MOST_SCANNED)
    for number, page in _recognised(document, scanned, progress):
        pages[number] = page
    return assemble(repaired([page for page in pages if page is not None]))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ProtectedDocument() from None
        raise BrokenDocument() from None


def _text_page(document: pdfium.PdfDocument, number: int) -> Page | None:
    """The page by its text layer; None if it has to be recognised."""
    try:
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
    except pdfium.PdfiumError:
        raise BrokenDocument() from None
    if max(width, height) > LONGEST_SIDE:
        raise OversizedDocument()
    place, height = pdf_words.placer(page, text)
    words, fonts, angles = pdf_words.words_of(text, place)
    over = pdf_words.across(words, angles)
    marks = [" ".join(word.text for word, is_over in zip(words, over, strict=True) if is_over), *_notes(page)]
    marks = [mark for mark in marks if bears_mark(mark)]
    if marks and any(over):  # or they would stand in the middle of a line
        kept = [number for number, is_over in enumerate(over) if not is_over]
        words, fonts = [words[number] for number in kept], [fonts[number] for number in kept]
    words = _repaired(words, fonts)
    letters = sum(c.isalpha() for word in words for c in word.text)
    scanned = (letters < FEW_LETTERS and _is_drawn(page, letters)) or not is_vietnamese([word.text for word in words])
    if scanned and not marks:  # a marked page is refused anyway
        return None
    grids = grids_of(pdf_words.rules_of(page, place))
    return Page(scan.stamp_lines(marks) + _stamps(page) + arrange(words, grids), height)


def _notes(page: pdfium.PdfPage) -> list[str]:
    """The words of stamps and boxes that somebody has put on the page with a PDF program."""
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if raw.FPDFAnnot_GetSubtype(note) in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP):
            letters = (ctypes.c_ushort * LONGEST_NOTE)()
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", letters, ctypes.sizeof(letters))
            if 2 < size <= ctypes.sizeof(letters):
                found.append(bytes(letters)[: size - 2].decode("utf-16-le", "replace"))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _repaired(words: list[Word], fonts: list[str]) -> list[Word]:
    """Letters typed in TCVN3 or VNI fonts, put right by the font's name, or else by the words of the page together."""
    texts = [legacy.from_font(font, word.text) for font, word in zip(fonts, words, strict=True)]
    if texts == [word.text for word in words]:
        ends = ["\n" if b.left < a.left else " " for a, b in pairwise(words)]
        whole = "".join(text + end for text, end in zip(texts, [*ends, ""], strict=False))
        repaired = legacy.repair(whole).replace("\n", " ").split(" ")
        texts = repaired if len(repaired) == len(texts) else texts
    return [replace(word, text=text) for text, word in zip(texts, words, strict=True) if text]


def _is_drawn(page: pdfium.PdfPage, letters: int) -> bool:
    """Is what can be seen on the page a picture, or letters drawn as outlines?"""
    width, height = page.get_size()
    drawn = 0
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) > COVERING * width * height:
                return True
        drawn += item.type == raw.FPDF_PAGEOBJ_PATH
    return drawn > 200 and letters == 0


def _stamps(page: pdfium.PdfPage) -> list[Line]:
    """Secrecy and urgency stamps that are pictures on a page of text."""
    pictures = any(item.type == raw.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=3))
    if not pictures and not raw.FPDFPage_GetAnnotCount(page):
        return []
    if grey_and_red(picture_of(page, COARSE_DPI)[0])[1] is None:
        return []
    image, dpi = picture_of(page, DPI)
    grey, red = grey_and_red(image)
    if red is None or not stamps.regions(red, dpi):
        return []
    ocr.require()
    return scan.stamp_lines(stamps.words_of(grey, red, [], dpi))


def picture_of(page: pdfium.PdfPage, finest: float = DPI) -> tuple[Image.Image, float]:
    """(the page drawn, its points to the inch). A page that is larger than paper is a photo: fewer points will do."""
    width, height = page.get_size()
    dpi = min(finest, 72 * (MOST_POINTS / max(width * height, 1)) ** 0.5)
    return page.render(scale=dpi / 72, may_draw_forms=True).to_pil(), dpi


def _recognised(
    document: pdfium.PdfDocument, numbers: list[int], progress: Progress | None
) -> Iterator[tuple[int, Page]]:
    """Pages side by side on the cores there are. PDFium draws in this thread only: it bears no other."""
    if not numbers:
        return
    ocr.require()
    cores = os.cpu_count() or 1
    waiting: deque[tuple[int, Future[Page]]] = deque()
    with ThreadPoolExecutor(cores) as pool:
        done = 0
        for number in [*numbers, None]:
            if number is not None:
                waiting.append((number, pool.submit(scan.read, *picture_of(document[number]))))
            while waiting and (number is None or len(waiting) > cores):  # no more pictures in memory than are worked on
                place, page = waiting.popleft()
                result = page.result()
                done += 1
                if progress is not None:
                    progress(done, len(numbers))
                yield place, result
