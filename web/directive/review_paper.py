"""The document beside its items: its text in pieces, each with the item whose words it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting.rereading import texts_of
from models.directive import Directive, DraftItem

HEADING_LINES = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of the document's text. `item`: the item whose words these are, None between items; `first`: its first
    piece, which carries the anchor; `doubtful`: recognition was unsure of this word."""

    text: str
    item: int | None = None
    first: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Paper:
    """One file of the directive. `heading`: the annex's first lines; empty for the main document."""

    number: int
    heading: str
    pieces: Sequence[Piece]


def papers(directive: Directive, items: Sequence[DraftItem]) -> list[Paper]:
    """The text of each file, cut where an item or a doubtful word begins or ends. Of items that overlap, a word belongs
    to the one that begins last."""
    found = []
    for number, text in enumerate(texts_of(directive)):
        doubtful = [(start, end) for file, start, end in directive.doubtful if file == number]
        here = [item for item in items if item.file == number and item.span_start is not None]
        found.append(Paper(number, _heading(text) if number else "", _cut(text, here, doubtful)))
    return found


def _cut(text: str, items: Sequence[DraftItem], doubtful: Sequence[tuple[int, int]]) -> list[Piece]:
    begins: dict[int, list[DraftItem]] = {}
    ends: dict[int, list[int]] = {}
    for item in items:
        begins.setdefault(item.span_start or 0, []).append(item)
        ends.setdefault(item.span_end or 0, []).append(item.id or 0)
    unsure = {at: True for at, _ in doubtful} | {at: False for _, at in doubtful}
    inside: list[int] = []
    shown: set[int] = set()
    pieces: list[Piece] = []
    at, doubt = 0, False
    for edge in sorted({*begins, *ends, *unsure, len(text)}):
        if edge > at:
            owner = inside[-1] if inside else None
            pieces.append(Piece(text[at:edge], owner, owner is not None and owner not in shown, doubt))
            if owner is not None:
                shown.add(owner)
            at = edge
        inside = [one for one in inside if one not in ends.get(edge, ())]
        inside += [item.id or 0 for item in begins.get(edge, ())]
        doubt = unsure.get(edge, doubt)
    return pieces


def _heading(text: str) -> str:
    lines = [line.strip() for line in text.split("\n", 12) if line.strip()]
    return " · ".join(lines[:HEADING_LINES])[:160]
