"""Linking a chat: a code, the name it belongs to, a yes. And taking the chat away again.

Nothing is told to a stranger but how to be linked; a code that is written in a group is spent: everybody there has
read it.
"""

from __future__ import annotations

import re
from datetime import timedelta

from sqlmodel import Session, col, select

from bot import texts
from bot.channel import Incoming
from bot.desk import Desk
from bot.tell import tell
from models import clock, linking, pairing
from models.message import Kind, Message
from models.organisation import Person, Unit
from models.pairing import Chat
from models.recipients import Directory, posts_of, title_of

_CODE = re.compile(r"(?i)(?<![\w/-])([a-z0-9]{8}|[a-z0-9]{4}[ -][a-z0-9]{4})(?![\w/-])")
_ALONE = re.compile(r"(?i)(?:/?(?:lienket|mã|ma|code)\s*:?\s+)?([a-z0-9]{8})[.!]?")
_SURE = r"(?:[ ,]+(?:là|la|phải|phai|đúng|dung|tôi|toi|em|ạ|a|rồi|roi|nhé|nhe))*"
_YES = re.compile(rf"(?i)(?:1[.):]?\s*)?(?:đúng|dung|phải|phai|vâng|vang|yes|có){_SURE}\s*[.!]?|1{_SURE}[.]?")
_NO = re.compile(rf"(?i)(?:2[.):]?\s*)?(?:không|khong|ko|sai|no|chưa|chua){_SURE}\s*[.!]?|2{_SURE}[.]?")
_TAKE_AWAY = r"(?:hủy|huỷ|huy)\s*(?:liên|lien)\s*(?:kết|ket)"
_UNLINK = re.compile(rf"(?i)/?{_TAKE_AWAY}(?:@\w+)?\s*[.!]?")
_UNLINK_NOW = re.compile(rf"(?i)(?:đồng ý|dong y)\s+{_TAKE_AWAY}\s*[.!]?")
LONGEST = 100
"""Letters of a message that can be about linking."""
QUIET = timedelta(minutes=10)
MOST = 10
"""Answers that a stranger gets in so long, how to be linked only once: two programs must not talk for ever."""


def talk(session: Session, chat: Chat, person_id: int | None, incoming: Incoming, desk: Desk) -> list[str] | None:
    """What is answered in a private chat when the message is about linking, or from a stranger; None: it is for the
    conversation."""
    said = _said(incoming)
    if person_id is None:
        return _strangers(session, chat, said, incoming, desk)
    typed = _code(said, alone=True)
    if incoming.start is not None or (typed and pairing.is_known(session, desk.secret, typed)):
        return [_linked_already(session, person_id, typed, desk)]
    if _UNLINK.fullmatch(said):
        return [texts.text("link.unlink_how", language_of(session, person_id))]
    if _UNLINK_NOW.fullmatch(said):
        return [_unlinked(session, chat, person_id)]
    return None


def spent_in_group(session: Session, incoming: Incoming, desk: Desk) -> str | None:
    """A code that is written in a group is used up, and said to be; None: there is none."""
    typed = _code(_said(incoming))
    person_id = linking.consume(session, desk.secret, typed, linking.CHAT) if typed else None
    return texts.text("link.group", language_of(session, person_id)) if person_id is not None else None


def language_of(session: Session, person_id: int | None) -> str:
    """The person's language; the first one of the house for a stranger."""
    person = session.get(Person, person_id) if person_id is not None else None
    return (person.language if person else None) or "vi"


def _said(incoming: Incoming) -> str:
    said = (incoming.start if incoming.start is not None else incoming.text).strip()
    return said if len(said) <= LONGEST else ""


def _code(said: str, *, alone: bool = False) -> str | None:
    """The one code that is typed; `alone`: with nothing beside it, for somebody whose words mean other things too."""
    if alone:
        whole = _ALONE.fullmatch(said)
        found = [whole.group(1)] if whole else []
    else:
        found = [one.group(1) for one in _CODE.finditer(said)]
        # Two short words are no code in two halves, unless they look like one.
        found = [re.sub("[ -]", "", one) for one in found if len(one) == 8 or one.isupper()]
    codes = [one for one in found if linking.is_code(one)]
    return codes[0] if len(codes) == 1 else None


def _strangers(session: Session, chat: Chat, said: str, incoming: Incoming, desk: Desk) -> list[str]:
    lately = _said_lately(session, chat)
    if pairing.silenced(session, chat) or len(lately) >= MOST:
        return []
    if incoming.edited:
        return _once(texts.text("edited", "vi"), lately) if said else []
    if (typed := _code(said)) is not None:
        return [_entered(session, chat, typed, desk)]
    if incoming.press is None and (asked := pairing.asked(session, chat)) is not None:
        return [_answered(session, chat, asked, said, desk)]
    return _once(texts.text("link", "vi"), lately)


def _once(sentence: str, lately: list[str | None]) -> list[str]:
    return [] if sentence in lately else [sentence]


def _said_lately(session: Session, chat: Chat) -> list[str | None]:
    query = select(Message.text).where(
        Message.channel == chat.channel, Message.chat_id == chat.chat_id, col(Message.person_id).is_(None),
        col(Message.created_at) > clock.now() - QUIET,
    )  # fmt: skip
    return list(session.exec(query.limit(MOST)))


def _entered(session: Session, chat: Chat, code: str, desk: Desk) -> str:
    try:
        return _whose(session, pairing.enter(session, desk.secret, code, chat))
    except pairing.NoSuchCode as error:
        return texts.text("link.wrong" if error.left else "link.silenced", "vi", left=f"{error.left:02d}")
    except pairing.OfAnother:
        return texts.text("link.of_another", "vi")


def _whose(session: Session, person: Person) -> str:
    person_id = person.id or 0
    posts = posts_of(session, person_id, clock.today())
    unit = next((session.get(Unit, post.unit_id) for post in posts if post.unit_id is not None), None)
    title, name = title_of(session, person_id), unit.name if unit else ""
    # "Trưởng phòng Quản lý Văn hóa" has said the unit already.
    parts = (person.name, title, "" if name.casefold() in title.casefold() else name)
    who = ", ".join(part for part in parts if part)
    return texts.text("link.whose", person.language or "vi", who=who)


def _answered(session: Session, chat: Chat, asked: Person, said: str, desk: Desk) -> str:
    """The yes or no to "is this you?"; anything else is asked again."""
    language = asked.language or "vi"
    if _NO.fullmatch(said):
        pairing.refuse(session, chat)
        _went_astray(session, asked)
        return texts.text("link.not_me", language)
    if not _YES.fullmatch(said):
        return _whose(session, asked)
    try:
        person = pairing.accept(session, chat, desk.preference(chat.channel), desk.people.get(chat.channel))
    except pairing.OfAnother:
        return texts.text("link.of_another", language)
    except pairing.NoRoom:
        return texts.text("link.no_room", language)
    return texts.text("link.done", language, name=person.name) if person else texts.text("link.over", language)


def _went_astray(session: Session, meant: Person) -> None:
    occasion = f"astray:{meant.id}:{clock.now().isoformat()}"
    for office in Directory(session, clock.today()).office():
        tell(session, occasion, Kind.ALARM, office, "code_astray", name=meant.name)


def _linked_already(session: Session, person_id: int, typed: str | None, desk: Desk) -> str:
    """A code where it is not needed: one's own is used up, another's is refused and stays good for its owner."""
    language = language_of(session, person_id)
    row = linking.looked_at(session, desk.secret, typed, linking.CHAT) if typed else None
    if row is not None and row.person_id != person_id:
        return texts.text("link.of_another", language)
    if row is not None and typed:
        linking.consume(session, desk.secret, typed, linking.CHAT)
    return texts.text("link.already", language, name=session.get_one(Person, person_id).name)


def _unlinked(session: Session, chat: Chat, person_id: int) -> str:
    here = [one.id or 0 for one in pairing.chats_of(session, person_id)
            if (one.channel, one.bot, one.chat_id) == (chat.channel, chat.bot, chat.chat_id)]  # fmt: skip
    pairing.unlink(session, here, person_id, chat.channel)
    return texts.text("link.unlinked", language_of(session, person_id))
