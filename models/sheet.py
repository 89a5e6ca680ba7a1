"""A sheet that an office kept until now, read and shown but not yet taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class SheetImport(Table, table=True):
    """Rows of a sheet as they were read, until somebody takes them over. `columns`: field → heading of its column.

    `rows`: one dict a row, the values as they were typed. `tasks`: numbers of the tasks that were made of it.
    """

    __tablename__ = "sheet_import"
    id: int | None = Field(default=None, primary_key=True)
    source: str
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    columns: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    rows: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tasks: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
