"""A directive that replaces another, and one that its issuer recalls: named by the Office, never by itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from models import event
from models.assigning import NotConfirmable, carry_over
from models.confirm import order_of, usable_items
from models.directive import Directive, DirectiveState, DraftItem
from models.draft_acts import Columns, keep_act
from models.moves import Actor
from models.succession import (
    Choices,
    Plan,
    close_empty_parents,
    leave_series,
    planned,
    undecided,
    withdraw_all,
)
from models.task import OPEN, Task, TaskClass

REPLACEABLE = (DirectiveState.ASSIGNED, DirectiveState.RECALLED)
# A register of years: their texts are left where they are.
_HEADS: Any = (Directive.id, Directive.kind, Directive.number, Directive.issued_on, Directive.issuer, Directive.subject,
               Directive.state)  # fmt: skip


def replaceable(session: Session, directive: Directive, limit: int | None = None) -> Sequence[Directive]:
    """The directives that a draft may replace: those that were assigned before it, the newest first."""
    query = select(Directive).where(
        col(Directive.id) != directive.id, col(Directive.state).in_(REPLACEABLE)
    )
    return session.exec(query.order_by(col(Directive.id).desc()).options(load_only(*_HEADS)).limit(limit)).all()


def name_replaced(session: Session, directive: Directive, old_id: int | None, actor: Actor) -> bool:
    """Say which directive a draft replaces, or that it replaces none; False if that was said already. What had been
    chosen for the tasks of another one goes. Raises NotConfirmable."""
    if directive.state is not DirectiveState.DRAFT:
        raise NotConfirmable(directive.state.value)
    if old_id is not None:
        old = session.get(Directive, old_id)
        if old is None or old_id == directive.id or old.state not in REPLACEABLE:
            raise NotConfirmable("missing")
    if directive.replaces_id == old_id:
        return False
    was: dict[str, Any] = {"replaces_id": directive.replaces_id, "continues": directive.continues}
    new: dict[str, Any] = {"replaces_id": old_id, "continues": {}}
    _change(session, directive, **new)
    keep_act(session, directive.id or 0, actor, "replaces", {"directive": was}, {"directive": new})
    event.record(session, f"directive:{directive.id}", "replaces", actor_id=actor.person_id, facts={"replaces": old_id},
                 channel=actor.channel, directive_id=directive.id, announced=True)  # fmt: skip
    return True


def choose(session: Session, directive: Directive, choices: Choices, reason: str, actor: Actor) -> None:
    """Keep with a draft what the open tasks of the directive that it replaces are to become; checked as they stand now.

    An item without an owner gets that of the task that goes on there. `reason`: why the others are withdrawn, naming
    the document. Raises NotConfirmable.
    """
    if directive.state is not DirectiveState.DRAFT or directive.replaces_id is None:
        raise NotConfirmable(directive.state.value if directive.state is not DirectiveState.DRAFT else "missing")
    items = usable_items(session, directive.id or 0)
    plan = planned(session, directive.replaces_id, choices, items)
    kept = {"choices": {name: one.to_json() for name, one in choices.items()}, "reason": reason}
    if kept == directive.continues:
        return
    before, after = _owners_given(session, items, plan, actor)
    before["directive"], after["directive"] = {"continues": directive.continues}, {"continues": kept}
    _change(session, directive, continues=kept)
    keep_act(session, directive.id or 0, actor, "continues", before, after)
    event.record(session, f"directive:{directive.id}", "continues", actor_id=actor.person_id, facts=kept,
                 channel=actor.channel, directive_id=directive.id, announced=True)  # fmt: skip


def _owners_given(session: Session, items: Sequence[DraftItem], plan: Plan,
                  actor: Actor) -> tuple[dict[str, Columns], dict[str, Columns]]:  # fmt: skip
    """Items without an owner get the units of the tasks that go on there: what changed, before and after."""
    before: dict[str, Columns] = {}
    after: dict[str, Columns] = {}
    for item in items:
        there = plan.going.get(item.id or 0)
        if not there or item.unit_ids:
            continue
        answers = {**item.answers, "owner": {"given": True, "by": actor.person_id}}
        before[str(item.id)] = {"unit_ids": item.unit_ids, "answers": item.answers}
        after[str(item.id)] = {"unit_ids": list(there), "answers": answers}
        item.unit_ids, item.answers, item.version = list(there), answers, item.version + 1
        session.add(item)
    session.flush()
    return before, after


def successors(session: Session, directive_id: int) -> Sequence[Directive]:
    """The assigned directives that replace this one."""
    query = select(Directive).where(Directive.replaces_id == directive_id, Directive.state == DirectiveState.ASSIGNED)
    return session.exec(query.order_by(col(Directive.id))).all()


def places_after(session: Session, directive_id: int) -> list[tuple[Directive, DraftItem]]:
    """Where open tasks of a directive may still go on: items of the assigned ones that replace it."""
    return [(one, item) for one in successors(session, directive_id) for item in usable_items(session, one.id or 0)]


def recall(session: Session, directive: Directive, day: date, document: str, choices: Choices, reason: str,
           actor: Actor) -> list[str]:  # fmt: skip
    """Its issuer has taken a directive back, on a day, by a document: carry out what was chosen for its open tasks; the
    codes that changed. A draft that is recalled makes no tasks any more.

    Done twice it only settles what is still open. Raises NotConfirmable (`undecided`, `moved_on`, `no_place`) or a
    MoveError with nothing changed; the caller holds the transaction.
    """
    changed = session.execute(
        update(Directive)
        .where(col(Directive.id) == directive.id,
               col(Directive.state).in_([DirectiveState.DRAFT, DirectiveState.ASSIGNED]))
        .values(state=DirectiveState.RECALLED, recalled_on=day, recalled_by=document, version=Directive.version + 1)
    )  # fmt: skip
    if changed.rowcount == 1:  # type: ignore[attr-defined]
        event.record(session, f"directive:{directive.id}", "recalled", actor_id=actor.person_id, channel=actor.channel,
                     facts={"on": day.isoformat(), "document": document}, directive_id=directive.id,
                     announced=True)  # fmt: skip
    session.refresh(directive)
    if directive.state is not DirectiveState.RECALLED:
        raise NotConfirmable(directive.state.value)
    return settle(session, directive, choices, reason, actor)


def settle(session: Session, directive: Directive, choices: Choices, reason: str, actor: Actor) -> list[str]:
    """Carry out at once what was chosen for the open tasks of a recalled or replaced directive; the codes changed."""
    old_id = directive.id or 0
    if left := undecided(session, old_id, choices):
        raise NotConfirmable("undecided", left)
    plan = planned(session, old_id, choices, [item for _, item in places_after(session, old_id)])
    withdraw_all(session, plan, actor, reason)
    moved = _carry(session, plan, actor)
    codes = [*(task.code for task in plan.withdrawn), *(task.code for task in moved)]
    if codes or plan.ended:
        facts = {"moved": [task.code for task in moved], "withdrawn": [task.code for task in plan.withdrawn],
                 "kept": list(plan.kept)}  # fmt: skip
        event.record(session, f"directive:{old_id}", "settled", actor_id=actor.person_id, facts=facts,
                     channel=actor.channel, directive_id=old_id, announced=True)  # fmt: skip
    return codes


def _carry(session: Session, plan: Plan, actor: Actor) -> list[Task]:
    """Let tasks go on under items of a directive that is assigned already."""
    moved, parents = [], []
    for item_id, there in plan.going.items():
        item = session.get_one(DraftItem, item_id)
        directive = session.get_one(Directive, item.directive_id)
        for unit_id, task in there.items():
            if item.task_class == TaskClass.RECURRING.value or _taken(session, item_id, unit_id):
                raise NotConfirmable("no_place", [task.code])
            parents.append(task.parent_id)
            leave_series(session, task.series_id, unit_id)
            moved.append(carry_over(session, task, order_of(session, directive, item), actor, _parent(session, item)))
    close_empty_parents(session, parents, actor)
    return moved


def _taken(session: Session, item_id: int, unit_id: int) -> bool:
    """Has the unit a task of its own under this item? Then there would be two."""
    query = select(Task.id).where(Task.draft_item_id == item_id, Task.unit_id == unit_id, col(Task.state).in_(OPEN))
    return session.exec(query.limit(1)).first() is not None


def _parent(session: Session, item: DraftItem) -> int | None:
    query = select(Task.id).where(Task.draft_item_id == item.id, Task.is_parent == True)  # noqa: E712
    return session.exec(query).first()


def _change(session: Session, directive: Directive, **columns: object) -> None:
    """Change a draft, and let others who have it open see that it changed."""
    session.execute(update(Directive).where(col(Directive.id) == directive.id)
                    .values(version=Directive.version + 1, **columns))  # fmt: skip
    session.refresh(directive)


