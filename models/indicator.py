"""Indicators that directives set targets for, with the values typed in over time."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Numeric
from sqlmodel import Field

from models.base import Table, UtcDateTime


class Indicator(Table, table=True):
    """A figure with a target: "Tỷ lệ dịch vụ công trực tuyến phát sinh hồ sơ", 85 %."""

    __tablename__ = "indicator"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    unit: str = "%"
    target: Decimal = Field(sa_type=Numeric(12, 4))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)


class IndicatorTask(Table, table=True):
    """A task that is to bring an indicator to its target."""

    __tablename__ = "indicator_task"
    indicator_id: int = Field(foreign_key="indicator.id", primary_key=True)
    task_id: int = Field(foreign_key="task.id", primary_key=True)


class IndicatorValue(Table, table=True):
    """A value on a day, and where it comes from."""

    __tablename__ = "indicator_value"
    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    day: date
    value: Decimal = Field(sa_type=Numeric(12, 4))
    source: str = ""
    entered_at: datetime = Field(sa_type=UtcDateTime)
