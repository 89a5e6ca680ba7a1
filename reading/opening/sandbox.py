"""A file of a stranger is opened in a process of its own, with little memory, little time and no secrets.

Whatever becomes of that process (a crash, an endless loop, all memory eaten), here it is one named refusal. The file
goes in as an anonymous file in memory; lines of JSON come back (reading/opening/child.py says which).
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from reading import errors
from reading.errors import BrokenDocument, OversizedDocument, ReadingError, TooSlow
from reading.extracted import Extracted, Limits, Progress

CHILD = Path(__file__).resolve().with_name("child.py")
LARGEST_ANSWER = 64 << 20
REFUSALS = {one.reason: one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ReadingError)}


def run(reader: str, data: bytes, progress: Progress | None, limits: Limits) -> Extracted:
    """What `read` of the module named `reader` makes of `data`. Raises a ReadingError; what `progress` raises."""
    with _folder() as folder, _in_memory(data) as source:
        child = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", CHILD, reader, str(int(limits.seconds) + 1), str(limits.memory_bytes),
             str(limits.file_bytes)],
            stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=_environment(folder),
            start_new_session=True,
        )  # fmt: skip
        assert child.stdout is not None
        late = threading.Event()
        timer = threading.Timer(limits.seconds, _end, (child, late))
        timer.start()
        try:
            found = _answer(child.stdout, progress, limits.silence)
        finally:
            # Before it is waited for: until then nobody else can get its number. Its group goes too, for a program
            # that it started may outlive it.
            timer.cancel()
            timer.join()
            _kill(child)
            child.stdout.close()
            status = child.wait()
    if found is None:
        raise TooSlow() if late.is_set() else _death(status)
    return found


def _answer(pipe: IO[bytes], progress: Progress | None, silence: float) -> Extracted | None:
    """The last line of the child; None if it died without one."""
    for line in _lines(pipe.fileno(), silence):
        said = _parsed(line)
        if "refused" in said:
            raise _refusal(said)
        if "text" in said:
            return _extracted(said)
        if progress is not None:
            progress(*_page(said))
    return None


def _lines(pipe: int, silence: float) -> Iterator[bytes]:
    """Whole lines as they come. Raises TooSlow when none comes for `silence` seconds."""
    held: list[bytes] = []
    size = 0
    while True:
        if not select.select([pipe], [], [], silence)[0]:
            raise TooSlow()
        part = os.read(pipe, 1 << 20)
        if not part:
            return
        size += len(part)
        if size > LARGEST_ANSWER:
            raise OversizedDocument()
        *ended, rest = part.split(b"\n")
        if ended:
            ended[0] = b"".join((*held, ended[0]))
            held = []
        held.append(rest)
        yield from ended


def _parsed(line: bytes) -> dict[str, Any]:
    # The child may be in the hands of the file by now: what is not as agreed is a broken document, no fault of ours.
    try:
        said = json.loads(line)
    except ValueError:
        raise BrokenDocument() from None
    if not isinstance(said, dict) or not {"refused", "text", "page"} & said.keys():
        raise BrokenDocument()
    return said


def _page(said: dict[str, Any]) -> tuple[int, int]:
    try:
        return int(said["page"]), int(said["pages"])
    except (KeyError, TypeError, ValueError):
        raise BrokenDocument() from None


def _refusal(said: dict[str, Any]) -> ReadingError:
    error = REFUSALS.get(str(said["refused"]), BrokenDocument)()
    error.values = {**error.values, **{name: said[name] for name in error.values if isinstance(said.get(name), int)}}
    return error


def _extracted(said: dict[str, Any]) -> Extracted:
    try:
        text, recognised = str(said["text"]), bool(said["recognised"])
        spans = tuple((int(start), int(end)) for start, end in said["doubtful"])
    except (KeyError, TypeError, ValueError):
        raise BrokenDocument() from None
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        raise BrokenDocument()
    return Extracted(text, spans, recognised)


def _death(status: int) -> ReadingError:
    """Nobody here killed it: a limit did, or the machine when its memory was gone, or it fell over the file."""
    if status == -signal.SIGXCPU:
        return TooSlow()
    return OversizedDocument() if status == -signal.SIGKILL else BrokenDocument()


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # they have ended by themselves
        os.killpg(child.pid, signal.SIGKILL)


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours: no setting, no secret, no home of anybody."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    # With more threads than cores Tesseract takes six times as long.
    threads = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {"PATH": os.defpath, **kept, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", **threads}


@contextmanager
def _in_memory(data: bytes) -> Iterator[IO[bytes]]:
    """The bytes as a file that has no name and is on no disk."""
    with open(os.memfd_create("document"), "w+b", buffering=0) as file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        file.seek(0)
        yield file


@contextmanager
def _folder() -> Iterator[str]:
    """A private folder for what a reader must write down, gone afterwards."""
    folder = tempfile.mkdtemp(prefix="dondoc-")
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: str) -> None:
    for _ in range(100):
        try:
            shutil.rmtree(folder)
            return
        except OSError:  # a killed program may still be ending, and writing
            threading.Event().wait(0.02)
    shutil.rmtree(folder)
