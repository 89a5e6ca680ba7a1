"""Any JSON at all instead of an update of Telegram: it is an update that can be kept, or nothing; it never raises."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel import Incoming, Update
from bot.telegram_parse import parsed
from tests.test_telegram_parse import FILE, GROUP, HUNG, ME, OURS, PRIVATE
from tests.test_telegram_parse_taps import IN, OUT

REAL: list[dict[str, Any]] = [
    {"message": {"message_id": 31, "from": HUNG, "chat": PRIVATE, "text": "/start x", "reply_to_message": OURS}},
    {"message": {"message_id": 31, "from": HUNG, "chat": GROUP, "date": 1, "text": "@dondoc_bot x"}},
    {"edited_message": {"message_id": 31, "from": HUNG, "chat": PRIVATE, "caption": "x", "media_group_id": "1",
                        "photo": [{"file_id": "F", "width": 1, "height": 1}, {"file_id": "G", "width": 2}]}},
    {"message": {"message_id": 31, "from": HUNG, "chat": PRIVATE, "document": {**FILE, "file_name": "x"}}},
    {"message": {"message_id": 31, "from": HUNG, "chat": GROUP, "migrate_to_chat_id": -1}},
    {"callback_query": {"id": "4400", "from": HUNG, "message": OURS, "data": "1:2:3"}},
    {"my_chat_member": {"chat": GROUP, "from": HUNG, "old_chat_member": OUT, "new_chat_member": IN}},
]  # fmt: skip
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 10**400, 1.5, float("nan"), "", "x", "\ud800", [], [None], [[]], {}, {"id": 1}, {"file_id": {}},
     "private", "channel", {"type": []}, {"status": 1}]
)  # fmt: skip
ANYTHING = st.recursive(JUNK, lambda inner: st.lists(inner, max_size=2), max_leaves=4)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: its container and its key."""
    keys: list[Any] = list(value) if isinstance(value, dict) else []
    keys += range(len(value)) if isinstance(value, list) else []
    return [place for key in keys for place in ((value, key), *places(value[key]))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(REAL), st.lists(st.tuples(st.integers(0, 99), JUNK | ANYTHING), min_size=1, max_size=3))
def test_any_json_is_an_update_or_nothing(real: Any, changes: list[tuple[int, Any]]) -> None:
    raw = {"update_id": 5, **copy.deepcopy(real)}
    for number, junk in changes:
        where = places(raw)
        container, key = where[number % len(where)]
        container[key] = copy.deepcopy(junk)
    holds(parsed(raw, ME))
    for _, junk in changes:
        holds(parsed(junk, ME))


def holds(update: Update | None) -> None:
    """What is made of it can be kept and read again."""
    if update is not None:
        assert Incoming.of(json.loads(json.dumps(update.incoming.as_json()))) == update.incoming
        assert all(isinstance(one, str) for one in (update.key, update.chat_id, update.user_id, update.incoming.text))
        update.incoming.text.encode()


@pytest.mark.parametrize("real", REAL)
def test_what_was_changed_at_random_was_an_update(real: dict[str, Any]) -> None:
    assert parsed({"update_id": 5, **real}, ME) is not None
