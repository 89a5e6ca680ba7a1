"""One raw update of Telegram → what was said, or None when there is nothing in it for us.

Total: whatever JSON comes, it gives an Update or None and never raises. So nothing here trusts a type: the library's
own objects are not used, they raise on a missing field and cost eight times as much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channel import Incoming, Update

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked for in allowed_updates."""
GROUPS = ("group", "supergroup")
_FILES = {"document": "file", "video": "file", "audio": "file", "voice": "voice", "video_note": "file",
          "animation": "file"}  # fmt: skip
_SIGNS = {"sticker": "sticker", "location": "location", "venue": "location"}
_UNSUPPORTED = ("contact", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice", "rich_message",
                "live_photo", "giveaway", "gift", "unique_gift", "web_app_data", "users_shared",
                "chat_shared")  # fmt: skip
_ENDINGS = {"photo": "jpg", "voice": "ogg", "video": "mp4", "video_note": "mp4", "audio": "mp3", "animation": "mp4"}
_PRESS = re.compile(r"(\d{1,9}):(\d{1,3}):(\d{0,9})", re.ASCII)
_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w{1,64}))?(?=\s|$)\s*", re.ASCII)
# What no database keeps: half of a surrogate pair (JSON can carry it), and NUL (PostgreSQL).
_UNKEEPABLE = re.compile("[\ud800-\udfff\x00]")
# A button that is not of this house's making is a press on no prompt, and so one that is answered.
_NOTHING = [0, 0, None]
_NAME_LETTERS = 200


@dataclass(frozen=True)
class Me:
    """The bot as its groups know it. `username` is None until Telegram has said it, and for a bot without one."""

    id: int
    username: str | None = None


def callback_data(prompt: int, number: int, task: int | None) -> str:
    """What a button carries: at most 23 of the 64 bytes that Telegram allows. It names a prompt and proves nothing:
    who may press, and whether it is still open, is asked when it comes back."""
    return f"{prompt}:{number}:{'' if task is None else task}"


def parsed(raw: Any, me: Me) -> Update | None:
    """What `raw` says, its key being its update_id."""
    if not isinstance(raw, dict) or not is_id(raw.get("update_id")):
        return None
    for kind in KINDS:
        if isinstance(body := raw.get(kind), dict):
            return _OF_KIND[kind](raw, body, me)
    return None


def _message(raw: dict[str, Any], body: dict[str, Any], me: Me) -> Update | None:
    chat = _chat(body)
    if chat is None:
        return None
    if is_id(moved := body.get("migrate_to_chat_id")):
        return _update(raw, chat, body, Incoming(service={"moved_to": str(moved)}, group=True))
    if "sender_chat" in body or not _is_person(body):
        return None  # a channel, an anonymous administrator, a bot: nobody who could be linked
    said = _said(body)
    if said is None:
        return None
    said = replace(said, group=chat.group, edited="edited_message" in raw)
    if chat.group:
        addressed = _addressed(said.text, body, me)
        if addressed is None:
            return None
        said = replace(said, text=addressed)
    return _update(raw, chat, body, _command(said))


def _tap(raw: dict[str, Any], body: dict[str, Any], me: Me) -> Update | None:
    under = body.get("message")
    chat = _chat(under) if isinstance(under, dict) else None
    tapped = body.get("id")
    if chat is None or not isinstance(under, dict) or not isinstance(tapped, str) or not _is_person(body):
        return None
    data = body.get("data")
    found = _PRESS.fullmatch(data) if isinstance(data, str) else None
    numbers = [int(part) if part else None for part in found.groups()] if found else _NOTHING
    press = dict(zip(("prompt", "number", "task"), numbers, strict=True))
    incoming = Incoming(press=press, group=chat.group, answers_place=_place(under))
    return replace(_update(raw, chat, body, incoming), press_id=tapped)


def _membership(raw: dict[str, Any], body: dict[str, Any], me: Me) -> Update | None:
    chat = _chat(body)
    if chat is None:
        return None
    was, now = _is_in(body.get("old_chat_member")), _is_in(body.get("new_chat_member"))
    if now is None:
        return None
    if not chat.group:
        return _update(raw, chat, body, Incoming(service={"blocked": not now}))
    if was is now:
        return None  # made an administrator, or no longer one
    return _update(raw, chat, body, Incoming(service={"joined" if now else "left": True}, group=True))


_OF_KIND = {"message": _message, "edited_message": _message, "callback_query": _tap, "my_chat_member": _membership}


@dataclass(frozen=True)
class _Chat:
    id: int
    group: bool


def _chat(body: Mapping[str, Any]) -> _Chat | None:
    chat = body.get("chat")
    if not isinstance(chat, dict) or not is_id(chat.get("id")):
        return None
    kind = chat.get("type")
    if kind == "private":
        return _Chat(chat["id"], False)
    return _Chat(chat["id"], True) if kind in GROUPS else None


def _update(raw: dict[str, Any], chat: _Chat, body: Mapping[str, Any], incoming: Incoming) -> Update:
    who = body.get("from")
    user = who["id"] if chat.group and isinstance(who, dict) and is_id(who.get("id")) else chat.id
    return Update(key=str(raw["update_id"]), chat_id=str(chat.id), user_id=str(user), incoming=incoming, raw=raw)


def _said(body: dict[str, Any]) -> Incoming | None:
    """Words, files and signs of a message; None for what nobody says (a pinned message, a new title)."""
    text = _kept(body.get("text")) or _kept(body.get("caption"))
    kinds: list[str] = []
    files: list[dict[str, Any]] = []
    if (photo := _largest(body.get("photo"))) is not None:
        kinds.append("photo")
        files.append(_file("photo", "photo", photo, body))
    for name, kind in _FILES.items():
        if isinstance(one := body.get(name), dict) and isinstance(one.get("file_id"), str) and not files:
            kinds.append(kind)  # an animation comes as a document too: once is enough
            files.append(_file(name, kind, one, body))
    kinds += list(dict.fromkeys(kind for name, kind in _SIGNS.items() if name in body))
    if not kinds and any(name in body for name in _UNSUPPORTED):
        kinds.append("unsupported")
    if not text and not kinds:
        return None
    if "forward_origin" in body or "forward_date" in body:
        kinds.append("forwarded")
    reply = body.get("reply_to_message")
    album = body.get("media_group_id")
    return Incoming(text=text, attachments=tuple(kinds), files=tuple(files),
                    answers_place=_place(reply) if isinstance(reply, dict) else None,
                    album=_kept(album) or None)  # fmt: skip


def _file(name: str, kind: str, one: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    called = _kept(one.get("file_name"))[:_NAME_LETTERS]
    file = {"kind": kind, "id": one["file_id"],
            "name": called or f"{name}-{_place(body) or 0}.{_ENDINGS.get(name, 'bin')}"}  # fmt: skip
    if is_id(size := one.get("file_size")):
        file["size"] = size
    return file


def _largest(sizes: Any) -> dict[str, Any] | None:
    if not isinstance(sizes, list):
        return None
    good = [one for one in sizes if isinstance(one, dict) and isinstance(one.get("file_id"), str)]
    return max(good, key=_pixels, default=None)


def _pixels(size: Mapping[str, Any]) -> int:
    width, height = size.get("width"), size.get("height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _command(said: Incoming) -> Incoming:
    """`/start CODE` is a link that was opened; other commands are words without their "@name"."""
    found = _COMMAND.match(said.text)
    if found is None:
        return said
    rest = said.text[found.end() :].strip()
    if found[1].lower() == "start" and rest:
        return replace(said, start=rest, text="")
    return replace(said, text=f"/{found[1]} {rest}".strip())


def _addressed(text: str, body: Mapping[str, Any], me: Me) -> str | None:
    """The words without "@name", when they are said to the bot: a command, its name, or a reply to it. None when
    people talk among themselves: of that nothing is kept."""
    name = (me.username or "").lower()
    if (found := _COMMAND.match(text)) is not None:
        return text if found[2] is None or found[2].lower() == name else None
    called = re.compile(rf"(?<!\w)@{re.escape(name)}(?!\w)[,:]?", re.I) if name else None
    if called is not None and called.search(text):
        return re.sub(r"[ \t]{2,}", " ", called.sub(" ", text)).strip()
    reply = body.get("reply_to_message")
    author = reply.get("from") if isinstance(reply, dict) else None
    return text if isinstance(author, dict) and author.get("id") == me.id else None


def _is_in(member: Any) -> bool | None:
    """Is the bot in the chat (private: not blocked)? None when it is not said."""
    if not isinstance(member, dict) or not isinstance(status := member.get("status"), str):
        return None
    if status == "restricted":
        return member.get("is_member") is True
    return status not in ("left", "kicked")


def _is_person(body: Mapping[str, Any]) -> bool:
    who = body.get("from")
    return isinstance(who, dict) and is_id(who.get("id")) and who.get("is_bot") is not True


def _place(body: Mapping[str, Any]) -> str | None:
    return str(place) if is_id(place := body.get("message_id")) else None


def is_id(value: Any) -> bool:
    """Is it a number as Telegram gives them?"""
    # A number of hundreds of digits is JSON too, and str() refuses to write it.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _kept(value: Any) -> str:
    return _UNKEEPABLE.sub("\ufffd", value) if isinstance(value, str) else ""
