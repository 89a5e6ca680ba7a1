"""What each method of the pretend Telegram does, once its parameters are known to fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.telegram_chats import BOT, Chat, Shown
from tests.telegram_checks import Refused, sent_text, taken_buttons

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
FILE_BYTES = 20 * 1024 * 1024
PHOTO_BYTES = 5 * 1024 * 1024
"""Of a picture that Telegram fetches from an address."""
Params = dict[str, Any]


def _chat(server: TelegramServer, params: Params) -> Chat:
    chat = server.chats.get(params.get("chat_id", 0))
    if chat is None:
        raise Refused(400, "Bad Request: chat not found")
    if chat.moved_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refused(400, words, migrate_to_chat_id=chat.moved_to)
    if chat.closed is not None:
        raise Refused(403, chat.closed)
    return chat


def get_me(server: TelegramServer, params: Params) -> Params:
    """The bot itself; without a username when the test took it away."""
    named = {name: value for name, value in BOT.items() if name != "username" or server.has_username}
    return named | {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}


def send(server: TelegramServer, params: Params) -> Params:
    """`sendMessage`."""
    chat = _chat(server, params)
    text, bold = sent_text(params)
    rows, placeholder = taken_buttons(params.get("reply_markup"))
    if server.limits is not None and (wait := server.limits.wait(chat.id)):
        raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    raw: Params = {"message_id": server.number(), "from": BOT, "chat": chat.about, "date": server.date(), "text": text}
    if rows:
        raw["reply_markup"] = params["reply_markup"]
    chat.messages[raw["message_id"]] = Shown(raw, text, bold, rows, placeholder, params.get("parse_mode"))
    return raw


def send_photo(server: TelegramServer, params: Params) -> Params:
    """`sendPhoto`, of a picture at a public address (`server.web`) or one that is sent along."""
    chat, caption, photo = _chat(server, params), str(params.get("caption", "")), params["photo"]
    if not (isinstance(photo, bytes) or photo.startswith("https://")) or len(caption) > 1024:
        raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified", wrong=True)
    if server.limits is not None and (wait := server.limits.wait(chat.id)):
        raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    content = photo if isinstance(photo, bytes) else server.web(photo)
    if content is None:
        raise Refused(400, "Bad Request: failed to get HTTP URL content")
    if not content.startswith((b"\xff\xd8\xff", b"\x89PNG")) or len(content) > PHOTO_BYTES:
        raise Refused(400, "Bad Request: wrong type of the web page content", wrong=True)
    raw: Params = {"message_id": server.number(), "from": BOT, "chat": chat.about, "date": server.date(),
                   "photo": [server.keep(content, "photos") | {"width": 1280, "height": 853}]}  # fmt: skip
    if caption:
        raw["caption"] = caption
    chat.messages[raw["message_id"]] = Shown(raw, caption, picture=content)
    return raw


def edit(server: TelegramServer, params: Params) -> Params:
    """`editMessageReplyMarkup`."""
    shown = _chat(server, params).messages.get(params.get("message_id", 0))
    if shown is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if not shown.raw["from"]["is_bot"]:
        raise Refused(400, "Bad Request: message can't be edited")
    rows, _ = taken_buttons(params.get("reply_markup"))
    if rows == shown.rows:
        raise Refused(400, NOT_MODIFIED)
    shown.rows = rows
    shown.raw.pop("reply_markup", None)
    if rows:
        shown.raw["reply_markup"] = params["reply_markup"]
    return shown.raw


def answer_tap(server: TelegramServer, params: Params) -> bool:
    """`answerCallbackQuery`."""
    tap = params["callback_query_id"]
    if tap not in server.taps:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.taps.discard(tap)
    server.answered.append(tap)
    return True


def get_file(server: TelegramServer, params: Params) -> Params:
    """`getFile`."""
    found = server.files.get(params["file_id"])
    if found is None:
        raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if found.size > FILE_BYTES:
        raise Refused(400, "Bad Request: file is too big")
    return {"file_id": params["file_id"], "file_unique_id": "u", "file_size": found.size, "file_path": found.path}


def set_commands(server: TelegramServer, params: Params) -> bool:
    """`setMyCommands`, of one chat."""
    chat = _chat(server, params.get("scope", {}))
    for one in params["commands"]:
        if not (1 <= len(one["command"]) <= 32 and 1 <= len(one["description"]) <= 256):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID", wrong=True)
    chat.menu = [(one["command"], one["description"]) for one in params["commands"]]
    return True


DOES: dict[str, Callable[[TelegramServer, Params], Any]] = {
    "getMe": get_me,
    "sendMessage": send,
    "sendPhoto": send_photo,
    "editMessageReplyMarkup": edit,
    "answerCallbackQuery": answer_tap,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "setWebhook": lambda server, params: server.updates.set_hook(params),
    "deleteWebhook": lambda server, params: server.updates.drop_hook(params),
    "getWebhookInfo": lambda server, params: server.updates.info(params),
}
