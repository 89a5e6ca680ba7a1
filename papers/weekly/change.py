"""What moved since the last report that went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.figures import Figures
from models.weekly import report_before
from papers.weekly.frozen import Change, UnitLine, less


def change_since(
    session: Session, week: date, total: Figures, units: Sequence[UnitLine], overdue: Sequence[int]
) -> Change | None:
    """The figures now against those of the last frozen report before `week`; None if there is none.

    A unit that is new since then counts from nothing; one that is gone falls to nothing.
    """
    row = report_before(session, week)
    if row is None or row.snapshot is None or row.frozen_at is None:
        return None
    then = row.snapshot  # read as it lies there: of its lists only the numbers are asked for
    units_then = {line["code"]: Figures(**line["figures"]) for line in then["units"]}
    units_now = {line.code: line.figures for line in units}
    codes = [*units_now, *(code for code in units_then if code not in units_now)]
    late_then, late_now = set(then["overdue_numbers"]), set(overdue)
    return Change(
        week=row.week,
        at=row.frozen_at,
        total=less(total, Figures(**then["total"])),
        units={code: less(units_now.get(code, Figures()), units_then.get(code, Figures())) for code in codes},
        new_overdue=_codes(late_now - late_then),
        no_longer_overdue=_codes(late_then - late_now),
    )


def _codes(numbers: set[int]) -> tuple[str, ...]:
    return tuple(f"NV{number}" for number in sorted(numbers))
