"""The installed program: it starts quickly, helps, and ends quietly when nobody listens any more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from models import clock
from tests.cli import Cli
from tests.letters import SEED

COMMANDS = ["assign", "backup", "check", "demo", "department", "digest", "import", "link", "login", "migrate", "read",
            "rehearse", "restore", "run", "say", "tasks", "unlink",
            "verify-log", "webhook"]  # fmt: skip


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A new folder; office time is Monday 24 July 2023, 07:10."""
    yield Cli(tmp_path)
    clock.run_free()


def installed(cli: Cli, *words: str) -> subprocess.CompletedProcess[bytes]:
    program = Path(sys.executable).with_name("dondoc")
    return subprocess.run([program, *words], capture_output=True, env=cli.env, check=False)


def test_the_installed_program_reads_the_seed_whatever_the_locale(cli: Cli) -> None:
    cli.env["LC_ALL"] = "C"
    done = installed(cli, "read", str(SEED), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["number"] == "788/SVHTTDL-VP"


def test_a_reader_that_goes_away_is_no_traceback(cli: Cli) -> None:
    program = Path(sys.executable).with_name("dondoc")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([program, "read", str(SEED), "--text"], env=cli.env, **pipes) as run:  # type: ignore[call-overload]
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()
        assert b"Traceback" not in run.stderr.read()


def test_help_names_every_command_and_imports_nothing_heavy(cli: Cli) -> None:
    shown = cli.run("--help")
    assert shown.exit_code == 0
    names = [line.split()[0] for line in shown.stdout.partition("Commands:")[2].splitlines() if line.strip()]
    assert sorted(names) == COMMANDS
    code = "import sys, dondoc; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=config.HOME, check=True, text=True)
    assert {"sqlmodel", "sqlalchemy", "starlette", "alembic", "reading"} & set(done.stdout.split()) == set()


def test_without_words_the_help_is_shown(cli: Cli) -> None:
    shown = cli.run()
    assert (shown.exit_code, shown.stdout) == (0, cli.run("--help").stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(cli: Cli, command: str) -> None:
    shown = cli.run(command, "--help")
    assert shown.exit_code == 0 and shown.stdout.startswith("Usage: ")
