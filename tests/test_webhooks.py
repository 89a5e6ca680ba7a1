"""Signed webhooks: each change is told once to each address, signed, tried again for a day, and never into the office's
own network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from sqlmodel import select, update

import app
import config
from jobs import webhooks as sending
from jobs.webhooks import WAITS, WebhookSender, claim, settle
from models import clock, handling, webhooks
from models.joining import DeliveryState, Webhook, WebhookDelivery
from models.moves import Actor
from tests.hook_server import HANGS, SOME, HookServer, added, deliveries, hook_server
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.fixture
async def server() -> AsyncIterator[HookServer]:
    async with hook_server() as made:
        yield made


@pytest.fixture
async def sender(office: Stage) -> AsyncIterator[WebhookSender]:
    made = WebhookSender(office.database, inner=True)
    yield made
    await made.close()


def later(**span: float) -> None:
    clock.stand_at(clock.now() + timedelta(**span))


async def test_a_change_arrives_once_and_signed(office: Stage, server: HookServer, sender: WebhookSender) -> None:
    office.order("QLVH")
    secret = added(office, server.url)
    code = office.order("TTS")
    assert await sender.work() == 1
    assert await sender.work() == 0
    [one] = server.taken
    assert one.signed_by(secret) and not one.signed_by("whsec_" + "A" * 32)
    assert one.headers["content-type"] == "application/json" and one.path == "/hook"
    assert one.headers["host"] == f"127.0.0.1:{server.port}"
    told = one.json
    assert (told["type"], told["subject"], told["task"]["unit"]) == ("task.assigned", code, "TTS")
    assert told["id"] == deliveries(office)[0].event_id and told["at"].startswith("2023-07-24T08:00:00")
    assert deliveries(office)[0].state is DeliveryState.SENT and deliveries(office)[0].answer == "204"


async def test_the_signature_is_that_of_the_specification() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    signed = sending.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_what_was_refused_is_told_again_under_the_same_id(office: Stage, server: HookServer,
                                                                sender: WebhookSender) -> None:  # fmt: skip
    secret = added(office, server.url)
    office.order("TTS")
    server.answers = [500, 204]
    await sender.work()
    later(seconds=WAITS[0].total_seconds() - 1)
    assert await sender.work() == 0
    later(seconds=1)
    assert await sender.work() == 1
    first, second = server.taken
    assert first.headers["webhook-id"] == second.headers["webhook-id"] and second.signed_by(secret)
    assert deliveries(office)[0].state is DeliveryState.SENT and deliveries(office)[0].tries == 2


async def test_it_is_tried_for_a_day_with_growing_waits_and_then_given_up(office: Stage, server: HookServer,
                                                                          sender: WebhookSender) -> None:  # fmt: skip
    added(office, server.url)
    office.order("TTS")
    server.answers = [503]
    assert list(WAITS) == sorted(WAITS) and timedelta(hours=20) < sum(WAITS, timedelta(0)) <= timedelta(days=1)
    for wait in (*WAITS, timedelta(days=2)):
        assert await sender.work() == 1
        later(seconds=wait.total_seconds())
    assert await sender.work() == 0 and len(server.taken) == len(WAITS) + 1
    [one] = deliveries(office)
    assert (one.state, one.answer) == (DeliveryState.FAILED, "503")


async def test_the_office_sees_what_was_given_up_and_has_it_told_again(office: Stage, server: HookServer,
                                                                       sender: WebhookSender) -> None:  # fmt: skip
    added(office, server.url)
    office.order("TTS")
    with office.database.write() as session:
        webhooks.plan(session, webhooks.active(session)[0])
        session.execute(update(WebhookDelivery).values(state=DeliveryState.FAILED, answer="timeout", tries=7))
    clerk = office.browser("vp.vanthu")
    page = await asyncio.to_thread(clerk.get, "/office/programs")
    assert "không trả lời trong 10 giây" in page.text and "Gửi lại thay đổi số" in page.text
    done = await asyncio.to_thread(clerk.post, "/office/programs/deliveries/1/again")
    assert said(done) == "Sẽ gửi lại trong ít phút." and await sender.work() == 1 and len(server.taken) == 1
    assert (await asyncio.to_thread(clerk.post, "/office/programs/deliveries/1/again")).status_code == 409


async def test_a_redirect_is_not_followed(office: Stage, server: HookServer, sender: WebhookSender) -> None:
    added(office, server.url)
    office.order("TTS")
    server.answers = [307]
    assert await sender.work() == 1 and deliveries(office)[0].answer == "307" and len(server.taken) == 1


async def test_one_that_never_answers_is_left(office: Stage, server: HookServer, sender: WebhookSender,
                                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "ANSWER_SECONDS", 0.05)
    added(office, server.url)
    office.order("TTS")
    server.answers = [HANGS]
    await sender.work()
    assert deliveries(office)[0].answer == "timeout" and deliveries(office)[0].state is DeliveryState.QUEUED


async def test_nobody_there_is_no_fault_and_holds_up_nobody(office: Stage, server: HookServer,
                                                            sender: WebhookSender) -> None:  # fmt: skip
    added(office, "http://127.0.0.1:1/nobody")
    added(office, server.url)
    office.order("TTS")
    assert await sender.work() == 2
    assert sorted(str(one.answer) for one in deliveries(office)) == ["204", "connect"] and len(server.taken) == 1


async def test_who_says_gone_is_told_nothing_more(office: Stage, server: HookServer, sender: WebhookSender) -> None:
    added(office, server.url)
    for _ in range(7):
        office.order("TTS")
    server.answers = [410]
    await sender.work()
    assert len(server.taken) <= sending.AT_ONCE
    assert {one.state for one in deliveries(office)} == {DeliveryState.FAILED}
    office.order("TTS")
    assert await sender.work() == 0


async def test_what_may_be_taken_back_waits_and_lets_others_pass(office: Stage, server: HookServer,
                                                                 sender: WebhookSender) -> None:  # fmt: skip
    first, second = office.order("TTS"), office.order("QLVH")
    added(office, server.url)
    task, head = office.task(first).id or 0, Actor(office.person("tts.truong"), "test")
    other, its_head = office.task(second).id or 0, Actor(office.person("qlvh.truong"), "test")
    with office.database.write() as session:
        handling.acknowledge(session, task, head)
        handling.progress(session, other, its_head, words="Ông Tuấn đã gọi")
    await sender.work()
    assert [one.json["subject"] for one in server.taken] == [second]
    assert "Ông Tuấn" not in server.taken[0].body.decode()
    later(minutes=10)
    await sender.work()
    assert [one.json["type"] for one in server.taken] == ["task.progress", "task.acknowledge"]


async def test_an_event_that_commits_late_under_a_small_number_is_told_all_the_same(
        office: Stage, server: HookServer, sender: WebhookSender) -> None:  # fmt: skip
    added(office, server.url)
    office.order("TTS")
    office.order("QLVH")
    with office.database.write() as session:
        [hook] = webhooks.active(session)
        late, *planned = webhooks.untold(session, hook)
        for event_id in planned:
            session.add(WebhookDelivery(webhook_id=hook.id or 0, event_id=event_id or 0, not_before=clock.now()))
    await sender.work()
    assert late in [one.json["id"] for one in server.taken] and len(server.taken) == 2


async def test_what_is_old_is_passed_by_and_cleared_away(office: Stage, server: HookServer,
                                                         sender: WebhookSender) -> None:  # fmt: skip
    added(office, server.url)
    office.order("TTS")
    await sender.work()
    later(days=8)
    office.order("TTS")
    await sender.work()
    later(days=8)
    office.order("TTS")
    await sender.work()
    assert len(server.taken) == 3 and len(deliveries(office)) == 1
    with office.database.read() as session:
        assert session.exec(select(Webhook.after_event_id)).one() == server.taken[1].json["id"]


async def test_two_processes_tell_each_change_once(office: Stage, server: HookServer, sender: WebhookSender) -> None:
    added(office, server.url)
    for _ in range(12):
        office.order("TTS")
    other = WebhookSender(office.database, inner=True)
    await asyncio.gather(sender.work(), other.work())
    await other.close()
    assert len(server.taken) == 12 == len({one.headers["webhook-id"] for one in server.taken})


def test_a_claim_that_ended_settles_nothing(office: Stage) -> None:
    added(office, SOME)
    office.order("TTS")
    sending.plan(office.database)
    [late] = claim(office.database)
    assert claim(office.database) == []
    with office.database.write() as session:
        over = clock.database_time(session) - timedelta(seconds=1)
        session.execute(update(WebhookDelivery).values(claimed_until=over))
    [ours] = claim(office.database)
    settle(office.database, [(late, "500")])
    assert deliveries(office)[0].state is DeliveryState.SENDING
    settle(office.database, [(ours, "200")])
    assert deliveries(office)[0].state is DeliveryState.SENT and ours.tries == 2


async def test_no_secret_and_no_address_is_logged(office: Stage, server: HookServer, sender: WebhookSender,
                                                  caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    caplog.set_level(logging.INFO, "jobs.webhooks")
    secret = added(office, f"{server.url}?token=TOPSECRET")
    office.order("TTS")
    server.answers = [500]
    await sender.work()
    assert "webhook 1: try 1" in caplog.text and "500" in caplog.text
    assert "TOPSECRET" not in caplog.text and secret not in caplog.text


def test_the_jobs_process_has_a_loop_for_them(office: Stage) -> None:
    service = app.make_service(config.load(environ={"DONDOC_SECRET": "x"}), office.database)
    for only, runs in ((None, True), ("jobs", True), ("web", False), ("bot", False)):
        assert (app.make_scheduler(service, only).get_job("webhooks") is not None) is runs
