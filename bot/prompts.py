"""Open questions: what a bare number or a short answer in a chat is about. Rows, so that a restart forgets nothing.

One message is one prompt. A message's prompt makes older message prompts about the same tasks moot; a step of a
dialogue makes older steps about the same thing moot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from models import clock
from models.base import connection_of, rules_of
from models.message import Kind, Message, Prompt, insert_row
from models.task import Task

MESSAGE_KINDS = frozenset(kind.value for kind in Kind if kind is not Kind.REPLY)
STEPS = frozenset(
    {
        "ask_product",
        "ask_result",
        "ask_date",
        "ask_reason",
        "ask_progress",
        "ask_evidence",
        "ask_absence",
        "confirm",
        "draft",
        "which_task",
        "which_act",
    }
)
ALONE = frozenset({"confirm", "which_task", "which_act", "ask_evidence", "ask_absence"})
"""Steps of which a chat has one at a time: a new one takes the place of the old, whatever it is about."""
DECIDED = frozenset({"reported", "extension_asked", "refused", "confirm", "draft"})
"""Kinds whose answer decides something: the tasks' versions are kept, so that a stale button is recognised."""

_prompt = Prompt.__table__
OPEN = (
    select(_prompt.c.id, _prompt.c.kind, _prompt.c.tasks, _prompt.c.about, _prompt.c.message_id, _prompt.c.opened_at)
    .where(
        _prompt.c.person_id == bindparam("person"),
        _prompt.c.closed_at.is_(None),
        _prompt.c.expires_at > bindparam("now"),
    )
    .order_by(_prompt.c.id)
)
_OPEN_OF_ALL = (
    select(_prompt.c.id, _prompt.c.person_id, _prompt.c.kind, _prompt.c.tasks)
    .where(
        _prompt.c.person_id.in_(bindparam("people", expanding=True)),
        _prompt.c.closed_at.is_(None),
        _prompt.c.expires_at > bindparam("now"),
    )
    .order_by(_prompt.c.id)
)
_INSERT = insert(_prompt).returning(_prompt.c.id, sort_by_parameter_order=True)
_VERSIONS = select(Task.__table__.c.number, Task.__table__.c.version).where(
    Task.__table__.c.number.in_(bindparam("numbers", expanding=True))
)
_TASKS = select(Message.__table__.c.tasks).where(
    Message.__table__.c.id == bindparam("message"), Message.__table__.c.person_id == bindparam("person")
)
_CLOSE = update(_prompt).where(_prompt.c.id.in_(bindparam("ids", expanding=True))).values(closed_at=bindparam("now"))


def open_prompt(
    session: Session,
    *,
    person_id: int,
    kind: str,
    tasks: Sequence[int],
    about: dict[str, Any] | None = None,
    message_id: int | None = None,
) -> int:
    """Open a question about NV numbers and close those it makes moot; its id. It expires after `Rules.prompt_days`."""
    now = clock.now()
    told = dict(about or {})
    if kind in DECIDED and tasks:
        told["versions"] = versions(session, tasks)
    older = connection_of(session).execute(OPEN, {"person": person_id, "now": now})
    close(session, [row.id for row in older if _is_moot(row.kind, set(row.tasks), kind, set(tasks))])
    return insert_row(
        session,
        Prompt,
        person_id=person_id,
        message_id=message_id,
        kind=kind,
        tasks=list(tasks),
        about=told,
        opened_at=now,
        expires_at=now + timedelta(days=rules_of(session).prompt_days),
    )


@dataclass(frozen=True)
class Question:
    """What a message asks: a bare number answers it for these NV numbers."""

    person_id: int
    kind: str
    tasks: tuple[int, ...]
    message_id: int


def open_prompts(session: Session, questions: Sequence[Question]) -> list[int]:
    """Open the questions of messages, in their order, each as `open_prompt` does; their ids. For all of them the
    database is asked once."""
    if not questions:
        return []
    now, rows, moot = clock.now(), list[dict[str, Any]](), list[int]()
    expires_at = now + timedelta(days=rules_of(session).prompt_days)
    decided = sorted({number for one in questions if one.kind in DECIDED for number in one.tasks})
    known = versions(session, decided) if decided else {}
    live: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    people = sorted({one.person_id for one in questions})
    for row in connection_of(session).execute(_OPEN_OF_ALL, {"people": people, "now": now}):
        live[row.person_id].append({"id": row.id, "kind": row.kind, "tasks": row.tasks})
    for one in questions:
        for old in live[one.person_id]:
            if _is_moot(old["kind"], set(old["tasks"]), one.kind, set(one.tasks)):
                old["closed_at"] = now  # one of these same questions is not open yet: it is kept as closed
                moot += [old["id"]] if "id" in old else []
        versions_then = {str(number): known[str(number)] for number in one.tasks if str(number) in known}
        about = {"versions": versions_then} if one.kind in DECIDED and one.tasks else {}
        rows.append({"person_id": one.person_id, "message_id": one.message_id, "kind": one.kind,
                     "tasks": list(one.tasks), "about": about, "opened_at": now, "expires_at": expires_at,
                     "closed_at": None})  # fmt: skip
        live[one.person_id].append(rows[-1])
    close(session, moot)
    return list(connection_of(session).execute(_INSERT, rows).scalars())


def close(session: Session, prompt_ids: Iterable[int]) -> None:
    """These questions are answered or moot."""
    ids = list(prompt_ids)
    if ids:
        connection_of(session).execute(_CLOSE, {"ids": ids, "now": clock.now()})


def versions(session: Session, numbers: Sequence[int]) -> dict[str, int]:
    """NV number (as text, it is a JSON key) → the task's version now."""
    rows = connection_of(session).execute(_VERSIONS, {"numbers": list(numbers)})
    return {str(number): version for number, version in rows}


def tasks_of_message(session: Session, message_id: int, person_id: int) -> tuple[int, ...]:
    """NV numbers that a message to this person names; empty for somebody else's message."""
    row = connection_of(session).execute(_TASKS, {"message": message_id, "person": person_id}).first()
    return tuple(row[0]) if row else ()


def _is_moot(old_kind: str, old: set[int], kind: str, new: set[int]) -> bool:
    if kind in MESSAGE_KINDS:
        return old_kind in MESSAGE_KINDS and old <= new
    if old_kind in MESSAGE_KINDS:
        return False
    return old_kind in ALONE if kind in ALONE else (old_kind == kind and bool(old & new)) or (not old and not new)
