"""Who there is: the department, its units, groups, people, their posts, chats and absences.

Units are dated and keep their id when the name changes; an old task keeps its old unit, a successor takes the open
ones (Thanh tra Sở, for one, ended with Luật Thanh tra 84/2025/QH15).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from models.base import Code, Table, UtcDateTime, one_of


class Role(StrEnum):
    """What a post lets its holder do. The order is that of a person's standing role."""

    LEADER = "leader"
    HEAD = "head"
    DEPUTY = "deputy"
    OFFICE = "office"
    FOCAL = "focal"
    ADMIN = "admin"


class Department(Table, table=True):
    """The office itself: one row, loaded once from config.toml; afterwards this is the truth."""

    __tablename__ = "department"
    id: int = Field(default=1, primary_key=True)
    name: str
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    member_of: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Groups that outside directives address and this office belongs to: "các sở, ban, ngành"."""
    parent: str | None = None
    """The authority above it, and below the place and the symbol that its own letters bear (NĐ 30/2020, Appendix I)."""
    place: str | None = None
    symbol: str | None = Field(default=None, max_length=40)
    loaded_at: datetime = Field(sa_type=UtcDateTime)


class Unit(Table, table=True):
    """A unit with its dates. `leader_id`: the leader in charge; LDS (the leaders themselves) is a unit too."""

    __tablename__ = "unit"
    __table_args__ = (Index("uq_unit_code_now", "code", unique=True, sqlite_where=text("valid_to IS NULL"),
                            postgresql_where=text("valid_to IS NULL")),)
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=24)
    name: str
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    position: int = 0
    is_leaders: bool = False
    leader_id: int | None = Field(default=None, foreign_key="person.id")
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="unit.id")


class UnitGroup(Table, table=True):
    """Units that directives address together: "Các phòng chuyên môn"."""

    __tablename__ = "unit_group"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class GroupMember(Table, table=True):
    """Which unit belongs to which group."""

    __tablename__ = "group_member"
    group_id: int = Field(foreign_key="unit_group.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)


class Person(Table, table=True):
    """Somebody who holds posts. Name, address form and language are personal data: they can be erased, acts stay.

    `address`: how to speak to them when not as "đồng chí" (anh, chị), only by their own setting.
    """

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    short_id: str = Field(unique=True, max_length=60)
    name: str
    email: str | None = None
    address: str | None = None
    language: str | None = None
    daily_only: bool = False
    """Asked not to be written to: gets one message a day, at the first slot (nothing is ever silenced)."""
    sessions_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Browser sessions opened before this moment are over (unlinked, or signed out everywhere)."""


class Post(Table, table=True):
    """One person, one unit, one role, from and to (both days included). `title`: "Chánh Thanh tra"."""

    __tablename__ = "post"
    __table_args__ = (one_of("role", Role), Index("ix_post_unit", "unit_id", "role"))
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    role: Role = Field(sa_type=Code(Role))
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Absence(Table, table=True):
    """On leave from `start` to `end` (both days included); `deputy_id` acts, or the unit's deputy if empty."""

    __tablename__ = "absence"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    start: date
    end: date
    deputy_id: int | None = Field(default=None, foreign_key="person.id")
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the summary of what was done in the absent person's name was planned."""


class ContactState(StrEnum):
    """active: messages go there; dead: the channel refused for good (blocked); unlinked: taken away by the Office."""

    ACTIVE = "active"
    DEAD = "dead"
    UNLINKED = "unlinked"


class Contact(Table, table=True):
    """A channel's address of a person. `preference`: the smaller is tried first."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("channel", "bot", "chat_id"), one_of("state", ContactState))
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str = Field(max_length=24)
    bot: str = Field(default="", max_length=60)
    chat_id: str = Field(max_length=120)
    state: ContactState = Field(default=ContactState.ACTIVE, sa_type=Code(ContactState))
    preference: int = 0
    linked_at: datetime = Field(sa_type=UtcDateTime)
    refused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class LinkCode(Table, table=True):
    """A one-time code or sign-in link, kept only as an HMAC. `purpose`: chat, web or upload. `chat`: the chat a code
    was typed in, whose yes is waited for ("telegram:<bot>:<chat id>")."""

    __tablename__ = "link_code"
    digest: str = Field(primary_key=True, max_length=64)
    purpose: str = Field(max_length=12)
    person_id: int = Field(foreign_key="person.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    about: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Of an upload: {"task": number or null, "channel", "bot", "chat_id"}."""
    chat: str | None = Field(default=None, index=True, max_length=240)
