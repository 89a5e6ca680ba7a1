"""A part of an item, or words that a clerk added, read as the reader reads an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from draft import Arrival, columns
from intake import office_names
from models import clock
from models.calendar import calendar_of
from models.directive import Directive, DraftItem
from models.organisation import Unit
from reading import owners
from reading.deadlines import find_due
from reading.model import Due, Item, Lead, OfficeNames, codes_of
from reading.naming.known import names_of
from reading.naming.ours import Resolver
from reading.points.deliverables import deliverables
from remembering import for_issuer

TIMES = ("title", "task_class", "due_on", "due_time", "recurrence", "review_on")
"""Columns that follow from the words of an item until a clerk sets them."""


@dataclass(frozen=True)
class Office:
    """Who the words of one document may mean: names, code → id of the units of today."""

    names: OfficeNames
    units: Mapping[str, int]
    resolver: Resolver


def office_of(session: Session, directive: Directive) -> Office:
    """The office as the words of this directive's issuer mean it."""
    today = clock.today()
    rows = session.exec(select(Unit).order_by(col(Unit.position)))
    units = {one.code: one.id for one in rows
             if one.id and (one.valid_from or today) <= today <= (one.valid_to or today)}  # fmt: skip
    names = for_issuer(session, office_names(session), directive.issuer)
    return Office(names, units, Resolver(names, directive.issuer))


def texts_of(directive: Directive) -> list[str]:
    """The texts of a directive's files, by their number."""
    return [directive.text, *directive.other_texts]


def arrival_of(directive: Directive) -> Arrival:
    """The arrival as it was at the import, so that the same words give the same columns again."""
    return Arrival(directive.issued_on, directive.received_on, directive.registered_at)


def as_read(item: DraftItem) -> Item:
    """The item as it was read, from what is kept of the reading."""
    kept = item.reading
    return Item(
        item.label, item.text, (item.span_start or 0, item.span_end or 0), item.file, item.ours,
        tuple(Lead(words) for words in kept.get("lead_units", [])),
        tuple(Lead(words) for words in kept.get("co_units", [])),
        kept.get("class", item.task_class), tuple(kept.get("deliverables", [])),
        tuple(due_of(one) for one in kept.get("due", [])),
    )  # fmt: skip


def due_of(kept: Mapping[str, Any]) -> Due:
    """A time expression from its JSON."""
    months = kept.get("months")
    return Due(kept["text"], kept["kind"], date.fromisoformat(kept["date"]) if kept.get("date") else None,
               kept.get("time"), kept.get("recurrence"), kept.get("day"), tuple(months) if months else None,
               kept.get("amount"), kept.get("unit"), kept.get("from"), kept.get("question"))  # fmt: skip


def class_of(due: Sequence[Due], was: str) -> str:
    """A part's class by its own time expressions; the Office's monitoring stays what it is."""
    if was == "monitor":
        return was
    if any(one.kind in ("date", "relative") for one in due):
        return "dated"
    return "recurring" if any(one.kind == "recurring" and one.day is not None for one in due) else "standing"


def part_of(whole: Item, text: str, span: tuple[int, int], due: Sequence[Due], office: Office) -> Item:
    """A stretch of an item's words. It names its own units, or inherits those of the whole."""
    read = fresh(whole.label, text, span, whole.file, office)
    leads = read.leads or whole.leads
    return replace(read, ours=whole.ours, leads=leads, due=tuple(due), klass=class_of(due, whole.klass))


def fresh(label: str, text: str, span: tuple[int, int], file: int, office: Office,
          issued_on: date | None = None) -> Item:  # fmt: skip
    """Words by themselves: who is told in them, by when, and what they ask for."""
    resolver = office.resolver
    with names_of(office.names):
        own = owners.find_owner(text)
        leads = tuple(resolver.lead(name) for name in own.units) if own else ()
        co = tuple(resolver.lead(name) for name in owners.co_units(text))
        due = find_due(text, issued_on)
    return Item(label, text, span, file, True, leads, co, class_of(due, ""), deliverables(text), due)


def columns_of(session: Session, directive: Directive, item: Item, unit_ids: list[int]) -> dict[str, Any]:
    """Title, class, dates and questions of an item, as at its import."""
    return columns(item, unit_ids, calendar_of(session), arrival_of(directive))


def ids_of(leads: tuple[Lead, ...], office: Office) -> list[int]:
    """Ids of the units of today that the names resolve to."""
    return [office.units[code] for code in codes_of(leads) if code in office.units]
