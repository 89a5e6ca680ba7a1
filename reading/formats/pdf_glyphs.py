"""Words of a PDF page by the places of its letters, where the order of the file is not the order of reading.

A line whose font lacks some letters ("ệ", "ư") is drawn by LibreOffice and others font after font: first all letters of
the one, with holes, then all of the other. And of a page with few words, a signature alone, PDFium may believe that it
is written downwards: every letter is then a line to it.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reading.formats.fragments import Word

BETWEEN = 0.12  # of a letter's height: the narrowest blank
TOUCHING = 0.05  # of it
SAME_BASELINE = 1.0  # points
BLANK = " "
Place = Callable[[float, float], tuple[float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Glyph:
    """A letter, its place in the file, its box, and the height that it stands at."""

    text: str
    index: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float


def is_scattered(words: Sequence[Word]) -> bool:
    """Do words, in the order of the file, jump back into the line that is already drawn, or touch one another?"""
    for last, word in pairwise(words):
        height = max(word.height, last.height)
        if abs(word.middle - last.middle) < 0.25 * height and word.left - last.right < TOUCHING * height:
            return True
    return False


def glyphs_of(
    text: pdfium.PdfTextPage, letters: Iterable[tuple[int, str]], box_of: Callable[[int], Box], place: Place
) -> list[Glyph]:
    """`letters` are (index, character), blanks too; `box_of` gives (left, bottom, right, top) in the page's space."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for index, letter in letters:
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        left, bottom, right, top = box_of(index)
        (one, upper), (other, lower) = place(left, bottom), place(right, top)
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        baseline = place(x.value, y.value)[1]
        left, right, top, bottom = min(one, other), max(one, other), min(upper, lower), max(upper, lower)
        found.append(Glyph(letter, index, left, top, right, bottom, baseline))
    return found


def words_by_place(glyphs: Iterable[Glyph]) -> Iterator[tuple[int, Word]]:
    """(index of its first letter, the word), line by line from above."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if line and glyph.baseline - line[-1].baseline > SAME_BASELINE:
            yield from _words(line)
            line = []
        line.append(glyph)
    yield from _words(line)


def _words(line: list[Glyph]) -> Iterator[tuple[int, Word]]:
    word: list[Glyph] = []
    for glyph in sorted(line, key=lambda g: g.left):
        if word and glyph.text == word[-1].text and glyph.left - word[-1].left < 0.5:
            continue  # drawn twice, to look bold
        apart = word and glyph.left - word[-1].right > BETWEEN * (glyph.bottom - glyph.top)
        if word and (apart or glyph.text == BLANK):
            yield _word(word)
            word = []
        if glyph.text != BLANK:
            word.append(glyph)
    if word:
        yield _word(word)


def _word(glyphs: list[Glyph]) -> tuple[int, Word]:
    text = unicodedata.normalize("NFC", "".join(glyph.text for glyph in glyphs))
    top, bottom = median(glyph.top for glyph in glyphs), median(glyph.bottom for glyph in glyphs)
    return glyphs[0].index, Word(text, glyphs[0].left, top, max(glyph.right for glyph in glyphs), bottom)
