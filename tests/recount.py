"""Counts everything anew from the event log alone, by code that shares nothing with the product's own counting.

The facts of every event name the columns it changed; folding them gives each duty as it stands. Days off come from the
library and the settings file, read here a second time.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import holidays
from sqlalchemy import text
from sqlmodel import Session

OFFICE = timezone(timedelta(hours=7))
SETTINGS = Path(__file__).resolve().parent.parent / "config.toml"
WORDS = {"dung_han_xong": "Hoàn thành đúng hạn", "qua_han_xong": "Hoàn thành quá hạn",
         "trong_han": "Đang thực hiện trong hạn", "qua_han": "Đang thực hiện quá hạn",
         "khong_han": "Không hạn"}  # fmt: skip
"""The official categories as papers write them."""
DONE, OPEN = {"completed"}, {"assigned", "acknowledged", "reported", "refused"}


@dataclass
class Duty:
    """One task as its events leave it. Instants are at the office."""

    id: int
    columns: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return self.columns.get(name)

    @property
    def code(self) -> str:
        return f"NV{self.columns['number']}"


def duties(session: Session, until: int = 1 << 40) -> list[Duty]:
    """Every task that is no parent, in the order in which they were made, as events up to the id `until` leave it."""
    found: dict[int, Duty] = {}
    rows = session.connection().execute(text(
        "SELECT event.task_id, event.verb, event.facts, task.number FROM event JOIN task ON task.id = event.task_id "
        "WHERE event.subject = 'task:' || event.task_id AND event.id <= :until ORDER BY event.task_id, event.seq"
    ), {"until": until})  # fmt: skip
    for task_id, verb, facts, number in rows:
        duty = found.setdefault(task_id, Duty(task_id))
        given = _facts(facts)
        duty.columns |= {name: value for name, value in given.items() if name != "before"}
        duty.columns["number"] = number
        if verb == "assigned":
            duty.columns |= {"unit_id": given["unit"], "state": "assigned"}
        if verb == "take_back":
            duty.columns |= {name: value for name, value in given.items() if name in duty.columns}
    return [one for one in found.values() if not one.is_parent]


def category(duty: Duty, now: datetime, leaders: set[int]) -> str | None:
    """The official category, by the rules of design §4 read anew."""
    if duty.state in ("suspended", "withdrawn"):
        return None
    if duty.due_on is None:
        return "khong_han"
    late = _late(duty, now) and duty.columns["class"] != "monitor" and duty.unit_id not in leaders
    if duty.state in DONE:
        return "qua_han_xong" if late else "dung_han_xong"
    return "qua_han" if late else "trong_han"


def counted(session: Session, now: datetime, until: int = 1 << 40) -> dict[str, Counter[str]]:
    """Unit code → how many duties in each category, with `completed`, `suspended` and `withdrawn` beside them."""
    codes, leaders = _units(session)
    found: dict[str, Counter[str]] = {}
    for duty in duties(session, until):
        counts = found.setdefault(codes[duty.unit_id], Counter())
        counts[category(duty, now, leaders) or duty.state] += 1
        counts["completed"] += duty.state in DONE
    return found


def overdue(session: Session, now: datetime) -> set[str]:
    """Codes of what is open and late and with its unit (not refused, not waiting for a leader or another unit)."""
    _, leaders = _units(session)
    return {duty.code for duty in duties(session) if category(duty, now, leaders) == "qua_han"
            and duty.state in ("assigned", "acknowledged") and duty.waiting is None}  # fmt: skip


def leaders(session: Session) -> set[int]:
    """Units of the leaders themselves, who are never late."""
    return _units(session)[1]


def unit_names(session: Session) -> dict[int, str]:
    """Id → name."""
    return {row.id: row.name for row in session.connection().execute(text("SELECT id, name FROM unit"))}


def days_late(duty: Duty, now: datetime) -> int:
    """Working days from the last day that was in time to now."""
    last, today = _last_day(_day(duty.due_on)), now.astimezone(OFFICE).date()
    return sum(_works(last + timedelta(n)) for n in range(1, (today - last).days + 1))


def total(counts: Iterable[Counter[str]]) -> Counter[str]:
    """All units together."""
    return sum(counts, Counter())


def _late(duty: Duty, now: datetime) -> bool:
    due, hour = _day(duty.due_on), duty.due_time
    begins = datetime.combine(_last_day(due) + timedelta(1), time(0), OFFICE)
    if hour and _works(due):
        begins = datetime.combine(due, time.fromisoformat(hour), OFFICE)
    moment = now
    if duty.state in ("reported", "completed"):
        given = duty.reported_at or duty.completed_at
        moment = datetime.fromisoformat(given) if given else now
    elif duty.extension_asked_at and datetime.fromisoformat(duty.extension_asked_at) < begins:
        return False
    return moment >= begins


def _last_day(due: date) -> date:
    while not _works(due):
        due += timedelta(1)
    return due


def _works(day: date) -> bool:
    off, work = _swapped()
    if day in work:
        return True
    known = _known(day.year)
    return day not in off and known.is_working_day(day)


@cache
def _known(year: int) -> Any:
    return holidays.country_holidays("VN", years=range(year - 1, year + 2), language="vi")


@cache
def _swapped() -> tuple[set[date], set[date]]:
    table = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["calendar"]
    return set(table["days_off"]), set(table["workdays"])


def _units(session: Session) -> tuple[dict[int, str], set[int]]:
    rows = session.connection().execute(text("SELECT id, code, is_leaders FROM unit")).all()
    return {row.id: row.code for row in rows}, {row.id for row in rows if row.is_leaders}


def _facts(given: Any) -> dict[str, Any]:
    import json

    return json.loads(given) if isinstance(given, str) else given


def _day(given: Any) -> date:
    return date.fromisoformat(given)
