"""Several hours of every day: "báo cáo nhanh trước 07 giờ và 15 giờ hằng ngày"."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.times.moments import Found, hour_of
from reading.words import rx

HOUR = r"\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2})?(?:\s?phút|['’′])?(?:\s+(?:sáng|trưa|chiều|tối))?"
ONE = r"(?P<h>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<mi>\d{2})?(?:\s?phút|['’′])?(?:\s+(?P<part>sáng|trưa|chiều|tối))?"
HOURS = rf"{HOUR}(?:\s*(?:,|;|và|,\s*và)\s*(?:(?:trước|lúc)\s+)?{HOUR})+"
DAILY = r"(?:(?:hằng|hàng|mỗi|trong) ngày|(?:một|1|01) ngày|các ngày)"
OFTEN = (
    r"(?:(?:một ngày|mỗi ngày|hằng ngày|hàng ngày)\s+\d{1,2} lần|\d{1,2}\s*lần\s*/\s*(?:0?1 )?ngày|"
    r"\d{1,2} lần (?:mỗi|một|trong) ngày)"
)
MARK = r"(?:trước|vào|lúc|chậm nhất(?: là)?)\s+(?:(?:các|lúc|thời điểm|mốc|khung giờ|giờ|thời gian)\s+){0,3}"
PATTERNS = (
    rf"(?<!\w)(?:{OFTEN}\s*[,(:]?\s*)?{MARK}(?P<hours>{HOURS}),?\s*{DAILY}(?!\w)",
    rf"(?<!\w){OFTEN}\s*[,(:]?\s*{MARK}(?P<hours>{HOURS})(?!\w)",
    rf"(?<!\w)(?:hằng|hàng|mỗi) ngày,?\s*\(?{MARK}(?P<hours>{HOURS})(?!\w)",
)


def daily_hours(text: str, issued: date | None, labelled: bool) -> Found:
    """One daily series for each hour, all with the same words."""
    found: Found = []
    for pattern in PATTERNS:
        for m in rx(pattern, re.I).finditer(text):
            if any(m.start() < end and begin < m.end() for begin, end, _ in found):
                continue
            times = [hour_of(one.groupdict()) for one in rx(ONE, re.I).finditer(m.group("hours"))]
            words = m.group().strip()
            found += [(m.start(), m.end(), Due(words, "recurring", time=time)) for time in times if time]
    return found
