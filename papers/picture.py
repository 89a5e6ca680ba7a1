"""The weekly report as a picture: a bar for each unit, every part with its number and its name. SVG by hand: no font is
embedded, so it is written for the fonts that Vietnamese machines have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from models.figures import Figures
from papers.words import moment, rates, text, two

if TYPE_CHECKING:
    from papers.digest import Digest

FONTS = "'Be Vietnam Pro', 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
# Dark enough for white figures, apart in lightness as well as in hue; overdue is the only red.
PARTS = (
    ("overdue", "#b3261e"),
    ("in_time", "#2f6fb0"),
    ("done_late", "#8a5a00"),
    ("done_on_time", "#2e7d4f"),
    ("no_due", "#6b7280"),
)
WIDTH, LEFT, BAR, ROW, TOP = 960, 350, 540, 30, 150
LONGEST_NAME = 46
NARROWEST = 18
"""A part narrower than this shows its number only on pointing at it."""


def digest_svg(digest: Digest, language: str = "vi") -> str:
    """The picture: heading, what is overdue, both rates, a legend, and one bar to a unit on one common scale."""
    lines = [line for line in digest.units if line.figures.duties]
    most = max((line.figures.duties for line in lines), default=1)
    height = TOP + ROW * len(lines) + 30
    title = text("picture.title", language, at=moment(digest.at, language))
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" font-family="{FONTS}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(20, 34, _headline(digest, language), size=20, bold=True),
        _text(20, 60, title, size=14, colour="#4b5563"),
        _text(20, 88, rates(digest.total, language), size=15),
        *_legend(language),
    ]
    for number, line in enumerate(lines):
        body += _row(line.name, line.figures, TOP + ROW * number, most, language)
    return "\n".join([*body, "</svg>", ""])


def _headline(digest: Digest, language: str) -> str:
    """The one thing to know first: how many are overdue, and where."""
    late = [line for line in digest.units if line.figures.overdue]
    if not late:
        return text("picture.none_overdue", language)
    worst = max(late, key=lambda line: line.figures.overdue)
    return text(
        "picture.overdue",
        language,
        count=two(digest.total.overdue),
        units=two(len(late)),
        unit=worst.name,
        most=two(worst.figures.overdue),
    )


def _legend(language: str) -> list[str]:
    marks, x = [], 20
    for name, colour in PARTS:
        label = text(f"part.{name}", language)
        marks += [f'<rect x="{x}" y="108" width="14" height="14" fill="{colour}"/>', _text(x + 20, 120, label, size=13)]
        x += 38 + 8 * len(label)
    return marks


def _row(name: str, figures: Figures, y: int, most: int, language: str) -> list[str]:
    """A unit's name and the parts of its bar, each with its number."""
    shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    marks, x = [_text(20, y + 17, shown, size=13)], float(LEFT)
    for part, colour in PARTS:
        count = getattr(figures, part)
        if not count:
            continue
        width = BAR * count / most
        tip = f"{name}: {text(f'part.{part}', language)} {two(count)}"
        marks.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 8}" fill="{colour}">'
            f"<title>{escape(tip)}</title></rect>"
        )
        if width >= NARROWEST:
            marks.append(_text(x + width / 2, y + 16, two(count), size=13, colour="#ffffff", middle=True))
        x += width
    marks.append(_text(x + 8, y + 16, two(figures.duties), size=13, colour="#4b5563"))
    return marks


def _text(
    x: float, y: float, words: str, *, size: int, colour: str = "#111827", bold: bool = False, middle: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}{anchor}>{escape(words)}</text>'
