"""What happened, as programs ask for it: in order, nothing twice, nothing lost, nothing that may be taken back, and no
names of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models import clock, handling
from models.moves import Actor
from models.organisation import Person
from tests.test_api import Program
from tests.web_stage import Stage, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def asked(program: Program, after: int, limit: int = 200) -> dict[str, Any]:
    answer = program.get("/events", after=after, limit=limit)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def act(office: Stage, code: str, who: str, verb: str, **more: Any) -> None:
    task, actor = office.task(code).id or 0, Actor(office.person(who), "telegram")
    with office.database.write() as session:
        getattr(handling, verb)(session, task, actor, **more)


def test_a_program_that_begins_now_is_told_what_comes(office: Stage) -> None:
    office.assign_seed()
    program = Program(office)
    start = program.get("/events").json()
    assert start["events"] == []
    code = office.order("TTS")
    told = asked(program, start["next"])
    assert [(one["type"], one["subject"]) for one in told["events"]] == [("task.assigned", code)]
    assert asked(program, told["next"])["events"] == []


def test_who_acted_is_told_by_the_post_alone(office: Stage) -> None:
    program, code = Program(office), office.order("TTS")
    after = program.get("/events").json()["next"]
    act(office, code, "tts.truong", "progress", words="Ông Hoàng Minh Tuấn đã gọi 0912 345 678")
    text = program.get("/events", after=after).text
    one = asked(program, after)["events"][0]
    assert one["by"] == {"role": "head", "unit": "TTS", "title": "Chánh Thanh tra"} and one["channel"] == "telegram"
    assert (one["from"], one["to"], one["task"]["state"]) == ("assigned", "acknowledged", "acknowledged")
    with office.database.read() as session:
        names = session.exec(select(Person.name)).all()
    assert not any(name in text for name in names) and "0912" not in text


def test_what_may_be_taken_back_is_not_told_nor_what_comes_after_it(office: Stage) -> None:
    program, first, second = Program(office), office.order("TTS"), office.order("QLVH")
    after = program.get("/events").json()["next"]
    act(office, first, "tts.truong", "acknowledge")
    act(office, second, "qlvh.truong", "progress", words="đang làm")
    held = asked(program, after)
    assert held == {"events": [], "next": after, "more": False}
    clock.stand_at(clock.now() + timedelta(minutes=10))
    told = asked(program, held["next"])
    assert [one["type"] for one in told["events"]] == ["task.acknowledge", "task.progress"]


def test_pages_of_changes_join_without_a_gap(office: Stage) -> None:
    office.assign_seed()
    program, whole, parts, after = Program(office), list[int](), list[int](), 0
    whole = [one["id"] for one in asked(program, 0)["events"]]
    while True:
        page = asked(program, after, 4)
        parts += [one["id"] for one in page["events"]]
        after = page["next"]
        if not page["more"]:
            break
    assert whole and parts == whole == sorted(whole)


def test_people_and_settings_are_nobody_elses_business(office: Stage) -> None:
    program = Program(office)
    office.browser("tts.truong").post("/me/sign-out")
    office.browser("vp.vanthu").post("/office/programs/keys", {"name": "x", "role": "read"})
    assert asked(program, 0)["events"] == []
