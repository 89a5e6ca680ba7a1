"""A page hears of what its viewer may see, from whichever process it was written, and of nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import update

from models import clock, handling
from models.moves import Actor
from models.organisation import Person
from tests.web_stage import Browser, Stage, stage
from web.board import live
from web.board.live import Pulse, changes, concerns, look


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        made.order("QLVH")
        made.order("QLDL", co=("NSVH",))
        yield made


def confirm(office: Stage, code: str, who: str) -> None:
    task, actor = office.task(code).id or 0, Actor(office.person(who), "test")
    with office.database.write() as session:
        handling.acknowledge(session, task, actor)


def listening(office: Stage, browser: Browser, looks: int = 30, **seen: Any) -> AsyncIterator[str]:
    return changes(office.context, browser.visit, every=0, looks=looks, **seen)


def later() -> int:
    """A page made so long after everything that nothing can have been written beside it."""
    return int((clock.now() + timedelta(seconds=10)).timestamp())


async def test_a_page_just_made_is_told_nothing_until_something_happens(office: Stage) -> None:
    told = listening(office, office.browser("vp.vanthu"), since=later())
    first = await anext(told)
    assert first.startswith("id: ") and "data:" not in first
    confirm(office, "NV1", "qlvh.truong")
    assert "data: " in await anext(told)


async def test_a_page_that_missed_something_is_told_at_once(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    assert "data: " in await anext(listening(office, clerk, since=int(clock.now().timestamp())))
    assert "data: " in await anext(listening(office, clerk)), "a page that does not say when it was made"
    before = look(office.database)
    confirm(office, "NV1", "qlvh.truong")
    assert f"data: {look(office.database)}" in await anext(listening(office, clerk, after=before))


@pytest.mark.parametrize(
    ("who", "hears"),
    [("vp.vanthu", True), ("gd", True), ("qldl.truong", True), ("nsvh.truong", True), ("qlvh.truong", False)],
)
def test_a_unit_hears_of_its_own_tasks_and_of_those_it_co_operates_in(office: Stage, who: str, hears: bool) -> None:
    before, browser = look(office.database), office.browser(who)
    confirm(office, "NV2", "qldl.truong")
    assert concerns(office.context, browser.visit, before, look(office.database)) is hears


def test_what_touches_no_task_concerns_everybody(office: Stage) -> None:
    before, head = look(office.database), office.browser("qlvh.truong")
    office.browser("vp.vanthu").post(f"/people/{office.person('qldl.pho')}/code")
    after = look(office.database)
    assert before != after and concerns(office.context, head.visit, before, after)


@pytest.mark.parametrize("heard", ["", "-", "nonsense", "1-2", "9" * 400, "-".join("9" * 60)])
def test_a_stamp_that_is_none_of_ours_does_no_harm(office: Stage, heard: str) -> None:
    assert concerns(office.context, office.browser("qlvh.truong").visit, heard, look(office.database)) in (True, False)


async def test_the_stream_ends_with_the_session(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    told = listening(office, head, looks=200, since=later())
    await anext(told)
    with office.database.write() as session:
        session.execute(update(Person).values(sessions_from=clock.now() + timedelta(seconds=1)))
    assert [line async for line in told] == []


async def test_a_quiet_stream_says_that_it_lives_and_ends_after_a_while(office: Stage) -> None:
    told = [line async for line in listening(office, office.browser("gd"), looks=50, since=later())]
    assert told[1:] == [": still here\n\n"] * 2


async def test_all_who_listen_share_one_look_a_second(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = count(1)
    monkeypatch.setattr(live, "look", lambda database: f"{next(looks)}-0")
    pulse = Pulse(office.database)
    assert [await pulse.stamp(60) for _ in range(5)] == ["1-0"] * 5
    assert [await pulse.stamp(0) for _ in range(2)] == ["2-0", "3-0"]


def test_nobody_hears_without_signing_in(office: Stage) -> None:
    assert office.browser().get("/live").status_code == 401


@pytest.mark.parametrize("path", ["/", "/directives", "/units/QLVH"])
def test_the_page_says_when_it_was_made_and_names_its_parts(office: Stage, path: str) -> None:
    page = office.browser("vp.vanthu").get(path).text
    assert f'data-live-page="{int(clock.now().timestamp())}"' in page and "/static/live.js" in page
    assert "data-part=" in page
