"""The table of utterances on every channel: as each service's own messages they say to the conversation what the
browser's do. What the conversation makes of it is then the same function's, tests/test_utterances.py judges that."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from bot.before import Before, before
from bot.channel import Incoming
from bot.desk import Desk
from bot.telegram_parse import Me, parsed
from bot.zalo_updates import updates_of
from models import clock, shown
from models.organisation import Contact
from models.pairing import Chat
from tests.contexts import CONTEXTS, on_stage
from tests.stage import HUNG, Stage
from tests.utterance_rows import ATTACHED, Row, rows

TABLE = rows()
NAME = "Bot Nhắc việc"
PERSON, GROUP, PLACE = 71, -500, 44
DESK = Desk(b"only for tests", "https://dondoc.example", ("telegram", "zalo", "web"), {}, frozenset({"zalo"}))
FILE = {"file_id": "AgAC1", "file_unique_id": "u", "file_size": 9}
ON_TELEGRAM: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**FILE, "width": 9, "height": 9}]},
    "file": {"document": {**FILE, "file_name": "bao-cao.docx"}},
    "unsupported": {"document": {**FILE, "file_name": "bao-cao.docx"}},  # what Zalo does not carry, Telegram does
    "sticker": {"sticker": FILE},
    "voice": {"voice": FILE},
}
ON_ZALO = {"photo": ("image", {"photo_url": "https://x.zdn.vn/1.jpg"}), "sticker": ("sticker", {"sticker": "s"}),
           "voice": ("voice", {"voice_url": "https://x.zdn.vn/1.aac"})}  # fmt: skip


def said(row: Row) -> tuple[str, str | None]:
    """The words of a row, and what comes with them."""
    for mark, (kind,) in ATTACHED.items():
        if row.utterance.startswith(mark):
            return row.utterance[len(mark) :].strip(), kind
    return row.utterance, None


def on_telegram(row: Row, words: str, kind: str | None) -> Incoming:
    group = row.ctx == "G1"
    words = f"@dondoc_bot {words}" if group else words
    body: dict[str, Any] = {"message_id": 45, "date": 1, "from": {"id": PERSON, "is_bot": False}}
    body["chat"] = {"id": GROUP, "type": "group"} if group else {"id": PERSON, "type": "private"}
    body |= ON_TELEGRAM[kind] if kind else {}
    if words:
        body["caption" if kind else "text"] = words
    if row.ctx == "BR":
        body["reply_to_message"] = {"message_id": PLACE, "date": 1, "chat": body["chat"]}
    update = parsed({"update_id": 1, "message": body}, Me(7, "dondoc_bot"))
    assert update is not None and update.user_id == str(PERSON)
    return update.incoming


def on_zalo(row: Row, words: str, kind: str | None) -> Incoming:
    group = row.ctx == "G1"
    words = f"@{NAME} {words}" if group else words
    event, fields = ON_ZALO.get(kind, ("unsupported", {})) if kind else ("text", {"text": words})
    caption = {"caption": words} if kind in ON_ZALO and words else {}  # of a document Zalo hands on nothing
    chat = {"id": str(GROUP if group else PERSON), "chat_type": "GROUP" if group else "PRIVATE"}
    who = {"id": str(PERSON), "is_bot": False}
    message = {"from": who, "chat": chat, "message_id": "m", "date": 1, **fields, **caption}
    (update,) = updates_of({"event_name": f"message.{event}.received", "message": message}, (NAME,))
    assert update.user_id == str(PERSON)
    return update.incoming


CHANNELS: dict[str, Callable[[Row, str, str | None], Incoming]] = {"telegram": on_telegram, "zalo": on_zalo}


@pytest.fixture(scope="module")
def stage() -> Stage:
    """Everybody of the table is linked on both, each in turn from the same chat."""
    made = on_stage("N1")
    made.task_of(12)
    return made


def looked_at(stage: Stage, session: Session, channel: str, row: Row, incoming: Incoming) -> Before:
    """What comes of it on its way to the conversation."""
    who = CONTEXTS[row.ctx][1]
    person_id = stage.people[who] if who else None
    if person_id is not None:
        session.add(Contact(person_id=person_id, channel=channel, bot="7", chat_id=str(PERSON), linked_at=clock.now()))
        session.flush()
    chat = Chat(channel, "7", str(GROUP if incoming.group else PERSON))
    return before(session, chat, person_id, incoming, DESK)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_row_says_the_same_as_in_the_browser(stage: Stage, channel: str, form: Any) -> None:
    wrong, told = [], []
    message = stage.message(HUNG, "due_soon", 12, prompt=False)
    for row in TABLE:
        words, kind = said(row)
        if row.ctx == "BR" and channel == "zalo":
            continue  # it has no reply-to
        came = CHANNELS[channel](row, unicodedata.normalize(form, words), kind)
        with stage.trial() as session:
            shown.keep(session, [shown.Place(message, channel, "7", str(PERSON), str(PLACE))])
            found = looked_at(stage, session, channel, row, came)
        carried = {"unsupported": "file"}.get(kind, kind) if kind and channel == "telegram" else kind
        reply_to = message if row.ctx == "BR" else None
        expected = Incoming(words, reply_to=reply_to, attachments=(carried,) if carried else (), group=row.ctx == "G1")
        if found.incoming is None:
            told.append(row)
            wrong += [] if found.said else [f"{row.id} {row.utterance!r}: not answered"]
        elif bare(found.incoming) != expected:
            wrong.append(f"{row.id} {row.utterance!r}: {bare(found.incoming)}")
        elif found.said:
            wrong.append(f"{row.id} {row.utterance!r}: also said {found.said}")
    assert not wrong, "\n".join(wrong)
    assert [row.id for row in told if not answered_before(row, channel)] == []


def bare(incoming: Incoming) -> Incoming:
    """Without what only its channel knows of it."""
    return replace(incoming, files=(), answers_place=None, album=None)


def answered_before(row: Row, channel: str) -> bool:
    """Is it answered before the conversation: who nobody knows, and on Zalo a document, which gets its page?"""
    return row.ctx == "U1" or (channel == "zalo" and said(row)[1] in ("file", "unsupported"))
