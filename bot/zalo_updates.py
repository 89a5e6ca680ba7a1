"""Zalo's events → Updates. Total: whatever comes becomes Updates or none, and nothing raises.

Zalo's pages and its wire differ in names (photo, photo_url) and in shape (an event alone, or in an envelope); both are
read. No event has an id of its own: the message's id is the key, or else a digest of the event.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.channel import Incoming, Update
from bot.zalo_text import plain

DEEPEST = 20
"""Levels of an event that are kept; Zalo's have three."""
LONGEST_ID = 120
_COMMAND = re.compile(r"@[^/\n]{1,100}\s+(?=/)")
_FILE_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)


@dataclass(frozen=True)
class _Said:
    """A message of an event: where and by whom it was said, and its fields."""

    chat_id: str
    user_id: str
    group: bool
    fields: dict[str, Any]


def updates_of(body: Any, names: Sequence[str]) -> list[Update]:
    """The updates of a poll's result or a webhook's body. `names`: how the bot is called in groups; a mention in front
    is cut off, since Zalo marks it in no other way."""
    return [update for event in _events(body) if (update := _update(event, names)) is not None]


def _events(body: Any, inside: bool = False) -> Iterator[dict[str, Any]]:
    if isinstance(body, list):
        for one in body:
            if isinstance(one, dict):
                yield one
    elif isinstance(body, dict):
        if "event_name" in body or "message" in body:
            yield body
        elif not inside:
            yield from _events(body.get("result"), inside=True)


def _update(event: dict[str, Any], names: Sequence[str]) -> Update | None:
    said = _said(event.get("message"))
    if said is None:
        return None
    raw = _tidy(event)
    key = _id(said.fields.get("message_id"))
    if key is None:
        key = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
    incoming = _incoming(str(event.get("event_name")), said, names)
    return Update(key, said.chat_id, said.user_id, incoming, raw)


def _said(message: Any) -> _Said | None:
    """None when there is no chat to answer in, or when it is a bot's own words that come back."""
    if not isinstance(message, dict):
        return None
    chat = message["chat"] if isinstance(message.get("chat"), dict) else {}
    sender = message["from"] if isinstance(message.get("from"), dict) else {}
    chat_id, user_id = _id(chat.get("id")), _id(sender.get("id"))
    if chat_id is None or sender.get("is_bot") is True:
        return None
    kind = chat.get("chat_type")
    # A kind of chat that is not known yet may have other readers, so it is a group.
    group = kind.upper() != "PRIVATE" if isinstance(kind, str) else user_id is not None and user_id != chat_id
    return _Said(chat_id, user_id or ("" if group else chat_id), group, message)


def _incoming(event_name: str, said: _Said, names: Sequence[str]) -> Incoming:
    fields = said.fields
    text, caption = (_words(fields.get(name), said.group, names) for name in ("text", "caption"))
    if event_name == "message.text.received" and text is not None:
        return Incoming(text, group=said.group)
    if event_name == "message.link.received" and (linked := _link(fields, text)):
        return Incoming(linked, group=said.group)
    if event_name == "message.image.received":
        url = next((fields[name] for name in ("photo_url", "photo") if isinstance(fields.get(name), str)), None)
        if url:
            photo = {"kind": "photo", "name": _name(url), "url": plain(url)}
            # Zalo sends an album picture by picture and does not say so: those without words wait for each other.
            together = None if caption else "pictures"
            return Incoming(caption or "", attachments=("photo",), group=said.group, files=(photo,), album=together)
    kind = {"message.sticker.received": "sticker", "message.voice.received": "voice"}.get(event_name, "unsupported")
    return Incoming(caption or "", attachments=(kind,), group=said.group)


def _words(value: Any, group: bool, names: Sequence[str]) -> str | None:
    """What was said, without the mention that a message of a group begins with; None when it is no text."""
    if not isinstance(value, str):
        return None
    text = plain(value)
    return _without_mention(text, names) if group else text


def _without_mention(text: str, names: Sequence[str]) -> str:
    start = text.lstrip()
    for name in sorted((f"@{plain(name)}" for name in names if name), key=len, reverse=True):
        rest = start.removeprefix(name)
        if rest != start and (not rest or rest[0] in " \n\t\u00a0,:"):
            return rest.lstrip(" \n\t\u00a0,:")
    return _COMMAND.sub("", start, count=1) if _COMMAND.match(start) else text


def _link(fields: dict[str, Any], text: str | None) -> str:
    """The words and the address; how Zalo names the address is in none of its pages."""
    url = next((plain(fields[name]) for name in ("link", "url", "href") if isinstance(fields.get(name), str)), "")
    return "\n".join(one for one in (text or "", url if url not in (text or "") else "") if one.strip())


def _name(url: str) -> str:
    """A file's name from the end of its address."""
    try:
        last = urlsplit(url).path.rsplit("/", 1)[-1]
    except ValueError:
        return "photo"
    return last if _FILE_NAME.fullmatch(last) else "photo"


def _id(value: Any) -> str | None:
    """Ids are text on Zalo's wire; a number would be one that fits a row all the same."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        return None
    return value if value == plain(value) and value.strip() == value else None


def _tidy(value: Any, level: int = 0) -> Any:
    """As it came, but so that every database can keep it: no halves of pairs, no NUL, no NaN, not too deep."""
    if level > DEEPEST:
        return None
    if isinstance(value, dict):
        return {plain(str(key)): _tidy(one, level + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_tidy(one, level + 1) for one in value]
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) >= 2**63:
        return None
    return value
