"""Whatever a stranger writes, nobody is linked without a right code and a yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from models import clock, pairing
from tests.chat_stage import Chats
from tests.stage import HUNG

_MESSAGES = st.one_of(
    st.sampled_from(["1", "đúng", "2", "không", "/start", "mã", "có", "vâng", "hủy liên kết", "đồng ý hủy liên kết"]),
    st.text(alphabet="ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=8, max_size=8),
    st.text(max_size=40),
)
_WAYS = st.sampled_from([{}, {"edited": True}, {"press": {"prompt": 1, "number": 1, "task": None}}, {"group": True},
                         {"start": "AAAAAAAA"}, {"attachments": ("sticker",)},
                         {"attachments": ("forwarded",)}])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_MESSAGES, _WAYS, st.sampled_from(["a", "b"])), max_size=12))
def test_no_stranger_is_linked_without_a_right_code_and_a_yes(said: list[tuple[str, dict[str, Any], str]]) -> None:
    office = Chats()
    code = office.code(HUNG)
    for words, way, chat in said:
        for reply in office.hear(chat, words, **way):
            assert code not in reply.text and "Hùng" not in reply.text
        assert office.linked() == 0
    with office.database.read() as session:
        assert _wrong(session, "a") <= 5 and _wrong(session, "b") <= 5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["code", "1", "2", "alo", "WRQNGAAA"]), max_size=8))
def test_a_chat_is_linked_exactly_when_a_yes_follows_its_code(said: list[str]) -> None:
    office = Chats()
    code, waits, used, linked, wrong = office.code(HUNG), False, False, False, 0
    for words in said:
        office.hear("a", code if words == "code" else words)
        if linked or wrong == pairing.WRONG_AN_HOUR:
            continue
        if words in ("1", "2") and waits:
            linked, used, waits = words == "1", True, False
        elif words in ("code", "WRQNGAAA"):
            waits = words == "code" and not used
            wrong += not waits
    assert office.linked() == int(linked)


def _wrong(session: Session, chat: str) -> int:
    at = clock.database_time(session) - timedelta(hours=1)
    rows = session.exec(select(pairing.WrongCode).where(pairing.WrongCode.at > at))
    return len([one for one in rows if one.chat.endswith(f":{chat}")])
