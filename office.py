"""The words by which a document may mean this office, its units and its groups: from the database, else from the file.

Plain SQL, so that `dondoc read` can ask an SQLite file without the half second that the models take to import.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from department import Department
from reading.model import GroupNames, OfficeNames, UnitNames
from reading.naming.ours import key

Rows = Callable[[str, dict[str, Any]], Iterable[Any]]
"""Runs one SELECT with named values (`:day`) and gives its rows."""

_VALID = "(valid_from IS NULL OR valid_from <= :day) AND (valid_to IS NULL OR valid_to >= :day)"
_OFFICE = "SELECT name, aliases, member_of FROM department"
_UNITS = f"SELECT id, code, name, aliases FROM unit WHERE {_VALID} ORDER BY position, id"
_GROUPS = "SELECT id, name, aliases FROM unit_group ORDER BY id"
_ENDED = ("SELECT id, code, name, aliases, valid_to FROM unit "
          "WHERE valid_to IS NOT NULL AND valid_to < :day ORDER BY position, id")
_SUCCESSORS = "SELECT id, successor_id FROM unit WHERE successor_id IS NOT NULL"
_REMEMBERED = "SELECT words, unit_ids FROM remembered_name WHERE issuer = :issuer ORDER BY id"
_MEMBERS = "SELECT group_id, unit_id FROM group_member"


def names_in_file(department: Department) -> OfficeNames:
    """The names that config.toml gives."""
    return OfficeNames(
        department.name, department.aliases, department.member_of,
        tuple(UnitNames(unit.code, unit.name, unit.aliases) for unit in department.units),
        tuple(GroupNames(group.name, group.aliases, group.units) for group in department.groups),
    )  # fmt: skip


def names_in_database(rows: Rows, day: date) -> OfficeNames | None:
    """The names of the units that there are on `day`, then those of units that have ended, with who took their work;
    None when no department has been loaded."""
    office = next(iter(rows(_OFFICE, {})), None)
    if office is None:
        return None
    units = list(rows(_UNITS, {"day": day.isoformat()}))
    members: dict[int, set[int]] = {}
    for group_id, unit_id in rows(_MEMBERS, {}):
        members.setdefault(group_id, set()).add(unit_id)
    groups = [
        GroupNames(name, _texts(aliases), tuple(unit[1] for unit in units if unit[0] in members.get(group, ())))
        for group, name, aliases in rows(_GROUPS, {})
    ]
    return OfficeNames(
        office[0], _texts(office[1]), _texts(office[2]),
        (*(UnitNames(code, name, _texts(aliases)) for _, code, name, aliases in units), *_ended(rows, day, units)),
        tuple(groups),
    )  # fmt: skip


def _ended(rows: Rows, day: date, units: list[Any]) -> list[UnitNames]:
    """Units that have ended and whose work another one has today; without one their name says nothing any more."""
    now, after = {unit_id: code for unit_id, code, *_ in units}, _successors(rows)
    found = []
    for unit_id, code, name, aliases, last in rows(_ENDED, {"day": day.isoformat()}):
        successor = today_of(unit_id, now, after)
        if successor is not None:
            found.append(UnitNames(code, name, _texts(aliases), _day(last), now[successor]))
    return found


def with_remembered(names: OfficeNames, rows: Rows, day: date, issuer: str | None) -> OfficeNames:
    """The names with the words that a clerk once corrected for this issuer. A unit that has ended gives way to its
    successor; words of which no unit is left say nothing."""
    if not issuer:
        return names
    now = {unit_id: code for unit_id, code, *_ in rows(_UNITS, {"day": day.isoformat()})}
    after = _successors(rows)
    known = []
    for words, unit_ids in rows(_REMEMBERED, {"issuer": key(issuer)}):
        ids = [today_of(one, now, after) for one in (json.loads(unit_ids) if isinstance(unit_ids, str) else unit_ids)]
        if codes := tuple(dict.fromkeys(now[one] for one in ids if one is not None)):
            known.append((words, codes))
    return replace(names, remembered=tuple(known))


def _successors(rows: Rows) -> dict[int, int]:
    return {row[0]: row[1] for row in rows(_SUCCESSORS, {})}


def today_of(unit_id: int, now: Mapping[int, str], after: Mapping[int, int]) -> int | None:
    """The unit itself, or the one of today that has its work; None when nobody took it."""
    seen: set[int] = set()
    while unit_id not in now:
        if unit_id in seen or unit_id not in after:
            return None
        seen.add(unit_id)
        unit_id = after[unit_id]
    return unit_id


def _day(value: Any) -> date:
    """A date column read without its type: text on SQLite, a date on PostgreSQL."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _texts(value: Any) -> tuple[str, ...]:
    """A JSON column read without its type: text on SQLite, a list on PostgreSQL."""
    return tuple(json.loads(value) if isinstance(value, str) else value)
