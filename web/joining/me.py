"""One's own page: who one is here, the chats, the language, the calendar's address, and what is kept."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from sqlmodel import func, select
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from models import feeds, pairing, personnel
from models.event import Event
from models.linking import CHAT, MINUTES
from models.message import Message
from models.organisation import Contact, ContactState, Unit
from web import visits
from web.addresses import ours
from web.asking import CHANNEL, Ask, Stop

LANGUAGES = ("vi", "en")


def show(ask: Ask, **made: Any) -> Response:
    """GET /me. `made`: a calendar address or a code that was just made, shown this once."""
    units = {unit.id: unit for unit in ask.session.exec(select(Unit))}
    posts = [(post, units.get(post.unit_id)) for post in ask.me.posts]
    values: dict[str, Any] = {"address": None, "picture": None, "code": None, "ways": {}, "minutes": MINUTES[CHAT]}
    values |= made
    return ask.page("me.html", posts=posts, chats=pairing.chats_of(ask.session, ask.me.id), active=ContactState.ACTIVE,
                    feed=feeds.feed_of(ask.session, ask.me.person), kept=_kept(ask), languages=LANGUAGES,
                    **values)  # fmt: skip


def language(ask: Ask) -> Response:
    """POST /me/language with `language` (vi, en) and, optionally, `back`: the page to go on with."""
    wanted = ask.form.get("language")
    if wanted not in LANGUAGES:
        raise Stop(400, "web.me.no_language")
    personnel.choose_language(ask.session, ask.me.person, wanted, ask.actor)
    back = ask.form.get("back")
    return RedirectResponse(_page_at(ask, back) if ours(back) else "/me", 303)


def give_code(ask: Ask) -> Response:
    """POST /me/code: a one-time code that links a chat, with QR pictures of the ways in."""
    code = pairing.give_code(ask.session, ask.context.secret, ask.me.id, ask.me.id, CHANNEL)
    ways = {name: (address, qr(address)) for name, address in ask.context.ways_in(code).items()}
    return show(ask, code=code, ways=ways)


def unlink(ask: Ask) -> Response:
    """POST /me/unlink with `chat`: one's own chat is taken away, and every browser is signed out."""
    chat = ask.form.number("chat") or 0
    contact = ask.session.get(Contact, chat)
    if contact is None or contact.person_id != ask.me.id:
        raise Stop(404, "web.people.no_chat")
    pairing.unlink(ask.session, [chat], ask.me.id, CHANNEL)
    return _signed_out(ask)


def make_feed(ask: Ask) -> Response:
    """POST /me/feed: a new calendar address; the old one ends."""
    token = feeds.new_feed(ask.session, ask.context.secret, ask.me.id, ask.actor)
    address = f"{ask.context.base_url}/ics/{token}.ics"
    return show(ask, address=address, picture=qr(address))


def end_feed(ask: Ask) -> Response:
    """POST /me/feed/end."""
    feeds.end_feed(ask.session, ask.me.id, ask.actor)
    return ask.go("/me", done="me_feed_ended")


def sign_out_everywhere(ask: Ask) -> Response:
    """POST /me/sign-out: every browser, this one too, and the calendar's address."""
    feeds.end_feed(ask.session, ask.me.id, ask.actor)
    personnel.sign_out(ask.session, ask.me.person, ask.actor)
    return _signed_out(ask)


def qr(address: str) -> Markup:
    """A QR code as SVG in the page: no picture leaves the machine, and none is kept. Light paper in dark mode too."""
    import segno

    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None))


def _signed_out(ask: Ask) -> Response:
    response = RedirectResponse("/login", 303)
    visits.forget(ask.context, response)
    return response


def _page_at(ask: Ask, address: str) -> str:
    """The page there; of an address that only takes a form, whose answer was being looked at, the page above it."""
    path, question, query = address.partition("?")
    while not _is_page(ask, path):
        path, question, query = path.rstrip("/").rpartition("/")[0] or "/", "", ""
    return f"{path}{question}{query}"


def _is_page(ask: Ask, path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return path == "/" or any(route.matches(scope)[0] is Match.FULL for route in ask.request.app.routes)


def _kept(ask: Ask) -> dict[str, int]:
    """How much is kept that names this person."""
    acts = select(func.count()).where(Event.actor_id == ask.me.id)
    messages = select(func.count()).where(Message.person_id == ask.me.id)
    return {"acts": ask.session.exec(acts).one(), "messages": ask.session.exec(messages).one()}
