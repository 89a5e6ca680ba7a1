"""The office's rules of reminding, as one frozen value. The defaults are those of `config.toml`.

Law names no reminder days or ladder (QĐ 42/2014/QĐ-TTg as amended says only that offices follow up), so every
number here is the office's own and may be changed in `config.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Rules:
    """Times are local to the office. Days are working days unless the name says otherwise."""

    slots: tuple[time, ...] = (time(7, 30), time(13, 30))
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 30)
    working_from: time = time(7, 30)
    working_until: time = time(17, 30)

    due_offsets: tuple[int, ...] = (5, 3, 1, 0)
    short_window_days: int = 5
    short_window_offsets: tuple[int, ...] = (1, 0)
    day_off_due_moves: bool = True
    """A due date on a day off is overdue only after the next working day; the date itself never changes."""

    unconfirmed_head_slot: int = 1
    unconfirmed_deputy_slot: int = 2
    unconfirmed_office_slot: int = 4
    unconfirmed_daily_until_day: int = 10
    unconfirmed_leader_within_days: int = 3

    overdue_daily_days: int = 5
    overdue_deputy_day: int = 2
    overdue_leader_day: int = 2
    promise_overdue_days: int = 3

    extension_unanswered_days: int = 2
    waiting_shown_after_days: int = 2
    take_back_minutes: int = 10
    report_completion_days: int = 1

    late_judged_on: str = "report"
    """`report`: the moment of the report that was accepted; `acceptance`: the moment the Office accepted it."""
    review_policy: str = "month_then_quarter"
    """First the last working day of the month after assignment, then of each quarter; or `quarter`, `month`."""
    prompt_days: int = 30
