"""Words with their places on a page → runs of words, and the runs that stand side by side.

Places are in points (1/72 inch) from the page's upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from reading.words import rx

WIDE_GAP = 1.2  # of a line's height: wider than the blanks of most justified lines
LABEL = (
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-H])\s?[.)/]|\d{1,2}(?:\.\d{1,2}){1,3}|"
    r"\(?(?:\d{1,2}|[a-zđ])\)|[-–—+*•·▪●○◦■□➢➤\uf000-\uf0ff]"
)
TAB = 4.0  # of a line's height: how far from its number Word sets the text of a list
NATION = r"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ|Độc [lL]ập\s*[-–—]\s*Tự|ĐẢNG CỘNG SẢN VIỆT)"  # a column's first words
PLACE_AND_DATE = r"Số\s*:.*\S\s+\S+.*,\s*ngày\b.*\btháng\b"


@dataclass(frozen=True)
class Word:
    """`sure` is False for a word that recognition doubts."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: bool = True

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True)
class Line:
    """Words of one printed line, or a table's row with its cells. Lines of one `block` may belong to one paragraph.

    `column`: of a letterhead or signature block, where each line says something of its own.
    """

    cells: tuple[tuple[Word, ...], ...]
    block: int = 0
    table: bool = False
    column: bool = False

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells for word in cell]

    @property
    def text(self) -> str:
        return "\t".join(" ".join(word.text for word in cell) for cell in self.cells)

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


@dataclass
class Fragment:
    """Words that stand close together on one line."""

    words: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def middle(self) -> float:
        return self.words[0].middle

    @property
    def height(self) -> float:
        return median(word.height for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def fragments_of(words: Iterable[Word]) -> list[Fragment]:
    """Runs of words. The order of the source is a hint only (on a turned page it runs backwards)."""
    fragments: list[Fragment] = []
    for word in words:
        for fragment in reversed(fragments[-40:]):
            if _follows(fragment.words[-1], word):
                fragment.words.append(word)
                break
            if _follows(word, fragment.words[0]):
                fragment.words.insert(0, word)
                break
        else:
            fragments.append(Fragment([word]))
    return [part for fragment in fragments for part in _split_columns(fragment)]


def _follows(last: Word, word: Word) -> bool:
    height = max(last.height, word.height)
    return (
        abs(last.middle - word.middle) < 0.4 * height
        and -0.5 * height < word.left - last.right < WIDE_GAP * height
        and word.left > last.left
    )


def _split_columns(fragment: Fragment) -> list[Fragment]:
    """A letterhead set so tight that its two columns touch: cut before the words that only open a column."""
    text = fragment.text
    cut = rx(rf"(?<=\S )(?<!NƯỚC ){NATION}").search(text)
    if cut:
        place = text[: cut.start()].count(" ")
    elif rx(PLACE_AND_DATE).match(text):
        gaps = [b.left - a.right for a, b in pairwise(fragment.words[1:])]
        place = gaps.index(max(gaps)) + 2
    else:
        return [fragment]
    return [Fragment(fragment.words[:place]), Fragment(fragment.words[place:])]


def rows_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments side by side, each row from left to right, the rows from above; numbers joined to their text."""
    return [_labels_joined(row) for row in side_by_side(fragments)]


def side_by_side(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """The same, a number far from its text still on its own."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.middle, f.left)):
        if rows and abs(rows[-1][0].middle - fragment.middle) < 0.45 * max(rows[-1][0].height, fragment.height):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda f: f.left) for row in rows]


def _labels_joined(row: list[Fragment]) -> list[Fragment]:
    """A number or a bullet and the text that a tab sets apart from it are no two columns."""
    joined: list[Fragment] = []
    for part in row:
        last = joined[-1] if joined else None
        if last and rx(LABEL).fullmatch(last.text) and part.left - last.right < TAB * part.height:
            last.words.extend(part.words)
        else:
            joined.append(part)
    return joined
