"""A person's calendar feed: its secret address, and the tasks that stand in it.

A program that reads calendars cannot sign in, so the address itself is the key; only an HMAC of it is kept. It ends
with a new one, with the person's sessions (unlinked, signed out everywhere), and with the last post.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, false, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.event import Event
from models.inserting import looked_up
from models.joining import CalendarFeed, digest
from models.lateness import DUTY, JUDGED, OPEN, can_be_late, past_due
from models.moves import Actor
from models.organisation import Person, Post, Role, Unit
from models.personnel import record_person
from models.recipients import posts_of
from models.task import DueSetBy, State, Task

FEED = "feed"
MOST = 200
"""Entries of each kind: nobody looks at more, and the leaders' could have thousands."""
SHOWN_AFTER = timedelta(days=30)
"""So long what is done, or withdrawn, still stands in it."""
LOOKED_BACK = timedelta(days=180)
"""How old the date of a task may be that was completed lately: a bound for the database, not for people."""

# Columns alone: a calendar shows no text, and the mapper would double the time.
_COLUMNS = [Task.__table__.c[name] for name in ("id", "number", "title", "state", "unit_id", "directive_id", "due_on",
                                                "due_time", "internal_due", "due_version", "assigned_at")]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A task as a calendar shows it. `changed`: when it was last acted on; `internal`: the day of submitting it."""

    number: int
    title: str
    state: State
    unit: str
    directive: str
    due_on: date
    due_time: time | None
    internal: date | None
    version: int
    changed: datetime


def new_feed(session: Session, secret: bytes, person_id: int, actor: Actor) -> str:
    """A new secret address for this person, which ends the old one; what stands in it between /ics/ and .ics."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(CalendarFeed).where(col(CalendarFeed.person_id) == person_id))
    session.add(CalendarFeed(person_id=person_id, digest=digest(secret, FEED, token), made_at=clock.now()))
    session.flush()
    record_person(session, person_id, "feed_made", actor, {})
    return token


def end_feed(session: Session, person_id: int, actor: Actor) -> None:
    """End a person's feed, if there is one."""
    ended = session.execute(delete(CalendarFeed).where(col(CalendarFeed.person_id) == person_id))
    if ended.rowcount:  # type: ignore[attr-defined]
        record_person(session, person_id, "feed_ended", actor, {})


def feed_of(session: Session, person: Person) -> CalendarFeed | None:
    """The person's feed, unless it has ended with the sessions."""
    feed = session.get(CalendarFeed, person.id)
    over = feed is not None and person.sessions_from is not None and person.sessions_from > feed.made_at
    return None if over else feed


def owner_of(session: Session, secret: bytes, token: str) -> tuple[Person, list[Post]] | None:
    """Whose address this is, with the posts of today; None when it is unknown, has ended, or the person has none."""
    feed = session.exec(select(CalendarFeed).where(CalendarFeed.digest == digest(secret, FEED, token))).first()
    person = session.get(Person, feed.person_id) if feed else None
    if person is None or person.id is None or feed_of(session, person) is None:
        return None
    posts = posts_of(session, person.id, clock.today())
    return (person, list(posts)) if posts else None


def entries(session: Session, person_id: int, posts: Sequence[Post]) -> list[Entry]:
    """What stands in a person's calendar, by number: of his units (a head's, a deputy's, those a leader is in charge
    of), his own as đầu mối, and for the Office what a higher authority dated or what is overdue."""
    today = clock.today()
    units = _units(session, person_id, posts)
    mine = or_(col(Task.unit_id).in_(units) if units else false(), col(Task.focal_id) == person_id)
    shown = mine
    if any(post.role is Role.OFFICE for post in posts):
        late = past_due(calendar_of(session), clock.now()) & can_be_late(session)
        shown = or_(mine, col(Task.due_set_by) == DueSetBy.AUTHORITY, late)
    tasks: dict[int, Any] = {}
    for conditions, order in _questions(today, mine, shown):
        query = select_columns(*_COLUMNS).where(*conditions, col(Task.due_on).is_not(None), DUTY).order_by(order)
        tasks |= {task.number: task for task in connection_of(session).execute(query.limit(MOST))}
    return list(_entries(session, [tasks[number] for number in sorted(tasks)]))


def _units(session: Session, person_id: int, posts: Iterable[Post]) -> list[int]:
    own = {post.unit_id for post in posts if post.unit_id is not None and post.role in (Role.HEAD, Role.DEPUTY)}
    if any(post.role is Role.LEADER for post in posts):
        led = select(Unit.id).where(Unit.leader_id == person_id)
        own |= {unit_id for unit_id in session.exec(led) if unit_id is not None}
    return sorted(own)


def _questions(today: date, mine: ColumnElement[bool], shown: ColumnElement[bool]) -> Iterator[tuple[list[Any], Any]]:
    """Conditions and order of each kind: to come, overdue, done lately, withdrawn (of one's own alone)."""
    due, since = col(Task.due_on), clock.now() - SHOWN_AFTER
    yield [OPEN, shown, due >= today], due
    yield [OPEN, shown, due < today], due.desc()
    done = col(Task.completed_at) >= since
    yield [JUDGED, shown, due >= today - LOOKED_BACK, Task.state == State.COMPLETED, done], due.desc()
    yield [mine, Task.state == State.WITHDRAWN, due >= today - SHOWN_AFTER], due.desc()


def _entries(session: Session, tasks: Sequence[Any]) -> Iterator[Entry]:
    units = looked_up(session, Unit, {task.unit_id for task in tasks})
    changed, numbers = _changed(session, tasks), _directives(session, tasks)
    for task in tasks:
        unit = units.get(task.unit_id)
        yield Entry(
            number=task.number, title=task.title, state=task.state, unit=unit.name if unit else "",
            directive=numbers.get(task.directive_id) or "", due_on=task.due_on or clock.today(),
            due_time=task.due_time, internal=task.internal_due if task.internal_due != task.due_on else None,
            version=task.due_version, changed=changed.get(task.id) or task.assigned_at,
        )  # fmt: skip


def _changed(session: Session, tasks: Sequence[Any]) -> dict[int | None, datetime]:
    """Id of a task → when it was last acted on."""
    query = select(Event.task_id, func.max(Event.at)).where(col(Event.task_id).in_([task.id for task in tasks]))
    return dict(session.exec(query.group_by(col(Event.task_id))).all())


def _directives(session: Session, tasks: Sequence[Any]) -> dict[int | None, str | None]:
    """Id of a directive → its number. Columns alone: its row holds its whole text."""
    ids = {task.directive_id for task in tasks if task.directive_id}
    return dict(session.exec(select(Directive.id, Directive.number).where(col(Directive.id).in_(ids))).all())
