"""Drafts become tasks, those of a replaced directive go on or end with it: one step, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import clock, event
from models.assigning import Going, NotConfirmable, Order, assign, make_instance, next_number
from models.directive import Directive, DirectiveState, DraftItem
from models.moves import Actor
from models.organisation import Person, Post, Role, Unit
from models.series import Series, next_due
from models.succession import (
    Plan,
    close_empty_parents,
    leave_series,
    planned,
    undecided,
    waiting_choices,
    withdraw_all,
)
from models.task import DueSetBy, Task, TaskClass

__all__ = ["NotConfirmable", "Order", "assign", "confirm", "items_of", "make_instance", "next_number", "usable_items"]


@dataclass(frozen=True)
class Replacement:
    """The directive that a draft replaces, and what its open tasks become; nothing where it replaces none."""

    old_id: int | None = None
    plan: Plan = field(default_factory=Plan)
    reason: str = ""


def items_of(session: Session, directive_id: int) -> Sequence[DraftItem]:
    """The draft's items in document order."""
    query = select(DraftItem).where(DraftItem.directive_id == directive_id).order_by(col(DraftItem.position))
    return session.exec(query).all()


def usable_items(session: Session, directive_id: int) -> list[DraftItem]:
    """Its items that become tasks: not dropped, not those of others."""
    return [item for item in items_of(session, directive_id) if not item.dropped and item.ours is not False]


def confirm(session: Session, directive_id: int, actor: Actor, *, waive: bool = False) -> list[Task]:
    """Make the tasks of a checked draft, parents included, in document order.

    Raises NotConfirmable with the open questions unless `waive` (each is then waived in this person's name, default
    review dates are set, and undecided tasks of a replaced directive stay where they are). What the document as a whole
    asks is answered, never waived. Items of others and dropped ones become no task.
    """
    directive = session.get(Directive, directive_id)
    if directive is None or directive.state is not DirectiveState.DRAFT:
        raise NotConfirmable(directive.state.value if directive else "missing")
    items = usable_items(session, directive_id)
    _check_questions(directive, items, waive)
    replacement = _replacement(session, directive, items, actor, waive)
    going = replacement.plan.going
    usable = [item for item in items if item.unit_ids or item.id in going]
    if not usable:
        raise NotConfirmable("empty")
    _close_draft(session, directive)
    for item in items:
        waived = {key: {"waived_by": actor.person_id} for key in item.open_questions()}
        item.answers = {**item.answers, **waived}
        item.unit_ids = item.unit_ids or list(going.get(item.id or 0, {}))
        session.add(item)
    session.flush()
    if replacement.old_id is not None:
        withdraw_all(session, replacement.plan, actor, replacement.reason)
    left = [(task.parent_id, task.series_id, task.unit_id) for there in going.values() for task in there.values()]
    made = [task for item in usable for task in _tasks_of_item(session, directive, item, actor, going)]
    close_empty_parents(session, [parent for parent, _, _ in left], actor)
    for _, series_id, unit_id in left:
        leave_series(session, series_id, unit_id)
    _told(session, directive, items, made, replacement, actor, waive)
    return made


def _check_questions(directive: Directive, items: Sequence[DraftItem], waive: bool) -> None:
    whole = list(directive.open_questions().values())
    if whole and waive:
        raise NotConfirmable("unwaivable", whole)
    open_questions = whole + [question for item in items for question in item.open_questions().values()]
    open_questions += _unowned(items)
    if open_questions and not waive:
        raise NotConfirmable("questions", open_questions)
    late = [item.label for item in items if item.internal_due and item.internal_due > (item.due_on or date.min)]
    if late:
        raise NotConfirmable("internal_after_due", late)


def _replacement(session: Session, directive: Directive, items: Sequence[DraftItem], actor: Actor,
                 waive: bool) -> Replacement:  # fmt: skip
    """What the draft replaces, checked against what is so now. Raises NotConfirmable."""
    if directive.replaces_id is None:
        return Replacement()
    choices = waiting_choices(directive)
    open_still = undecided(session, directive.replaces_id, choices)
    if open_still and not waive:
        raise NotConfirmable("undecided", open_still)
    plan = planned(session, directive.replaces_id, choices, items)
    if actor.person_id is None and (plan.withdrawn or plan.going or plan.ended):
        # The command line assigns in nobody's name; taking a task from a unit is somebody's act.
        raise NotConfirmable("nobody", [name for name, one in choices.items() if one.fate.value != "keep"])
    return Replacement(directive.replaces_id, plan, str(directive.continues.get("reason") or ""))


def _told(session: Session, directive: Directive, items: Sequence[DraftItem], made: Sequence[Task],
          replacement: Replacement, actor: Actor, waive: bool) -> None:  # fmt: skip
    """One event for the new directive, one for the one that it replaces."""
    moved = [task.code for there in replacement.plan.going.values() for task in there.values()]
    facts = {"tasks": [task.code for task in made], "waived": waive,
             "without_owner": [item.label for item in items if not item.unit_ids]}  # fmt: skip
    event.record(session, f"directive:{directive.id}", "assigned", actor_id=actor.person_id, channel=actor.channel,
                 facts=facts | ({"continued": moved} if moved else {}), directive_id=directive.id,
                 announced=True)  # fmt: skip
    if replacement.old_id is not None:
        facts = {"by": directive.id, "moved": moved, "kept": list(replacement.plan.kept),
                 "withdrawn": [task.code for task in replacement.plan.withdrawn]}  # fmt: skip
        event.record(session, f"directive:{replacement.old_id}", "replaced", actor_id=actor.person_id, facts=facts,
                     channel=actor.channel, directive_id=replacement.old_id, announced=True)  # fmt: skip


def _close_draft(session: Session, directive: Directive) -> None:
    """From a draft only: of two people who confirm it at once, one finds it assigned."""
    changed = session.execute(
        update(Directive)
        .where(col(Directive.id) == directive.id, col(Directive.state) == DirectiveState.DRAFT)
        .values(state=DirectiveState.ASSIGNED, assigned_at=clock.now())
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise NotConfirmable(DirectiveState.ASSIGNED.value)


def _unowned(items: Sequence[DraftItem]) -> list[str]:
    return [f"{item.label}: ?" for item in items if not item.unit_ids and "owner" not in item.questions]


def _tasks_of_item(session: Session, directive: Directive, item: DraftItem, actor: Actor,
                   going: Any) -> list[Task]:  # fmt: skip
    there: Going = going.get(item.id, {})
    set_by, leader = _setter(session, directive, item)
    if item.recurrence is not None and item.task_class == TaskClass.RECURRING.value:
        pattern: dict[str, Any] = {"title": item.title, "text": item.text, "item": item.label, "file": item.file,
                                   "span_start": item.span_start, "span_end": item.span_end,
                                   "co_unit_ids": item.co_unit_ids, "deliverables": item.deliverables,
                                   "due_set_by": set_by.value, "due_leader_id": leader}  # fmt: skip
        series = Series(directive_id=directive.id, draft_item_id=item.id, unit_ids=item.unit_ids, grouped=item.grouped,
                        recurrence=item.recurrence, pattern=pattern)  # fmt: skip
        session.add(series)
        session.flush()
        return make_instance(session, series, next_due(series.recurrence, clock.today()), actor, there)
    return assign(session, order_of(session, directive, item), actor, there)


def order_of(session: Session, directive: Directive, item: DraftItem) -> Order:
    """The order that an item with one date, or none, gives."""
    set_by, leader = _setter(session, directive, item)
    return Order(
        title=item.title, text=item.text, unit_ids=tuple(item.unit_ids), grouped=item.grouped,
        task_class=TaskClass(item.task_class), co_unit_ids=tuple(item.co_unit_ids), due_on=item.due_on,
        due_time=item.due_time, internal_due=item.internal_due, review_on=item.review_on, due_set_by=set_by,
        due_leader_id=leader, deliverables=tuple(item.deliverables), urgency=directive.urgency,
        directive_id=directive.id, draft_item_id=item.id, item=item.label, file=item.file,
        span_start=item.span_start, span_end=item.span_end,
    )  # fmt: skip


def _setter(session: Session, directive: Directive, item: DraftItem) -> tuple[DueSetBy, int | None]:
    """Who set the item's date: the leader whose instruction gave the one that the text lacks, the higher authority, or
    for the office's own directives their signer."""
    given = item.answers.get("due") or {}
    if isinstance(given, dict) and given.get("leader") and item.due_on and given.get("date") == item.due_on.isoformat():
        return DueSetBy.LEADER, int(given["leader"])
    if directive.from_above:
        return DueSetBy.AUTHORITY, None
    leader = _signing_leader(session, directive)
    return (DueSetBy.LEADER if leader else DueSetBy.OFFICE), leader


def _signing_leader(session: Session, directive: Directive) -> int | None:
    """The leader whose date it is: of the office's own directives, who signed it, else the leader of the leaders' unit
    (the Giám đốc)."""
    if directive.signer:
        signed = select(Person.id).join(Post, col(Post.person_id) == Person.id)
        signed = signed.where(Post.role == Role.LEADER, Person.name == directive.signer).order_by(col(Post.id).desc())
        leader = session.exec(signed).first()
        if leader is not None:
            return leader
    query = select(Unit.leader_id).where(Unit.is_leaders == True, Unit.valid_to == None)  # noqa: E711, E712
    return session.exec(query).first()
