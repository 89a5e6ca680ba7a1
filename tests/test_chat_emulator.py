"""A task from its link to its end on a Bot API server that somebody else wrote: once it is asked, once it calls us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from sqlmodel import col, select

from bot.telegram import TelegramChannel
from bot.webchat import WebChat
from models import clock
from models.linking import CHAT, new_code
from models.organisation import Contact
from models.report import CompletionReport, Evidence
from models.task import State, Task
from tests.chat_channels import BEGINS, HOOK_SECRET
from tests.chat_office import SECRET, ChatOffice
from tests.chat_people import EmulatorPerson, WebPerson
from tests.emulator import TOKEN, Emulator, emulating
from tests.office import Office

HEAD, CLERK = "tts.truong", "vp.vanthu"
REPORT = ("bao-cao.txt", "Báo cáo số 145/BC-TTS".encode())


@asynccontextmanager
async def on_emulator(hooked: bool) -> AsyncIterator[ChatOffice]:
    """The head on the emulator, the clerk at the browser chat."""
    office = Office(BEGINS)
    async with emulating() as emulator:
        channel = TelegramChannel(TOKEN, emulator.address, hook_secret=HOOK_SECRET)
        await channel.start()
        there = ChatOffice(office, "telegram", {"telegram": channel, "web": WebChat()}, server=emulator)
        there.people = {HEAD: EmulatorPerson(emulator), CLERK: WebPerson(office, CLERK)}
        if hooked:
            site = Quiet(there.site)
            async with listening(site) as address:
                await channel.set_hook(f"{address}/hook/telegram")
                there.hook = site.quiet.wait  # the emulator calls by itself
                yield there
        else:
            yield there
        await there.close()
        assert emulator.refused() == [], "it took everything that was sent"


class Quiet:
    """A site, and whether it has done all that it was asked: it goes on when the service has its 200."""

    def __init__(self, site: Any) -> None:
        self.site, self.quiet, self._asked = site, asyncio.Event(), 0
        self.quiet.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._asked += 1
        self.quiet.clear()
        try:
            await self.site(scope, receive, send)
        finally:
            self._asked -= 1
            if not self._asked:
                self.quiet.set()


@asynccontextmanager
async def listening(site: Any) -> AsyncIterator[str]:
    """The site on loopback, as the service serves it; its address."""
    config = uvicorn.Config(site, port=0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined,method-assign,unused-ignore]
    running = asyncio.create_task(server.serve())
    while not server.started and not running.done():
        await asyncio.sleep(0)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running


async def a_life(there: ChatOffice) -> None:
    """Linked by a code, confirmed by a button, reported with a file, returned, reported again, accepted."""
    head: EmulatorPerson = there.people[HEAD]
    with there.office.database.write() as session:
        code = new_code(session, SECRET, there.office.people[HEAD], CHAT)
    await there.says(HEAD, f"/start {code}")
    await there.says(HEAD, "1")
    there.at("2023-07-24 09:00")
    there.office.assign("TTS", due="2023-08-04")
    there.at("2023-07-24 13:30")
    await there.turn()
    await there.chooses(HEAD, 1)
    there.at("2023-08-01 09:00")
    await head.sends_file(*REPORT, "đã xong, số 145/BC-TTS ngày 31/7/2023", reply_to=assigned(there.server))
    await there.turn()
    there.at("2023-08-01 13:30")
    await there.turn()
    await there.says(CLERK, "9 NV1 thiếu phụ lục")
    there.at("2023-08-01 14:00")
    await there.turn()
    await there.says(HEAD, "đã xong, số 146/BC-TTS ngày 1/8/2023")
    there.at("2023-08-01 14:30")
    await there.turn()
    await there.says(CLERK, "8 NV1")
    there.at("2023-08-01 15:00")
    await there.turn()


def assigned(emulator: Emulator) -> int:
    """The message with which the task was assigned."""
    return next(int(one["message_id"]) for one in emulator.sent if "GIAO NHIỆM VỤ" in one.get("text", ""))


@pytest.mark.parametrize("hooked", [False, True])
async def test_a_task_lives_and_ends_there_too(hooked: bool) -> None:
    async with on_emulator(hooked) as there:
        await a_life(there)
        with there.office.database.read() as session:
            task = session.exec(select(Task)).one()
            reports = session.exec(select(CompletionReport).order_by(col(CompletionReport.id))).all()
            evidence = session.exec(select(Evidence)).one()
        assert (task.state, task.returns) == (State.COMPLETED, 1)
        assert [one.product_number for one in reports] == ["145/BC-TTS", "146/BC-TTS"]
        assert (evidence.task_id, evidence.name, evidence.media_type) == (task.id, "bao-cao.txt", "text/plain")
        assert there.count(Contact, col(Contact.channel) == "telegram") == 1
        said = [text.partition("\n")[0] for text in there.people[HEAD].sees()]
        assert len(said) == len(set(there.people[HEAD].sees())), "nothing was said twice"
        for heading in ("GIAO NHIỆM VỤ", "ĐỀ NGHỊ BỔ SUNG"):
            assert [one for one in said if heading in one] == [f"VĂN PHÒNG SỞ · {heading}"]
        # The button that was pressed is gone from under its message: the task has moved on.
        assert "Đã nhận" not in [label for label, _ in there.people[HEAD].buttons(assigned(there.server))]
        assert clock.local_now().hour == 15
