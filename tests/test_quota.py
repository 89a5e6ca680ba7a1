"""A channel with so many messages a month: what counts, who is warned, who is moved elsewhere, what is left unsaid."""

from __future__ import annotations

import pytest

from bot.channel import Result, Sent, Unknown
from models import clock
from models.channel_state import Budget, ChannelState, budget, runs_out_on, spend, used, works
from models.handling import acknowledge
from models.message import MessageState
from models.unreached import cut_off
from tests.office import Office, local
from tests.scripted import USED_UP, Linked

MONTHLY = 100


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 07:10. Zalo has a hundred messages a month; most are on Zalo alone, one on Telegram too."""
    linked = Linked(Office("2023-07-24 07:10"))
    linked.link({"tts.truong": "zalo", "qlvh.truong": "zalo telegram", "bt.truong": "zalo web", "vp.vanthu": "zalo"})
    return linked.link({"quantri": "telegram"})


# what counts


@pytest.mark.parametrize(("became", "counted"), [(Sent(("a", "b", "c")), 3), (Unknown("timeout"), 2), (None, 1)])
def test_each_part_counts_and_so_does_what_may_have_arrived(stage: Linked, became: Result | None, counted: int) -> None:
    """An unknown one is sent once more, and counts again."""
    stage.office.assign("TTS", due="2023-08-11")
    stage.zalo.to["tts.truong"] = became or (lambda _: None)
    stage.at("2023-07-24 07:30")
    assert stage.used() == counted


def test_what_was_refused_or_never_began_does_not_count(stage: Linked) -> None:
    stage.office.assign("TTS", due="2023-08-11")
    stage.zalo.to["tts.truong"] = USED_UP
    stage.at("2023-07-24 07:30")
    assert stage.used() == 0


def test_a_reply_counts(stage: Linked) -> None:
    stage.write("tts.truong", "zalo", "việc của tôi")
    assert stage.zalo.readers() == ["tts.truong"] and stage.used() == 1


def test_the_count_begins_anew_with_the_office_s_month(stage: Linked) -> None:
    stage.have_used(95)
    clock.stand_at(local("2023-07-31 23:59"))
    assert budget(stage.state(stage.zalo), MONTHLY) == Budget.CLOSED
    clock.stand_at(local("2023-08-01 00:01"))
    assert used(stage.state(stage.zalo)) == 0 and budget(stage.state(stage.zalo), MONTHLY) == Budget.FREE
    assert stage.have_used(1).used() == 1


@pytest.mark.parametrize(
    ("count", "level"), [(0, Budget.FREE), (69, Budget.FREE), (70, Budget.WARNED), (89, Budget.WARNED),
                         (90, Budget.CLOSED), (99, Budget.CLOSED), (100, Budget.SPENT), (140, Budget.SPENT)],
)  # fmt: skip
def test_the_levels_are_seventy_ninety_and_a_hundred_per_cent(stage: Linked, count: int, level: Budget) -> None:
    stage.have_used(count)
    assert budget(stage.state(stage.zalo), MONTHLY) is level
    assert budget(stage.state(stage.zalo), None) is Budget.FREE


# who is warned


def test_the_office_and_the_administrator_are_warned_once_at_seventy_and_once_at_ninety(stage: Linked) -> None:
    stage.have_used(70).at("2023-07-24 07:30").minutes(30)
    assert len(stage.shown("vp.truong", "Kênh Zalo đã dùng 70 trên 100 tin của tháng 07/2023.")) == 1
    assert len(stage.shown("vp.truong", "CẢNH BÁO")) == len(stage.telegram.heard("quantri")) == 1
    stage.have_used(20).minutes(30).at("2023-07-25 07:30").minutes(30)
    assert len(stage.shown("vp.truong", "Kênh Zalo đã dùng 9")) == 1
    assert "tin nhắc việc sắp đến hạn tạm dừng" in stage.telegram.heard("quantri")[1]
    assert len(stage.shown("vp.truong", "CẢNH BÁO")) == len(stage.telegram.heard("quantri")) == 2


def test_a_warning_says_on_which_day_they_run_out_at_the_present_pace(stage: Linked) -> None:
    stage.have_used(72).at("2023-07-24 07:30")  # 72 in 23 days and a bit: three a day, and 28 are left
    assert "số tin còn lại đủ dùng đến hết tháng" in stage.telegram.heard("quantri")[0]
    stage.have_used(19).minutes(1)
    assert "số tin còn lại sẽ hết vào thứ Tư 26/07/2023" in stage.telegram.heard("quantri")[1]


@pytest.mark.parametrize(
    ("at", "gone", "day"),
    [("2023-07-11 00:00", 50, "2023-07-21"), ("2023-07-11 00:00", 30, None), ("2023-07-11 00:00", 0, None),
     ("2023-07-01 00:00", 10, "2023-07-05"), ("2023-07-31 12:00", 100, "2023-07-31")],
)  # fmt: skip
def test_the_day_is_reckoned_from_the_month_s_first(at: str, gone: int, day: str | None) -> None:
    with clock.standing_at(local(at)):
        state = ChannelState(channel="zalo", month=clock.today().replace(day=1), used=gone)
        found = runs_out_on(state, MONTHLY)
    assert (found.isoformat() if found else None) == day


def test_who_has_no_other_channel_is_named_when_all_are_gone(stage: Linked) -> None:
    stage.have_used(100).at("2023-07-24 07:30")
    (told,) = stage.shown("vp.truong", "Kênh Zalo đã dùng hết 100 tin của tháng 07/2023")
    assert "02 người không còn kênh nào khác" in told and "(TTS)" in told
    assert "(QLVH)" not in told and "(BT)" not in told


# nine tenths


def test_from_nine_tenths_on_whoever_has_another_chat_is_written_to_there(stage: Linked) -> None:
    for unit in ("TTS", "QLVH"):
        stage.office.assign(unit, due="2023-08-11")
    stage.have_used(90).at("2023-07-24 07:30")
    assert stage.telegram.readers().count("qlvh.truong") == 1
    assert set(stage.zalo.readers()) == {"tts.truong", "vp.vanthu"}


def test_for_the_rest_what_is_due_soon_is_dropped_and_what_cannot_wait_goes(stage: Linked) -> None:
    soon, today, late = (stage.office.assign("TTS", due=day) for day in ("2023-08-01", "2023-07-31", "2023-07-28"))
    stage.at("2023-07-24 07:30")
    for task in (soon, today, late):
        stage.office.do(acknowledge, task, "tts.truong")
    stage.have_used(90).zalo.arrived.clear()
    new = stage.office.at("2023-07-31 07:00").assign("TTS", due="2023-08-25")
    stage.at("2023-07-31 07:30")
    (told,) = stage.zalo.heard("tts.truong")
    assert all(task.code in told for task in (today, late, new)) and soon.code not in told
    assert {kind for kind, why in stage.notices("tts.truong") if why == "quota"} == {"due_soon"}


def test_somebody_on_telegram_too_is_told_what_is_due_soon(stage: Linked) -> None:
    task = stage.office.assign("QLVH", due="2023-08-01")
    stage.at("2023-07-24 07:30")
    stage.office.do(acknowledge, task, "qlvh.truong")
    stage.have_used(90).at("2023-07-31 07:30")
    assert task.code in stage.telegram.heard("qlvh.truong")[-1]


def test_the_last_tenth_answers_those_who_write(stage: Linked) -> None:
    stage.have_used(99).write("qlvh.truong", "zalo", "việc của tôi")
    assert stage.zalo.readers() == ["qlvh.truong"]


# all


def test_when_all_is_used_up_a_reply_goes_to_the_person_s_next_chat(stage: Linked) -> None:
    stage.have_used(100).write("qlvh.truong", "zalo", "việc của tôi")
    assert stage.telegram.readers() == ["qlvh.truong"] and stage.zalo.tried == []
    stage.write("bt.truong", "zalo", "việc của tôi")
    assert len(stage.messages("bt.truong", MessageState.SENT)) == 1, "in the browser"


def test_by_the_service_s_own_word_the_next_channel_carries_on_with_the_same_message(stage: Linked) -> None:
    stage.office.assign("QLVH", due="2023-08-11")
    stage.zalo.says = USED_UP
    stage.at("2023-07-24 07:30")
    (there,) = [one for one in stage.telegram.arrived if one.chat_id == "qlvh.truong"]
    assert there.key in [one.key for one in stage.zalo.tried] and not there.repeat
    assert not works(stage.state(stage.zalo))
    before = len(stage.zalo.tried)
    stage.minutes(10)
    assert len(stage.zalo.tried) == before, "it is asked no more this month"


def test_who_has_no_chat_left_is_stood_in_for(stage: Linked) -> None:
    stage.office.assign("TTS", due="2023-08-11")
    stage.have_used(100).at("2023-07-24 07:30")
    assert [one.reason for one in stage.messages("tts.truong")] == ["quota"]
    assert len(stage.shown("tts.pho", "chưa liên hệ được")) == 1


def test_an_office_without_any_chat_left_does_not_hand_messages_round(stage: Linked) -> None:
    stage.link(dict.fromkeys(("vp.truong", "vp.pho", "tts.pho"), "zalo"))
    stage.office.assign("TTS", due="2023-08-11")
    stage.have_used(100).at("2023-07-24 07:30").minutes(5)
    for who in ("vp.truong", "vp.pho", "vp.vanthu"):
        assert not [kind for kind, _ in stage.notices(who) if kind == "assigned"]
    assert not stage.messages("tts.pho")


def test_what_is_sent_is_not_repeated_elsewhere_when_the_month_s_messages_end(stage: Linked) -> None:
    stage.office.assign("QLVH", due="2023-08-11")
    stage.have_used(89).at("2023-07-24 07:30")
    assert stage.zalo.readers().count("qlvh.truong") == 1
    stage.have_used(100).minutes(10)
    assert "qlvh.truong" not in stage.telegram.readers()


def test_the_next_month_begins_with_all_of_them_even_if_the_service_still_counts_the_last(stage: Linked) -> None:
    with stage.office.database.write() as session:
        spend(session, "zalo", "zalo-bot")
    with stage.office.database.read() as session:
        assert stage.office.people["tts.truong"] in cut_off(session)
    clock.stand_at(local("2023-08-01 00:10"))
    assert works(stage.state(stage.zalo))
    with stage.office.database.write() as session:
        spend(session, "zalo", "zalo-bot")
    assert not works(stage.state(stage.zalo))
    clock.stand_at(local("2023-08-01 06:30"))
    assert works(stage.state(stage.zalo)), "its month may end at another hour than ours"
