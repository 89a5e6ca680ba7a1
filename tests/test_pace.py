"""How fast a channel is written to, by a clock that is set."""

from __future__ import annotations

import itertools

from bot.channel import Capabilities
from jobs.pace import BURST, Pace

TELEGRAM = Capabilities("telegram", 4096, True, True, True, seconds_between=1.0, per_second=25.0, group_per_minute=20,
                        group_prefix="-")  # fmt: skip


class Clock:
    """Seconds that go by when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def sent_in_a_minute(pace: Pace, clock: Clock, chats: list[str]) -> list[float]:
    """Send as fast as is allowed to these chats in turn, for a minute; when each one went."""
    end, went, turn = clock.now + 60, [], 0
    while clock.now < end:
        chat = chats[turn % len(chats)]
        wait = pace.wait(chat)
        if wait:
            clock.now += wait
            continue
        pace.note(chat)
        went.append(clock.now)
        turn += 1
    return went


def test_one_chat_gets_one_message_a_second() -> None:
    clock = Clock()
    went = sent_in_a_minute(Pace(TELEGRAM, clock), clock, ["a"])
    assert len(went) == 60
    assert min(later - earlier for earlier, later in itertools.pairwise(went)) >= 0.999


def test_a_group_gets_twenty_a_minute_and_no_more_at_its_beginning() -> None:
    clock = Clock()
    pace = Pace(TELEGRAM, clock)
    went = sent_in_a_minute(pace, clock, ["-1"]) + sent_in_a_minute(pace, clock, ["-1"])
    for start in went:
        assert sum(start <= at < start + 60 for at in went) <= 20
    assert len(went) >= 39


def test_all_chats_together_get_twenty_five_a_second_and_a_small_burst() -> None:
    clock = Clock()
    went = sent_in_a_minute(Pace(TELEGRAM, clock), clock, [str(n) for n in range(500)])
    for start in went[::50]:
        assert sum(start <= at < start + 1 for at in went) <= 25 + BURST
    assert 60 * 25 <= len(went) <= 60 * 25 + BURST + 1


def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    clock = Clock()
    pace = Pace(TELEGRAM, clock)
    pace.park("a", 35)
    assert pace.wait("a") == 35
    assert pace.wait("b") == 0


def test_a_channel_that_does_not_answer_is_left_alone_for_a_while() -> None:
    clock = Clock()
    pace = Pace(TELEGRAM, clock)
    pace.park_all(5)
    assert pace.wait("a") == pace.wait("b") == 5
    clock.now += 5
    assert pace.wait("a") == 0


def test_a_channel_without_limits_never_waits() -> None:
    clock = Clock()
    pace = Pace(Capabilities("web", 20_000, True, True, True), clock)
    for _ in range(1000):
        assert pace.wait("a") == 0
        pace.note("a")
