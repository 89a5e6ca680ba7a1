"""What the page of a weekly report shows, made from the report alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from models.event import Event
from models.figures import Figures
from models.organisation import Person
from models.owing import Block, Owing
from models.task import Category, State, Waiting
from papers.weekly.frozen import Change, Digest, Source, less
from papers.weekly.owed import OF_THE_UNIT
from web.asking import Ask
from web.board.listing import CAME_DUE, DUTIES, FIGURES, list_link


@dataclass(frozen=True)
class Line:
    """A task in a list. `why`: of one that is late and not with its unit; `whom`: role → days on which it was reminded;
    `source`: the directive it comes from."""

    task: Owing
    why: str | None
    whom: Mapping[str, tuple[date, ...]]
    source: Source | None


@dataclass(frozen=True)
class Listed:
    """A list as it was then: its count, its first rows, and `now`: the address of the list as it is today."""

    name: str
    block: Block
    rows: tuple[Line, ...]
    now: str


@dataclass(frozen=True)
class Moved:
    """A figure, then and now. `now_link`: its list of today; `by`: the difference."""

    name: str
    then: int
    now: int
    now_link: str

    @property
    def by(self) -> int:
        return self.now - self.then


@dataclass(frozen=True)
class UnitRow:
    """A unit with its figures and what they grew by since the last report."""

    code: str
    name: str
    figures: Figures
    moved: Figures | None


@dataclass(frozen=True)
class Done:
    """One line of the report's own history."""

    at: datetime
    verb: str
    who: str
    words: str | None


def lists(digest: Digest, most: int) -> list[Listed]:
    """Every list of the report, in the order of the page; the first `most` rows of each."""
    end = digest.week + timedelta(6)
    late, with_unit = Category.OVERDUE.value, (State.ASSIGNED.value, State.ACKNOWLEDGED.value)
    found = [
        ("overdue", digest.overdue, list_link(category=late, state=with_unit)),
        ("beside", digest.beside, list_link(category=late)),
        ("due_week", digest.due_week, list_link(due_from=digest.week, due_to=end, state=with_unit)),
        ("for_office", digest.for_office, list_link(state=State.REPORTED.value)),
        ("for_signature", digest.for_signature, list_link(waiting=Waiting.SUBMITTED.value)),
    ]
    return [Listed(name, block, rows_of(digest, block)[:most], now) for name, block, now in found]


def rows_of(digest: Digest, block: Block) -> tuple[Line, ...]:
    """The tasks of a list with what the report says of each."""
    return tuple(Line(task, digest.beside_why.get(task.code), _in_order(digest.reminded_whom.get(task.code, {})),
                      digest.sources.get(task.code)) for task in block.tasks)  # fmt: skip


def _in_order(whom: Mapping[str, tuple[date, ...]]) -> Mapping[str, tuple[date, ...]]:
    """The head first."""
    return {role: whom[role] for role in (*OF_THE_UNIT, *sorted(whom)) if role in whom}


def change_rows(digest: Digest) -> list[Moved]:
    """Each figure, at the last report and now; empty of a first report."""
    if digest.last is None:
        return []
    then = before(digest, digest.last)
    wanted: dict[str, tuple[dict[str, Any], str]] = {
        **{name: ({"category": name}, attribute) for name, attribute in FIGURES.items()},
        "completed": ({"state": State.COMPLETED.value}, "completed"), "duties": ({"state": DUTIES}, "duties"),
        "came_due": ({"category": CAME_DUE}, "came_due"), "suspended": ({"state": State.SUSPENDED.value}, "suspended"),
        "withdrawn": ({"state": State.WITHDRAWN.value}, "withdrawn"),
    }  # fmt: skip
    return [Moved(name, getattr(then, attribute), getattr(digest.total, attribute), list_link(**filters))
            for name, (filters, attribute) in wanted.items()]  # fmt: skip


def before(digest: Digest, last: Change) -> Figures:
    """The figures of the last report."""
    return less(digest.total, last.total)


def unit_rows(digest: Digest) -> list[UnitRow]:
    """The units, those with most that is overdue first."""
    moved = digest.last.units if digest.last else {}
    rows = [UnitRow(one.code, one.name, one.figures, moved.get(one.code)) for one in digest.units]
    return sorted(rows, key=lambda row: -row.figures.overdue)


def history(ask: Ask, week: date) -> list[Done]:
    """Who added which sentence, and when the report went out."""
    query = select(Event).where(Event.subject == f"week:{week.isoformat()}").order_by(col(Event.seq))
    events = ask.session.exec(query).all()
    ids = {one.actor_id for one in events}
    names = {one.id: one.name for one in ask.session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return [Done(one.at, one.verb, names.get(one.actor_id, ""), (one.facts or {}).get("words")) for one in events]
