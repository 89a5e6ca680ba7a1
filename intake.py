"""A document → Directive and DraftItems, for the Office to check. A document that is refused leaves no trace."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

import office
from draft import Arrival, columns
from models import clock, event
from models.calendar import Calendar, calendar_of
from models.directive import Directive, DraftItem
from models.indicator import Indicator, IndicatorValue
from models.moves import Actor
from models.organisation import Unit
from reading.errors import ReadingError
from reading.extract import extract_text
from reading.model import Item, OfficeNames, Reading, codes_of
from reading.ours import Resolver
from reading.reader import read_documents
from reading.secrecy import bears_mark

__all__ = ["Duplicate", "Imported", "ReadingError", "bears_mark", "import_documents", "office_names"]


class Duplicate(Exception):
    """This document is here already: `directive` is the one that was registered."""

    def __init__(self, directive: Directive) -> None:
        super().__init__(f"directive {directive.id}")
        self.directive = directive


@dataclass(frozen=True)
class Imported:
    """A new draft: its directive, how many items it has, what the Office must settle, what the reader noticed."""

    directive_id: int
    items: int
    questions: list[str]
    warnings: list[str]


def office_names(session: Session) -> OfficeNames:
    """The names of this office, its units and groups today. Raises LookupError when no department has been loaded."""
    names = office.names_in_database(lambda sql, values: session.execute(text(sql), values), clock.today())
    if names is None:
        raise LookupError("no department")
    return names


def import_documents(session: Session, files: Sequence[tuple[str, bytes]], *, received_on: date,
                     actor: Actor) -> Imported:  # fmt: skip
    """Register one dispatch, given as (name, bytes): the main document first, then its annexes.

    Raises Duplicate for the same bytes, or the same issuer, number and date; a reading.errors.ReadingError (empty,
    binary, undecodable, unsupported, secret) that carries no word of the content. Nothing is stored then. Warnings
    stand in `Imported.warnings`; a text without items gives an empty draft.
    """
    sha256 = hashlib.sha256(files[0][1]).hexdigest()
    names = office_names(session)
    reading = read_documents(files, names)
    _refuse_duplicate(session, sha256, reading)
    directive = _directive(files, sha256, reading, names, received_on, actor)
    session.add(directive)
    session.flush()
    arrival = Arrival(reading.header.issued_on, received_on, clock.now())
    assert directive.id is not None
    items = _items(session, directive.id, reading, arrival)
    session.add_all(items)
    _indicators(session, directive, reading)
    facts = {"number": directive.number, "issuer": directive.issuer, "received_on": received_on.isoformat(),
             "items": len(items), "sha256": sha256}  # fmt: skip
    event.record(session, f"directive:{directive.id}", "registered", actor_id=actor.person_id, channel=actor.channel,
                 facts=facts, directive_id=directive.id, announced=True)  # fmt: skip
    asked = [question for item in items for question in item.questions.values()]
    return Imported(directive.id, len(items), asked, list(reading.warnings))


def _refuse_duplicate(session: Session, sha256: str, reading: Reading) -> None:
    """Raise Duplicate. The number may be given in another case of letters, and the issuer not be known at all."""
    head = reading.header
    same: Any = col(Directive.sha256) == sha256
    if head.number is not None:
        same = or_(same, (col(Directive.number) == head.number) & (col(Directive.issued_on) == head.issued_on))
    for directive in session.exec(select(Directive).where(same).order_by(col(Directive.id))):
        if directive.sha256 == sha256 or (directive.issuer or "").casefold() == (head.issuer or "").casefold():
            session.expunge(directive)  # it is spoken of after this transaction is rolled back
            raise Duplicate(directive)


def _directive(files: Sequence[tuple[str, bytes]], sha256: str, reading: Reading, names: OfficeNames, received_on: date,
               actor: Actor) -> Directive:  # fmt: skip
    head = reading.header
    texts = [extract_text(name, data) for name, data in files]
    return Directive(
        sha256=sha256, source=reading.source, kind=head.kind, number=head.number, issued_on=head.issued_on,
        issuer=head.issuer, signer=head.signer, subject=head.subject, urgency=head.urgency, text=texts[0],
        other_texts=texts[1:], reading=reading.to_json(), received_on=received_on, registered_by=actor.person_id,
        registered_at=clock.now(), from_above=head.issuer is not None and not Resolver(names, head.issuer).internal,
    )  # fmt: skip


def _items(session: Session, directive_id: int, reading: Reading, arrival: Arrival) -> list[DraftItem]:
    calendar = calendar_of(session)
    units = _units_today(session)
    return [_draft(directive_id, place, item, units, calendar, arrival) for place, item in enumerate(reading.items)]


def _draft(directive_id: int, position: int, item: Item, units: dict[str, int], calendar: Calendar,
           arrival: Arrival) -> DraftItem:  # fmt: skip
    unit_ids = [units[code] for code in codes_of(item.leads) if code in units]
    co_unit_ids = [units[code] for code in codes_of(item.co) if code in units]
    return DraftItem(
        directive_id=directive_id, position=position, label=item.label, text=item.text, file=item.file,
        span_start=item.span[0], span_end=item.span[1], ours=item.ours, reading=item.to_json(), unit_ids=unit_ids,
        grouped=any(lead.group for lead in item.leads), deliverables=list(item.deliverables),
        co_unit_ids=[unit for unit in co_unit_ids if unit not in unit_ids],
        **columns(item, unit_ids, calendar, arrival),
    )  # fmt: skip


def _units_today(session: Session) -> dict[str, int]:
    """Code → id of the units that there are today: a code may have belonged to another unit before."""
    today = clock.today()
    found = session.exec(select(Unit).order_by(col(Unit.position)))
    return {unit.code: unit.id for unit in found if unit.id is not None and (unit.valid_from or today) <= today
            and (unit.valid_to or today) >= today}  # fmt: skip


def _indicators(session: Session, directive: Directive, reading: Reading) -> None:
    """The figures that the document sets targets for, with the values it tells."""
    for one in reading.indicators:
        indicator = Indicator(name=one.name, unit=one.unit, target=Decimal(one.target), directive_id=directive.id)
        session.add(indicator)
        session.flush()
        assert indicator.id is not None
        session.add(IndicatorValue(
            indicator_id=indicator.id, day=directive.issued_on or directive.received_on, value=Decimal(one.value),
            source=directive.number or directive.source, entered_at=clock.now(),
        ))  # fmt: skip
    session.flush()
