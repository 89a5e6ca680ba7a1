"""Indicators that directives set targets for, with the values typed in over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Numeric, func
from sqlalchemy import select as select_columns
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime

MOST_VALUES = 400


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


@dataclass(frozen=True)
class Standing:
    """An indicator and its latest value: that of the latest day, not the one that was typed last."""

    indicator: Indicator
    latest: IndicatorValue | None

    @property
    def gap(self) -> Decimal | None:
        """How far the latest value is from the target (chênh); negative below it, None without a value."""
        return self.latest.value - self.indicator.target if self.latest else None

    @property
    def below(self) -> bool:
        """Is the target not reached?"""
        return self.gap is not None and self.gap < 0


def standings(session: Session, indicators: Sequence[Indicator]) -> list[Standing]:
    """These indicators with their latest values, in one question."""
    latest = latest_values(session, [one.id or 0 for one in indicators])
    return [Standing(one, latest.get(one.id or 0)) for one in indicators]


def latest_values(session: Session, ids: Sequence[int]) -> Mapping[int, IndicatorValue]:
    """Indicator → the value of its latest day; of two of one day the one typed last."""
    place = (
        func.row_number()
        .over(partition_by=col(IndicatorValue.indicator_id),
              order_by=(col(IndicatorValue.day).desc(), col(IndicatorValue.id).desc()))
        .label("place")
    )  # fmt: skip
    ranked = select_columns(IndicatorValue.__table__.c.id, place)
    first = ranked.where(IndicatorValue.__table__.c.indicator_id.in_(list(ids))).subquery()
    newest = select(IndicatorValue).join(first, first.c.id == IndicatorValue.id).where(first.c.place == 1)
    return {one.indicator_id: one for one in session.exec(newest)}


def values_of(session: Session, indicator_id: int) -> list[IndicatorValue]:
    """The values of an indicator, the earliest day first; of more than MOST_VALUES the latest."""
    query = select(IndicatorValue).where(IndicatorValue.indicator_id == indicator_id)
    latest = query.order_by(col(IndicatorValue.day).desc(), col(IndicatorValue.id).desc()).limit(MOST_VALUES)
    return list(reversed(session.exec(latest).all()))
