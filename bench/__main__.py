"""Every figure that is promised, in one table: `python -m bench [part …]`. Nothing here runs in the tests."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

from bench import (
    board,
    commands,
    delivery,
    documents,
    formats,
    hostile,
    memory,
    pictures,
    reading,
    review,
    sheets,
    slots,
    turn,
)
from bench.figure import Figure

PARTS = {
    "board": board.measure,
    "board-million": board.measure_million,
    "commands": commands.measure,
    "delivery": delivery.measure,
    "documents": documents.measure,
    "formats": formats.measure,
    "hostile": hostile.measure,
    "pictures": pictures.measure,
    "reading": reading.measure,
    "review": review.measure,
    "sheets": sheets.measure,
    "turn": turn.measure,
    "slots": slots.measure,
    "memory": memory.measure,
}


def machine() -> str:
    """What the figures were taken on."""
    return f"{platform.node()} · {os.cpu_count()} cores · {platform.machine()} · Python {platform.python_version()}"


def main(names: list[str]) -> int:
    """Print the table; 1 if a figure misses its aim."""
    print(machine())
    missed = 0
    for figure in _figures(names or list(PARTS)):
        print(figure.line(), flush=True)
        missed += not figure.met
    return 1 if missed else 0


def _figures(names: list[str]) -> Iterator[Figure]:
    for name in names:
        yield from PARTS[name]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
