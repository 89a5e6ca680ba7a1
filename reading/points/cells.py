"""The value of a label or of a table's cell that is nothing but a time: "12/2025", "2026 - 2027", "15-20/10/2025"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from reading.model import Due
from reading.times.moments import QUARTERS, Found, safe_date
from reading.words import rx

YEARS = r"(?:năm\s+|giai đoạn\s+(?=\d{4}\s*[-–]))?(?:\d{4}\s*[-–]\s*)?(?P<year>\d{4})"
MONTH = r"(?:(?:\d{1,2}(?:\s?/\s?\d{4})?\s*[-–]\s*)?(?P<month>\d{1,2})\s?[/\-]\s?(?P<my>\d{4}))"
QUARTER = r"Q(?:uý)?\.?\s*(?P<quarter>IV|I{1,3}|[1-4])\s?[/\-.]\s?(?P<qy>\d{4})"
DAYS = r"(?:ngày\s+)?\d{1,2}\s*[-–]\s*(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})"


# "Quý III", "trong tháng 9", "Quý III - IV": nothing but a period whose year is not said.
YEARLESS = (
    r"(?:(?:hoàn thành )?(?:trong |ngay trong |hết |đến hết )?)(?P<unit>quý|tháng)\s+(?P<n>\d{1,2}|[IVX]{1,3})"
    r"(?:\s*(?:[-–,]|và|đến)\s*(?:(?:quý|tháng)\s+)?(?P<n2>\d{1,2}|[IVX]{1,3}))?"
)
QUESTION = "Văn bản không ghi năm; thời hạn thuộc năm nào?"


def _without_year(start: int, value: str, m: re.Match[str], issued: date) -> Found:
    number = (m.group("n2") or m.group("n")).upper()
    quarter = m.group("unit").lower() == "quý"
    month = QUARTERS.get(number, 0) * 3 if quarter else int(number) if number.isdigit() else 0
    if not 1 <= month <= 12:
        return []
    year = issued.year + (month < issued.month)
    when = date(year, month, calendar.monthrange(year, month)[1])
    return [(start, start + len(value), Due(value, "date", when, question=QUESTION))]


def cells(text: str, issued: date | None, labelled: bool) -> Found:
    """Only of a labelled value, and only where it is the whole of it; the last day of what it names."""
    if not labelled:
        return []
    value = text.strip(" .;")
    if issued and (m := rx(YEARLESS, re.I).fullmatch(value)):
        return _without_year(text.index(value), value, m, issued)
    for pattern in (DAYS, MONTH, QUARTER, YEARS):
        if (m := rx(pattern, re.I).fullmatch(value)) is None:
            continue
        when = _last(m.groupdict())
        start = text.index(value)
        if when and not (issued and when < issued):
            return [(start, start + len(value), Due(value, "date", when))]
    return []


def _last(said: dict[str, str | None]) -> date | None:
    if said.get("d"):
        return safe_date(int(said["y"] or 0), int(said["m"] or 0), int(said["d"] or 0))
    if said.get("year"):
        year, month = int(said["year"] or 0), 12
    elif said.get("quarter"):
        year, month = int(said["qy"] or 0), 3 * QUARTERS[(said["quarter"] or "").upper()]
    else:
        year, month = int(said["my"] or 0), int(said["month"] or 0)
    if not (1990 < year < 2100 and 1 <= month <= 12):
        return None
    return date(year, month, calendar.monthrange(year, month)[1])
