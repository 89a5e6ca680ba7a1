"""The command line in a folder of its own, at a moment of its own, without starting a process."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from typer.testing import CliRunner, Result

import config
import storage
from dondoc import app
from models import clock
from models.base import Database
from tests.letters import SEED

NOW = "2023-07-24T07:10:00+07:00"
DATABASE = "dondoc.db"


class Cli:
    """`run("tasks", "--json")` as a person types it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {"DONDOC_DATA_DIR": str(folder / "var"), "DONDOC_NOW": NOW}

    @classmethod
    def founded(cls, folder: Path) -> Cli:
        """With the department's database, as `dondoc migrate` makes it."""
        return cls(folder)._holding(_migrated())

    @classmethod
    def with_seed(cls, folder: Path) -> Cli:
        """With the seed, imported and assigned."""
        return cls(folder)._holding(_assigned())

    def copy(self, folder: Path) -> Cli:
        """The same office in another folder: copied in a hundredth of the time that making it takes."""
        shutil.copytree(self.folder / "var", folder / "var")
        return Cli(folder)

    def _holding(self, database: bytes) -> Cli:
        storage.make_folder(self.folder / "var")
        (self.folder / "var" / DATABASE).write_bytes(database)
        return self

    def run(self, *words: str | Path, **env: str) -> Result:
        """One command line with its streams apart; each begins at real time, as a process does."""
        clock.run_free()
        return CliRunner().invoke(app, [str(word) for word in words], env=self.env | env)

    def json(self, *words: str | Path) -> Any:
        """What a command prints as its one JSON document."""
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def refused(self, status: int, *words: str | Path, **env: str) -> str:
        """The one sentence of a command that fails; nothing else is printed."""
        result = self.run(*words, **env)
        lines = result.stderr.splitlines()
        assert (result.exit_code, len(lines), result.stdout) == (status, 1, ""), result.output
        assert lines[0].endswith(".") and "Traceback" not in lines[0]
        return lines[0]

    def file(self, name: str, data: bytes | str) -> Path:
        """A file beside the data folder."""
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def settings(self) -> config.Settings:
        """The settings that the commands go by."""
        return config.load(None, self.env)

    def database(self) -> Database:
        """The database that the commands made."""
        return storage.open_database(self.settings())


# All migrations and the founding take a third of a second, and they do the same in every folder: once is enough where
# a test begins with a department. A closed SQLite database is one file, so its bytes are the whole of it.


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        made = Cli(Path(folder))
        assert made.run("migrate").exit_code == 0
        return (made.folder / "var" / DATABASE).read_bytes()


@cache
def _assigned() -> bytes:
    with TemporaryDirectory() as folder:
        made = Cli.founded(Path(folder))
        made.json("import", SEED)
        made.json("assign", "1", "--waive")
        return (made.folder / "var" / DATABASE).read_bytes()
