"""The rows of a sheet become tasks: one transaction, once, told to nobody unless the Office wishes it.

What is done already is reported and completed on the day that the sheet gives; every event says channel "import".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import accumulate
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from models import clock, event
from models.assigning import Order, assign
from models.base import connection_of
from models.counting import late_at, late_counted
from models.directive import Directive, DirectiveState
from models.event import Event
from models.handling import acknowledge
from models.inserting import insert_new
from models.moves import Actor, move
from models.report import CompletionReport
from models.rules import OFFICE_ZONE
from models.sheet import SheetImport
from models.task import DueSetBy, Task, TaskClass
from models.updating_there import name_code
from takeover.already import AT_ONCE, KIND
from takeover.checking import Row, checked
from takeover.saying import NUMBER

CHANNEL = "import"
DONE_AT = time(17)
"""The end of the day on which something is said to have been completed."""
IN_WORDS = ("task", "unit", "co_units", "due", "due_words", "product", "state", "done_on", "result", "leader", "note")

_task, _event = Task.__table__, Event.__table__
_GIVEN = update(_task).where(_task.c.id == bindparam("given")).values(assigned_at=bindparam("at"))
_TOLD = (
    update(_event)
    .where(_event.c.task_id.in_(bindparam("tasks", expanding=True)), _event.c.announced_at.is_(None))
    .values(announced_at=bindparam("now"))
)


class OtherCount(Exception):
    """Not as many rows would be taken now as were shown: something has changed meanwhile."""


@dataclass(frozen=True)
class Choice:
    """What holds for all rows: who set the dates, and whether the units know of their tasks already (then nobody is
    told, and what is open is confirmed on their behalf)."""

    set_by: DueSetBy
    leader_id: int | None
    known: bool


def take(session: Session, sheet: SheetImport, choice: Choice, person_id: int, expected: int) -> bool:
    """Make the tasks; False when they were made before. `expected`: how many rows were shown as to be taken, whatever
    was left out since. Raises OtherCount; the caller rolls back."""
    now = clock.now()
    guard = update(SheetImport).where(col(SheetImport.id) == sheet.id, col(SheetImport.taken_at).is_(None))
    if session.execute(guard.values(taken_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        return False
    rows = checked(session, sheet)
    if sum(row.why is None for row in rows) != expected:
        raise OtherCount(expected)
    taking = _Taking(session, sheet, choice, person_id, now)
    outcome = taking.all_of([row for row in rows if row.taken])
    outcome["skipped"] = [[row.number, *(row.why or ("left", {}))] for row in rows if not row.taken]
    kept = {row.number for row in rows if not row.taken}
    sheet.columns = {**sheet.columns, "outcome": outcome}
    sheet.rows = [one for one in sheet.rows if one["row"] in kept]
    sheet.tasks, sheet.taken_at = taking.numbers, now
    session.add(sheet)
    session.flush()
    facts = {"source": sheet.source, "tasks": len(taking.numbers), "rows": outcome["rows"]}
    event.record(session, f"sheet:{sheet.id}", "taken", actor_id=person_id, channel=CHANNEL, facts=facts,
                 announced=True)  # fmt: skip
    return True


class _Taking:
    """One sheet on its way into the database."""

    def __init__(self, session: Session, sheet: SheetImport, choice: Choice, person_id: int, now: datetime) -> None:
        self.session, self.sheet, self.choice, self.now = session, sheet, choice, now
        self.office = Actor(person_id, CHANNEL)
        self.behalf = Actor(person_id, CHANNEL, behalf=True, how=CHANNEL)
        self.cells = {one["row"]: one["cells"] for one in sheet.rows}
        self.numbers: list[int] = []
        self.quiet: list[int] = []
        self.given: list[dict[str, Any]] = []

    def all_of(self, rows: Sequence[Row]) -> dict[str, Any]:
        """The tasks of these rows; what the page of the result says of them."""
        groups: dict[Any, list[Row]] = {}
        for row in rows:
            groups.setdefault(row.existing or (row.directive.number.casefold(), self._day(row)), []).append(row)
        directives = [self._directive(key, group) for key, group in groups.items()]
        self._finish()
        return {"rows": len(rows), "done": sum(row.done for row in rows), "directives": directives,
                "known": self.choice.known}  # fmt: skip

    def _day(self, row: Row) -> date | None:
        return row.directive.day if row.directive.number else None

    def _directive(self, key: Any, rows: Sequence[Row]) -> list[Any]:
        """[its id, its number or name, how many rows] after its tasks were made."""
        words = [self._words(row) for row in rows]
        spans: list[tuple[int | None, int | None]]
        if isinstance(key, int):
            directive_id, spans = key, [(None, None)] * len(rows)
            named = rows[0].directive.number
        else:
            ends = list(accumulate(words, lambda end, one: end + 1 + len(one), initial=-1))[1:]
            spans = [(end - len(one), end) for end, one in zip(ends, words, strict=True)]
            directive_id = self._registered(rows[0], "\n".join(words), len(rows))
            named = rows[0].directive.number or self.sheet.source
        codes = [code for row, said, span in zip(rows, words, spans, strict=True)
                 for code in self._row(row, said, span, directive_id)]  # fmt: skip
        facts = {"tasks": codes, "waived": False, "without_owner": []}
        event.record(self.session, f"directive:{directive_id}", "assigned", actor_id=self.office.person_id,
                     channel=CHANNEL, facts=facts, directive_id=directive_id, announced=True)  # fmt: skip
        return [directive_id, named, len(rows)]

    def _registered(self, row: Row, text: str, items: int) -> int:
        number, day = row.directive.number or None, self._day(row)
        sha256 = hashlib.sha256(f"sheet:{self.sheet.id}:{number or ''}:{day or ''}".encode()).hexdigest()
        received = min(day or clock.today(), clock.today())
        directive = Directive(
            sha256=sha256, source=self.sheet.source, kind=KIND, number=number, issued_on=day, text=text,
            from_above=self.choice.set_by is DueSetBy.AUTHORITY, received_on=received, state=DirectiveState.ASSIGNED,
            registered_by=self.office.person_id, registered_at=self.now, assigned_at=self.now,
        )  # fmt: skip
        directive_id = insert_new(self.session, directive)
        facts = {"number": number, "issuer": None, "received_on": received.isoformat(), "items": items,
                 "sha256": sha256}  # fmt: skip
        event.record(self.session, f"directive:{directive_id}", "registered", actor_id=self.office.person_id,
                     channel=CHANNEL, facts=facts, directive_id=directive_id, announced=True)  # fmt: skip
        return directive_id

    def _words(self, row: Row) -> str:
        """The row as it stood in the sheet: its task, then each other cell with its heading."""
        cells = self.cells[row.number]
        fields, headings = self.sheet.columns["fields"], self.sheet.columns["headings"]
        parts = []
        for name in IN_WORDS if row.directive.number else (*IN_WORDS, "directive"):
            at = fields.get(name)
            if at is not None and at < len(cells) and (said := " ".join(cells[at].split())):
                parts.append(said if name == "task" or not headings[at] else f"{headings[at]}: {said}")
        return "; ".join(parts)

    def _row(self, row: Row, words: str, span: tuple[int | None, int | None], directive_id: int) -> list[str]:
        order = Order(
            title=row.title, text=words, unit_ids=row.unit_ids, grouped=row.grouped, task_class=TaskClass.DATED,
            co_unit_ids=row.co_unit_ids, due_on=row.due_on, due_time=row.due_time, due_set_by=self.choice.set_by,
            due_leader_id=self.choice.leader_id, deliverables=(row.product,) if row.product else (),
            directive_id=directive_id, item=str(row.number), span_start=span[0], span_end=span[1],
        )  # fmt: skip
        made = assign(self.session, order, self.office)
        self.numbers += [task.number for task in made]
        if row.done or self.choice.known:
            self.quiet += [task.id or 0 for task in made]
        for task in made:
            if not task.is_parent:
                self._state(row, task)
        if row.done:
            self._assigned_then(row, made)
        return [task.code for task in made]

    def _state(self, row: Row, task: Task) -> None:
        if row.authority_code:
            name_code(self.session, task.id or 0, self.office, row.authority_code[:80])
        if row.done:
            self._completed(row, task)
        elif self.choice.known:
            acknowledge(self.session, task.id or 0, self.behalf)

    def _completed(self, row: Row, task: Task) -> None:
        """Reported on its day, and accepted as of then; the Office's own work waits for a leader."""
        task_id, at = task.id or 0, self._done_at(row)
        number = row.result if NUMBER.search(row.result) and len(row.result) <= 80 else None
        result = row.result if row.result and number is None else None
        told = {"words": row.state_words, "product": number, "product_date": None, "result": result, "nil": False,
                "claimed_on": row.done_on.isoformat() if row.done_on else None}  # fmt: skip
        values: dict[str, Any] = {"reported_at": at, "acknowledged_at": at}
        moved = move(self.session, task_id, "report", self.behalf, values=values, facts=told)
        accepted = not any(note[0] == "office_own" for note in row.notes)
        made = CompletionReport(task_id=task_id, by_id=self.office.person, made_at=at, words=row.state_words,
                                product_number=number, claimed_on=row.done_on, result=result,
                                accepted_at=self.now if accepted else None)  # fmt: skip
        insert_new(self.session, made)
        if accepted:
            values = {"completed_at": at} | late_counted(self.session, moved, at)
            late = late_at(self.session, moved, at)
            move(self.session, task_id, "accept", self.office, values=values, facts={"late": late, "checked": False})

    def _done_at(self, row: Row) -> datetime:
        if row.done_on is None:
            return self.now
        return min(datetime.combine(row.done_on, DONE_AT, OFFICE_ZONE), self.now)

    def _assigned_then(self, row: Row, made: Sequence[Task]) -> None:
        """What was done before today was not given today: on the day of its document, or when it was done at last."""
        at = self._done_at(row)
        if row.directive.day is not None:
            at = min(datetime.combine(row.directive.day, time(8), OFFICE_ZONE), at)
        self.given += [{"given": task.id, "at": at} for task in made]

    def _finish(self) -> None:
        """What is told of no row by itself, in a few statements: through the mapper, each would look at all rows."""
        connection = connection_of(self.session)
        if self.given:
            connection.execute(_GIVEN, self.given)
        for at in range(0, len(self.quiet), AT_ONCE):
            connection.execute(_TOLD, {"tasks": self.quiet[at : at + AT_ONCE], "now": self.now})
