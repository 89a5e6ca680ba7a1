"""Times that no calendar knows: a day of the lunar year, a session, an opening. They are asked for, never reckoned."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.times.moments import BEFORE, Found
from reading.times.spelled import NUMERAL, number_of
from reading.words import mentions, rx

QUESTION = "Sự kiện này vào ngày nào?"
LUNAR_QUESTION = "Ngày âm lịch này là ngày dương lịch nào?"

_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2})?\s?(?:phút)?,?\s*)?"
_YEAR = r"(?:\s+năm\s+(?:\d{4}|[A-ZĐẤẬẮẶÂÊÔƠƯ]\w+ [A-ZĐẤẬẮẶÂÊÔƠƯ]\w+))?"
# "ngày 10/3 âm lịch", "mùng 5 tháng Giêng", "Rằm tháng Bảy": read as a solar date each would be a wrong one.
LUNAR = (
    rf"(?:(?P<marker>{BEFORE})\s*)?{_CLOCK}(?:ngày\s+)?(?:"
    rf"\d{{1,2}}(?:\s?/\s?\d{{1,2}}(?:\s?/\s?\d{{4}})?|\s+tháng\s+\d{{1,2}}{_YEAR})\s*\(?(?:âm lịch|ÂL)(?!\w)\)?|"
    rf"(?:m[ùồ]ng\s+)?\d{{1,2}}\s+tháng\s+(?:giêng|chạp){_YEAR}|"
    rf"m[ùồ]ng\s+(?:\d{{1,2}}|\w+)(?:\s+tháng\s+\w+|\s?/\s?\d{{1,2}})(?:\s?/\s?\d{{4}}|{_YEAR})|"
    rf"m[ùồ]ng\s+\d{{1,2}}(?:\s+Tết)?(?!\s?/)|rằm(?:\s+tháng\s+\w+)?{_YEAR})"
)
MOON = ("âm lịch", "âl", "giêng", "chạp", "mùng", "mồng", "rằm")
EVENT = (
    r"(?<!\w)(?:[Tt]rước (?:[Đđ]ại hội|(?:khai giảng|bế giảng|khai mạc|tựu trường|năm học mới|thềm năm học)|"
    r"Tết [Nn]guyên đán|Tết|[Kk]ỳ họp|dịp (?:lễ|Tết)|mùa (?:mưa|bão|lũ|khô|nắng)|"
    r"ngày (?:khai mạc|diễn ra|khai giảng|khai hội|bế mạc|bầu cử|hội nghị|đại hội|tổng kết|tựu trường|họp|tổ chức)|"
    r"thời điểm (?:khai mạc|diễn ra|bầu cử)|khi (?:kết thúc|bước vào|bắt đầu) (?:năm học|học kỳ|mùa|nhiệm kỳ)))"
    r"(?!\w)(?: (?!ít nhất|tối thiểu|chậm nhất)[^\s,;.()]+){0,9}"
)
_MEASURE = r"(?P<u>ngày làm việc|ngày|giờ)"
# Backwards: so many days before something.
AHEAD = (
    rf"(?<!\w)(?:ít nhất|tối thiểu) (?P<n>{NUMERAL})\s*{_MEASURE}(?: nhưng [^,;.()]{{1,30}}?)? trước "
    r"(?:ngày|khi|thời điểm)\s[^,;.()]{2,60}",
    rf"(?<!\w)trước (?:ít nhất |tối thiểu )?(?P<n>{NUMERAL})\s*{_MEASURE}(?: làm việc)?\s+"
    r"(?:so với|trước)\s[^,;.()]{2,60}",
    r"(?<!\w)trước (?:ngày|khi|thời điểm) (?:[^\s,;.()\d]+ ){1,8}(?:ít nhất|tối thiểu|chậm nhất) "
    rf"(?P<n>{NUMERAL})\s*{_MEASURE}",
)


def lunar(text: str, issued: date | None, labelled: bool) -> Found:
    """Days of the lunar year that limit something ("trước", or the value of a label)."""
    if not mentions(text, MOON):
        return []
    return [
        (m.start(), m.end(), _due(m.group(), LUNAR_QUESTION))
        for m in rx(LUNAR, re.I).finditer(text)
        if m.group("marker") or labelled
    ]


def events(text: str, issued: date | None, labelled: bool) -> Found:
    """D.: days tied to an event, each with a question."""
    found: Found = []
    for pattern in AHEAD:
        for m in rx(pattern, re.I).finditer(text):
            unit = {"ngày làm việc": "working_days", "giờ": "hours"}.get(m.group("u").lower(), "days")
            found.append((m.start(), m.end(), _due(m.group(), QUESTION, number_of(m.group("n")), unit)))
    taken = list(found)
    for m in rx(EVENT).finditer(text):
        if not any(m.start() < b and a < m.end() for a, b, _ in taken):
            found.append((m.start(), m.end(), _due(m.group(), QUESTION)))
    return found


def _due(words: str, question: str, amount: int | None = None, unit: str | None = None) -> Due:
    return Due(words.strip(), "relative", amount=amount, unit=unit, from_="event", question=question)
