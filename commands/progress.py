"""What a person at a terminal sees while pages are being recognised."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from catalogue import text
from commands.base import language

if TYPE_CHECKING:
    from reading.extracted import Progress

START, ERASE = "\r", "\x1b[K"


@contextmanager
def shown() -> Iterator[Progress | None]:
    """One line on standard error that counts pages and is gone in the end; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return

    def page(number: int, pages: int) -> None:
        said = text("cli.recognising", language(), page=number, pages=pages)
        sys.stderr.write(f"{START}{said}{ERASE}")
        sys.stderr.flush()

    try:
        yield page
    finally:
        sys.stderr.write(f"{START}{ERASE}")
        sys.stderr.flush()
