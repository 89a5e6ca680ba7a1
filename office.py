"""The words by which a document may mean this office, its units and its groups: from the database, else from the file.

Plain SQL, so that `dondoc read` can ask an SQLite file without the half second that the models take to import.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from department import Department
from reading.model import GroupNames, OfficeNames, UnitNames

Rows = Callable[[str, dict[str, Any]], Iterable[Any]]
"""Runs one SELECT with named values (`:day`) and gives its rows."""

_VALID = "(valid_from IS NULL OR valid_from <= :day) AND (valid_to IS NULL OR valid_to >= :day)"
_OFFICE = "SELECT name, aliases, member_of FROM department"
_UNITS = f"SELECT id, code, name, aliases FROM unit WHERE {_VALID} ORDER BY position, id"
_GROUPS = "SELECT id, name, aliases FROM unit_group ORDER BY id"
_MEMBERS = "SELECT group_id, unit_id FROM group_member"


def names_in_file(department: Department) -> OfficeNames:
    """The names that config.toml gives."""
    return OfficeNames(
        department.name, department.aliases, department.member_of,
        tuple(UnitNames(unit.code, unit.name, unit.aliases) for unit in department.units),
        tuple(GroupNames(group.name, group.aliases, group.units) for group in department.groups),
    )  # fmt: skip


def names_in_database(rows: Rows, day: date) -> OfficeNames | None:
    """The names of the units that there are on `day`; None when no department has been loaded."""
    office = next(iter(rows(_OFFICE, {})), None)
    if office is None:
        return None
    units = list(rows(_UNITS, {"day": day.isoformat()}))
    members: dict[int, set[int]] = {}
    for group_id, unit_id in rows(_MEMBERS, {}):
        members.setdefault(group_id, set()).add(unit_id)
    groups = [
        GroupNames(name, _texts(aliases), tuple(code for unit_id, code, *_ in units if unit_id in members.get(key, ())))
        for key, name, aliases in rows(_GROUPS, {})
    ]
    return OfficeNames(
        office[0], _texts(office[1]), _texts(office[2]),
        tuple(UnitNames(code, name, _texts(aliases)) for _, code, name, aliases in units), tuple(groups),
    )  # fmt: skip


def _texts(value: Any) -> tuple[str, ...]:
    """A JSON column read without its type: text on SQLite, a list on PostgreSQL."""
    return tuple(json.loads(value) if isinstance(value, str) else value)
