"""All tasks as they stood when a weekly report was frozen: the last sheet of its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlmodel import Session

from models.exporting import Line, how_many, lines

MOST = 5000
"""An office with more tasks has them as they stand today, on the page of the whole list: kept week by week they would
fill its database."""


def all_tasks(session: Session, at: datetime) -> list[dict[str, Any]] | None:
    """Every duty at `at` as JSON values; None when there are too many to be kept."""
    return None if how_many(session) > MOST else [_plain(line) for line in lines(session, at)]


def read(made: Iterable[dict[str, Any]]) -> Sequence[Line]:
    """The lines that `all_tasks` gave."""
    found: list[Line] = _reader().validate_python(list(made))
    return found


def _plain(line: Line) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, (date, datetime, time)) else value
            for name, value in asdict(line).items()}  # fmt: skip


@cache
def _reader() -> Any:
    from pydantic import TypeAdapter  # made when the first workbook is written: it takes its time

    return TypeAdapter(list[Line])
