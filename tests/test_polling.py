"""Asking a channel: what came is kept before it is acknowledged, and whoever finds another one at it steps down."""

from __future__ import annotations

from typing import Any

import pytest

from bot.polling import FIRST, LONGEST, STEP_DOWN, Poller
from bot.telegram import TelegramChannel
from tests.chat_channels import on_telegram, on_zalo
from tests.chat_office import SITE

HEAD = "tts.truong"


async def test_two_pollers_of_one_bot_keep_and_answer_everything_once() -> None:
    async with on_telegram(HEAD) as there:
        there.linked(HEAD)
        before = len(there.people[HEAD].sees())
        second = TelegramChannel(there.server.token, there.server.address)
        other = Poller(there.office.database, second, there.receiver)
        there.people[HEAD].says("việc của tôi")
        assert there.poller is not None
        await there.poller.step()
        await there.poller.finish()
        await other.step()  # nothing was acknowledged yet: it has the same again
        await other.finish()
        await there.turn()
        await second.close()
        assert len(there.people[HEAD].sees()) == before + 1


async def test_whoever_is_told_that_another_polls_steps_down(caplog: pytest.LogCaptureFixture) -> None:
    async with on_telegram(HEAD) as there:
        there.server.upset(409, "getUpdates")
        assert there.poller is not None and await there.poller.step() == STEP_DOWN
        assert await there.poller.step() == 0.0, "and comes back when the other is gone"
        assert there.server.token not in caplog.text


async def test_a_webhook_that_is_set_is_told_in_the_log_with_what_to_do_and_left_alone(
    caplog: pytest.LogCaptureFixture
) -> None:
    async with on_telegram(HEAD) as there:
        channel: Any = there.channels["telegram"]
        await channel.set_hook(f"{SITE}/hook/telegram")
        assert there.poller is not None and await there.poller.step() == STEP_DOWN
        assert "dondoc webhook CHANNEL --remove" in caplog.text and there.server.updates.hook


async def test_a_webhook_that_is_set_at_zalo_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    async with on_zalo(HEAD) as there:
        channel: Any = there.channels["zalo"]
        await channel.set_hook(f"{SITE}/hook/zalo")
        assert there.poller is not None and await there.poller.step() == STEP_DOWN
        assert "--remove" in caplog.text and there.server.hook is not None


async def test_a_token_that_is_refused_is_not_tried_again_and_again() -> None:
    async with on_telegram(HEAD) as there:
        there.server.upset(401, "getUpdates")
        assert there.poller is not None and await there.poller.step() == STEP_DOWN


async def test_failures_wait_longer_each_time_and_not_for_ever() -> None:
    async with on_telegram(HEAD) as there:
        there.server.upset("drop_before", "getUpdates", times=20)
        assert there.poller is not None
        waits = [await there.poller.step() for _ in range(8)]
        assert waits[0] >= FIRST and waits == sorted(waits) and waits[-1] == LONGEST


async def test_what_could_not_be_kept_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_telegram(HEAD) as there:
        there.linked(HEAD)
        before = len(there.people[HEAD].sees())
        there.people[HEAD].says("việc của tôi")

        def full(*_: Any) -> list[int]:
            raise OSError("no space left")

        assert there.poller is not None
        with monkeypatch.context() as patched:
            patched.setattr("bot.receiving.keep", full)
            with pytest.raises(OSError, match="space"):
                await there.poller.step()
        # The service asks again, as after a restart: with the offset that it had.
        await there.turn()
        assert len(there.people[HEAD].sees()) == before + 1
