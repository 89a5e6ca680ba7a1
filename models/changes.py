"""What happened, as other programs are told of it: tasks, directives and indicators, without personal data.

Facts of an event hold what people typed and names; none of that goes out. Who acted is told by the post held that day.
What can still be taken back is not told yet, and nothing after it: whoever asks for what comes after a number would
otherwise never see it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, text
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from models import clock
from models.calendar import calendar_of
from models.directive import Directive
from models.event import Event
from models.inserting import looked_up
from models.lateness import leaders_units
from models.listing import official_category
from models.organisation import Post, Unit
from models.recipients import standing_role
from models.rules import OFFICE_ZONE
from models.task import Task, json_value

TOLD = or_(*(col(Event.subject).like(f"{kind}:%") for kind in ("task", "directive", "indicator")))
"""Of these things; what happens to people, units and settings is nobody else's business."""
UNTOLD: Any = text("event.announced_at IS NULL")
"""Literal, for its partial index. What can still be taken back has been announced to nobody."""
YOUNG = 2000
"""So many events at most come within those seconds."""
SETTLES = timedelta(seconds=5)
"""Numbers are given before a transaction commits: where writers work side by side, one may come in this much later."""


@dataclass(frozen=True)
class Changes:
    """A stretch of changes. `next`: the number after which to go on; `more`: there are more by now."""

    rows: list[dict[str, Any]]
    next: int
    more: bool


def changes_after(session: Session, after: int, limit: int, *also: ColumnElement[bool]) -> Changes:
    """The changes after an event's number, oldest first, as far as they may be told. `also`: which of them."""
    told_until = _told_until(session, after)
    query = select(Event).where(Event.id > after, Event.id <= told_until, TOLD, *also)  # type: ignore[operator]
    found = session.exec(query.order_by(col(Event.id)).limit(limit + 1)).all()
    more = len(found) > limit
    reached = (found[limit - 1].id or after) if more else max(after, told_until)
    return Changes(changes_of(session, found[:limit]), reached, more)


def last_told(session: Session) -> int:
    """The number of the last event: a program that begins now asks for what comes after it."""
    return session.exec(select(func.max(Event.id))).one() or 0


def changes_of(session: Session, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Each event as {id, type, at, subject, by, channel, from, to, task}; `task` as it stands now."""
    tasks = _tasks(session, {event.task_id for event in events})
    posts, rows = _posts(session, events), []
    for event in events:
        kind, _, number = event.subject.partition(":")
        task, facts = tasks.get(event.task_id), event.facts or {}
        rows.append({
            "id": event.id, "type": f"{kind}.{event.verb}", "at": event.at.astimezone(OFFICE_ZONE).isoformat(),
            "subject": task["code"] if task and kind == "task" else f"{kind}:{number}",
            "by": posts.get(_who_when(event)), "channel": event.channel or None,
            "from": facts.get("from") if kind == "task" else None,
            "to": facts.get("state", facts.get("from")) if kind == "task" else None,
            "task": task if kind == "task" else None,
        })  # fmt: skip
    return rows


def _told_until(session: Session, after: int) -> int:
    """The last event's number before the first that may not be told yet."""
    now = clock.now()
    # Not of the plain column: for its least, SQLite would walk the whole history, in vain nearly always.
    number = col(Event.id) + 0
    first_of = select(func.min(number)).where(number > after)
    found = [session.exec(first_of.where(UNTOLD, col(Event.announce_from) > now)).one()]
    if session.get_bind().dialect.name != "sqlite":
        young = select(Event.id).where(Event.id > after).order_by(col(Event.id).desc()).limit(YOUNG)  # type: ignore[operator]
        found.append(session.exec(first_of.where(col(Event.id).in_(young), col(Event.at) > now - SETTLES)).one())
    return min((first - 1 for first in found if first is not None), default=last_told(session))


def _posts(session: Session, events: Sequence[Event]) -> dict[tuple[int | None, date], dict[str, Any]]:
    """(person, day of the office) → the post that stood for them that day; none for the schedule, and for nobody's."""
    asked = {_who_when(event) for event in events if event.actor_id is not None}
    held: dict[int, list[Post]] = defaultdict(list)
    query = select(Post).where(col(Post.person_id).in_({person for person, _ in asked})).order_by(col(Post.id))
    for post in session.exec(query):
        held[post.person_id].append(post)
    units = looked_up(session, Unit, {post.unit_id for posts in held.values() for post in posts})
    found = {}
    for person, day in asked:
        posts = [post for post in held[person or 0] if _held_on(post, day)]
        role = standing_role(posts)
        for post in (one for one in posts[::-1] if one.role is role):
            unit = units.get(post.unit_id)
            found[person, day] = {"role": post.role.value, "unit": unit.code if unit else None, "title": post.title}
    return found


def _who_when(event: Event) -> tuple[int | None, date]:
    return event.actor_id, event.at.astimezone(OFFICE_ZONE).date()


def _held_on(post: Post, day: date) -> bool:
    return (post.valid_from is None or post.valid_from <= day) and (post.valid_to is None or post.valid_to >= day)


def _tasks(session: Session, ids: set[int | None]) -> dict[int | None, dict[str, Any]]:
    now, calendar, leaders = clock.now(), calendar_of(session), leaders_units(session)
    tasks = looked_up(session, Task, ids)
    units = looked_up(session, Unit, {task.unit_id for task in tasks.values()})
    numbers = _numbers(session, {task.directive_id for task in tasks.values()})
    found = {}
    for key, task in tasks.items():
        unit, category = units.get(task.unit_id), official_category(task, calendar, now, leaders)
        found[key] = {
            "code": task.code, "title": task.title, "unit": unit.code if unit else None, "state": task.state.value,
            "class": task.task_class.value, "category": category.value if category else None,
            "due": json_value(task.due_on), "due_time": f"{task.due_time:%H:%M}" if task.due_time else None,
            "directive": numbers.get(task.directive_id),
        }  # fmt: skip
    return found


def _numbers(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    few = load_only(Directive.id, Directive.number, Directive.source)  # type: ignore[arg-type]
    query = select(Directive).where(col(Directive.id).in_(ids - {None})).options(few)
    return {one.id: one.number or one.source for one in session.exec(query)}

