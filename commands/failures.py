"""Whatever goes wrong on the command line → one sentence and an exit status: 1 could not, 2 was asked wrongly.

Errors are told apart by the names of their classes: importing the classes would cost every command what only some use.
"""

from __future__ import annotations

import traceback
from pathlib import Path

COULD_NOT, ASKED_WRONGLY = 1, 2
HOME = Path(__file__).resolve().parent.parent


class Failure(Exception):
    """Something that a command itself has found out: `key` is its sentence in the catalogue."""

    status = COULD_NOT

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class AskedWrongly(Failure):
    """The same, when the words of the command were wrong: no such file, person, unit or draft."""

    status = ASKED_WRONGLY


def told(error: BaseException, language: str) -> tuple[str, int]:
    """The sentence for `error` and the exit status. No word of a document and no secret stands in it."""
    from catalogue import text

    key, values, status = _of(error)
    return (str(values["sentence"]) if key is None else text(f"cli.{key}", language, **values)), status


def _of(error: BaseException) -> tuple[str | None, dict[str, object], int]:
    names = {one.__name__ for one in type(error).__mro__}
    if isinstance(error, Failure):
        return error.key, error.values, error.status
    if "ConfigError" in names:
        return None, {"sentence": error}, COULD_NOT
    if "ReadingError" in names:
        return f"reading.{getattr(error, 'reason', 'unreadable')}", dict(getattr(error, "values", {})), COULD_NOT
    if "StorageError" in names:
        return f"storage.{getattr(error, 'why', '')}", {"detail": getattr(error, "detail", "")}, COULD_NOT
    if "BadAnswers" in names:
        return "answers", {"entry": error}, ASKED_WRONGLY
    if "EvidenceTooLarge" in names:
        return "too_large", {}, COULD_NOT
    if "DBAPIError" in names or "DatabaseError" in names:
        return "storage.failed", {"detail": _first_line(getattr(error, "orig", error))}, COULD_NOT
    if "UsageError" in names:
        return _usage(error)
    if isinstance(error, OSError):
        return "system", {"what": error.strerror or type(error).__name__, "file": error.filename or ""}, COULD_NOT
    return "unexpected", {"what": type(error).__name__, "where": _where(error)}, COULD_NOT


def _usage(error: BaseException) -> tuple[str, dict[str, object], int]:
    """What Typer says in English of a command line that does not fit."""
    command = getattr(getattr(error, "ctx", None), "command_path", "dondoc")
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    if option is not None:
        return "usage.option", {"option": option, "command": command}, ASKED_WRONGLY
    if type(error).__name__ == "MissingParameter":
        return "usage.missing", {"what": getattr(param, "metavar", None) or getattr(param, "name", ""),
                                 "command": command}, ASKED_WRONGLY  # fmt: skip
    if param is not None:
        return "usage.value", {"what": getattr(param, "name", ""), "command": command}, ASKED_WRONGLY
    return "usage.other", {"command": command}, ASKED_WRONGLY


def _where(error: BaseException) -> str:
    """The last place of ours that the error went through: enough to report, and no content."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(HOME)]
    ours = [frame for frame in frames if ".venv" not in frame.filename]
    return f"{Path(ours[-1].filename).relative_to(HOME)}:{ours[-1].lineno}" if ours else "?"


def _first_line(error: object) -> str:
    return str(error).partition("\n")[0]
