"""What moved since the last weekly report, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.figures import Figures
from models.rules import OFFICE_ZONE
from papers.weekly.frozen import less
from papers.words import share, text, two

if TYPE_CHECKING:
    from papers.weekly.frozen import Digest


def change_lines(digest: Digest, language: str, most: int, *, brief: bool = False) -> list[str]:
    """What became more and what less: overdue with the codes that came and went, completed, all duties, and (unless
    `brief`) the on-time rate of then with what it was of. Nothing in a first report."""
    last = digest.last
    if last is None:
        return []
    moved = last.total
    said = [
        _said("overdue", moved.overdue, language) + _codes("new", last.new_overdue, language, most)
        + _codes("gone", last.no_longer_overdue, language, most),
        _said("completed", moved.completed, language),
        _said("duties", moved.duties, language),
        *([] if brief else _rate_then(digest.total, moved, language)),
    ]  # fmt: skip
    day = f"{last.at.astimezone(OFFICE_ZONE):%d/%m}"
    return [text("change", language, day=day, parts="; ".join(said))]


def grown(difference: int) -> str:
    """+2; −1; ±0."""
    return f"+{difference}" if difference > 0 else f"−{-difference}" if difference else "±0"


def _said(name: str, difference: int, language: str) -> str:
    how = "more" if difference > 0 else "less" if difference else "same"
    return text(f"change.{how}", language, what=text(f"change.{name}", language), by=two(abs(difference)))


def _codes(name: str, codes: tuple[str, ...], language: str, most: int) -> str:
    """Which came, or went; of many how many more."""
    if not codes:
        return ""
    left = len(codes) - most
    named = ", ".join(codes[:most]) + (text("change.more_codes", language, count=two(left)) if left > 0 else "")
    return text(f"change.{name}", language, count=two(len(codes)), codes=named)


def _rate_then(now: Figures, moved: Figures, language: str) -> list[str]:
    then = less(now, moved)
    if not then.came_due:
        return []
    rate = share(then.done_on_time, then.came_due, language)
    return [text("change.rate", language, rate=rate, count=two(then.done_on_time), of=two(then.came_due))]
