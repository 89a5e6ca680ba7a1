"""What comes back of a call to Zalo, or does not: every shape of an answer, and every way to lose a connection."""

from __future__ import annotations

import httpx
import pytest

from bot.channel import ChannelError, Down, Later, Outgoing, Result, Sent, Spent, Unknown
from bot.zalo import ZaloChannel
from tests.zalo_server import TOKEN


@pytest.mark.parametrize(
    "answer",
    [
        {}, [], None, "x", {"ok": "true"}, {"ok": False}, {"ok": False, "error_code": None, "description": 7},
        {"ok": False, "error_code": "x"}, {"ok": False, "error_code": True}, {"ok": False, "error_code": -5},
    ],
)  # fmt: skip
async def test_an_answer_of_another_shape_leaves_it_open(answer: object) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=answer))) as http:
        result = await ZaloChannel(TOKEN, client=http).send(Outgoing("1", "Tin"))
    assert result == Unknown("odd_answer")


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ({"ok": True, "error_code": 0, "result": {"message_id": "a1"}}, Sent(("a1",))),
        ({"ok": True, "result": {"message_id": 17}}, Sent(("17",))),
        ({"ok": True}, Sent(("?",))),
        ({"ok": True, "result": [1]}, Sent(("?",))),
        ({"ok": False, "error_code": "401"}, Down(60.0, "unauthorised")),
        ({"ok": False, "errorCode": 429}, Spent("quota")),
    ],
)
async def test_an_envelope_is_read_tolerantly(answer: object, result: Result) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=answer))) as http:
        assert await ZaloChannel(TOKEN, client=http).send(Outgoing("1", "Tin")) == result


async def test_success_needs_a_good_status_too() -> None:
    answer = httpx.Response(502, json={"ok": True, "result": {"message_id": "1"}})
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer)) as http:
        assert await ZaloChannel(TOKEN, client=http).send(Outgoing("1", "Tin")) == Unknown("http_502")


async def test_a_gateway_that_is_busy_is_not_the_quota_of_the_month() -> None:
    busy = httpx.Response(429, text="<html>slow down</html>", headers={"Retry-After": "7"})
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: busy)) as http:
        assert await ZaloChannel(TOKEN, client=http).send(Outgoing("1", "Tin")) == Later(7.0, "flood")


async def test_no_connection_is_the_channel_s_and_nothing_was_sent() -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        result = await ZaloChannel(TOKEN, "http://127.0.0.1:1", client=http).send(Outgoing("1", "Tin"))
    assert result == Down(5.0, "connect")


LOST = [
    (httpx.ConnectError, Down(5.0, "connect")),
    (httpx.ConnectTimeout, Down(5.0, "connect")),
    (httpx.PoolTimeout, Down(5.0, "connect")),
    (httpx.ProxyError, Down(5.0, "connect")),
    (httpx.ReadTimeout, Unknown("timeout")),
    (httpx.WriteTimeout, Unknown("timeout")),
    (httpx.ReadError, Unknown("dropped")),
    (httpx.WriteError, Unknown("dropped")),
    (httpx.RemoteProtocolError, Unknown("dropped")),
    (httpx.DecodingError, Unknown("dropped")),
]


@pytest.mark.parametrize(("fault", "result"), LOST)
async def test_a_lost_connection_is_classed_by_whether_the_message_was_written(
    fault: type[httpx.RequestError], result: Down | Unknown
) -> None:
    def lose(_: httpx.Request) -> httpx.Response:
        raise fault("lost")

    async with httpx.AsyncClient(transport=httpx.MockTransport(lose)) as http:
        bot = ZaloChannel(TOKEN, client=http)
        assert await bot.send(Outgoing("1", "Tin")) == result
        with pytest.raises(ChannelError) as raised:
            await bot.poll()
    assert raised.value.why == result.why


@pytest.mark.parametrize(("fault", "why"), [(httpx.ConnectError, "connect"), (httpx.ReadTimeout, "timeout")])
async def test_a_connection_lost_between_parts_keeps_the_place_of_the_first(
    fault: type[httpx.RequestError], why: str
) -> None:
    answers = [httpx.Response(200, json={"ok": True, "result": {"message_id": "a1"}})]

    def answer(_: httpx.Request) -> httpx.Response:
        if not answers:
            raise fault("lost")
        return answers.pop()

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        result = await ZaloChannel(TOKEN, client=http).send(Outgoing("1", "việc " * 500))
    assert isinstance(result, Later | Unknown)
    assert (result.why, result.places) == (why, ("a1",))
