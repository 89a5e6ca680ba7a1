"""The page of pictures: each part opens the list that adds up to it, and the same numbers stand beside as tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from models import clock, handling
from models.moves import Actor
from models.organisation import Person
from tests.web_stage import Stage, stage


@pytest.fixture(scope="module")
def office() -> Iterator[Stage]:
    """Friday 28 July 2023: tasks of every category in three units."""
    with stage() as made:
        clerk, head = made.clerk(), Actor(made.person("tts.truong"), "test")
        for unit, days in (("TTS", (-10, -3, 2, 30)), ("QLVH", (-3, 0, 4)), ("BT", (-20,))):
            for number in days:
                made.order(unit, due=date(2023, 7, 28) + timedelta(number))
        made.order("TTS", title="Báo cáo cả năm", due=date(2023, 9, 1))
        clock.stand_at(clock.now() + timedelta(days=4))
        with made.database.write() as session:
            for task_id in (1, 3):
                handling.report(session, task_id, head, product_number="1/BC")
                handling.accept(session, task_id, clerk)
        yield made


def marks(text: str) -> dict[str, str]:
    """Address → what its mark says."""
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', text)
    return {html.unescape(href): html.unescape(tip) for href, tip in found}


def test_each_mark_opens_the_list_that_adds_up_to_it(office: Stage) -> None:
    browser = office.browser("vp.vanthu")
    found = marks(browser.get("/charts").text)
    assert len(found) >= 14
    for href, tip in found.items():
        count = int(re.findall(r"\d+", tip.split(": ")[-1])[0])
        shown = re.search(r"(\d+) nhiệm vụ", browser.get(href).text)
        assert shown is not None and int(shown[1]) == count > 0, (href, tip)


def test_beside_each_picture_the_same_numbers_stand_as_a_table(office: Stage) -> None:
    text = office.browser("vp.vanthu").get("/charts").text
    tables = re.findall(r'<details class="chart-table">.*?</details>', text, re.S)
    assert len(tables) == 3 and all('<th scope="row">' in one and '<th scope="col">' in one for one in tables)
    linked = {html.unescape(href) for one in tables for href in re.findall(r'<a href="(/tasks[^"]+)"', one)}
    assert linked == set(marks(text))


def test_a_drawing_needs_no_script_and_no_style_of_its_own(office: Stage) -> None:
    text = office.browser("gd").get("/charts").text
    drawings = re.findall(r"<svg.*?</svg>", text, re.S)
    assert len(drawings) == 6 and not re.search(r"style=|<style|<script|onclick", "".join(drawings))
    assert "/static/charts.css" in text


def test_one_unit_can_be_asked_for(office: Stage) -> None:
    text = office.browser("vp.vanthu").get("/charts?unit=TTS").text
    assert marks(text) and all("unit=TTS" in href for href in marks(text))


def test_a_head_sees_the_own_unit_whatever_is_asked_for(office: Stage) -> None:
    for path in ("/charts", "/charts?unit=QLVH"):
        text = office.browser("tts.truong").get(path).text
        assert marks(text) and all("unit=TTS" in href for href in marks(text))


def test_who_is_nobody_sees_none(office: Stage) -> None:
    assert office.browser().get("/charts").status_code == 401


def test_in_english_too(office: Stage) -> None:
    leader = office.person("pgd2")
    with office.database.write() as session:
        person = session.get(Person, leader)
        assert person is not None
        person.language = "en"
        session.add(person)
    text = office.browser("pgd2").get("/charts").text
    assert "By week due" in text and "Theo tuần" not in text


def test_with_no_task_at_all_the_page_says_so() -> None:
    with stage() as empty:
        text = empty.browser("vp.vanthu").get("/charts").text
    assert "Chưa có nhiệm vụ nào được giao." in text and marks(text) == {}



def test_the_first_page_leads_to_the_pictures(office: Stage) -> None:
    for who in ("vp.vanthu", "gd", "tts.truong"):
        assert 'href="/charts"' in office.browser(who).get("/").text
