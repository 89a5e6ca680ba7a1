"""One line of the table, and how a thing is timed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value beside its aim (at most). `spread`: the smallest and the largest seen."""

    name: str
    value: float
    aim: float
    unit: str
    spread: tuple[float, float] | None = None

    @property
    def met(self) -> bool:
        """Within its aim."""
        return self.value <= self.aim

    def line(self) -> str:
        """As it is printed."""
        spread = f"[{self.spread[0]:.2f}..{self.spread[1]:.2f}]" if self.spread else ""
        verdict = "ok  " if self.met else "MISS"
        return f"{verdict} {self.name:<58} {self.value:>9.2f} {self.unit:<3} (≤ {self.aim:g}) {spread}"


def timed(step: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of so many runs."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        took.append((time.perf_counter() - start) * 1000)
    return took


def median(name: str, took: list[float], aim: float, unit: str = "ms") -> Figure:
    """The median of several runs as a figure."""
    return Figure(name, statistics.median(took), aim, unit, (min(took), max(took)))
