"""What the first page says of reaching people: whom nothing reaches and why, channels, yesterday's messages; ages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import update

from models import clock
from models.calendar import Calendar
from models.channel_health import Watched
from models.channel_state import ChannelState
from models.message import Message, MessageState
from models.organisation import Contact, ContactState
from models.rules import Rules
from tests.web_stage import Stage, stage
from web.board.ages import ages_on
from web.site import make_site


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def reach_of(office: Stage, who: str = "vp.vanthu") -> str:
    """What that part of the page says."""
    page = office.browser(who).get("/").text.split('data-part="reach"', 1)[1].split("data-part=", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_unreachable_are_named_with_the_reason(office: Stage) -> None:
    people = [office.person(who) for who in ("qldl.truong", "qltt.truong")]
    with office.database.write() as session:
        first = update(Contact).where(Contact.person_id == people[0])  # type: ignore[arg-type]
        session.execute(first.values(state=ContactState.DEAD))
        second = update(Contact).where(Contact.person_id == people[1])  # type: ignore[arg-type]
        session.execute(second.values(channel="telegram"))
        session.add(ChannelState(channel="telegram", bot="", down_since=clock.now() - timedelta(minutes=10),
                                 failed_at=clock.now(), why="timeout"))  # fmt: skip
    reach = reach_of(office)
    assert "(2)" in reach
    assert "chưa liên kết kênh nào" in reach and "kênh Telegram hiện không gửi được" in reach


def test_channels_are_shown_with_their_health_and_quota(office: Stage) -> None:
    watched = (Watched("telegram", mode="polling"), Watched("zalo", monthly=200))
    office.context = replace(office.context, watched=watched)
    office.site = make_site(office.context)
    with office.database.write() as session:
        session.add(ChannelState(channel="zalo", bot="", month=date(2023, 7, 1), used=150, monthly=200,
                                 answered_at=clock.now()))  # fmt: skip
    reach = reach_of(office)
    assert "150 trên 200 (75%)" in reach and "Sắp hết số tin của tháng" in reach and "Telegram Hoạt động" in reach


def test_yesterdays_messages_add_up(office: Stage) -> None:
    yesterday, person = clock.now() - timedelta(days=1), office.person("qlvh.truong")
    states = [MessageState.SENT] * 3 + [MessageState.FAILED, MessageState.QUEUED, MessageState.DROPPED]
    with office.database.write() as session:
        for number, state in enumerate(states):
            session.add(Message(key=f"slot:{number}", person_id=person, not_before=yesterday, created_at=yesterday,
                                state=state))  # fmt: skip
    reach = reach_of(office)
    assert "Tin nhắn Chủ nhật 23/07/2023: đã lập 5 = đã gửi 3 + bị từ chối 1 + đang chờ 1 ." in reach
    page = office.browser("gd").get("/").text
    numbers = re.findall(r'<a href="(/messages[^"]+)" data-figure="\w+">\D+(\d+)</a>', page)
    assert [int(number) for _, number in numbers] == [5, 3, 1, 1]
    for path, number in numbers:
        listed = office.browser("gd").get(html.unescape(path)).text
        assert f'data-count="{number}"' in listed and listed.count('data-key="message-') == int(number)


@pytest.mark.parametrize("query", ["", "day=nonsense", "day=0001-01-01", "day=9999-12-31", "state=none", "page=7"])
def test_any_day_may_be_asked_for_by_those_who_see_all(office: Stage, query: str) -> None:
    assert office.browser("gd").get(f"/messages?{query}").status_code == 200
    assert office.browser("qlvh.truong").get(f"/messages?{query}").status_code == 403


def test_when_all_is_well_it_says_so(office: Stage) -> None:
    assert "Mọi người giữ nhiệm vụ đều liên lạc được" in reach_of(office, "gd")


@pytest.mark.parametrize("moves", [True, False])
def test_ages_part_due_dates_as_days_late_do(moves: bool) -> None:
    calendar = Calendar({}, replace(Rules(), day_off_due_moves=moves))
    for today in (date(2026, 2, 25), date(2026, 3, 1), date(2026, 5, 4), date(2026, 9, 5)):
        ages = ages_on(calendar, today)
        for days in range(1, 90):
            due = today - timedelta(days)
            late = calendar.between(calendar.last_due_day(due), today)
            fits = [one for one in ages
                    if (one.first is None or due >= one.first) and (one.last is None or due <= one.last)]  # fmt: skip
            assert len(fits) == 1
            assert (fits[0].least <= late or late < 1) and (fits[0].most is None or late <= fits[0].most), (due, today)
