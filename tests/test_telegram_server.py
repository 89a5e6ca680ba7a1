"""The pretend Telegram is strict: what a program must not do is refused in Telegram's words, and fails the test."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests import telegram_html
from tests.telegram_server import TelegramServer, serving, serving_beside


async def asked(server: TelegramServer, method: str, /, **form: Any) -> tuple[int, dict[str, Any]]:
    values = {name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{server.address}/bot{server.token}/{method}", data=values)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("method", "form", "wrong"),
    [
        ("sendVideo", {}, "no such method"),
        ("sendMessage", {"chat_id": 1}, r"without \['text'\]"),
        ("sendMessage", {"chat_id": 1, "text": "x", "disable_web_page_preview": True}, "unknown parameters"),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "yes"}, "no JSON"),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": 1}, "not Boolean"),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": []}, None),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{}]}, "not MessageEntity"),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": {"off": True}}, "has no"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"keyboard": []}}, "has no"),
        ("getUpdates", {"allowed_updates": "message"}, "no JSON"),
        ("getUpdates", {"offset": 1.5}, "not Integer"),
        ("setMyCommands", {"commands": [{"command": "x"}]}, r"without \['description'\]"),
    ],
)
async def test_what_no_method_takes_is_wrong(method: str, form: dict[str, Any], wrong: str | None) -> None:
    async with serving() as server:
        status, answer = await asked(server, method, **form)
        assert status == 400 and answer["ok"] is False
        if wrong is not None:
            assert len(server.wrongs) == 1
            with pytest.raises(AssertionError, match=wrong):
                await server.stop()
            server.wrongs.clear()
        else:
            assert answer["description"] == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "đ" * 33}]]}},
         "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://a.vn"}]]}},
         "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "1"}]]}},
         "must not be empty"),
        ({"text": "x", "reply_markup": {"force_reply": True, "input_field_placeholder": "x" * 65}}, "too long"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_is_refused_and_wrong(form: dict[str, Any], words: str) -> None:
    async with serving() as server:
        hung = server.person("Hùng")
        status, answer = await asked(server, "sendMessage", chat_id=hung.id, **form)
        assert status == 400 and words in answer["description"]
        assert hung.sees() == [] and len(server.wrongs) == 1
        server.wrongs.clear()


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "<" * 0 + "&lt;" * 4096])
async def test_the_limit_counts_after_the_html_is_read(text: str) -> None:
    async with serving() as server:
        hung = server.person("Hùng")
        assert (await asked(server, "sendMessage", chat_id=hung.id, text=text, parse_mode="HTML"))[0] == 200


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("đ<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(telegram_html.Refusal) as refused:
        telegram_html.shown(source)
    assert str(refused.value) == words


def test_html_is_read() -> None:
    source = '<b>A &amp; B</b> &lt;c&gt; <a href="x">d</a> &#273; "'
    assert telegram_html.shown(source) == ('A & B <c> d đ "', ["A & B"])
    with pytest.raises(telegram_html.Odd, match="nbsp"):
        telegram_html.shown("a&nbsp;b")


async def test_a_wrong_token_is_told() -> None:
    async with serving() as server, httpx.AsyncClient() as client:
        answer = await client.post(f"{server.address}/bot1:x/getMe")
        assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_a_webhook_gets_what_waits_until_it_fails() -> None:
    async with serving() as server:
        came: list[tuple[str, Any]] = []

        async def hook(request: httpx.Request) -> httpx.Response:
            came.append((request.headers["x-telegram-bot-api-secret-token"], json.loads(request.content)))
            return httpx.Response(500 if len(came) == 2 else 200)

        for text in ("một", "hai", "ba"):
            server.person("Hùng").says(text)
        await asked(server, "setWebhook", url="https://a.vn/hook", secret_token="s3")
        async with httpx.AsyncClient(transport=httpx.MockTransport(hook)) as client:
            assert await server.updates.deliver(client) == [200, 500]
            assert await server.updates.deliver(client) == [200, 200]
        assert [(secret, update["message"]["text"]) for secret, update in came] == [
            ("s3", "một"), ("s3", "hai"), ("s3", "hai"), ("s3", "ba")
        ]  # fmt: skip


def test_it_can_run_beside_a_test_that_is_not_asynchronous() -> None:
    with serving_beside() as server:
        server.person("Hùng").says("đã nhận")
        answer = httpx.post(f"{server.address}/bot{server.token}/getUpdates", data={"timeout": "5"})
        assert [one["message"]["text"] for one in answer.json()["result"]] == ["đã nhận"]
