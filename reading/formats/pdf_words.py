"""The text layer and the drawn lines of a PDF page, as words and rules in points from the upper left corner."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from math import pi
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reading.formats.fragments import Word
from reading.formats.grid import Rule
from reading.formats.pdf_glyphs import BLANK, glyphs_of, is_scattered, words_by_place

THIN = 2.5  # points: a filled rectangle so narrow is a line
MOST_PATHS = 5000  # of a page; a drawing or a map is no table
MOST_SEGMENTS = 2000  # of a path
SLANTED = 0.1  # radians
LARGE = 2.5  # of the usual height
HYPHEN = 2  # what PDFium puts for a hyphen at the end of a line
BLANKS = frozenset(" \t\r\n\0\u00a0\u00ad\u200b\u200c\u200d\ufeff\ufffe\uffff") | {
    chr(c) for c in range(0x2000, 0x200B)
}
Place = Callable[[float, float], tuple[float, float]]


def placer(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> tuple[Place, float]:
    """(points of the page's own space, from the lower left → points as read, from the upper left; height as read).

    The direction of most of the letters counts, not the page's own turn: a wide table is often drawn lying on an
    upright page, or upright on a turned one.
    """
    left, bottom, right, top = page.get_cropbox()
    count = text.count_chars()
    angles = [round(raw.FPDFText_GetCharAngle(text, n) / (pi / 2)) % 4 for n in range(0, count, max(1, count // 40))]
    quarter = max(set(angles), key=angles.count) if angles else 0
    places: list[Place] = [
        lambda x, y: (x - left, top - y),
        lambda x, y: (top - y, right - x),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (y - bottom, x - left),
    ]
    return places[quarter], right - left if quarter % 2 else top - bottom


def words_of(text: pdfium.PdfTextPage, place: Place) -> tuple[list[Word], list[str], list[float]]:
    """(words in the order of the file, or as they stand if that order is none; the name of each one's font; by how
    many radians each is turned)."""
    found: list[tuple[int, Word]] = []
    for start, end, letters in _runs(text):
        # Of the first and the last letter only: asking for every box would take most of a page's time.
        edges = []
        for index in (start, end - 1):
            left, bottom, right, top = _box(text, index)
            edges += [place(left, bottom), place(right, top)]
        xs, ys = [x for x, _ in edges], [y for _, y in edges]
        word = Word(unicodedata.normalize("NFC", letters), min(xs), min(ys), max(xs), max(ys))
        found.append((start, word))
    if is_scattered([word for _, word in found]):
        glyphs = glyphs_of(text, _characters(text), lambda index: _box(text, index), place)
        found = list(words_by_place(glyphs))
    fonts = [_font(text, start) for start, _ in found]
    return [word for _, word in found], fonts, [raw.FPDFText_GetCharAngle(text, start) for start, _ in found]


def _font(text: pdfium.PdfTextPage, index: int) -> str:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, name, len(name), None)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]  # "ABCDEF+.VnTime" is a part of the font


def _box(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """(left, bottom, right, top): loose, or as inked where the font gives no better."""
    if (loose := _loose(text, index)) is not None:
        return loose
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, bottom.value, right.value, top.value


def across(words: list[Word], angles: list[float]) -> list[bool]:
    """Of each word whether it is drawn over the page and not on it: turned otherwise than most, or far larger."""
    usual = median(angles) if angles else 0.0
    height = median(word.height for word in words) if words else 0.0
    return [
        min(abs(angle - usual), 2 * pi - abs(angle - usual)) > SLANTED or word.height > LARGE * height
        for angle, word in zip(angles, words, strict=True)
    ]


def _loose(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    """(left, bottom, right, top) by the font's ascent and descent, the same for every letter of a line."""
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)) or rect.top - rect.bottom < 1:
        return None
    return rect.left, rect.bottom, rect.right, rect.top


def _runs(text: pdfium.PdfTextPage) -> Iterator[tuple[int, int, str]]:
    """(index of the first letter, after the last, the letters) of each word."""
    start, last, letters = 0, -1, ""
    for index, char in _characters(text):
        if char == BLANK:
            continue
        if letters and index > last + 1:
            yield start, last + 1, letters
            letters = ""
        if not letters:
            start = index
        letters += char
        last = index
    if letters:
        yield start, last + 1, letters


def _characters(text: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """(index, character), every blank as the same one."""
    letter = raw.FPDFText_GetUnicode
    for index in range(text.count_chars()):
        code = letter(text, index)
        char = "-" if code == HYPHEN else chr(code)
        yield index, BLANK if char in BLANKS else char


def rules_of(page: pdfium.PdfPage, place: Place) -> list[Rule]:
    """Level and upright lines: strokes, edges of rectangles, and rectangles too narrow to be anything else."""
    rules: list[Rule] = []
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > MOST_PATHS:
            return []
        left, bottom, right, top = item.get_bounds()
        if right - left > THIN and top - bottom > THIN:
            rules += _edges(item, place)
        elif right - left > top - bottom:
            rules += _rule(place(left, (bottom + top) / 2), place(right, (bottom + top) / 2))
        else:
            rules += _rule(place((left + right) / 2, bottom), place((left + right) / 2, top))
    return rules


def _edges(item: pdfium.PdfObject, place: Place) -> Iterator[Rule]:
    """The straight pieces of a path that holds more than one."""
    count = raw.FPDFPath_CountSegments(item)
    if count > MOST_SEGMENTS:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = place(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, start)
        last = point


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    if down <= 1 < across:
        yield Rule(True, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0]))
    elif across <= 1 < down:
        yield Rule(False, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1]))
