"""The last day of a period. Its last working day only the office's calendar knows: the last weekday, and a question."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from reading.model import Due
from reading.times.moments import BEFORE, HOUR, QUARTERS, Found, hour_of
from reading.words import rx

QUESTION = "Ngày làm việc cuối cùng này là ngày nào?"
PATTERN = (
    rf"(?<!\w)(?:{BEFORE}|vào)\s*{HOUR}?(?:ngày )?(?P<work>làm việc )?cuối(?: cùng)?(?: của)? "
    r"(?:(?P<unit>tháng|quý)\s+(?P<n>\d{1,2}|[IVX]{1,3})(?:\s?/\s?|\s+năm\s+)(?P<y>\d{4})|năm\s+(?P<year>\d{4})|"
    r"(?P<every>(?:hằng |hàng |mỗi )?(?:tuần|tháng|quý)))(?!\w)(?! \d| này)"
)
EVERY: dict[str, tuple[str, int, tuple[int, ...] | None]] = {
    "tuần": ("weekly", 5, None), "tháng": ("monthly", 31, None), "quý": ("quarterly", 31, (3, 6, 9, 12)),
}  # fmt: skip


def last_days(text: str, issued: date | None, labelled: bool) -> Found:
    """ "ngày cuối cùng của tháng 12 năm 2025", "trước ngày làm việc cuối cùng hằng tháng"."""
    found: Found = []
    for m in rx(PATTERN, re.I).finditer(text):
        words, time = m.group().strip(), hour_of(m.groupdict())
        question = QUESTION if m.group("work") else None
        if m.group("every"):
            recurrence, day, months = EVERY[m.group("every").split()[-1].lower()]
            due = Due(words, "recurring", None, time, recurrence, day, months, question=question)
            found.append((m.start(), m.end(), due))
        elif when := _last(m):
            if question:
                when -= timedelta(max(0, when.isoweekday() - 5))
            if not (issued and when < issued):
                found.append((m.start(), m.end(), Due(words, "date", when, time, question=question)))
    return found


def _last(m: re.Match[str]) -> date | None:
    if m.group("year"):
        return date(int(m.group("year")), 12, 31)
    number = m.group("n").upper()
    quarter = m.group("unit").lower() == "quý"
    month = QUARTERS.get(number, 0) * 3 if quarter else int(number) if number.isdigit() else 0
    year = int(m.group("y"))
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
