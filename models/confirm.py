"""Drafts become tasks: codes run on over all directives in document order, a parent before its children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import clock, event
from models.calendar import Calendar, calendar_of
from models.directive import Directive, DirectiveState, DraftItem
from models.moves import Actor, recompute_next_notice
from models.organisation import Department, Person, Post, Role, Unit
from models.series import Series, next_due, period_of
from models.task import CoUnit, DueSetBy, Task, TaskClass, json_value


class NotConfirmable(Exception):
    """A draft that cannot become tasks: `why` is assigned, recalled, missing, empty, internal_after_due or questions;
    `questions` lists the questions, or the items that it is about."""

    def __init__(self, why: str, questions: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.why, self.questions = why, list(questions)


@dataclass(frozen=True)
class Order:
    """What one or several units are to do; every task of it is made alike."""

    title: str
    text: str
    unit_ids: tuple[int, ...]
    task_class: TaskClass
    grouped: bool = False
    co_unit_ids: tuple[int, ...] = ()
    due_on: date | None = None
    due_time: time | None = None
    internal_due: date | None = None
    review_on: date | None = None
    due_set_by: DueSetBy = DueSetBy.OFFICE
    due_leader_id: int | None = None
    deliverables: tuple[str, ...] = ()
    urgency: str | None = None
    directive_id: int | None = None
    draft_item_id: int | None = None
    series_id: int | None = None
    item: str | None = None
    file: int = 0
    span_start: int | None = None
    span_end: int | None = None
    period: str | None = None


def items_of(session: Session, directive_id: int) -> Sequence[DraftItem]:
    """The draft's items in document order."""
    query = select(DraftItem).where(DraftItem.directive_id == directive_id).order_by(col(DraftItem.position))
    return session.exec(query).all()


def confirm(session: Session, directive_id: int, actor: Actor, *, waive: bool = False) -> list[Task]:
    """Make the tasks of a checked draft, parents included, in document order.

    Raises NotConfirmable with the open questions unless `waive` (each is then waived in this person's name, and
    default review dates are set). Items of others and dropped ones become no task.
    """
    directive = session.get(Directive, directive_id)
    if directive is None or directive.state is not DirectiveState.DRAFT:
        raise NotConfirmable(directive.state.value if directive else "missing")
    items = [item for item in items_of(session, directive_id) if not item.dropped and item.ours is not False]
    open_questions = [question for item in items for question in item.open_questions().values()]
    open_questions += _unowned(items)
    if open_questions and not waive:
        raise NotConfirmable("questions", open_questions)
    late = [item.label for item in items if item.internal_due and item.internal_due > (item.due_on or date.min)]
    if late:
        raise NotConfirmable("internal_after_due", late)
    usable = [item for item in items if item.unit_ids]
    if not usable:
        raise NotConfirmable("empty")
    _close_draft(session, directive)
    for item in items:
        waived = {key: {"waived_by": actor.person_id} for key in item.open_questions()}
        item.answers = {**item.answers, **waived}
        session.add(item)
    session.flush()
    made = [task for item in usable for task in _tasks_of_item(session, directive, item, actor)]
    facts = {"tasks": [task.code for task in made], "waived": waive,
             "without_owner": [item.label for item in items if not item.unit_ids]}  # fmt: skip
    event.record(session, f"directive:{directive_id}", "assigned", actor_id=actor.person_id, channel=actor.channel,
                 facts=facts, directive_id=directive_id, announced=True)  # fmt: skip
    return made


def _close_draft(session: Session, directive: Directive) -> None:
    """From a draft only: of two people who confirm it at once, one finds it assigned."""
    changed = session.execute(
        update(Directive)
        .where(col(Directive.id) == directive.id, col(Directive.state) == DirectiveState.DRAFT)
        .values(state=DirectiveState.ASSIGNED, assigned_at=clock.now())
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise NotConfirmable(DirectiveState.ASSIGNED.value)


def assign(session: Session, order: Order, actor: Actor) -> list[Task]:
    """Make the task of an order, or a parent and one task per unit; writes an `assigned` event for each duty."""
    calendar = calendar_of(session)
    units = tuple(dict.fromkeys(order.unit_ids))
    if len(units) == 1 and not order.grouped:
        return [_make(session, calendar, order, actor, unit_id=units[0])]
    parent = _make(session, calendar, order, actor, is_parent=True)
    return [parent, *(_make(session, calendar, order, actor, unit_id=unit, parent_id=parent.id) for unit in units)]


def next_number(session: Session) -> int:
    """The n of the next NVn, which nobody else takes meanwhile: SQLite's write transaction is immediate, elsewhere the
    office's own row is locked (SQLite knows no FOR UPDATE, and leaves it out)."""
    session.execute(select(Department.id).with_for_update())
    return int(session.exec(select(func.coalesce(func.max(Task.number), 0))).one()) + 1


def make_instance(session: Session, series: Series, due: date, actor: Actor) -> list[Task]:
    """Make one instance of a series, due on `due`, and set when the next is to be made."""
    pattern = dict(series.pattern)
    for name in ("co_unit_ids", "deliverables"):
        pattern[name] = tuple(pattern.get(name) or ())
    pattern |= {"task_class": TaskClass.RECURRING, "due_set_by": DueSetBy(pattern["due_set_by"])}
    order = Order(**pattern, unit_ids=tuple(series.unit_ids), grouped=series.grouped, due_on=due, series_id=series.id,
                  directive_id=series.directive_id, draft_item_id=series.draft_item_id,
                  period=period_of(series.recurrence, due))  # fmt: skip
    made = assign(session, order, actor)
    series.next_due, series.make_on = next_due(series.recurrence, due), due + timedelta(1)
    session.add(series)
    session.flush()
    return made


def _unowned(items: Sequence[DraftItem]) -> list[str]:
    return [f"{item.label}: ?" for item in items if not item.unit_ids and "owner" not in item.questions]


def _tasks_of_item(session: Session, directive: Directive, item: DraftItem, actor: Actor) -> list[Task]:
    leader = _signing_leader(session, directive)
    set_by = DueSetBy.AUTHORITY if directive.from_above else (DueSetBy.LEADER if leader else DueSetBy.OFFICE)
    if item.recurrence is not None and item.task_class == TaskClass.RECURRING.value:
        pattern: dict[str, Any] = {"title": item.title, "text": item.text, "item": item.label, "file": item.file,
                                   "span_start": item.span_start, "span_end": item.span_end,
                                   "co_unit_ids": item.co_unit_ids, "deliverables": item.deliverables,
                                   "due_set_by": set_by.value, "due_leader_id": leader}  # fmt: skip
        series = Series(directive_id=directive.id, draft_item_id=item.id, unit_ids=item.unit_ids, grouped=item.grouped,
                        recurrence=item.recurrence, pattern=pattern)  # fmt: skip
        session.add(series)
        session.flush()
        return make_instance(session, series, next_due(series.recurrence, clock.today()), actor)
    order = Order(
        title=item.title, text=item.text, unit_ids=tuple(item.unit_ids), grouped=item.grouped,
        task_class=TaskClass(item.task_class), co_unit_ids=tuple(item.co_unit_ids), due_on=item.due_on,
        due_time=item.due_time, internal_due=item.internal_due, review_on=item.review_on, due_set_by=set_by,
        due_leader_id=leader, deliverables=tuple(item.deliverables), urgency=directive.urgency,
        directive_id=directive.id, draft_item_id=item.id, item=item.label, file=item.file,
        span_start=item.span_start, span_end=item.span_end,
    )  # fmt: skip
    return assign(session, order, actor)


def _signing_leader(session: Session, directive: Directive) -> int | None:
    """The leader whose date it is: of the office's own directives, who signed it, else the leader of the leaders' unit
    (the Giám đốc)."""
    if directive.from_above:
        return None
    if directive.signer:
        signed = select(Person.id).join(Post, col(Post.person_id) == Person.id)
        signed = signed.where(Post.role == Role.LEADER, Person.name == directive.signer).order_by(col(Post.id).desc())
        leader = session.exec(signed).first()
        if leader is not None:
            return leader
    query = select(Unit.leader_id).where(Unit.is_leaders == True, Unit.valid_to == None)  # noqa: E711, E712
    return session.exec(query).first()


def _make(session: Session, calendar: Calendar, order: Order, actor: Actor, *, unit_id: int | None = None,
          parent_id: int | None = None, is_parent: bool = False) -> Task:  # fmt: skip
    now = clock.now()
    task_class = order.task_class
    if task_class in (TaskClass.DATED, TaskClass.STANDING):
        # A date that was not given is not invented: it is looked at instead.
        task_class = TaskClass.DATED if order.due_on is not None else TaskClass.STANDING
    looked_at = order.due_on is None and not is_parent and task_class is not TaskClass.MONITOR
    review = (order.review_on or calendar.review_date(clock.today())) if looked_at else None
    task = Task(
        number=next_number(session), directive_id=order.directive_id, draft_item_id=order.draft_item_id,
        series_id=order.series_id, item=order.item, parent_id=parent_id, is_parent=is_parent, unit_id=unit_id,
        title=order.title, text=order.text, file=order.file, span_start=order.span_start, span_end=order.span_end,
        period=order.period, task_class=task_class, urgency=order.urgency, deliverables=list(order.deliverables),
        due_on=order.due_on, due_time=order.due_time, original_due=order.due_on, internal_due=order.internal_due,
        due_set_by=order.due_set_by, due_leader_id=order.due_leader_id,
        review_on=review, assigned_at=now, assigned_by=actor.person_id,
    )  # fmt: skip
    session.add(task)
    session.flush()
    for co_unit in dict.fromkeys(order.co_unit_ids):
        if co_unit != unit_id:
            session.add(CoUnit(task_id=task.id or 0, unit_id=co_unit))
    task.next_notice_at = recompute_next_notice(session, task)
    session.flush()
    facts = {"unit": unit_id, "parent": parent_id, "is_parent": is_parent, "due_on": json_value(order.due_on),
             "title": order.title, "period": order.period}  # fmt: skip
    event.record(session, f"task:{task.id}", "assigned", actor_id=actor.person_id, facts=facts, channel=actor.channel,
                 task_id=task.id, directive_id=order.directive_id, announced=is_parent)  # fmt: skip
    return task
