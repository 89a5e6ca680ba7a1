"""How well a reading fits a gold reading made by hand.

A gold file holds the header's fields and `items`, each with label, starts_with, offset, lead_units, co_units, due and
deliverables; `alt` lists other readings that are as good (lead_units, co_units, due), or says that the point may be
none (`optional`) or may be cut otherwise (`split`). Items are matched by their first words, one to one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reading.words import TONES

Values = dict[str, Any]

ENUMERATOR = re.compile(
    r"(?:\W*(?:[ivxlc]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ]|\d{1,2}[a-z])\s*[.)/:-]\s*|\(\w{1,2}\)\s*|[-–—+•*·]\s*)+"
)
COURTESY = re.compile(r"(?:(?:giao|yêu cầu|đề nghị|(?:các )?đồng chí)\s+)*", re.I)
RANKS = {"bộ", "sở", "tỉnh", "huyện", "xã", "phường"}
HEADER = ("number", "issued_on", "kind", "signer", "urgency")
LEAST_SHARED = 12  # letters; fewer open many points alike
SAME_UNIT = 0.75  # of the words of two names that are the same unit


@dataclass
class Score:
    """Marks over one document or many: each list holds one mark for each thing looked at."""

    gold: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0
    header: list[bool] = field(default_factory=list)
    leads: list[bool] = field(default_factory=list)
    co: list[bool] = field(default_factory=list)
    deadlines: list[bool] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)
    spans: list[bool] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def f1(self) -> float:
        """Of the items; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def rate(marks: list[bool]) -> float:
    """The share of right marks, 1 where nothing was to be marked."""
    return sum(marks) / len(marks) if marks else 1.0


def load(path: Path) -> tuple[str, Values]:
    """The text of a document and its gold reading, from the .txt beside the .json."""
    return path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


def score(gold: Values, reading: Values, text: str) -> Score:
    """`reading` in the shape of `Reading.to_json()`; `text` is what its spans count in."""
    wanted, got = gold["items"], reading["items"]
    pairs = matched(wanted, got)
    extra = [n for n in range(len(got)) if n not in pairs.values()]
    wrong = [n for n in extra if not may_be_cut(got[n], wanted)]
    missed = [n for n, item in enumerate(wanted) if n not in pairs and not alternative(item, "optional")]
    marks = Score(len(pairs) + len(missed), len(pairs) + len(wrong), len(pairs))
    marks.spans = [span_holds(item, got, text) for item in got]
    _compare_headers(marks, gold, reading)
    for number, place in pairs.items():
        _compare_items(marks, wanted[number], got[place])
    marks.deadlines += [False for n in missed if any(times(wanted[n]["due"]))]
    known = {day for item in wanted for due in choices(item, "due") for day in times(due)[0]}
    marks.invented += sum(len(times(got[n]["due"])[0] - known) for n in extra)
    marks.problems += [f"{wanted[n]['label']}: missed “{wanted[n]['starts_with'][:50]}”" for n in missed]
    marks.problems += [f"extra {got[n]['label']} “{got[n]['text'][:60]}”" for n in wrong]
    return marks


def _compare_headers(marks: Score, gold: Values, reading: Values) -> None:
    for name in HEADER:
        _mark(marks, marks.header, "header", name, plain(gold[name]) == plain(reading[name]), reading[name], gold[name])
    short, long = sorted((plain(gold["issuer"]), plain(reading["issuer"])), key=len)
    within = bool(short) and short in long and len(short.split()) > 1 and len(long) <= 2.5 * len(short)
    fits = short == long or within
    _mark(marks, marks.header, "header", "issuer", fits, reading["issuer"], gold["issuer"])


def _compare_items(marks: Score, gold: Values, got: Values) -> None:
    label, mine = gold["label"], got["due"]
    for key, kept in (("lead_units", marks.leads), ("co_units", marks.co)):
        if key == "lead_units" or gold.get(key) or got[key]:
            fits = any(same_units(units, got[key]) for units in choices(gold, key))
            _mark(marks, kept, label, key, fits, got[key], gold.get(key))
    readings = choices(gold, "due")
    if any(times(readings[0])) or any(times(mine)):
        fits = any(times(due) == times(mine) for due in readings)
        _mark(marks, marks.deadlines, label, "due", fits, times(mine), times(readings[0]))
    if readings[0] or mine:
        kinds = [{due["kind"] for due in one} for one in (*readings, mine)]
        _mark(marks, marks.kinds, label, "kinds", kinds[-1] in kinds[:-1], kinds[-1], kinds[0])
    marks.invented += len(times(mine)[0] - {day for due in readings for day in times(due)[0]})


def _mark(marks: Score, kept: list[bool], label: str, what: str, fits: bool, got: Any, gold: Any) -> None:
    kept.append(fits)
    if not fits:
        marks.problems.append(f"{label}: {what} {got} for {gold}")


def matched(gold: list[Values], got: list[Values]) -> dict[int, int]:
    """Which item of the reading is which of the gold's: the same first words, the longer agreement first."""
    pairs: dict[int, int] = {}
    for length in (40, 24):
        openings = [opening(item["text"], length) for item in got]
        for number, item in enumerate(gold):
            if number not in pairs:
                key = opening(item["starts_with"], length)
                free = (n for n in range(len(got)) if n not in pairs.values() and agree(key, openings[n]))
                if (place := next(free, None)) is not None:
                    pairs[number] = place
    return pairs


def agree(first: str, second: str) -> bool:
    """One opening begins the other, and is long enough to mean something."""
    shared = min(len(first), len(second))
    return shared >= LEAST_SHARED and first[:shared] == second[:shared]


def opening(text: str, length: int) -> str:
    """The first letters without enumerator, marks and blanks."""
    return re.sub(r"[\W_]+", "", ENUMERATOR.sub("", plain(text), count=1))[:length]


def plain(text: str | None) -> str:
    """Lower case, single blanks, each word's tone at its end (hoà = hòa), one spelling of "hằng"."""
    return re.sub(r"\w+", _tone_last, " ".join((text or "").casefold().split()).replace("hằng", "hàng"))


def _tone_last(word: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFD", word.group())
    tones = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)) + tones


def alternative(item: Values, name: str) -> Any:
    return (item.get("alt") or {}).get(name)


def choices(item: Values, name: str) -> list[Any]:
    """The gold's own value first, then those that are as good."""
    return [item.get(name) or [], *(alternative(item, name) or [])]


def may_be_cut(found: Values, gold: list[Values]) -> bool:
    """Does this piece lie in a gold item that may be divided otherwise?"""
    above = [item for item in gold if item["offset"] <= found["span"][0]]
    return bool(above) and bool(alternative(max(above, key=lambda item: item["offset"]), "split"))


def times(due: list[Values]) -> tuple[set[str], set[str]]:
    """The dates and the recurrences of a list of deadlines."""
    return {d["date"] for d in due if d.get("date")}, {d["recurrence"] for d in due if d.get("recurrence")}


def same_units(gold: list[str], found: list[str]) -> bool:
    """The same units one to one, courtesy and marks aside."""
    left = [name_words(name) for name in found]
    for name in map(name_words, gold):
        best = max(left, key=lambda other: likeness(other, name), default=None)
        if best is None or likeness(best, name) < SAME_UNIT:
            return False
        left.remove(best)
    return not left


def name_words(name: str) -> frozenset[str]:
    return frozenset(map(plain, re.findall(r"\w+", COURTESY.sub("", name, count=1))))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words; "Quốc phòng" is "Bộ Quốc phòng", but another rank is another agency."""
    differ = first ^ second
    if differ in ({plain("bộ")}, {plain("sở")}) and first & second:
        return 1.0
    return 0.0 if differ & set(map(plain, RANKS)) else len(first & second) / max(1, len(first | second))


def span_holds(item: Values, all_items: list[Values], text: str) -> bool:
    """The span is the item's text, and ends before the next item begins."""
    start, end = item["span"]
    following: Iterator[int] = (other["span"][0] for other in all_items if other["span"][0] > start)
    return " ".join(text[start:end].split()) == " ".join(item["text"].split()) and end <= min(following, default=end)
