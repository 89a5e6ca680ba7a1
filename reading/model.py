"""What a reading is made of: plain frozen values, the shape that `dondoc read --json` prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reading.extracted import Extracted


@dataclass(frozen=True)
class UnitNames:
    """A unit's names while it lasts: `ended` is its last day, `successor` the code of the unit that took its work."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    ended: date | None = None
    successor: str | None = None


@dataclass(frozen=True)
class GroupNames:
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()  # unit codes


@dataclass(frozen=True)
class OfficeNames:
    """The words by which a document may mean this office, its units, and the groups it belongs to."""

    name: str
    aliases: tuple[str, ...] = ()
    belongs_to: tuple[str, ...] = ()  # "các sở, ban, ngành"
    units: tuple[UnitNames, ...] = ()
    groups: tuple[GroupNames, ...] = ()
    # (words, unit codes) as a clerk once corrected them for the issuer of this document; they go before all else
    remembered: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Lead:
    """One addressee as the text names it, with the codes it resolves to; a group fans out to its members.

    `nearest`: codes of units whose names are like words that resolve to none; offered at review, never taken.
    """

    text: str
    codes: tuple[str, ...] = ()
    group: bool = False
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """A time expression, verbatim, beside what it means. `kind`: date, relative, recurring, standing.

    `time` is "HH:MM"; `day` is the day of the month, or for a weekly series the weekday (1 Monday to 7 Sunday);
    `unit` is hours, days or working_days; `from_` is signing, receipt or event.
    """

    text: str
    kind: str
    date: date | None = None
    time: str | None = None
    recurrence: str | None = None
    day: int | None = None
    months: tuple[int, ...] | None = None
    amount: int | None = None
    unit: str | None = None
    from_: str | None = None
    question: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": self.kind,
            "date": self.date.isoformat() if self.date else None,
            "time": self.time,
            "recurrence": self.recurrence,
            "day": self.day,
            "months": list(self.months) if self.months else None,
            "amount": self.amount,
            "unit": self.unit,
            "from": self.from_,
            "question": self.question,
        }


@dataclass(frozen=True)
class Item:
    """One point that obliges someone. `span` counts in the text of the document number `file`."""

    label: str
    text: str
    span: tuple[int, int]
    file: int
    ours: bool | None
    leads: tuple[Lead, ...]
    co: tuple[Lead, ...]
    klass: str
    deliverables: tuple[str, ...]
    due: tuple[Due, ...]
    cuts: tuple[int, ...] = ()  # where another duty of the same point begins, counted as `span`; offered, never done

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "text": self.text,
            "span": list(self.span),
            "file": self.file,
            "ours": self.ours,
            "lead_units": [lead.text for lead in self.leads],
            "lead_codes": codes_of(self.leads),
            "co_units": [lead.text for lead in self.co],
            "co_codes": codes_of(self.co),
            "class": self.klass,
            "deliverables": list(self.deliverables),
            "due": [due.to_json() for due in self.due],
        }


@dataclass(frozen=True)
class Indicator:
    """A measured share with its target; numbers as text with a decimal point, so that nothing is rounded."""

    name: str
    value: str
    target: str
    unit: str

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "value": self.value, "target": self.target, "unit": self.unit}


@dataclass(frozen=True)
class Header:
    """What stands around the text: number, date, issuer, signer; None where the document does not say."""

    kind: str
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    signer: str | None = None
    subject: str | None = None
    urgency: str | None = None
    addressees: tuple[str, ...] = ()  # "Kính gửi"


@dataclass(frozen=True)
class Reading:
    """One dispatch as read. `files`: what came out of each of its files; spans of items point into their texts."""

    source: str
    header: Header
    items: tuple[Item, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    questions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    files: tuple[Extracted, ...] = ()

    @property
    def doubtful(self) -> list[tuple[int, int, int]]:
        """(file, start, end) of every word that the recognition of a scan is unsure of."""
        return [(number, *span) for number, file in enumerate(self.files) for span in file.doubtful]

    def to_json(self) -> dict[str, Any]:
        """The document of `dondoc read --json`, key for key."""
        head = self.header
        return {
            "source": self.source,
            "kind": head.kind,
            "number": head.number,
            "issued_on": head.issued_on.isoformat() if head.issued_on else None,
            "issuer": head.issuer,
            "signer": head.signer,
            "subject": head.subject,
            "urgency": head.urgency,
            "items": [item.to_json() for item in self.items],
            "indicators": [indicator.to_json() for indicator in self.indicators],
            "questions": list(self.questions),
            "warnings": list(self.warnings),
        }


def codes_of(leads: tuple[Lead, ...]) -> list[str]:
    """Every code once, in the order in which the text names them."""
    return list(dict.fromkeys(code for lead in leads for code in lead.codes))
