"""The chat page updates by itself: server-sent events that say "look again" when the person's rows have changed.

The rows are looked at once a second: another process may have written them, so nothing inside this one knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from models.organisation import Person
from web.chat.lines import stamp
from web.context import Context
from web.listening import counted, too_many
from web.visits import NOBODY, Visit, over, visit_of

EVERY = 1.0
ALIVE = 20
"""Looks without news after which a comment is sent, so that a proxy does not close the line."""
LOOKS = 900
"""After a quarter of an hour the stream ends and the browser opens it again: sign-in is checked anew."""


async def events(request: Request) -> Response:
    """GET /chat/events."""
    context: Context = request.app.state.context
    visit = visit_of(context, request)
    if visit.person_id == NOBODY or await run_in_threadpool(look, context, visit) is None:
        return PlainTextResponse("", 401)
    if too_many(visit.person_id):
        return PlainTextResponse("", 429)
    return StreamingResponse(counted(visit.person_id, changes(context, visit)), media_type="text/event-stream",
                             headers={"x-accel-buffering": "no"})  # fmt: skip


async def changes(context: Context, visit: Visit, *, every: float = EVERY, looks: int = LOOKS) -> AsyncIterator[str]:
    """`data: <stamp>` at once and whenever it changes."""
    said, quiet = "", 0
    for _ in range(looks):
        now = await run_in_threadpool(look, context, visit)
        if now is None:
            return
        if now != said:
            said, quiet = now, 0
            yield f"data: {now}\n\n"
        elif (quiet := quiet + 1) >= ALIVE:
            quiet = 0
            yield ": still here\n\n"
        await asyncio.sleep(every)


def look(context: Context, visit: Visit) -> str | None:
    """The stamp of the visitor's conversation; None when the session is over."""
    with context.database.read() as session:
        person = session.get(Person, visit.person_id)
        if person is None or over(person, visit):
            return None
        return stamp(session, visit.person_id)
