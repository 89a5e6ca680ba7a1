"""Where webhooks may lead, and the page on which the Office says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from jobs.webhooks import WebhookSender
from models.joining import Webhook
from models.webhooks import BadAddress, check_address
from tests.hook_server import SOME, HookServer, added, deliveries, hook_server
from tests.web_stage import Stage, said, stage
from web.site import make_site


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.fixture
async def server() -> AsyncIterator[HookServer]:
    async with hook_server() as made:
        yield made


@pytest.mark.parametrize(("url", "why"), [
    ("http://csdl.example.vn/hook", "scheme"), ("ftp://csdl.example.vn/", "scheme"), ("javascript:alert(1)", "none"),
    ("https://127.0.0.1/", "private"), ("https://localhost/", "private"), ("https://10.0.0.5/x", "private"),
    ("https://192.168.1.1/", "private"), ("https://169.254.169.254/latest", "private"), ("https://[::1]/", "private"),
    ("https://[::ffff:10.0.0.1]/", "private"), ("https://[fe80::1]/", "private"), ("https://0.0.0.0/", "private"),
    ("https://100.64.0.1/", "private"), ("https://a:b@csdl.example.vn/", "user"), ("https:///x", "none"),
    ("https://csdl.example.vn:abc/", "none"), ("https://csdl.example.vn/ x", "none"), ("", "none"),
    ("https://csdl.example.vn/" + "a" * 500, "long"), ("https://csdl.example.vn/#x", "none"),
])  # fmt: skip
def test_addresses_that_are_never_called(url: str, why: str) -> None:
    with pytest.raises(BadAddress) as refused:
        check_address(url, inner=False)
    assert refused.value.why == why


def test_the_setting_allows_the_offices_own_network_but_plain_http_to_this_machine_alone() -> None:
    for url in (SOME, "https://10.0.0.5/x", "http://127.0.0.1:8000/x", "https://localhost/"):
        check_address(url, inner=True)
    with pytest.raises(BadAddress):
        check_address("http://10.0.0.5/x", inner=True)


async def test_a_name_that_leads_into_the_inner_network_is_not_called(office: Stage, monkeypatch: pytest.MonkeyPatch,
                                                                      server: HookServer) -> None:  # fmt: skip
    sender = WebhookSender(office.database, inner=False)
    added(office, f"https://innocent.example:{server.port}/hook")
    office.order("TTS")

    async def leads_inside(host: str, port: int, **_: Any) -> Any:
        assert host == "innocent.example"
        return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", leads_inside)
    await sender.work()
    await sender.close()
    assert deliveries(office)[0].answer == "private" and server.taken == []


def test_the_secret_is_shown_once_and_the_act_stands_in_the_history(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    page = clerk.post("/office/programs/webhooks", {"url": SOME})
    with office.database.read() as session:
        secret = session.exec(select(Webhook.secret)).one()
    assert secret in page.text and secret not in clerk.get("/office/programs").text
    assert said(clerk.post("/office/programs/webhooks/1/stop")) == "Đã dừng gửi đến địa chỉ này."
    refused = clerk.post("/office/programs/webhooks", {"url": "https://10.0.0.1/"})
    assert refused.status_code == 400 and "mạng nội bộ" in said(refused)
    assert 'value="https://10.0.0.1/"' in refused.text


def test_an_inner_address_is_taken_where_the_setting_allows_it(office: Stage) -> None:
    office.site = make_site(replace(office.context, inner_webhooks=True))
    page = office.browser("vp.vanthu").post("/office/programs/webhooks", {"url": "https://10.0.0.1/"})
    assert page.status_code == 200 and "whsec_" in page.text


def test_programs_are_the_offices_and_the_administrators(office: Stage) -> None:
    for who, status in (("vp.vanthu", 200), ("quantri", 200), ("tts.truong", 403), ("gd", 403)):
        browser = office.browser(who)
        assert browser.get("/office/programs").status_code == status, who
        assert browser.post("/office/programs/webhooks", {"url": SOME}).status_code == status, who
        assert browser.post("/office/programs/keys", {"name": "x", "role": "read"}).status_code == status, who
    assert office.browser("quantri").post("/office/programs/keys", {"name": "x", "role": "office"}).status_code == 403
