"""What somebody else must learn of a chat that no event of a task tells: an order, a draft report, a request.

A Notice whose facts hold its sentence ready (`line`); `jobs` puts it into that person's next message.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot import texts
from models import clock
from models.calendar import calendar_of
from models.inserting import by_id
from models.message import Kind, insert_once
from models.message import Notice as NoticeRow
from models.organisation import Person


def tell(
    session: Session,
    occasion: str,
    kind: Kind,
    person_id: int,
    key: str,
    *,
    task_id: int | None = None,
    told_id: int | None = None,
    any_hour: bool = False,
    facts: dict[str, Any] | None = None,
    **values: Any,
) -> None:
    """Plan one notice for one person, once per occasion. `key`: its sentence (`tell.<key>`), in their language."""
    person = by_id(session, Person, person_id)
    line = texts.text(f"tell.{key}", (person.language if person else None) or "vi", **values)
    due_at = clock.now() if any_hour else calendar_of(session).slot_at_or_after(clock.now())
    insert_once(
        session,
        NoticeRow,
        key=f"{occasion}:{person_id}",
        kind=kind,
        person_id=person_id,
        told_id=told_id,
        task_id=task_id,
        due_at=due_at,
        any_hour=any_hour,
        at_once=any_hour,
        facts={**(facts or {}), "line": line, "what": key},
    )
