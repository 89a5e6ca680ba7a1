"""A paper as blocks. Word and PDF are both made from these, so that they cannot say different things.

Sizes and places are those of Decree 30/2020/NĐ-CP, Appendix I: A4, 20 mm above and below, 30 mm left, 15 mm right,
Times New Roman, the page number in the middle of the top margin from the second page on, each annex numbered anew.
Lengths are millimetres, letters and gaps between paragraphs points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

PAGE = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
NUMBER_AT = 10.0
"""From the upper edge of the sheet to the page number."""
NUMBER_SIZE = 13.0
BODY, GAP, INDENT = 14.0, 6.0, 12.7
CELL_PAD = 1.2
BREAKS_IN_ROWS = 700
"""Letters of a cell from which its row may run over a page's end."""

Align = Literal["left", "center", "right", "justify"]
# Marks of direction and joining, which reorder what stands around them; a paper has only one direction.
_NOT_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SOFT = {"\u00ad", "\u200b", "\u2060", "\ufeff"}


@dataclass(frozen=True)
class Run:
    """Letters of one kind. `size`: None for that of the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float | None = None


@dataclass(frozen=True)
class Paragraph:
    """`first`: indent of the first line, `left`: of all lines. `before`, `after`: the gap. `keep`: on one page with
    what follows. `heading`: its level in the outline, 0 for none."""

    runs: tuple[Run, ...]
    align: Align = "left"
    size: float = BODY
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    keep: bool = False
    heading: int = 0


@dataclass(frozen=True)
class Rule:
    """A thin line of this length in the middle."""

    length: float
    before: float = 2


@dataclass(frozen=True)
class Beside:
    """Cells side by side without borders, never parted by a page's end: the head of a letter, the signature."""

    widths: tuple[float, ...]
    cells: tuple[tuple[Paragraph | Rule, ...], ...]
    before: float = 0


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Span:
    """A row of one cell over the whole table."""

    text: str


Row = Sequence[str] | Span


@dataclass(frozen=True)
class Table:
    """A table whose heads stand on each page again. `numbered`: with a row (1), (2) … beneath them."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    size: float = 12
    numbered: bool = False
    least: float = 0
    """The least height of a row: room to write in by hand."""


@dataclass(frozen=True)
class Break:
    """What follows begins a page."""


Block = Paragraph | Rule | Beside | Table | Break


@dataclass(frozen=True)
class Section:
    """Pages of one format with numbers of their own."""

    blocks: tuple[Block, ...]
    landscape: bool = False

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return (PAGE[1], PAGE[0]) if self.landscape else PAGE

    @property
    def width(self) -> float:
        """What is between the side margins."""
        return self.sheet[0] - LEFT - RIGHT


@dataclass(frozen=True)
class Paper:
    """A whole paper. `author`: the office that issues it."""

    title: str
    author: str
    sections: tuple[Section, ...]
    language: str = "vi-VN"


def plain(text: str, *, lines: bool = False) -> str:
    """Text as it may stand on paper: NFC, no control or direction marks, blanks single. `lines`: line ends stay."""
    kept = "".join(_kept(letter) for letter in unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    found = [" ".join(filter(None, part.split(" "))) for part in kept.split("\n")]
    return "\n".join(found).strip("\n") if lines else " ".join(filter(None, found))


@cache
def _kept(letter: str) -> str:
    if letter == "\n":
        return letter
    if letter in _SOFT:
        return ""
    kind = unicodedata.category(letter)
    if letter.isspace() and letter != "\u00a0":
        return "\n" if kind in ("Zl", "Zp") or letter in "\r\v\f\x85" else " "
    return "" if kind in _NOT_PRINTED else letter


def body(*runs: Run | str, keep: bool = False) -> Paragraph:
    """A paragraph of the text: 14, both edges straight, first line 1.27 cm in, 6 pt below."""
    made = tuple(Run(one) if isinstance(one, str) else one for one in runs)
    return Paragraph(made, "justify", first=INDENT, after=GAP, line=1.1, keep=keep)


def centred(text: str, size: float = BODY, *, bold: bool = False, italic: bool = False, before: float = 0,
            after: float = 0, keep: bool = False, heading: int = 0) -> Paragraph:  # fmt: skip
    """A line in the middle."""
    return Paragraph((Run(text, bold, italic),), "center", size, before=before, after=after, keep=keep, heading=heading)
