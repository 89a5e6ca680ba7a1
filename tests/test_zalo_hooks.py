"""A webhook's requests: its secret first, then an event in either shape, or nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zalo import ZaloChannel
from tests.test_zalo_updates import TEXT
from tests.zalo_server import SECRET, TOKEN

HOOKED = ZaloChannel(TOKEN, hook_secret=SECRET)


@pytest.mark.parametrize("header", ["X-Bot-Api-Secret-Token", "x-bot-api-secret-token"])
def test_a_request_with_the_secret_is_read(header: str) -> None:
    for body in (TEXT, {"ok": True, "result": TEXT}):
        updates = HOOKED.hooked({"User-Agent": "Java/1.8.0_192", header: SECRET}, json.dumps(body).encode())
        assert updates is not None and [update.incoming.text for update in updates] == ["Xin chào"]


@pytest.mark.parametrize("secret", [None, "", "mykey-abcyx", SECRET + "z", SECRET.upper(), "khoá-bí-mật-\ud800"])
def test_a_wrong_secret_reads_nothing(monkeypatch: pytest.MonkeyPatch, secret: str | None) -> None:
    monkeypatch.setattr("bot.zalo.read_json", lambda _: pytest.fail("it was read"))
    assert HOOKED.hooked({} if secret is None else {"X-Bot-Api-Secret-Token": secret}, b"{}") is None


def test_a_bot_without_a_webhook_takes_no_request() -> None:
    assert ZaloChannel(TOKEN).hooked({"X-Bot-Api-Secret-Token": ""}, b"{}") is None


@pytest.mark.parametrize("secret", ["short", "x" * 257])
def test_a_secret_that_zalo_would_not_take_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="8 to 256") as raised:
        ZaloChannel(TOKEN, hook_secret=secret)
    assert secret not in str(raised.value)


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"{", b"\xff\xfe\xff", b"[" * 100_000, b"1" * 10_000, b'"' + b"x" * 1_100_000 + b'"', b"null"]
)
def test_the_empty_probe_and_what_is_no_event_bring_nothing(body: bytes) -> None:
    assert HOOKED.hooked({"X-Bot-Api-Secret-Token": SECRET}, body) == ()


@given(body=st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    HOOKED.hooked({"X-Bot-Api-Secret-Token": SECRET}, body)
