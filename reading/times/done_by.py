"""Days that limit a work without "trước": "đến ngày 30/9/2025 hoàn thành", "trong 02 ngày 13 và 14/10/2025"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from reading.model import Due
from reading.times.moments import DAY, HOUR, QUARTERS, Found, hour_of, safe_date
from reading.words import rx

FINISHED = r",?\s+(?:(?:phải|cơ bản|sẽ|thì)\s+)?(?:hoàn thành|hoàn tất|xong|kết thúc|làm xong|dứt điểm)(?!\w)"
PERIOD = r"(?P<unit>tháng|quý|năm)\s+(?P<n>\d{1,2}|[IVX]{1,3}|\d{4})(?:(?:\s?/\s?|\s+năm\s+)(?P<py>\d{4}))?"
UNTIL = (
    r"(?<!\w)(?:(?:phấn đấu|chậm nhất|muộn nhất)\s+)?đến\s+(?:hết\s+|cuối\s+)?"
    rf"(?:{HOUR}?{DAY}|{PERIOD})(?={FINISHED})"
)
LIST = (
    r"(?<!\w)trong\s+(?:(?:các|\d{1,2}|hai|ba|bốn|năm)\s+)?ngày\s+(?:\d{1,2}\s*(?:,|và|-|–|đến)\s*(?:ngày\s+)?)+"
    r"(?P<d>\d{1,2})(?:/(?P<m>\d{1,2})/(?P<y>\d{4})|\s+tháng\s+(?P<m2>\d{1,2})(?:\s+năm\s+|/)(?P<y2>\d{4}))"
)
WORK = (
    r"(?:hoàn thành|kết thúc|xong|nộp|gửi|đăng ký|kiểm tra|rà soát|tiếp nhận|thực hiện|phun|tiêm|khảo sát|làm việc với|"
    r"vệ sinh|thu|trực|bàn giao|lắp đặt|tháo dỡ|ra quân)(?!\w)"
)
MEETING = r"(?:hội nghị|họp|lễ|hội thảo|tập huấn|diễn ra|khai mạc|bế mạc|đại hội|ngày hội|đã|tổ chức tại)(?!\w)"
# "báo cáo Giám đốc Sở vào ngày 30/12/2024": what is sent on a day, not what happens on it.
SENT = (
    r"(?<!\w)(?:báo cáo|gửi|nộp|trình|hoàn thành|hoàn tất|xong|trả lời|phản hồi)(?!\w)"
    r"(?P<between>(?: [^\s,.;:()]+){0,12}) $"
)
HAPPENS = (
    r"(?:họp|hội nghị|lễ|tổ chức|diễn ra|xảy ra|ban hành|ký|bắt đầu|khai mạc|sự kiện|vụ|ngày|kiểm tra|phát hiện|"
    r"làm việc|phê duyệt|công bố|tiếp nhận|nhận|thông qua|giao|cuộc|đợt)(?!\w)"
)
# Without "vào" too, where the clause ends with the day; only a day to come is no citation's.
BARE_DAY = rf"(?<=\s){HOUR}?(?=ngày){DAY}(?=\s*(?:[.;)]|$|\./)|\s+để\s)"
CITES = r"(?:số|theo|tại|căn cứ|kèm|từ|đến|trước|sau|kể|tính|các|nghỉ|dịp)(?!\w)"
ON = rf"(?<!\w)vào\s+{HOUR}?(?=ngày){DAY}"


def done_by(text: str, issued: date | None, labelled: bool) -> Found:
    """Only days of a known year, and none before the document."""
    found: Found = []
    for m in rx(UNTIL, re.I).finditer(text):
        if not rx(r"(?:từ|kể từ)(?: ngày| tháng| năm)?\s[^.;]{1,25}$", re.I).search(text[: m.start()]):
            _take(found, m, _until(m), issued)
    for m in rx(LIST, re.I).finditer(text):
        clause = _clause(text, m.start())
        final = rx(r"\s*(?:[.;,)]|$|\./)").match(text, m.end())
        if final and rx(WORK, re.I).search(clause) and not rx(MEETING, re.I).search(clause):
            _take(found, m, _day(m), issued)
    for m in rx(ON, re.I).finditer(text):
        sent = rx(SENT, re.I).search(text[: m.start()][-160:])
        if sent and not rx(HAPPENS, re.I).search(sent.group("between")):
            _take(found, m, _day(m), issued)
    for m in rx(BARE_DAY, re.I).finditer(text):
        sent = rx(SENT, re.I).search(text[: m.start()][-160:])
        when = _day(m)
        plain = sent and not rx(rf"(?<!\w)(?:{HAPPENS}|{CITES}|{MEETING})", re.I).search(sent.group("between"))
        if plain and issued and when and when > issued:
            _take(found, m, when, issued)
    return found


def _take(found: Found, m: re.Match[str], when: date | None, issued: date | None) -> None:
    if when and not (issued and when < issued):
        found.append((m.start(), m.end(), Due(m.group().strip(), "date", when, hour_of(m.groupdict()))))


def _clause(text: str, at: int) -> str:
    before = text[max(0, at - 200) : at]
    return before[max(before.rfind(";"), before.rfind(". "), 0) :]


def _day(m: re.Match[str]) -> date | None:
    said = m.groupdict()
    month, year = said.get("m") or said.get("m2"), said.get("y") or said.get("y2") or said.get("y3")
    return safe_date(int(year), int(month), int(said["d"] or 0)) if month and year else None


def _until(m: re.Match[str]) -> date | None:
    if m.group("unit") is None:
        return _day(m)
    number, unit = m.group("n").upper(), m.group("unit").lower()
    if unit == "năm":
        return safe_date(int(number), 12, 31) if number.isdigit() and len(number) == 4 else None
    month = QUARTERS.get(number, 0) * 3 if unit == "quý" else int(number) if number.isdigit() else 0
    year = int(m.group("py") or 0)
    return date(year, month, calendar.monthrange(year, month)[1]) if year and 1 <= month <= 12 else None
