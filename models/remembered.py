"""What a clerk corrected: the words by which an issuer means a unit, kept for that issuer's next document."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from models.base import Table, UtcDateTime


class RememberedName(Table, table=True):
    """Words of one issuer, both folded as `reading` compares names, and the units that they mean.

    Units by id: one that has ended gives way to its successor when the words are met again.
    """

    __tablename__ = "remembered_name"
    __table_args__ = (UniqueConstraint("issuer", "words"),)
    id: int | None = Field(default=None, primary_key=True)
    issuer: str
    words: str
    issuer_said: str
    said: str
    """Issuer and words as the document last said them, to be shown."""
    unit_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
