"""Start-up: whole processes, as a person waits for them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, median, timed

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "demo_data" / "788-SVHTTDL-VP.txt"
DONDOC = Path(sys.executable).with_name("dondoc")


def measure() -> Iterator[Figure]:
    """`dondoc --help`; `dondoc read` of the seed without a database and with one."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "DONDOC_DATA_DIR": folder}
        yield _whole("dondoc --help", ["--help"], env, 0.3)
        yield _whole("dondoc read (seed, no database)", ["read", str(SEED), "--json"], env, 0.6)
        subprocess.run([DONDOC, "migrate"], env=env, check=True, capture_output=True)
        yield _whole("dondoc read (seed, with a database)", ["read", str(SEED), "--json"], env, 0.6)


def _whole(name: str, arguments: list[str], env: dict[str, str], aim: float) -> Figure:
    def step() -> None:
        subprocess.run([DONDOC, *arguments], env=env, check=True, capture_output=True)

    took = [ms / 1000 for ms in timed(step, 9)]
    return median(f"{name}, whole process", took, aim, "s")
