"""Days, hours and lengths of time as people type them: rules D1–D10.

`find()` only reads; which of the mentions counts, and where it falls among working days, is reckoned in reckon.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.understanding import date_words as words
from bot.understanding.days import day_month, day_of_month, period_about, period_end, safe, week_shift
from bot.understanding.words import fold, vn


@dataclass(frozen=True)
class Mention:
    """A day or a length named in a text, by its place.

    `kind`: day, end (last day of a week, month, year: exact), week (a whole week), length, vague, bad (no such day).
    `ahead`/`back`: the day if it lies ahead or behind (D1, D2). `amount`: calendar days, or working days.
    """

    start: int
    end: int
    kind: str
    ahead: date | None = None
    back: date | None = None
    amount: int = 0
    working: bool = False
    more: bool = False
    weekday: bool = False
    at: time | None = None


def find(text: str, today: date) -> list[Mention]:
    """Every mention in a cleaned text, in order. Parts of document numbers and fractions are no dates (D9)."""
    scan = _Scan(text, today)
    return scan.mentions()


class _Scan:
    """One pass over a text; what one pattern has taken is blanked for the next."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.found: list[Mention] = []

    def mentions(self) -> list[Mention]:
        for pattern in words.NOT_DATES:
            for _ in self._take(pattern):
                pass
        clocks = [(m.start(), m.end(), at) for m in self._take(words.CLOCK) if (at := _hour(m)) is not None]
        self._days()
        self.found.sort(key=lambda mention: mention.start)
        return _with_hours(self.found, clocks)

    def _take(
        self, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], bool] | None = None
    ) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self.text):
            if keep is None or keep(match):
                self.text = (
                    self.text[: match.start()] + "\x00" * (match.end() - match.start()) + self.text[match.end() :]
                )
                yield match

    def _add(self, match: re.Match[str], kind: str, ahead: date | None = None, back: date | None = None) -> None:
        kind = "bad" if kind in ("day", "end") and ahead is None and back is None else kind
        self.found.append(Mention(match.start(), match.end(), kind, ahead, back))

    def _days(self) -> None:
        for m in self._take(words.VAGUE):
            self._add(m, "vague")
        for m in self._take(words.RANGE, _is_range):
            last = day_month(int(m.group(3)), int(m.group(4)), m.group(5), self.today)
            first = day_month(int(m.group(1)), int(m.group(2) or m.group(4)), m.group(5), self.today)
            self._add(m, "day", *first)
            self._add(m, "day", *last)
        for m in self._take(words.ISO):
            self._add(m, "day", *day_month(int(m.group(3)), int(m.group(2)), m.group(1), self.today))
        for m in self._take(words.LONG):
            self._add(m, "day", *self._long(m))
        for m in self._take(words.SHORT, lambda m: int(m.group(3)) <= 12 or m.group(2) == "/"):
            ahead, back = day_month(int(m.group(1)), int(m.group(3)), m.group(4), self.today)
            self._add(m, "day", ahead, back)
        for m in self._take(words.WEEKDAY):
            self.found.append(Mention(m.start(), m.end(), "day", *self._weekday(m), weekday=True))
        for m in self._take(words.END):
            self._add(m, "end", period_end(m.group(2), m.group(3) or "", self.today))
        self._lengths()
        self._relative()

    def _lengths(self) -> None:
        for m in self._take(words.ABOUT):
            self._add(m, "vague", period_about(m, self.today))
        for m in self._take(vn(words.WEEK)):
            shift = week_shift(m.group())
            friday = self.today + timedelta(days=7 * shift + 4 - self.today.weekday())
            self.found.append(Mention(m.start(), m.end(), "week", friday if shift >= 0 else None, friday))
        for m in self._take(words.DAY):
            self._add(m, "day", *day_of_month(int(m.group(1)), self.today))
        for m in self._take(words.BARE):
            self._add(m, "day", *day_of_month(int(m.group(1)), self.today))
        for m in self._take(words.LENGTH):
            amount, unit = fold(m.group(1)), fold(m.group(2))
            count = 0.5 if amount == "nua" else float(words.AMOUNTS.get(amount) or amount)
            days = int(count * {"tuan": 7, "thang": 30}.get(unit, 1))
            self.found.append(
                Mention(m.start(), m.end(), "length", amount=days, working=bool(m.group(3)), more=bool(m.group(4)))
            )

    def _relative(self) -> None:
        for pattern, offset in words.OFFSETS:
            for m in self._take(pattern):
                day = self.today + timedelta(days=offset)
                self._add(m, "day", day if offset >= 0 else None, day if offset <= 0 else None)
        for m in self._take(words.MAI, lambda m: words.PERSON_BEFORE.search(self.text[: m.start()]) is None):
            self._add(m, "day", self.today + timedelta(days=1))

    def _long(self, m: re.Match[str]) -> tuple[date | None, date | None]:
        if m.group(2).isdigit():
            return day_month(int(m.group(1)), int(m.group(2)), m.group(3), self.today)
        shift = {"sau": 1, "toi": 1, "truoc": -1}.get(fold(m.group(2)), 0)
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + shift, 12)
        day = safe(year, month + 1, int(m.group(1)))
        return day, day

    def _weekday(self, m: re.Match[str]) -> tuple[date | None, date | None]:
        name = m.group(2) or m.group(3) or m.group(5)
        number = 6 if name is None else int(name) - 2 if name.isdigit() else words.NAMES[name]
        said = fold(m.group(1) or m.group(6) or "")
        if said.startswith("tuan"):
            day = self.today + timedelta(days=7 * week_shift(said) + number - self.today.weekday())
            return day, day
        ahead = self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)
        back = ahead - timedelta(days=7) if ahead - timedelta(days=7) < self.today else ahead - timedelta(days=14)
        return (None if said in ("truoc", "vua roi", "vua qua") else ahead), back


def _is_range(m: re.Match[str]) -> bool:
    """ "23-27/11", "từ 23 đến 27/11"; but "từ 27/11 đến 2/12" names two days, each taken by itself."""
    return int(m.group(4)) <= 12 and ("-" in m.group() or m.group(2) is None)


def _hour(m: re.Match[str]) -> time | None:
    hour, minute, part = int(m.group(1)), int(m.group(2) or m.group(3) or 0), fold(m.group(4) or "")
    if part in ("chieu", "toi") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _with_hours(mentions: list[Mention], clocks: list[tuple[int, int, time]]) -> list[Mention]:
    for start, end, at in clocks:
        near = [
            (min(abs(m.start - end), abs(start - m.end)), i) for i, m in enumerate(mentions) if m.kind in ("day", "end")
        ]
        if near:
            index = min(near)[1]
            mentions[index] = replace(mentions[index], at=at)
    return mentions
