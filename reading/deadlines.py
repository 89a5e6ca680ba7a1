"""Time expressions → Due. A date that the text does not state as a deadline stays out: nothing is invented."""

from __future__ import annotations

import re
from datetime import date

from reading.dates import dates
from reading.model import Due
from reading.moments import Found
from reading.periods import periods
from reading.series import series
from reading.weeks import weeks
from reading.words import LONGEST_POINT, rx

RELATIVE_FROM = {
    "ký": "signing",
    "ban hành": "signing",
    "phát hành": "signing",
    "nhận": "receipt",
    "tiếp nhận": "receipt",
}


def find_due(text: str, issued_on: date | None, labelled: bool = False) -> tuple[Due, ...]:
    """Every deadline the text states, in its order. `labelled`: the value of "Thời hạn:", where a bare date counts."""
    text = text[:LONGEST_POINT]
    found: list[tuple[int, int, Due]] = []
    for finder in (_labels, dates, _relatives, periods, weeks, series, _standing):
        for start, end, due in finder(text, issued_on, labelled):
            if not any(start < b and a < end and (a, b) != (start, end) for a, b, _ in found):
                found.append((start, end, due))
    ordered = sorted(found, key=lambda f: f[0])
    unique: dict[Due, None] = {}
    for place, (start, _, due) in enumerate(ordered):
        if not any(_purpose(text[end:start], first, due) for _, end, first in ordered[:place]):
            unique.setdefault(due)
    return tuple(unique)


LABEL = (
    r"(?<!\w)(?:(?:thời hạn|hạn)(?: (?:hoàn thành|thực hiện|báo cáo|gửi|nộp|xong))?|"
    r"thời gian (?:hoàn thành|báo cáo|gửi|nộp))\s*:\s*(?P<value>[^;)]{4,80}?)(?=[;)]|\.(?:\s|$)|$|,\s)"
)


def _labels(text: str, issued: date | None, labelled: bool) -> Found:
    """ "(thời hạn: 20/8/2023)": what stands after such a word inside a sentence needs no "trước ngày"."""
    found: Found = []
    for m in rx(LABEL, re.I).finditer(text):
        begin, value = m.start("value"), m.group("value")
        for finder in (dates, periods):
            found += [(begin + a, begin + b, due) for a, b, due in finder(value, issued, True) if due.kind == "date"]
    return found


def _purpose(between: str, first: Due, due: Due) -> bool:
    """ "báo cáo trước ngày 15/8/2023 để Văn phòng Sở tổng hợp trước ngày 20/8/2023": the second date is not theirs."""
    return first.kind == due.kind == "date" and bool(rx(r"[^.;]*\bđể\s[^.;]*$").fullmatch(between))


COUNTED = (
    r"(?:trong(?: (?:vòng|thời hạn|thời gian)(?: tối đa)?)?|chậm nhất(?: là)?(?: sau)?|không quá|"
    r"muộn nhất(?: là)?(?: sau)?|tối đa|sau)\s+(?P<n>\d{1,3})(?:\s*\([^)]{1,15}\))?\s*"
    r"(?P<u>ngày làm việc|ngày|giờ(?: làm việc)?|tuần|tháng)(?! \d)"
    r"(?P<after>,?\s*(?:kể )?(?:từ|sau|trước)(?: khi)?(?: ngày)?\s*(?P<ev>[^,;.()]{0,60}))?"
)
EVENT = (
    r"trước (?:Tết [Nn]guyên đán|Tết|Kỳ họp|kỳ họp|ngày (?:khai mạc|diễn ra|khai giảng|khai hội|bế mạc)|"
    r"thời điểm khai mạc)"
    r"(?: [^,;.()]{0,40})?"
)
PACE = r"theo (?:tiến độ|kế hoạch|thời gian|yêu cầu|lộ trình)[^.;]*"


def _relatives(text: str, issued: date | None, labelled: bool) -> Found:
    """Days counted from something, and events; the calendar makes a date of them when the Office has checked."""
    found = [(m.start(), m.end(), due) for m in rx(COUNTED, re.I).finditer(text) if (due := _counted(m))]
    for m in rx(EVENT).finditer(text):
        due = Due(m.group().strip(), "relative", from_="event", question="Sự kiện này vào ngày nào?")
        found.append((m.start(), m.end(), due))
    if labelled and (pace := rx(PACE, re.I).search(text)):
        found.append((pace.start(), pace.end(), Due(pace.group().strip(), "relative", from_="event")))
    return found


def _counted(m: re.Match[str]) -> Due | None:
    """ "05 ngày làm việc kể từ ngày nhận"; a bare "sau 3 ngày" or "trong 12 tháng" is a description, no deadline."""
    words, measure, after = m.group().strip(), m.group("u").lower(), m.group("after")
    bare = rx(r"sau|trong (?:thời gian )?\d", re.I).match(words) or measure == "tháng"
    if bare and not after:
        return None
    unit = "working_days" if "làm việc" in measure else "hours" if "giờ" in measure else "days"
    amount = int(m.group("n")) * {"tuần": 7, "tháng": 30}.get(measure, 1)
    event = (m.group("ev") or "").strip().lower()
    source = next((v for k, v in RELATIVE_FROM.items() if event.startswith(k) or f" {k}" in event[:30]), "event")
    known = after and source in ("signing", "receipt")
    question = None if known else "Thời hạn tính từ ngày nào?"
    return Due(words, "relative", amount=amount, unit=unit, from_=source if after else None, question=question)


def _standing(text: str, issued: date | None, labelled: bool) -> Found:
    """H.: "thường xuyên" on a verb of the addressee; never the noun ("chi thường xuyên")."""
    for m in rx(r"[Tt]hường xuyên").finditer(text):
        before, after = text[: m.start()].rstrip(), text[m.end() :].lstrip()
        if rx(
            r"(?:[Cc]hi|[Nn]hiệm vụ|không|cán bộ|[Kk]inh phí|trách nhiệm|việc|công việc|ngân sách|sự "
            r"nghiệp|lao động|biện pháp|giải pháp|một cách|tính)$"
        ).search(before):
            continue
        return [(m.start(), m.end(), Due(m.group(), "standing"))] if after or before or labelled else []
    return []
