"""How the channels are: as `dondoc check` and /healthz tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

import catalogue
import checks_channels
from bot.channel import Down, Later, Refused, Unknown
from finding import Level
from models import clock
from models.channel_health import Watched, health
from models.unreached import cut_off
from tests.office import SETTINGS, Office, local
from tests.scripted import POLLED, Linked
from tests.web_stage import SECRET
from web.context import Context
from web.site import make_site


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 09:00; the administrator and the clerk are on both, a head on Telegram."""
    linked = Linked(Office("2023-07-24 09:00"), watched=POLLED)
    return linked.link({"quantri": "telegram zalo", "vp.vanthu": "telegram zalo", "tts.truong": "telegram"})


# dondoc check, /healthz


def lines(stage: Linked, mode: str = "polling") -> dict[str, Level]:
    """What `dondoc check` says of Telegram and Zalo, in words."""
    settings = replace(SETTINGS, telegram_token="1:t", zalo_token="2:t", receive={"telegram": mode, "zalo": mode},
                       channels=("telegram", "zalo", "email", "web"), zalo_monthly=100)  # fmt: skip
    with stage.office.database.read() as session:
        found = [*checks_channels.channels(session, settings), *checks_channels.waiting(session, settings)]
    return {catalogue.text(f"cli.check.{one.key}", "vi", **one.values): one.level for one in found}


def reasons(stage: Linked) -> list[str]:
    """What /healthz says."""
    site = make_site(Context(database=stage.office.database, secret=SECRET, watched=POLLED))
    answer = TestClient(site).get("/healthz")
    said: list[str] = answer.json()["reasons"]
    assert answer.status_code == (503 if said else 200)
    return said


def test_the_channels_that_are_watched_are_those_that_can_be_used(stage: Linked) -> None:
    settings = replace(SETTINGS, channels=("telegram", "zalo", "email", "web"), zalo_token="2:t", zalo_monthly=3000,
                       zalo_people=50, receive={"telegram": "polling", "zalo": "webhook"})  # fmt: skip
    assert checks_channels.watched(settings) == (Watched("zalo", "webhook", 3000, 50, "DONDOC_ZALO_TOKEN"),)
    settings = replace(settings, zalo_token=None, telegram_token="1:t")
    assert checks_channels.watched(settings) == (Watched("telegram", "polling", token="DONDOC_TELEGRAM_TOKEN"),)


def test_a_check_of_channels_that_are_well(stage: Linked) -> None:
    stage.polled()
    stage.polled(channel="zalo")
    stage.have_used(33)
    clock.stand_at(local("2023-07-24 09:00:20"))
    found = lines(stage)
    assert set(found.values()) == {Level.GOOD, Level.NOTE}
    assert {
        "Kênh telegram: sẵn sàng.",
        "Kênh telegram: nhận tin bằng hỏi tin (polling), lần gần nhất lúc 09:00:00 24/07/2023, cách đây 20 giây.",
        "Kênh telegram: trong một giờ qua gửi 0 lần, không thành 0 (bị từ chối 0, không rõ kết quả 0, phải gửi lại 0).",
        "Kênh zalo: tháng này đã dùng 33 trên 100 tin, còn 67.",
        "Kênh web: sẵn sàng.",
        "Không có tin nào chờ gửi quá 15 phút.",
    } <= set(found)
    people = len(stage.office.people)
    assert f"Kênh telegram: 3 trên {people} người đã liên kết." in found
    assert f"Kênh zalo: 2 trên {people} người đã liên kết, kênh nhận nhiều nhất 50 người." in found
    assert [line for line, level in found.items() if level is Level.NOTE] == [
        "Kênh email: chưa có mục [email] trong tệp cấu hình, 0 người có địa chỉ; không gửi qua kênh này."
    ]
    assert reasons(stage) == []
    assert "Kênh telegram: nhận tin bằng webhook." in lines(stage, "webhook")


def test_a_check_of_channels_that_are_not(stage: Linked) -> None:
    stage.polled("connect", at="2023-07-24 09:00")
    stage.polled("connect", at="2023-07-24 09:02")
    stage.polled(channel="zalo")
    stage.have_used(91)
    clock.stand_at(local("2023-07-24 09:10"))
    wrong = [line for line, level in lines(stage).items() if level is Level.BAD]
    assert wrong == [
        "Kênh telegram: không hoạt động từ 09:00 24/07/2023 (connect); đề nghị kiểm tra đường truyền của máy chủ "
        "đến kênh này.",
        "Kênh zalo: không hỏi tin từ 09:02:00 24/07/2023, đã 480 giây; đề nghị xem dịch vụ (dondoc run) còn chạy hay "
        "không; nếu còn chạy thì kênh đang đặt webhook (bỏ bằng dondoc webhook zalo --remove) hoặc nơi khác đang hỏi "
        "tin.",
        "Kênh zalo: tháng này đã dùng 91 trên 100 tin, còn 9; theo mức gửi hiện nay sẽ hết vào ngày 26/07/2023, đề "
        "nghị liên kết thêm kênh khác.",
    ]  # fmt: skip
    assert reasons(stage) == ["telegram: down (connect)", "zalo: not polled for 480 seconds"]
    stage.have_used(9)
    assert reasons(stage)[-1] == "zalo: the month's messages are used up"
    assert any("đã hết tin của tháng này" in line for line, level in lines(stage).items() if level is Level.BAD)


def test_a_refused_token_and_a_message_that_is_stuck(stage: Linked) -> None:
    stage.office.assign("TTS", urgency="HỎA TỐC")
    stage.telegram.says = Down(60, "unauthorised")
    stage.at("2023-07-24 09:01").minutes(17)
    found = lines(stage)
    assert found["Kênh telegram: mã truy cập bị từ chối; đề nghị cấp mã mới, đặt vào DONDOC_TELEGRAM_TOKEN rồi khởi "
                 "động lại dịch vụ."] is Level.BAD  # fmt: skip
    assert any(line.startswith("1 tin chờ gửi quá 15 phút, tin cũ nhất từ 09:01 24/07/2023") for line in found)
    assert reasons(stage) == ["1 messages unsent for 15 minutes, the oldest for 17", "telegram: its token is refused"]
    assert not [one for one in reasons(stage) if "tts" in one.lower() or "Thanh tra" in one], "nothing about anybody"


def test_tries_of_the_last_hour_are_counted_by_channel_replies_too(stage: Linked) -> None:
    stage.zalo.says = Refused("no_chat")
    stage.write("vp.vanthu", "zalo", "việc của tôi")
    stage.zalo.says = None
    for stage.telegram.says in (None, Later(1, "flood"), Unknown("timeout")):
        stage.write("quantri", "telegram", "việc của tôi")
    with stage.office.database.read() as session:
        telegram, zalo = health(session, POLLED)
    assert (telegram.tries.all, telegram.tries.later, telegram.tries.unknown, telegram.tries.refused) == (3, 1, 1, 0)
    assert (zalo.tries.all, zalo.tries.refused) == (1, 1)
    clock.stand_at(local("2023-07-24 10:01"))
    with stage.office.database.read() as session:
        assert health(session, POLLED)[0].tries.all == 0


def test_whoever_is_linked_to_a_channel_that_works_is_not_cut_off(stage: Linked) -> None:
    stage.link({"bt.truong": "telegram web", "tv.truong": "zalo web"})
    stage.polled("connect")
    stage.polled("connect", at="2023-07-24 09:02")
    stage.have_used(100)
    names = stage.office.names
    with stage.office.database.read() as session:
        lost = cut_off(session)
    by_name = {names[person]: channels for person, channels in lost.items()}
    assert by_name == {"tts.truong": {"telegram"}, "bt.truong": {"telegram"},
                       "quantri": {"telegram", "zalo"}, "vp.vanthu": {"telegram", "zalo"}}  # fmt: skip
    assert "tv.truong" not in by_name, "the browser takes what a channel that is used up would have brought"
