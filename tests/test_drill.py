"""The drill: Telegram is cut off in the middle of the ladder. Whoever is on Zalo too is reached there, the Office hears
of the others, nobody is asked again for what they confirmed, and after its return nobody hears anything twice."""

from __future__ import annotations

from collections import Counter

import pytest

from models.channel_state import is_down
from models.handling import acknowledge
from models.message import MessageState
from models.task import Task
from tests.office import Office
from tests.scripted import BLOCKED, CONNECT, Linked

TWO_CHATS = ("tts.truong", "tccb.truong", "bt.truong")
TELEGRAM_ONLY = ("qlvh.truong", "qldl.truong", "nhc.truong")
UNITS = ("TTS", "TCCB", "BT", "QLVH", "QLDL", "NHC")


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 07:10: heads on Telegram, some on Zalo too; the clerk and the administrator on both."""
    linked = Linked(Office("2023-07-24 07:10"))
    linked.link(dict.fromkeys((*TWO_CHATS, "vp.vanthu", "quantri"), "telegram zalo"))
    return linked.link(dict.fromkeys(TELEGRAM_ONLY, "telegram"))


@pytest.fixture
def tasks(stage: Linked) -> dict[str, Task]:
    """One task for each unit, told on Telegram; BT and NHC confirmed at once, and all were reminded but them."""
    made = {unit: stage.office.assign(unit, due="2023-08-11") for unit in UNITS}
    stage.at("2023-07-24 07:30")
    assert Counter(stage.telegram.readers()) == Counter([*TWO_CHATS, *TELEGRAM_ONLY])
    stage.office.do(acknowledge, made["BT"], "bt.truong")
    stage.office.do(acknowledge, made["NHC"], "nhc.truong")
    stage.at("2023-07-24 13:30")
    assert Counter(stage.telegram.readers()) - Counter([*TWO_CHATS, *TELEGRAM_ONLY]) == Counter(
        ["tts.truong", "tccb.truong", "qlvh.truong", "qldl.truong"]
    )
    return made


@pytest.fixture
def cut_off(stage: Linked, tasks: dict[str, Task]) -> Linked:
    """Telegram cannot be reached any more; at 07:30 the second reminder is due, and four minutes go by."""
    stage.telegram.says = CONNECT
    stage.telegram.arrived.clear()
    return stage.at("2023-07-25 07:30").minutes(4)


def asked(linked: Linked, task: Task) -> list[str]:
    """Who heard of this task on Zalo."""
    return [one.chat_id for one in linked.zalo.arrived if task.code in one.text and one.chat_id.endswith("truong")]


def test_every_unconfirmed_head_on_both_is_reached_on_zalo_once(cut_off: Linked, tasks: dict[str, Task]) -> None:
    assert is_down(cut_off.state(cut_off.telegram))
    assert asked(cut_off, tasks["TTS"]) == ["tts.truong"] and asked(cut_off, tasks["TCCB"]) == ["tccb.truong"]
    assert not any(one.repeat for one in cut_off.zalo.arrived), "what did not arrive is no repeat"


def test_who_confirmed_is_not_asked_again(cut_off: Linked, tasks: dict[str, Task]) -> None:
    assert asked(cut_off, tasks["BT"]) == []
    cut_off.telegram.says = None
    cut_off.minutes(3)
    assert not {"bt.truong", "nhc.truong"} & {*cut_off.telegram.readers(), *cut_off.zalo.readers()}


def test_the_office_is_told_once_whom_nothing_reaches_and_the_administrator_why(cut_off: Linked) -> None:
    cut_off.minutes(30)
    told = [text for text in cut_off.zalo.heard("vp.vanthu") if "CẢNH BÁO" in text]
    assert len(told) == 1
    assert "Kênh Telegram không hoạt động từ 07 giờ 30 ngày 25/07/2023" in told[0]
    assert "03 người hiện không còn kênh nào nhận được tin" in told[0]
    assert "(QLVH)" in told[0] and "(QLDL)" in told[0] and "(NHC)" in told[0] and "(TTS)" not in told[0]
    assert "liên hệ trực tiếp" in told[0]
    why = [text for text in cut_off.zalo.heard("quantri") if "CẢNH BÁO" in text and "Telegram" in text]
    assert len(why) == 1 and "không kết nối được" in why[0]
    assert len(cut_off.shown("vp.truong", "không còn kênh nào")) == 1, "those of the Office who use the browser as well"


def test_the_daily_list_names_them_as_long_as_it_lasts(cut_off: Linked) -> None:
    cut_off.at("2023-07-26 07:30").minutes(1)
    told = [text for text in cut_off.zalo.heard("vp.vanthu") if "Chưa liên hệ được 03 người" in text]
    assert len(told) == 1 and "(QLVH)" in told[0]
    cut_off.telegram.says = None
    cut_off.minutes(2).at("2023-07-27 07:30")
    assert not any("Chưa liên hệ được" in text for text in cut_off.telegram.heard("vp.vanthu"))


def test_what_is_confirmed_while_it_is_down_is_asked_nowhere_when_it_is_back(
    cut_off: Linked, tasks: dict[str, Task]
) -> None:
    cut_off.office.do(acknowledge, tasks["QLVH"], "qlvh.truong")
    cut_off.office.do(acknowledge, tasks["TTS"], "tts.truong")
    cut_off.telegram.says = None
    cut_off.minutes(3)
    assert "qlvh.truong" not in cut_off.telegram.readers() and "tts.truong" not in cut_off.telegram.readers()
    assert cut_off.telegram.readers().count("qldl.truong") == 1, "who has not confirmed is asked, once"


def test_when_it_is_back_what_waited_goes_out_once_and_nobody_hears_twice(
    cut_off: Linked, tasks: dict[str, Task]
) -> None:
    cut_off.telegram.says = None
    cut_off.minutes(10)
    arrived = Counter((one.chat_id, one.text) for one in (*cut_off.telegram.arrived, *cut_off.zalo.arrived))
    assert max(arrived.values()) == 1
    assert set(cut_off.telegram.readers()) == {"qlvh.truong", "qldl.truong"}
    keys = Counter(one.key for one in (*cut_off.telegram.arrived, *cut_off.zalo.arrived))
    assert max(keys.values()) == 1, "no message arrived on two channels"
    assert not any(one.repeat for one in cut_off.telegram.arrived)


def test_after_three_days_without_telegram_one_question_is_asked_not_one_a_day(
    cut_off: Linked, tasks: dict[str, Task]
) -> None:
    for moment in ("2023-07-26 07:30", "2023-07-26 13:30", "2023-07-27 07:30", "2023-07-27 13:30"):
        cut_off.at(moment)
    waiting = cut_off.messages("qldl.truong", MessageState.QUEUED)
    assert len(waiting) > 1
    cut_off.telegram.says = None
    cut_off.minutes(3)
    assert cut_off.telegram.readers().count("qldl.truong") == 1
    reasons = {one.reason for one in cut_off.messages("qldl.truong", MessageState.DROPPED)}
    assert reasons == {"nothing_left"}


def test_while_it_is_down_hardly_anything_is_tried_there(cut_off: Linked) -> None:
    before = len(cut_off.telegram.tried)
    cut_off.minutes(10)
    assert len(cut_off.telegram.tried) - before <= 11, "one message a minute looks whether it is back"


def test_a_head_who_blocks_the_bot_gets_the_same_message_on_his_next_channel_once(stage: Linked) -> None:
    task = stage.office.assign("TTS", due="2023-08-11")
    stage.telegram.to["tts.truong"] = BLOCKED
    stage.at("2023-07-24 07:30")
    (there,) = [one for one in stage.zalo.arrived if one.chat_id == "tts.truong"]
    assert task.code in there.text and not there.repeat
    assert [one.key for one in stage.telegram.tried if one.chat_id == "tts.truong"] == [there.key]
    stage.at("2023-07-24 13:30")
    assert stage.zalo.readers().count("tts.truong") == 2, "the next one goes to Zalo at once"
    assert len([one for one in stage.telegram.tried if one.chat_id == "tts.truong"]) == 1


def test_a_head_who_blocks_his_only_chat_is_stood_in_for(stage: Linked) -> None:
    stage.office.assign("QLVH", due="2023-08-11")
    stage.telegram.to["qlvh.truong"] = BLOCKED
    stage.at("2023-07-24 07:30")
    assert [one.reason for one in stage.messages("qlvh.truong", MessageState.FAILED)] == ["unreachable"]
    assert len(stage.shown("qlvh.pho", "chưa liên hệ được")) == 1
