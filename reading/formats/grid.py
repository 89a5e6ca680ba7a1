"""Ruled lines on a page → tables: which words stand in which cell, one line of text per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reading.formats.fragments import Line, Word
from reading.formats.layout import lines_of
from reading.words import rx

NEAR = 3.0  # points: ends of rules that meet
SHORTEST = 6.0  # points: no cell is smaller


@dataclass(frozen=True)
class Rule:
    """A drawn line: `at` is its y if level, its x if upright; it runs from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


@dataclass
class Grid:
    """Rules that touch one another; `xs` and `ys` are where they stand."""

    xs: list[float]
    ys: list[float]
    rules: list[Rule]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def turned_over(self, width: float, height: float) -> Grid:
        """As it lies when the page of this size is turned upside down."""
        rules = []
        for rule in self.rules:
            along, across = (width, height) if rule.level else (height, width)
            rules.append(Rule(rule.level, across - rule.at, along - rule.end, along - rule.start))
        return Grid([width - x for x in reversed(self.xs)], [height - y for y in reversed(self.ys)], rules)

    def holds(self, word: Word) -> bool:
        """The word's middle lies within."""
        left, top, right, bottom = self.box
        return left <= (word.left + word.right) / 2 <= right and top <= word.middle <= bottom


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Tables of at least two columns and one row, from above."""
    found = []
    for group in _touching(merged(rules)):
        xs = _places([r.at for r in group if not r.level])
        # A row that the page cuts in two has no line where it is cut.
        cuts = [at for r in group if not r.level for at in (r.start, r.end)]
        ys = _places([r.at for r in group if r.level] + [min(cuts), max(cuts)] if cuts else [])
        if len(xs) > 2 and len(ys) > 1:
            found.append(Grid(xs, ys, group))
    return sorted(found, key=lambda grid: grid.ys[0])


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line as one: every cell of a Word table draws its own borders."""
    kept: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.level, round(r.at / NEAR), r.start)):
        last = kept[-1] if kept else None
        if last and last.level == rule.level and abs(last.at - rule.at) < NEAR and rule.start <= last.end + NEAR:
            kept[-1] = Rule(last.level, last.at, last.start, max(last.end, rule.end))
        else:
            kept.append(rule)
    return [rule for rule in kept if rule.end - rule.start >= SHORTEST]


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        meets = [group for group in groups if any(_meet(rule, other) for other in group)]
        for group in meets:
            groups.remove(group)
        groups.append([rule, *(other for group in meets for other in group)])
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    if one.level == other.level:
        return abs(one.at - other.at) < NEAR and one.start < other.end + NEAR and other.start < one.end + NEAR
    return one.start - NEAR <= other.at <= one.end + NEAR and other.start - NEAR <= one.at <= other.end + NEAR


def _places(places: list[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > SHORTEST:
            kept.append(place)
    return kept


def rows_of(grid: Grid, words: Sequence[Word]) -> list[Line]:
    """One line per row. A merged cell gives its text once, in the first row and column that it covers."""
    columns, rows = len(grid.xs) - 1, len(grid.ys) - 1
    owner = _owners(grid)
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = _slot(grid.ys, word.middle)
        column = _slot(grid.xs, (word.left + word.right) / 2)
        inside.setdefault(owner[row, column], []).append(word)
    if _is_layout(columns, inside):
        ordered = [inside.get((row, column), []) for column in range(columns) for row in range(rows)]
        return [line for cell in ordered for line in lines_of(cell)]
    lines = []
    for row in range(rows):
        cells = [tuple(_in_order(inside.get((row, column), []))) for column in range(columns)]
        if any(cells):
            lines.append(Line(tuple(cells), table=True))
    return lines


def _owners(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell → the first cell of the merged one that it is part of: cells without a rule between them are one."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            x, y = (grid.xs[column] + grid.xs[column + 1]) / 2, (grid.ys[row] + grid.ys[row + 1]) / 2
            if column and not _ruled(grid, False, grid.xs[column], y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _ruled(grid, True, grid.ys[row], x):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return owner


def _ruled(grid: Grid, level: bool, at: float, beside: float) -> bool:
    return any(r.level == level and abs(r.at - at) <= SHORTEST and r.start <= beside <= r.end for r in grid.rules)


def _slot(places: list[float], at: float) -> int:
    return max(0, min(sum(place <= at for place in places) - 1, len(places) - 2))


def _is_layout(columns: int, inside: dict[tuple[int, int], list[Word]]) -> bool:
    """A letterhead or a signature block set as a table with borders is no table of duties."""
    if columns > 2:
        return False
    text = " ".join(word.text for cell in inside.values() for word in cell)
    return bool(rx(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|\bNơi nhận\s*:").search(text))


def _in_order(words: list[Word]) -> list[Word]:
    return [word for line in lines_of(words) for word in line.words]


def arrange(words: Sequence[Word], grids: Sequence[Grid]) -> list[Line]:
    """All lines of a page from above: text, table, text. Blocks are numbered through the page."""
    lines: list[Line] = []
    left = list(words)
    for grid in grids:
        above = [word for word in left if word.middle < grid.ys[0] and not grid.holds(word)]
        inside = [word for word in left if grid.holds(word)]
        taken = {id(word) for word in (*above, *inside)}
        left = [word for word in left if id(word) not in taken]
        _append(lines, lines_of(above))
        _append(lines, rows_of(grid, inside))
    _append(lines, lines_of(left))
    return lines


def _append(lines: list[Line], more: list[Line]) -> None:
    first = max((line.block for line in lines), default=-1) + 1
    lines += [replace(line, block=line.block + first) for line in more]
