"""What comes out of a file, and what may be spent on getting it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]  # page n of m is being recognised


@dataclass(frozen=True)
class Extracted:
    """The text of a file. `doubtful`: spans in it of words that the recognition of a scan is unsure of."""

    text: str
    doubtful: tuple[tuple[int, int], ...] = ()
    recognised: bool = False  # some page went through recognition


@dataclass(frozen=True)
class Limits:
    """What the reader of one file may use: `seconds` for all of it, `silence` from one reported page to the next.

    The bytes are limits on each process, the programs that a reader starts included.
    """

    seconds: float = 600
    silence: float = 60
    memory_bytes: int = 2 << 30
    file_bytes: int = 256 << 20
