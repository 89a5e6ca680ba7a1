"""Drawings from plain figures: units as stacked bars, weeks as columns (and in calendar_drawing.py, days). Each mark
leads to its list where the caller says which address that is; nothing here knows a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from models.figures import Figures
from models.trend import Week
from papers.drawing import SMALLEST, Drawing, Mark, Rect, Shape, Stroke, Words, legend, lines_of, width_of
from papers.words import share, text, two

Link = Callable[..., str]
"""The address of the list that these filters ask for: link(category="qua_han", unit="TTS")."""
PARTS = {"overdue": "qua_han", "done_late": "qua_han_xong", "in_time": "trong_han", "done_on_time": "dung_han_xong",
         "no_due": "khong_han"}  # fmt: skip
"""Figure → its official category, in the order in which they are drawn."""
WEEK_PARTS = ("done_on_time", "done_late", "overdue")
WIDE, NARROW = 880.0, 328.0
"""Widths at which text has its size: a desktop page, and a telephone's 360 points less its margins."""
BESIDE, NAMES = 440.0, 0.36
"""From this width on the names of units stand beside their bars, with at most this share of it."""
MOST_UNITS = 20
COLUMN = 44.0
"""Columns narrower than this cannot bear their rate: weeks are rows then."""
BAR, COLUMNS_HIGH, LEAST = 24.0, 150.0, 4.0


class UnitFigures(Protocol):
    """A unit with its figures, as the weekly report keeps it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def figures(self) -> Figures: ...


def worst_first(units: Sequence[UnitFigures]) -> list[UnitFigures]:
    """Those that have a duty: the most overdue first, then the most that were late, then as they were given."""
    some = [line for line in units if line.figures.duties]
    return sorted(some, key=lambda line: (-line.figures.overdue, -line.figures.done_late))


def units_drawing(units: Sequence[UnitFigures], width: float, language: str, link: Link | None = None, *,
                  most: int = MOST_UNITS, rest: str | None = None) -> Drawing:  # fmt: skip
    """A bar to a unit on one common scale, the worst first; of more than `most` how many others there are, with `rest`,
    the address at which they stand."""
    lines = worst_first(units)
    made = Drawing(width, text("drawing.units.title", language))
    if not lines:
        return _nothing(made, text("drawing.units.none", language))
    made.below(legend([(part, text(f"part.{part}", language)) for part in PARTS], width))
    made.height += 12
    left = _names_room(lines[:most], width)
    scale = min((width - left - 14 - width_of("".join(_beside(line, language)), 13, bold=True)) / line.figures.duties
                for line in lines[:most])  # fmt: skip
    for line in lines[:most]:
        _unit_row(made, line, left, scale, language, link)
    if len(lines) > most:
        words = text("drawing.units.rest", language, count=len(lines) - most)
        y = made.height + 16
        made.add(Mark((Words(0, y, words, 14, "soft", bold=True),), words, rest))
        made.height += 24
    return made


def _names_room(lines: Sequence[UnitFigures], width: float) -> float:
    """How far from the left edge the bars begin: 0 where the names stand above them."""
    if width < BESIDE:
        return 0.0
    return min(width * NAMES, max(width_of(line.name, 13) for line in lines) + 12)


def _beside(line: UnitFigures, language: str) -> tuple[str, str]:
    """What stands at the end of a unit's bar: all its tasks and, where there are any, those overdue."""
    late = line.figures.overdue
    return two(line.figures.duties), text("drawing.units.late", language, count=two(late)) if late else ""


def _unit_row(made: Drawing, line: UnitFigures, left: float, scale: float, language: str, link: Link | None) -> None:
    """The name left of the bar, or above it where there is no room."""
    _name(made, line.name, left)
    marks, x = [], left
    for part, wide in _lengths(line.figures, tuple(PARTS), scale):
        count, category = getattr(line.figures, part), PARTS[part]
        tip = text("drawing.units.part", language, unit=line.name, part=text(f"part.{part}", language),
                   count=two(count))  # fmt: skip
        href = link(category=category, unit=line.code) if link else None
        marks.append(_part(x, made.height, wide, BAR, part, count, tip, href))
        x += wide
    total, late = _beside(line, language)
    made.add(*marks, Words(x + 6, made.height + 17, total, 13, "soft"))
    if late:
        made.add(Words(x + 9 + width_of(total, 13), made.height + 17, late, 13, "bad", bold=True))
    made.height += BAR + (8 if left else 10)


def _name(made: Drawing, name: str, left: float) -> None:
    """To the left of what comes next, in two small lines if need be; without room there, above it."""
    if not left:
        for words in lines_of(name, made.width, 13, most=2):
            made.add(Words(0, made.height + 12, words, 13))
            made.height += 17
        return
    room, y = left - 10, made.height
    if width_of(name, 13) <= room:
        made.add(Words(room, y + 17, name, 13, anchor="end"))
        return
    for place, words in enumerate(lines_of(name, room, SMALLEST, most=2)):
        made.add(Words(room, y + 10 + 13 * place, words, SMALLEST, anchor="end"))


def _lengths(figures: Figures | Week, parts: Sequence[str], scale: float) -> list[tuple[str, float]]:
    """(part, length) of those that are not 0. None is so short that nobody sees or hits it: what that takes, the
    longest gives, so that the whole stays true to the scale."""
    counts = {part: getattr(figures, part) for part in parts if getattr(figures, part)}
    made = {part: max(scale * count, LEAST) for part, count in counts.items()}
    if made:
        longest = max(made, key=lambda part: made[part])
        made[longest] = max(made[longest] - sum(made.values()) + scale * sum(counts.values()), LEAST)
    return list(made.items())


def _part(x: float, y: float, wide: float, high: float, part: str, count: int, tip: str, href: str | None) -> Mark:
    """A part of a bar with its number, where that has room: none narrower than can be seen."""
    shapes: list[Shape] = [Rect(x + 1, y + 1, max(wide - 2, 1), max(high - 2, 1), part, f"edge-{part}")]
    words = two(count)
    if wide >= width_of(words, SMALLEST) + 4 and high >= SMALLEST + 2:
        shapes.append(Words(x + wide / 2, y + high / 2 + 4.5, words, 13 if wide > 26 else SMALLEST, f"on-{part}",
                            anchor="middle"))  # fmt: skip
    return Mark(tuple(shapes), tip, href)


def weeks_drawing(weeks: Sequence[Week], width: float, language: str, link: Link | None = None, *,
                  high: float = COLUMNS_HIGH, key: bool = True) -> Drawing:  # fmt: skip
    """Of what came due in each week: done on time, done late, still overdue; with the rate and what it is of. Columns
    from left to right, or rows where those would be too narrow. `key`: with a legend."""
    made = Drawing(width, text("drawing.weeks.title", language, count=len(weeks)))
    if not any(week.came_due for week in weeks):
        return _nothing(made, text("drawing.weeks.none", language, count=len(weeks)))
    if key:
        made.below(legend([(part, text(f"part.{part}", language)) for part in WEEK_PARTS], width))
        made.height += 12
    draw = _columns if width / len(weeks) >= COLUMN or not key else _rows
    draw(made, weeks, language, link, high)
    return made


def _columns(made: Drawing, weeks: Sequence[Week], language: str, link: Link | None, high: float) -> None:
    step, largest, size = made.width / len(weeks), max(week.came_due for week in weeks), SMALLEST
    ground = made.height + high + 34
    made.add(Stroke(0, ground, made.width, ground))
    for place, week in enumerate(weeks):
        middle, y = step * (place + 0.5), ground
        wide = min(step - 6, 56.0)
        for part, tall in _lengths(week, WEEK_PARTS, high / largest):
            y -= tall
            made.add(_part(middle - wide / 2, y, wide, tall, part, getattr(week, part),
                           *_of_week(week, part, language, link)))  # fmt: skip
        if week.came_due:
            rate = share(week.done_on_time, week.came_due, language, 1 if step >= COLUMN else 0)
            under = text("drawing.weeks.of" if step >= COLUMN else "drawing.weeks.of.short", language,
                         count=two(week.came_due))  # fmt: skip
            made.add(Words(middle, y - 19, rate, size, bold=True, anchor="middle"),
                     Words(middle, y - 5, under, size, "soft", anchor="middle"))  # fmt: skip
        made.add(Words(middle, ground + 16, f"{week.start:%d/%m}", size, "soft", anchor="middle"))
    made.height = ground + 24


def _rows(made: Drawing, weeks: Sequence[Week], language: str, link: Link | None, high: float) -> None:
    largest = max(week.came_due for week in weeks)
    for week in reversed(weeks):
        words = text("drawing.weeks.row", language, start=f"{week.start:%d/%m}", end=f"{week.end:%d/%m}")
        rate = text("drawing.weeks.rate", language, of=two(week.came_due),
                    share=share(week.done_on_time, week.came_due, language)) if week.came_due else "–"  # fmt: skip
        made.add(Words(0, made.height + 12, words, 13, "soft"),
                 Words(made.width, made.height + 12, rate, 13, anchor="end"))  # fmt: skip
        made.height += 17
        x = 0.0
        for part, wide in _lengths(week, WEEK_PARTS, made.width / largest):
            made.add(_part(x, made.height, wide, BAR, part, getattr(week, part),
                           *_of_week(week, part, language, link)))  # fmt: skip
            x += wide
        if not week.came_due:
            made.add(Stroke(0, made.height + BAR, made.width, made.height + BAR))
        made.height += BAR + 10


def _of_week(week: Week, part: str, language: str, link: Link | None) -> tuple[str, str | None]:
    """What a part of a week is, in words, and its list."""
    tip = text("drawing.weeks.part", language, start=f"{week.start:%d/%m/%Y}", end=f"{week.end:%d/%m/%Y}",
               part=text(f"part.{part}", language), count=two(getattr(week, part)))  # fmt: skip
    if link is None:
        return tip, None
    filters: dict[str, Any] = {"due_from": week.start, "due_to": week.end, "category": PARTS[part]}
    return tip, link(**filters)


def _nothing(made: Drawing, words: str) -> Drawing:
    """There is nothing to draw, and the picture says so."""
    for line in lines_of(words, made.width, 14):
        made.add(Words(0, made.height + 18, line, 14, "soft"))
        made.height += 20
    made.height += 4
    return made
