"""One act on several tasks at once, kept so that it can be undone as one."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class BulkAct(Table, table=True):
    """`verb`: remind, reassign, extend or withdraw. `events`: the events it made, one for each task it changed."""

    __tablename__ = "bulk_act"
    id: int | None = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    verb: str = Field(max_length=24)
    events: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
