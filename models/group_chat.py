"""Groups in which we are: a unit's group, or the whole office's. Nobody's tasks are told there, only totals."""

from datetime import datetime

from sqlalchemy import ColumnElement, UniqueConstraint, delete, update
from sqlmodel import Field, Session, col, select

from models import clock, event
from models.base import Table, UtcDateTime
from models.inserting import insert_once


class GroupChat(Table, table=True):
    """A group that somebody who may do so has named as a unit's (`unit_id`), or as the office's own (None)."""

    __tablename__ = "group_chat"
    __table_args__ = (UniqueConstraint("channel", "bot", "chat_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=24)
    bot: str = Field(default="", max_length=60)
    chat_id: str = Field(max_length=120)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    linked_by: int = Field(foreign_key="person.id")
    linked_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def group_of(session: Session, channel: str, bot: str, chat_id: str) -> GroupChat | None:
    """The group that this chat is, if it was named and we are still in it."""
    query = select(GroupChat).where(*_chat(channel, bot, chat_id), col(GroupChat.left_at).is_(None))
    return session.exec(query).first()


def link_group(session: Session, channel: str, bot: str, chat_id: str, unit_id: int | None, by: int) -> None:
    """Name a chat as a unit's group, or as the office's; a later word takes the place of an earlier one."""
    values = {"unit_id": unit_id, "linked_by": by, "linked_at": clock.now(), "left_at": None}
    made = insert_once(session, GroupChat, channel=channel, bot=bot, chat_id=chat_id, **values)
    if made is None:
        session.execute(update(GroupChat).where(*_chat(channel, bot, chat_id)).values(**values))
    group_id = session.exec(select(GroupChat.id).where(*_chat(channel, bot, chat_id))).one()
    event.record(session, f"group:{group_id}", "named", actor_id=by, channel=channel, facts={"unit": unit_id},
                 announced=True)  # fmt: skip


def leave_group(session: Session, channel: str, bot: str, chat_id: str) -> None:
    """We were sent out of it."""
    session.execute(update(GroupChat).where(*_chat(channel, bot, chat_id)).values(left_at=clock.now()))


def move_group(session: Session, channel: str, bot: str, chat_id: str, to: str) -> None:
    """It has another id from now on. Told twice, or named anew there already: the new one stands."""
    if session.exec(select(GroupChat.id).where(*_chat(channel, bot, to))).first() is None:
        session.execute(update(GroupChat).where(*_chat(channel, bot, chat_id)).values(chat_id=to))
    elif to != chat_id:
        session.execute(delete(GroupChat).where(*_chat(channel, bot, chat_id)))


def _chat(channel: str, bot: str, chat_id: str) -> tuple[ColumnElement[bool], ...]:
    return col(GroupChat.channel) == channel, col(GroupChat.bot) == bot, col(GroupChat.chat_id) == chat_id
