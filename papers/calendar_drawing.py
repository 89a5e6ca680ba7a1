"""The months ahead as a calendar: the darker a day, the more open tasks fall due on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.load import OPEN_STATES, DayLoad
from papers.charts import WIDE, Link
from papers.drawing import SMALLEST, Corner, Drawing, Mark, Rect, Shape, Words, legend
from papers.words import day as day_words
from papers.words import text, two

LEVELS = 4
GAP, BETWEEN = 2.0, 32.0
HIGH = 40.0


def months_drawing(months: Sequence[Sequence[DayLoad]], today: date, width: float, language: str,
                   link: Link | None = None) -> Drawing:  # fmt: skip
    """Months side by side, or one under the other where there is no room. Days off have a corner, today a frame."""
    made = Drawing(width, text("drawing.months.title", language))
    steps = steps_of(max((one.count for days in months for one in days), default=0))
    made.below(_legend(steps, width, language))
    made.height += 12
    columns = len(months) if width >= WIDE else 1
    month_wide = (width - BETWEEN * (columns - 1)) / columns
    top, lowest = made.height, made.height
    for place, days in enumerate(months):
        if columns == 1 and place:
            top = lowest + 14
        left = (month_wide + BETWEEN) * (place if columns > 1 else 0)
        end = _month(made, days, today, left, top, month_wide, steps, language, link)
        lowest = max(lowest, end)
    made.height = lowest
    return made


def steps_of(most: int) -> list[int]:
    """The largest count of each level but the last: quarters of the largest, each step at least one more."""
    steps: list[int] = []
    for n in range(1, LEVELS):
        steps.append(max(-(-most * n // LEVELS), (steps[-1] if steps else 0) + 1))
    return steps


def level_of(count: int, steps: Sequence[int]) -> int:
    """0: nothing; 1 to LEVELS."""
    return 0 if count == 0 else 1 + sum(count > step for step in steps)


def _legend(steps: Sequence[int], width: float, language: str) -> Drawing:
    lows = [1, *(step + 1 for step in steps)]
    highs: list[int | None] = [*steps, None]
    spans = [(f"heat-{n}", _span(low, high)) for n, (low, high) in enumerate(zip(lows, highs, strict=True), 1)]
    return legend([*spans, ("off", text("drawing.months.off", language))], width)


def _span(low: int, high: int | None) -> str:
    if high is None:
        return f"≥ {low}"
    return str(low) if low == high else f"{low}–{high}"


def _month(made: Drawing, days: Sequence[DayLoad], today: date, left: float, top: float, wide: float,
           steps: Sequence[int], language: str, link: Link | None) -> float:  # fmt: skip
    """One month at (left, top); where it ends."""
    step, first = wide / 7, days[0].day
    made.add(Words(left, top + 16, text("drawing.months.month", language, month=f"{first:%m}", year=first.year), 15,
                   bold=True))  # fmt: skip
    for column in range(7):
        name = text(f"drawing.months.weekday.{column + 1}", language)
        made.add(Words(left + step * (column + 0.5), top + 38, name, SMALLEST, "soft", anchor="middle"))
    grid, row = top + 46, 0
    for one in days:
        column = one.day.weekday()
        row = (one.day.day - 1 + first.weekday()) // 7
        made.add(_cell(one, one.day == today, left + step * column, grid + HIGH * row, step, steps, language, link))
    return grid + HIGH * (row + 1)


def _cell(one: DayLoad, is_today: bool, x: float, y: float, step: float, steps: Sequence[int], language: str,
          link: Link | None) -> Mark:  # fmt: skip
    level = level_of(one.count, steps)
    tone = f"heat-{level}" if one.count or one.works else "off"
    wide, high, ink = step - GAP, HIGH - GAP, f"on-heat-{level}"
    edge, thick = ("ink", 2.5) if is_today else ("line", 1.0)
    shapes: list[Shape] = [Rect(x + thick / 2, y + thick / 2, wide - thick, high - thick, tone, edge, thick)]
    if not one.works:
        shapes.append(Corner(x + wide - 1, y + 1, 9, "soft" if level < LEVELS else "paper"))
    shapes.append(Words(x + 4, y + 14, str(one.day.day), SMALLEST, ink if one.count else "soft", bold=is_today))
    if one.count:
        size = 15 if one.count < 1000 else SMALLEST
        shapes.append(Words(x + wide / 2, y + 32, str(one.count), size, ink, bold=True, anchor="middle"))
    href = None
    if link is not None and one.count:
        href = link(due_from=one.day, due_to=one.day, state=tuple(state.value for state in OPEN_STATES))
    return Mark(tuple(shapes), _tip(one, is_today, language), href)


def _tip(one: DayLoad, is_today: bool, language: str) -> str:
    """thứ Hai 30/11/2026: 12 nhiệm vụ đến hạn, hôm nay."""
    signs = [key for key, holds in (("today", is_today), ("off", not one.works)) if holds]
    beside = "".join(f" ({text(f'drawing.months.{key}', language)})" for key in signs)
    return text("drawing.months.day", language, day=day_words(one.day, language), count=two(one.count)) + beside


__all__ = ["level_of", "months_drawing", "steps_of"]
