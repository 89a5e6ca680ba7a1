"""The board: every number adds up to the list that it links to, for whoever looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from models import clock, handling
from models.moves import Actor
from models.rules import OFFICE_ZONE
from tests.web_stage import Stage, counted, stage

FIGURE = re.compile(r'<a class="figure[^"]*" href="([^"]+)" data-figure="(\w+)"><strong>(\d+)</strong>')
NUMBER = re.compile(r'<a href="(/tasks[^"]*)">(\d+)(?:</a>| nhiệm vụ đến hạn| tổng số)')


@pytest.fixture(scope="module")
def office() -> Iterator[Stage]:
    """The seed assigned, and dated tasks of QLVH and QLDL in every category. Here pages are only read."""
    with stage() as made:
        made.assign_seed()
        head, clerk = Actor(made.person("qlvh.truong")), made.clerk()
        done, late, reported = (
            made.order("QLVH", due=day) for day in (date(2023, 7, 28), date(2023, 7, 25), date(2023, 7, 25))
        )
        made.order("QLVH", due=date(2023, 8, 18))
        made.order("QLDL", due=date(2023, 7, 25))
        clock.stand_at(datetime(2023, 7, 27, 9, 0, tzinfo=OFFICE_ZONE))
        with made.database.write() as session:
            for code in (done, late, reported):
                handling.report(session, made_id(made, code), head, result="đã làm")
            for code in (done, late):
                handling.accept(session, made_id(made, code), clerk)
        yield made


def made_id(office: Stage, code: str) -> int:
    return int(code.removeprefix("NV"))  # numbers and ids run alike in a fresh database


@pytest.mark.parametrize("who", ["vp.vanthu", "gd", "quantri", "qlvh.truong", "qldl.pho"])
def test_every_number_is_the_length_of_its_list(office: Stage, who: str) -> None:
    browser = office.browser(who)
    text = browser.get("/").text
    figures = FIGURE.findall(text)
    assert [name for _, name, _ in figures] == ["dung_han_xong", "qua_han_xong", "trong_han", "qua_han", "khong_han"]
    numbers = [(path, int(number)) for path, _, number in figures]
    numbers += [(path, int(number)) for path, number in NUMBER.findall(text)]
    assert len(numbers) >= 9
    for path, number in numbers:
        assert counted(browser, path) == number, path


def test_the_figures_are_those_of_the_day(office: Stage) -> None:
    text = office.browser("vp.vanthu").get("/").text
    assert {name: int(number) for _, name, number in FIGURE.findall(text)} == {
        "dung_han_xong": 1, "qua_han_xong": 1, "trong_han": 1, "qua_han": 2, "khong_han": 13}  # fmt: skip
    assert "25,0%" in text and "04 nhiệm vụ đến hạn" in text
    assert "11,1%" in text and "18 tổng số" in text


def test_what_waits_is_a_link_to_it(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    waits = re.findall(r'<a href="([^"]+)" data-figure="\w+" class="(?:some|none)"><strong>(\d+)</strong>',
                       clerk.get("/").text)  # fmt: skip
    assert len(waits) == 8
    for path, number in waits:
        if path.startswith("/tasks"):
            assert counted(clerk, path) == int(number), path


def test_the_overdue_are_named_with_their_days(office: Stage) -> None:
    text = office.browser("gd").get("/").text
    table = text[text.index('id="overdue"') :]
    assert "quá hạn 2 ngày làm việc" in table and "Phòng Quản lý Du lịch" in table


@pytest.mark.parametrize(
    ("query", "count"),
    [("unit=QLVH", 5), ("overdue=1", 2), ("q=ra+soat", 5), ("q=NV2", 2), ("q=788%2FSVHTTDL", 13), ("directive=1", 13),
     ("state=completed", 2), ("state=completed&state=reported", 3), ("category=qua_han&unit=QLDL", 1), ("unit=none", 0),
     ("state=nonsense", 0), ("page=99", 18), ("page=-1", 18)],
)  # fmt: skip
def test_the_list_shows_what_its_address_asks_for(office: Stage, query: str, count: int) -> None:
    assert counted(office.browser("vp.vanthu"), f"/tasks?{query}") == count


def test_a_unit_cannot_ask_for_anothers_list(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    assert counted(head, "/tasks") == 5 and counted(head, "/tasks?unit=QLDL") == 0


@pytest.mark.parametrize(
    "path",
    ["/tasks/NV99999999999999999999", "/evidence/99999999999999999999", "/directives/99999999999999999999/review"],
)
def test_a_number_that_no_row_has_is_not_found(office: Stage, path: str) -> None:
    assert office.browser("vp.vanthu").get(path).status_code == 404


def test_words_typed_into_the_search_are_no_html(office: Stage) -> None:
    text = office.browser("vp.vanthu").get("/tasks?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
