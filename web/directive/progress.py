"""The page of a directive: what it is, what leaders wrote on it, and how far each of its items has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import load_only
from sqlmodel import Session, col
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.lateness import leaders_units
from models.listing import official_category
from models.message import Message, MessageState, Notice, NoticeState
from models.organisation import Person, Unit
from models.spoken import Word, last_words
from models.task import Category, State, Task, overdue_days
from web.asking import Ask, Stop
from web.board.filtering import list_link
from web.directive.listing import COUNTED, list_states
from web.guards import for_overseers

MOST = 300
"""Tasks that the page shows; a directive has more only when a series has run for years."""

_task, _notice, _message = Task.__table__.c, Notice.__table__.c, Message.__table__.c
_said, _person, _directive = Instruction.__table__.c, Person.__table__.c, Directive.__table__.c
_NAMED = select(_directive.id, _directive.number, _directive.source)
_HEAD = load_only(*(getattr(Directive, name) for name in (
    "id", "number", "source", "kind", "issued_on", "issuer", "signer", "subject", "urgency", "from_above",
    "received_on", "arrival_number", "state", "assigned_at", "registered_at", "replaces_id", "recalled_on",
    "recalled_by", "file_code", "retention",
)))  # fmt: skip
_SHOWN = load_only(*(getattr(Task, name) for name in (
    "id", "number", "title", "unit_id", "state", "task_class", "due_on", "due_time", "review_on", "is_parent",
    "parent_id", "draft_item_id", "item", "period", "extension_asked_at", "reported_at", "completed_at",
)))  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A task of an item as it stands."""

    task: Task
    unit: Unit | None
    category: Category | None
    days_late: int
    word: Word | None


@dataclass(frozen=True)
class Item:
    """An item in the words of the document, with its tasks. `done` of `duties` are completed. `label`: empty for
    tasks that are of no item (a leader's order, what a replaced directive left)."""

    label: str
    text: str
    lines: Sequence[Line]
    done: int
    duties: int


def show(ask: Ask) -> Response:
    """GET /directives/{id}."""
    for_overseers(ask)
    asked = select(Directive).options(_HEAD).where(col(Directive.id) == ask.number("id"))
    directive = ask.session.execute(asked).scalar()
    if directive is None or directive.id is None:
        raise Stop(404, "web.stop.no_directive")
    total, lines = _lines(ask, directive.id)
    items, others = _items(ask, directive.id, lines)
    done, duties = counts(ask.session, directive.id)
    return ask.page(
        "directive.html", directive=directive, items=items, others=others, done_count=done, duty_count=duties,
        more=max(total - len(lines), 0), instructions=_instructions(ask, directive.id), link=list_link,
        duties=list_states(), of_directive={"directive": directive.id}, sent=messages(ask.session, directive.id),
        replaces=_named(ask, directive.replaces_id), replaced_by=_replaced_by(ask, directive.id),
        draft=directive.state is DirectiveState.DRAFT,
    )  # fmt: skip


def counts(session: Session, directive_id: int) -> tuple[int, int]:
    """Completed duties and all of them: parents, withdrawn and suspended tasks left out."""
    query = (
        select(_task.state, func.count())
        .where(_task.directive_id == directive_id, _task.is_parent.is_(False), _task.state.not_in(COUNTED))
        .group_by(_task.state)
    )
    found: dict[State, int] = dict(connection_of(session).execute(query).all())
    return found.get(State.COMPLETED, 0), sum(found.values())


def messages(session: Session, directive_id: int) -> Mapping[str, int]:
    """What became of the notices about its tasks: sent, unknown, waiting, failed, dropped."""
    tasks = select(_task.id).where(_task.directive_id == directive_id)
    query = (
        select(_notice.state, _message.state, func.count())
        .select_from(Notice.__table__.outerjoin(Message.__table__, _message.id == _notice.message_id))
        .where(_notice.task_id.in_(tasks))
        .group_by(_notice.state, _message.state)
    )
    found: dict[str, int] = defaultdict(int)
    plain = {MessageState.SENT: "sent", MessageState.UNKNOWN: "unknown", MessageState.FAILED: "failed"}
    for notice, message, count in connection_of(session).execute(query):
        dropped = notice is NoticeState.DROPPED or message is MessageState.DROPPED
        found["dropped" if dropped else plain.get(message, "waiting")] += count
    return found


def _lines(ask: Ask, directive_id: int) -> tuple[int, list[Line]]:
    """How many tasks it has, parents left out, and the first of them by code."""
    where = (_task.directive_id == directive_id, _task.is_parent.is_(False))
    query = select(Task).options(_SHOWN).where(*where).order_by(_task.number).limit(MOST)
    tasks = ask.session.execute(query).scalars().all()
    total = len(tasks)
    if total == MOST:
        every = select(func.count()).select_from(Task.__table__).where(*where)
        total = connection_of(ask.session).execute(every).scalar_one()
    calendar, now, leaders = calendar_of(ask.session), clock.now(), leaders_units(ask.session)
    words = last_words(ask.session, [task.id or 0 for task in tasks])
    owners = select(Unit).where(col(Unit.id).in_({task.unit_id for task in tasks}))
    units = {unit.id: unit for unit in ask.session.execute(owners).scalars()}
    lines = []
    for task in tasks:
        category = official_category(task, calendar, now, leaders)
        late = overdue_days(task, calendar, now) if category in (Category.OVERDUE, Category.DONE_LATE) else 0
        lines.append(Line(task, units.get(task.unit_id), category, late, words.get(task.id or 0)))
    return total, lines


def _items(ask: Ask, directive_id: int, lines: Sequence[Line]) -> tuple[list[Item], list[Item]]:
    """Items with tasks, in the order of the document, then tasks of no item; and items that became no task."""
    of_item: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        of_item[line.task.draft_item_id].append(line)
    query = select(DraftItem).where(col(DraftItem.directive_id) == directive_id).order_by(col(DraftItem.position))
    items: list[Item] = []
    others: list[Item] = []
    for item in ask.session.execute(query).scalars():
        theirs = of_item.pop(item.id, [])
        (items if theirs else others).append(_item(item.label, item.text, theirs))
    rest = [line for theirs in of_item.values() for line in theirs]
    return items + ([_item("", "", rest)] if rest else []), others


def _item(label: str, text: str, lines: Sequence[Line]) -> Item:
    duties = [line.task.state for line in lines if line.task.state not in COUNTED]
    return Item(label, text, lines, duties.count(State.COMPLETED), len(duties))


def _instructions(ask: Ask, directive_id: int) -> Sequence[Any]:
    """What leaders wrote on it, with their names."""
    query = (
        select(_said.said_on, _said.words, _person.name)
        .select_from(Instruction.__table__.outerjoin(Person.__table__, _person.id == _said.leader_id))
        .where(_said.directive_id == directive_id)
        .order_by(_said.id)
    )
    return ask.session.execute(query).all()


def _named(ask: Ask, directive_id: int | None) -> Any:
    return ask.session.execute(_NAMED.where(_directive.id == directive_id)).first() if directive_id else None


def _replaced_by(ask: Ask, directive_id: int) -> Sequence[Any]:
    query = _NAMED.where(_directive.replaces_id == directive_id, _directive.state != DirectiveState.DISCARDED)
    return ask.session.execute(query).all()
