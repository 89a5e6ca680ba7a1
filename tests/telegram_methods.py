"""The methods of Telegram's Bot API that we use, each with all its parameters, and whether a request fits them.

Written from Telegram's public description of Bot API 10.1. An object that is not in the table is one that we have no
business sending: a request with it is wrong here, even where Telegram would take it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from tests.telegram_wire import Request

METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {
        "offset": "Integer", "limit": "Integer", "timeout": "Integer", "allowed_updates": "Array of String",
    },
    "setWebhook": {
        "url": "String!", "certificate": "InputFile", "ip_address": "String", "max_connections": "Integer",
        "allowed_updates": "Array of String", "drop_pending_updates": "Boolean", "secret_token": "String",
    },
    "deleteWebhook": {"drop_pending_updates": "Boolean"},
    "getWebhookInfo": {},
    "sendMessage": {
        "business_connection_id": "String", "chat_id": "Integer | String!", "message_thread_id": "Integer",
        "direct_messages_topic_id": "Integer", "text": "String!", "parse_mode": "String",
        "entities": "Array of MessageEntity", "link_preview_options": "LinkPreviewOptions",
        "disable_notification": "Boolean", "protect_content": "Boolean", "allow_paid_broadcast": "Boolean",
        "message_effect_id": "String", "suggested_post_parameters": "SuggestedPostParameters",
        "reply_parameters": "ReplyParameters", "reply_markup": "InlineKeyboardMarkup | ForceReply",
    },
    "sendPhoto": {
        "business_connection_id": "String", "chat_id": "Integer | String!", "message_thread_id": "Integer",
        "direct_messages_topic_id": "Integer", "photo": "InputFile | String!", "caption": "String",
        "parse_mode": "String", "caption_entities": "Array of MessageEntity", "show_caption_above_media": "Boolean",
        "has_spoiler": "Boolean",
        "disable_notification": "Boolean", "protect_content": "Boolean", "allow_paid_broadcast": "Boolean",
        "message_effect_id": "String", "suggested_post_parameters": "SuggestedPostParameters",
        "reply_parameters": "ReplyParameters", "reply_markup": "InlineKeyboardMarkup | ForceReply",
    },
    "editMessageReplyMarkup": {
        "business_connection_id": "String", "chat_id": "Integer | String", "message_id": "Integer",
        "inline_message_id": "String", "reply_markup": "InlineKeyboardMarkup",
    },
    "answerCallbackQuery": {
        "callback_query_id": "String!", "text": "String", "show_alert": "Boolean", "url": "String",
        "cache_time": "Integer",
    },
    "getFile": {"file_id": "String!"},
    "setMyCommands": {
        "commands": "Array of BotCommand!", "scope": "BotCommandScopeChat", "language_code": "String",
    },
}  # fmt: skip

OBJECTS: dict[str, dict[str, str]] = {
    "InlineKeyboardMarkup": {"inline_keyboard": "Array of Array of InlineKeyboardButton!"},
    "InlineKeyboardButton": {
        "text": "String!", "icon_custom_emoji_id": "String", "style": "String", "url": "String",
        "callback_data": "String", "web_app": "WebAppInfo", "login_url": "LoginUrl",
        "switch_inline_query": "String", "switch_inline_query_current_chat": "String",
        "switch_inline_query_chosen_chat": "SwitchInlineQueryChosenChat", "copy_text": "CopyTextButton",
        "callback_game": "CallbackGame", "pay": "Boolean",
    },
    "ForceReply": {"force_reply": "Boolean!", "input_field_placeholder": "String", "selective": "Boolean"},
    "LinkPreviewOptions": {
        "is_disabled": "Boolean", "url": "String", "prefer_small_media": "Boolean",
        "prefer_large_media": "Boolean", "show_above_text": "Boolean",
    },
    "BotCommand": {"command": "String!", "description": "String!"},
    "BotCommandScopeChat": {"type": "String!", "chat_id": "Integer | String!"},
}  # fmt: skip

_NUMBER = re.compile(r"-?\d{1,19}", re.ASCII)


class Unfit(Exception):
    """The request does not fit the table; says what and where."""


def form_of(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """The fields of a request, and the content of its files. Raises Unfit for parts that nobody can read."""
    kind = request.headers.get("content-type", "")
    if "multipart" not in kind:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True)), {}
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.body, policy=HTTP)
    form, files = dict[str, str](), dict[str, bytes]()
    for part in whole.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if part.defects or not isinstance(name, str) or not isinstance(content, bytes):
            raise Unfit("a part of the form")
        if part.get_filename() is None:
            form[name] = content.decode()
        else:
            files[name] = content
    return form, files


def fitting(method: str, form: Mapping[str, str], files: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """The parameters of a request, decoded. Raises Unfit for an unknown method, parameter or type.

    Requests come as forms: everything is a string, and what is no string or number is JSON in a string.
    """
    known, uploads = METHODS.get(method), files or {}
    if known is None:
        raise Unfit(f"{method}: no such method")
    if unknown := sorted({*form, *uploads} - set(known)):
        raise Unfit(f"{method}: unknown parameters {unknown}")
    given = {*form, *uploads}
    if missing := sorted(name for name, kind in known.items() if kind.endswith("!") and name not in given):
        raise Unfit(f"{method}: without {missing}")
    if strange := sorted(name for name in uploads if "InputFile" not in known[name]):
        raise Unfit(f"{method}: files in {strange}")
    read = {name: _top(f"{method}.{name}", known[name].rstrip("!"), text) for name, text in form.items()}
    return read | dict(uploads)


def _top(where: str, kind: str, text: str) -> Any:
    if kind in ("String", "InputFile | String"):
        return text
    if kind == "Integer | String":
        return int(text) if _NUMBER.fullmatch(text) else text
    try:
        value = json.loads(text)
    except ValueError:
        raise Unfit(f"{where}: no JSON") from None
    return _checked(where, kind, value)


def _checked(where: str, kind: str, value: Any) -> Any:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Unfit(f"{where}: not a list")
        return [_checked(f"{where}[{n}]", kind.removeprefix("Array of "), one) for n, one in enumerate(value)]
    if kind == "InlineKeyboardMarkup | ForceReply":
        kind = "ForceReply" if isinstance(value, dict) and "force_reply" in value else "InlineKeyboardMarkup"
    if kind in OBJECTS:
        return _object(where, kind, value)
    fits = {"Boolean": isinstance(value, bool), "String": isinstance(value, str),
            "Integer": isinstance(value, int) and not isinstance(value, bool),
            "Integer | String": isinstance(value, int | str) and not isinstance(value, bool)}  # fmt: skip
    if not fits.get(kind, False):
        raise Unfit(f"{where}: not {kind}")
    return value


def _object(where: str, kind: str, value: Any) -> dict[str, Any]:
    known = OBJECTS[kind]
    if not isinstance(value, dict):
        raise Unfit(f"{where}: not {kind}")
    if wrong := sorted(set(value) - set(known)):
        raise Unfit(f"{where}: {kind} has no {wrong}")
    if missing := sorted(name for name, of in known.items() if of.endswith("!") and name not in value):
        raise Unfit(f"{where}: {kind} without {missing}")
    return {name: _checked(f"{where}.{name}", known[name].rstrip("!"), one) for name, one in value.items()}
