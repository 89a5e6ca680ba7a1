"""A directive as it arrived, what leaders wrote on it, and the draft items that the Office checks."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from models.base import Code, Table, UtcDateTime, one_of


class DirectiveState(StrEnum):
    """draft: being checked; assigned: its tasks exist; recalled: taken back by its issuer; discarded: a draft that was
    thrown away, whose texts are erased."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    RECALLED = "recalled"
    DISCARDED = "discarded"


class Directive(Table, table=True):
    """One document with its annexes. `sha256` is of the main file's bytes: the same bytes are never taken twice.

    `from_above`: issued by a higher authority, whose dates nobody in the office may move.
    `text` is what spans of items point into; `other_texts` are those of the annexes, by file index from 1.
    `doubtful`: [file, start, end] of each word that recognition was unsure of. `questions` and `answers`: what the
    document as a whole asks (key → question; key → how it was answered, by whom).
    """

    __tablename__ = "directive"
    __table_args__ = (
        one_of("state", DirectiveState),
        Index("ix_directive_number", "number", "issued_on"),
        # A row holds whole texts: what is a draft is counted without reading them.
        Index("ix_directive_state", "state", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True, max_length=64)
    source: str
    kind: str = Field(max_length=24)
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    signer: str | None = None
    subject: str | None = None
    urgency: str | None = Field(default=None, max_length=24)
    text: str
    other_texts: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    doubtful: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    questions: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reading: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The reading as it was made (`dondoc read --json`), kept beside what the Office made of it."""
    from_above: bool = False
    received_on: date
    arrival_number: str | None = None
    state: DirectiveState = Field(default=DirectiveState.DRAFT, sa_type=Code(DirectiveState))
    registered_by: int | None = Field(default=None, foreign_key="person.id")
    registered_at: datetime = Field(sa_type=UtcDateTime)
    assigned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    replaces_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    continues: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Of a draft that replaces another: what is to become of that one's open tasks when this one is assigned."""
    recalled_on: date | None = None
    recalled_by: str | None = None
    """Number and date of the document by which its issuer recalled it."""
    file_code: str | None = Field(default=None, max_length=80)
    """Of the file (hồ sơ) that holds it, and how long that one is kept (thời hạn bảo quản)."""
    retention: str | None = Field(default=None, max_length=80)
    version: int = 1

    def open_questions(self) -> dict[str, str]:
        """Questions about the document as a whole that nobody has answered. They cannot be waived."""
        return {key: question for key, question in self.questions.items() if key not in self.answers}


class Instruction(Table, table=True):
    """What a leader wrote on a directive or said of a task (bút phê), verbatim."""

    __tablename__ = "instruction"
    id: int | None = Field(default=None, primary_key=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    leader_id: int = Field(foreign_key="person.id")
    said_on: date
    words: str
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)


class DraftItem(Table, table=True):
    """One item of a directive on the review page: what the text says, and what the Office decided.

    `reading`: the item as read (verbatim words beside every value). `questions`: key → the question; an answer or a
    waiver by name in `answers` closes it. `unit_ids`: who will own it; several, or `grouped`, give a parent.
    """

    __tablename__ = "draft_item"
    id: int | None = Field(default=None, primary_key=True)
    directive_id: int = Field(foreign_key="directive.id", index=True)
    position: int
    label: str = Field(default="", max_length=60)
    text: str
    title: str
    file: int = 0
    span_start: int | None = None
    span_end: int | None = None
    ours: bool | None = None
    dropped: bool = False
    reading: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    unit_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    grouped: bool = False
    """A group was addressed: a parent with a child per unit, even if the group has one member."""
    co_unit_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    task_class: str = Field(default="standing", max_length=24)
    due_on: date | None = None
    due_time: time | None = None
    internal_due: date | None = None
    recurrence: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    """{"recurrence": monthly, "day": 5, "months": null, "text": …} of a series with a stated day."""
    review_on: date | None = None
    deliverables: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    questions: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    version: int = 1

    def open_questions(self) -> dict[str, str]:
        """Questions neither answered nor waived. A dropped item asks nothing."""
        return {} if self.dropped else {key: q for key, q in self.questions.items() if key not in self.answers}
