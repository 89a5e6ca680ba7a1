"""What is answered before the conversation: linking, groups, files that were not taken, messages that were edited or
passed on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot import commands, groups, linking_talk, texts
from bot.channel import Incoming
from bot.desk import Desk
from bot.linking_talk import language_of
from bot.opening import opened
from models import shown
from models.linking import UPLOAD, new_code
from models.pairing import Chat


@dataclass(frozen=True)
class Before:
    """`incoming`: what is left for the conversation, None when nothing is. `said`: what is answered first, where it was
    written; `aside`: the same, in the speaker's own chat. In a group: `own_chat`, where everything else goes, and
    `hears`, whose totals may be said in it."""

    incoming: Incoming | None
    said: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    own_chat: str | None = None
    hears: tuple[int | None, ...] = (None,)


def before(session: Session, chat: Chat, person_id: int | None, incoming: Incoming, desk: Desk) -> Before:
    """Look at a message on its way to the conversation."""
    if incoming.service is not None:
        groups.told(session, chat, incoming.service)
        return Before(None)
    incoming = replace(incoming, text=unicodedata.normalize("NFC", incoming.text))
    if incoming.group:
        return _in_group(session, chat, person_id, incoming, desk)
    answered = linking_talk.talk(session, chat, person_id, incoming, desk)
    if answered is not None:
        return Before(None, tuple(answered))
    assert person_id is not None  # strangers were answered
    if incoming.edited:
        return Before(None, (texts.text("edited", language_of(session, person_id)),) if incoming.text else ())
    if (way_in := opened(session, chat, person_id, incoming, desk)) is not None:
        return Before(None, (way_in,))
    if "unsupported" in incoming.attachments and not incoming.text:
        return Before(None, (_unsupported(session, chat, person_id, desk),))
    if groups.NAME.fullmatch(incoming.text.strip()[: groups.LONGEST]) and incoming.text.lstrip().startswith("/"):
        return Before(None, (texts.text("group.private", language_of(session, person_id)),))
    left, aside = _plain(session, chat, person_id, incoming)
    return Before(left, aside)


def _in_group(session: Session, chat: Chat, person_id: int | None, incoming: Incoming, desk: Desk) -> Before:
    """Only who is linked is answered, and of what is said before others only that a code is spent."""
    if (spent := linking_talk.spent_in_group(session, incoming, desk)) is not None:
        return Before(None, (spent,))
    if person_id is None or incoming.edited:
        return Before(None)
    if (named := groups.named(session, chat, person_id, incoming)) is not None:
        return Before(None, (named,))
    own_chat = groups.own_chat(session, chat, person_id)
    if own_chat is None:
        return Before(None, (texts.text("group.write_privately", language_of(session, person_id)),))
    left, aside = _plain(session, chat, person_id, incoming)
    return Before(left, aside=aside, own_chat=own_chat, hears=groups.hears(session, chat))


def _plain(session: Session, chat: Chat, person_id: int, incoming: Incoming) -> tuple[Incoming | None, tuple[str, ...]]:
    """What is left when everything that only a chat knows is taken off, and what is to be said of that."""
    incoming, said = _files(session, person_id, incoming)
    if "forwarded" in incoming.attachments:
        # Somebody else's words are not the speaker's report; pictures that he passes on may be his evidence.
        kinds = tuple(kind for kind in incoming.attachments if kind != "forwarded")
        if not kinds:
            return None, (*said, texts.text("forwarded", language_of(session, person_id)))
        incoming = replace(incoming, text="", attachments=kinds)
    if incoming.answers_place is not None and incoming.press is None:
        message = shown.message_at(session, chat.channel, chat.bot, chat.chat_id, incoming.answers_place)
        incoming = replace(incoming, reply_to=message)
    incoming = replace(incoming, text=commands.spelled(incoming.text))
    left = incoming.text.strip() or incoming.attachments or incoming.press
    return (incoming if left else None), said


def _files(session: Session, person_id: int, incoming: Incoming) -> tuple[Incoming, tuple[str, ...]]:
    """Without the files that were not taken; one message says which and why."""
    refused = [file for file in incoming.files if file.get("done") not in (None, "kept")]
    if not refused:
        return incoming, ()
    kinds, language = list(incoming.attachments), language_of(session, person_id)
    for file in refused:
        if file.get("kind") in kinds:
            kinds.remove(file["kind"])
    lines = [texts.text(f"file.{file['done']}", language, name=_called(file, language)) for file in refused]
    return replace(incoming, attachments=tuple(kinds)), (texts.cut("\n".join(dict.fromkeys(lines))),)


def _called(file: dict[str, Any], language: str) -> str:
    return str(file.get("name") or "").strip()[:80] or texts.text("file.unnamed", language)


def _unsupported(session: Session, chat: Chat, person_id: int, desk: Desk) -> str:
    """What a chat cannot carry may be a document: a page where it can be left, if people can open our site at all."""
    language = language_of(session, person_id)
    if chat.channel not in desk.uploads:
        return texts.text("file.unsupported", language)
    if not desk.base_url:
        return texts.text("file.no_upload", language)
    about = {"task": None, "channel": chat.channel, "bot": chat.bot, "chat_id": chat.chat_id}
    token = new_code(session, desk.secret, person_id, UPLOAD, about)
    return texts.text("file.upload", language, link=f"{desk.base_url}/t/{token}")
