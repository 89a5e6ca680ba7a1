"""Outgoing → Telegram: parts, HTML, buttons, and what became of them. No waiting and no second try but one, as plain
text, when Telegram refuses the first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import replace

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

import catalogue
from bot.channel import Button, Down, Later, Outgoing, Picture, Refused, Result, Sent, Unknown
from bot.pictures import followed
from bot.telegram_parse import callback_data
from bot.telegram_request import Answered, classed
from bot.telegram_text import dressed, parts

LIMIT = 4096
"""UTF-16 units of one message, counted by Telegram after it has read the HTML."""
ROOM = 64
"""Kept free in every part, so that "sent again" fits and changes no cut."""
_A_ROW = {3: 12, 2: 20}
"""Buttons in a row → letters that each may have, to be read on a telephone."""
_KEYBOARD = 100
_PLACEHOLDER = 64
_FILE = "bao-cao-tuan.png"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# What the library raises when a 200 has not the shape it expects: the message may well have arrived.
ODD = (TypeError, ValueError, KeyError, AttributeError)


async def send(bot: Bot, outgoing: Outgoing, language: str) -> Result:
    """One try of all parts that have not arrived yet, one after the other, and of the pictures."""
    whole = parts(outgoing.text, LIMIT - ROOM)
    places = list(outgoing.places[: len(whole)])
    for index in range(len(places), len(whole)):
        repeat = outgoing.repeat and index == len(outgoing.places)
        last = index == len(whole) - 1
        line = f"{catalogue.text('channel.repeat', language)}\n" if repeat else ""
        became = await _part(bot, outgoing.chat_id, line, whole[index], index == 0, _markup(outgoing) if last else None)
        if not isinstance(became, Sent):
            return _with(became, tuple(places))
        places += became.places

    async def show(one: Picture) -> Result:
        photo = one.url if one.make is None else await asyncio.to_thread(one.make)
        if not photo:
            return Refused("no_photo")
        return await _sent(bot.send_photo(outgoing.chat_id, photo, caption=one.caption or None, filename=_FILE))

    return Sent(tuple(places), await followed("telegram", outgoing.pictures, show))


async def show_buttons(bot: Bot, chat_id: str, place: str, buttons: Sequence[Button]) -> Result:
    """Leave these buttons under a message. Whatever Telegram has against it (too old, deleted) is Refused."""
    if not (place.isascii() and place.isdigit()):
        return Refused("not_editable")
    try:
        await bot.edit_message_reply_markup(chat_id, int(place), reply_markup=_keyboard(buttons))
    except Answered as error:
        if error.code == 400 and "not modified" in error.description:
            return Sent((place,))
        became = classed(error)
        return Refused("not_editable") if became == Refused("bad_request") else became
    except TelegramError as error:
        return classed(error)
    except ODD:
        return Unknown("odd_answer")
    return Sent((place,))


async def _part(bot: Bot, chat_id: str, line: str, part: str, first: bool, markup: _Markup) -> Result:
    became = await _once(bot, chat_id, line + dressed(part, first=first), ParseMode.HTML, markup)
    if became == Refused("bad_request"):
        # Most likely its entities, or where a button leads; in plain text the words arrive at least.
        became = await _once(bot, chat_id, line + part, None, _without_links(markup))
    return became


async def _once(bot: Bot, chat_id: str, text: str, mode: str | None, markup: _Markup) -> Result:
    return await _sent(bot.send_message(chat_id, text, parse_mode=mode, reply_markup=markup,
                                        link_preview_options=_NO_PREVIEW))  # fmt: skip


async def _sent(call: Awaitable[Message]) -> Result:
    try:
        sent = await call
    except TelegramError as error:
        return classed(error)
    except ODD:
        return Unknown("odd_answer")
    return Sent((str(sent.message_id),))


def _with(became: Result, places: tuple[str, ...]) -> Result:
    """A try that stopped half way: the parts that arrived are not sent again."""
    if not places:
        return became
    if isinstance(became, Down):
        return Later(became.seconds, became.why, places)
    return replace(became, places=places) if isinstance(became, Later | Unknown) else became


_Markup = InlineKeyboardMarkup | ForceReply | None


def _markup(outgoing: Outgoing) -> _Markup:
    if outgoing.buttons:
        return _keyboard(outgoing.buttons)
    if outgoing.typed:
        return ForceReply(selective=outgoing.group or None, input_field_placeholder=outgoing.typed[:_PLACEHOLDER])
    return None


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup([
        [_button(one) for one in row]
        for row in _rows(buttons[:_KEYBOARD])
    ])  # fmt: skip


def _button(one: Button) -> InlineKeyboardButton:
    if one.url:
        return InlineKeyboardButton(one.label, url=one.url)
    return InlineKeyboardButton(one.label, callback_data=callback_data(one.prompt, one.number, one.task))


def _without_links(markup: _Markup) -> _Markup:
    """The keyboard without the buttons that open a page."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return markup
    rows = [[one for one in row if one.url is None] for row in markup.inline_keyboard]
    return InlineKeyboardMarkup([row for row in rows if row]) if any(rows) else None


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    start = 0
    while start < len(buttons):
        width = next((n for n, letters in _A_ROW.items() if _fits(buttons[start : start + n], letters)), 1)
        yield buttons[start : start + width]
        start += width


def _fits(row: Sequence[Button], letters: int) -> bool:
    return all(len(one.label) <= letters for one in row)
