"""The process in which one file is opened: `python child.py READER SECONDS MEMORY FILE_BYTES`, the file on its input.

READER is the module of a format, or module:function.

On its output one JSON document a line: {"page": 3, "pages": 12} while pages are being recognised, then either
{"text": …, "doubtful": [[start, end]], "recognised": false} or {"refused": "broken"}. Only the format asked for is
imported.
"""

import importlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any


def main() -> None:
    """Read, answer, end."""
    reader, seconds, memory, file_bytes = sys.argv[1], *(int(one) for one in sys.argv[2:5])
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_FSIZE, file_bytes)
    # The clock outside is quicker, unless the process out there has been killed. The lower one names itself (SIGXCPU).
    _limit(resource.RLIMIT_CPU, seconds, seconds + 5)
    answers = os.dup(1)
    # Libraries print; nothing but our lines may reach the other side.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Thread(target=_end_with_parent, args=(answers,), daemon=True).start()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

    def say(**said: Any) -> None:
        rest = json.dumps(said).encode() + b"\n"
        while rest:
            rest = rest[os.write(answers, rest) :]

    say(**_outcome(reader, lambda page, pages: say(page=page, pages=pages)))
    os._exit(0)  # nothing to put in order, and libraries may fall over their own end


def _end_with_parent(answers: int) -> None:
    """When nobody holds the other side any more, the service was stopped or killed: then nothing may outlive it."""
    other_side = select.poll()
    other_side.register(answers, 0)  # no wish, and still told of its end
    other_side.poll()
    shutil.rmtree(Path.cwd(), ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    """Never above what this machine grants anyway."""
    granted = resource.getrlimit(what)[1]
    most = sys.maxsize if granted == resource.RLIM_INFINITY else granted
    resource.setrlimit(what, (min(soft, most), min(soft if hard is None else hard, most)))


def _outcome(reader: str, progress: Any) -> dict[str, Any]:
    from reading.errors import ReadingError
    from reading.extracted import Extracted
    from reading.opening.guards import refuse_hostile

    try:
        data = sys.stdin.buffer.read()
        refuse_hostile(reader, data)
        module, _, name = reader.partition(":")
        read = getattr(importlib.import_module(module), name or "read")
        paged = read.__code__.co_argcount > 1
        found = read(data, progress) if paged else read(data)
        found = found if isinstance(found, Extracted) else Extracted(found)
        return {"text": found.text, "doubtful": found.doubtful, "recognised": found.recognised}
    except ReadingError as error:
        return {"refused": error.reason, **error.values}
    except MemoryError:
        return {"refused": "too_big"}
    except ModuleNotFoundError:
        return {"refused": "unsupported"}
    except Exception:  # whatever a library may raise over a damaged file; no word of it may leave
        return {"refused": "broken"}


if __name__ == "__main__":
    main()
