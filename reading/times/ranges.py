"""A span of days in which something is to be finished: its last day is the time limit."""

from __future__ import annotations

import calendar
import re
from datetime import date

from reading.model import Due
from reading.times.moments import Found, safe_date
from reading.words import rx

_DAY = (
    r"(?:ngày\s+)?(?P<{0}d>\d{{1,2}})(?:\s?/\s?(?P<{0}m>\d{{1,2}})|\s+tháng\s+(?P<{0}m2>\d{{1,2}}))?(?:(?:\s?/\s?|"
    r"\s+năm\s+)(?P<{0}y>\d{{4}}))?"
)
SPAN = (
    r"(?:trong (?:tuần|đợt|khoảng(?: thời gian)?|thời gian)(?: từ)?|từ)\s+"
    rf"{_DAY.format('a')}\s*(?:đến|-|–)\s*(?:hết\s+)?(?:{_DAY.format('b')}|"
    r"(?<=hết )tháng\s+(?P<em>\d{1,2})(?:\s?/\s?|\s+năm\s+)(?P<ey>\d{4}))"
)
DONE = r"(?:hoàn thành|kết thúc|xong|nộp|dứt điểm|tiếp nhận|đăng ký|gửi hồ sơ)(?: \w+){0,6}\s*$"


STEP = (
    r"(?:tiến hành|rà soát|tổ chức|kiểm tra|thực hiện|niêm yết|thẩm định|tổng hợp|lập|xây dựng|phúc tra|xét duyệt|"
    r"triển khai|đăng ký|khảo sát|thu thập|lấy ý kiến|tiếp nhận|báo cáo)(?!\w)"
)
NO_STEP = (
    r"(?:[Tt]hời gian|[Tt]hời kỳ|[Gg]iai đoạn|[Tt]hời điểm|số liệu|kỳ báo cáo|hội nghị|lễ|hội thi|diễn ra|khai mạc|"
    r"đợt cao điểm|tháng hành động|tuần lễ|chiến dịch)"
)
# Work that is over when it is done, right before its time; what goes on in a season or tells of one is none.
ENDS = (
    r"(?<!\w)(?<!kết quả )(?<!đợt )(?<!công tác )(?<!đoàn )(?<!kế hoạch )(?<!thời gian )(?<!việc )(?<!tình hình )"
    r"(?<!số liệu )(?<!qua )(?<!được )(?<!đã )"
    r"(?:kiểm tra|phúc tra|rà soát|khảo sát|kiểm kê|niêm yết|thẩm định|xét duyệt|lấy ý kiến|chấm điểm|bình xét)(?!\w)"
    r"(?:(?! (?:trong|của|việc|về|đối|phát|tình|kết|số|dịp|đợt|thời|giai|hoạt|đột|thường)(?!\w)) \w+){0,5}\s*$"
)
IN_TIME = r"Thời gian (?:triển khai|thực hiện|tiến hành|tổ chức|rà soát|kiểm tra|khảo sát)$"


def _step(text: str, m: re.Match[str]) -> bool:
    """ "Các xã tiến hành rà soát: từ ngày 16/10/2021 đến ngày 10/11/2021.": work, a colon, and nothing but its time."""
    before = text[: m.start()].rstrip()
    if not before.strip(" -–+") or before.endswith((".", ";")) or rx(IN_TIME).fullmatch(before.strip(" -–+")):
        # "Từ ngày 05/10 đến ngày 30/10/2025, các đơn vị tiến hành rà soát …"
        told = rx(rf"(?:,\s|\s(?=[Cc]ác\s))[^.;]{{0,80}}?(?<!\w){STEP}[^.;]{{0,80}}").match(text, m.end())
        return bool(told and not rx(rf"(?<!\w){NO_STEP}(?!\w)", re.I).search(told.group()))
    if rx(ENDS).search(before[-120:]) and rx(r"\s*(?:[.;]|$)").match(text, m.end()):
        clause = before[max(before.rfind(". "), before.rfind(";"), 0) :]
        return not rx(rf"(?<!\w)(?:{NO_STEP}|đã|vừa|được|bị)(?!\w)", re.I).search(clause)
    final = rx(r"\s*(?:\./)?[.;]?\s*$").match(text, m.end())
    said = before[:-1][-200:]
    works = rx(rf"(?<!\w){STEP}").search(said) and not rx(rf"(?<!\w){NO_STEP}(?!\w)", re.I).search(said)
    return bool(final and before.endswith(":") and works)


def ranges(text: str, issued: date | None, labelled: bool) -> Found:
    """ "kết thúc trong tuần từ ngày 24/11/2025 đến ngày 28/11/2025"; a campaign or a reporting period is none."""
    found: Found = []
    for m in rx(SPAN, re.I).finditer(text):
        before = text[max(0, m.start() - 70) : m.start()]
        clause = before[max(before.rfind(";"), before.rfind(". "), 0) :]
        if not rx(DONE, re.I).search(clause) and not _step(text, m):
            continue
        when = _last(m)
        if when and not (issued and when < issued):
            found.append((m.start(), m.end(), Due(m.group().strip(), "date", when)))
    return found


def _last(m: re.Match[str]) -> date | None:
    if m.group("em"):
        year, month = int(m.group("ey")), int(m.group("em"))
        return safe_date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    month_said, year_said = m.group("bm") or m.group("bm2"), m.group("by")
    return safe_date(int(year_said), int(month_said), int(m.group("bd"))) if month_said and year_said else None
