"""/healthz: is the service able to work, and if not, why. Says nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from models import clock
from models.channel_health import UNSENT_AFTER, Health, health, unsent
from models.channel_state import Budget
from models.message import Inbox, InboxState
from models.organisation import Department
from web.context import Context


async def show(request: Request) -> JSONResponse:
    """200 {"ok": true, "reasons": []}, or 503 with what is wrong."""
    reasons = await run_in_threadpool(_reasons, request.app.state.context)
    return JSONResponse({"ok": not reasons, "reasons": reasons}, 503 if reasons else 200)


def _reasons(context: Context) -> list[str]:
    try:
        with context.database.read() as session:
            session.execute(text("SELECT 1"))
            if session.get(Department, 1) is None:
                return ["no department has been loaded"]
            channels = health(session, context.watched)
            return [*_stuck(session), *(reason for one in channels for reason in _of_channel(one))]
    except SQLAlchemyError as error:
        return [f"database: {type(error).__name__}"]


def _stuck(session: Session) -> Iterator[str]:
    count, oldest = unsent(session)
    if oldest is not None:
        minutes = (clock.now() - oldest).total_seconds() // 60
        yield f"{count} messages unsent for 15 minutes, the oldest for {minutes:.0f}"
    unread = session.exec(
        select(func.count()).where(
            col(Inbox.state) == InboxState.RECEIVED, col(Inbox.received_at) < clock.now() - UNSENT_AFTER
        )
    ).one()
    if unread:
        yield f"{unread} messages unanswered for 15 minutes"


def _of_channel(one: Health) -> Iterator[str]:
    name, state = one.watched.name, one.state
    if one.token_refused:
        yield f"{name}: its token is refused"
    elif one.down:
        yield f"{name}: down ({state.why})"
    elif one.stale and state.polled_at is not None:
        yield f"{name}: not polled for {(clock.now() - state.polled_at).total_seconds():.0f} seconds"
    elif one.tries.mostly_failed:
        yield f"{name}: {one.tries.failed} of {one.tries.all} tries failed in the last hour"
    if one.budget >= Budget.SPENT:
        yield f"{name}: the month's messages are used up"
