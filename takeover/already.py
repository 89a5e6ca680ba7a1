"""What is here already of the directives and tasks that a sheet names, so that nothing is made twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from drafting.units import plain
from models.base import connection_of
from models.directive import Directive, DirectiveState
from models.task import State, Task
from takeover.saying import Issued

if TYPE_CHECKING:
    from takeover.checking import Row

AT_ONCE = 500
KIND = "other"
"""Of a directive that is known by its number alone."""
_directive = Directive.__table__.c
Key = tuple[Any, int, str]


@dataclass(frozen=True)
class Known:
    """A directive that is registered here."""

    id: int
    number: str
    day: date | None
    state: DirectiveState


class Already:
    """The directives with the numbers of these rows, their tasks, and the rows that were gone through so far."""

    def __init__(self, session: Session, source: str, rows: Sequence[Row]) -> None:
        numbers = {row.directive.number for row in rows if row.directive.number}
        self._directives = list(_directives(session, numbers))
        self._by_number: dict[str, list[Known]] = {}
        for one in self._directives:
            self._by_number.setdefault(one.number.casefold(), []).append(one)
        self._rows: dict[Key, int] = {}
        self._tasks: dict[Key, int] = {}
        ids = [one.id for one in self._directives]
        without_number = select(Directive.id).where(col(Directive.number).is_(None), Directive.source == source,
                                                    Directive.state == DirectiveState.ASSIGNED)  # fmt: skip
        nameless = set(session.exec(without_number))
        query = select(Task.number, Task.directive_id, Task.unit_id, Task.title).where(
            Task.is_parent == False, Task.state != State.WITHDRAWN,  # noqa: E712
        )  # fmt: skip
        for some in _parts([*ids, *(one for one in nameless if one is not None)]):
            for number, directive_id, unit_id, title in session.exec(query.where(col(Task.directive_id).in_(some))):
                place = "" if directive_id in nameless else directive_id
                self._tasks.setdefault((place, unit_id or 0, plain(title)), number)

    def directive(self, said: Issued) -> Known | None:
        """The registered directive that a row means: of this number, and of its day where both are known."""
        named = self._by_number.get(said.number.casefold(), []) if said.number else []
        fits = [one for one in named if one.day == said.day or None in (one.day, said.day)]
        best = sorted(fits, key=lambda one: (one.state is not DirectiveState.ASSIGNED, one.day != said.day, -one.id))
        return best[0] if best else None

    def same(self, said: Issued, unit_ids: Iterable[int], title: str) -> tuple[str, dict[str, Any]] | None:
        """Why this would be made twice: the task that exists, or the row above."""
        for unit_id in unit_ids:
            key = self._key(said, unit_id, title)
            if key in self._tasks:
                return "same_task", {"code": f"NV{self._tasks[key]}"}
            if key in self._rows:
                return "same_row", {"row": self._rows[key]}
        return None

    def add(self, said: Issued, unit_ids: Iterable[int], title: str, row: int) -> None:
        """A row that will be taken."""
        for unit_id in unit_ids:
            self._rows[self._key(said, unit_id, title)] = row

    def _key(self, said: Issued, unit_id: int, title: str) -> Key:
        known = self.directive(said)
        place = known.id if known else (said.number.casefold(), said.day) if said.number else ""
        return place, unit_id, plain(title)


def _directives(session: Session, numbers: set[str]) -> Iterable[Known]:
    spelled = sorted({form for one in numbers for form in (one, one.upper(), one.lower())})
    query = columns(_directive.id, _directive.number, _directive.issued_on, _directive.state).where(
        _directive.state != DirectiveState.DISCARDED
    )
    for some in _parts(spelled):
        for one in connection_of(session).execute(query.where(_directive.number.in_(some))):
            yield Known(one.id, one.number, one.issued_on, one.state)


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
