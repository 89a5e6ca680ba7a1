"""People who write to the bot on the stand-in for Zalo, alone or in a group, and see what it answers."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.channel import Update
from bot.zalo import ZaloChannel
from models import clock
from tests.zalo_server import SECRET, ZaloServer

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)


@dataclass(frozen=True)
class Group:
    """A group with the bot in it: it hears only what mentions it."""

    server: ZaloServer
    id: str = field(default_factory=lambda: secrets.token_hex(10))

    def __post_init__(self) -> None:
        if self.server.switch.groups:
            self.server.known.add(self.id)

    def sees(self) -> list[str]:
        """The texts that the bot has sent here."""
        return _seen(self.server, self.id)


@dataclass(frozen=True)
class Person:
    """Each act returns its event, or None when Zalo would not deliver it (said in a group without a mention)."""

    server: ZaloServer
    name: str = "Ted"
    id: str = field(default_factory=lambda: secrets.token_hex(10))

    def opens(self) -> None:
        """Open the bot's link: from then on it may write first."""
        self.server.known.add(self.id)

    def says(self, text: str, group: Group | None = None, *, mention: bool = True) -> dict[str, Any] | None:
        return self._act("text", {"text": self._mention(group, mention) + text}, group, mention)

    def sends_photo(
        self, content: bytes = JPEG, caption: str = "", group: Group | None = None, *, mention: bool = True
    ) -> dict[str, Any] | None:
        name = "photo" if self.server.switch.documented_names else "photo_url"
        said = self._mention(group, mention) + caption
        fields = {name: self.server.keeps(content), "message_type": "CHAT_PHOTO", **({"caption": said} if said else {})}
        return self._act("image", fields, group, mention)

    def sends_sticker(self, sticker: str = "0e078a2fb66a5f34067b") -> dict[str, Any] | None:
        return self._act("sticker", {"sticker": sticker, "url": f"https://stickers.invalid/{sticker}.png"})

    def sends_voice(self) -> dict[str, Any] | None:
        return self._act("voice", {"voice_url": "https://voice.zdn.vn/1.aac", "message_type": "CHAT_VOICE"})

    def sends_file(self) -> dict[str, Any] | None:
        """A PDF, a Word file, a card, a place: Zalo hands none of them on, only that there was something."""
        return self._act("unsupported", {})

    def does(self, kind: str, **fields: Any) -> dict[str, Any] | None:
        """Any other event: link, reaction, or one that nobody has seen yet."""
        return self._act(kind, fields)

    def sees(self) -> list[str]:
        """The texts that the bot has sent to this person, captions included."""
        return _seen(self.server, self.id)

    def _mention(self, group: Group | None, mention: bool) -> str:
        return f"@{self.server.bot_name} " if group is not None and mention else ""

    def _act(
        self, kind: str, fields: Mapping[str, Any], group: Group | None = None, mention: bool = True
    ) -> dict[str, Any] | None:
        if group is not None and not (mention and self.server.switch.groups):
            return None
        if group is None:
            self.opens()
        message = {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": group.id if group else self.id, "chat_type": "GROUP" if group else "PRIVATE"},
            **fields,
            "message_id": secrets.token_hex(10),
            "date": int(clock.now().timestamp() * 1000),
        }
        event = {"event_name": f"message.{kind}.received", "message": message}
        self.server.arrives(event)
        return event


def _seen(server: ZaloServer, chat_id: str) -> list[str]:
    texts = (one.get("text", one.get("caption")) for one in server.sent if one["chat_id"] == chat_id)
    return [text for text in texts if text]


@asynccontextmanager
async def the_bot(server: ZaloServer, **more: Any) -> AsyncIterator[ZaloChannel]:
    """The adapter at this server. Without certificates, which take longer to load than a test."""
    async with httpx.AsyncClient(verify=False, trust_env=False) as http:
        token = more.pop("token", server.token)
        settings = {"hook_secret": SECRET, "media_hosts": ("127.0.0.1",), **more}
        yield ZaloChannel(token, server.base, client=http, **settings)


async def all_of(bot: ZaloChannel, polls: int = 40) -> dict[str, Update]:
    """What comes in so many polls, or until there is nothing left, by key: as a caller keeps it."""
    kept: dict[str, Update] = {}
    for _ in range(polls):
        got = await bot.poll()
        if not got:
            break
        kept |= {update.key: update for update in got}
    return kept
