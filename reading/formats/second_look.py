"""What Tesseract is known to miss on a page, looked at again: the strokes of "III", the numbers of a table's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PIL import Image

from reading.formats import ocr, picture
from reading.formats.fragments import Word
from reading.formats.grid import Grid
from reading.words import rx

BLOCK = 6  # Tesseract's way of cutting up a picture that is one column
ONES = r"([I1l|!HTLÏỊ]{1,4})([/.,;:)].*)?"  # what the strokes of I, II and III are taken for
UPPER_BAND, LOWER_BAND = (
    (0.2, 0.36),
    (0.64, 0.8),
)  # of the height: no serifs there, and a slash moves
NARROW = 90.0  # points: the column of the rows' numbers


def strokes_counted(words: Sequence[Word], grey: Image.Image, dpi: float) -> list[Word]:
    """Quarters with as many strokes as are printed: "quý III/2023" is read as "II/2023", and looks quite sure."""
    found = list(words)
    for place, (before, word) in enumerate(pairwise(words), 1):
        match = rx(ONES).fullmatch(word.text)
        if match is None or before.text.lower() != "quý":
            continue
        counted = _strokes(word, grey, dpi)
        if 1 <= counted <= 3 and match[1] != "I" * counted and (match[1], counted) != ("1", 1):
            found[place] = replace(word, text="I" * counted + (match[2] or ""), sure=False)
    return found


def _strokes(word: Word, grey: Image.Image, dpi: float) -> int:
    """Upright strokes at the word's beginning."""
    scale = dpi / 72
    left, right = round(word.left * scale) - 2, round(word.right * scale) + 2
    part = grey.crop((left, round(word.top * scale), right, round(word.bottom * scale)))
    level = picture.threshold(part)
    dark = part.point([255 * (value < level) for value in range(256)])
    rows = dark.getbbox()
    if rows is None:
        return 0
    bands = []
    for start, end in (UPPER_BAND, LOWER_BAND):
        height = rows[3] - rows[1]
        band = dark.crop((0, rows[1] + round(start * height), dark.width, rows[1] + round(end * height)))
        bands.append(list(picture.bands(band.getprojection()[0])))
    count = 0
    for (left, right), (below_left, below_right) in zip(*bands, strict=False):
        width = right - left
        if abs(left - below_left) > 2 or abs(right - below_right) > 2 or width > 0.35 * (rows[3] - rows[1]):
            break
        count += 1
    return count


def row_numbers(words: Sequence[Word], grids: Sequence[Grid], grey: Image.Image, dpi: float) -> list[Word]:
    """With the numbers in the first columns of tables: single figures far from other words are missed or misread."""
    found = list(words)
    for grid in grids:
        left, right, (top, bottom) = grid.xs[0], grid.xs[1], (grid.ys[0], grid.ys[-1])
        inside = [word for word in words if grid.holds(word) and word.left < right - 2]
        if right - left > NARROW:
            continue
        scale = dpi / 72
        column = grey.crop((round(left * scale), round(top * scale), round(right * scale), round(bottom * scale)))
        # In so little ink Tesseract's own threshold takes the grain of the paper for print.
        level = picture.threshold(column)
        again = ocr.words_in(column.point([255 * (value >= level) for value in range(256)]), dpi, BLOCK)
        moved = [
            replace(w, left=w.left + left, right=w.right + left, top=w.top + top, bottom=w.bottom + top) for w in again
        ]
        if len(moved) >= len(inside):
            found = [word for word in found if word not in inside] + moved
    return found
