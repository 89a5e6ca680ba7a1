"""The order of a draft's items, and how they are called."""

from __future__ import annotations

import re

from sqlmodel import Session

from draft import name_of
from drafting.rereading import as_read
from models.confirm import items_of
from models.directive import Directive, DraftItem

PART = re.compile(r"(.*) \(ý (\d+)\)")
ADDED = "bổ sung"
LONGEST_LABEL = 60


def make_room(session: Session, directive: Directive, position: int) -> None:
    """Move everything from this place on one down."""
    for row in items_of(session, directive.id or 0):
        if row.position >= position:
            row.position += 1
            session.add(row)
    session.flush()


def close_ranks(session: Session, directive: Directive) -> None:
    """Places without gaps."""
    for place, row in enumerate(items_of(session, directive.id or 0)):
        if row.position != place:
            row.position = place
            session.add(row)
    session.flush()


def number_parts(session: Session, directive: Directive, label: str) -> None:
    """The parts of one item are called "2 (ý 1)", "2 (ý 2)" in their order; a part that is left alone is "2" again."""
    found = PART.fullmatch(label)
    base = found.group(1) if found else label
    rows = [row for row in items_of(session, directive.id or 0)
            if row.label == base or ((part := PART.fullmatch(row.label)) and part.group(1) == base)]  # fmt: skip
    for number, row in enumerate(rows, 1):
        relabel(row, f"{base[: LONGEST_LABEL - 8]} (ý {number})" if len(rows) > 1 else base)
        session.add(row)
    session.flush()


def relabel(item: DraftItem, label: str) -> None:
    """Give an item another label; its questions call it by it."""
    if item.label == label:
        return
    old = name_of(as_read(item))
    item.label = label
    new = name_of(as_read(item))
    item.questions = {key: f"{new}{words.removeprefix(old)}" if words.startswith(old) else words
                      for key, words in item.questions.items()}  # fmt: skip
    item.reading = {**item.reading, "label": label}
