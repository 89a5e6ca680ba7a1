"""The shape of the house: who may import whom, where time is read, and what no file may hold."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "build", "dist", "__pycache__", ".pytest_cache", ".hypothesis", ".mypy_cache",
            ".ruff_cache"}  # fmt: skip

MAY_IMPORT: dict[str, set[str]] = {
    "models": set(),
    "reading": set(),
    "catalogue": set(),
    "config_file": set(),
    "department": {"config_file"},
    "config_secret": {"config_file"},
    "config": {"config_file", "config_secret", "department", "models.rules"},
    "founding": {"department", "models"},
    "migrations": {"models"},
    "storage": {"config", "founding", "migrations", "models"},
    "backup": {"migrations", "storage"},
    "bot": {"models", "catalogue"},
    "papers": {"models", "catalogue"},
    "office": {"department", "reading"},
    "draft": {"models", "reading"},
    "remembering": {"models", "reading", "office"},
    "intake": {"models", "reading", "draft", "office", "remembering"},
    "instructing": {"models", "bot"},
    "replacing": {"models"},
    "drafting": {"models", "reading", "bot", "draft", "intake", "remembering"},
    "takeover": {"models", "reading", "drafting"},
    "finding": set(),
    "checks_channels": {"config", "finding", "models"},
    "checks": {"checks_channels", "config", "finding", "founding", "models", "storage"},
    "jobs": {"models", "bot", "papers", "catalogue"},
    "web": {"models", "bot", "papers", "intake", "instructing", "remembering", "replacing", "drafting", "takeover",
            "catalogue"},
    "chats": {"config", "models", "bot", "intake", "web"},
}
BELOW_APP = set(MAY_IMPORT)
MAY_IMPORT["app"] = BELOW_APP
MAY_IMPORT["rehearse"] = MAY_IMPORT["demo"] = BELOW_APP | {"app"}
MAY_IMPORT["commands"] = BELOW_APP | {"app", "rehearse", "demo"}
MAY_IMPORT["dondoc"] = {*MAY_IMPORT["commands"], "commands"}
MAY_IMPORT["bench"] = MAY_IMPORT["tests"] = {*MAY_IMPORT["dondoc"], "dondoc", "bench", "tests"}

READS_TIME = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("func", "now"),
    ("func", "current_timestamp"), ("time", "time"), ("time", "time_ns"), ("time", "monotonic"),
    ("time", "perf_counter"), ("time", "sleep"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
MAY_READ_TIME = {"models/clock.py"}

# In pieces, so that this file does not hold them itself.
NEVER = ["../sha" + "red", "/wo" + "rk/", "iss" + "ue #", "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org",
         "deb." + "debian.org"]  # fmt: skip


def files() -> Iterator[Path]:
    """Every file of the project, seen from its root."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.name in NOT_OURS or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path.relative_to(ROOT)

    return walk(ROOT)


class Module(NamedTuple):
    """What the rules ask of one module: the names that it imports, and where it reads the time."""

    imports: list[str]
    time_readings: list[tuple[int, str]]


@cache
def modules() -> dict[Path, Module]:
    """Every module, parsed and walked once, and only where these tests run; the trees are not kept, they are large."""
    found = {}
    for path in files():
        if path.suffix == ".py":
            nodes = list(ast.walk(ast.parse((ROOT / path).read_bytes())))
            found[path] = Module(list(imported(nodes)), list(time_readings(nodes)))
    return found


def part_of(path: Path) -> str:
    """The part of the house that a file belongs to: models, bot, config…"""
    return path.parts[0].removesuffix(".py")


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Dotted names that a module imports, late imports included."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(name: str, part: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in MAY_IMPORT[part] | {part})


def against_the_direction() -> list[str]:
    return [
        f"{path} imports {name}"
        for path, module in modules().items()
        for name in module.imports
        if name.split(".")[0] in MAY_IMPORT and not allowed(name, part_of(path))
    ]


def test_every_module_belongs_to_a_known_part() -> None:
    assert {part_of(path) for path in modules()} <= set(MAY_IMPORT)


def test_nothing_points_back() -> None:
    assert against_the_direction() == []


@pytest.mark.parametrize(
    ("part", "name", "fits"),
    [
        ("models", "models.base.Table", True),
        ("models", "bot.texts", False),
        ("config", "models.rules.Rules", True),
        ("config", "models.task.Task", False),
        ("bot", "jobs.announce", False),
        ("web", "jobs.announce", False),
        ("app", "demo.run", False),
        ("demo", "app.App", True),
    ],
)
def test_the_rule_itself_tells_right_from_wrong(part: str, name: str, fits: bool) -> None:
    assert allowed(name, part) is fits


def test_time_is_read_in_one_place() -> None:
    found = []
    for path, module in modules().items():
        if path.as_posix() in MAY_READ_TIME or path.parts[0] == "bench":
            continue
        found += [f"{path}:{line} reads {name}" for line, name in module.time_readings]
    assert found == []


def time_readings(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if (owner.lstrip("_"), node.attr) in READS_TIME:
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, f"time.{alias.name}") for alias in node.names)


def test_the_time_rule_sees_every_way_of_reading_it() -> None:
    source = "import datetime as d, time\ndatetime.now()\ndatetime.datetime.now()\ntime.time()\nfrom time import time\n"
    assert [line for line, _ in time_readings(ast.walk(ast.parse(source)))] == [5, 2, 3, 4]
    assert list(time_readings(ast.walk(ast.parse("clock.now(); clock.today(); time(7, 30)")))) == []


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    words = [word.encode() for word in NEVER]
    found = [f"{path}: {word.decode()}" for path in files() for word in words if word in (ROOT / path).read_bytes()]
    assert found == []


def test_the_lock_is_only_names_versions_and_hashes() -> None:
    line = re.compile(r"[a-z0-9-]+==[\w.]+ \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [wrong for wrong in lock if not line.fullmatch(wrong)] == []


def test_every_direct_dependency_is_locked() -> None:
    asked = [row.split("==") for row in (ROOT / "requirements.in").read_text(encoding="utf-8").split("\n")]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name, *version in (row for row in asked if row[0] and not row[0].startswith("#")):
        assert re.search(rf"^{re.escape(name)}=={re.escape(version[0]) if version else ''}", lock, re.M), name


def test_every_module_at_the_root_is_installed() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["py-modules"]
    assert {path.stem for path in modules() if len(path.parts) == 1} <= set(declared)
