"""A day that the text names; without a year it is nearly always a yearly report."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.times.moments import BEFORE, DAY, EVERY, HOUR, Found, hour_of, safe_date
from reading.words import rx


def _day_of(match: dict[str, str | None]) -> tuple[int, int, int | None]:
    year = match.get("y") or match.get("y2") or match.get("y3")
    return int(match["d"] or 0), int(match.get("m") or match.get("m2") or 0), int(year) if year else None


MORE = (
    r"(?:\s*(?:và|,|;)\s*(?:trước\s+)?(?:ngày\s+)?\d{1,2}(?:/\d{1,2}|\s+tháng\s+\d{1,2})(?:(?:/|"
    r"\s+năm\s+)\d{4})?(?!\d))*"
)
# What a thing must be rather than what somebody must do: "các hồ sơ tiếp nhận trước ngày …" says which ones.
# Not "cung cấp", "hai cấp", "vệ sinh", "đưa vào sử dụng": these say what to do, or where.
GIVEN = (
    r"(?<!cung )(?<!hai )(?<!ba )(?<!các )(?<!cùng )(?<!đồng )(?<!phân )(?<!nâng )(?<!trung )(?<!cao )(?<!khẩn )"
    r"(?<!từng )(?<!mọi )(?<!trợ )(?<!cung )(?<!\w)cấp"
)
USED = r"(?<!vào )(?<!\w)sử dụng"
BORN = r"(?<!vệ )(?<!học )(?<!hộ )(?<!tuyển )(?<!phát )(?<!thí )(?<!\w)sinh"
DESCRIBED = (
    r"(?:(?:hồ sơ|dự án|công trình|hợp đồng|đơn thư|đơn(?! vị)|vụ việc|giấy phép|giấy tờ|trường hợp|văn bản|"
    r"người|công dân|cơ sở|phương tiện|thửa đất|hộ|gói thầu|chứng chỉ|văn bằng|đối tượng|khoản|thẻ)(?: \w+){0,2}"
    r"(?: (?:đã|được|có|còn))* (?:khởi công|tiếp nhận|hết hạn|phát sinh|ban hành|(?<!cung )cấp|ký|thành lập|"
    r"sinh|tồn tại|xảy ra|(?:đã|được) (?:nộp|phê duyệt|hoàn thành|gửi|lập))|"
    rf"(?:phát sinh|{USED}|{GIVEN}|{BORN}|tồn tại|xảy ra|được)) $"
)
# "tham mưu trình UBND tỉnh ban hành trước ngày …", "phải được thành lập trước ngày …": what is to be made by then.
MAKES = (
    r"(?<!\w)(?:trình|tham mưu|xây dựng|hoàn thiện|hoàn thành|soạn thảo|dự thảo|phải|bảo đảm|đảm bảo|để|"
    r"khẩn trương)(?!\w)"
)
# Never a time limit: a rule's validity, and "from before".
VALID = r"(?:hiệu lực(?: thi hành)?|áp dụng|(?<!\w)từ|kể từ) $"


def dates(text: str, issued: date | None, labelled: bool) -> Found:
    """A. and B.: "trước 17 giờ ngày 27/11/2025"; without a year near "hằng năm" it is a yearly series."""
    found: Found = []
    sent = r"(?:(?<=hoàn thành )|(?<=xong )|(?<=nộp )|(?<=báo cáo )|(?<=gửi ))"
    on = rf"{sent}vào\s+(?=ngày|thứ \w+,? ?\(?\d|thứ \w+,? ngày)"
    lead = rf"(?:(?:{BEFORE})\s*(?:thời điểm |lúc )?|{on})" if not labelled else rf"(?:(?:{BEFORE})\s*)?"
    part = r"(?:(?:vào )?(?:(?:buổi )?(?:sáng|chiều)|cuối(?: giờ)?(?: (?:sáng|chiều))?|giờ hành chính)\s+(?=ngày|\d))?"
    pattern = rf"(?<![\wÀ-ỹ]){lead}{HOUR}?{part}{DAY}(?P<more>{MORE})(?:\s*,?\s*\(?{EVERY}\)?)?"
    for m in rx(pattern, re.I).finditer(text):
        if not (_a_start(text, m, labelled) or _says_which(text[: m.start()], m, issued, labelled)):
            found.extend(_meant(text, m, issued))
    return found


def _a_start(text: str, m: re.Match[str], labelled: bool) -> bool:
    """In a labelled value "từ 15/10 đến 15/11" the first day is only where the time begins."""
    return labelled and bool(
        rx(r"(?:từ|kể từ)(?: ngày)?\s*$", re.I).search(text[: m.start()])
        or rx(r"\s*(?:đến|-|–)\s*(?:hết )?(?:ngày )?\d{1,2}[/ ]", re.I).match(text, m.end())
    )


def _says_which(before: str, m: re.Match[str], issued: date | None, labelled: bool) -> bool:
    """The words before the day make it a mark of some thing and no time to act."""
    if labelled:
        return False
    if rx(VALID, re.I).search(before) and not before.endswith("nay "):
        return True
    _, _, year = _day_of(m.groupdict())
    loose = rx(rf"(?:phát sinh|{USED}|ban hành|{GIVEN}|thành lập|{BORN}|tồn tại|xảy ra|được) $").search(before)
    coming = year and issued and date(year, 1, 1) >= issued
    if loose and not coming and not rx(rf"{MAKES}[^.;]* $", re.I).search(before[-160:]):
        return True
    return bool(rx(DESCRIBED, re.I).search(before[-120:]))


def _meant(text: str, m: re.Match[str], issued: date | None) -> Found:
    groups = m.groupdict()
    day, month, year = _day_of(groups)
    start, end = m.start(), m.end() + ("(" in m.group() and text.startswith(")", m.end()))
    words = text[start:end].strip()
    several = _more(groups)
    last = next((y for _, _, y in reversed(several) if y), None)
    if groups["every"] and not year and not last:
        return [(start, end, due) for due in _yearly(words, m, groups)]
    if not year and not last:
        return _without_year(text, m, groups, issued)
    # "trước ngày 15/11 và 15/12/2025": the year said last is the year of all
    found: Found = []
    for d, mo, y in [(day, month, year), *several]:
        when = safe_date(y or last or year or 0, mo, d)
        if when and not (issued and when < issued):
            found.append((start, end, Due(words, "date", when, hour_of(groups))))
    return found


def _yearly(words: str, m: re.Match[str], groups: dict[str, str | None]) -> list[Due]:
    day, month, _ = _day_of(groups)
    pairs = [(day, month), *((d, mo) for d, mo, _ in _more(groups))]
    return [
        Due(words, "recurring", None, hour_of(groups), "yearly", d, (mo,))
        for d, mo in pairs
        if 0 < mo < 13 and 0 < d < 32
    ]


PERIOD_BEFORE = r"(?:định kỳ )?(?:(?:0?6|sáu) tháng(?:/lần)?|(?:hàng|hằng|mỗi) năm|tổng kết năm)\s*\(?\s*$"


def _without_year(text: str, m: re.Match[str], groups: dict[str, str | None], issued: date | None) -> Found:
    """ "trước ngày 15/11": nearly always a yearly report; else the document's year or the next, and a question."""
    start, end = m.start(), m.end()
    day, month, _ = _day_of(groups)
    if not (0 < month < 13 and 0 < day < 32):
        return []
    if recurrence := _recurrence_before(text[max(0, start - 70) : start].lower()):
        if period := rx(PERIOD_BEFORE, re.I).search(text[:start]):
            start, end = period.start(), end + text[end:].startswith(")")
        words = text[start:end].strip()
        pairs = [(day, month), *((d, mo) for d, mo, _ in _more(groups) if 0 < mo < 13 and 0 < d < 32)]
        return [(start, end, Due(words, "recurring", None, hour_of(groups), recurrence, d, (mo,))) for d, mo in pairs]
    words, time = text[start:end].strip(), hour_of(groups)
    said = [(day, month), *((d, mo) for d, mo, _ in _more(groups))]
    days = [_coming(d, mo, issued) for d, mo in said] if issued else [None]
    known = issued is None or any(days)
    return [
        (start, end, Due(words, "date", when, time, question="Văn bản không ghi năm; thời hạn thuộc năm nào?"))
        for when in dict.fromkeys(days)
        if known and (when or issued is None)
    ]


def _coming(day: int, month: int, issued: date) -> date | None:
    """The first such day that is not before the document."""
    when = safe_date(issued.year, month, day)
    return safe_date(issued.year + 1, month, day) if when and when < issued else when


def _recurrence_before(before: str) -> str | None:
    """The period that the clause before a date without year names last: "định kỳ 6 tháng (trước ngày 15/6)"."""
    clause = before[max(before.rfind(";"), before.rfind("."), 0) :]
    half = [h.start() for h in rx(r"(?:6|06|sáu) tháng").finditer(clause)]
    year = [y.start() for y in rx(r"(?:hàng|hằng|mỗi|tổng kết|cả) năm|\bnăm\W*$").finditer(clause)]
    if half and (not year or half[-1] > year[-1]):
        return "half_yearly"
    return "yearly" if year or "định kỳ" in clause else None


def _more(groups: dict[str, str | None]) -> list[tuple[int, int, int | None]]:
    """The further days of "trước ngày 01/6 và 15/11 hằng năm": day, month, and the year if one is said."""
    days = rx(r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:(?:/|\s+năm\s+)(\d{4}))?").findall(groups.get("more") or "")
    return [(int(day), int(month), int(year) if year else None) for day, month, year in days]
