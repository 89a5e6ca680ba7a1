"""After an outage nobody is asked the same thing once for each day of it: the newest message asks, the older do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.message import WAITING_MESSAGES, Kind, Message, MessageState, Notice, NoticeState

LATE = timedelta(hours=1)
"""Messages that waited less are not looked at: in ordinary running none waits so long."""
SAME = {Kind.DUE_SOON: "due", Kind.DUE_TODAY: "due", Kind.OVERDUE: "due", Kind.UNCONFIRMED: "unconfirmed",
        Kind.PRE_NOTICE: "up", Kind.ESCALATED: "up", Kind.REVIEW: "review", Kind.DAILY_OFFICE: "daily",
        Kind.DIGEST: "report", Kind.DIGEST_DRAFT: "draft"}  # fmt: skip
"""Kinds that come again as long as nothing is done, and what each asks; everything else is said once anyway."""

_notice, _message = Notice.__table__.c, Message.__table__.c
_NEWER = (
    select(_notice.id, _notice.kind, _notice.task_id, _notice.told_id)
    .join(Message.__table__, _message.id == _notice.message_id)
    .where(
        _notice.person_id == bindparam("person"),
        _notice.message_id > bindparam("message"),
        _notice.state == NoticeState.CARRIED,
        _message.state.in_((*WAITING_MESSAGES, MessageState.SENT)),
    )
)


def outlived(session: Session, message: Any, notices: Sequence[Notice]) -> set[int]:
    """Of these notices of a message those whose question stands in a newer message to the same person."""
    if clock.now() - message.created_at < LATE:
        return set()
    rows = connection_of(session).execute(_NEWER, {"person": message.person_id, "message": message.id})
    newer = {_asked(row) for row in rows}
    return {notice.id or 0 for notice in notices if notice.kind in SAME and _asked(notice) in newer}


def _asked(row: Any) -> tuple[str | None, int | None, int | None]:
    return SAME.get(row.kind), row.task_id, row.told_id
