"""Readers that go wrong in every way a library can over a stranger's file; they run in the child process only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Progress = Callable[[int, int], None]


def raises(data: bytes) -> str:
    """A library's own error, with words of the document in it."""
    raise ValueError(data.decode())


def prints(data: bytes) -> str:
    """Debug output of a library, on both streams."""
    print("xin chào")
    os.write(1, data)
    os.write(2, data)
    return data.decode()


def never_ends(_: bytes) -> str:
    """An endless loop over an object that contains itself."""
    while True:
        pass


def counts_for_ever(_: bytes, progress: Progress) -> str:
    """Always at work, never done."""
    while True:
        progress(1, 2)


def eats(_: bytes) -> str:
    """More memory than is granted."""
    return "x" * len(bytearray(8 << 30))


def writes(_: bytes) -> str:
    """A file larger than is granted."""
    Path("large").write_bytes(bytes(64 << 20))
    return "written"


def falls(data: bytes) -> str:
    """A fault of a library in C; `data` names the signal."""
    os.kill(os.getpid(), signal.Signals[data.decode()])
    return ""


def shouts(_: bytes) -> str:
    """A text without end."""
    return "a" * (5 << 20)


def lies(_: bytes) -> Any:
    """Spans that are not in the text."""
    from reading.extracted import Extracted

    return Extracted("abc", ((2, 9),))


def leaves_one_behind(_: bytes, progress: Progress) -> str:
    """Starts a program that would outlive it, and reports its number as a page."""
    progress(subprocess.Popen(["sleep", "600"]).pid, 0)
    return "done"


def leaves_one_and_hangs(_: bytes, progress: Progress) -> str:
    """The same, then never ends."""
    leaves_one_behind(b"", progress)
    return never_ends(b"")


def tells(_: bytes) -> str:
    """What it finds around it: its environment, its folder, and a file that it leaves there."""
    Path("left.txt").write_text("content", encoding="utf-8")
    return json.dumps({"environment": dict(os.environ), "folder": str(Path.cwd())})


def pages(data: bytes, progress: Progress) -> Any:
    """A scan of three pages, one word of which is doubtful; `data` is its text."""
    from reading.extracted import Extracted

    for page in (1, 2, 3):
        progress(page, 3)
    return Extracted(data.decode(), ((0, 4),), True)
