"""The follow-up register (Sổ theo dõi giải quyết văn bản đến) in the columns of Decree 30/2020/NĐ-CP, Appendix IV,
part VIII, on A4 lying, with the cover of such books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from models.officers import Letterhead
from models.register import Entry
from models.task import Category
from papers.decree.layout import Column, Paper, Rule, Section, Table, centred, plain
from papers.decree.letterhead import above, words
from papers.decree.naming import counted, document, kind_of, short_day

COLUMNS = (Column("arrival", 24, "center"), Column("document", 66), Column("taken_by", 42),
           Column("deadline", 26, "center"), Column("settling", 37), Column("answer", 33),
           Column("note", 24))  # fmt: skip
COVER_TOP = 120.0
"""Points above the name of the book."""


def heads() -> list[str]:
    """The seven heads, as the decree words them."""
    return [words(f"col.{column.name}") for column in COLUMNS]


def rows(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """The register's lines as words, for paper and for Excel alike."""
    return [_row(entry) for entry in entries]


def register_paper(letterhead: Letterhead, start: date, end: date, lines: Sequence[tuple[str, ...]],
                   numbers: tuple[str, str]) -> Paper:  # fmt: skip
    """The book. `lines`: of `rows`; `numbers`: the first and the last arrival number in it."""
    parent, office = above(letterhead)
    title = words("register.title")
    year = str(start.year) if start.year == end.year else f"{start.year} - {end.year}"
    first, last = numbers
    cover = Section((
        centred(parent, 14), centred(office, 14, bold=True), Rule(60),
        centred(title, 24, bold=True, before=COVER_TOP, after=30, heading=1),
        centred(words("register.year", year=year), 16, bold=True, after=12),
        centred(words("register.days", start=short_day(start), end=short_day(end)), 14, after=12),
        centred(words("register.numbers", first=first or "……", last=last or "……"), 14, after=12),
        centred(words("register.volume"), 14),
    ), landscape=True)  # fmt: skip
    columns = tuple(Column(head, one.width, one.align) for head, one in zip(heads(), COLUMNS, strict=True))
    told = Table(columns, lines, numbered=True) if lines else centred(words("register.none"), italic=True)
    name = f"{title}, {short_day(start)} - {short_day(end)}"
    return Paper(name, letterhead.office, (cover, Section((told,), landscape=True)))


def _row(entry: Entry) -> tuple[str, ...]:
    one = entry.document
    arrival = "\n".join(filter(None, (plain(one.arrival_number or ""), short_day(one.received_on))))
    kind = kind_of(one.kind)
    named = words("register.document", kind=kind, document=document(one.number, one.issued_on, one.issuer))
    due = short_day(entry.due_on, entry.due_time) or (words("category.khong_han") if entry.codes else "")
    answers = "; ".join(document(number, day) for number, day in entry.answers)
    what = named if one.number else plain(one.source)
    return arrival, what, plain(entry.unit), due, _progress(entry), answers, _note(entry)


def _progress(entry: Entry) -> str:
    """The official words; with how many each, when there are several duties."""
    if not entry.codes:
        return words("register.not_given")
    order = [category.value for category in Category]
    told = sorted(entry.states.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    names = [words(f"category.{state}" if state in order else f"state.{state}") for state, _ in told]
    if len(entry.codes) == 1:
        return names[0]
    return "; ".join(f"{name}: {counted(count)}" for name, (_, count) in zip(names, told, strict=True))


def _note(entry: Entry) -> str:
    one: Any = entry.document
    told = [", ".join(entry.codes)]
    if entry.extensions:
        told.append(words("register.extended", count=counted(entry.extensions)))
    if one.recalled_on:
        told.append(words("register.recalled", day=short_day(one.recalled_on)))
    return "\n".join(filter(None, told))
