"""What was changed in a draft on the review page: the memory of its undo.

One row for each act, with only the columns that it changed, as they were and as they became. Rows live as long as the
draft does: they hold its words, and a draft that was discarded must leave none.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class DraftChange(Table, table=True):
    """One act. `before` and `after`: row name (`directive`, or an item's id as text) → its changed columns as JSON
    values; None for a row that was not there. `undone`: taken back, and may be done again until something else is done.
    """

    __tablename__ = "draft_change"
    id: int | None = Field(default=None, primary_key=True)
    directive_id: int = Field(foreign_key="directive.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    what: str = Field(max_length=40)
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    undone: bool = False
