"""An item that the reader did not see."""

from __future__ import annotations

from sqlmodel import Session

from drafting.finding import find_words
from drafting.order import ADDED, make_room
from drafting.rereading import columns_of, fresh, ids_of, office_of, texts_of
from models.confirm import items_of
from models.directive import Directive, DraftItem


def add(session: Session, directive: Directive, words: str, span: tuple[int, int, int] | None = None) -> DraftItem:
    """An item that the reader did not see: words of the document, or a clerk's own, which then have no span."""
    texts = texts_of(directive)
    place = span if span is not None and _fits(span, texts) else find_words(words, texts)
    text = " ".join((texts[place[0]][place[1] : place[2]] if place else words).split())
    items = list(items_of(session, directive.id or 0))
    office = office_of(session, directive)
    number = sum(one.label.startswith(ADDED) for one in items) + 1
    read = fresh(f"{ADDED} {number}", text, (place[1], place[2]) if place else (0, 0), place[0] if place else 0,
                 office, directive.issued_on)  # fmt: skip
    before = [one for one in items if place and one.span_start is not None
              and (one.file, one.span_start) <= (place[0], place[1])]  # fmt: skip
    position = (before[-1].position + 1 if before else items[0].position if place and items
                else items[-1].position + 1 if items else 0)  # fmt: skip
    unit_ids = ids_of(read.leads, office)
    make_room(session, directive, position)
    item = DraftItem(
        directive_id=directive.id or 0, position=position, label=read.label, text=text, file=read.file,
        span_start=place[1] if place else None, span_end=place[2] if place else None, ours=True,
        reading=read.to_json(), unit_ids=unit_ids, grouped=any(one.group for one in read.leads),
        co_unit_ids=[one for one in ids_of(read.co, office) if one not in unit_ids],
        deliverables=list(read.deliverables), **columns_of(session, directive, read, unit_ids),
    )  # fmt: skip
    session.add(item)
    session.flush()
    return item


def _fits(span: tuple[int, int, int], texts: list[str]) -> bool:
    file, start, end = span
    return 0 <= file < len(texts) and 0 <= start < end <= len(texts[file]) and bool(texts[file][start:end].strip())
