"""One item made two. What the words alone decided is decided anew for each part; what a clerk had set stays."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from drafting.finding import base_of
from drafting.order import make_room, number_parts
from drafting.rereading import (
    TIMES,
    Office,
    as_read,
    columns_of,
    ids_of,
    office_of,
    part_of,
    texts_of,
)
from models.directive import Directive, DraftItem
from reading.model import Due, Item

FROM_WORDS = {"owner", "due", "several", "past"}


class NothingToSplit(Exception):
    """The place is not inside the item's words."""


def split(session: Session, directive: Directive, item: DraftItem, at: int) -> DraftItem:
    """Cut an item at an offset of its `base_of`; the second part becomes an item of its own, after it, and is given
    back. Raises NothingToSplit."""
    base, start = base_of(item, texts_of(directive))
    left, right = base[:at].rstrip(), base[at:].lstrip()
    if not left.strip() or not right.strip() or not 0 < at < len(base):
        raise NothingToSplit
    office, whole = office_of(session, directive), as_read(item)
    was = columns_of(session, directive, whole, item.unit_ids)
    kept = {name: getattr(item, name) for name in TIMES if getattr(item, name) != was[name]}
    parts = [part_of(whole, " ".join(words.split()), _span(start, begin, words, whole), _due_in(whole, words), office)
             for words, begin in ((left, 0), (right, len(base) - len(right)))]  # fmt: skip
    new = DraftItem(**{name: getattr(item, name) for name in DraftItem.model_fields if name not in ("id", "version")})
    new.position = item.position + 1
    make_room(session, directive, new.position)
    _hand_out_units(item, new, parts, whole, office)
    _hand_out_products(item, new, left, right)
    for row, part in zip((item, new), parts, strict=True):
        _become(session, directive, row, part, kept, whole)
        row.span_start, row.span_end = part.span if start is not None else (None, None)
        session.add(row)
    session.flush()
    number_parts(session, directive, item.label)
    return new


def _hand_out_units(item: DraftItem, new: DraftItem, parts: list[Item], whole: Item, office: Office) -> None:
    """The second part's own units, where it names any of ours; co-units by the part that names them, unless a clerk or
    a heading above set them."""
    owners = ids_of(parts[1].leads, office) if parts[1].leads != whole.leads else []
    if owners:
        new.unit_ids, new.grouped = owners, any(one.group for one in parts[1].leads)
    co = [ids_of(part.co, office) for part in parts]
    if set(item.co_unit_ids) == {one for ids in co for one in ids} - set(item.unit_ids):
        item.co_unit_ids, new.co_unit_ids = co
    for row in (item, new):
        row.co_unit_ids = [one for one in row.co_unit_ids if one not in row.unit_ids]


def _hand_out_products(item: DraftItem, new: DraftItem, left: str, right: str) -> None:
    """A product goes with the words that name it; one that no words name stays with the first part."""
    first, second = (" ".join(words.split()) for words in (left, right))
    new.deliverables = [one for one in item.deliverables if one in second]
    item.deliverables = [one for one in item.deliverables if one in first or one not in second]


def _span(start: int | None, begin: int, words: str, whole: Item) -> tuple[int, int]:
    return whole.span if start is None else (start + begin, start + begin + len(words))


def _due_in(whole: Item, words: str) -> list[Due]:
    """The time expressions of a part: those it says itself, and those that stand above the whole item."""
    flat = " ".join(words.split())
    return [due for due in whole.due if due.text in flat or due.text not in whole.text]


def _become(session: Session, directive: Directive, row: DraftItem, part: Item, kept: dict[str, Any],
            whole: Item) -> None:  # fmt: skip
    """Text, dates and questions of a part; answers stay with the questions that are asked again."""
    made = columns_of(session, directive, part, row.unit_ids)
    answers, old = {}, row.questions
    questions: dict[str, str] = {key: words for key, words in made["questions"].items() if not _settled(key, kept)}
    for key, words in old.items():
        if key not in FROM_WORDS and not key.startswith("due:"):
            questions[key] = words
    for key in questions:
        before = _key_before(key, part, whole)
        if before in row.answers:
            answers[key] = row.answers[before]
    row.text, row.questions, row.answers = part.text, questions, answers
    row.reading = {**row.reading, **part.to_json()}
    for name in TIMES:
        setattr(row, name, kept[name] if name in kept else made[name])


def _settled(key: str, kept: dict[str, Any]) -> bool:
    """A date that the clerk set closes what the words leave open about time."""
    return key != "owner" and (kept.get("due_on") is not None or kept.get("recurrence") is not None)


def _key_before(key: str, part: Item, whole: Item) -> str:
    """ "due:0" of a part is "due:2" of the whole if the expression was its third."""
    if not key.startswith("due:"):
        return key
    return f"due:{whole.due.index(part.due[int(key[4:])])}"
