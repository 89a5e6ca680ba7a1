"""The browser chat: the same conversation as in any other channel, with the same inbox behind it."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.channel import Incoming
from bot.inbox import answer, receive
from models.message import Message
from web import evidence
from web.asking import CHANNEL, Ask, Stop
from web.chat.lines import lines, stamp
from web.uploads import SHOWN_AS_IMAGE, whole_number

LONGEST = 4000
BACK = ("/chat", "/demo")


def show(ask: Ask) -> Response:
    """GET /chat; also the answer to a refused message, with what had been typed."""
    if ask.error and ask.form.get("back") == "/demo" and ask.context.demo is not None:
        from web import demo_page  # it shows this chat, and so imports this file

        return demo_page.show(ask)
    return ask.page("chat.html", **chat_values(ask))


def chat_values(ask: Ask) -> dict[str, Any]:
    """What the chat's templates need."""
    return {"reply": _reply(ask), "lines": lines(ask.session, ask.me.id), "stamp": stamp(ask.session, ask.me.id),
            "key": secrets.token_hex(12),
 "pictures": SHOWN_AS_IMAGE,
            "typed": ask.form.get("text") if ask.error else "", "longest": LONGEST}  # fmt: skip


def _reply(ask: Ask) -> Message | None:
    """The message that the next one answers (`?reply=<id>`), if it is this person's."""
    given = ask.form.number("reply_to") if ask.error else whole_number(ask.request.query_params.get("reply", ""))
    message = ask.session.get(Message, given) if given else None
    return message if message is not None and message.person_id == ask.me.id else None


def log(ask: Ask) -> Response:
    """GET /chat/log: the conversation alone, for the page that updates itself."""
    return ask.page("chat_log.html", **chat_values(ask))


def say(ask: Ask) -> Response:
    """POST /chat: a message, files, or a pressed button. Kept and committed first; the answer is made right after.

    `key` comes from the form: a form sent twice is one message.
    """
    back = ask.form.get("back") if ask.form.get("back") in BACK else BACK[0]
    files = evidence.taken(ask, ask.form.files)
    text, press = ask.form.get("text"), _press(ask)
    if not (text or files or press):
        raise Stop(400, "web.stop.nothing_said")
    if len(text) > LONGEST:
        raise Stop(400, "web.stop.too_long", longest=LONGEST)
    kinds = tuple("photo" if kind in SHOWN_AS_IMAGE else "file" for _, kind in files)
    incoming = Incoming(text=text, press=press, attachments=kinds, reply_to=ask.form.number("reply_to"))
    inbox_id = receive(ask.session, channel=CHANNEL, bot="", message_key=_key(ask), chat_id=ask.me.person.short_id,
                       incoming=incoming, person_id=ask.me.id)  # fmt: skip
    if inbox_id is not None:
        evidence.keep(ask, files, inbox_id=inbox_id)
        # After the commit of this transaction: what was received must survive whatever answering it meets.
        ask.afterwards.append(partial(answer, ask.context.database, inbox_id))
    return Response(status_code=204) if ask.form.get("live") else ask.go(back)


def _key(ask: Ask) -> str:
    """Unique for a person, a page and a button: pressing one button twice is one press, two buttons are two."""
    key = ask.form.get("key")[:40] or secrets.token_hex(12)
    return f"{ask.me.id}:{key}:{ask.form.get('press')[:30]}"


def _press(ask: Ask) -> dict[str, Any] | None:
    """A pressed button: {"prompt", "number", "task"}. Raises Stop for what no button of ours would send."""
    given = ask.form.get("press")
    if not given:
        return None
    prompt, _, rest = given.partition(":")
    number, _, task = rest.partition(":")
    press = {"prompt": whole_number(prompt), "number": whole_number(number), "task": whole_number(task)}
    if press["prompt"] is None or press["number"] is None:
        raise Stop(400, "web.stop.broken_form")
    return press
