"""A span of days in which something is to be finished: its last day is the time limit."""

from __future__ import annotations

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
    rf"{_DAY.format('a')}\s*(?:đến|-|–)\s*(?:hết\s+)?{_DAY.format('b')}"
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


def _step(text: str, m: re.Match[str]) -> bool:
    """ "Các xã tiến hành rà soát: từ ngày 16/10/2021 đến ngày 10/11/2021.": work, a colon, and nothing but its time."""
    before = text[: m.start()].rstrip()
    if not before.strip(" -–+") or before.endswith((".", ";")):
        # "Từ ngày 05/10 đến ngày 30/10/2025, các đơn vị tiến hành rà soát …"
        told = rx(rf",\s[^.;]{{0,80}}?(?<!\w){STEP}[^.;]{{0,80}}").match(text, m.end())
        return bool(told and not rx(rf"(?<!\w){NO_STEP}(?!\w)", re.I).search(told.group()))
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
        month, year = m.group("bm") or m.group("bm2"), m.group("by")
        when = safe_date(int(year), int(month), int(m.group("bd"))) if month and year else None
        if when and not (issued and when < issued):
            found.append((m.start(), m.end(), Due(m.group().strip(), "date", when)))
    return found
