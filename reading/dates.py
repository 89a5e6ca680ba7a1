"""A day that the text names; without a year it is nearly always a yearly report."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.moments import BEFORE, DAY, EVERY, HOUR, Found, hour_of, safe_date
from reading.words import rx


def _day_of(match: dict[str, str | None]) -> tuple[int, int, int | None]:
    year = match.get("y") or match.get("y2") or match.get("y3")
    return int(match["d"] or 0), int(match.get("m") or match.get("m2") or 0), int(year) if year else None


def dates(text: str, issued: date | None, labelled: bool) -> Found:
    """A. and B.: "trước 17 giờ ngày 27/11/2025"; without a year near "hằng năm" it is a yearly series."""
    found: Found = []
    on = r"(?:(?<=hoàn thành )|(?<=xong )|(?<=nộp )|(?<=báo cáo )|(?<=gửi ))vào\s+(?=ngày)"
    lead = rf"(?:(?:{BEFORE})\s*(?:thời điểm )?|{on})" if not labelled else rf"(?:(?:{BEFORE})\s*)?"
    for m in rx(
        rf"(?<![\wÀ-ỹ]){lead}{HOUR}?{DAY}(?P<more>(?:\s*(?:và|,)\s*(?:ngày "
        rf")?\d{{1,2}}/\d{{1,2}})*)(?:\s*,?\s*\(?{EVERY}\)?)?",
        re.I,
    ).finditer(text):
        groups = m.groupdict()
        day, month, year = _day_of(groups)
        start, end, words = m.start(), m.end(), m.group().strip()
        if labelled and rx(r"(?:từ|kể từ)(?: ngày)?\s*$", re.I).search(text[:start]):
            continue
        if labelled and rx(r"\s*(?:đến|-|–)\s*(?:hết )?(?:ngày )?\d{1,2}[/ ]", re.I).match(text, end):
            continue
        if (
            not labelled
            and rx(r"(?:phát sinh|sử dụng|ban hành|cấp|thành lập|sinh|tồn tại|có hiệu lực|xảy ra|được) $").search(
                text[:start]
            )
            and not (year and issued and date(year, 1, 1) >= issued)
        ):
            continue
        if groups["every"] and not year:
            found.extend((start, end, d) for d in _yearly(words, m, groups))
        elif year:
            when = safe_date(year, month, day)
            if when and not (issued and when < issued):
                found.append((start, end, Due(words, "date", when, hour_of(groups))))
        else:
            found.extend(_without_year(text, m, groups, issued))
    return found


def _yearly(words: str, m: re.Match[str], groups: dict[str, str | None]) -> list[Due]:
    day, month, _ = _day_of(groups)
    pairs = [(day, month)] + [(int(a), int(b)) for a, b in rx(r"(\d{1,2})/(\d{1,2})").findall(groups.get("more") or "")]
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
        pairs = [(day, month), *_more(groups)]
        return [(start, end, Due(words, "recurring", None, hour_of(groups), recurrence, d, (mo,))) for d, mo in pairs]
    question = "Văn bản không ghi năm; thời hạn thuộc năm nào?"
    when = None
    if issued is not None:
        when = safe_date(issued.year, month, day)
        if when and when < issued:
            when = safe_date(issued.year + 1, month, day)
        if when is None:
            return []
    return [(start, end, Due(text[start:end].strip(), "date", when, hour_of(groups), question=question))]


def _recurrence_before(before: str) -> str | None:
    """The period that the clause before a date without year names last: "định kỳ 6 tháng (trước ngày 15/6)"."""
    clause = before[max(before.rfind(";"), before.rfind("."), 0) :]
    half = [h.start() for h in rx(r"(?:6|06|sáu) tháng").finditer(clause)]
    year = [y.start() for y in rx(r"(?:hàng|hằng|mỗi|tổng kết|cả) năm|\bnăm\W*$").finditer(clause)]
    if half and (not year or half[-1] > year[-1]):
        return "half_yearly"
    return "yearly" if year or "định kỳ" in clause else None


def _more(groups: dict[str, str | None]) -> list[tuple[int, int]]:
    """The further days of "trước ngày 01/6 và 15/11 hằng năm"."""
    return [(int(day), int(month)) for day, month in rx(r"(\d{1,2})/(\d{1,2})").findall(groups.get("more") or "")]
