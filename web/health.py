"""/healthz: is the site able to work, and if not, why. Says nothing about anybody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from models import clock
from models.base import Database
from models.message import WAITING_MESSAGES, Inbox, InboxState, Message
from models.organisation import Department

LATE = timedelta(minutes=15)


async def show(request: Request) -> JSONResponse:
    """200 {"ok": true, "reasons": []}, or 503 with what is wrong."""
    reasons = await run_in_threadpool(_reasons, request.app.state.context.database)
    return JSONResponse({"ok": not reasons, "reasons": reasons}, 503 if reasons else 200)


def _reasons(database: Database) -> list[str]:
    try:
        with database.read() as session:
            session.execute(text("SELECT 1"))
            if session.get(Department, 1) is None:
                return ["no department has been loaded"]
            return _stuck(session)
    except SQLAlchemyError as error:
        return [f"database: {type(error).__name__}"]


def _stuck(session: Session) -> list[str]:
    before = clock.now() - LATE
    unsent = session.exec(
        select(func.count()).where(col(Message.state).in_(WAITING_MESSAGES), col(Message.not_before) < before)
    ).one()
    unread = session.exec(
        select(func.count()).where(Inbox.state == InboxState.RECEIVED, col(Inbox.received_at) < before)
    ).one()
    reasons = [f"{unsent} messages unsent for 15 minutes"] if unsent else []
    return reasons + ([f"{unread} messages unanswered for 15 minutes"] if unread else [])
