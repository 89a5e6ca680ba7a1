"""What becomes of the open tasks of a directive that another replaces, or that its issuer recalls.

Nothing happens by itself: for each open task the Office chooses to keep it where it is, to let it go on under an item
of the replacing directive (same code, same history), or to withdraw it. Of a replacement the choices wait with the
draft and are carried out when it is assigned, in the same transaction; of a recall they are carried out at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import event
from models.assigning import NotConfirmable
from models.directive import Directive, DraftItem
from models.moves import Actor, move
from models.series import Series
from models.task import OPEN, WITH_UNIT, State, Task


class Fate(StrEnum):
    """keep: under the old directive as before; move: on under the new one; withdraw: no longer to be done."""

    KEEP = "keep"
    MOVE = "move"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Choice:
    """What becomes of one task. `seen`: the state it was in when this was chosen; `item_id`: where it goes on."""

    fate: Fate
    seen: str = ""
    item_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As it waits with the draft."""
        return {"fate": self.fate.value, "seen": self.seen, "item": self.item_id}


Choices = Mapping[str, Choice]
"""Task's code, or `series:<id>`, → its choice."""


@dataclass(frozen=True)
class Plan:
    """Choices that have been checked: what to withdraw, which series to end, and item → unit → the task that goes on
    there."""

    withdrawn: tuple[Task, ...] = ()
    ended: tuple[Series, ...] = ()
    going: Mapping[int, Mapping[int, Task]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def open_tasks(session: Session, directive_id: int) -> Sequence[Task]:
    """The duties of a directive that are not over, by number; parents are no duties."""
    query = select(Task).where(Task.directive_id == directive_id, Task.is_parent == False,  # noqa: E712
                               col(Task.state).in_(OPEN)).order_by(col(Task.number))  # fmt: skip
    return session.exec(query).all()


def idle_series(session: Session, directive_id: int) -> Sequence[Series]:
    """Series of a directive that go on although no instance of them is open now."""
    busy = {task.series_id for task in open_tasks(session, directive_id)}
    query = select(Series).where(Series.directive_id == directive_id, col(Series.make_on).is_not(None))
    return [one for one in session.exec(query.order_by(col(Series.id))) if one.id not in busy]


def waiting_choices(directive: Directive) -> dict[str, Choice]:
    """The choices that wait with a draft."""
    return {name: Choice(Fate(one["fate"]), one.get("seen", ""), one.get("item"))
            for name, one in directive.continues.get("choices", {}).items()}  # fmt: skip


def undecided(session: Session, old_id: int, choices: Choices) -> list[str]:
    """Codes of open tasks, and titles of idle series, for which nothing was chosen."""
    found = [task.code for task in open_tasks(session, old_id) if task.code not in choices]
    return found + [str(one.pattern.get("title")) for one in idle_series(session, old_id)
                    if f"series:{one.id}" not in choices]  # fmt: skip


def planned(session: Session, old_id: int, choices: Choices, items: Sequence[DraftItem]) -> Plan:
    """Check the choices against what is so now; `items`: those under which a task may go on.

    Raises NotConfirmable: `moved_on` with the tasks that have been reported, closed or moved since they were looked at;
    `no_place` with those whose item is gone, belongs to other units, or is taken by another task of the unit.
    """
    tasks, series = {task.code: task for task in open_tasks(session, old_id)}, idle_series(session, old_id)
    moved_on = [name for name, choice in choices.items() if choice.fate is not Fate.KEEP
                and not name.startswith("series:") and _moved_on(tasks.get(name), choice.seen)]  # fmt: skip
    if moved_on:
        raise NotConfirmable("moved_on", moved_on)
    going, lost = _places(tasks, choices, items)
    if lost:
        raise NotConfirmable("no_place", lost)
    chosen = {name: choice.fate for name, choice in choices.items()}
    return Plan(
        tuple(task for code, task in tasks.items() if chosen.get(code) is Fate.WITHDRAW),
        tuple(one for one in series if chosen.get(f"series:{one.id}") is Fate.WITHDRAW),
        going,
        tuple(code for code in tasks if chosen.get(code, Fate.KEEP) is Fate.KEEP),
    )


def withdraw_all(session: Session, plan: Plan, actor: Actor, reason: str) -> None:
    """Withdraw what was to be withdrawn and end the series that end with it. `reason` names the document."""
    for task in plan.withdrawn:
        move(session, task.id or 0, "withdraw", actor, reason=reason)
    for one in plan.ended:
        _end(session, one)
    for task in plan.withdrawn:
        leave_series(session, task.series_id, task.unit_id)


def leave_series(session: Session, series_id: int | None, unit_id: int | None) -> None:
    """A unit has no more instances of a series; the series ends with its last unit."""
    series = session.get(Series, series_id) if series_id is not None else None
    if series is None:
        return
    series.unit_ids = [unit for unit in series.unit_ids if unit != unit_id]
    session.add(series)
    if not series.unit_ids:
        _end(session, series)
    session.flush()


def close_empty_parents(session: Session, parents: Sequence[int | None], actor: Actor) -> None:
    """Withdraw parents whose last child went on elsewhere: they stand for nothing any more, and hear nothing."""
    for parent_id in dict.fromkeys(parents):
        if parent_id is None or session.exec(select(Task.id).where(Task.parent_id == parent_id).limit(1)).first():
            continue
        session.execute(update(Task).where(col(Task.id) == parent_id)
                        .values(state=State.WITHDRAWN, version=Task.version + 1))  # fmt: skip
        event.record(session, f"task:{parent_id}", "withdraw", actor_id=actor.person_id, facts={"reason": "carry_over"},
                     channel=actor.channel, task_id=parent_id, announced=True)  # fmt: skip


def _end(session: Session, series: Series) -> None:
    series.next_due = series.make_on = None
    session.add(series)
    session.flush()


def _moved_on(task: Task | None, seen: str) -> bool:
    """Closed, gone elsewhere, or in another state than was seen; only a confirmation in between changes nothing."""
    if task is None:
        return True
    return task.state.value != seen and not {task.state, seen} <= set(WITH_UNIT)


def _places(tasks: Mapping[str, Task], choices: Choices,
            items: Sequence[DraftItem]) -> tuple[dict[int, dict[int, Task]], list[str]]:  # fmt: skip
    """Item → unit → the task that goes on there; and the codes of tasks that find no place."""
    by_id = {item.id: item for item in items}
    going: dict[int, dict[int, Task]] = {}
    lost = []
    for name, choice in choices.items():
        if choice.fate is not Fate.MOVE:
            continue
        task, item = tasks.get(name), by_id.get(choice.item_id)
        if task is None or item is None or item.id is None or task.unit_id is None:
            lost.append(name)
            continue
        there = going.setdefault(item.id, {})
        if task.unit_id in there or (item.unit_ids and task.unit_id not in item.unit_ids):
            lost.append(name)
            continue
        there[task.unit_id] = task
    return going, lost
