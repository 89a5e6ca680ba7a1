"""Week by week: of what came due, how much was done on time, done late, and is still overdue. Counted by the database,
by the same conditions as the lists, and kept until something changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import and_, func, select, true
from sqlmodel import Session

from models.base import connection_of
from models.kept import kept
from models.organisation import Unit
from models.overdue import in_category
from models.task import Category, State, Task, TaskClass

WEEKS = 12
COUNTED = ("done_on_time", "done_late", "overdue")
_task = Task.__table__.c
_UNITS = select(Unit.__table__.c.id)


@dataclass(frozen=True)
class Week:
    """What came due from `start` (a Monday) to its Sunday, as it stands at one moment."""

    start: date
    done_on_time: int = 0
    done_late: int = 0
    overdue: int = 0

    @property
    def end(self) -> date:
        """Its Sunday."""
        return self.start + timedelta(6)

    @property
    def came_due(self) -> int:
        """What the on-time rate is of: nhiệm vụ đến hạn."""
        return self.done_on_time + self.done_late + self.overdue


def trend(session: Session, now: datetime, last: date, unit_id: int | None = None) -> tuple[Week, ...]:
    """WEEKS weeks, the last of them that of the day `last`; of one unit, or of all. Judged at `now`."""
    monday = last - timedelta(last.weekday())
    starts = [monday - timedelta(7 * n) for n in reversed(range(WEEKS))]
    counts = kept(session, ("trend", monday, unit_id), now,
                  partial(_counts, session, now, starts[0], monday + timedelta(6), unit_id))  # fmt: skip
    return tuple(Week(start, *(counts[start][name] for name in COUNTED)) for start in starts)


def _counts(
    session: Session, now: datetime, first: date, end: date, unit_id: int | None
) -> defaultdict[date, Counter[str]]:
    """Monday → figure → tasks. Of what is done, all but the late part is on time: few are late, and only those have to
    be judged."""
    connection, found = connection_of(session), defaultdict[date, Counter[str]](Counter)
    # Named one by one: with all its first columns given, an index that holds everything is read, and no task.
    units = _UNITS if unit_id is None else (unit_id,)
    done = and_(_task.unit_id.in_(units), _task.state == State.COMPLETED, _task.is_parent.is_(False),
                _task.task_class.in_(list(TaskClass)))  # fmt: skip
    late, overdue = (in_category(session, now, one) for one in (Category.DONE_LATE, Category.OVERDUE))
    whose = true() if unit_id is None else _task.unit_id == unit_id
    for condition, signs in ((done, {"done_on_time": 1}), (and_(done, late), {"done_on_time": -1, "done_late": 1}),
                             (and_(overdue, whose), {"overdue": 1})):  # fmt: skip
        query = select(_task.due_on, func.count()).where(condition, _task.due_on >= first, _task.due_on <= end)
        for due, count in connection.execute(query.group_by(_task.due_on)):
            for name, sign in signs.items():
                found[due - timedelta(due.weekday())][name] += sign * count
    return found
