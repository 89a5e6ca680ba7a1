"""Whoever decides on a report sees the photos that came with it: who gets which, and what becomes of the message."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update
from sqlmodel import col
from starlette.testclient import TestClient

from bot.channel import Outgoing, Result, Sent, Unknown
from bot.pictures import SECONDS
from bot.telegram import TelegramChannel
from bot.telegram_request import Wire
from jobs.claim import CLAIM_SECONDS
from jobs.deliver import Sender
from jobs.notices import carry
from jobs.pictures import LARGEST
from models import clock, handling, shown
from models.inserting import insert_row
from models.message import Kind, MessageState, Notice, NoticeState
from models.organisation import Absence, Contact
from tests.picture_stage import (
    CLERK,
    GD,
    HEAD,
    JPEG,
    PHOTO,
    PNG,
    SITE,
    File,
    ids,
    linked,
    report,
    seen,
    task_of,
    with_address,
)
from tests.scripted import Linked
from tests.telegram_server import serving
from web import pictures
from web.context import Context
from web.site import make_site

SECRET = b"only for tests"


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 09:00."""
    return linked()


# who gets which


def test_the_office_sees_the_photo_that_came_with_a_report(stage: Linked) -> None:
    task = task_of(stage)
    (photo,) = report(stage, task, PHOTO)
    stage.at("2023-07-24 13:30")
    assert seen(stage.telegram) == [(f"{SITE}/p/{photo}", task.code)]
    assert task.code in stage.telegram.heard(CLERK)[-1]


def test_of_the_offices_own_task_the_leader_sees_it_who_decides(stage: Linked) -> None:
    (photo,) = report(stage, task_of(stage, "VP"), PHOTO, by="vp.truong")
    stage.at("2023-07-24 13:30")
    assert ids(stage.telegram, GD) == [photo]
    assert not any(one.pictures for one in stage.telegram.arrived if one.chat_id != GD)


def test_who_stands_in_for_an_absent_leader_sees_it(stage: Linked) -> None:
    stage.link({"pgd1": "telegram"})
    with stage.office.database.write() as session:
        insert_row(session, Absence, person_id=stage.office.people[GD], deputy_id=stage.office.people["pgd1"],
                   start=date(2023, 7, 24), end=date(2023, 7, 28))  # fmt: skip
    (photo,) = report(stage, task_of(stage, "VP"), PHOTO, by="vp.truong")
    stage.at("2023-07-24 13:30")
    assert ids(stage.telegram, "pgd1") == [photo]


def test_a_head_sees_none_even_where_such_a_notice_came_to_him(stage: Linked) -> None:
    task = task_of(stage)
    report(stage, task, PHOTO)
    with stage.office.database.write() as session:
        notice = insert_row(session, Notice, key="lost", kind=Kind.REPORTED, person_id=stage.office.people[HEAD],
                            task_id=task.id, due_at=clock.now(), state=NoticeState.CARRIED, facts={})  # fmt: skip
        carry(session, "lost", stage.office.people[HEAD], [notice], not_before=clock.now())
    stage.deliver()
    assert task.code in stage.telegram.heard(HEAD)[-1] and seen(stage.telegram, HEAD) == []


def test_what_is_no_report_brings_no_pictures(stage: Linked) -> None:
    task = task_of(stage)
    report(stage, task, PHOTO)
    stage.office.do(handling.give_back, task, CLERK, "thiếu số liệu")
    stage.at("2023-07-24 13:30")
    assert stage.telegram.arrived and not any(one.pictures for one in stage.telegram.arrived)


@pytest.mark.parametrize(
    ("file", "is_shown"),
    [(PHOTO, True), (("image/png", PNG), True), (("image/gif", b"GIF89a"), False),
     (("application/pdf", b"%PDF"), False), (("image/jpeg", JPEG.ljust(LARGEST, b"\0")), True),
     (("image/jpeg", JPEG.ljust(LARGEST + 1, b"\0")), False)],
)  # fmt: skip
def test_only_photos_that_a_service_fetches(stage: Linked, file: File, is_shown: bool) -> None:
    report(stage, task_of(stage), file)
    stage.at("2023-07-24 13:30")
    assert len(seen(stage.telegram)) == is_shown


def test_three_at_most_one_of_each_report_before_a_second_of_any(stage: Linked) -> None:
    first = report(stage, task_of(stage), *(("image/jpeg", JPEG + bytes([n])) for n in range(4)))
    report(stage, task_of(stage))
    third = report(stage, task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    assert ids(stage.telegram) == [first[0], first[1], third[0]]


def test_of_a_task_that_was_reported_twice_only_the_newest_counts(stage: Linked) -> None:
    task = task_of(stage)
    report(stage, task, PHOTO)
    stage.office.do(handling.give_back, task, CLERK, "thiếu số liệu")
    (photo,) = report(stage, task, ("image/png", PNG))
    stage.at("2023-07-24 13:30")
    assert ids(stage.telegram) == [photo]


# text only


def test_without_a_public_address_the_text_goes_alone(stage: Linked) -> None:
    report(with_address(stage, None), task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    assert stage.telegram.heard(CLERK) and seen(stage.telegram) == []


def test_a_channel_that_shows_none_gets_the_text_alone(stage: Linked) -> None:
    stage.telegram.capabilities = replace(stage.telegram.capabilities, pictures=False)
    report(stage, task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    assert stage.telegram.heard(CLERK) and seen(stage.telegram) == []


@pytest.mark.parametrize(("used", "pictures"), [(89, 1), (90, 0)])
def test_above_nine_tenths_of_the_month_s_messages_none_goes(stage: Linked, used: int, pictures: int) -> None:
    stage.link({CLERK: "zalo"})
    report(stage, task_of(stage), PHOTO)
    stage.have_used(used).at("2023-07-24 13:30")
    assert len(seen(stage.zalo)) == pictures


def test_each_picture_is_one_of_the_month_s_messages(stage: Linked) -> None:
    stage.link({CLERK: "zalo"}).zalo.to[CLERK] = lambda out: Sent(("m",), tuple("?" for _ in out.pictures))
    report(stage, task_of(stage), PHOTO, ("image/png", PNG))
    stage.at("2023-07-24 13:30")
    assert stage.used() == 3


# the message itself


def test_the_message_is_ours_for_longer_while_its_pictures_are_sent(stage: Linked) -> None:
    ends: list[datetime | None] = []

    def look(outgoing: Outgoing) -> None:
        ends.extend(one.claimed_until for one in stage.messages(CLERK) if one.key == outgoing.key)
        with stage.office.database.read() as session:
            ends.append(clock.database_time(session))

    stage.telegram.to[CLERK] = look
    report(stage, task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    until, now = ends[-2:]
    assert until is not None and now is not None
    assert until - now > timedelta(seconds=CLAIM_SECONDS + SECONDS - 5)


def test_a_picture_answered_to_is_its_message_and_the_buttons_stand_under_the_text(stage: Linked) -> None:
    stage.telegram.to[CLERK] = lambda out: Sent(("t1", "t2"), ("q1", "?", "q2"))
    report(stage, task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    (message,) = [one for one in stage.messages(CLERK, MessageState.SENT) if "reported" in one.kinds]
    with stage.office.database.read() as session:
        found = {place: shown.message_at(session, "telegram", "telegram-bot", CLERK, place)
                 for place in ("t1", "t2", "q1", "q2", "?")}  # fmt: skip
    assert found == {"t1": message.id, "t2": message.id, "q1": message.id, "q2": message.id, "?": None}


def test_a_try_whose_text_is_in_doubt_is_repeated_with_its_pictures(stage: Linked) -> None:
    answers: list[Result | None] = [Unknown("timeout"), None]
    stage.telegram.to[CLERK] = lambda out: answers.pop(0) if answers else None
    report(stage, task_of(stage), PHOTO)
    stage.at("2023-07-24 13:30")
    tried = [one for one in stage.telegram.tried if one.chat_id == CLERK and one.pictures]
    assert [one.repeat for one in tried] == [False, True]


async def test_from_the_report_to_the_leader_s_telephone(stage: Linked, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    report(stage, task_of(stage), PHOTO, ("image/png", PNG))
    client = TestClient(make_site(Context(stage.office.database, SECRET, base_url=SITE)), base_url=SITE)
    asked: list[str] = []

    def fetched(url: str) -> bytes | None:
        asked.append(urlsplit(url).path)
        answer = client.get(asked[-1])
        return answer.content if answer.status_code == 200 else None

    async with serving() as server:
        server.web, clerk = fetched, server.person("Văn thư")
        channel = TelegramChannel(server.token, server.address, request=Wire(read=5))
        with stage.office.database.write() as session:
            session.execute(update(Contact).where(col(Contact.chat_id) == CLERK)
                            .values(bot=channel.bot, chat_id=str(clerk.id)))  # fmt: skip
        sender = Sender(stage.office.database, {**stage.channels, "telegram": channel},
                        pictures=lambda one, at: f"{SITE}/p/{pictures.token(SECRET, one, at)}")  # fmt: skip
        stage.office.tick("2023-07-24 13:30")
        await sender.deliver()
        await channel.close()
    assert [one.picture for one in clerk.of_bot()][-2:] == [JPEG, PNG]
    assert clerk.sees()[-1].startswith("NV") and not clerk.of_bot()[-1].labels
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]  # the test's own browser
    assert len(asked) == 2 and not any(path.rpartition(".")[2] in line for path in asked for line in ours)
