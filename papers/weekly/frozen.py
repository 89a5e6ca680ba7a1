"""What a weekly report says, as plain data: made once (papers/weekly/digest.py), kept as JSON, and read back the same.

Every paper, picture, page and message of a week is made from it, so that no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from models.figures import Figures
from models.owing import Block
from models.queries import Ledger
from models.trend import Week
from papers.weekly.progress import ProgressLine

NONE = Block(0, ())


@dataclass(frozen=True)
class UnitLine:
    """One unit at a glance."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Below:
    """An indicator whose last value is under its target. Decimals as text. `owner`, `owner_code`: the unit that answers
    for it; `tasks`: codes of those that are to bring it there; `before`, `before_day`: the value before the last one,
    and `change`: from that to the last. `source`: where the last value comes from."""

    name: str
    value: str
    target: str
    unit: str
    day: date
    id: int = 0
    owner: str | None = None
    owner_code: str | None = None
    tasks: tuple[str, ...] = ()
    before: str | None = None
    before_day: date | None = None
    change: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Source:
    """The directive that a task comes from, and its item there."""

    directive_id: int
    number: str | None
    issued_on: date | None
    issuer: str | None
    item: str | None


@dataclass(frozen=True)
class Change:
    """What moved since the last frozen report, that of `week`, frozen at `at`.

    `total`, `units`: the figures now minus those then (so below 0 what became less), units by code. `new_overdue`,
    `no_longer_overdue`: codes that came into the category overdue, and that left it: the figure then, plus the one,
    minus the other, is the figure now.
    """

    week: date
    at: datetime
    total: Figures
    units: Mapping[str, Figures]
    new_overdue: tuple[str, ...]
    no_longer_overdue: tuple[str, ...]


@dataclass(frozen=True)
class Digest:
    """What the weekly report of `week` (its Monday) says at the moment `at`.

    `overdue`: owed by units; `beside`: late too, but for the time being not with their unit, and why (`beside_why`:
    code → reported, submitted, co_unit, refused); together they are `total.overdue`, whose numbers, all of them, are
    `overdue_numbers`. A list holds 5,000 tasks at most; its count is exact.

    `for_office`, `for_signature`: waiting for two working days or more, not owed. `due_week`: from its first day (or
    today) to its Sunday, `due_week_above` of them set by a higher authority. `reminded_whom`: code of an overdue task →
    role (head, deputy, focal, …) → days on which it was reminded; `sources`: code → the directive it comes from.
    `last_event`: id of the newest event that it knows of; what it says is what the events up to there tell.

    `note`: the Office's own sentence. `last`: None when there is no report before it. `weeks`: the last whole ones by
    what came due in them. `progress`: dated duties that are open or were completed in the last seven days, for the
    annex of the paper. `units_in_charge`: codes of the units of the leader it is for; None: of everyone.
    """

    at: datetime
    week: date
    total: Figures
    units: tuple[UnitLine, ...]
    overdue: Block
    for_office: Block
    for_signature: Block
    due_week: Block
    due_week_above: int
    below_target: tuple[Below, ...]
    seal: str | None
    messages: Ledger
    last_event: int = 0
    beside: Block = NONE
    beside_why: Mapping[str, str] = field(default_factory=dict)
    overdue_numbers: tuple[int, ...] = ()
    reminded_whom: Mapping[str, Mapping[str, tuple[date, ...]]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    note: str | None = None
    last: Change | None = None
    weeks: tuple[Week, ...] = ()
    progress: tuple[ProgressLine, ...] = ()
    units_in_charge: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """The snapshot as JSON values, rates with what they are of."""
        made: dict[str, Any] = _plain(self)
        total = self.total
        made["rates"] = {
            "on_time": {"of": total.came_due, "count": total.done_on_time, "rate": total.on_time_rate},
            "done": {"of": total.duties, "count": total.completed, "rate": total.done_rate},
        }
        return made

    @classmethod
    def of_json(cls, made: Mapping[str, Any]) -> Digest:
        """The snapshot that `to_json` gave: equal to it in every part."""
        found: Digest = _reader().validate_python(made)
        return found


def shortened(made: Mapping[str, Any], most: int) -> dict[str, Any]:
    """A report's JSON with so many tasks of each list, counts as they are, and without the progress list."""
    cut = {name: {**part, "tasks": part["tasks"][:most]} for name, part in made.items()
           if isinstance(part, Mapping) and "tasks" in part}  # fmt: skip
    kept = {task["code"] for part in cut.values() for task in part["tasks"]}
    told = {name: {code: value for code, value in made[name].items() if code in kept}
            for name in ("reminded_whom", "sources")}  # fmt: skip
    return {**made, **cut, **told, "progress": []}


def less(now: Figures, then: Figures) -> Figures:
    """How much the figures grew from `then` to `now`; below 0 where they became less."""
    return Figures(*(getattr(now, one.name) - getattr(then, one.name) for one in fields(Figures)))


@cache
def _reader() -> Any:
    from pydantic import TypeAdapter  # made when the first report is read: it takes its time

    return TypeAdapter(Digest)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value
