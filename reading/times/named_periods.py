"""Periods without a number of their own: this month, the first half of a year, the end of a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

from reading.model import Due
from reading.times.moments import Found
from reading.words import mentions, rx

QUESTION = "Thời hạn tính theo ngày ban hành văn bản, có đúng ngày này không?"
LIMIT = r"(?:ngay trong|trong|từ nay đến(?: hết)?|đến hết|đến|trước|chậm nhất(?: là| vào| trong)?|hết|xong)"
DONE = r"(?:hoàn thành|xong|kết thúc|trình|ban hành|nộp|gửi|báo cáo)(?: \w+){0,8}\s*$"
NAMED = (
    rf"(?:(?P<pre>{LIMIT})\s+)?(?:"
    r"(?:cuối\s+|hết\s+)?(?P<this>tháng(?:\s+\d{1,2})?|quý(?:\s+[IVX]+)?|năm)\s+(?:này|nay)|"
    r"(?P<half>(?:0?6|sáu)\s+tháng\s+(?P<which>đầu|cuối)\s+năm)(?:\s+(?P<hy>\d{4}))?|"
    r"(?P<end>cuối\s+năm)(?:\s+(?P<ey>\d{4}))?)(?!\w)"
)


def named_periods(text: str, issued: date | None, labelled: bool) -> Found:
    """ "hoàn thành trong tháng này", "6 tháng đầu năm 2026", "từ nay đến cuối năm": asked where the year is guessed."""
    found: Found = []
    if not mentions(text, ("này", "nay", "năm")):
        return found
    for m in rx(NAMED, re.I).finditer(text):
        before = text[: m.start()]
        clause = before[max(before.rfind(";"), before.rfind(". "), before.rfind("("), 0) :]
        if not labelled and not (m.group("pre") and _acts(clause)):
            continue
        year = int(m.group("hy") or m.group("ey") or 0)
        base = year or (issued.year if issued else 0)
        when = _end(m, base, issued) if base else None
        if when is None or (issued and when < issued):
            continue
        found.append((m.start(), m.end(), Due(m.group().strip(), "date", when, question=None if year else QUESTION)))
    return found


def _acts(clause: str) -> bool:
    """Something is to be finished or sent by then; "báo cáo kết quả trong 6 tháng đầu năm" tells of the time."""
    covered = r"(?:kết quả|tình hình|số liệu|nhiệm vụ|công tác|hoạt động|kế hoạch)(?: \w+){0,4}\s*$"
    if rx(r"(?:hoàn thành|xong)(?: \w+){0,8}\s*$", re.I).search(clause):
        return True
    return bool(rx(DONE, re.I).search(clause)) and not rx(covered, re.I).search(clause)


def _end(m: re.Match[str], year: int, issued: date | None) -> date | None:
    """The last day of the period."""
    if m.group("half"):
        return date(year, 6, 30) if m.group("which").lower() == "đầu" else date(year, 12, 31)
    if m.group("end"):
        return date(year, 12, 31)
    if issued is None:
        return None
    unit = m.group("this").lower().split()
    if unit[0] == "năm":
        return date(year, 12, 31)
    month = issued.month if unit[0] == "tháng" else (issued.month + 2) // 3 * 3
    if len(unit) > 1 and unit[1].isdigit() and int(unit[1]) != month:
        return None  # "tháng 8 này" in a letter of October: nobody can say
    return date(year, month, calendar.monthrange(year, month)[1])
