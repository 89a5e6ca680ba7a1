"""The weekly report as it was frozen: one row a week, from which every paper and message of that week is made."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class WeeklyReport(Table, table=True):
    """The report of the week that begins on `week` (its Monday). `note`: the Office's own sentence, which may stand
    before there is a snapshot. `snapshot`: what was true at `frozen_at`, never changed afterwards."""

    __tablename__ = "weekly_report"
    id: int | None = Field(default=None, primary_key=True)
    week: date = Field(unique=True)
    note: str | None = None
    note_by: int | None = Field(default=None, foreign_key="person.id")
    note_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    frozen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    snapshot: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
