"""The Zalo Bot Platform as a channel: plain text and numbers, one update a poll, photos in and, by address, out.

Polls acknowledge nothing: whether an update that was fetched comes again is not known, so both must do, by its key. A
poll that is broken off may lose one. The caller waits POLL_FLOOR_SECONDS between polls; nothing sleeps here.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import httpx

import catalogue
from bot.channel import Capabilities, ChannelError, Conflict, FileGone, Outgoing, Picture, Result, Sent, Update
from bot.pictures import followed
from bot.zalo_client import PHOTO_SECONDS, POLL_SECONDS, Answer, NoAnswer, ZaloClient, bot_id, read_json
from bot.zalo_photo import fetch_photo
from bot.zalo_results import fault, place, refused, unanswered
from bot.zalo_text import LIMIT, parts_of, plain, with_answers
from bot.zalo_updates import updates_of

API = "https://bot-api.zaloplatforms.com"
SECRET_HEADER = "x-bot-api-secret-token"
MOST_BODY = 1024 * 1024
"""Bytes of a webhook's request; what was seen has 270 to 420."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ZaloBot:
    """Who the bot is. `name`: as people see and mention it; `groups`: may it be added to groups?"""

    id: str
    name: str
    groups: bool


class ZaloChannel:
    """One bot. `hook_secret`: 8 to 256 characters, or empty when no webhook is used; `media_hosts`: where photos may be
    fetched from; `monthly`, `people`: what its plan allows, None for a plan without the limit. Its name in groups is
    learnt by the first poll; who is called by a webhook asks `me()` once at the start."""

    POLL_FLOOR_SECONDS: ClassVar[float] = 1.0

    def __init__(
        self,
        token: str,
        api: str = API,
        *,
        hook_secret: str = "",
        media_hosts: Sequence[str] = (".zdn.vn",),
        client: httpx.AsyncClient | None = None,
        monthly: int | None = 3000,
        people: int | None = 50,
    ) -> None:
        if hook_secret and not 8 <= len(hook_secret) <= 256:
            raise ValueError("the secret of the Zalo webhook has 8 to 256 characters")
        self.capabilities = Capabilities(
            name="zalo", text_limit=LIMIT, buttons=False, files_in=True, reply_to=False, seconds_between=1.0,
            per_second=5.0, monthly=monthly, people=people, pictures=True,
        )  # fmt: skip
        self.bot = bot_id(token)
        self._own = client is None
        self._http = client if client is not None else httpx.AsyncClient()
        self._client = ZaloClient(token, api, self._http)
        self._secret = hook_secret
        self._media_hosts = tuple(media_hosts)
        self._names: tuple[str, ...] | None = None

    async def close(self) -> None:
        """Give the connections back, unless they are somebody else's."""
        if self._own:
            await self._http.aclose()

    # ---- what comes in

    async def poll(self) -> Sequence[Update]:
        """What has come, after at most POLL_SECONDS. Raises Unauthorised, Conflict (a webhook is set), ChannelError."""
        await self.start()
        answer = await self._call("getUpdates", {"timeout": POLL_SECONDS}, POLL_SECONDS + 10.0)
        if answer.ok:
            return updates_of(answer.result, self._names or ())
        if answer.code == 408 and answer.zalo:  # the idle end of a poll
            return ()
        # What Zalo says while a webhook is set is not known, so it is asked whether one is.
        hook = answer.zalo and (answer.code == 409 or (answer.code in (400, 404) and await self.hook_info()))
        if hook:
            raise Conflict("webhook", 30.0)
        raise fault(answer)

    def hooked(self, headers: Mapping[str, str], body: bytes) -> Sequence[Update] | None:
        """What a webhook's request brings: nothing for the probe that setting it sends; None for a wrong secret."""
        given = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        expected = self._secret.encode("utf-8", "replace")
        if not expected or not hmac.compare_digest(given.encode("utf-8", "replace"), expected):
            return None
        if not body.strip():
            return ()
        content = read_json(body) if len(body) <= MOST_BODY else None
        if content is None:
            log.warning("zalo: a webhook request of %s bytes could not be read", len(body))
            return ()
        return updates_of(content, self._names or ())

    async def fetch(self, file: Mapping[str, Any]) -> bytes:
        """A photo, from the allowed hosts only; Zalo hands on nothing else. Raises FileGone, ChannelError."""
        if file.get("kind") != "photo" or not isinstance(file.get("url"), str):
            raise FileGone("not_allowed")
        return await fetch_photo(self._http, file["url"], self._media_hosts)

    async def taken(self, update: Update) -> None:
        """There are no taps to answer."""

    # ---- what goes out

    async def send(self, outgoing: Outgoing) -> Result:
        """One try, in as many messages of plain text as it takes. The buttons become numbers in the last line; each
        picture is a message more."""
        text = with_answers(plain(outgoing.text).strip(), outgoing.buttons)
        first_line = catalogue.text("channel.repeat")
        fresh = not outgoing.repeat and not outgoing.places
        left = parts_of(text, first_line=first_line, fresh=fresh)[len(outgoing.places) :]
        if outgoing.repeat and left:
            left[0] = f"{first_line}\n{left[0]}"
        calls: list[tuple[str, dict[str, Any]]] = [("sendMessage", {"text": one}) for one in left]
        sent = await self._send_all(outgoing.chat_id, calls, outgoing.places)

        async def show(one: Picture) -> Result:
            return await self.send_photo(outgoing.chat_id, one.url, one.caption)

        if not isinstance(sent, Sent) or not outgoing.pictures:
            return sent
        return replace(sent, pictures=await followed("zalo", outgoing.pictures, show))

    async def send_photo(self, chat_id: str, url: str, caption: str = "") -> Result:
        """A picture that lies at a public address, which Zalo fetches before it answers; a caption that is too long
        goes on in messages of its own. Later("no_photo") when Zalo refuses: it may not have got the picture."""
        parts = parts_of(plain(caption).strip(), first_line="", fresh=True)
        photo = {"photo": url, **({"caption": parts[0]} if parts else {})}
        rest = [("sendMessage", {"text": one}) for one in parts[1:]]
        return await self._send_all(chat_id, [("sendPhoto", photo), *rest], ())

    async def _send_all(self, chat_id: str, calls: list[tuple[str, dict[str, Any]]], places: tuple[str, ...]) -> Result:
        before = len(places)
        for method, fields in calls:
            seconds = PHOTO_SECONDS if method == "sendPhoto" else None
            try:
                answer = await self._client.call(method, {"chat_id": chat_id, **fields}, seconds)
            except NoAnswer as lost:
                return unanswered(lost, places, len(places) > before)
            if not answer.ok:
                return refused(answer, method, places, len(places) > before)
            places = (*places, place(answer.result))
        return Sent(places)

    # ---- the bot and its webhook

    async def start(self) -> None:
        """Learn the name in groups, once. Raises ChannelError."""
        if self._names is None:
            await self.me()

    async def me(self) -> ZaloBot:
        """Who the bot is; from then on it knows its name in groups. Raises ChannelError."""
        result = await self._asked("getMe", {})
        name = str(result.get("display_name") or "")
        account = str(result.get("account_name") or "")
        self._names = tuple(one for one in (name, account) if one)
        return ZaloBot(str(result.get("id") or ""), name or account, result.get("can_join_groups") is True)

    async def set_hook(self, url: str) -> str:
        """Have updates sent to this address (public, https). What Zalo's own try of it gave: webhook.ok,
        webhook.http.403, webhook.err.tls…; empty when it did not try. It is set even when the try failed.
        Raises ChannelError; http_426: too often today."""
        result = await self._asked("setWebhook", {"url": url, "secret_token": self._secret})
        verification = result.get("verification")
        return str(verification.get("outcome") or "") if isinstance(verification, dict) else ""

    async def drop_hook(self) -> None:
        """Back to polling; also fine when none is set. Raises ChannelError."""
        await self._asked("deleteWebhook", {})

    async def hook_info(self) -> str | None:
        """The address that updates are sent to, None when none is set. Raises ChannelError."""
        answer = await self._call("getWebhookInfo", {})
        if answer.code == 404 and answer.zalo and not answer.ok:
            return None
        if not answer.ok:
            raise fault(answer)
        url = answer.result.get("url") if isinstance(answer.result, dict) else None
        return url if isinstance(url, str) and url else None

    async def _asked(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        answer = await self._call(method, fields)
        if not answer.ok:
            raise fault(answer)
        return answer.result if isinstance(answer.result, dict) else {}

    async def _call(self, method: str, fields: dict[str, Any], seconds: float | None = None) -> Answer:
        try:
            return await self._client.call(method, fields, seconds)
        except NoAnswer as lost:
            why = lost.why
        raise ChannelError(why)
