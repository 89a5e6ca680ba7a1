"""The command line in a folder of its own, at a moment of its own, without starting a process."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

import config
import storage
from dondoc import app
from models import clock
from models.base import Database

NOW = "2023-07-24T07:10:00+07:00"


class Cli:
    """`run("tasks", "--json")` as a person types it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {"DONDOC_DATA_DIR": str(folder / "var"), "DONDOC_NOW": NOW}

    def copy(self, folder: Path) -> Cli:
        """The same office in another folder: copied in a hundredth of the time that making it takes."""
        shutil.copytree(self.folder / "var", folder / "var")
        return Cli(folder)

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
