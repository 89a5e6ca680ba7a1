"""Shapes → SVG. One drawing serves the page and the picture file: every shape has a fixed light colour, and a class by
which a page's style sheet gives it another (dark mode), so that nothing is drawn twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

FONTS = "Arimo, Arial, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
SMALLEST = 12
"""No text is smaller than this at the drawing's own size."""
TONES = {
    "ink": "#14181f", "soft": "#4b5563", "paper": "#ffffff", "line": "#c9ced6", "off": "#e3e6eb", "bad": "#a51d12",
    # The official categories: lightness 30, 45, 61, 72 and 83 of 100, so that they are told apart without hue too.
    "overdue": "#8f1510", "in_time": "#2b6cb0", "no_due": "#8d95a1", "done_late": "#e0a030", "done_on_time": "#a9dcb5",
    # Their outlines: the light ones would fade into the paper.
    "edge-overdue": "#8f1510", "edge-in_time": "#2b6cb0", "edge-no_due": "#5f6773", "edge-done_late": "#8a5a00",
    "edge-done_on_time": "#2e7d4f",
    # What is written on them.
    "on-overdue": "#ffffff", "on-in_time": "#ffffff", "on-no_due": "#14181f", "on-done_late": "#14181f",
    "on-done_on_time": "#14181f",
    # How many fall due on a day, and what is written on it.
    "heat-0": "#ffffff", "heat-1": "#dbe9f8", "heat-2": "#a8cbee", "heat-3": "#5f9bd6", "heat-4": "#1d4f8c",
    "on-heat-0": "#14181f", "on-heat-1": "#14181f", "on-heat-2": "#14181f", "on-heat-3": "#14181f",
    "on-heat-4": "#ffffff",
}  # fmt: skip
# Thousandths of the size, as in Arial and Arimo; accents add nothing to a letter's width.
_WIDTHS = {letter: width for width, letters in (
    (222, "'ijl|"), (278, " !,./:;I[\\]ft·–"), (333, "()-`r"), (389, "*\""), (500, "Jcksvxyz"), (584, "+<=>~"),
    (611, "FTZ"), (667, "&ABEKPSVXY"), (722, "CDHNRUwĐ"), (778, "GOQ"), (833, "Mm"), (889, "%"), (944, "W"),
    (1000, "…"),
) for letter in letters}  # fmt: skip
_BOLD, _ROOM = 1.08, 1.06
"""Bold letters are wider; and a reader's own font may be wider than Arial."""


@dataclass(frozen=True)
class Rect:
    """A filled rectangle; `edge`: the tone of its outline."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    edge: str = ""
    thick: float = 1.0


@dataclass(frozen=True)
class Words:
    """A line of text; y is its baseline. `anchor`: start, middle or end."""

    x: float
    y: float
    words: str
    size: float = 13
    tone: str = "ink"
    bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str = "line"


@dataclass(frozen=True)
class Corner:
    """A small triangle in the upper right corner at (x, y): a sign that needs no colour."""

    x: float
    y: float
    size: float
    tone: str


Shape = Rect | Words | Stroke | Corner


@dataclass(frozen=True)
class Mark:
    """Shapes that stand for one number. `tip`: what it is, in words; `href`: the list that adds up to it."""

    shapes: tuple[Shape, ...]
    tip: str
    href: str | None = None


@dataclass
class Drawing:
    """What is drawn, from above to below. `title`: what the whole picture is of."""

    width: float
    title: str
    height: float = 0.0
    parts: list[Shape | Mark] = field(default_factory=list)

    def add(self, *parts: Shape | Mark) -> None:
        """Draw these on top of the rest."""
        self.parts += parts

    def below(self, other: Drawing, left: float = 0.0) -> None:
        """Another drawing under what there is, so far from the left edge."""
        self.parts += [_moved(part, left, self.height) for part in other.parts]
        self.height += other.height

    @property
    def linked(self) -> bool:
        """Does any of its marks lead somewhere?"""
        return any(isinstance(part, Mark) and part.href for part in self.parts)


_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""A picture with one of these in it is drawn by nobody."""


def svg(drawing: Drawing, *, classes: str = "drawing", ground: bool = False) -> str:
    """The drawing as one SVG element. `ground`: with a white ground, for a file of its own. A picture without links is
    an image with its title; one with links is a group of them, since an image would hide them from screen readers."""
    width, height = _number(drawing.width), _number(drawing.height)
    role = "group" if drawing.linked else "img"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class={quoteattr(classes)} width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="{role}" aria-label={quoteattr(drawing.title)} '
        f'font-family="{FONTS}">'
    ]
    if ground:
        lines += [f"<title>{escape(drawing.title)}</title>", _shape(Rect(0, 0, drawing.width, drawing.height, "paper"))]
    lines += [_mark(part) if isinstance(part, Mark) else _shape(part) for part in drawing.parts]
    return _NO_XML.sub("", "\n".join([*lines, "</svg>", ""]))


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, bold: bool = False) -> float:
    """About how wide a line of text is, in units of the drawing; never less than it is in Arial."""
    letters = (one for one in unicodedata.normalize("NFD", words) if not unicodedata.combining(one))
    return sum(_WIDTHS.get(one, 556) for one in letters) * size / 1000 * (_BOLD if bold else 1) * _ROOM


def cut(words: str, room: float, size: float, bold: bool = False) -> str:
    """The words, or as many of their letters as fit, with an ellipsis."""
    words = words[: int(8 * room / size) + 8]  # more of the narrowest letters would not fit either
    if width_of(words, size, bold) <= room:
        return words
    while words and width_of(f"{words}…", size, bold) > room:
        words = words[:-1].rstrip()
    return f"{words}…"


def lines_of(words: str, room: float, size: float, bold: bool = False, most: int = 4) -> list[str]:
    """The words in at most so many lines, the last of them cut."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        taken = 1
        while taken < len(left) and width_of(" ".join(left[: taken + 1]), size, bold) <= room:
            taken += 1
        lines.append(cut(" ".join(left[:taken]), room, size, bold))
        left = left[taken:]
    return [*lines, cut(" ".join(left), room, size, bold)] if left else lines


def paragraph(drawing: Drawing, words: str, *, size: float = 13, tone: str = "ink", bold: bool = False,
              most: int = 4) -> None:  # fmt: skip
    """Lines of text under what there is, as wide as the drawing."""
    for line in lines_of(words, drawing.width, size, bold, most):
        drawing.add(Words(0, drawing.height + size, line, size, tone, bold))
        drawing.height += size * 1.4


def legend(entries: Sequence[tuple[str, str]], width: float) -> Drawing:
    """(tone, words) of each mark, in as many lines as it takes."""
    made, x, size = Drawing(width, ""), 0.0, SMALLEST
    for tone, words in entries:
        wide = 20 + width_of(words, size)
        if x and x + wide > width:
            x, made.height = 0.0, made.height + 20
        made.add(Rect(x + 0.5, made.height + 2.5, 13, 13, tone, "soft"), Words(x + 20, made.height + 13, words, size))
        x += wide + 16
    made.height += 20
    return made


def _mark(mark: Mark) -> str:
    inside = "".join(map(_shape, mark.shapes))
    tip = escape(mark.tip)
    if mark.href is None:
        return f"<g><title>{tip}</title>{inside}</g>"
    return f"<a href={quoteattr(mark.href)} aria-label={quoteattr(mark.tip)}><title>{tip}</title>{inside}</a>"


def _shape(shape: Shape) -> str:
    if isinstance(shape, Words):
        weight = ' font-weight="700"' if shape.bold else ""
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        return (f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" font-size="{_number(shape.size)}"'
                f"{_fill(shape.tone)}{weight}{anchor}>{escape(shape.words)}</text>")  # fmt: skip
    if isinstance(shape, Stroke):
        ends = " ".join(f'{name}="{_number(getattr(shape, name))}"' for name in ("x1", "y1", "x2", "y2"))
        return f'<line {ends} class="s-{shape.tone}" stroke="{TONES[shape.tone]}"/>'
    if isinstance(shape, Corner):
        x, y, size = shape.x, shape.y, shape.size
        return f'<path d="M{_number(x - size)} {_number(y)}h{_number(size)}v{_number(size)}z"{_fill(shape.tone)}/>'
    classes = f"f-{shape.tone} s-{shape.edge}" if shape.edge else f"f-{shape.tone}"
    edge = f' stroke="{TONES[shape.edge]}" stroke-width="{_number(shape.thick)}"' if shape.edge else ""
    return (f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" '
            f'height="{_number(shape.height)}" class="{classes}" fill="{TONES[shape.tone]}"{edge}/>')  # fmt: skip


def _fill(tone: str) -> str:
    return f' class="f-{tone}" fill="{TONES[tone]}"'


def _moved(part: Shape | Mark, right: float, down: float) -> Shape | Mark:
    if isinstance(part, Mark):
        return replace(part, shapes=tuple(_shifted(one, right, down) for one in part.shapes))
    return _shifted(part, right, down)


def _shifted(one: Shape, right: float, down: float) -> Shape:
    if isinstance(one, Stroke):
        return replace(one, x1=one.x1 + right, x2=one.x2 + right, y1=one.y1 + down, y2=one.y2 + down)
    return replace(one, x=one.x + right, y=one.y + down)


def _number(value: float) -> str:
    """12.5, 12: no more digits than are seen."""
    return f"{value:.1f}".removesuffix(".0")
