"""A unit's page: its people and how they are reached, and numbers that add up to the lists they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import select, update

from models import clock, handling
from models.moves import Actor
from models.organisation import Absence, Contact, ContactState, Unit
from models.task import Waiting
from tests.web_stage import Stage, counted, stage, words_of


@pytest.fixture(scope="module")
def office() -> Iterator[Stage]:
    """QLVH owes something of each kind. Here pages are only read."""
    with stage() as made:
        clock.stand_at(clock.now() - timedelta(days=14))
        for day in (12, 14, 26, 27, 28, 28):
            made.order("QLVH", due=date(2023, 7, day))
        made.order("QLDL", "Việc của đơn vị khác", due=date(2023, 7, 26), co=("QLVH",))
        clock.stand_at(clock.now() + timedelta(days=14))
        head = Actor(made.person("qlvh.truong"), "test")
        with made.database.write() as session:
            handling.report(session, 3, head, result="đã làm")
            handling.progress(session, 4, head, words="đã trình chị Hà ký", waiting=Waiting.SUBMITTED)
            handling.progress(session, 2, head, words="còn chờ số liệu của hai huyện")
        yield made


@pytest.mark.parametrize("who", ["vp.vanthu", "pgd1", "qlvh.truong", "qlvh.pho"])
def test_every_number_is_the_length_of_its_list(office: Stage, who: str) -> None:
    browser = office.browser(who)
    page = browser.get("/units/QLVH").text
    lists = re.findall(r'<a href="([^"]+)" data-figure="(\w+)" class="\w+"><strong>(\d+)', page)
    numbers = {name: int(number) for _, name, number in lists}
    assert numbers == {"overdue": 2, "soon": 3, "unconfirmed": 3, "reports": 1, "extensions": 0, "signature": 1,
                       "co_unit": 0}  # fmt: skip
    figures = re.findall(r'<a class="figure[^"]*" href="([^"]+)" data-figure="(\w+)"><strong>(\d+)', page)
    assert len(figures) == 5
    for path, name, number in (*lists, *figures):
        assert counted(browser, path) == int(number), name


def test_it_shows_the_last_words_and_what_it_co_operates_in(office: Stage) -> None:
    said = words_of(office.browser("gd").get("/units/QLVH").text)
    assert "còn chờ số liệu của hai huyện" in said and "Việc của đơn vị khác" in said and "quá hạn" in said


def test_it_names_its_people_and_how_they_are_reached(office: Stage) -> None:
    kept = office.kept()
    head, deputy = office.person("qlvh.truong"), office.person("qlvh.pho")
    with office.database.write() as session:
        session.add(Absence(person_id=head, start=clock.today(), end=clock.today() + timedelta(2), deputy_id=deputy))
        unlinked = update(Contact).where(Contact.person_id == deputy)  # type: ignore[arg-type]
        session.execute(unlinked.values(state=ContactState.UNLINKED))
    said = words_of(office.browser("vp.vanthu").get("/units/QLVH").text)
    office.back_to(kept)
    assert "vắng mặt đến thứ Tư 26/07/2023" in said and "Người thay" in said
    assert "Liên lạc qua" in said and "chưa liên kết kênh nào" in said and "Lãnh đạo phụ trách" in said


@pytest.mark.parametrize(("who", "status"), [("qldl.truong", 403), ("quantri", 200), (None, 401)])
def test_a_unit_sees_only_its_own_page(office: Stage, who: str | None, status: int) -> None:
    assert office.browser(who).get("/units/QLVH").status_code == status


@pytest.mark.parametrize("code", ["NONE", "%3Cscript%3E", "qlvh"])
def test_a_unit_that_is_not_there_is_not_found(office: Stage, code: str) -> None:
    answer = office.browser("gd").get(f"/units/{code}")
    assert answer.status_code == 404 and "<script>" not in answer.text


def test_a_unit_of_the_past_names_its_successor_and_keeps_its_tasks() -> None:
    with stage() as made:
        made.order("TTS", due=date(2023, 7, 26))
        with made.database.write() as session:
            units = {unit.code: unit for unit in session.exec(select(Unit))}
            ended = update(Unit).where(Unit.code == "TTS")  # type: ignore[arg-type]
            session.execute(ended.values(valid_to=clock.today() - timedelta(1), successor_id=units["VP"].id))
        page = made.browser("gd").get("/units/TTS").text
        assert "kết thúc hoạt động Chủ nhật 23/07/2023" in words_of(page) and 'href="/units/VP"' in page
        assert 'href="/tasks/NV1"' in page
