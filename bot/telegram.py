"""Telegram as a channel, on python-telegram-bot: what comes in by polling or webhook, what goes out, taps and files.

The application has no updater: what comes is kept first, and only then handed to its handlers (`taken`), which do
what Telegram waits for. Nothing of the conversation lives in it.
"""

from __future__ import annotations

import hmac
import json
import logging
import re
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar

import telegram
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, CallbackQueryHandler

from bot import telegram_send
from bot.channel import Button, Capabilities, ChannelError, FileGone, Outgoing, Result, Update
from bot.telegram_parse import KINDS, Me, is_id, parsed
from bot.telegram_request import POLL_SECONDS, Answered, Polling, Wire, fault, quiet

FILE_BYTES = 20 * 1024 * 1024
"""Telegram hands a bot no larger file."""
TAP_SECONDS = 5
"""Telegram is not waited for longer when a tap is answered: what the tap says is still to be done."""
HOOK_BYTES = 1024 * 1024
HOOK_HEADER = "x-telegram-bot-api-secret-token"
_TOKEN = re.compile(r"(\d{1,20}):[A-Za-z0-9_-]{1,128}", re.ASCII)
T = TypeVar("T")
log = logging.getLogger(__name__)


class TelegramChannel:
    """One bot. Making it asks nothing of the network; `start` does.

    `hook_secret`: what Telegram sends with every request to the webhook (letters, digits, _ and -, 256 at most); empty:
    no webhook. `language`: of the adapter's own line, "sent again". Raises ValueError for what cannot be a token.
    """

    capabilities = Capabilities(
        name="telegram", text_limit=telegram_send.LIMIT, buttons=True, files_in=True, reply_to=True, edit=True,
        seconds_between=1.0, per_second=25.0, group_per_minute=20, group_prefix="-", pictures=True, uploads=True,
    )  # fmt: skip

    def __init__(
        self,
        token: str,
        api: str = "https://api.telegram.org",
        *,
        hook_secret: str = "",
        language: str = "vi",
        request: Wire | None = None,
    ) -> None:
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise ValueError("not a Telegram token: digits, a colon, letters and digits")
        quiet()
        api = api.rstrip("/")
        self._me = Me(int(found[1]))
        self._files = f"{api}/file/bot{token}/"
        self._hook_secret, self._language = hook_secret, language
        self._wire, self._polling = request or Wire(), Polling()
        self._next: int | None = None
        # No job queue: what is to be sent lies in the database, and the library would start a scheduler.
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().token(token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
            .request(self._wire).get_updates_request(self._polling).updater(None).job_queue(None).build()
        )  # fmt: skip
        self._application.add_handler(CallbackQueryHandler(_answer_tap))
        self._application.add_error_handler(_failed)
        self._api = self._application.bot

    def __repr__(self) -> str:
        return f"TelegramChannel({self.bot})"

    @property
    def bot(self) -> str:
        """Its id, which is the public half of the token."""
        return str(self._me.id)

    @property
    def username(self) -> str | None:
        """For links (t.me/<username>?start=CODE); None before `start`."""
        return self._me.username

    async def start(self) -> None:
        """Ask who the bot is, once: without it no group is heard by name and no tap answered, so polling and taps begin
        with it; with a webhook the service calls it. Raises Unauthorised, ChannelError; may be called again."""
        await _asked(self._application.initialize())
        self._me = Me(self._me.id, self._api.bot.username)

    async def close(self) -> None:
        """Give its connections back. What was never started has connections too."""
        await self._application.shutdown()
        await self._wire.shutdown()
        await self._polling.shutdown()

    async def send(self, outgoing: Outgoing) -> Result:
        """One try; see the port."""
        return await telegram_send.send(self._api, outgoing, self._language)

    async def show_buttons(self, chat_id: str, place: str, buttons: Sequence[Button]) -> Result:
        """Leave only these under the message; Refused("not_editable") when it can no longer be changed."""
        return await telegram_send.show_buttons(self._api, chat_id, place, buttons)

    async def poll(self) -> Sequence[Update]:
        """What has come. That it is asked again tells Telegram that all before is kept: the offset is sent then, and
        lost with the process until then. Raises Conflict, Unauthorised, ChannelError."""
        await self.start()
        await _asked(self._api.get_updates(offset=self._next, timeout=POLL_SECONDS, allowed_updates=KINDS))
        came, self._polling.came = self._polling.came, []
        ids = [one["update_id"] for one in came if isinstance(one, dict) and is_id(one.get("update_id"))]
        if ids:
            self._next = max(ids) + 1
        return [update for one in came if (update := parsed(one, self._me)) is not None]

    def hooked(self, headers: Mapping[str, str], body: bytes) -> Sequence[Update] | None:
        """What a request to the webhook brings; None when its secret is wrong, or it is no JSON of at most 1 MB."""
        said = next((value for name, value in headers.items() if name.lower() == HOOK_HEADER), "")
        right = hmac.compare_digest(said.encode("utf-8", "replace"), self._hook_secret.encode())
        if not self._hook_secret or not right or len(body) > HOOK_BYTES:
            return None
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return None
        update = parsed(raw, self._me)
        return [] if update is None else [update]

    async def taken(self, update: Update) -> None:
        """Answer a tap: until then the button turns on the person's screen. Nothing else is waited for."""
        if update.press_id is None:
            return
        try:
            await self.start()
            await self._application.process_update(telegram.Update.de_json(dict(update.raw), self._api))
        except Exception as error:  # whatever the library makes of a raw update, the work on it goes on
            log.warning("telegram: a tap could not be answered: %s", type(error).__name__)

    async def fetch(self, file: Mapping[str, Any]) -> bytes:
        """The content of one of `Incoming.files`. Raises FileGone(too_big, gone), ChannelError."""
        size = file.get("size")
        if isinstance(size, int) and size > FILE_BYTES:
            raise FileGone("too_big")
        there = await _asked(self._api.get_file(str(file.get("id") or "")), _gone)
        if (there.file_size or 0) > FILE_BYTES:
            raise FileGone("too_big")
        # The library would read a path that exists on this machine from this machine.
        if not (there.file_path or "").startswith(self._files):
            raise FileGone("gone")
        return bytes(await _asked(there.download_as_bytearray(read_timeout=30), _gone))

    async def set_hook(self, url: str) -> None:
        """Have updates sent to `url` (https) with the hook's secret; polling is then a Conflict. Raises ChannelError,
        ValueError without a secret."""
        if not self._hook_secret:
            raise ValueError("a webhook needs a secret")
        await _asked(self._api.set_webhook(url, allowed_updates=KINDS, secret_token=self._hook_secret))

    async def drop_hook(self) -> None:
        """Back to polling; what waits stays waiting. Raises ChannelError."""
        await _asked(self._api.delete_webhook())

    async def hook_info(self) -> Mapping[str, Any]:
        """What Telegram says of the webhook: "url" (empty: none), "pending_update_count", "last_error_message"…"""
        return (await _asked(self._api.get_webhook_info())).to_dict()

    async def set_commands(self, chat_id: str, commands: Sequence[tuple[str, str]]) -> None:
        """The menu of one chat: (command without its slash, what it does). Raises ChannelError."""
        menu = [BotCommand(command, words) for command, words in commands]
        await _asked(self._api.set_my_commands(menu, scope=BotCommandScopeChat(chat_id)))


async def _answer_tap(update: telegram.Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
    if update.callback_query is None:
        return
    try:
        await update.callback_query.answer(read_timeout=TAP_SECONDS)
    except Answered as error:
        # "query is too old": the tap itself is kept, so it is carried out all the same.
        log.info("telegram: a tap was answered too late: %s", error.code)


async def _failed(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Without a handler of errors the library logs the whole update."""
    log.warning("telegram: a tap could not be answered: %s", type(context.error).__name__)


def _gone(error: TelegramError) -> ChannelError:
    """A file that Telegram does not have, or does not hand out."""
    if isinstance(error, Answered) and error.code in (400, 404) and error.description:
        if "too big" in error.description:
            return FileGone("too_big")
        if error.description != "bad request: file is temporarily unavailable":
            return FileGone("gone")
    return fault(error)


async def _asked(call: Awaitable[T], classes: Any = fault) -> T:
    """The answer, or a ChannelError that carries nothing of the library's."""
    try:
        return await call
    except TelegramError as error:
        failed = classes(error)
    except telegram_send.ODD:
        failed = ChannelError("odd_answer")
    raise failed
