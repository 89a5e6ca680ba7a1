"""How wide letters are, and where lines end: reckoned with Tinos, whose letters are as wide as those of Times New
Roman, so that what is measured here also holds in Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from papers.decree.layout import Run

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
MM = 25.4 / 72
SINGLE, ASCENT = 1.149, 0.912
"""Of Times New Roman, in its size: the height of a single line, and from its top to the feet of the letters."""
MISSING = "□"
"""Printed for a letter that the font does not have."""


@dataclass(frozen=True, slots=True)
class Style:
    """Letters of one kind and size."""

    bold: bool
    italic: bool
    size: float


@dataclass(slots=True)
class Word:
    """What stays together on a line: pieces of one style each, and its width in mm."""

    pieces: list[tuple[str, Style]]
    width: float


@dataclass(slots=True)
class Line:
    """Words of a line. `last`: of its paragraph, so not stretched."""

    words: list[Word]
    width: float
    last: bool = False


def font_file(bold: bool, italic: bool) -> Path:
    """The file of a face."""
    return FONTS / f"Tinos-{FACES[bold, italic]}.ttf"


@cache
def advances(bold: bool, italic: bool) -> dict[str, float]:
    """Letter → its width in sizes."""
    from fontTools.ttLib import TTFont  # late: it costs 50 ms

    with TTFont(font_file(bold, italic), lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): widths[name][0] / units for code, name in font.getBestCmap().items()}


def line_height(size: float, multiple: float = 1) -> float:
    """Millimetres from one line to the next."""
    return SINGLE * size * multiple * MM


def printable(text: str) -> str:
    """The text with what the font lacks shown as such."""
    known = advances(False, False)
    return text if known.keys() >= set(text) else "".join(c if c in known else MISSING for c in text)


@lru_cache(maxsize=1 << 15)
def width_of(text: str, style: Style) -> float:
    """Millimetres. Kept: the words of a long list are few."""
    known = advances(style.bold, style.italic)
    missing = known[MISSING]
    return sum(known.get(letter, missing) for letter in text) * style.size * MM


def lines_of(runs: Sequence[Run], size: float, width: float, first: float = 0) -> list[Line]:
    """The lines of a paragraph of this width; the first one is shorter by `first`."""
    found: list[Line] = []
    for words in _words(runs, size):
        found += _wrapped(words, width, first if not found else 0)
    return found or [Line([], 0, True)]


def longest(text: str, style: Style, width: float) -> float:
    """The width of the longest line that the text makes."""
    return max(line.width for line in lines_of((Run(text, style.bold, style.italic),), style.size, width))


def balanced(text: str, style: Style, width: float) -> str:
    """The text with its line ends where they leave lines of like length: no last word stands alone."""
    for place in range(len(text) - 4, 0, -1):  # at an "and", where it can be: no word of two syllables is parted
        if text[place : place + 4].casefold() == " và ":
            halves = text[:place], text[place + 1 :]
            if width_of(text, style) > width >= max(width_of(half, style) for half in halves):
                return "\n".join(halves)
    run = (Run(text, style.bold, style.italic),)
    many, narrow, wide = len(lines_of(run, style.size, width)), 0.0, width
    if many == 1:
        return text
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(lines_of(run, style.size, middle)) == many else (middle, wide)
    lines = lines_of(run, style.size, wide)
    return "\n".join(" ".join(letters for word in line.words for letters, _ in word.pieces) for line in lines)


def _words(runs: Iterable[Run], size: float) -> Iterator[list[Word]]:
    """The words of each line that the text itself ends; letters of two runs without a blank between are one word."""
    words: list[Word] = []
    word: Word | None = None
    for run in runs:
        style = Style(run.bold, run.italic, run.size or size)
        for number, part in enumerate(run.text.split("\n")):
            if number:
                if word is not None:
                    words.append(word)
                yield words
                words, word = [], None
            for place, letters in enumerate(printable(part).split(" ")):
                if place and word is not None:
                    words.append(word)
                    word = None
                if letters:
                    word = word or Word([], 0)
                    word.pieces.append((letters, style))
                    word.width += width_of(letters, style)
    if word is not None:
        words.append(word)
    yield words


def _wrapped(words: list[Word], width: float, first: float) -> list[Line]:
    lines: list[Line] = []
    line, room = Line([], 0), width - first
    for whole in words:
        for word in _fitting(whole, width if lines else width - first):
            blank = width_of(" ", word.pieces[0][1]) if line.words else 0
            if line.words and line.width + blank + word.width > room + 0.01:
                lines.append(line)
                line, room, blank = Line([], 0), width, 0
            line.words.append(word)
            line.width += blank + word.width
    line.last = True
    lines.append(line)
    return lines


def _fitting(word: Word, width: float) -> Iterator[Word]:
    """The word; one that is wider than a line in pieces, cut after - or / where there is one."""
    if word.width <= width:
        yield word
        return
    for letters, style in word.pieces:
        while letters:
            end = _cut(letters, style, width)
            yield Word([(letters[:end], style)], width_of(letters[:end], style))
            letters = letters[end:]


def _cut(letters: str, style: Style, width: float) -> int:
    """How many letters fit."""
    known = advances(style.bold, style.italic)
    left, after = width / (style.size * MM), 0
    for place, letter in enumerate(letters):
        left -= known[letter]
        if left < 0:
            return after or max(place, 1)
        if letter in "-/":
            after = place + 1
    return len(letters)
