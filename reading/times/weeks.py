"""A day of "this week": counted from the day of the document, and always asked about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reading.model import Due
from reading.times.moments import BEFORE, HOUR, WEEKDAYS, Found, hour_of
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
    for m in rx(WEEK_OF_MONTH, re.I).finditer(text):
        # Where the second week begins, offices count differently: no day is told.
        year = int(m.group("y") or 0)
        month = int(m.group("m"))
        past = issued is not None and year and (year, month) < (issued.year, issued.month)
        if 1 <= month <= 12 and not past and not _happens(text, m):
            question = "Thời gian đó tính đến ngày nào?"
            found.append((m.start(), m.end(), Due(m.group().strip(), "date", question=question)))
    return found


# "trong tuần thứ 2 tháng 9/2023", "trước giữa tháng 9".
WEEK_OF_MONTH = (
    rf"(?<!\w)(?:chậm nhất |muộn nhất )?(?:{BEFORE})\s*(?:hết\s+)?"
    r"(?:tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?:[1-5]|một|nhất|hai|ba|tư|bốn|năm|đầu(?: tiên)?|cuối(?: cùng)?|[IV]{1,2})|"
    r"đầu|giữa|nửa đầu|trung tuần|thượng tuần|hạ tuần)\s+(?:của\s+)?"
    r"tháng\s+(?P<m>\d{1,2})(?:(?:\s?/\s?|\s+năm\s+)(?P<y>\d{4}))?(?!\d)"
)


def _happens(text: str, m: re.Match[str]) -> bool:
    """ "Lễ hội diễn ra trong tuần thứ 2 tháng 9/2023": when something takes place."""
    before = text[max(0, m.start() - 60) : m.start()]
    event = r"(?:diễn ra|xảy ra|phát sinh|tổ chức tại|khai mạc|bắt đầu|số liệu|tình hình|kết quả)\s*$"
    return bool(rx(event, re.I).search(before))
