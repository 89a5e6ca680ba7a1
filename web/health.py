"""/healthz: is the site able to work, and if not, why. Says nothing about anybody."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from models import clock
from models.base import Database
from models.message import Message, MessageState
from models.organisation import Department


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


def _stuck(session: "Session") -> list[str]:
    from datetime import timedelta

    from sqlmodel import col, func, select

    late = clock.now() - timedelta(hours=1)
    waiting = session.exec(
        select(func.count()).select_from(Message)
        .where(col(Message.state) == MessageState.QUEUED, col(Message.not_before) < late)
    ).one()
    return [f"{waiting} messages have waited for more than an hour"] if waiting else []
