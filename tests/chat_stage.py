"""The stage with chats of a service: messages come by `receive`, as an adapter's do, and are answered with a Desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select, update

from bot import inbox
from bot.channel import Incoming
from bot.desk import Desk
from models import linking, pairing
from models.event import Event
from models.message import Inbox, InboxState, Message
from models.organisation import Contact, ContactState, LinkCode
from tests.stage import Stage

SECRET = b"only for tests"
BOT = "dondoc"
GROUP = "-500"


@dataclass(frozen=True)
class Reply:
    """What was answered, and into which chat."""

    text: str
    chat_id: str | None


class Chats(Stage):
    """People write from chats ("hung-phone"); a stranger is whoever has no contact there."""

    def __init__(self, at: str = "2026-11-23 09:00", url: str = "sqlite://", **desk: Any) -> None:
        super().__init__(at, url)
        self.desk = Desk(SECRET, order=("telegram", "zalo", "web"), **desk)

    def hear(self, chat: str, words: str = "", *, channel: str = "telegram", user: str | None = None,
             **more: Any) -> list[Reply]:  # fmt: skip
        """One message from a chat; what is answered."""
        return self.answer(self.keep(chat, words, channel=channel, user=user, **more))

    def keep(self, chat: str, words: str = "", *, channel: str = "telegram", user: str | None = None,
             **more: Any) -> int:  # fmt: skip
        """A message that has come and is not answered yet."""
        self.count += 1
        with self.database.write() as session:
            kept = inbox.receive(session, channel=channel, bot=BOT, message_key=f"c{self.count}", chat_id=chat,
                                 user_id=user, incoming=Incoming(text=words, **more))  # fmt: skip
        assert kept is not None
        return kept

    def answer(self, inbox_id: int) -> list[Reply]:
        """Answer a kept message; it must have been carried out without a fault."""
        ids = inbox.answer(self.database, inbox_id, self.desk)
        with self.database.read() as session:
            row = session.get_one(Inbox, inbox_id)
            assert (row.state, row.error) == (InboxState.DONE, None)
            found = session.exec(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id))).all()
        return [Reply(one.text or "", one.chat_id) for one in found]

    def said(self, chat: str, words: str = "", **more: Any) -> str:
        """The one answer to a message; empty for none."""
        replies = self.hear(chat, words, **more)
        assert len(replies) <= 1, replies
        return replies[0].text if replies else ""

    def in_group(self, user: str, words: str, chat: str = GROUP, **more: Any) -> list[Reply]:
        """Said in a group."""
        return self.hear(chat, words, user=user, group=True, **more)

    def code(self, who: str) -> str:
        """A code that the Office gives to a person."""
        with self.database.write() as session:
            return pairing.give_code(session, SECRET, self.people[who], self.people["vp.vanthu"], "web")

    def link(self, who: str, chat: str, channel: str = "telegram") -> None:
        """Link a chat, as a person does."""
        self.said(chat, self.code(who), channel=channel)
        assert self.said(chat, "1", channel=channel).startswith("Đã liên kết")

    def chats(self, who: str) -> list[tuple[str, str]]:
        """(channel, chat) that take messages, the preferred first; the browser left out."""
        with self.database.read() as session:
            chats = pairing.chats_of(session, self.people[who])
        return [(c.channel, c.chat_id) for c in chats if c.channel != "web" and c.state is ContactState.ACTIVE]

    def linked(self) -> int:
        """How many chats beside the browser's are linked to anybody."""
        with self.database.read() as session:
            rows = session.exec(select(Contact.id).where(Contact.channel != "web", Contact.state == "active"))
            return len(rows.all())

    def history(self, who: str) -> list[tuple[str, str | None]]:
        """(what, by whom) of a person's own history."""
        with self.database.read() as session:
            rows = session.exec(select(Event).where(Event.subject == f"person:{self.people[who]}")).all()
        return [(one.verb, self.names.get(one.actor_id or 0)) for one in rows]

    def let_pass(self, minutes: int) -> None:
        """Codes and wrong codes grow older: their time is the database's own, which no test can move."""
        from datetime import timedelta

        with self.database.write() as session:
            for code in session.exec(select(LinkCode)).all():
                session.execute(update(LinkCode).where(col(LinkCode.digest) == code.digest)
                                .values(expires_at=code.expires_at - timedelta(minutes=minutes)))  # fmt: skip
            for wrong in session.exec(select(pairing.WrongCode)).all():
                session.execute(update(pairing.WrongCode).where(col(pairing.WrongCode.id) == wrong.id)
                                .values(at=wrong.at - timedelta(minutes=minutes)))  # fmt: skip

    def digests(self) -> list[str]:
        """What is kept of codes."""
        with self.database.read() as session:
            return list(session.exec(select(LinkCode.digest).where(LinkCode.purpose == linking.CHAT)))
