"""The README's tables say what the code and the shipped config.toml say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

import pytest

import config
from models.rules import Rules

SOURCE = (config.HOME / "config.py").read_text(encoding="utf-8")
SHIPPED = tomllib.loads((config.HOME / "config.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[list[str]]:
    """The cells of every table row, without their table's head."""
    lines = (config.HOME / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


def in_code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def shipped(key: str) -> Any:
    value: Any = SHIPPED
    for part in key.split("."):
        value = value.get(part, {})
    return value


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_table_names_every_variable_and_no_other(name: str) -> None:
    told = {word for row in rows(name) for word in in_code(row[0]) if word.startswith("DONDOC_")}
    assert told == set(re.findall(r"DONDOC_[A-Z]+(?:_[A-Z]+)*", SOURCE))


def test_the_table_names_every_rule_and_no_other() -> None:
    told = [word for row in rows("README.md") for word in in_code(row[0]) if word.startswith("rules.")]
    assert sorted(told) == sorted(f"rules.{rule.name}" for rule in fields(Rules))


def test_the_table_shows_what_is_shipped() -> None:
    in_file = [row for row in rows("README.md") if row[1] and not row[0].startswith("`DONDOC_")]
    assert len(in_file) > 20
    for key_cell, shipped_cell, *_ in in_file:
        for key, value in zip(in_code(key_cell), in_code(shipped_cell), strict=True):
            assert tomllib.loads(f"x = {value}")["x"] == shipped(key), key


def test_what_the_table_leaves_empty_is_not_shipped() -> None:
    empty = [key for row in rows("README.md") if not row[1] for key in in_code(row[0])]
    assert empty and [key for key in empty if shipped(key) != {}] == []


@pytest.mark.parametrize("name", ["docs/house.md", "README.md", "README.vi.md"])
def test_every_file_and_picture_it_names_is_there(name: str) -> None:
    text = (config.HOME / name).read_text(encoding="utf-8")
    named = re.findall(r"`([\w.]+/[\w./]*(?:/|\.py|\.js))`", text) if name == "docs/house.md" else []
    named += re.findall(r"\]\(([\w./]+)[#)]", text)
    assert named and [one for one in named if not (config.HOME / one).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_every_make_target_it_names_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (config.HOME / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"make ([a-z-]+)", (config.HOME / name).read_text(encoding="utf-8")))
    assert named and named - {"and"} <= targets
