"""What the address of a list asks for, and that as conditions which the database judges."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select
from starlette.datastructures import QueryParams

from models import clock
from models.lateness import DATED, NOT_TOLD, UNCONFIRMED, WAITING, can_be_late
from models.organisation import Person, Unit
from models.overdue import in_category
from models.report import OPEN_REQUEST, Extension
from models.search import matching
from models.task import WITH_UNIT, Category, CoUnit, State, Task, TaskClass, Waiting

SORTS = ("number", "-number", "due", "-due", "late", "unit")
"""Orders of a list; the first is the one of an address that names none."""
OPEN_STATES = ("assigned", "acknowledged", "reported", "refused")
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Filter:
    """What the address of a list asks for; empty means all. Values that nobody knows find nothing."""

    state: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    task_class: tuple[str, ...] = ()
    unit: str = ""
    directive: str = ""
    q: str = ""
    due_from: str = ""
    due_to: str = ""
    co: str = ""
    """Code of a co-operating unit; below `leader`: the short id of the leader in charge of the unit."""
    waiting: str = ""
    leader: str = ""
    overdue: bool = False
    extension: bool = False
    unconfirmed: bool = False
    """Still to be confirmed by a unit: nobody is asked to confirm the leaders' own or what the Office follows."""
    authority_open: bool = False
    """Done here, and not yet entered in the system of the authority that asked for it."""
    sort: str = SORTS[0]

    @classmethod
    def of(cls, query: QueryParams) -> Filter:
        """From the address."""
        found: dict[str, Any] = {}
        for one in fields(cls):
            values = [unicodedata.normalize("NFC", value).replace("\x00", "").strip()
                      for value in query.getlist(_in_address(one.name))]  # fmt: skip
            values = list(dict.fromkeys(value[:LONGEST_SEARCH] for value in values if value))  # each asked for once
            if values:
                found[one.name] = tuple(values) if one.default == () else True if one.default is False else values[-1]
        made = cls(**found)
        return made if made.sort in SORTS else replace(made, sort=SORTS[0])

    def pairs(self, **more: Any) -> list[tuple[str, str]]:
        """Names and values as they stand in the address, with those of `more` instead or beside them."""
        named = {_in_address(one.name): getattr(self, one.name) for one in fields(self)} | more
        if named["sort"] == SORTS[0]:
            named["sort"] = ""
        return _pairs(named)

    def link(self, **more: Any) -> str:
        """The address of this list, with the page."""
        return _address("/tasks", self.pairs(**more))

    @property
    def narrows(self) -> bool:
        """Does it ask for less than everything?"""
        return replace(self, sort=SORTS[0]) != Filter()

    @property
    def leads(self) -> bool:
        """Is there an index of just the tasks that are asked for, or of few beside them?"""
        of_one = len(self.category) == 1 and self.category[0] in ("qua_han", "trong_han", "qua_han_xong")
        dated = self.due_from or self.due_to
        return bool(of_one or dated or self.waiting or self.overdue or self.extension or self.unconfirmed
                    or self.authority_open)  # fmt: skip

    def conditions(self, session: Session, *, walked: bool = False) -> Iterator[ColumnElement[bool]]:
        """All of it, as conditions on `task`. `walked`: of a list so long that its order leads the way."""
        now = clock.now()
        if self.state:
            yield col(Task.state).in_([State(one) for one in self.state if one in set(State)])
        if self.task_class:
            yield col(Task.task_class).in_([TaskClass(one) for one in self.task_class if one in set(TaskClass)])
        if self.category:
            known = [in_category(session, now, Category(one), walked=walked)
                     for one in self.category if one in set(Category)]  # fmt: skip
            yield or_(*known) if known else false()
        if self.overdue:
            yield in_category(session, now, Category.OVERDUE)
        yield from self._of_units()
        yield from self._by_date()
        if self.directive:
            known_id = self.directive.isascii() and self.directive.isdecimal() and len(self.directive) < 10
            yield col(Task.directive_id) == int(self.directive) if known_id else false()
        if self.extension:
            # By the request itself: one about a higher authority's date stops no reminder, and stands in no column.
            yield col(Task.id).in_(select(Extension.task_id).where(OPEN_REQUEST))
        if self.unconfirmed:
            yield and_(UNCONFIRMED, can_be_late(session))
        if self.authority_open:
            yield NOT_TOLD  # type: ignore[misc]
        if self.q:
            yield matching(session, self.q)

    def _of_units(self) -> Iterator[ColumnElement[bool]]:
        if self.unit:
            yield col(Task.unit_id).in_(select(Unit.id).where(Unit.code == self.unit))
        if self.co:
            called = select(Unit.id).where(Unit.code == self.co)
            yield col(Task.id).in_(select(CoUnit.task_id).where(col(CoUnit.unit_id).in_(called)))
        if self.leader:
            leader = select(Person.id).where(Person.short_id == self.leader)
            # Not by the index of units: a leader is in charge of too many for that to lead the way.
            in_charge = select(Unit.id).where(col(Unit.leader_id).in_(leader))
            yield func.coalesce(Task.unit_id, 0).in_(in_charge)
        if self.waiting:
            known = self.waiting in set(Waiting)
            kind = col(Task.waiting) == Waiting(self.waiting) if known else false()
            yield and_(WAITING, kind, col(Task.state).in_(WITH_UNIT))

    def _by_date(self) -> Iterator[ColumnElement[bool]]:
        if self.due_from or self.due_to:
            yield DATED  # type: ignore[misc]
        for said, condition in ((self.due_from, col(Task.due_on).__ge__), (self.due_to, col(Task.due_on).__le__)):
            if said:
                day = _day(said)
                yield condition(day) if day else false()


def list_link(**filters: Any) -> str:
    """/tasks?category=qua_han&unit=TTS; several values repeat the name, True is 1, empty is left out."""
    return _address("/tasks", _pairs({_in_address(name): value for name, value in filters.items()}))


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _pairs(filters: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = []
    for name, value in filters.items():
        values = value if isinstance(value, (tuple, list)) else [value]
        pairs += [(name, "1" if one is True else str(one)) for one in values if one not in (None, "", False)]
    return pairs


def _in_address(name: str) -> str:
    """`class` is no name that a field of ours may have."""
    return "class" if name == "task_class" else name


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
