"""The memory of acts on a draft that were not typed into its form: they are undone like the others."""

from typing import Any

from sqlmodel import Session, col, delete

from models import clock
from models.draft_change import DraftChange
from models.moves import Actor
from models.task import json_value

Columns = dict[str, Any]


def keep_act(session: Session, directive_id: int, actor: Actor, what: str, before: dict[str, Columns],
             after: dict[str, Columns]) -> None:  # fmt: skip
    """Keep what an act changed: row (`directive`, or an item's id) → its changed columns. What had been undone before
    it cannot be done again any more."""
    session.execute(delete(DraftChange).where(col(DraftChange.directive_id) == directive_id,
                                              col(DraftChange.undone) == True))  # noqa: E712  # fmt: skip
    session.add(DraftChange(directive_id=directive_id, person_id=actor.person_id, at=clock.now(), what=what,
                            before=_plain(before), after=_plain(after)))  # fmt: skip
    session.flush()


def _plain(rows: dict[str, Columns]) -> dict[str, Any]:
    return {row: {name: json_value(value) for name, value in columns.items()} for row, columns in rows.items()}
