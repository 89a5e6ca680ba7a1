"""The scene of one message, from rows: who speaks, the tasks that may be meant, the questions that are open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, text
from sqlmodel import Session, col

from bot.acts import PromptView, Scene, TaskView
from bot.channel import Incoming
from bot.lastact import LastAct, last_acted
from bot.prompts import MESSAGE_KINDS, OPEN, close, tasks_of_message
from bot.speaker import Named, Speaker, named
from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.organisation import Unit
from models.report import OPEN_REQUEST, Extension
from models.rules import OFFICE_ZONE
from models.task import OPEN as OPEN_STATES
from models.task import WITH_UNIT, CoUnit, State, Task

MOST_TASKS = 2000
"""So many open tasks the Office's and the leaders' words are matched against; codes are always found."""
OTHERS = re.compile(
    r"(?i)[/;?]|(?<!\w)(?:m[uụ]c|kh|k[eế] ho[aạ]ch|cv|c[oô]ng v[aă]n|vi[eệ]c|h[eế]t|t[aấ]t|c[aả]|c[oò]n|danh|ds)(?!\w)"
)
"""Words that may mean tasks beside those whose codes are typed: then all the unit's open ones are looked at."""
NUMBER = re.compile(r"(?<![\w/.-])\d{1,6}(?![\w/.-])")
CODE = re.compile(r"(?i)(?<!\w)nv\s?(\d{1,6})(?!\w)")

UNDO = re.compile(r"(?i)nh[aầ]m|l[oộ]n|sai|r[uú]t|undo|h[uủ]y|ho[aà]n t[aá]c|thu h[oồ]i|l[aấ]y l[aạ]i|cancel|b[oỏ] ")
"""Words that may ask to undo: only then is it looked up what could be undone."""

_task, _unit, _directive, _extension, _co = (table.__table__ for table in (Task, Unit, Directive, Extension, CoUnit))
# Values that stand in a partial index's condition are written out: bound, SQLite prepares the statement anew each time.
_ASKED = (
    select(func.max(_extension.c.to_due))
    .where(_extension.c.task_id == _task.c.id, OPEN_REQUEST)
    .scalar_subquery()
)
_COLUMNS = select(
    _task.c.id,
    _task.c.number,
    _task.c.title,
    _task.c.unit_id,
    _task.c.state,
    _task.c.task_class,
    _task.c.due_on,
    _task.c.due_time,
    _task.c.internal_due,
    _task.c.due_set_by,
    _task.c.due_leader_id,
    _task.c.review_on,
    _task.c.item,
    _task.c.reported_at,
    _task.c.returns,
    _task.c.focal_id,
    _task.c.version,
    _task.c.waiting,
    _task.c.waiting_for,
    _task.c.assigned_at,
    _task.c.directive_id,
    _unit.c.code.label("unit"),
    _unit.c.name.label("unit_name"),
    _unit.c.leader_id,
    _directive.c.number.label("directive"),
    _directive.c.issuer,
    _ASKED.label("asked_to"),
).select_from(
    _task.join(_unit, _unit.c.id == _task.c.unit_id).outerjoin(_directive, _directive.c.id == _task.c.directive_id)
)
_OPEN = text(f"task.state IN ({', '.join(repr(state.value) for state in OPEN_STATES)})")
_OF_UNITS = _COLUMNS.where(_task.c.unit_id.in_(bindparam("units", expanding=True)), _OPEN).order_by(_task.c.number)
_OF_FOCAL = _COLUMNS.where(
    _task.c.unit_id.in_(bindparam("units", expanding=True)), _task.c.focal_id == bindparam("person"), _OPEN
).order_by(_task.c.number)
_ALL_OPEN = _COLUMNS.where(_OPEN).order_by(_task.c.due_on.is_(None), _task.c.due_on, _task.c.number).limit(MOST_TASKS)
_ONE = _COLUMNS.where(_task.c.number == bindparam("number"))
_BY_NUMBER = _COLUMNS.where(_task.c.number.in_(bindparam("numbers", expanding=True)))

WAITS: dict[str, tuple[State, ...]] = {
    "assigned": (State.ASSIGNED,),
    "unconfirmed": (State.ASSIGNED,),
    "reported": (State.REPORTED,),
    "refused": (State.REFUSED,),
}
"""Kind of message → states in which a task still waits for its answer; all others: while it lies with the unit."""

TaskRow = Any
"""One row of `_COLUMNS`; SQLAlchemy types a row by its tuple, which says nothing of its names."""


class Stage:
    """What one message is said before: the scene for understanding, and the rows behind it by NV number."""

    def __init__(self, session: Session, speaker: Speaker, incoming: Incoming) -> None:
        self.session = session
        self.speaker = speaker
        self.rows: dict[int, TaskRow] = {}
        codes = {int(found) for found in CODE.findall(incoming.text)}
        if not codes or speaker.role != "unit" or OTHERS.search(incoming.text):
            self.look_at_all()
        else:
            codes |= {int(found) for found in NUMBER.findall(incoming.text)}
        prompts = connection_of(session).execute(OPEN, {"person": speaker.id, "now": clock.now()}).all()
        self.reply_to = tasks_of_message(session, incoming.reply_to, speaker.id or 0) if incoming.reply_to else ()
        self._add(
            {number for prompt in prompts for number in prompt.tasks} | set(self.reply_to) | codes | _pressed(incoming)
        )
        live = [prompt for prompt in prompts if self._waits(prompt)]
        close(session, [prompt.id for prompt in prompts if prompt not in live])
        self.prompts = tuple(PromptView(p.id, p.kind, tuple(p.tasks), p.about) for p in live)
        self.named: Named = named(session)
        self.scene = self._scene(incoming)

    def look_at_all(self) -> None:
        """Every open task the speaker may act on (the first 2,000 for the Office and the leaders)."""
        self.rows = {row.number: row for row in self._own_rows()} | self.rows

    def _own_rows(self) -> Sequence[TaskRow]:
        connection, speaker = connection_of(self.session), self.speaker
        found: list[TaskRow] = []
        if speaker.role in ("office", "leader"):
            return list(connection.execute(_ALL_OPEN))
        if speaker.units:
            found += list(connection.execute(_OF_UNITS, {"units": speaker.units}))
        if speaker.focal_units:
            found += list(connection.execute(_OF_FOCAL, {"units": speaker.focal_units, "person": speaker.id}))
        return found

    def _add(self, numbers: Iterable[int]) -> None:
        """Tasks that are named though they are not open or not the unit's own: only those the speaker may know of."""
        missing = [number for number in numbers if number not in self.rows]
        if not missing or self.speaker.id is None:
            return
        connection = connection_of(self.session)
        one = {"number": missing[0]}
        several = {"numbers": missing}
        rows = list(connection.execute(_BY_NUMBER, several) if missing[1:] else connection.execute(_ONE, one))
        shared = self._shared([row.id for row in rows if not self._is_mine(row)])
        self.rows |= {row.number: row for row in rows if self._is_mine(row) or row.id in shared}

    def _is_mine(self, row: TaskRow) -> bool:
        speaker = self.speaker
        return speaker.role in ("office", "leader") or row.unit_id in speaker.units or row.focal_id == speaker.id

    def _shared(self, ids: list[int]) -> set[int]:
        """Of these tasks, those in which a unit of the speaker's co-operates."""
        if not ids or not self.speaker.units:
            return set()
        query = select(_co.c.task_id).where(col(_co.c.task_id).in_(ids), col(_co.c.unit_id).in_(self.speaker.units))
        return set(self.session.execute(query).scalars())

    def _waits(self, prompt: Any) -> bool:
        """Is anything of this question still open? A step of a dialogue is, until it is answered."""
        if prompt.kind not in MESSAGE_KINDS or not prompt.tasks:
            return True
        rows = [self.rows[number] for number in prompt.tasks if number in self.rows]
        if prompt.kind == "extension_asked":
            return any(row.asked_to is not None for row in rows)
        states = WAITS.get(prompt.kind, WITH_UNIT)
        return any(row.state in states for row in rows)

    def _scene(self, incoming: Incoming) -> Scene:
        speaker = self.speaker
        last = last_acted(self.session, speaker.id) if UNDO.search(incoming.text) else LastAct((), False)
        return Scene(
            now=clock.now().astimezone(OFFICE_ZONE),
            calendar=calendar_of(self.session),
            role=speaker.role,
            tasks=tuple(view(row) for row in self.rows.values()),
            prompts=self.prompts,
            reply_to=self.reply_to,
            attachments=incoming.attachments,
            units=self.named.units,
            people=self.named.people,
            me=speaker.id,
            own_unit=speaker.unit_code,
            head_absent=speaker.head_away,
            group=incoming.group,
            last_acted=tuple(n for n in last.tasks if n in self.rows),
            can_take_back=last.in_time,
        )


def view(row: TaskRow) -> TaskView:
    """A task as words may name it."""
    return TaskView(
        number=row.number,
        title=row.title,
        unit=row.unit,
        state=row.state.value,
        task_class=row.task_class.value,
        due=row.due_on,
        due_time=row.due_time,
        due_set_by=row.due_set_by.value,
        directive=row.directive,
        item=row.item,
        has_open_report=row.state is State.REPORTED,
        has_open_extension=row.asked_to is not None,
        returned=row.returns > 0 and row.state is State.ACKNOWLEDGED and row.reported_at is None,
    )


def fresh(session: Session, number: int) -> TaskRow | None:
    """One task as it is now, after something was done to it."""
    return connection_of(session).execute(_ONE, {"number": number}).first()


def _pressed(incoming: Incoming) -> set[int]:
    task = (incoming.press or {}).get("task")
    return {int(task)} if task is not None else set()
