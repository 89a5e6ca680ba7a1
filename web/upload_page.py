"""A page where one leaves a document that a chat cannot carry: its address came in that chat, and is good once.

Nobody signs in here: the token says whose message it will be, and a chat's own browser knows no session of ours. Chat
programs fetch links, so a GET uses nothing up. What is left goes the way of every message of that chat.
"""

from __future__ import annotations

from functools import partial

from sqlmodel import col, select
from starlette.responses import Response

from bot.channel import Incoming
from bot.inbox import answer, receive
from models import linking
from models.organisation import Contact, ContactState, LinkCode, Person
from models.recipients import title_of
from models.report import add_evidence
from models.task import by_number
from web import evidence, visits
from web.asking import Ask, Stop
from web.prepared import Work
from web.uploads import SHOWN_AS_IMAGE, plain_name


def show(ask: Ask) -> Response:
    """GET /t/<token>: whose message, about which task, and what is taken; also the answer to a refused file."""
    code = linking.looked_at(ask.session, ask.context.secret, _token(ask), linking.UPLOAD)
    response = _page(ask, _usable(ask, code))
    if ask.viewer is None:
        visits.keep(ask.context, response, ask.visit)  # the form needs its token
    return response


def screened(ask: Ask) -> Work:
    """Before files are opened: is the link still good? Opening costs minutes, and strangers get none of them."""
    _usable(ask, linking.looked_at(ask.session, ask.context.secret, _token(ask), linking.UPLOAD))
    return evidence.screened(ask)


def take(ask: Ask) -> Response:
    """POST /t/<token>: the files as the person's message in that chat. The link is used up in the same transaction;
    what is refused rolls that back, and another file can be chosen."""
    code = _usable(ask, linking.used_up(ask.session, ask.context.secret, _token(ask), linking.UPLOAD))
    files = evidence.taken(ask, ask.form.files)
    if not files:
        raise Stop(400, "upload.nothing")
    about, task = code.about, code.about["task"]
    kinds = tuple("photo" if kind in SHOWN_AS_IMAGE else "file" for _, kind in files)
    inbox_id = receive(ask.session, channel=about["channel"], bot=about["bot"], message_key=f"upload:{code.digest}",
                       chat_id=about["chat_id"], person_id=code.person_id,
                       incoming=Incoming(text=f"NV{task}" if task else "", attachments=kinds))  # fmt: skip
    if inbox_id is None:
        raise Stop(410, "upload.over")
    for upload, kind in files:
        add_evidence(ask.session, by_id=code.person_id, name=plain_name(upload.name), media_type=kind,
                     data=upload.data, inbox_id=inbox_id)  # fmt: skip
    # After the commit of this transaction: what was received must survive whatever answering it meets.
    ask.afterwards.append(partial(answer, ask.context.database, inbox_id))
    return _page(ask, code, done=ask.text("upload.done", count=f"{len(files):02d}"))


def _token(ask: Ask) -> str:
    return str(ask.request.path_params["token"])


def _usable(ask: Ask, code: LinkCode | None) -> LinkCode:
    """The code, if the chat it came in is still the person's. Raises Stop."""
    if code is None:
        raise Stop(410, "upload.over")
    chats = select(Contact.id).where(
        Contact.person_id == code.person_id, Contact.channel == code.about["channel"],
        Contact.bot == code.about["bot"], col(Contact.state) == ContactState.ACTIVE,
    )  # fmt: skip
    if ask.session.exec(chats).first() is None:
        raise Stop(410, "upload.over")
    return code


def _page(ask: Ask, code: LinkCode, done: str | None = None) -> Response:
    person, number = ask.session.get_one(Person, code.person_id), code.about["task"]
    return ask.page("upload_page.html", name=person.name, title=title_of(ask.session, code.person_id), done=done,
                    task=by_number(ask.session, number) if number else None, token_of_link=_token(ask))  # fmt: skip
