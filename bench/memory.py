"""Memory of the service when nothing happens."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure

DONDOC = Path(sys.executable).with_name("dondoc")


def measure() -> Iterator[Figure]:
    """Resident memory of `dondoc run` ten seconds after it answers."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        env = {**os.environ, "DONDOC_DATA_DIR": folder, "DONDOC_PORT": str(port)}
        process = subprocess.Popen([DONDOC, "run"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _until_it_answers(port)
            time.sleep(10)
            yield Figure("idle memory of dondoc run", _resident_mb(process.pid), 150, "MB")
        finally:
            process.terminate()
            process.wait(10)


def _until_it_answers(port: int) -> None:
    for _ in range(150):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("dondoc run did not answer in 15 s")


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmRSS")
