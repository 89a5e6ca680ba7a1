"""A document → Directive and DraftItems, for the Office to check. A document that is refused leaves no trace."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

import office
import remembering
from draft import Arrival, columns
from models import clock, event
from models.calendar import Calendar, calendar_of
from models.directive import Directive, DirectiveState, DraftItem
from models.indicator import Indicator, IndicatorValue
from models.moves import Actor
from models.organisation import Unit
from reading.errors import ReadingError, SecretDocument
from reading.extract import extract_all
from reading.extracted import Extracted, Progress
from reading.header import read_header
from reading.marks.circulation import restriction
from reading.marks.screening import refuse_marked
from reading.model import Item, OfficeNames, Reading, codes_of
from reading.naming.ours import Resolver
from reading.opening.pages import Pages, pages_of
from reading.reader import read_extracted
from reading.secrecy import bears_mark

__all__ = ["Dispatch", "Duplicate", "Imported", "Pages", "ReadingError", "SecretDocument", "bears_mark",
           "import_dispatch", "import_documents", "office_names", "open_dispatch", "pages_of", "read_dispatch",
           "refuse_known", "refuse_marked"]  # fmt: skip


class Duplicate(Exception):
    """This document is here already: `directive` is the one that was registered."""

    def __init__(self, directive: Directive) -> None:
        super().__init__(f"directive {directive.id}")
        self.directive = directive


@dataclass(frozen=True)
class Dispatch:
    """A document with its annexes, opened and screened for secrecy marks, and perhaps read. `source`, `sha256`: of the
    main file."""

    source: str
    sha256: str
    files: tuple[Extracted, ...]
    reading: Reading | None = None


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


def open_dispatch(files: Sequence[tuple[str, bytes]], progress: Progress | None = None) -> Dispatch:
    """Open files given as (name, bytes), the main document first: minutes for a long scan, so never in a transaction.

    Raises a reading.errors.ReadingError that carries no word of the content; what `progress` raises.
    """
    return Dispatch(files[0][0], hashlib.sha256(files[0][1]).hexdigest(), extract_all(files, progress))


def read_dispatch(session: Session, dispatch: Dispatch) -> Dispatch:
    """The same, read: seconds for a long document, so in a transaction that only reads, or all others would wait."""
    return replace(dispatch, reading=read_extracted(dispatch.source, dispatch.files, _names(session, dispatch)))


def _names(session: Session, dispatch: Dispatch) -> OfficeNames:
    # Who wrote it decides what its words were once corrected to mean; the header costs a thousandth of the reading.
    issuer = read_header(dispatch.files[0].text).issuer
    return remembering.for_issuer(session, office_names(session), issuer)


def refuse_known(session: Session, data: bytes) -> None:
    """Raise Duplicate if exactly these bytes were registered before: asked before they are opened."""
    found = session.exec(select(Directive).where(Directive.sha256 == hashlib.sha256(data).hexdigest())).first()
    if found is not None:
        raise _duplicate(session, found)


def import_documents(session: Session, files: Sequence[tuple[str, bytes]], *, received_on: date,
                     actor: Actor) -> Imported:  # fmt: skip
    """Open and register one dispatch at once, for files that are quickly opened."""
    return import_dispatch(session, open_dispatch(files), received_on=received_on, actor=actor)


def import_dispatch(session: Session, dispatch: Dispatch, *, received_on: date, actor: Actor) -> Imported:
    """Register an opened dispatch; it is read here if `read_dispatch` has not.

    Raises Duplicate for the same bytes, or the same issuer, number and date: nothing is stored then. Warnings stand in
    `Imported.warnings`; a text without items gives an empty draft.
    """
    names = _names(session, dispatch)
    reading = dispatch.reading or read_extracted(dispatch.source, dispatch.files, names)
    _refuse_duplicate(session, dispatch.sha256, reading)
    directive = _directive(dispatch.sha256, reading, names, received_on, actor)
    session.add(directive)
    session.flush()
    arrival = Arrival(reading.header.issued_on, received_on, clock.now())
    assert directive.id is not None
    items = _items(session, directive.id, reading, arrival, names)
    session.add_all(items)
    _indicators(session, directive, reading)
    facts = {"number": directive.number, "issuer": directive.issuer, "received_on": received_on.isoformat(),
             "items": len(items), "sha256": dispatch.sha256}  # fmt: skip
    event.record(session, f"directive:{directive.id}", "registered", actor_id=actor.person_id, channel=actor.channel,
                 facts=facts, directive_id=directive.id, announced=True)  # fmt: skip
    asked = [*directive.questions.values(), *(question for item in items for question in item.questions.values())]
    return Imported(directive.id, len(items), asked, list(reading.warnings))


def _refuse_duplicate(session: Session, sha256: str, reading: Reading) -> None:
    """Raise Duplicate. The number may be given in another case of letters, and the issuer not be known at all."""
    head = reading.header
    same: Any = col(Directive.sha256) == sha256  # a discarded draft has lost it
    if head.number is not None:
        same = or_(same, (col(Directive.number) == head.number) & (col(Directive.issued_on) == head.issued_on)
                   & (col(Directive.state) != DirectiveState.DISCARDED))  # fmt: skip
    for directive in session.exec(select(Directive).where(same).order_by(col(Directive.id))):
        if directive.sha256 == sha256 or (directive.issuer or "").casefold() == (head.issuer or "").casefold():
            raise _duplicate(session, directive)


def _duplicate(session: Session, directive: Directive) -> Duplicate:
    session.expunge(directive)  # it is spoken of after this transaction is rolled back
    return Duplicate(directive)


def _directive(sha256: str, reading: Reading, names: OfficeNames, received_on: date, actor: Actor) -> Directive:
    head = reading.header
    text, *others = [file.text for file in reading.files]
    return Directive(
        sha256=sha256, source=reading.source, kind=head.kind, number=head.number, issued_on=head.issued_on,
        issuer=head.issuer, signer=head.signer, subject=head.subject, urgency=head.urgency, text=text,
        other_texts=others, doubtful=[list(span) for span in reading.doubtful],
        reading=reading.to_json(), received_on=received_on, registered_by=actor.person_id,
        registered_at=clock.now(), from_above=head.issuer is not None and not Resolver(names, head.issuer).internal,
        questions=about_the_whole([text, *others]),
    )  # fmt: skip


def about_the_whole(texts: Sequence[str]) -> dict[str, str]:
    """What must be answered, never waived, before anything is assigned: `internal`, of a document that is to stay
    inside; worded as `dondoc read` words it."""
    words = next((found for text in texts if (found := restriction(text))), None)
    return {} if words is None else {
        "internal": f"Văn bản ghi “{words}”: có được giao việc và nhắc việc qua hệ thống này không?"
    }  # fmt: skip


def _items(session: Session, directive_id: int, reading: Reading, arrival: Arrival,
           names: OfficeNames) -> list[DraftItem]:  # fmt: skip
    calendar = calendar_of(session)
    units = _units_today(session)
    drafts = []
    for place, item in enumerate(reading.items):
        draft = _draft(directive_id, place, item, units, calendar, arrival)
        near = {lead.text: list(lead.nearest) for lead in item.leads if lead.nearest}
        draft.reading = {**draft.reading, "cuts": list(item.cuts), "nearest": near}
        if said := remembering.used((*item.leads, *item.co), names):
            draft.reading = {**draft.reading, "remembered": said}
        drafts.append(draft)
    return drafts


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
    """Code → id of the unit that has it today: a code may have belonged to another unit before. The code of a unit that
    has ended, as an old document may name it, leads to the one that took its work."""
    today = clock.today()
    units = {unit.id: unit for unit in session.exec(select(Unit).order_by(col(Unit.position))) if unit.id is not None}
    now = {unit.code: number for number, unit in units.items()
           if (unit.valid_from or today) <= today <= (unit.valid_to or today)}  # fmt: skip
    after = {number: unit.successor_id for number, unit in units.items() if unit.successor_id is not None}
    codes = {number: code for code, number in now.items()}
    for number, unit in units.items():
        successor = office.today_of(number, codes, after)
        if unit.code not in now and successor is not None:
            now[unit.code] = successor
    return now


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
