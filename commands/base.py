"""What every command stands on: the group that turns failures into sentences, the settings, the opened database."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from catalogue import text
from commands.failures import AskedWrongly, told

if TYPE_CHECKING:
    from config import Settings
    from models.base import Database

_language = "vi"


class Commands(TyperGroup):
    """Every failure is one sentence on standard error and an exit status, never a traceback."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
             standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any) -> Any:  # fmt: skip
        """Run one command line. An interrupted one ends with 130, as a shell expects."""
        global _language
        _language = "vi"
        args = list(sys.argv[1:] if args is None else args) or ["--help"]
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has gone (`| head`): nothing more to say, and nobody to say it to
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except KeyboardInterrupt:
            code = 130
        except Exception as error:
            sentence, code = told(error, _language)
            typer.echo(" ".join(sentence.split()), err=True)
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else 0)


def helped(name: str) -> str:
    """The help of a command or of one of its words."""
    return text(f"cli.help.{name}")


app = typer.Typer(
    cls=Commands, help=helped("dondoc"), add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help=helped("files"))]
Who = Annotated[str, typer.Argument(metavar="WHO", help=helped("who"))]
AsJson = Annotated[bool, typer.Option("--json", help=helped("json"))]


def settings_now() -> Settings:
    """The settings; DONDOC_NOW moves office time, as in drills. From here on people read their language."""
    import config
    from models import clock

    global _language
    settings = config.load()
    _language = settings.language
    if settings.now is not None:
        clock.start_at(settings.now)
    return settings


def language() -> str:
    """The language of what is printed."""
    return _language


@contextmanager
def opened() -> Iterator[tuple[Settings, Database]]:
    """The settings and the database, made, migrated and founded if there was none."""
    import storage

    settings = settings_now()
    database = storage.open_database(settings)
    try:
        yield settings, database
    finally:
        database.close()


def quiet() -> None:
    """Keep what our own code logs off the terminal, where Python would print it when nobody has asked for it."""
    logging.getLogger().addHandler(logging.NullHandler())


def tell(key: str, **values: Any) -> None:
    """Print one sentence."""
    typer.echo(text(f"cli.{key}", _language, **values))


def print_json(value: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def contents(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """(name, bytes) of each file. Raises AskedWrongly for one that is not there."""
    for file in files:
        if not file.is_file():
            raise AskedWrongly("no_file", file=file)
    return [(_name(file), _beginning(file)) for file in files]


def _name(file: Path) -> str:
    """Bytes of a name that are no UTF-8 as �: neither a terminal nor a database takes them."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def _beginning(file: Path) -> bytes:
    """All of it, or enough to see that it is too large: of a disk's image not every byte must come into memory."""
    from reading.extract import LARGEST_FILE

    with file.open("rb") as opened_file:
        return opened_file.read(LARGEST_FILE + 1)


def day(given: str | None, default: date) -> date:
    """A day as typed, 2026-01-31. Raises AskedWrongly."""
    try:
        return date.fromisoformat(given) if given is not None else default
    except ValueError:
        raise AskedWrongly("bad_day", given=given) from None
