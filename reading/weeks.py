"""A day of "this week": counted from the day of the document, and always asked about."""

from __future__ import annotations

from datetime import date, timedelta

from reading.model import Due
from reading.moments import BEFORE, HOUR, WEEKDAYS, Found, hour_of
from reading.words import rx

FRIDAY = 5


def weeks(text: str, issued: date | None, labelled: bool) -> Found:
    """ "trước thứ Sáu tuần này", "trong tuần này" (its last working day)."""
    found: Found = []
    day = rf"(?:{BEFORE})\s*{HOUR}?(?:ngày )?(?:(?:[Tt]hứ (?P<wd>\w+)|(?P<sun>[Cc]hủ nhật))\s+)?(?:của )?"
    for m in rx(rf"(?<!\w){day}tuần (?P<which>này|sau|tới)").finditer(text):
        weekday = 7 if m.group("sun") else WEEKDAYS.get((m.group("wd") or "sáu").lower())
        if weekday is None:
            continue
        ahead = 7 * (m.group("which") != "này") + weekday
        when = issued + timedelta(days=ahead - issued.isoweekday()) if issued else None
        question = "Tuần tính từ ngày ban hành văn bản, có đúng ngày này không?" if when else "Thời hạn là ngày nào?"
        if issued is None or (when and when >= issued):
            found.append(
                (m.start(), m.end(), Due(m.group().strip(), "date", when, hour_of(m.groupdict()), question=question))
            )
    return found
