"""What goes wrong between a chat and the office: said once, done once."""

from __future__ import annotations

from typing import Any

import pytest

from models.message import Inbox
from tests.chat_channels import on_telegram
from tests.chat_office import ChatOffice
from tests.chat_trouble import HEAD, OTHER, begun, both, said

pytest_plugins = ["tests.chat_fixtures"]


async def test_an_update_that_comes_again_is_nothing_new(there: ChatOffice) -> None:
    before = said(there)
    there.people[HEAD].says("việc của tôi")
    (update,) = there.server.updates.waiting
    await there.turn()
    there.server.updates.waiting.append(update)
    there.channels["telegram"]._next = update["update_id"]  # type: ignore[attr-defined]
    await there.turn()
    assert said(there) == before + 1 and there.count(Inbox, Inbox.message_key == str(update["update_id"])) == 1


@pytest.mark.parametrize("how", [429, 502, 503, "drop_before", "page", "not_json"])
async def test_a_poll_that_fails_is_asked_again_and_loses_nothing(there: ChatOffice, how: Any) -> None:
    before = said(there)
    there.people[HEAD].says("việc của tôi")
    there.server.upset(how, "getUpdates")
    await there.turn()
    assert said(there) == before + 1 and "NV1" in there.heard(HEAD)


async def test_a_chat_that_must_wait_holds_up_nobody_in_its_slot(there: ChatOffice) -> None:
    await both(there, "2023-07-24 13:30")
    before = said(there), said(there, OTHER)
    there.server.upset(429, "sendMessage", retry_after=40)
    await there.turn()
    got = said(there) - before[0], said(there, OTHER) - before[1]
    assert sorted(got) == [0, 1], "one has it, the other waits"
    there.later(1)
    there._seconds += 60
    await there.turn()
    assert said(there) == before[0] + 1 and said(there, OTHER) == before[1] + 1
    assert not any("Gửi lại" in text for who in (HEAD, OTHER) for text in there.people[who].sees())


@pytest.mark.parametrize("how", [502, "drop_before", "drop_after"])
async def test_what_may_have_arrived_comes_once_more_and_says_so(there: ChatOffice, how: Any) -> None:
    before = said(there)
    there.server.upset(how, "sendMessage")
    await there.says(HEAD, "việc của tôi")
    there.later(1)
    await there.turn()
    seen = there.people[HEAD].sees()[before:]
    assert len(seen) == (2 if how == "drop_after" else 1) and seen[-1].startswith("(Gửi lại")


async def test_a_service_that_hangs_is_given_up_and_what_it_did_is_marked() -> None:
    async with begun(on_telegram, read=0.3) as there:
        before = said(there)
        there.server.upset("hang", "sendMessage")
        await there.says(HEAD, "việc của tôi")
        there.later(1)
        await there.turn()
        seen = there.people[HEAD].sees()[before:]
        assert len(seen) == 2 and seen[1].startswith("(Gửi lại") and "NV1" in seen[1]


async def test_what_certainly_did_not_arrive_comes_as_if_for_the_first_time(there: ChatOffice) -> None:
    before = said(there)
    there.server.upset(503, "sendMessage")
    await there.says(HEAD, "việc của tôi")
    there.later(1)
    there._seconds += 60
    await there.turn()
    seen = there.people[HEAD].sees()[before:]
    assert len(seen) == 1 and not seen[0].startswith("(Gửi lại")


@pytest.mark.parametrize("fault", [408, 500, 502, "drop", "drop_after"])
async def test_on_zalo_what_may_have_arrived_comes_once_more(zalo: ChatOffice, fault: Any) -> None:
    before = said(zalo)
    zalo.server.fail_next.append(fault)
    await zalo.says(HEAD, "việc của tôi")
    zalo.later(1)
    await zalo.turn()
    seen = zalo.people[HEAD].sees()[before:]
    assert seen[-1].startswith("(Gửi lại") and len(seen) == (2 if fault == "drop_after" else 1)


@pytest.mark.parametrize("fault", [502, "drop", "page", 408, 429])
async def test_on_zalo_a_poll_that_fails_is_asked_again(zalo: ChatOffice, fault: Any) -> None:
    before = said(zalo)
    zalo.people[HEAD].says("việc của tôi")
    zalo.server.fail_polls.append(fault)
    await zalo.turn()
    assert said(zalo) == before + 1 and "NV1" in zalo.heard(HEAD)


async def test_on_zalo_a_service_that_hangs_is_given_up(zalo: ChatOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.zalo_client.CALL_SECONDS", 0.2)
    before = said(zalo)
    zalo.server.fail_next.append("hang")
    await zalo.says(HEAD, "việc của tôi")
    zalo.later(1)
    await zalo.turn()
    assert len(zalo.people[HEAD].sees()[before:]) == 2 and zalo.heard(HEAD).startswith("(Gửi lại")


async def test_on_zalo_a_chat_that_fails_holds_up_nobody_in_its_slot(zalo: ChatOffice) -> None:
    await both(zalo, "2023-07-24 13:30")
    before = said(zalo), said(zalo, OTHER)
    zalo.server.fail_next += [503]
    await zalo.turn()
    assert sorted((said(zalo) - before[0], said(zalo, OTHER) - before[1])) == [0, 1]
    zalo.later(1)
    await zalo.turn()
    assert (said(zalo), said(zalo, OTHER)) == (before[0] + 1, before[1] + 1)
