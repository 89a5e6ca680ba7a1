"""A time limit as a clerk types it: "15/8", "16h thứ sáu", "cuối tháng", "trong 5 ngày làm việc", "ngày 25 hằng tháng".

The words are those of the chat (bot/understanding); here they are a deadline that somebody sets, not one that is asked
for: a day that has passed or is off is kept, and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.understanding import dates
from bot.understanding.days import month_end
from bot.understanding.reckon import length_from, on_or_before
from bot.understanding.words import clean, fold
from models.calendar import Calendar

EVERY = re.compile(r"(?:hang|moi|dinh ky(?: hang)?) ?(tuan|thang|quy|nam|6 thang)|(6 thang)(?:/| )(?:0?1 |mot )?lan")
DAY = re.compile(r"(?:ngay |mung |mong )?(?<![\d/])(\d{1,2})(?![\d/])")
DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
LAST = re.compile(r"cuoi|het")
OF_QUARTER = re.compile(r"thang (dau|cuoi)(?: tien)?(?: cua)?(?: moi| hang)? quy")
WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}
NAMED = {1: "Hai", 2: "Ba", 3: "Tư", 4: "Năm", 5: "Sáu", 6: "Bảy"}
WEEKDAY = re.compile(r"(?:thu |t)(hai|ba|tu|nam|sau|bay|[2-7])(?!\w)|(chu nhat|cn)(?!\w)")
FROM_SIGNING = re.compile(r"ngay (?:ky|ban hanh)|van ban ky")
FROM_RECEIPT = re.compile(r"ngay nhan|nhan duoc|ngay den")
QUARTER = re.compile(r"(?:(?:het|cuoi|trong) )?quy ([1-4]|iv|i{1,3})(?!\w)(?: nam (\d{4})|/(\d{4}))?")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# "16h 15/8" is 16 o'clock on a day, not a quarter past four
HOUR_THEN_DAY = re.compile(r"(\d{1,2})\s?(?:h|g|giờ|gio)\s+(?=\d{1,2}[/.-]\d)")
PERIODS = {"tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "yearly", "6 thang": "half_yearly"}


@dataclass(frozen=True)
class Moment:
    """What was understood. `problem`: none (no day in the words), several, bad (no such day), vague, series_day (a
    series without its day); `counted`: a period counted from today, signing or receipt."""

    day: date | None = None
    at: time | None = None
    recurrence: dict[str, Any] | None = None
    problem: str | None = None
    counted: str | None = None


@dataclass(frozen=True)
class Known:
    """What words may be counted from."""

    today: date
    issued_on: date | None
    received_on: date


def understand(words: str, calendar: Calendar, known: Known) -> Moment:
    """The day, or the series, that typed words mean. Empty words: no day and no problem."""
    text = clean(words)
    if not text:
        return Moment()
    if every := EVERY.search(fold(text)):
        return _series(words, fold(text), every)
    if quarter := QUARTER.fullmatch(fold(" ".join(words.lower().split()))):  # `clean` makes "iii" one letter
        return Moment(on_or_before(calendar, _quarter_end(quarter, known.today)))
    mentions = dates.find(HOUR_THEN_DAY.sub(r"\1h ngày ", text), known.today)
    if not mentions:
        return Moment(problem="none")
    kinds = {(one.kind, one.ahead, one.back, one.amount) for one in mentions}
    if len(kinds) > 1:
        return Moment(problem="several")
    return _day(mentions[0], fold(text), calendar, known)


def _day(mention: dates.Mention, text: str, calendar: Calendar, known: Known) -> Moment:
    if mention.kind == "length" and mention.amount > 0:
        start, counted = _start(text, known)
        return Moment(length_from(mention, start, calendar), mention.at, counted=counted)
    day = mention.ahead or mention.back
    if day is None or mention.kind in ("bad", "vague", "length"):
        return Moment(problem="bad" if mention.kind == "bad" else "vague")
    if mention.kind in ("end", "week"):
        return Moment(on_or_before(calendar, day), mention.at)
    return Moment(day, mention.at)


def _quarter_end(said: re.Match[str], today: date) -> date:
    """The last day of the quarter named, of this year unless it is over or the year is named."""
    number = ROMAN.get(said.group(1)) or int(said.group(1))
    named = said.group(2) or said.group(3)
    year = int(named) if named else today.year
    end = month_end(year, 3 * number)
    return month_end(year + 1, 3 * number) if named is None and end < today else end


def _start(text: str, known: Known) -> tuple[date, str]:
    if FROM_SIGNING.search(text) and known.issued_on is not None:
        return known.issued_on, "signing"
    return (known.received_on, "receipt") if FROM_RECEIPT.search(text) else (known.today, "today")


def _series(words: str, text: str, every: re.Match[str]) -> Moment:
    """A series needs its day: without one nothing can be due."""
    recurrence = PERIODS[every.group(1) or every.group(2)]
    rest = text[: every.start()] + " " + text[every.end() :]
    months: list[int] | None = None
    day: int | None = None
    if recurrence == "weekly":
        named = WEEKDAY.search(rest)
        day = None if named is None else 7 if named.group(2) else WEEKDAYS[named.group(1)]
    elif (of := DAY_MONTH.search(rest)) and recurrence in ("yearly", "half_yearly", "quarterly"):
        day, month = int(of.group(1)), int(of.group(2))
        if not 1 <= month <= 12:
            return Moment(problem="bad")
        step = {"yearly": 12, "half_yearly": 6, "quarterly": 3}[recurrence]
        months = sorted({(month - 1 + step * n) % 12 + 1 for n in range(12 // step)})
    elif numbered := DAY.search(rest):
        day = int(numbered.group(1))
    elif LAST.search(rest):
        day = 31
    if recurrence == "quarterly" and months is None and (part := OF_QUARTER.search(text)):
        months = [1, 4, 7, 10] if part.group(1) == "dau" else [3, 6, 9, 12]
    if day is None:
        return Moment(problem="series_day")
    if not 1 <= day <= 31:
        return Moment(problem="bad")
    return Moment(recurrence={"recurrence": recurrence, "day": day, "months": months, "text": " ".join(words.split())})


def spoken(recurrence: dict[str, Any]) -> str:
    """A series in the words that `understand` takes: "ngày 25 hằng tháng", "thứ Sáu hằng tuần"."""
    kind, day, months = recurrence["recurrence"], int(recurrence["day"]), recurrence.get("months")
    if kind == "weekly":
        return f"{'Chủ nhật' if day == 7 else f'thứ {NAMED[day]}'} hằng tuần"
    if kind == "monthly":
        return f"ngày {day} hằng tháng"
    if kind == "quarterly":
        return f"ngày {day} tháng {'đầu' if months and months[0] == 1 else 'cuối'} quý hằng quý"
    month = (months or [12 if kind == "yearly" else 6])[-1 if kind == "yearly" else 0]
    return f"{day}/{month} hằng {'năm' if kind == 'yearly' else '6 tháng'}"


def shown(day: date | None, at: time | None, recurrence: dict[str, Any] | None) -> str:
    """A time limit as it stands in the input: "15/08/2026", "15/08/2026 16:00", or the series."""
    if day is not None:
        return f"{day:%d/%m/%Y}" + (f" {at:%H:%M}" if at is not None else "")
    return spoken(recurrence) if recurrence is not None else ""
