"""The channels that the settings give tokens for, and what the chats need of the office: chosen here, for `app.py`."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import select

from bot.channel import Channel, Chatting
from bot.desk import Desk
from bot.receiving import FileRefused
from bot.webchat import WebChat
from config import Settings
from intake import ReadingError, SecretDocument, refuse_marked
from models import clock
from models.base import Database
from models.inserting import insert_once
from models.linking import IN_A_MAIL, WEB, new_code
from models.organisation import Contact, ContactState, Person

log = logging.getLogger(__name__)


def make_channels(settings: Settings, database: Database) -> dict[str, Channel]:
    """Every channel that can be used, by name; the browser chat always is. Asks nothing of the network."""
    made: dict[str, Channel] = {"web": WebChat(), **make_chatting(settings)}
    if settings.mail is not None and "email" in settings.channels:
        from bot.email import EmailChannel, MailServer

        mail = settings.mail
        server = MailServer(mail.host, mail.port, mail.user, settings.smtp_password, mail.sender, mail.security)
        made["email"] = EmailChannel(server, way_in(settings, database), settings.language)
        take_addresses(database, desk_of(settings, made))
    return made


def make_chatting(settings: Settings) -> dict[str, Chatting]:
    """Those in which people write to us: the browser is the site's own matter, mail only goes out."""
    made: dict[str, Chatting] = {}
    if settings.telegram_token and "telegram" in settings.channels:
        from bot.telegram import TelegramChannel

        made["telegram"] = TelegramChannel(settings.telegram_token, settings.telegram_api,
                                           hook_secret=hook_secret(settings, "telegram"),
                                           language=settings.language)  # fmt: skip
    if settings.zalo_token and "zalo" in settings.channels:
        from bot.zalo import ZaloChannel

        made["zalo"] = ZaloChannel(settings.zalo_token, settings.zalo_api, hook_secret=hook_secret(settings, "zalo"),
                                   monthly=settings.zalo_monthly, people=settings.zalo_people)  # fmt: skip
    return made


def chatting(channels: Mapping[str, Channel]) -> dict[str, Chatting]:
    """Of these, those in which people write to us."""
    return {name: one for name, one in channels.items() if name in ("telegram", "zalo")}  # type: ignore[misc]


def desk_of(settings: Settings, channels: dict[str, Channel]) -> Desk:
    """What the chats need of the office."""
    people = {name: one.capabilities.people for name, one in channels.items() if one.capabilities.people}
    uploads = frozenset({"zalo"}) & channels.keys()  # photos only: documents come by a page of the site
    return Desk(settings.secret(), public_url(settings), settings.channels, people, uploads)


def ways_in(channels: Mapping[str, Channel]) -> Callable[[str], dict[str, str]]:
    """For a code that links: the addresses at which a person finds us, as far as they are known. Telegram's carries the
    code; Zalo's only opens the chat."""

    def addresses(code: str) -> dict[str, str]:
        found = {}
        if username := getattr(channels.get("telegram"), "username", None):
            found["telegram"] = f"https://t.me/{username}?start={code}"
        if bot := getattr(channels.get("zalo"), "bot", None):
            found["zalo"] = f"https://bot.zaloplatforms.com/bots/{bot}"
        return found

    return addresses


def public_url(settings: Settings) -> str:
    """The site's address if people outside this machine can open it, else nothing."""
    host = urlsplit(settings.base_url).hostname or ""
    try:
        own = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        own = host == "localhost"
    return "" if own else settings.base_url


def picture_address(settings: Settings) -> Callable[[int | str, datetime], str] | None:
    """Where a chat's service finds the picture of an evidence or of a week's report, from a moment (the database's own
    time) on; None when it could not come there: services fetch from public https addresses only."""
    site = public_url(settings)
    if urlsplit(site).scheme != "https":
        return None
    from web.pictures import token

    secret = settings.secret()
    return lambda shown, at: f"{site}/p/{token(secret, shown, at)}"


def hook_secret(settings: Settings, channel: str) -> str:
    """What a service sends with every request to our webhook: made from the office's secret, kept nowhere."""
    return hmac.new(settings.secret(), f"webhook:{channel}".encode(), hashlib.sha256).hexdigest()


def screen(name: str, data: bytes) -> str:
    """A file's media type, if it may be kept as evidence. Raises FileRefused."""
    from web.evidence import TOO_MUCH
    from web.uploads import UnknownFile, Upload, media_type

    if not data:
        raise FileRefused("empty")
    try:
        kind = media_type(Upload(name, data))
    except UnknownFile:
        raise FileRefused("type") from None
    try:
        refuse_marked(name, data)
    except SecretDocument:
        raise FileRefused("secret") from None
    except ReadingError as error:
        raise FileRefused("unscreened" if error.reason in TOO_MUCH else "broken") from None
    return kind


def way_in(settings: Settings, database: Database) -> Callable[[str], str]:
    """A person's own way into the browser chat, for a mail to their address."""

    def link(address: str) -> str:
        with database.write() as session:
            query = select(Contact.person_id).where(Contact.channel == "email", Contact.chat_id == address)
            person_id = session.exec(query).one()
            code = new_code(session, settings.secret(), person_id, WEB, minutes=IN_A_MAIL)
            return f"{settings.base_url}/login/{code}"

    return link


def take_addresses(database: Database, desk: Desk) -> None:
    """Whoever has an address can be written to there."""
    with database.write() as session:
        for person in session.exec(select(Person).where(Person.email != None)).all():  # noqa: E711
            values: dict[str, Any] = {"person_id": person.id, "channel": "email", "chat_id": person.email,
                                      "state": ContactState.ACTIVE, "preference": desk.preference("email"),
                                      "linked_at": clock.now()}  # fmt: skip
            insert_once(session, Contact, **values)
