"""The office of tests/chat_office.py on each channel: `async with on_zalo("tts.truong", hooked=True) as there`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx

from bot.telegram import TelegramChannel
from bot.telegram_request import Wire
from bot.webchat import WebChat
from tests.chat_office import SITE, ChatOffice
from tests.chat_people import TelegramPerson, WebPerson
from tests.office import Office
from tests.telegram_checks import Limits
from tests.telegram_server import HOOK_SECRET, serving
from tests.zalo_people import Person as ZaloPerson
from tests.zalo_people import the_bot
from tests.zalo_server import Switches, ZaloServer

BEGINS = "2023-07-24 08:00"


@asynccontextmanager
async def on_web(*who: str) -> AsyncIterator[ChatOffice]:
    """Everybody at the browser chat."""
    office = Office(BEGINS)
    there = ChatOffice(office, "web", {"web": WebChat()})
    there.people = {one: WebPerson(office, one) for one in who}
    yield there
    await there.close()


@asynccontextmanager
async def on_telegram(*who: str, hooked: bool = False, web: Sequence[str] = (),
                      limits: Limits | None = None, read: float = 20.0) -> AsyncIterator[ChatOffice]:  # fmt: skip
    """These on Telegram, by polling or `hooked`; `web`: these at the browser chat. `read`: seconds until we give up."""
    office = Office(BEGINS)
    async with serving(limits=limits) as server:
        channel = TelegramChannel(server.token, server.address, hook_secret=HOOK_SECRET, request=Wire(read=read))
        await channel.start()
        there = ChatOffice(office, "telegram", {"telegram": channel, "web": WebChat()}, server=server)
        there.people = {one: TelegramPerson(server.person(one)) for one in who}
        there.people |= {one: WebPerson(office, one) for one in web}
        if hooked:
            await channel.set_hook(f"{SITE}/hook/telegram")
            there.hook = partial(server.updates.deliver, there.browser)
        yield there
        await there.close()


@asynccontextmanager
async def on_zalo(*who: str, hooked: bool = False, web: Sequence[str] = (),
                  switch: Switches | None = None) -> AsyncIterator[ChatOffice]:  # fmt: skip
    """These on Zalo, by polling or `hooked`; `web`: these at the browser chat."""
    office = Office(BEGINS)
    server = ZaloServer(switch or Switches())
    try:
        async with the_bot(server) as channel:
            there = ChatOffice(office, "zalo", {"zalo": channel, "web": WebChat()}, server=server)
            there.people = {one: ZaloPerson(server, one) for one in who}
            there.people |= {one: WebPerson(office, one) for one in web}
            if hooked:
                await channel.me()
                there.hook = partial(_zalo_calls, server, there.browser)
            yield there
            await there.close()
    finally:
        server.close()


async def _zalo_calls(server: ZaloServer, browser: httpx.AsyncClient) -> None:
    """The events that wait, sent to the webhook; twice where what was delivered comes again."""
    events, server.queue[:] = list(server.queue), []
    for event in events:
        headers, body = server.as_delivered(event)
        for _ in range(2 if server.switch.replay else 1):
            answer = await browser.post("/hook/zalo", content=body, headers=headers)
            assert answer.status_code == 200


ON: dict[str, Any] = {"web": on_web, "telegram": on_telegram, "zalo": on_zalo}
