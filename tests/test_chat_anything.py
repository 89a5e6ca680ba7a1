"""Everything else that a telephone can send: answered once, and nothing is changed by it."""

from __future__ import annotations

from functools import partial
from typing import Any

from models.event import Event
from models.message import Inbox
from tests.chat_office import ChatOffice
from tests.chat_trouble import HEAD, said, waiting

pytest_plugins = ["tests.chat_fixtures"]


def anything(there: ChatOffice) -> dict[str, Any]:
    """Name → what sends it on Telegram."""
    person = there.people[HEAD].person
    file = {"file_id": "x", "file_unique_id": "u"}
    return {
        "sticker": lambda: person.sends({"sticker": {**file, "type": "regular", "width": 1, "height": 1}}),
        "location": lambda: person.sends({"location": {"latitude": 16.07, "longitude": 108.22}}),
        "contact": lambda: person.sends({"contact": {"phone_number": "0905", "first_name": "Tuấn"}}),
        "poll": lambda: person.sends({"poll": {"id": "1", "question": "?", "options": []}}),
        "forwarded": lambda: person.says("xong NV1", forward_origin={"type": "user", "date": 1, "sender_user": {}}),
        "edited": lambda: person.edits(person.says("xin chào"), "xong NV1 số 145/BC"),
        "long": lambda: person.says("thiếuphụlục" * 950_000),
        "last year's button": lambda: there.server.tapped(person.who, person.last, "999999:2:1"),
        "no button of ours": lambda: there.server.tapped(person.who, person.last, "\U0001f4a5" * 16),
    }


ANSWERS = {"edited": 2, "long": 0, "link": 0}
"""What was said first has its answer too; that words mean nothing is said once a day, and the sticker came before."""


async def test_anything_is_answered_once_and_changes_nothing(there: ChatOffice) -> None:
    await there.says(HEAD, "việc của tôi")  # something to press under
    events = there.count(Event)
    for kind, sends in anything(there).items():
        before = said(there)
        sends()
        for _ in range(2):
            await there.turn()
            there.later(1)
        assert said(there) - before == ANSWERS.get(kind, 1), kind
        assert there.count(Event) == events and waiting(there) == 0, kind


async def test_anything_on_zalo_is_answered_once_and_changes_nothing(zalo: ChatOffice) -> None:
    person, events = zalo.people[HEAD], zalo.count(Event)
    more = {kind: partial(person.does, kind, link="https://x.invalid/") for kind in ("link", "reaction", "never_seen")}
    does = {"voice": person.sends_voice, "sticker": person.sends_sticker, "file": person.sends_file, **more}
    for kind, sends in does.items():
        before = said(zalo)
        sends()
        await zalo.turn()
        zalo.later(1)
        assert said(zalo) - before == ANSWERS.get(kind, 1), kind
        assert zalo.count(Event) == events and waiting(zalo) == 0, kind


NOBODY: list[dict[str, Any]] = [
    {"inline_query": {"id": "1"}}, {"channel_post": {"text": "x"}}, {"message": 7}, {"callback_query": {"id": 5}},
    {"message": {"chat": {"id": 1, "type": "private"}}},
]  # fmt: skip


async def test_what_nobody_said_is_passed_over(there: ChatOffice) -> None:
    there.server.updates.waiting += [{"update_id": 900_000_000 + n, **raw} for n, raw in enumerate(NOBODY)]
    await there.turn()
    assert there.count(Inbox) == 0


async def test_two_programs_that_answer_each_other_come_to_an_end(there: ChatOffice) -> None:
    """Somebody unknown repeats whatever is said to them."""
    parrot = there.server.person("Parrot")
    parrot.says("xin chào")
    for _ in range(30):
        heard = len(parrot.sees())
        await there.comes()
        if len(parrot.sees()) > heard:
            parrot.says(parrot.sees()[-1])
    assert len(parrot.sees()) <= 12
