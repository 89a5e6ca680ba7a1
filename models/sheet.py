"""A sheet that an office kept until now, read and shown but not yet taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table, UtcDateTime


class SheetImport(Table, table=True):
    """Rows of a sheet as they were read, until somebody takes them over; then only those that were not taken.

    `columns`: {"sheet": its name, "headings": [of each column], "fields": {field: index of its column}, "states":
    {words of a state: open or done}, "left": [numbers of rows that are not to be taken]}; once taken also "outcome".
    `rows`: {"row": its number in the file, "cells": [as they were typed]}. `tasks`: numbers of the tasks made of it.
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
