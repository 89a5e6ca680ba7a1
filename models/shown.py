"""Where a message stands in a chat, so that a reply to it is understood and its buttons can be taken away again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, bindparam, insert, select, text, update
from sqlmodel import Field, Session

from models import clock
from models.base import Table, UtcDateTime, connection_of

_STALE = text("stale_since IS NOT NULL")


class Shown(Table, table=True):
    """One part of a message in a chat, at the channel's own `place`. `buttons`: it shows some. `stale_since`: a task
    it has buttons for has moved, so they are to be looked at again."""

    __tablename__ = "shown"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "chat_id", "place"),
        Index("ix_shown_stale", "stale_since", sqlite_where=_STALE, postgresql_where=_STALE),
    )
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    channel: str = Field(max_length=24)
    bot: str = Field(default="", max_length=60)
    chat_id: str = Field(max_length=120)
    place: str = Field(max_length=120)
    buttons: bool = False
    stale_since: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ShownTask(Table, table=True):
    """Buttons about a task (its NV number) stand under this part."""

    __tablename__ = "shown_task"
    task: int = Field(primary_key=True)
    shown_id: int = Field(foreign_key="shown.id", primary_key=True)


@dataclass(frozen=True)
class Place:
    """A part to be kept: what Shown says of it, and for which tasks it has buttons."""

    message_id: int
    channel: str
    bot: str
    chat_id: str
    place: str
    tasks: tuple[int, ...] = ()


_shown, _tasks = Shown.__table__, ShownTask.__table__
_AT = select(_shown.c.message_id).where(
    _shown.c.channel == bindparam("channel"),
    _shown.c.bot == bindparam("bot"),
    _shown.c.chat_id == bindparam("chat_id"),
    _shown.c.place == bindparam("place"),
)
_INSERT = insert(_shown).returning(_shown.c.id, sort_by_parameter_order=True)
_INSERT_TASKS = insert(_tasks)
_OF_MESSAGES = (
    select(_shown.c.message_id, _shown.c.channel, _shown.c.chat_id, _shown.c.place)
    .where(_shown.c.message_id.in_(bindparam("messages", expanding=True)))
    .order_by(_shown.c.id)
)
_WITH_BUTTONS = select(_tasks.c.shown_id).where(_tasks.c.task == bindparam("number"))
_STALES = (
    update(_shown)
    .where(_shown.c.id.in_(_WITH_BUTTONS), _shown.c.buttons.is_(True), _shown.c.stale_since.is_(None))
    .values(stale_since=bindparam("now"))
)


def keep(session: Session, places: Iterable[Place]) -> None:
    """Parts that have arrived."""
    connection, kept = connection_of(session), list(places)
    if not kept:
        return
    ids = connection.execute(_INSERT, [
        {"message_id": one.message_id, "channel": one.channel, "bot": one.bot, "chat_id": one.chat_id,
         "place": one.place, "buttons": bool(one.tasks)} for one in kept
    ]).scalars()  # fmt: skip
    under = [{"task": task, "shown_id": shown_id} for one, shown_id in zip(kept, ids, strict=True)
             for task in one.tasks]  # fmt: skip
    if under:
        connection.execute(_INSERT_TASKS, under)


def message_at(session: Session, channel: str, bot: str, chat_id: str, place: str) -> int | None:
    """The message that stands at a place of a chat, or None if it is none of ours."""
    asked = {"channel": channel, "bot": bot, "chat_id": chat_id, "place": place}
    found: int | None = connection_of(session).execute(_AT, asked).scalar()
    return found


def places_of(session: Session, message_ids: Sequence[int]) -> dict[tuple[int, str, str], tuple[str, ...]]:
    """Message, channel and chat → the parts of it that have arrived there, in order."""
    found: dict[tuple[int, str, str], tuple[str, ...]] = {}
    for row in connection_of(session).execute(_OF_MESSAGES, {"messages": list(message_ids)}):
        at = row.message_id, row.channel, row.chat_id
        found[at] = (*found.get(at, ()), row.place)
    return found


def moved(session: Session, number: int) -> None:
    """A task (NV number) has moved: buttons about it, in whatever chat, are to be looked at again."""
    connection_of(session).execute(_STALES, {"number": number, "now": clock.now()})


def stale(session: Session, channels: Sequence[str], limit: int = 50) -> list[Shown]:
    """Parts in these channels whose buttons are to be looked at, the oldest first."""
    query = (
        select(Shown)
        .where(_STALE, _shown.c.channel.in_(list(channels)))
        .order_by(_shown.c.stale_since, _shown.c.id)
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def looked_at(session: Session, shown_id: int, since: datetime, *, left: bool) -> None:
    """Its buttons are as they should be; `left`: some still stand. Unless a task has moved again since."""
    connection_of(session).execute(
        update(_shown)
        .where(_shown.c.id == shown_id, _shown.c.stale_since == since)
        .values(stale_since=None, buttons=left)
    )
