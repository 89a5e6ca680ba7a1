"""A chat becomes a person's: a code from the Office is typed there, name and unit are shown, the person says yes.

Five wrong codes an hour silence a chat: whoever guesses learns nothing, not even that they are refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, text, update
from sqlmodel import Field, Session, col, select

from models import clock, event
from models.base import Table, UtcDateTime
from models.inserting import insert_once, insert_row
from models.linking import CHAT, digest, new_code
from models.organisation import Contact, ContactState, LinkCode, Person

WRONG_AN_HOUR = 5
HOUR = timedelta(hours=1)


BROWSER = "web"
IN_ORDER = (col(Contact.channel) == BROWSER, col(Contact.preference), col(Contact.id))


class WrongCode(Table, table=True):
    """A code that was none, typed in a chat."""

    __tablename__ = "wrong_code"
    id: int | None = Field(default=None, primary_key=True)
    chat: str = Field(max_length=240, index=True)
    at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True)
class Chat:
    """A private chat of a bot."""

    channel: str
    bot: str
    chat_id: str

    @property
    def name(self) -> str:
        """As a code that was typed there remembers it."""
        return f"{self.channel}:{self.bot}:{self.chat_id}"


class PairingError(Exception):
    """A chat cannot be linked."""


class NoSuchCode(PairingError):
    """Unknown, used, over, or already typed in another chat. `left`: tries before the chat is silenced."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} left")
        self.left = left


class OfAnother(PairingError):
    """The chat is somebody else's already."""


class NoRoom(PairingError):
    """The channel takes no more people."""


def give_code(session: Session, secret: bytes, person_id: int, by: int | None, channel: str) -> str:
    """A one-time code for a person, made by somebody on `channel`; the history tells who made it."""
    code = new_code(session, secret, person_id, CHAT)
    _record(session, person_id, "link_code", by, channel)
    return code


def silenced(session: Session, chat: Chat) -> bool:
    """Were so many wrong codes typed here within the hour that nothing is answered?"""
    return _wrong(session, chat, clock.database_time(session)) >= WRONG_AN_HOUR


def enter(session: Session, secret: bytes, code: str, chat: Chat) -> Person:
    """A code typed in a chat that is not silenced: whose it is, to be confirmed there. Raises NoSuchCode, OfAnother."""
    at, key = clock.database_time(session), digest(secret, code, CHAT)
    row = session.get(LinkCode, key)
    owner = owner_of(session, chat)
    if row is not None and owner not in (None, row.person_id) and row.used_at is None:
        raise OfAnother
    # One question at a time in a chat; and of two chats that type the same code at once, one has it.
    session.execute(update(LinkCode).where(col(LinkCode.chat) == chat.name).values(chat=None))
    free = (col(LinkCode.digest) == key, col(LinkCode.used_at).is_(None), col(LinkCode.expires_at) > at)
    taken = update(LinkCode).where(*free, col(LinkCode.chat).is_(None)).values(chat=chat.name)
    if row is None or session.execute(taken).rowcount != 1:  # type: ignore[attr-defined]
        raise NoSuchCode(_note_wrong(session, chat, at))
    return _person(session, row.person_id)


def is_known(session: Session, secret: bytes, code: str) -> bool:
    """Is this a code that was given out, whatever became of it?"""
    return session.get(LinkCode, digest(secret, code, CHAT)) is not None


def asked(session: Session, chat: Chat) -> Person | None:
    """Whose code waits in this chat for a yes; None if nothing is asked there."""
    row = _waiting(session, chat)
    return _person(session, row.person_id) if row else None


def refuse(session: Session, chat: Chat) -> int | None:
    """ "That is not me": the code is used up; whose it was, for the Office to learn that it went astray."""
    row = _waiting(session, chat)
    return row.person_id if row is not None and _use(session, row.digest) else None


def accept(session: Session, chat: Chat, preference: int, people: int | None = None) -> Person | None:
    """The yes: the chat is the person's from now on, in the place of an earlier chat of the same bot.

    None when nothing waits any more. `preference`: the channel's place in the office's order; `people`: how many the
    channel takes, the blocked ones included, since they may come back. Raises OfAnother, NoRoom; the code stays good.
    """
    row = _waiting(session, chat)
    if row is None:
        return None
    if owner_of(session, chat) not in (None, row.person_id):
        raise OfAnother
    if people is not None and _others(session, chat, row.person_id) >= people:
        raise NoRoom
    if not _use(session, row.digest):
        return None
    mine = _of_bot(chat, col(Contact.person_id) == row.person_id, _linked())
    earlier = session.exec(select(Contact.preference).where(*mine)).all()
    session.execute(update(Contact).where(*mine).values(state=ContactState.UNLINKED))
    link(session, chat, row.person_id, min(earlier, default=preference), clock.now())
    _record(session, row.person_id, "linked", row.person_id, chat.channel, replaced=len(earlier))
    return _person(session, row.person_id)


def link(session: Session, chat: Chat, person_id: int, preference: int, at: datetime) -> None:
    """The chat is the person's contact."""
    values = {"person_id": person_id, "state": ContactState.ACTIVE, "preference": preference, "linked_at": at,
              "refused_at": None}  # fmt: skip
    made = insert_once(session, Contact, channel=chat.channel, bot=chat.bot, chat_id=chat.chat_id, **values)
    if made is None:
        session.execute(update(Contact).where(*_of_bot(chat, col(Contact.chat_id) == chat.chat_id)).values(**values))


def owner_of(session: Session, chat: Chat) -> int | None:
    """Whose chat it is."""
    where = _of_bot(chat, col(Contact.chat_id) == chat.chat_id, col(Contact.state) == ContactState.ACTIVE)
    return session.exec(select(Contact.person_id).where(*where)).first()


def chats_of(session: Session, person_id: int) -> list[Contact]:
    """The chats that are linked to a person, blocked ones too, as they are tried: the browser, which tells nobody that
    there is something, comes last."""
    query = select(Contact).where(Contact.person_id == person_id, _linked())
    return list(session.exec(query.order_by(*IN_ORDER)))


def prefer(session: Session, contact_id: int, by: int | None, channel: str) -> bool:
    """Move a chat one place forward in its person's order; False if it cannot be, or is not linked."""
    contact = session.get(Contact, contact_id)
    if contact is None:
        return False
    _hold(session, contact.person_id)
    chats = chats_of(session, contact.person_id)
    place = next((n for n, one in enumerate(chats) if one.id == contact_id), 0)
    if place == 0 or contact.channel == BROWSER:
        return False
    chats[place - 1], chats[place] = chats[place], chats[place - 1]
    for n, one in enumerate(chats):
        session.execute(update(Contact).where(col(Contact.id) == one.id).values(preference=n))
    _record(session, contact.person_id, "preferred", by, channel, order=[one.channel for one in chats])
    return True


def unlink(session: Session, contact_ids: Sequence[int], by: int | None, channel: str) -> int:
    """Take chats away from their people, who are signed out of the browser too; how many were linked. The history
    tells who did it, and on which channel."""
    chosen = select(Contact).where(col(Contact.id).in_(list(contact_ids)), _linked()).order_by(col(Contact.id))
    contacts = session.exec(chosen).all()
    for contact in contacts:
        session.execute(update(Person).where(col(Person.id) == contact.person_id).values(sessions_from=clock.now()))
        session.execute(update(Contact).where(col(Contact.id) == contact.id).values(state=ContactState.UNLINKED))
        _record(session, contact.person_id, "unlinked", by, channel, chat=contact.channel)
    return len(contacts)


def _record(session: Session, person_id: int, verb: str, by: int | None, channel: str, **facts: object) -> None:
    _hold(session, person_id)
    event.record(session, f"person:{person_id}", verb, actor_id=by, channel=channel, facts=facts, announced=True)


def _hold(session: Session, person_id: int) -> None:
    """Of two who change the same person's chats, one waits: history is numbered."""
    session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).one()


def _waiting(session: Session, chat: Chat) -> LinkCode | None:
    at = clock.database_time(session)
    typed_here = select(LinkCode).where(LinkCode.chat == chat.name, LinkCode.purpose == CHAT)
    return session.exec(typed_here.where(col(LinkCode.used_at).is_(None), LinkCode.expires_at > at)).first()


def _use(session: Session, code: str) -> bool:
    at = clock.database_time(session)
    used = update(LinkCode).where(col(LinkCode.digest) == code, col(LinkCode.used_at).is_(None)).values(used_at=at)
    return bool(session.execute(used).rowcount == 1)  # type: ignore[attr-defined]


def _note_wrong(session: Session, chat: Chat, at: datetime) -> int:
    """Count a wrong code; how many tries are left this hour. Older ones are cleared in passing."""
    session.execute(delete(WrongCode).where(col(WrongCode.at) <= at - HOUR))
    insert_row(session, WrongCode, chat=chat.name, at=at)
    return max(WRONG_AN_HOUR - _wrong(session, chat, at), 0)


def _wrong(session: Session, chat: Chat, at: datetime) -> int:
    query = select(func.count()).where(WrongCode.chat == chat.name, col(WrongCode.at) > at - HOUR)
    return session.exec(query).one()


def _others(session: Session, chat: Chat, person_id: int) -> int:
    """How many other people the channel has. Counted under a lock: of two who take the last place, one waits."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("LOCK TABLE contact IN SHARE ROW EXCLUSIVE MODE"))
    others = _of_bot(chat, col(Contact.person_id) != person_id, _linked())
    return session.exec(select(func.count(func.distinct(Contact.person_id))).where(*others)).one()


def _linked() -> ColumnElement[bool]:
    return col(Contact.state) != ContactState.UNLINKED


def _of_bot(chat: Chat, *more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [col(Contact.channel) == chat.channel, col(Contact.bot) == chat.bot, *more]


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    assert person is not None  # a foreign key says so
    return person
