"""Mail as the last resort: for who has no chat, or whose chats refuse, with a way into the browser chat."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import update
from sqlmodel import col

import chats
from bot.channel import Channel, Refused
from bot.email import EmailChannel
from bot.webchat import WebChat
from jobs.deliver import Sender
from models.base import Database
from models.linking import WEB, consume
from models.organisation import Contact, ContactState, Person
from tests.mail_server import Post, post_office
from tests.office import SETTINGS, Office
from tests.scripted import Scripted

GIVEN = replace(SETTINGS, given_secret="only for tests")
HEAD, ADDRESS = "tts.truong", "tuan@so.example"


def office_with_mail(post: Post, *, chat: Scripted | None = None) -> tuple[Office, Sender]:
    """The head of the inspectorate has an address, and perhaps a chat; nobody else is changed."""
    office = Office("2023-07-24 09:00")
    person = office.people[HEAD]
    channels: dict[str, Channel] = {"web": WebChat()}
    with office.database.write() as session:
        session.execute(update(Contact).where(col(Contact.person_id) == person).values(state=ContactState.UNLINKED))
        session.execute(update(Person).where(col(Person.id) == person).values(email=ADDRESS))
        if chat is not None:
            session.add(Contact(person_id=person, channel="telegram", bot=chat.bot, chat_id="7",
                                linked_at=office.now()))  # fmt: skip
            channels["telegram"] = chat
    channels["email"] = EmailChannel(post.server, chats.way_in(GIVEN, office.database))
    chats.take_addresses(office.database, chats.desk_of(GIVEN, channels))
    office.assign("TTS", due="2023-08-04")
    office.tick("2023-07-24 13:30")
    return office, Sender(office.database, channels)


def person_of(database: Database, link: str) -> int | None:
    """Whom the link signs in."""
    with database.write() as session:
        return consume(session, GIVEN.secret(), link.rpartition("/")[2], WEB)


async def test_who_has_no_chat_gets_a_mail_that_leads_into_the_browser_chat() -> None:
    async with post_office() as post:
        office, sender = office_with_mail(post)
        await sender.deliver()
    (mail, _, to), text = post.took[0], post.took[0][0].get_content()
    assert len(post.took) == 1 and to == [ADDRESS]
    assert "NV1" in text and "thứ Sáu 04/08/2023" in text and str(mail["Subject"]).startswith("Văn phòng Sở")
    link = re.search(r"\S+/login/\S+", text)
    assert link is not None and person_of(office.database, link.group()) == office.people[HEAD]


async def test_who_blocks_the_chat_gets_the_same_message_by_mail_once() -> None:
    telegram = Scripted("telegram")
    telegram.says = Refused("blocked")
    async with post_office() as post:
        _, sender = office_with_mail(post, chat=telegram)
        await sender.deliver()
        await sender.deliver()
    assert len(telegram.tried) == 1 and len(post.took) == 1
    assert telegram.tried[0].text.splitlines()[-1] in post.took[0][0].get_content()


async def test_who_has_a_chat_that_works_gets_no_mail() -> None:
    telegram = Scripted("telegram")
    async with post_office() as post:
        _, sender = office_with_mail(post, chat=telegram)
        await sender.deliver()
    assert len(telegram.arrived) == 1 and post.took == []
