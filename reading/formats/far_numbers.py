"""The numbers of a list on a picture of a page, looked at again.

Word sets the text of an automatic list a tab away from its number, and a figure so far from other words Tesseract
takes for any letter: "1." becomes "IỆ". Moved up to its text it is read right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from reading.formats import ocr
from reading.formats.fragments import LABEL, TAB, Fragment, Word, fragments_of, side_by_side
from reading.formats.grid import Grid
from reading.words import rx

BLOCK = 6  # Tesseract's way of cutting up a picture that is one column
LONGEST = 4  # letters of a number: "12.", "(a)"
BESIDE = 180.0  # points of the text that stand beside the number: enough to be read as a line
BLANK, BETWEEN = 0.35, 0.6  # of the height of a line: from number to text, from line to line
MOST = 40  # numbers of a page


def read_again(words: Sequence[Word], grids: Sequence[Grid], grey: Image.Image, dpi: float) -> list[Word]:
    """The words, numbers that were taken for letters put right."""
    free = [word for word in words if not any(grid.holds(word) for grid in grids)]
    pairs = [(row[0].words[0], row[1]) for row in side_by_side(fragments_of(free)) if _is_far(row)][:MOST]
    if not any(_may_be_wrong(number) for number, _ in pairs):
        return list(words)
    strip, tops = _strip(pairs, grey, dpi)
    again = ocr.words_in(strip, dpi, BLOCK)
    right: dict[int, Word] = {}
    for (number, _), (top, bottom) in zip(pairs, tops, strict=True):
        line = [word for word in again if top <= word.middle <= bottom]
        text = min(line, key=lambda word: word.left).text if line else ""
        if _may_be_wrong(number) and rx(LABEL).fullmatch(text):
            right[id(number)] = replace(number, text=text, sure=False)
    return [right.get(id(word), word) for word in words]


def _is_far(row: Sequence[Fragment]) -> bool:
    if len(row) != 2 or len(row[0].words) != 1 or len(row[0].text) > LONGEST:
        return False
    return row[1].left - row[0].right < TAB * row[1].height


def _may_be_wrong(number: Word) -> bool:
    return not number.sure or not rx(r"\(?\d{1,2}[.)/]|[-+]").fullmatch(number.text)


def _strip(
    pairs: Sequence[tuple[Word, Fragment]], grey: Image.Image, dpi: float
) -> tuple[Image.Image, list[tuple[float, float]]]:
    """(the numbers close to their texts, one below the other; top and bottom of each in points)."""
    scale = dpi / 72
    height = max(max(number.height, text.height) for number, text in pairs)
    step = round(height * (1 + BETWEEN) * scale)
    strip = Image.new("L", (round((BESIDE + 4 * height) * scale) + step, step * (len(pairs) + 1)), 255)
    tops = []
    for place, (number, text) in enumerate(pairs):
        first, last = text.words[0], text.words[-1]
        upper = round((min(number.top, first.top) - 0.1 * height) * scale)
        lower = round((max(number.bottom, first.bottom) + 0.1 * height) * scale)
        lower = min(lower, upper + step)
        top = place * step + step // 2
        left = step // 2
        part = grey.crop((round(number.left * scale) - 3, upper, round(number.right * scale) + 3, lower))
        strip.paste(part, (left, top))
        left += part.width + round(BLANK * height * scale)
        end = min(last.right, first.left + BESIDE)
        strip.paste(grey.crop((round(first.left * scale) - 3, upper, round(end * scale) + 3, lower)), (left, top))
        tops.append((top / scale, (top + step) / scale))
    return strip, tops
