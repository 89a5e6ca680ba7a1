"""What returns: a day in every period, or a bare "định kỳ hằng quý" on a verb of reporting."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.times.moments import BEFORE, HOUR, PRODUCE, RECUR, WEEKDAYS, Found, hour_of
from reading.words import mentions, rx

# Without one of these no day returns, and the patterns for it are dear.
EVERY = ("hằng", "hàng", "mỗi", "của tuần", "của tháng", "của quý", "của ngày", "tháng cuối", "tháng thứ", "tháng đầu")


def series(text: str, issued: date | None, labelled: bool) -> Found:
    """F.: a day in every period, or a bare "định kỳ hằng quý" on a verb of reporting."""
    found = _in_each(text) if mentions(text, EVERY) else _next_month(text)
    # "định kỳ hằng quý (trước ngày 20 của tháng cuối quý)": the day says it all
    said = [(a - 3 if text[:a].endswith("(") else a, b) for a, b, _ in found]
    return found + [f for f in _bare(text, labelled) if not any(f[0] < b and a < f[1] for a, b in said)]


def _in_each(text: str) -> Found:
    """A day, or an hour, in every week, month or quarter."""
    found: Found = []
    day = (
        rf"(?:{BEFORE})\s*{HOUR}?(?:vào )?(?:ngày\s+)?(?:(?P<d>\d{{1,2}})(?!\s?[/\d])|(?P<last>cuối(?: "
        rf"cùng)?(?: của)?)|(?P<w>[Tt]hứ\s+(?P<wd>\w+)|Chủ nhật|chủ nhật))\s*(?:,\s*)?"
    )
    period = (
        r"(?:(?:của |vào )?(?P<of>tháng (?:cuối|thứ (?:ba|3))(?: của)?(?: mỗi| hằng| hàng)? quý|"
        r"tháng thứ (?:ba|3)|tháng đầu(?: tiên)?(?: "
        r"của)?(?: quý| \(quý)[^)\s,;.]*(?: sau)?\)?)|(?P<ev>(?:hằng|hàng|mỗi|của) ?(?:hằng |hàng |mỗi "
        r")?(?:tuần|tháng|quý|ngày)))"
    )
    for m in rx(rf"{day}{period}", re.I).finditer(text):
        found.append((m.start(), m.end(), _series_due(m.group().strip(), m.groupdict())))
    found += _on_its_day(text, found)
    found += _next_month(text)
    daily, by = r"(?:hằng|hàng|mỗi) ngày", rf"(?:{BEFORE})\s*{HOUR}"
    # "hàng ngày báo cáo về xã trước 15h00"
    later = rf"{daily} [^.,;\d]{{3,60}}? {by}(?!\s*(?:cùng |của )?ngày)(?!\s*\d)"
    for pattern in (rf"{by}\s*{daily}", rf"{daily},? {by}", later):
        for m in rx(pattern, re.I).finditer(text):
            found.append((m.start(), m.end(), Due(m.group().strip(), "recurring", time=hour_of(m.groupdict()))))
    front = (
        rf"(?:(?:định kỳ )?(?P<ev>(?:hằng|hàng|mỗi) (?:tuần|tháng|"
        rf"quý))[^.;\d]{{0,120}}?\(?)(?:{BEFORE})\s*{HOUR}?(?:ngày\s+)?(?:(?P<d>\d{{1,2}})(?!\s?[/\d])|"
        rf"(?P<w>thứ (?P<wd>\w+)|chủ nhật))(?:\s*(?P<of>tháng "
        rf"cuối quý|tháng đầu quý sau|của tháng đầu[^,;.)]*))?"
    )
    for m in rx(front, re.I).finditer(text):
        end = m.end() + ("(" in m.group() and text[m.end() :].startswith(")"))
        if not any(m.start() < b and a < end for a, b, _ in found):
            found.append((m.start(), end, _series_due(text[m.start() : end].strip(), m.groupdict())))
    return found


ON_ITS_DAY = (
    r"(?:báo cáo|gửi|nộp|tổng hợp|cập nhật|công bố|trình|phát động|tổ chức|họp|kiểm tra|giao ban|trực|vệ sinh|phun|"
    r"tiếp)\b"
)


def _on_its_day(text: str, taken: Found) -> Found:
    """ "gửi báo cáo vào ngày 25 hằng tháng", "báo cáo hằng tuần vào chiều thứ Sáu": no "trước", the same duty."""
    clock = rf"(?:(?:vào|lúc) )?{HOUR}?(?:(?:buổi )?(?:sáng|chiều) )?"
    day = r"(?:ngày (?P<d>\d{1,2})(?!\s?[/\d])|(?:ngày )?(?P<w>[Tt]hứ (?P<wd>\w+)|[Cc]hủ nhật))"
    every = r"(?P<ev>(?:hằng|hàng|mỗi) (?:tuần|tháng))"
    found: Found = []
    of = (
        r"(?P<of>(?:của )?tháng cuối(?: của)?(?: mỗi| hằng| hàng)? quý|(?:của )?tháng đầu(?: tiên)?(?: "
        r"của)? quý (?:sau|tiếp theo|kế tiếp))"
    )
    for pattern in (rf"{clock}{day},? {every}", rf"(?:định kỳ )?{every},? {clock}{day}", rf"{clock}{day},? {of}"):
        for m in rx(pattern).finditer(text):
            clause = text[max(text.rfind(";", 0, m.start()), text.rfind(". ", 0, m.start()), 0) : m.end() + 40]
            reported = rx(ON_ITS_DAY, re.I).search(clause)
            if reported and not any(m.start() < b and a < m.end() for a, b, _ in [*taken, *found]):
                found.append((m.start(), m.end(), _series_due(m.group().strip(), m.groupdict())))
    return found


def _next_month(text: str) -> Found:
    """ "báo cáo tháng trước ngày 05 tháng sau": every month; asked where the clause says nothing of a series."""
    found: Found = []
    if not mentions(text, ("tháng sau", "tháng kế", "tháng tiếp", "tháng liền")):
        return found
    for m in rx(
        rf"(?:(?:định kỳ )?(?:hằng|hàng|mỗi) tháng,? )?(?:{BEFORE})\s*{HOUR}?ngày (?P<d>\d{{1,2}}) "
        r"(?:của )?tháng (?:sau|kế tiếp|tiếp theo|liền kề|kế sau)"
    ).finditer(text):
        regular = rx(r"(?:hằng|hàng|mỗi) tháng|định kỳ|báo cáo tháng").search(text[: m.end()])
        question = None if regular else "Báo cáo một lần hay hằng tháng?"
        words, time, day = m.group().strip(), hour_of(m.groupdict()), int(m.group("d"))
        due = Due(words, "recurring", time=time, recurrence="monthly", day=day, question=question)
        found.append((m.start(), m.end(), due))
    return found


def _series_due(words: str, groups: dict[str, str | None]) -> Due:
    of = (groups.get("of") or "").lower()
    every = (groups.get("ev") or "").lower()
    day = int(groups["d"] or 0) if groups.get("d") else 31 if groups.get("last") else None
    if groups.get("w"):
        day = WEEKDAYS.get((groups.get("wd") or "").lower(), 7)
    months = None
    if of:
        recurrence: str | None = "quarterly"
        months = (3, 6, 9, 12) if rx(r"cuối|thứ").search(of) else (1, 4, 7, 10)
    else:
        recurrence = next((v for k, v in RECUR.items() if every.endswith(k)), None)
    return Due(words, "recurring", time=hour_of(groups), recurrence=recurrence, day=day, months=months)


BARE = (
    r"(?P<fix>[Đđ]ịnh k[ỳì]\s+)?(?:(?:theo )?(?P<p>(?:hằng|hàng|mỗi|Hằng|Hàng|Mỗi) (?:ngày|tuần|tháng|"
    r"quý|năm)(?: (?:một|01|1) lần)?|(?:0?6|sáu) tháng(?:/(?:01 |1 )?lần| một lần)?(?! (?:đầu|cuối) năm \d| tới| qua)|"
    r"quý(?=[,) ](?: 0?6 tháng|năm|0?6 tháng))|\d+ (?:năm|tháng|quý|tuần)/(?:01 |1 )?lần|một năm một lần))"
    r"(?P<x>(?: hoặc| và|,) (?:khi )?đột xuất(?: \(?(?:theo|khi có) yêu cầu)?)?"
)


def _bare(text: str, labelled: bool) -> Found:
    found: Found = []
    for m in rx(BARE).finditer(text):
        period = m.group("p").lower()
        recurrence = _every(period)
        six = "tháng" in period and recurrence == "half_yearly"
        told = "lần" in period or rx(r"\d{4},? và\s*$").search(text[: m.start()])
        verdict = "sure" if labelled or told else _adverbial(text, m.start(), m.end(), bool(m.group("fix")), six)
        if verdict is None:
            continue
        question = "Có phải hạn báo cáo không?" if verdict == "ask" else None
        found.append(
            (m.start(), m.end(), Due(m.group().strip(), "recurring", recurrence=recurrence, question=question))
        )
    return found


def _every(period: str) -> str | None:
    """ "hằng quý", "06 tháng/lần", "3 tháng/lần"; None for a rhythm that the shape of a series does not know."""
    if counted := rx(r"0?(\d+) (tuần|tháng|quý|năm)/").match(period):
        rhythm = f"{counted.group(1)} {counted.group(2)}"
        return {"1 tuần": "weekly", "1 tháng": "monthly", "1 quý": "quarterly", "3 tháng": "quarterly",
                "6 tháng": "half_yearly", "12 tháng": "yearly", "1 năm": "yearly"}.get(rhythm)  # fmt: skip
    if "6 tháng" in period or "sáu tháng" in period:
        return "half_yearly"
    if period.startswith("một năm"):
        return "yearly"
    once = rx(r" (?:một|01|1) lần$").sub("", period)
    return next((v for k, v in RECUR.items() if once.endswith(k)), None)


def _adverbial(text: str, start: int, end: int, fixed: bool, six: bool) -> str | None:
    """Does "hằng năm" say when to act ("sure"), perhaps ("ask"), or only qualify a noun (None)?"""
    before = text[max(0, start - 60) : start].rstrip()
    clause = before[max(before.rfind(";"), before.rfind(". ") + 1, 0) :]
    if rx(
        r"(?:ngân sách(?: nhà nước)?|dự toán|kinh phí|vốn|bình quân|thi đua|chi thường xuyên|chỉ số|"
        r"kế hoạch đầu tư|(?<![Dd]u )lịch|đối với báo cáo|theo quy định|bình xét)(?: \w+){0,3}$"
    ).search(clause):
        return None
    if rx(r"(?:\d+ năm|(?:trung|dài) hạn|giai đoạn)(?:,| và)$").search(clause) and not rx(r"định k[ỳì]").search(clause):
        return None  # "vốn đầu tư giai đoạn 05 năm và hằng năm": of what, not when
    if rx(r"(?:vào|trong|theo|tại|của)(?: các)? (?:kế hoạch|chương trình|dự toán|nhiệm vụ)[^.;]*$").search(clause):
        return None  # "lồng ghép vào kế hoạch 5 năm, kế hoạch hàng năm"
    follows = rx(
        rf"(?:,? (?:và|hoặc)? ?(?:đột xuất|khi có yêu cầu|0?6 tháng|hằng năm|hàng năm|quý|năm)[, "
        rf"]*)*,?\s*(?:\(|(?:[Tt]ổng hợp|thực hiện |tiến hành |chủ động |phải |để |kịp thời "
        rf")?{PRODUCE})"
    ).match(text, end)
    if follows or fixed or not clause:
        return "sure"
    final = rx(r"\s*(?:[.;,)]|$|\./)").match(text, end)
    if (
        final
        and rx(rf"(?<!\w){PRODUCE}(?!\w)").search(clause)
        and rx(r"(?:báo cáo|gửi|tổng hợp|sơ kết|công bố)").search(clause)
    ):
        return "sure"
    told = rx(r"(?:công khai|công bố|cập nhật|báo cáo|thông báo)(?: \w+){0,3}$").search(clause)
    if told and rx(r"\s*(?:trên|tại|về|cho|đến|với)\s").match(text, end):
        return "sure"
    if final and not six and rx(r"kế hoạch").search(text[max(0, start - 110) : start]):
        return "ask"
    return None
