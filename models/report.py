"""What a unit hands in: completion reports with their evidence, and requests for more time.

Evidence lies in the database, in chunks of 1 MB under the SHA-256 of the whole, so that a backup holds it and two
sendings of one photo are one blob.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Column, Index, LargeBinary, bindparam, text, update
from sqlalchemy import select as select_columns
from sqlmodel import Field, Session, select

from models import clock
from models.base import Code, Table, UtcDateTime, connection_of, one_of
from models.inserting import row_of

CHUNK = 1 << 20
LARGEST = 20 << 20


class EvidenceTooLarge(ValueError):
    """A file over 20 MB."""


class CompletionReport(Table, table=True):
    """One report of completion. `made_at` is the moment of the message that began it.

    `nil`: "không phát sinh", a full report without a product. `checked`: the Office ticked
    "đã đối chiếu bản phát hành".
    """

    __tablename__ = "completion_report"
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    words: str = ""
    product_number: str | None = Field(default=None, max_length=80)
    product_date: date | None = None
    claimed_on: date | None = None
    """The day on which it is said to have been done; kept beside the report's own moment."""
    result: str | None = None
    nil: bool = False
    checked: bool = False
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    return_reason: str | None = None


class Decision(StrEnum):
    """What became of a request for more time."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


_OPEN = text("decision = 'open'")
OPEN_REQUEST = text("extension.decision = 'open'")
"""Literal, for the partial index of open requests."""


class Extension(Table, table=True):
    """A request for more time and its decision. `opinion`: the Office's, when it forwards it to a leader."""

    __tablename__ = "extension"
    __table_args__ = (
        one_of("decision", Decision),
        Index("ix_extension_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    from_due: date
    to_due: date
    to_time: time | None = None
    reason: str | None = None
    claim: str | None = None
    """The words of a claim that somebody has already granted it: never a grant by itself."""
    ordinal: int = 1
    opinion: str | None = None
    forwarded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision: Decision = Field(default=Decision.OPEN, sa_type=Code(Decision))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    granted_due: date | None = None
    decision_words: str | None = None
    permit: str | None = None
    """Number and date of the higher authority's document that allows it."""


class Blob(Table, table=True):
    """The content of a file, by its SHA-256."""

    __tablename__ = "blob"
    sha256: str = Field(primary_key=True, max_length=64)
    size: int


class BlobChunk(Table, table=True):
    """One megabyte of a blob."""

    __tablename__ = "blob_chunk"
    sha256: str = Field(foreign_key="blob.sha256", primary_key=True, max_length=64)
    part: int = Field(primary_key=True)
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Evidence(Table, table=True):
    """A file that stands behind a report or a note on a task, or shows what a leader wrote (`instruction_id`).

    Until its task is known, `task_id` is null.
    """

    __tablename__ = "evidence"
    id: int | None = Field(default=None, primary_key=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    report_id: int | None = Field(default=None, foreign_key="completion_report.id", index=True)
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id", index=True)
    instruction_id: int | None = Field(default=None, foreign_key="instruction.id", index=True)
    by_id: int = Field(foreign_key="person.id")
    received_at: datetime = Field(sa_type=UtcDateTime)
    name: str
    media_type: str = Field(max_length=120)
    sha256: str = Field(foreign_key="blob.sha256", max_length=64)


def store_blob(session: Session, data: bytes) -> str:
    """Keep `data` once and return its SHA-256. Raises EvidenceTooLarge above 20 MB."""
    if len(data) > LARGEST:
        raise EvidenceTooLarge(len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, size=len(data)))
        session.flush()
        for part, start in enumerate(range(0, len(data), CHUNK)):
            session.add(BlobChunk(sha256=sha256, part=part, data=data[start : start + CHUNK]))
        session.flush()
    return sha256


def blob_chunks(session: Session, sha256: str) -> Iterator[bytes]:
    """The content, a megabyte at a time."""
    parts = session.exec(select(BlobChunk.part).where(BlobChunk.sha256 == sha256).order_by(BlobChunk.part)).all()  # type: ignore[arg-type]
    for part in parts:
        chunk = session.get(BlobChunk, (sha256, part))
        if chunk is not None:
            yield chunk.data


def add_evidence(session: Session, *, by_id: int, name: str, media_type: str, data: bytes,
                 inbox_id: int | None = None, task_id: int | None = None) -> Evidence:  # fmt: skip
    """Keep a file that came in; it can be tied to a task and a report later. Raises EvidenceTooLarge."""
    evidence = Evidence(by_id=by_id, received_at=clock.now(), name=name, media_type=media_type,
                        sha256=store_blob(session, data), inbox_id=inbox_id, task_id=task_id)  # fmt: skip
    session.add(evidence)
    session.flush()
    return evidence


# A bound state, not the literal of the partial index: these are the few requests of one task.
_extension = Extension.__table__
_WITHDRAW = (
    update(_extension)
    .where(_extension.c.task_id == bindparam("asked_for"), _extension.c.decision == Decision.OPEN)
    .values(decision=Decision.TAKEN_BACK)
)
_REQUEST_OF_TASK = (
    select_columns(_extension)
    .where(_extension.c.task_id == bindparam("task"), _extension.c.decision == Decision.OPEN)
    .limit(1)
)
_report = CompletionReport.__table__
_COUNTS = (
    select_columns(_report)
    .where(_report.c.task_id == bindparam("task"), _report.c.voided_at.is_(None))
    .order_by(_report.c.id.desc())
    .limit(1)
)
_VOID = update(_report).where(_report.c.task_id == bindparam("task"), _report.c.voided_at.is_(None))


def void_reports(session: Session, task_id: int, reason: str | None = None) -> None:
    """The report that counted does so no more: returned (with the reason), reopened or taken back."""
    columns = {"voided_at": clock.now()} | ({"return_reason": reason} if reason else {})
    connection_of(session).execute(_VOID, {"task": task_id} | columns)


def withdraw_requests(session: Session, task_id: int) -> None:
    """Nobody can decide an open request for more time any more, or a new one stands in its place."""
    connection_of(session).execute(_WITHDRAW, {"asked_for": task_id})


def open_extension(session: Session, task_id: int) -> Extension | None:
    """The request that waits for a decision, if there is one."""
    return row_of(session, Extension, _REQUEST_OF_TASK, task=task_id)


def current_report(session: Session, task_id: int) -> CompletionReport | None:
    """The report that counts: the last one not voided."""
    return row_of(session, CompletionReport, _COUNTS, task=task_id)
