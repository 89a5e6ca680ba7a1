"""Webhooks: our side of them, and the command that sets and removes them at a service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app
import config
from bot.polling import begin
from models import clock
from models.channel_state import state_of
from models.message import Inbox
from tests.chat_channels import HOOK_SECRET, on_telegram, on_zalo
from tests.cli import Cli
from tests.telegram_server import TelegramServer, serving_beside
from tests.zalo_server import SECRET as ZALO_SECRET
from tests.zalo_server import Switches, ZaloServer
from web.hooks import LARGEST

HEAD = "tts.truong"
TELEGRAM = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
ZALO = {"X-Bot-Api-Secret-Token": ZALO_SECRET}
SHIPPED = str(config.HOME / "config.toml")
OUTSIDE = '[service]\nbase_url = "https://dondoc.example"\n'
UNREAD = [b"", b"{}", b"null", b"[1]", b'{"update_id": 1, "poll": {}}', b'{"update_id": "x"}']


@pytest.mark.parametrize("body", UNREAD)
async def test_what_says_nothing_is_answered_200_and_not_kept(body: bytes) -> None:
    async with on_zalo() as there:
        assert (await there.browser.post("/hook/zalo", content=body, headers=ZALO)).status_code == 200
        assert there.count(Inbox) == 0


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}, ZALO])
async def test_whoever_does_not_know_the_secret_is_told_nothing_and_nothing_is_read(
    headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with on_telegram(HEAD) as there:
        body = json.dumps({"update_id": 1, "message": {"text": "NV1 xong"}})
        answer = await there.browser.post("/hook/telegram", content=body, headers=headers)
        assert (answer.status_code, answer.content) == (403, b"")
        assert there.count(Inbox) == 0 and "NV1" not in caplog.text and HOOK_SECRET not in caplog.text


async def test_only_channels_that_call_us_have_an_address() -> None:
    async with on_telegram() as there:
        for path, method in (("/hook/zalo", "POST"), ("/hook/web", "POST")):
            assert (await there.browser.request(method, path, headers=TELEGRAM)).status_code == 404
        assert (await there.browser.get("/hook/telegram")).status_code in (404, 405)


async def test_a_body_that_is_far_too_large_is_not_read_to_its_end() -> None:
    async with on_telegram() as there:
        answer = await there.browser.post("/hook/telegram", content=b"x" * (LARGEST + 1), headers=TELEGRAM)
        assert answer.status_code == 413


async def test_the_same_request_again_is_kept_and_answered_once() -> None:
    async with on_telegram(HEAD, hooked=True) as there:
        there.linked(HEAD)
        said = len(there.people[HEAD].sees())
        there.people[HEAD].says("trợ giúp")
        (update,) = there.server.updates.waiting
        await there.turn()
        for _ in range(2):
            assert (await there.browser.post("/hook/telegram", json=update, headers=TELEGRAM)).status_code == 200
        await there.turn()
        assert len(there.people[HEAD].sees()) == said + 1


async def test_a_channel_that_calls_us_is_asked_who_its_bot_is_until_it_says_so(
    caplog: pytest.LogCaptureFixture
) -> None:
    async with on_zalo() as there:
        there.server.fail_next += [503, "drop", 401]
        waits: list[float] = []

        async def sleep(seconds: float) -> None:
            waits.append(seconds)

        channel: Any = there.channels["zalo"]
        await begin(there.office.database, channel, sleep)
        assert waits == [1.0, 2.0, 4.0] and channel._names == ("Bot Nhắc việc", "bot.VDKyGxQvc")
        with there.office.database.read() as session:
            assert state_of(session, "zalo", channel.bot).why == "unauthorised"
        assert there.server.token not in caplog.text


@pytest.mark.parametrize(("only", "runs"), [(None, True), ("bot", True), ("jobs", False), ("web", False)])
async def test_menus_are_looked_after_where_bots_run(only: str | None, runs: bool) -> None:
    async with on_telegram() as there:
        service = there_as_service(there)
        object.__setattr__(service, "channels", there.channels)
        assert (app.make_scheduler(service, only).get_job("menus") is not None) is runs
        object.__setattr__(service, "channels", {"web": there.channels["web"]})
        assert app.make_scheduler(service, only).get_job("menus") is None


def there_as_service(there: Any) -> app.Service:
    """The parts of the service that are asked for."""
    service = object.__new__(app.Service)
    object.__setattr__(service, "database", there.office.database)
    return service


# dondoc webhook


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """An office whose site is at https://dondoc.example."""
    made = Cli(tmp_path)
    whole = (config.HOME / "config.toml").read_text(encoding="utf-8")
    (tmp_path / "config.toml").write_text(whole.replace("[service]\n", OUTSIDE, 1), encoding="utf-8")
    made.env["DONDOC_CONFIG"] = str(tmp_path / "config.toml")
    yield made
    clock.run_free()


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramServer]:
    with serving_beside() as server:
        yield server


@pytest.fixture
def zalo() -> Iterator[ZaloServer]:
    server = ZaloServer(Switches())
    yield server
    server.close()


def at(server: Any) -> dict[str, str]:
    """The environment in which this server is the service."""
    if isinstance(server, ZaloServer):
        return {"DONDOC_ZALO_TOKEN": server.token, "DONDOC_ZALO_API": server.base}
    return {"DONDOC_TELEGRAM_TOKEN": server.token, "DONDOC_TELEGRAM_API": server.address}


def test_telegrams_webhook_is_set_with_a_secret_and_removed(cli: Cli, telegram: TelegramServer) -> None:
    done = cli.run("webhook", "telegram", **at(telegram))
    assert done.exit_code == 0, done.stderr
    assert "đã đặt webhook https://dondoc.example/hook/telegram." in done.stdout
    assert 'channels.telegram = "webhook"' in done.stdout
    hook = telegram.updates.hook
    assert hook["url"] == "https://dondoc.example/hook/telegram" and len(hook["secret_token"]) == 64
    assert hook["secret_token"] not in done.output and telegram.token not in done.output

    done = cli.run("webhook", "telegram", "--remove", **at(telegram))
    assert done.exit_code == 0 and "đã bỏ webhook" in done.stdout and telegram.updates.hook == {}


def test_zalo_says_what_came_of_its_own_try(cli: Cli, zalo: ZaloServer) -> None:
    done = cli.run("webhook", "zalo", **at(zalo))
    assert done.exit_code == 0 and "Kênh zalo báo: webhook.ok." in done.stdout
    assert zalo.hook is not None and zalo.hook.url == "https://dondoc.example/hook/zalo"
    assert zalo.hook.secret not in done.output
    assert cli.run("webhook", "zalo", "--remove", **at(zalo)).exit_code == 0 and zalo.hook is None


def test_a_webhook_that_zalo_cannot_call_is_told_as_not_in_order(
    cli: Cli, zalo: ZaloServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.zalo_server._outcome", lambda status: "webhook.http.403")
    done = cli.run("webhook", "zalo", **at(zalo))
    assert done.exit_code == 1 and "gọi thử không được (webhook.http.403)" in done.stderr


@pytest.mark.parametrize(("words", "env", "status", "says"), [
    (("viber",), {}, 2, "Kênh viber không dùng webhook; kênh dùng được: telegram, zalo."),
    (("zalo",), {}, 1, "chưa đặt DONDOC_ZALO_TOKEN"),
    (("zalo",), {"DONDOC_CONFIG": SHIPPED, "DONDOC_ZALO_TOKEN": "1:t"}, 1, "cần địa chỉ https"),
    (("zalo",), {"DONDOC_ZALO_TOKEN": "1:t", "DONDOC_ZALO_API": "http://127.0.0.1:1"}, 1, "webhook (connect)"),
])  # fmt: skip
def test_what_is_wrong_is_one_sentence(
    cli: Cli, words: tuple[str, ...], env: dict[str, str], status: int, says: str
) -> None:
    done = cli.run("webhook", *words, **env)
    assert done.exit_code == status and says in done.stderr and done.stderr.count("\n") == 1 and done.stdout == ""


def test_a_refused_token_is_one_sentence_without_the_token(cli: Cli, telegram: TelegramServer) -> None:
    env = at(telegram) | {"DONDOC_TELEGRAM_TOKEN": "7:AAwrong"}
    done = cli.run("webhook", "telegram", **env)
    assert done.exit_code == 1 and "(unauthorised)" in done.stderr and "AAwrong" not in done.output
