"""The weekly report's picture goes with it: drawn from what was frozen, by upload or by address, to whom the report
goes."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import update
from sqlmodel import col
from starlette.testclient import TestClient

from bot.channel import Outgoing, Picture, Sent
from bot.telegram import TelegramChannel
from bot.telegram_request import Wire
from jobs.deliver import Sender
from models import clock, handling
from models.message import MessageState
from models.organisation import Contact, Person
from papers.weekly import kept_picture
from papers.weekly.digest import frozen, snapshot
from papers.weekly.kept_picture import week_png
from tests.picture_stage import CLERK, GD, HEAD, SITE, linked, seen, task_of, with_address
from tests.scripted import Linked
from tests.telegram_chats import Person as TelegramPerson
from tests.telegram_server import TelegramServer, serving
from tests.zalo_people import Person as ZaloPerson
from tests.zalo_people import the_bot
from tests.zalo_server import Switches, ZaloServer
from web import pictures
from web.context import Context
from web.site import make_site

pytest_plugins = ["tests.telegram_stage"]
SECRET = b"only for tests"
MONDAY = date(2023, 7, 31)
CAPTION = "Báo cáo tuần từ 31/07/2023"


@pytest.fixture
def stage() -> Linked:
    """A week with a task that is overdue by its end; Monday 31/07/2023 brings the report."""
    made = linked()
    task_of(made)
    return made


def reported(stage: Linked) -> Linked:
    """The weekly report has gone out."""
    return stage.at("2023-07-31 07:30")


def picture(stage: Linked, language: str = "vi") -> bytes:
    """The picture of the frozen report."""
    made = week_png(stage.office.database, MONDAY, language)
    assert made is not None
    return made


# to whom, and how


def test_leaders_and_the_office_get_it_with_the_report_by_its_address(stage: Linked) -> None:
    reported(stage)
    for who in (GD, CLERK):
        assert (f"{SITE}/p/2023-07-31vi", CAPTION) in seen(stage.telegram, who)
    assert seen(stage.telegram, HEAD) == []


def test_it_follows_the_text_of_the_report(stage: Linked) -> None:
    reported(stage)
    with_pictures = [one for one in stage.telegram.arrived if one.pictures]
    assert with_pictures and all("báo cáo tuần" in one.text.lower() for one in with_pictures)


def test_a_channel_that_takes_uploads_needs_no_address(stage: Linked) -> None:
    with_address(stage, None)
    stage.telegram.capabilities = replace(stage.telegram.capabilities, uploads=True)
    reported(stage)
    (one,) = next(sent.pictures for sent in stage.telegram.arrived if sent.chat_id == GD and sent.pictures)
    assert one.url == "" and one.caption == CAPTION and one.make is not None
    assert one.make() == picture(stage)


def test_without_an_address_a_channel_that_only_fetches_gets_the_text_alone(stage: Linked) -> None:
    with_address(stage, None).link({GD: "zalo"})
    reported(stage)
    assert stage.zalo.heard(GD) and seen(stage.zalo, GD) == []


def test_on_zalo_it_is_one_more_of_the_months_messages(stage: Linked) -> None:
    stage.link({GD: "zalo"})
    reported(stage)
    assert seen(stage.zalo, GD) == [(f"{SITE}/p/2023-07-31vi", CAPTION)]


def test_who_reads_english_gets_it_in_english(stage: Linked) -> None:
    with stage.office.database.write() as session:
        session.execute(update(Person).where(col(Person.short_id) == GD).values(language="en"))
    reported(stage)
    assert seen(stage.telegram, GD) == [(f"{SITE}/p/2023-07-31en", "Weekly report from 31/07/2023")]


def test_the_draft_brings_none(stage: Linked) -> None:
    stage.at("2023-07-28 13:30")
    assert any("draft" in kind for one in stage.messages(CLERK, MessageState.SENT) for kind in one.kinds)
    assert seen(stage.telegram, CLERK) == []


# the picture


def test_it_is_of_what_was_frozen_whatever_happened_since(stage: Linked) -> None:
    reported(stage)
    with stage.office.database.read() as session:
        digest = frozen(session, MONDAY)
    assert digest is not None and digest.total.overdue == 1
    before = picture(stage)
    kept_picture._kept.clear()
    with stage.office.database.write() as session:
        handling.report(session, 1, stage.office.who(HEAD), product_number="9/BC")
    clock.stand_at(clock.now() + timedelta(days=3))
    assert picture(stage) == before


def test_it_is_sharp_and_light(stage: Linked) -> None:
    reported(stage)
    made = Image.open(io.BytesIO(picture(stage)))
    assert made.format == "PNG" and made.size[0] == 960 and len(picture(stage)) < 300_000


def test_a_week_that_is_not_frozen_has_none(stage: Linked) -> None:
    assert week_png(stage.office.database, MONDAY, "vi") is None
    reported(stage)
    assert week_png(stage.office.database, MONDAY, "vi") is not None


def test_the_weeks_of_the_report_are_those_before_it(stage: Linked) -> None:
    reported(stage)
    with stage.office.database.read() as session:
        weeks = snapshot(session, clock.now()).weeks
    assert (weeks[0].start, weeks[-1].start, len(weeks)) == (date(2023, 5, 8), date(2023, 7, 24), 12)
    assert weeks[-1].overdue == 1 and sum(week.came_due for week in weeks) == 1


# its address


def test_whoever_has_the_address_sees_it_for_a_quarter_of_an_hour(stage: Linked) -> None:
    reported(stage)
    with stage.office.database.read() as session:
        now = clock.database_time(session)
    with TestClient(make_site(Context(stage.office.database, SECRET))) as client:
        good, old = (pictures.token(SECRET, "2023-07-31vi", at) for at in (now, now - timedelta(minutes=15)))
        answer = client.get(f"/p/{good}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content == picture(stage)
        assert client.get(f"/p/{old}").status_code == 404
        other = pictures.token(SECRET, "2023-08-07vi", now)
        assert client.get(f"/p/{other}").status_code == 404
        assert client.get(f"/p/{good.replace('2023-07-31', '2023-07-24')}").status_code == 404


# over the wires


async def test_on_telegram_the_content_itself_is_sent(
    channel: TelegramChannel, server: TelegramServer, hung: TelegramPerson
) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 900
    sent = await channel.send(Outgoing(str(hung.id), "việc", pictures=(Picture("", "Tuần", lambda: content),)))
    seen_by = hung.of_bot()
    assert [one.picture for one in seen_by] == [None, content] and hung.sees() == ["việc", "Tuần"]
    assert sent == Sent((str(seen_by[0].id),), (str(seen_by[1].id),))


async def test_on_telegram_a_picture_that_cannot_be_made_leaves_the_message_as_sent(
    channel: TelegramChannel, hung: TelegramPerson, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bytes:
        raise ValueError("secret words")

    for make in (broken, lambda: None):
        sent = await channel.send(Outgoing(str(hung.id), "việc", pictures=(Picture("", "", make),)))
        assert isinstance(sent, Sent) and len(sent.places) == 1
    assert hung.sees() == ["việc", "việc"] and "secret" not in caplog.text


async def test_an_upload_that_telegram_refuses_is_not_tried_again(
    channel: TelegramChannel, server: TelegramServer, hung: TelegramPerson
) -> None:
    server.upset(413, "sendPhoto")
    sent = await channel.send(Outgoing(str(hung.id), "việc", pictures=(Picture("", "", lambda: b"\x89PNG"),)))
    assert isinstance(sent, Sent) and hung.sees() == ["việc"]


async def test_from_monday_morning_to_the_leaders_telephone(stage: Linked) -> None:
    async with serving() as server:
        leader = server.person("Giám đốc")
        channel = TelegramChannel(server.token, server.address, request=Wire(read=5))
        with stage.office.database.write() as session:
            session.execute(update(Contact).where(col(Contact.chat_id) == GD)
                            .values(bot=channel.bot, chat_id=str(leader.id)))  # fmt: skip
        sender = Sender(stage.office.database, {**stage.channels, "telegram": channel})
        stage.office.tick("2023-07-31 07:30")
        await sender.deliver()
        await channel.close()
    assert leader.of_bot()[-1].picture == picture(stage) and leader.sees()[-1] == CAPTION


def test_from_monday_morning_over_zalo(stage: Linked) -> None:
    reported(stage)
    client = TestClient(make_site(Context(stage.office.database, SECRET, base_url=SITE)), base_url=SITE)
    with stage.office.database.read() as session:
        at = clock.database_time(session)
    content = client.get(f"/p/{pictures.token(SECRET, '2023-07-31vi', at)}").content
    server = ZaloServer(Switches())
    ted = ZaloPerson(server)
    ted.opens()

    async def send() -> None:
        async with the_bot(server) as bot:
            await bot.send(Outgoing(ted.id, "việc", pictures=(Picture(server.keeps(content), CAPTION),)))

    asyncio.run(send())
    assert server.sent[-1].get("content") == content and ted.sees()[-1] == CAPTION
    server.close()
    assert server.strange == []


def test_a_token_names_a_week_without_a_point() -> None:
    """Points part what a token is made of."""
    token = pictures.token(SECRET, "2023-07-31vi", datetime(2023, 7, 31, tzinfo=UTC))
    assert token.split(".")[0] == "2023-07-31vi" and token.count(".") == 3
