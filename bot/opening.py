"""A way into the board from a chat: who asks for it in the own private chat gets a link that signs in, once."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from sqlmodel import Session

from bot import commands, texts
from bot.channel import Incoming
from bot.desk import Desk
from bot.linking_talk import language_of
from models import event
from models.linking import MINUTES, WEB, new_code
from models.pairing import Chat
from models.weekly import frozen_weeks

_POLITE = r"(?: (?:a|giup|voi|nhe))?"
_BOARD = re.compile(
    rf"(?:(?:mo|vao) (?:bang|trang web|trang)(?: theo doi)?|(?:link |lien ket )?dang nhap|open (?:the )?board|sign in)"
    rf"{_POLITE}"
)
_REPORT = re.compile(rf"(?:mo bao cao(?: tuan)?|open (?:the )?(?:weekly )?report){_POLITE}")
LONGEST = 60
"""Letters of a message that can be meant so."""


def opened(session: Session, chat: Chat, person_id: int, incoming: Incoming, desk: Desk) -> str | None:
    """The link that "mở bảng", "mở báo cáo" or "đăng nhập" asks for; None: the words mean something else.

    Only here, in the person's own chat, and only when asked for: a link that signs in must not stand in a message that
    is passed on to others.
    """
    said = _plain(commands.spelled(incoming.text))
    if incoming.press is not None or len(said) > LONGEST:
        return None
    report = _REPORT.fullmatch(said) is not None
    if not report and _BOARD.fullmatch(said) is None:
        return None
    language = language_of(session, person_id)
    if not desk.base_url:
        return texts.text("open.no_address", language)
    token = new_code(session, desk.secret, person_id, WEB)
    event.record(session, f"person:{person_id}", "signin_link", actor_id=person_id, facts={"channel": chat.channel},
                 channel=chat.channel, announced=True)  # fmt: skip
    newest = next(iter(frozen_weeks(session, 1)), None) if report else None
    path = f"/reports/week/{newest.week.isoformat()}" if newest else "/reports" if report else ""
    link = f"{desk.base_url}/login/{token}" + (f"?next={quote(path)}" if path else "")
    return texts.text("open.report" if report else "open.board", language, link=link, minutes=MINUTES[WEB])


def _plain(words: str) -> str:
    """Small letters without marks, one blank between words: "Mở bảng ạ." is "mo bang a"."""
    apart = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split()).strip(" .!,")
