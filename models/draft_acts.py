"""The memory of acts on a draft, from which they are undone and done again."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, delete

from models import clock
from models.draft_change import DraftChange
from models.moves import Actor
from models.task import json_value

Columns = dict[str, Any]


def keep_act(session: Session, directive_id: int, actor: Actor, what: str, before: Mapping[str, Columns | None],
             after: Mapping[str, Columns | None]) -> None:  # fmt: skip
    """Keep what an act changed: row (`directive`, or an item's id) → its changed columns, None where there was no such
    row. What had been undone before it cannot be done again any more."""
    session.execute(delete(DraftChange).where(col(DraftChange.directive_id) == directive_id,
                                              col(DraftChange.undone) == True))  # noqa: E712  # fmt: skip
    session.add(DraftChange(directive_id=directive_id, person_id=actor.person_id, at=clock.now(), what=what,
                            before=_plain(before), after=_plain(after)))  # fmt: skip
    session.flush()


def _plain(rows: Mapping[str, Columns | None]) -> dict[str, Any]:
    return {row: None if columns is None else {name: json_value(value) for name, value in columns.items()}
            for row, columns in rows.items()}  # fmt: skip
