"""Groups: naming one as a unit's, what it may hear, and what a service tells of a chat by itself."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot import texts
from bot.channel import Incoming
from bot.speaker import Speaker, speaker_of
from models import clock, group_chat
from models.organisation import Contact, ContactState, Unit
from models.pairing import Chat

NAME = re.compile(r"(?i)(/?)(?:nhóm|nhom)(?:@\w+)?(?:\s+(\S.*))?")
WHOLE = ("sở", "so", "toàn sở", "toan so", "cơ quan", "co quan")
LONGEST = 200
"""Letters of a message that can name a group."""


def named(session: Session, chat: Chat, person_id: int, incoming: Incoming) -> str | None:
    """ "/nhom QLVH" said in a group by who may: what is answered; None when it is something else."""
    words = incoming.text.strip()
    said = NAME.fullmatch(words) if len(words) <= LONGEST else None
    if said is None:
        return None
    speaker = speaker_of(session, person_id)
    unit, whole = _meant(session, speaker, (said.group(2) or "").strip(" ."))
    if unit is None and not whole:
        # "Nhóm này có những ai?" names nothing and is for the conversation; the command always means to name.
        return texts.text("group.which", speaker.language) if said.group(1) else None
    unit_id = unit.id if unit is not None else None
    if not _may_name(session, chat, speaker, unit_id):
        return texts.text("group.not_yours", speaker.language)
    group_chat.link_group(session, chat.channel, chat.bot, chat.chat_id, unit_id, person_id)
    name = unit.name if unit is not None else texts.text("group.all", speaker.language)
    return texts.text("group.named", speaker.language, unit=name)


def hears(session: Session, chat: Chat) -> tuple[int | None, ...]:
    """Whose totals may be said in this group: those of the unit it is named for, of the whole office (None), or of
    nobody, as long as nobody has said whose group it is."""
    group = group_chat.group_of(session, chat.channel, chat.bot, chat.chat_id)
    return () if group is None else (group.unit_id,)


def own_chat(session: Session, chat: Chat, person_id: int) -> str | None:
    """The person's private chat with the bot of this group; None if there is none that takes messages."""
    query = select(Contact.chat_id).where(
        Contact.channel == chat.channel, Contact.bot == chat.bot, Contact.person_id == person_id,
        Contact.state == ContactState.ACTIVE,
    )  # fmt: skip
    return session.exec(query).first()


def told(session: Session, chat: Chat, service: dict[str, Any]) -> None:
    """A service's own word about a chat: {"blocked": bool}, {"left": true}, {"moved_to": id}."""
    if "blocked" in service:
        _blocked(session, chat, bool(service["blocked"]))
    if service.get("left"):
        group_chat.leave_group(session, chat.channel, chat.bot, chat.chat_id)
    if service.get("moved_to"):
        group_chat.move_group(session, chat.channel, chat.bot, chat.chat_id, str(service["moved_to"]))


def _meant(session: Session, speaker: Speaker, words: str) -> tuple[Unit | None, bool]:
    """The unit that is named (one's own when nothing is), and whether the whole office is."""
    if not words:
        return (session.get(Unit, speaker.units[0]) if len(speaker.units) == 1 else None), False
    said = words.casefold()
    if said in WHOLE:
        return None, True
    units = session.exec(select(Unit).where(col(Unit.valid_to).is_(None))).all()
    found = [unit for unit in units if said in {one.casefold() for one in (unit.code, unit.name, *unit.aliases)}]
    return (found[0] if len(found) == 1 else None), False


def _may_name(session: Session, chat: Chat, speaker: Speaker, unit_id: int | None) -> bool:
    """The Office any group; a head or deputy his own unit's, unless it is another unit's already."""
    if speaker.role == "office":
        return True
    group = group_chat.group_of(session, chat.channel, chat.bot, chat.chat_id)
    return unit_id in speaker.units and (group is None or group.unit_id in speaker.units)


def _blocked(session: Session, chat: Chat, blocked: bool) -> None:
    """Blocked: the next channel carries on. Opened again: it counts again, if nobody took it away meanwhile."""
    was, now = (ContactState.ACTIVE, ContactState.DEAD) if blocked else (ContactState.DEAD, ContactState.ACTIVE)
    session.execute(
        update(Contact)
        .where(col(Contact.channel) == chat.channel, col(Contact.bot) == chat.bot, col(Contact.chat_id) == chat.chat_id,
               col(Contact.state) == was)
        .values(state=now, refused_at=clock.now() if blocked else None)
    )  # fmt: skip
