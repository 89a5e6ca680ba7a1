"""Time expressions → Due. A date that the text does not state as a deadline stays out: nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reading.model import Due
from reading.points.cells import cells
from reading.times.after import after
from reading.times.counted import counted
from reading.times.daily_hours import daily_hours
from reading.times.dates import dates
from reading.times.described import described
from reading.times.done_by import done_by
from reading.times.events import events, lunar
from reading.times.last_days import last_days
from reading.times.moments import Found
from reading.times.named_periods import named_periods
from reading.times.periods import periods
from reading.times.ranges import ranges
from reading.times.series import series
from reading.times.weeks import weeks
from reading.words import LONGEST_POINT, rx


def find_due(text: str, issued_on: date | None, labelled: bool = False) -> tuple[Due, ...]:
    """Every deadline the text states, in its order. `labelled`: the value of "Thời hạn:", where a bare date counts."""
    text = text[:LONGEST_POINT]
    found: list[tuple[int, int, Due]] = []
    for finder in FINDERS:
        taken = list(found)  # by the finders before; one finder may mean several by the same words
        for start, end, due in finder(text, issued_on, labelled):
            if due.kind == "date" and not labelled and described(text[:start], due.text, text[end:]):
                continue
            same = ((a, b) == (start, end) for a, b, _ in found[len(taken) :])
            if any(same) or not any(start < b and a < end for a, b, _ in found):
                found.append((start, end, due))
    if labelled and issued_on and not found:
        found = _gone_by(text, issued_on)
    ordered = sorted(found, key=lambda f: f[0])
    unique: dict[Due, None] = {}
    for place, (start, _, due) in enumerate(ordered):
        near = (one for one in ordered[max(0, place - 6) : place] if start - one[1] < LONGEST_PURPOSE)
        if not any(_serves(text[end:start], first, due) for _, end, first in near):
            unique.setdefault(due)
    return tuple(due for due in unique if not _said_better(due, unique))


GONE_BY = "Thời hạn này trước ngày của văn bản, có đúng không?"


def _gone_by(text: str, issued: date) -> Found:
    """ "Tháng 3/2026" in the column of a plan of April 2026: what is printed as the time limit, and asked about."""
    value = text.strip(" .;")
    whole = (one for finder in (cells, periods) for one in finder(value, None, True) if one[1] - one[0] == len(value))
    return [
        (text.index(value), text.index(value) + len(value), replace(due, question=GONE_BY))
        for _, _, due in list(whole)[:1]
        if due.kind == "date" and due.date and 0 < (issued - due.date).days < 366
    ]


def _said_better(due: Due, others: Iterable[Due]) -> bool:
    """ "hằng năm, báo cáo trước ngày 15/12": the bare period adds nothing to the series with its day."""
    return (
        due.kind == "recurring"
        and due.day is None
        and due.recurrence is not None
        and any(other.recurrence == due.recurrence and other.day is not None for other in others)
    )


GIVES = (
    r"(?:hoàn thành|báo cáo|gửi|nộp|tiếp nhận|nhận|đăng ký|trình|trả lời|góp ý|tham gia ý kiến|hồ sơ|bài dự thi|"
    r"kết quả|ý kiến|danh sách|tài liệu)"
)
LABEL = (
    rf"(?<!\w)(?:(?:thời hạn|hạn(?: cuối(?: cùng)?| chót)?)(?: (?:{GIVES}|thực hiện|xong)){{0,4}}|"
    rf"thời gian(?: {GIVES}){{1,4}})\s*(?::|là(?= (?:trước )?(?:ngày|\d)))\s*"
    r"(?P<value>[^;)]{4,80}?)(?=[;)]|\.(?:\s|$)|$|,\s)"
)


def _labels(text: str, issued: date | None, labelled: bool) -> Found:
    """ "(thời hạn: 20/8/2023)": what stands after such a word inside a sentence needs no "trước ngày"."""
    found: Found = []
    for m in rx(LABEL, re.I).finditer(text):
        begin, value = m.start("value"), m.group("value")
        if any(begin <= end and start <= m.end("value") for start, end, _ in lunar(text, issued, True)):
            continue
        for finder in (cells, dates, periods, named_periods):
            found += [(begin + a, begin + b, due) for a, b, due in finder(value, issued, True) if due.kind == "date"]
    return found


LONGEST_PURPOSE = 600  # characters between a date and the one that it serves


def _serves(between: str, first: Due, due: Due) -> bool:
    """ "báo cáo trước ngày 15/8/2023 để Văn phòng Sở tổng hợp trước ngày 20/8/2023": the second date is not theirs.

    "Chậm nhất ngày 03/02/2026 (trước ngày bầu cử 40 ngày)": the bracket explains the date.
    """
    if first.kind == "date" and due.kind == "relative" and rx(r"\s*\((?:tức |nghĩa là |là )?\s*").fullmatch(between):
        return True
    return first.kind == due.kind == "date" and bool(rx(r"[^.;]*\bđể\s[^.;]*$").fullmatch(between))


def _standing(text: str, issued: date | None, labelled: bool) -> Found:
    """H.: "thường xuyên" on a verb of the addressee; never the noun ("chi thường xuyên")."""
    if labelled and (whole := rx(r"\W*((?:nhiệm vụ|công việc) thường xuyên)\W*", re.I).fullmatch(text)):
        return [(*whole.span(1), Due(whole.group(1), "standing"))]
    for m in rx(r"[Tt]hường xuyên").finditer(text):
        before, after = text[: m.start()].rstrip(), text[m.end() :].lstrip()
        if rx(
            r"(?:[Cc]hi|[Nn]hiệm vụ|[Gg]iáo dục|"
            r"không|(?<!Tổ chức )cán bộ|[Kk]inh phí|trách nhiệm|việc|công việc|ngân sách|sự "
            r"nghiệp|lao động|biện pháp|giải pháp|một cách|tính|(?:phối hợp|liên hệ|trao đổi)(?: chặt chẽ)?,?)$"
        ).search(before):
            continue
        return [(m.start(), m.end(), Due(m.group(), "standing"))] if after or before or labelled else []
    return []


# In this order: what an earlier one has taken is not looked at again. A lunar day must never be read as a solar one.
FINDERS = (
    cells, lunar, last_days, _labels, daily_hours, dates, done_by, ranges, counted, events, named_periods, periods,
    weeks, series, after, _standing,
)  # fmt: skip
