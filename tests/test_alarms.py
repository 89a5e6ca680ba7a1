"""Outages, refused tokens, what is stuck: noted as the channels answer, and told once to those who can help."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.channel import ChannelError, Conflict, Down, Unauthorised, Unknown
from bot.polling import Poller
from jobs.alarms import raise_alarms
from models import clock
from models.channel_state import is_down
from models.organisation import Contact, ContactState
from tests.office import Office, local
from tests.scripted import CONNECT, POLLED, Linked, Scripted


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 09:00; the administrator and the clerk are on both, a head on Telegram."""
    linked = Linked(Office("2023-07-24 09:00"), watched=POLLED)
    return linked.link({"quantri": "telegram zalo", "vp.vanthu": "telegram zalo", "tts.truong": "telegram"})


# what is noted


class Asked:
    """A channel whose poll raises what it is told to."""

    def __init__(self, error: ChannelError) -> None:
        self.capabilities, self.bot, self.error = Scripted("telegram").capabilities, "telegram-bot", error

    async def poll(self) -> Any:
        raise self.error


def poll(stage: Linked, error: ChannelError) -> None:
    """One step of the loop that asks it."""
    channel: Any = Asked(error)
    asyncio.run(Poller(stage.office.database, channel, receiver=channel).step())


def test_polls_that_fail_for_ninety_seconds_are_an_outage_and_one_that_succeeds_ends_it(stage: Linked) -> None:
    for second in range(0, 100, 10):
        clock.stand_at(local(f"2023-07-24 09:0{1 + second // 60}:{second % 60:02d}"))
        poll(stage, ChannelError("connect"))
        assert is_down(stage.state(stage.telegram)) is (second >= 90)
    stage.polled()
    assert stage.state(stage.telegram).down_since is None


def test_two_failures_hours_apart_are_no_outage(stage: Linked) -> None:
    for at in ("2023-07-24 10:00", "2023-07-24 14:00"):
        stage.polled("timeout", at=at)
        assert not is_down(stage.state(stage.telegram))


def test_polls_that_go_well_do_not_hide_that_messages_do_not(stage: Linked) -> None:
    stage.office.assign("TTS", urgency="HỎA TỐC")
    stage.telegram.says = Down(30, "http_503")
    stage.at("2023-07-24 09:01")
    for _ in range(12):
        stage.pass_by(20).polled()
    assert is_down(stage.state(stage.telegram))
    stage.telegram.says = None
    stage.minutes(3)
    assert stage.telegram.readers().count("tts.truong") == 1 and not is_down(stage.state(stage.telegram))


def test_somebody_else_who_polls_with_our_token_stops_no_message_and_is_told(stage: Linked) -> None:
    stage.polled()
    for _ in range(10):
        clock.stand_at(clock.now() + timedelta(seconds=30))
        poll(stage, Conflict("conflict", 10))
    stage.pass_by()
    (told,) = stage.telegram.heard("quantri")
    assert "nơi khác đang nhận tin bằng cùng mã truy cập" in told


def test_one_failure_after_which_nothing_was_tried_is_no_outage(stage: Linked) -> None:
    stage.polled("timeout")
    clock.stand_at(local("2023-07-24 11:00"))
    assert not is_down(stage.state(stage.telegram))


def test_a_channel_that_nobody_polls_is_found_to_be_back_by_one_message_a_minute(stage: Linked) -> None:
    stage.office.assign("TTS", urgency="HỎA TỐC")
    stage.telegram.says = CONNECT
    stage.at("2023-07-24 09:01").minutes(5)
    assert is_down(stage.state(stage.telegram))
    tried = len(stage.telegram.tried)
    stage.minutes(5)
    assert 4 <= len(stage.telegram.tried) - tried <= 6
    stage.telegram.says = None
    stage.minutes(3)
    assert stage.telegram.readers().count("tts.truong") == 1
    assert not is_down(stage.state(stage.telegram))


# alarms


def test_a_refused_token_is_an_alarm_at_once_that_names_the_variable(stage: Linked) -> None:
    poll(stage, Unauthorised("unauthorised", 60))
    stage.telegram.says = Down(60, "unauthorised")
    stage.pass_by().minutes(4)
    told = [text for text in stage.zalo.heard("quantri") if "mã truy cập" in text]
    assert len(told) == 1 and "đặt vào biến môi trường DONDOC_TELEGRAM_TOKEN" in told[0]


def test_an_outage_is_told_once_and_the_next_one_again(stage: Linked) -> None:
    for hour in ("10", "14"):
        stage.polled("connect", at=f"2023-07-24 {hour}:00")
        stage.polled("connect", at=f"2023-07-24 {hour}:02")
        stage.minutes(5)
        stage.polled(at=f"2023-07-24 {hour}:30")
        stage.minutes(1)
    arrived = [*stage.zalo.heard("quantri"), *stage.telegram.heard("quantri")]
    assert len([text for text in arrived if "Kênh Telegram không hoạt động" in text]) == 2


def test_an_alarm_that_waited_until_its_outage_was_over_is_not_sent(stage: Linked) -> None:
    for channel in ("telegram", "zalo"):
        stage.polled("connect", channel, at="2023-07-24 10:00")
        stage.polled("connect", channel, at="2023-07-24 10:02")
    stage.link({"vp.truong": "telegram", "vp.pho": "telegram"}).pass_by()
    assert [why for _, why in stage.notices("quantri")] == [None, None], "they wait"
    for channel in ("telegram", "zalo"):
        stage.polled(None, channel, at="2023-07-24 10:10")
    stage.minutes(2)
    assert {why for _, why in stage.notices("quantri")} == {"over"}
    assert stage.telegram.arrived == stage.zalo.arrived == []


def test_alarms_at_night_wake_the_administrator_and_leave_the_office_until_the_morning(stage: Linked) -> None:
    stage.telegram.says = CONNECT
    stage.at("2023-07-24 22:00")
    stage.polled("connect", at="2023-07-24 22:00")
    stage.polled("connect", at="2023-07-24 22:02")
    stage.minutes(2)
    assert stage.zalo.readers() == ["quantri"]
    stage.at("2023-07-25 07:30").minutes(1)
    assert any("không còn kênh nào nhận được tin" in text for text in stage.zalo.heard("vp.vanthu"))


def test_without_an_administrator_who_can_be_reached_the_office_hears_what_is_wrong(stage: Linked) -> None:
    with stage.office.database.write() as session:
        mine = col(Contact.person_id) == stage.office.people["quantri"]
        session.execute(update(Contact).where(mine).values(state=ContactState.DEAD))
    stage.polled("connect")
    stage.polled("connect", at="2023-07-24 09:02")
    stage.minutes(1)
    assert any("Kênh Telegram không hoạt động" in text for text in stage.zalo.heard("vp.vanthu"))


def test_what_the_administrator_was_told_is_not_told_the_office_when_he_is_cut_off_later(stage: Linked) -> None:
    stage.polled("connect")
    stage.polled("connect", at="2023-07-24 09:02")
    stage.minutes(1)
    assert len(stage.zalo.heard("quantri")) == 1
    for at in ("2023-07-24 09:03", "2023-07-24 09:05"):
        stage.polled("connect", "zalo", at=at)
    stage.minutes(2)
    assert len(stage.shown("vp.truong", "Kênh Zalo không hoạt động")) == 2, "as whom nothing reaches, and as what broke"
    assert not stage.shown("vp.truong", "Kênh Telegram không hoạt động từ 09 giờ ngày 24/07/2023 (")


def test_a_channel_that_nobody_asks_any_more_is_told(stage: Linked) -> None:
    stage.polled()
    clock.stand_at(local("2023-07-24 09:01:59"))
    assert raise_alarms(stage.office.database, POLLED) == 0
    clock.stand_at(local("2023-07-24 09:02:01"))
    stage.minutes(10)
    arrived = [*stage.zalo.heard("quantri"), *stage.telegram.heard("quantri")]
    assert len([text for text in arrived if "tin đến không được nhận từ 09 giờ ngày 24/07/2023" in text]) == 1
    assert raise_alarms(stage.office.database, (replace(POLLED[0], mode="webhook"),)) == 0


def test_messages_that_wait_for_a_quarter_of_an_hour_are_told_though_they_are_held_a_minute_at_a_time(
    stage: Linked,
) -> None:
    stage.office.assign("TTS", urgency="HỎA TỐC")
    stage.telegram.says = CONNECT
    stage.at("2023-07-24 09:01").minutes(14)
    assert not any("15 phút" in text for text in stage.zalo.heard("quantri"))
    stage.minutes(3)
    assert len([text for text in stage.zalo.heard("quantri") if "chưa gửi được sau 15 phút" in text]) == 1


def test_a_channel_on_which_most_tries_fail_is_told_once_a_day(stage: Linked) -> None:
    for number in range(10):
        stage.telegram.says = Unknown("timeout") if number % 2 else None
        stage.write("quantri", "telegram", "việc của tôi")
    stage.telegram.says = None
    assert raise_alarms(stage.office.database, POLLED) == 1 and raise_alarms(stage.office.database, POLLED) == 0
    stage.deliver()
    (told,) = [text for text in stage.telegram.heard("quantri") if "lần gửi không thành" in text]
    assert "5 trên 10 lần gửi không thành (bị từ chối 0, không rõ kết quả 5, phải gửi lại 0)" in told
