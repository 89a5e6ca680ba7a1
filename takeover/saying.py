"""What the cells of a row say: days, states and the number of a document. What is not said is not invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from drafting import days
from drafting.units import plain
from models.calendar import Calendar

DATE = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})"
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00(?::00)?)?")
HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s?(?:giờ|gio|h|g|:)\s?([0-5]\d)?(?:\s?(?:phút|p))?(?!\d)", re.I)
# What may stand beside a day without changing which day it is.
BESIDE = re.compile(r"\b(?:trước|trong|chậm nhất|muộn nhất|xong|hoàn thành|đến|hết|ngày|là|lúc|vào|hạn|chủ nhật|"
                    r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]))\b|[\s,.;:()–-]+", re.I)  # fmt: skip
NO_YEAR = re.compile(r"(?<![\d/.-])\d{1,2}\s?[/.-]\s?\d{1,2}(?![\d/.-])")
NUMBER = re.compile(r"\d+[A-Za-z]?\s?/\s?(?:\d{4}\s?/\s?)?[^\W\d_][^\s,;()]*")
OPEN_NOW = re.compile(r"\b(chua|dang|khong|sap|cho|con han|trong han|moi giao|tiep tuc|can)\b")
DONE = re.compile(r"\b(hoan thanh|xong|hoan tat|ht)\b|^(da )?(bao cao|nop) (dung han|qua han|tre han)$")
OPEN = re.compile(r"qua han|den han|trong han|con han|da giao|moi giao|da nhan|da xac nhan|thuong xuyen|tre han|cham")
SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s?%")


@dataclass(frozen=True)
class Due:
    """A time limit as it was understood. `problem`: "" or why there is no day: none (no day is said: "thường xuyên"),
    no_year, bad."""

    day: date | None = None
    at: time | None = None
    problem: str = ""


@dataclass(frozen=True)
class Issued:
    """The document that gave a task: its number, if it has one, and its day."""

    number: str = ""
    day: date | None = None


def plain_day(words: str) -> date | None:
    """The one day that these words are, written out with its year; None for anything else."""
    rest = words.strip()
    if found := ISO.fullmatch(rest):
        return _day(found.group(1), found.group(2), found.group(3))
    found = re.search(rf"(?<![\d/.-]){DATE}(?![\d/.-])", rest)
    if found is None or BESIDE.sub("", HOUR.sub(" ", rest[: found.start()] + " " + rest[found.end() :])):
        return None
    return _of(found)


def due(words: str, calendar: Calendar, today: date, issued_on: date | None) -> Due:
    """The day by which something is due. Words without a day, and periods counted from nothing, give none."""
    if not words.strip():
        return Due()
    if (day := plain_day(words)) is not None:
        return Due(day, _hour(words))
    if re.fullmatch(rf"\W*{DATE}\W*", words):
        return Due(problem="bad")
    if NO_YEAR.search(words) and issued_on is None:
        return Due(problem="no_year")
    if not re.search(r"\d", words):
        return Due(problem="none")
    said = days.understand(words, calendar, days.Known(issued_on or today, issued_on, today))
    if said.problem == "bad":
        return Due(problem="bad")
    dated = NO_YEAR.search(words) or re.search(DATE, words)
    counted = said.counted is not None and issued_on is not None and said.counted != "receipt"
    if said.day is None or not (dated or counted):
        return Due(problem="none")
    return Due(said.day, said.at)


def state(words: str) -> str:
    """open, done, or "" for words that may mean either."""
    folded = plain(words)
    if (share := SHARE.search(words)) is not None:
        return "done" if share.group(1) in ("100", "100,0", "100.0") else "open"
    if re.search(r"\b(chua|dang|khong|sap|cho)\b", folded):
        return "open"
    if DONE.search(folded):
        return "done"
    return "open" if OPEN.search(folded) or OPEN_NOW.search(folded) else ""


def issued(words: str, day_words: str) -> Issued:
    """ "788/SVHTTDL-VP ngày 23/7/2023" and the cell of its day → the document. The cell of the day wins."""
    number = NUMBER.search(words)
    rest = words if number is None else words[: number.start()] + " " + words[number.end() :]
    found = re.search(rf"(?<![\d/.-]){DATE}(?![\d/.-])", rest)
    day = plain_day(day_words) or (_of(found) if found else None)
    return Issued(re.sub(r"\s", "", number.group()).rstrip(".:") if number else "", day)


def _of(found: re.Match[str]) -> date | None:
    return _day(found.group(3), found.group(2), found.group(1))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _hour(words: str) -> time | None:
    without = re.sub(DATE, " ", words)
    found = HOUR.search(without)
    return time(int(found.group(1)), int(found.group(2) or 0)) if found else None
