"""The menu of commands in each chat, as fits who reads it: set when a chat is linked, and again when posts change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.channel import Channel, ChannelError
from bot.commands import menu
from bot.speaker import speaker_of
from models.base import Database
from models.organisation import Contact, ContactState

PASSING = ("connect", "timeout", "dropped", "busy", "flood", "unauthorised", "odd_answer",
           "http_500", "http_502", "http_503", "http_504")  # fmt: skip
"""What stops one stops the next."""
log = logging.getLogger(__name__)


async def set_menus(database: Database, channels: Mapping[str, Channel]) -> int:
    """Give every linked chat the menu of its person's role, where it has another one; how many were set."""
    able: dict[str, Any] = {name: one for name, one in channels.items() if hasattr(one, "set_commands")}
    done = 0
    for contact, role, language in await asyncio.to_thread(_without, database, tuple(able)) if able else ():
        try:
            await able[contact.channel].set_commands(contact.chat_id, menu(role, language))
        except ChannelError as error:
            if error.why in PASSING:
                log.info("menus of %s are left for later: %s", contact.channel, error.why)
                break
            # This chat takes none, as long as its person's role is the same: the others must not wait for it.
            log.info("a chat of %s takes no menu: %s", contact.channel, error.why)
        await asyncio.to_thread(_has, database, contact, role)
        done += 1
    return done


def _without(database: Database, channels: tuple[str, ...]) -> list[tuple[Contact, str, str]]:
    with database.read() as session:
        linked = select(Contact).where(Contact.state == ContactState.ACTIVE, col(Contact.channel).in_(channels))
        speakers = [(contact, speaker_of(session, contact.person_id)) for contact in session.exec(linked)]
        return [(contact, one.role, one.language) for contact, one in speakers if contact.facts.get("menu") != one.role]


def _has(database: Database, contact: Contact, role: str) -> None:
    with database.write() as session:
        session.execute(
            update(Contact).where(col(Contact.id) == contact.id).values(facts={**contact.facts, "menu": role})
        )
