"""Whatever of the real Zalo is in doubt, the adapter does the same: every switch of the server in every combination."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from bot.channel import ChannelError, Conflict, Incoming, Outgoing, Refused, Sent, Spent, Unauthorised
from tests.zalo_people import JPEG, Group, Person, all_of, the_bot
from tests.zalo_server import Switches, ZaloServer

NAMES = ("http_errors", "replay", "wrapped_webhook", "groups", "documented_names")
EVERY = [dict(zip(NAMES, values, strict=True)) for values in itertools.product((False, True), repeat=len(NAMES))]
every_switch = pytest.mark.parametrize(
    "server", EVERY, indirect=True, ids=lambda on: "+".join(name for name in NAMES if on[name]) or "none"
)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[ZaloServer]:
    made = ZaloServer(Switches(**getattr(request, "param", {})))
    yield made
    made.close()
    assert made.strange == [], "a method or a field that Zalo's pages do not name"


@every_switch
async def test_a_day_of_polling(server: ZaloServer) -> None:
    hung, room = Person(server, "Nguyễn Văn Hùng"), Group(server)
    async with the_bot(server) as bot:
        assert await bot.poll() == ()
        hung.says("1 NV12")
        hung.sends_photo(caption="NV12 xong")
        hung.sends_file()
        hung.sends_sticker()
        hung.says("còn nợ việc gì", room)
        hung.says("chuyện riêng", room, mention=False)
        kept = await all_of(bot, polls=12)
        assert sorted(_shown(update.incoming) for update in kept.values()) == sorted(
            ["1 NV12", "NV12 xong (photo)", " (unsupported)", " (sticker)"] + ["còn nợ việc gì"] * server.switch.groups
        )
        assert {update.user_id for update in kept.values()} == {hung.id}
        groups = {update.chat_id for update in kept.values() if update.incoming.group}
        assert groups == ({room.id} if server.switch.groups else set())
        photo = next(update for update in kept.values() if update.incoming.files)
        assert await bot.fetch(photo.incoming.files[0]) == JPEG


def _shown(incoming: Incoming) -> str:
    return incoming.text + (f" ({', '.join(incoming.attachments)})" if incoming.attachments else "")


@every_switch
async def test_a_webhook_brings_the_same_as_a_poll(server: ZaloServer) -> None:
    hung, room = Person(server), Group(server)
    async with the_bot(server) as bot:
        assert (await bot.me()).groups is server.switch.groups
        said = [hung.says("1 NV12"), hung.sends_photo(caption="xong"), hung.sends_file(), hung.says("ai còn nợ", room)]
        events = [event for event in said if event is not None]
        polled = await all_of(bot, polls=len(events))
        hooked = [bot.hooked(*server.as_delivered(event)) for event in events]
        assert [list(updates or ()) for updates in hooked] == [
            [polled[event["message"]["message_id"]]] for event in events
        ]


@every_switch
async def test_a_webhook_is_set_found_and_dropped(server: ZaloServer) -> None:
    async with the_bot(server) as bot:
        assert await bot.hook_info() is None
        await bot.drop_hook()
        assert await bot.set_hook("https://dondoc.example/zalo") == "webhook.ok"
        assert await bot.hook_info() == "https://dondoc.example/zalo"
        with pytest.raises(Conflict):
            await bot.poll()
        await bot.drop_hook()
        assert await bot.poll() == ()


@every_switch
async def test_messages_arrive_until_the_month_is_spent(server: ZaloServer) -> None:
    hung = Person(server)
    hung.opens()
    server.switch.quota = 2
    async with the_bot(server) as bot:
        results = [await bot.send(Outgoing(hung.id, f"Tin {number}")) for number in (1, 2, 3)]
        assert [type(result) for result in results] == [Sent, Sent, Spent]
        assert hung.sees() == ["Tin 1", "Tin 2"]
        assert await bot.send(Outgoing("nobody", "Tin")) == Refused("no_chat")


@every_switch
async def test_a_wrong_token_is_said_clearly(server: ZaloServer) -> None:
    async with the_bot(server, token="123456789:old") as bot:
        for call in (bot.me, bot.poll, bot.hook_info, bot.drop_hook):
            with pytest.raises(Unauthorised):
                await call()


@pytest.mark.parametrize("code", [400, 404, 409])
@pytest.mark.parametrize("server", [{"http_errors": on} for on in (False, True)], indirect=True)
async def test_a_poll_while_a_webhook_is_set_is_a_conflict(server: ZaloServer, code: int) -> None:
    server.switch.hook_conflict = code
    async with the_bot(server) as bot:
        await bot.set_hook("https://dondoc.example/zalo")
        with pytest.raises(Conflict):
            await bot.poll()


async def test_a_refused_poll_without_a_webhook_is_no_conflict(server: ZaloServer) -> None:
    server.fail_polls = [404]
    async with the_bot(server) as bot:
        with pytest.raises(ChannelError) as raised:
            await bot.poll()
        assert (type(raised.value), raised.value.why) == (ChannelError, "http_404")


@pytest.mark.parametrize(
    ("fault", "why"),
    [(502, "http_502"), (504, "http_504"), (403, "http_403"), (429, "flood"), ("page", "odd_answer"),
     ("drop", "dropped"), ("drop_after", "dropped")],
)  # fmt: skip
async def test_a_poll_that_fails_says_why_and_the_next_one_goes_on(
    server: ZaloServer, fault: int | str, why: str
) -> None:
    person = Person(server)
    async with the_bot(server) as bot:
        await bot.poll()
        server.fail_polls = [fault]
        with pytest.raises(ChannelError) as raised:
            await bot.poll()
        assert raised.value.why == why
        person.says("1")
        assert [update.incoming.text for update in await bot.poll()] == ["1"]


@pytest.mark.parametrize("server", [{"replay": on} for on in (False, True)], indirect=True)
async def test_two_pollers_split_or_double_the_stream_and_the_keys_make_one_of_it(server: ZaloServer) -> None:
    person = Person(server)
    said = [person.says(f"{number} NV12") for number in range(6)]
    async with the_bot(server) as one, the_bot(server) as other:
        kept: dict[str, str] = {}
        for bot in (one, other) * 3:
            kept |= {update.key: update.incoming.text for update in await bot.poll()}
    assert kept == {event["message"]["message_id"]: event["message"]["text"] for event in said if event}


@pytest.mark.parametrize("server", [{"verifies": False}], indirect=True)
async def test_a_webhook_that_zalo_does_not_try_has_no_outcome(server: ZaloServer) -> None:
    async with the_bot(server) as bot:
        assert await bot.set_hook("https://dondoc.example/zalo") == ""


async def test_a_webhook_that_nobody_answers_is_told_though_it_is_set(server: ZaloServer) -> None:
    async with the_bot(server) as bot:
        assert await bot.set_hook("http://127.0.0.1:1/zalo") == "webhook.err.unreachable"
        assert await bot.hook_info() == "http://127.0.0.1:1/zalo"


async def test_too_many_webhooks_a_day_are_told(server: ZaloServer) -> None:
    server.fail_next = [426]
    async with the_bot(server) as bot:
        with pytest.raises(ChannelError, match="http_426"):
            await bot.set_hook("https://dondoc.example/zalo")


async def test_the_bot_says_who_it_is(server: ZaloServer) -> None:
    async with the_bot(server) as bot:
        who = await bot.me()
        assert (who.id, who.name, who.groups) == ("1459232241454765289", "Bot Nhắc việc", True)
        assert bot.bot == "123456789"
