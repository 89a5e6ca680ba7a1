"""The command line of Đôn Đốc. Each command imports what it needs when it runs, so that --help and read stay quick."""

from __future__ import annotations

import sys

from commands import channels, directives, people, service
from commands.base import app

__all__ = ["app", "channels", "directives", "main", "people", "service"]


def main() -> None:
    """The entry point `dondoc`."""
    for stream in (sys.stdout, sys.stderr):
        # A name of a file may hold bytes that are no UTF-8.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()


if __name__ == "__main__":
    main()
