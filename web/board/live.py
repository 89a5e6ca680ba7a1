"""Pages that update by themselves: server-sent events that say "look again" when what the viewer may see has changed.

Another process may have written it, so nothing inside this one knows: the rows are looked at, once a second for all
who listen in this process, and a viewer is asked about only when something has changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select, text
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from models import clock
from models.base import Database, connection_of
from models.channel_state import ChannelState
from models.event import Event
from models.message import Attempt, Message, Notice
from models.rules import OFFICE_ZONE
from models.task import Task
from web.context import Context
from web.listening import counted, too_many
from web.uploads import whole_number
from web.viewer import Viewer, viewer_of, visible
from web.visits import NOBODY, Visit, over, visit_of

EVERY = 1.0
ALIVE = 20
"""Looks without news after which a comment is sent, so that a proxy does not close the line, and sign-in is checked."""
LOOKS = 900
"""After a quarter of an hour the stream ends and the browser opens it again."""
SLACK = timedelta(seconds=2)
"""What was written while a page was made may bear an earlier moment than the page."""

_event, _message, _channel = Event.__table__.c, Message.__table__.c, ChannelState.__table__.c


def _subquery(column: Any, *conditions: Any) -> Any:
    return select(column).where(*conditions).scalar_subquery()


# Only the ends of indexes, and rows that partial indexes hold: it is asked every second.
_LOOK = select(
    _subquery(func.max(_event.id)),
    _subquery(func.max(_message.id)),
    _subquery(func.max(Attempt.__table__.c.id)),
    _subquery(func.max(Notice.__table__.c.id)),
    select(func.count()).select_from(Message.__table__).where(text("message.state IN ('queued','sending')"))
    .scalar_subquery(),
    select(func.count()).select_from(Notice.__table__).where(text("notice.state = 'planned'")).scalar_subquery(),
    _subquery(func.count(_channel.down_since)),
    _subquery(func.count(_channel.spent_until)),
)  # fmt: skip
_NEWEST = select(_subquery(_event.at, _event.id == _subquery(func.max(_event.id))),
                 _subquery(_message.created_at, _message.id == _subquery(func.max(_message.id))))  # fmt: skip


class Pulse:
    """How the database looks, never older than a second, asked once for all who want to know."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._stamp, self._looked = "", float("-inf")
        self._asking = asyncio.Lock()

    async def stamp(self, every: float) -> str:
        """The stamp of now, or one that is less than `every` seconds old."""
        async with self._asking:
            if clock.elapsed() - self._looked >= every:
                self._stamp = await run_in_threadpool(look, self.database)
                self._looked = clock.elapsed()
            return self._stamp


_pulses: WeakKeyDictionary[Database, Pulse] = WeakKeyDictionary()


async def events(request: Request) -> Response:
    """GET /live?since=<when the page was made, in seconds> or ?after=<the last stamp heard>."""
    context: Context = request.app.state.context
    visit = visit_of(context, request)
    if visit.person_id == NOBODY or await run_in_threadpool(_there, context, visit) is None:
        return PlainTextResponse("", 401)
    if too_many(visit.person_id):
        return PlainTextResponse("", 429)
    after = request.headers.get("last-event-id") or request.query_params.get("after", "")
    since = None if after else _seconds(request.query_params.get("since", ""))
    return StreamingResponse(counted(visit.person_id, changes(context, visit, after, since)),
                             media_type="text/event-stream", headers={"x-accel-buffering": "no"})  # fmt: skip


async def changes(context: Context, visit: Visit, after: str = "", since: int | None = None, *, every: float = EVERY,
                  looks: int = LOOKS) -> AsyncIterator[str]:  # fmt: skip
    """`data: <stamp>` whenever the viewer's pages may look different: at once if they do since `since` or `after`."""
    pulse = _pulses.setdefault(context.database, Pulse(context.database))
    heard, quiet = after, 0
    if not after:
        heard = await pulse.stamp(every)
        missed = await run_in_threadpool(_written_since, context.database, since)
        yield _said(heard) if missed else f"id: {heard}\n\n"
    for _ in range(looks):
        stamp = await pulse.stamp(every)
        quiet += 1
        if stamp != heard or quiet >= ALIVE:
            news = await run_in_threadpool(partial(concerns, context, visit, heard, stamp))
            if news is None:
                return
            if news or quiet >= ALIVE:
                quiet = 0
                yield _said(stamp) if news else ": still here\n\n"
            heard = stamp
        await asyncio.sleep(every)


def _seconds(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 10 else None


def _said(stamp: str) -> str:
    return f"id: {stamp}\ndata: {stamp}\n\n"


def look(database: Database) -> str:
    """The stamp: newest event and message first, then whatever else pages show, and the hour (dates pass too)."""
    with database.read() as session:
        row = connection_of(session).execute(_LOOK).one()
    hour = clock.now().astimezone(OFFICE_ZONE)
    return "-".join(str(part or 0) for part in (*row, f"{hour:%y%m%d%H}"))


def concerns(context: Context, visit: Visit, heard: str, stamp: str) -> bool | None:
    """May the visitor see any of what happened between the two stamps? None: the session is over."""
    with context.database.read() as session:
        viewer = _viewer(session, visit)
        if viewer is None:
            return None
        if stamp == heard:
            return False
        if viewer.sees_all:
            return True
        then, now = _parts(heard), _parts(stamp)
        return then[-1] != now[-1] or _own_news(session, viewer, then[0], then[1])


def _own_news(session: Session, viewer: Viewer, event_id: int, message_id: int) -> bool:
    """Of a unit: events of its tasks, those of no task (people, units, the calendar), messages to the viewer."""
    of_none = select(_event.id).where(_event.id > event_id, _event.task_id.is_(None)).limit(1)
    of_tasks = (
        select(_event.id)
        .join(Task.__table__, Task.__table__.c.id == _event.task_id)
        .where(_event.id > event_id, *visible(viewer))
        .limit(1)
    )
    told = select(_message.id).where(_message.id > message_id, _message.person_id == viewer.id).limit(1)
    return any(session.execute(query).first() is not None for query in (of_none, of_tasks, told))


def _parts(stamp: str) -> list[int]:
    """The numbers of a stamp; zeros for what is none of ours."""
    return [whole_number(part) or 0 for part in stamp[:200].split("-")] + [0] * (2 if "-" not in stamp else 0)


def _written_since(database: Database, since: int | None) -> bool:
    """Was anything written after the page was made? Not told when: it may have been."""
    if since is None:
        return True
    with database.read() as session:
        newest = connection_of(session).execute(_NEWEST).one()
    made = datetime.fromtimestamp(since, UTC)
    return any(at is not None and at > made - SLACK for at in newest)


def _there(context: Context, visit: Visit) -> Viewer | None:
    with context.database.read() as session:
        return _viewer(session, visit)


def _viewer(session: Session, visit: Visit) -> Viewer | None:
    """The visitor; None when nobody of this name holds a post any more, or the session was ended."""
    viewer = viewer_of(session, visit.person_id)
    return None if viewer is None or not viewer.posts or over(viewer.person, visit) else viewer
