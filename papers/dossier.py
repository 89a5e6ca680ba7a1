"""A directive's file to print: what was ordered, by whom, what was made of it, who acted in what capacity, every
message and answer, the evidence with its SHA-256, and the seal over all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papers.decree.layout import (
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Rule,
    Run,
    Section,
    Span,
    Table,
    body,
    centred,
    plain,
)
from papers.decree.letterhead import words

COVER_TOP = 110.0
FACTS = (Column("fact", 45), Column("value", 120))
DUTIES = (Column("item", 12, "center"), Column("code", 16), Column("duty", 58), Column("lead_unit", 32),
          Column("date", 24, "center"), Column("status", 23))  # fmt: skip
ACTS = (Column("at", 24), Column("who", 34), Column("capacity", 28), Column("act", 30), Column("content", 49))
LETTERS = (Column("at", 24), Column("way", 15, "center"), Column("person", 34), Column("about", 20),
           Column("words", 72))  # fmt: skip
PROOFS = (Column("file", 46), Column("about", 18), Column("size", 18, "right"), Column("sha", 51), Column("sender", 32))


@dataclass(frozen=True)
class Said:
    """What a leader wrote or said, word for word; `entered`: who entered it and when."""

    leader: str
    day: str
    about: str
    words: str
    entered: str


@dataclass(frozen=True)
class Act:
    """One line of a history, as people read it."""

    at: str
    who: str
    capacity: str
    act: str
    content: str


@dataclass(frozen=True)
class Duty:
    """One task. `text`: the item's words; `head`: where its history stands: how many events, the hash of the last."""

    code: str
    item: str
    title: str
    text: str
    unit: str
    due: str
    status: str
    acts: tuple[Act, ...]
    head: str


@dataclass(frozen=True)
class Line:
    """One message or answer."""

    at: str
    way: str
    who: str
    about: str
    words: str


@dataclass(frozen=True)
class Proof:
    """One file of evidence."""

    name: str
    about: str
    size: str
    sha256: str
    sender: str


@dataclass(frozen=True)
class File:
    """The whole file, in words. `facts`: (name, value) of the document; `acts`: its own history; `seal`: lines on the
    last seal."""

    office: str
    title: str
    code: str
    retention: str
    opened: str
    made: str
    facts: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    duties: tuple[Duty, ...]
    acts: tuple[Act, ...]
    letters: tuple[Line, ...]
    proofs: tuple[Proof, ...]
    seal: tuple[str, ...]


def dossier(file: File) -> Paper:
    """The file as a paper: a cover, then its parts."""
    cover = Section((
        centred(plain(file.office).upper(), 13, bold=True), Rule(50),
        centred(words("file.title"), 22, bold=True, before=COVER_TOP, after=24, heading=1),
        centred(plain(file.title), 16, bold=True, after=36),
        centred(words("file.code", code=plain(file.code) or "……"), 14, after=8),
        centred(words("file.retention", retention=plain(file.retention) or "……"), 14, after=8),
        centred(words("file.opened", day=file.opened), 14, after=8),
        centred(words("file.made", at=file.made), 14, italic=True),
    ))  # fmt: skip
    parts = (("facts", _facts(file)), ("said", _said(file)), ("duties", _duties(file)), ("acts", _acts(file)),
             ("letters", _letters(file)), ("proofs", _proofs(file)), ("seal", _seal(file)))  # fmt: skip
    blocks: list[Block] = []
    for roman, (key, part) in zip(("I", "II", "III", "IV", "V", "VI", "VII"), parts, strict=True):
        blocks.append(Paragraph((Run(f"{roman}. {words(f'file.{key}')}", bold=True),), size=13, before=12, after=6,
                                keep=True, heading=1))  # fmt: skip
        blocks += part
    return Paper(f"{words('file.title')}: {plain(file.title)}", file.office, (cover, Section(tuple(blocks))))


def _facts(file: File) -> Iterator[Block]:
    yield _table(FACTS, [(name, plain(value, lines=True)) for name, value in file.facts if value])


def _said(file: File) -> Iterator[Block]:
    if not file.said:
        yield _nothing()
    for one in file.said:
        yield body(Run(f"{plain(one.leader)}, {one.day}{one.about}:", bold=True), keep=True)
        yield body(Run(f"“{plain(one.words, lines=True)}”", italic=True))
        yield Paragraph((Run(one.entered),), "right", 11, after=6)


def _duties(file: File) -> Iterator[Block]:
    if not file.duties:
        yield _nothing()
        return
    rows = [(plain(one.item), one.code, plain(one.text or one.title), plain(one.unit), one.due, one.status)
            for one in file.duties]  # fmt: skip
    yield _table(DUTIES, rows)


def _acts(file: File) -> Iterator[Block]:
    rows: list[Row] = [Span(words("file.of_directive")), *_act_rows(file.acts)] if file.acts else []
    for duty in file.duties:
        if duty.acts:
            rows.append(Span(f"{duty.code}: {plain(duty.title)}"))
            rows += _act_rows(duty.acts)
    yield _table(ACTS, rows) if rows else _nothing()


def _act_rows(acts: Sequence[Act]) -> list[Row]:
    return [(one.at, plain(one.who), one.capacity, one.act, plain(one.content, lines=True)) for one in acts]


def _letters(file: File) -> Iterator[Block]:
    rows = [(one.at, one.way, plain(one.who), one.about, plain(one.words, lines=True)) for one in file.letters]
    yield _table(LETTERS, rows, 11) if rows else _nothing()


def _proofs(file: File) -> Iterator[Block]:
    rows = [(plain(one.name), one.about, one.size, one.sha256, plain(one.sender, lines=True)) for one in file.proofs]
    yield _table(PROOFS, rows, 11) if rows else _nothing()


def _seal(file: File) -> Iterator[Block]:
    for line in file.seal:
        yield body(line)
    heads = [body(f"{one.code}: {one.head}") for one in file.duties if one.head]
    yield from heads


def _nothing() -> Block:
    return body(Run(words("file.nothing"), italic=True))


def _table(columns: tuple[Column, ...], rows: Sequence[Row], size: float = 12) -> Table:
    named = tuple(Column(words(f"col.{one.name}"), one.width, one.align) for one in columns)
    return Table(named, rows, size=size)
