"""One line of `dondoc check`: in order, worth knowing, or to be looked at with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """good; note: nothing to do now; bad: somebody must look, and the command ends with 1."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line: `key` is the sentence `cli.check.<key>` in the catalogue."""

    level: Level
    key: str
    values: dict[str, object]


def good(key: str, **values: object) -> Finding:
    """In order."""
    return Finding(Level.GOOD, key, values)


def note(key: str, **values: object) -> Finding:
    """Worth knowing."""
    return Finding(Level.NOTE, key, values)


def bad(key: str, **values: object) -> Finding:
    """To be looked at."""
    return Finding(Level.BAD, key, values)
