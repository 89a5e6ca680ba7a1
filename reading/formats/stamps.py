"""Stamps of secrecy and of urgency on a picture of a page.

They are red, set in a frame and a few degrees askew, so the pass that reads the page loses them: without red ink they
are gone, and what stands in a frame Tesseract takes for a drawing. Yet a missed MẬT means a secret on this machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from PIL import Image, ImageChops, ImageOps

from reading.formats import ocr, picture
from reading.formats.fragments import Word
from reading.formats.grid import Grid
from reading.words import rx

FINE = 6  # points to a cell where frames are looked for
WHITE = re.compile(rb"\xff+")
CELL = 8  # points of the picture to a cell, about a millimetre at 200 dpi
SPREAD = 3  # cells between the letters and words of one stamp
INKED = 24  # how red a cell must be on average
TOP = 0.6  # of the page: seals of the office stand below
SMALLEST, LARGEST = (7, 3.5), (110, 45)  # millimetres
MOST = 6  # regions that are looked at on a page
STEEPEST = 32.0  # degrees: stamped by hand
MARKS = {
    "MAT": "MẬT",
    "TOIMAT": "TỐI MẬT",
    "TUYETMAT": "TUYỆT MẬT",
    "HOATOC": "HỎA TỐC",
    "THUONGKHAN": "THƯỢNG KHẨN",
    "KHAN": "KHẨN",
}
LINE, BLOCK, WORD = 7, 6, 8  # Tesseract's ways of cutting up a picture
FRAME = 178  # of 255: how dark a row of ink is that is a frame, not letters
Box = tuple[int, int, int, int]


def words_of(grey: Image.Image, red: Image.Image | None, grids: Sequence[Grid], dpi: float) -> list[str]:
    """The marks that stand on the page as stamps, in words as they are written ("TỐI MẬT")."""
    found = []
    if red is not None:
        for box in regions(red, dpi):
            found += _marks(ImageOps.autocontrast(ImageOps.invert(red.crop(box)), cutoff=1), dpi)
    for box in framed(grey, grids, dpi):
        found += _marks(grey.crop(box), dpi, framed_only=True)
    return sorted(set(found), key=found.index)


def regions(red: Image.Image, dpi: float) -> list[Box]:
    """Boxes around red ink in the upper part of the page that may be stamps, the topmost first."""
    cells = red.crop((0, 0, red.width, int(red.height * TOP))).reduce(CELL)
    values = cells.tobytes()
    inked = {(place % cells.width, place // cells.width) for place, value in enumerate(values) if value > INKED}
    boxes = []
    while inked:
        group = _connected(inked)
        xs, ys = [x for x, _ in group], [y for _, y in group]
        box = (min(xs) - 2) * CELL, (min(ys) - 2) * CELL, (max(xs) + 3) * CELL, (max(ys) + 3) * CELL
        if _fits(box, dpi, 4 * CELL):
            boxes.append((max(0, box[0]), max(0, box[1]), min(red.width, box[2]), box[3]))
    return sorted(boxes, key=lambda box: box[1])[:MOST]


def _connected(inked: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Takes a group of cells that lie close together out of the set."""
    group, open_cells = [], [inked.pop()]
    while open_cells:
        x, y = open_cells.pop()
        group.append((x, y))
        for near in [(x + dx, y + dy) for dx in range(-SPREAD, SPREAD + 1) for dy in range(-SPREAD, SPREAD + 1)]:
            if near in inked:
                inked.remove(near)
                open_cells.append(near)
    return group


def _fits(box: Box, dpi: float, around: int) -> bool:
    width, height = (25.4 * (edge - around) / dpi for edge in (box[2] - box[0], box[3] - box[1]))
    return SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1] and width > 0.9 * height


def framed(grey: Image.Image, grids: Sequence[Grid], dpi: float) -> list[Box]:
    """Boxes of white that ink shuts in, of a stamp's size, in the upper part of the page: frames, askew or not."""
    top = grey.crop((0, 0, grey.width, int(grey.height * TOP)))
    level = picture.threshold(grey) + 30
    # The darkest point counts for each cell, or a thin frame would have holes.
    half = top.reduce(2).point([255 * (value > level) for value in range(256)])
    for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        half = ImageChops.darker(half, ImageChops.offset(half, right, down))
    cells = half.resize((top.width // FINE, top.height // FINE), Image.Resampling.NEAREST)
    boxes = []
    for left, upper, right, lower in _areas(cells):
        box = ((left - 2) * FINE, (upper - 2) * FINE, (right + 2) * FINE, (lower + 2) * FINE)
        scale = 72 / dpi
        middle = Word("", box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
        inner = left > 0 and upper > 0 and right < cells.width and lower < cells.height
        if inner and _fits(box, dpi, 4 * FINE) and not any(grid.holds(middle) for grid in grids):
            boxes.append(box)
    return sorted(boxes, key=lambda box: box[1])[:MOST]


def _areas(cells: Image.Image) -> list[Box]:
    """The boxes around connected white: runs of white, joined where they lie one above the other."""
    parents: list[int] = []
    boxes: list[Box] = []

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    above: list[tuple[int, int, int]] = []  # start, end, number of its area
    rows, width = cells.tobytes(), cells.width
    for y in range(cells.height):
        here = []
        for run in WHITE.finditer(rows[y * width : (y + 1) * width]):
            start, end = run.span()
            touched = {root(number) for a, b, number in above if a < end and start < b}
            own = min(touched, default=len(parents))
            if not touched:
                parents.append(own)
                boxes.append((start, y, end, y + 1))
            for number in (own, *touched):
                parents[number] = own
                boxes[own] = _around(boxes[own], boxes[number])
            boxes[own] = _around(boxes[own], (start, y, end, y + 1))
            here.append((start, end, own))
        above = here
    return [boxes[number] for number in range(len(boxes)) if parents[number] == number]


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _marks(stamp: Image.Image, dpi: float, framed_only: bool = False) -> list[str]:
    """What a cut-out stamp says; one line or two, with a frame or without."""
    stamp = ImageOps.expand(stamp, border=round(dpi / 10), fill=255)
    angle, _ = picture.skew(stamp, STEEPEST)
    upright = stamp.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    inner = _inside_frame(upright)
    if framed_only and inner is None:
        return []
    for picture_of_it in [upright] if inner is None else [inner, upright]:
        for mode in (LINE, BLOCK, WORD):
            words = ocr.words_in(picture_of_it, dpi, mode)
            lines = ["".join(w.text for w in words if w.top == top) for top in dict.fromkeys(w.top for w in words)]
            for reading in ("".join(lines), *lines):
                if mark := mark_of(reading):
                    return [mark]
    return []


def _inside_frame(stamp: Image.Image) -> Image.Image | None:
    """What the frame holds, with white around it; None if lines do not shut it in above and below."""
    level = picture.threshold(stamp)
    dark = stamp.point([255 * (value < level) for value in range(256)])
    left, top, right, bottom = dark.getbbox() or (0, 0, 1, 1)
    inked = dark.crop((left, top, right, bottom))
    rows = _lines(inked.resize((1, inked.height), Image.Resampling.BOX).tobytes())
    if rows is None:
        return None
    inked = inked.crop((0, rows[0], inked.width, rows[1]))  # other words near the stamp may stand above and below
    sides = _lines(inked.resize((inked.width, 1), Image.Resampling.BOX).tobytes()) or (0, inked.width)
    inside = stamp.crop((left + sides[0], top + rows[0], left + sides[1], top + rows[1]))
    return ImageOps.expand(inside, border=20, fill=255)


def _lines(shares: bytes) -> tuple[int, int] | None:
    """(end of the line in the near half, start of the line in the far half)."""
    half = len(shares) // 2
    near = [place for place in range(half) if shares[place] > FRAME]
    far = [place for place in range(half, len(shares)) if shares[place] > FRAME]
    return (near[-1] + 3, far[0] - 2) if near and far else None


def mark_of(reading: str) -> str | None:
    """The mark that a stamp's letters mean. Marks over letters come out as they will, a frame as I, L or J."""
    bare = unicodedata.normalize("NFD", reading.upper().replace("Đ", "D").replace("0", "O").replace("1", "I"))
    letters = rx("[^A-Z]").sub("", bare)
    letters = rx("^(?:DO|DAU|VANBAN|TAILIEU)(?=T|M)").sub("", rx("^[ILJ]{1,2}|[ILJ]{1,2}$").sub("", letters))
    if letters in MARKS:
        return MARKS[letters]
    if len(letters) < 5:
        # Three letters, one of them misread: an arrival stamp says nothing like it.
        return "MẬT" if rx("[MNH]AT|MA[FY]").fullmatch(letters) else None
    best = max(MARKS, key=lambda mark: SequenceMatcher(None, mark, letters).ratio())
    return MARKS[best] if SequenceMatcher(None, best, letters).ratio() >= 0.8 else None


def misread(line: str) -> str | None:
    """The mark that a short line of capitals must have been, though its letters are spoilt ("TỐT MẬT")."""
    bare = [c for c in line if c.isalpha()]
    if not 5 <= len(bare) <= 12 or sum(c.isupper() for c in bare) < len(bare) - 1 or any(c.isdigit() for c in line):
        return None
    return mark_of(line)
