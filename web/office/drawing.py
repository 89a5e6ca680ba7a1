"""A small line of an indicator's history: where its points lie in a drawing. The drawing itself is in the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDE, HIGH, EDGE = 480, 120, 12
"""Of the drawing, and the room at its edges, in its own units."""


@dataclass(frozen=True)
class Point:
    """One value, at (x, y)."""

    x: float
    y: float
    day: date


@dataclass(frozen=True)
class Drawn:
    """`target`: the height of the target's line. `path`: the line through the points, as SVG writes it."""

    points: tuple[Point, ...]
    target: float
    path: str


def drawn(values: Sequence[tuple[date, float]], target: float) -> Drawn | None:
    """The line of (day, value); None for fewer than two days, which make no line."""
    if len({day for day, _ in values}) < 2:
        return None
    first, last = min(day for day, _ in values), max(day for day, _ in values)
    whole = [value for _, value in values] + [target]
    low, high = min(whole), max(whole)
    tall = (high - low) or 1.0

    def y(value: float) -> float:
        return round(HIGH - EDGE - (value - low) / tall * (HIGH - 2 * EDGE), 1)

    points = tuple(
        Point(round(EDGE + (day - first).days / (last - first).days * (WIDE - 2 * EDGE), 1), y(value), day)
        for day, value in values
    )
    return Drawn(points, y(target), " ".join(f"{one.x},{one.y}" for one in points))
