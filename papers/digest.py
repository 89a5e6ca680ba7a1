"""The weekly report: a frozen snapshot of where everything stands, and its files.

Every paper is made from the snapshot, so that the picture, the text and the message cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from models.base import rules_of
from models.event import Seal
from models.indicator import Indicator, IndicatorValue
from models.organisation import Unit
from models.owing import Block, Owing, due_between, for_office, overdue, waiting
from models.queries import Figures, Ledger, by_unit, ledger
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Waiting
from papers.picture import digest_svg
from papers.text import digest_text, title

LIMIT = 200
"""Tasks of one list that a snapshot keeps; the counts beside it are exact."""


@dataclass(frozen=True)
class UnitLine:
    """One unit at a glance."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Below:
    """An indicator whose last value is under its target. Decimals as text."""

    name: str
    value: str
    target: str
    unit: str
    day: date


@dataclass(frozen=True)
class Digest:
    """What the weekly report says at one moment.

    `overdue`: owed by units. `for_office`, `for_signature`: waiting for two working days or more, not owed. `due_week`:
    from its first day (or today) to its Sunday, `due_week_above` of them set by a higher authority. `units_in_charge`:
    codes of the units of the leader it is for; None: of everyone.
    """

    at: datetime
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
    units_in_charge: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """The snapshot as JSON values, rates with what they are of."""
        made: dict[str, Any] = _plain(asdict(self))
        total = self.total
        made["rates"] = {
            "on_time": {"of": total.came_due, "count": total.done_on_time, "rate": total.on_time_rate},
            "done": {"of": total.duties, "count": total.completed, "rate": total.done_rate},
        }
        return made


def snapshot(session: Session, at: datetime, for_leader: int | None = None, week: date | None = None) -> Digest:
    """Freeze the report at `at`. `for_leader`: whose units it asks an opinion on; the Director is asked about all.
    `week`: a day of the week it is for (a draft is made in the week before)."""
    today = at.astimezone(OFFICE_ZONE).date()
    start = max(week or today, today)
    due_week = due_between(session, start, start + timedelta(6 - start.weekday()), limit=LIMIT)
    seal = session.exec(select(Seal.hash).order_by(col(Seal.id).desc()).limit(1)).first()
    units = tuple(UnitLine(unit.code, unit.name, figures) for unit, figures in by_unit(session, at))
    since, before = today - timedelta(7), today - timedelta(1)
    shown_after = rules_of(session).waiting_shown_after_days
    return Digest(
        at=at,
        total=sum((line.figures for line in units), Figures()),
        units=units,
        overdue=overdue(session, at, limit=LIMIT),
        for_office=_waited(for_office(session, at, limit=LIMIT), shown_after),
        for_signature=_waited(waiting(session, at, Waiting.SUBMITTED, limit=LIMIT), shown_after),
        due_week=due_week,
        due_week_above=sum(task.due_set_by is DueSetBy.AUTHORITY for task in due_week.tasks),
        below_target=_below_target(session, today),
        seal=seal,
        messages=ledger(session, since, before),
        units_in_charge=_in_charge(session, for_leader),
    )


def weekly(session: Session, at: datetime, week: date, leader_id: int | None, language: str) -> Callable[[int], str]:
    """The report's text, with so many lines to a list: what `bot.render` asks for."""
    return partial(digest_text, snapshot(session, at, leader_id, week), language)


def weekly_of_one_moment() -> Callable[[Session, datetime, date, int | None, str], Callable[[int], str]]:
    """`weekly` for the readers of one delivery: they are told the same, so the report is made for the first of them,
    and of each other reader only the units in charge are asked."""
    made: dict[tuple[datetime, date], Digest] = {}

    def report(
        session: Session, at: datetime, week: date, leader_id: int | None, language: str
    ) -> Callable[[int], str]:
        if (at, week) not in made:
            made[(at, week)] = snapshot(session, at, None, week)
        digest = replace(made[(at, week)], units_in_charge=_in_charge(session, leader_id))
        return partial(digest_text, digest, language)

    return report


def write_digest(digest: Digest, folder: Path, language: str = "vi") -> list[Path]:
    """digest.json, digest.txt and digest.svg in `folder` (made if need be); their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "digest.json": json.dumps(digest.to_json(), ensure_ascii=False, indent=1) + "\n",
        "digest.txt": f"{title(digest, language)}\n{digest_text(digest, language, LIMIT)}\n",
        "digest.svg": digest_svg(digest, language),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [folder / name for name in files]


def _waited(block: Block, days: int) -> Block:
    """Only what has waited for so many working days. The longest waiting come first, so none of them is cut off."""
    long = tuple(task for task in block.tasks if task.days >= days)
    return Block(block.total if len(long) == len(block.tasks) else len(long), long)


def _below_target(session: Session, today: date) -> tuple[Below, ...]:
    newest = (
        select(func.max(IndicatorValue.id))
        .where(col(IndicatorValue.day) <= today)
        .group_by(col(IndicatorValue.indicator_id))
    )
    query = (
        select(Indicator, IndicatorValue)
        .join(IndicatorValue, col(IndicatorValue.indicator_id) == Indicator.id)
        .where(col(IndicatorValue.id).in_(newest), col(IndicatorValue.value) < col(Indicator.target))
        .order_by(col(Indicator.id))
    )
    return tuple(
        Below(indicator.name, _number(value.value), _number(indicator.target), indicator.unit, value.day)
        for indicator, value in session.exec(query)
    )


def _number(value: Any) -> str:
    """68.4200 → 68.42."""
    return f"{value.normalize():f}"


def _in_charge(session: Session, leader_id: int | None) -> tuple[str, ...] | None:
    """Codes of a leader's units; None for the Office, and for the head of the leaders' unit, who answers for all."""
    if leader_id is None:
        return None
    units = session.exec(select(Unit).where(Unit.leader_id == leader_id, col(Unit.valid_to) == None)).all()  # noqa: E711
    return None if any(unit.is_leaders for unit in units) else tuple(unit.code for unit in units)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


__all__ = ["Below", "Digest", "Owing", "UnitLine", "digest_text", "snapshot", "weekly",
           "weekly_of_one_moment", "write_digest"]  # fmt: skip
