"""What each answer of a real mail server means for a mail, and what stays secret."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import chain, repeat

import pytest

from bot.channel import Down, Later, Outgoing, Refused, Result, Sent, Unknown
from bot.email import EmailChannel, MailServer
from bot.email_send import Delivery
from models import clock
from tests.mail_server import CERTIFICATE, PASSWORD, SENDER, USER, Post, post_office

HEAD, TEXT = "tts.truong@so.example", "Nhắc việc: 02 nhiệm vụ đến hạn hôm nay\nNV2: Báo cáo kết quả rà soát"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as made:
        yield made


def channel(server: MailServer) -> EmailChannel:
    return EmailChannel(server, lambda address: f"https://dondoc.example/chat?{len(address)}")


async def sent(post: Post) -> Result:
    return await channel(post.server).send(Outgoing(HEAD, TEXT, key="slot:7:2026-11-23T07:30"))


def nothing_listens() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.mark.parametrize(
    ("command", "answer", "result"),
    [
        ("RCPT", "550 5.1.1 no such user", Refused("smtp_550")),
        ("RCPT", "551 moved away", Refused("smtp_551")),
        ("RCPT", "553 5.1.3 not an address", Refused("smtp_553")),
        ("RCPT", "450 4.2.1 greylisted, come again", Later(300, "smtp_450")),
        ("RCPT", "552 5.2.2 mailbox full", Later(300, "smtp_552")),
        ("RCPT", "554 5.7.1 relay access denied", Later(300, "policy")),
        ("RCPT", "530 5.7.0 authentication required", Down(300, "unauthorised")),
        ("RCPT", "421 4.3.2 shutting down", Down(60, "smtp_421")),
        ("MAIL", "451 4.3.0 try again", Later(300, "smtp_451")),
        ("MAIL", "550 5.7.1 not your address", Down(300, "sender")),
        ("MAIL", "530 5.7.0 authentication required", Down(300, "unauthorised")),
        ("DATA", "451 4.3.0 try again", Later(300, "smtp_451")),
        ("DATA", "554 5.6.0 looks like spam", Later(300, "smtp_554")),
        ("DATA", "421 4.3.2 shutting down", Down(60, "smtp_421")),
        ("QUIT", "500 what", Sent(())),
    ],
)
async def test_what_the_server_answers_is_classed(post: Post, command: str, answer: str, result: Result) -> None:
    post.answers[command] = answer
    got = await sent(post)
    assert isinstance(got, Sent) if isinstance(result, Sent) else got == result


@pytest.mark.parametrize(
    ("command", "result"),
    [
        ("EHLO", Down(60, "connect")),
        ("MAIL", Later(60, "dropped")),
        ("RCPT", Later(60, "dropped")),
        ("DATA", Unknown("dropped")),
        ("QUIT", Sent(())),
    ],
)
async def test_a_lost_connection_means_something_else_before_and_after_the_content(
    post: Post, command: str, result: Result
) -> None:
    post.cuts.add(command)
    got = await sent(post)
    assert isinstance(got, Sent) if isinstance(result, Sent) else got == result


@pytest.mark.parametrize(
    ("command", "steps", "result"), [("RCPT", 3, Later(60, "timeout")), ("DATA", 6, Unknown("timeout"))]
)
async def test_an_answer_that_does_not_come_is_a_time_out(
    post: Post, monkeypatch: pytest.MonkeyPatch, command: str, steps: int, result: Result
) -> None:
    post.silent.add(command)
    times = chain([5.0] * steps, repeat(0.02))  # so many steps in good time, then no time is left
    monkeypatch.setattr(Delivery, "_time", lambda self: next(times))
    assert await sent(post) == result


async def test_a_server_that_takes_a_connection_and_says_nothing_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Delivery, "_time", lambda self: 0.02)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], None, None, SENDER, "none")
        assert await channel(server).send(Outgoing(HEAD, TEXT, key="a")) == Down(60, "connect")


async def test_a_server_that_is_not_there_is_down() -> None:
    for host in ("127.0.0.1", "mail..so"):  # the second is no name that could be looked up
        server = MailServer(host, nothing_listens(), None, None, SENDER, "none")
        assert await channel(server).send(Outgoing(HEAD, TEXT, key="a")) == Down(60, "connect")


async def test_a_try_ends_with_its_time_whatever_is_left_to_do(post: Post) -> None:
    delivery = Delivery(post.server, HEAD, b"", "")
    assert 24 < delivery._time() <= 25
    delivery.end = clock.elapsed() - 1
    assert delivery._time() == 0.1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_password_and_mail_go_over_a_verified_connection(
    monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with post_office(security, sign_in=True) as post:
        assert isinstance(await sent(post), Sent)
        assert post.signed_in == [USER] and len(post.took) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_server_that_cannot_prove_who_it_is_gets_nothing(security: str) -> None:
    async with post_office(security, sign_in=True) as post:
        assert await sent(post) == Down(300, "certificate")
        assert post.signed_in == [] and post.took == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_server_without_encryption_gets_nothing_when_it_is_asked_for(post: Post, security: str) -> None:
    post.server = replace(post.server, security=security)
    assert await sent(post) == Down(300, "no_tls")
    assert post.took == []


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("535 5.7.8 wrong", Down(300, "unauthorised")),
        ("534 5.7.9 mechanism too weak", Down(300, "unauthorised")),
        ("454 4.7.0 temporary failure", Down(60, "smtp_454")),
    ],
)
async def test_a_refused_sign_in_is_the_administrators_matter(answer: str, result: Result) -> None:
    async with post_office(sign_in=True) as post:
        post.answers["AUTH"] = answer
        assert await sent(post) == result


async def test_a_wrong_password_and_a_server_that_knows_no_sign_in() -> None:
    async with post_office(sign_in=True) as post:
        for password in ("sai", "sai mật khẩu", None):
            post.server = replace(post.server, password=password)
            assert await sent(post) == Down(300, "unauthorised")
    async with post_office() as post:
        post.server = replace(post.server, user=USER, password=PASSWORD)
        assert await sent(post) == Down(300, "unauthorised")


async def test_nothing_secret_is_logged_or_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with post_office(sign_in=True) as post:
        shown = [repr(post.server), repr(channel(post.server))]
        caplog.clear()
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the other server's own
        for answer in ("550 5.1.1 no such user as tts.truong@so.example", "450 4.2.1 wait"):
            post.answers["RCPT"] = answer
            shown.append(repr(await sent(post)))
    for word in (PASSWORD, USER, HEAD, SENDER, "NV2"):
        assert not any(word in one for one in (*shown, caplog.text)), word
