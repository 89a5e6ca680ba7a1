"""The foot of a picture of a page, its two sides looked at one by one.

Beside the signature stand the recipients in smaller print: their lines do not meet, and Tesseract, which takes the
whole width for one line, reads neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from reading.formats import ocr, picture
from reading.formats.fragments import Word, fragments_of, side_by_side
from reading.formats.grid import Grid

BLOCK = 6  # Tesseract's way of cutting up a picture that is one column
FEWEST = 2  # doubtful words, or the foot is read well enough
GUTTER = 14.0  # points of white between the sides
INNER = (0.3, 0.7)  # of the width of the text: where the gutter runs
BELOW = 100.0  # points under the last word seen: the name under the signature may not have been
DUST = 2  # dark points in a column that is white


def read_again(words: Sequence[Word], grids: Sequence[Grid], grey: Image.Image, dpi: float) -> list[Word]:
    """The words, those of the foot replaced where its sides read better apart."""
    foot = _foot(words, grids)
    if sum(not word.sure for word in foot) < FEWEST:
        return list(words)
    left, right = min(word.left for word in words), max(word.right for word in words)
    top, bottom = min(word.top for word in foot) - 3, max(word.bottom for word in foot) + BELOW
    scale = dpi / 72
    box = tuple(round(max(0.0, edge) * scale) for edge in (left - 12, top, right + 12, bottom))
    part = grey.crop((box[0], box[1], min(box[2], grey.width), min(box[3], grey.height)))
    gutter = _gutter(part, GUTTER * scale)
    if gutter is None:
        return list(words)
    again: list[Word] = []
    for start, end in ((0, gutter), (gutter, part.width)):
        moved = (box[0] + start) / scale, box[1] / scale
        again += [_moved(word, *moved) for word in ocr.words_in(part.crop((start, 0, end, part.height)), dpi, BLOCK)]
    if sum(not word.sure for word in again) >= sum(not word.sure for word in foot):
        return list(words)
    gone = {id(word) for word in foot}
    return [word for word in words if id(word) not in gone] + again


def _foot(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    """The words below the last line that runs across the middle."""
    if not words:
        return []
    lowest = max((grid.ys[-1] for grid in grids), default=0.0)
    middle = (min(word.left for word in words) + max(word.right for word in words)) / 2
    found: list[Word] = []
    for row in reversed(side_by_side(fragments_of(words))):
        across = any(part.left < middle - 3 * part.height and part.right > middle + 3 * part.height for part in row)
        if across or row[0].middle < lowest:
            break
        found += [word for part in row for word in part.words]
    sides = {word.left > middle for word in found}
    return found if len(sides) == 2 else []


def _gutter(part: Image.Image, least: float) -> int | None:
    """The middle of the widest white band between the sides."""
    level = picture.threshold(part)
    dark = part.point([255 * (value < level) for value in range(256)])
    shares = dark.resize((part.width, 1), Image.Resampling.BOX).tobytes()
    white = [int(share * part.height <= 255 * DUST) for share in shares]
    inner = [
        (end - start, (start + end) // 2)
        for start, end in picture.bands(white)
        if INNER[0] * part.width < (start + end) / 2 < INNER[1] * part.width and end - start >= least
    ]
    return max(inner)[1] if inner else None


def _moved(word: Word, right: float, down: float) -> Word:
    return replace(
        word, left=word.left + right, right=word.right + right, top=word.top + down, bottom=word.bottom + down
    )
