"""A directive's page says how far each item has come; the list finds directives and counts what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from models import clock, handling
from models.directive import Directive, DirectiveState
from models.moves import Actor
from tests.web_stage import Stage, counted, stage, words_of
from web.directive.listing import near


@pytest.fixture(scope="module")
def office() -> Iterator[Stage]:
    """The seed assigned; NV4 of its item 3 is done, NV2 has a word said of it. Here pages are only read."""
    with stage() as made:
        made.assign_seed()
        done, spoken, clerk = made.task("NV4").id or 0, made.task("NV2").id or 0, made.clerk()
        head, inspector = (Actor(made.person(who), "test") for who in ("qlvh.truong", "tts.truong"))
        with made.database.write() as session:
            handling.report(session, done, head, product_number="12/BC-QLVH", result="đã làm")
            handling.accept(session, done, clerk)
            handling.progress(session, spoken, inspector, words="đang dự thảo kế hoạch")
        yield made


def test_each_item_shows_its_words_its_tasks_and_what_is_done(office: Stage) -> None:
    page = office.browser("vp.vanthu").get("/directives/1").text
    said = words_of(page)
    assert "788/SVHTTDL-VP" in said and "Thanh tra Sở triển khai" in said
    assert "hoàn thành 1 trên 5" in said, "item 3 went to four departments and the one-stop section"
    assert "đang dự thảo kế hoạch" in said and 'href="/tasks/NV2"' in page and 'href="/units/TTS"' in page


def test_the_numbers_of_the_page_are_those_of_their_lists(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    figures = re.findall(r'<a href="([^"]+)" data-figure="(\w+)">(?:<strong>)?(\d+)', clerk.get("/directives/1").text)
    assert [(name, int(number)) for _, name, number in figures] == [("completed", 1), ("duties", 13)]
    for path, _, number in figures:
        assert counted(clerk, path) == int(number)


def test_the_list_counts_what_is_done_of_each(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    numbers = re.findall(r'<a href="(/tasks\?directive=1[^"]*)">(\d+)</a>', clerk.get("/directives").text)
    assert [int(number) for _, number in numbers] == [1, 13]
    assert [counted(clerk, path) for path, _ in numbers] == [1, 13]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("q=788", 1), ("q=svhttdl-vp", 1), ("q=so+van+hoa", 1), ("q=Thái+Bình", 1), ("q=4512", 0), ("q=%22*", 0),
     ("state=draft", 0), ("state=assigned&q=788", 1), ("state=nonsense", 1), ("page=99", 1), ("page=-3", 1)],
)  # fmt: skip
def test_directives_are_found_by_number_and_words_without_marks(office: Stage, query: str, count: int) -> None:
    assert counted(office.browser("gd"), f"/directives?{query}") == count


def test_a_search_is_no_html(office: Stage) -> None:
    page = office.browser("gd").get("/directives?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page


@pytest.mark.parametrize(("who", "status"), [("gd", 200), ("quantri", 200), ("qlvh.truong", 403), (None, 401)])
def test_directives_are_for_those_who_see_all(office: Stage, who: str | None, status: int) -> None:
    browser = office.browser(who)
    assert [browser.get(path).status_code for path in ("/directives/1", "/directives")] == [status, status]


@pytest.mark.parametrize("number", ["7", "99999999999999999999"])
def test_a_directive_that_is_not_there_is_not_found(office: Stage, number: str) -> None:
    assert office.browser("gd").get(f"/directives/{number}").status_code == 404


def test_a_draft_says_that_nothing_is_assigned() -> None:
    with stage() as made:
        made.import_seed()
        clerk = made.browser("vp.vanthu")
        assert "chưa giao việc" in words_of(clerk.get("/directives/1").text)
        assert 'href="/directives/1/review"' in clerk.get("/directives?state=draft").text


def test_many_directives_come_in_pages() -> None:
    with stage() as made:
        with made.database.write() as session:
            for number in range(1, 121):
                session.add(Directive(sha256=f"{number:064d}", source=f"{number}.txt", kind="cong_van", text="",
                                      number=f"{number}/UBND-VX", received_on=clock.today(), registered_at=clock.now(),
                                      state=DirectiveState.ASSIGNED))  # fmt: skip
        clerk = made.browser("vp.vanthu")
        last = clerk.get("/directives?page=3").text
        assert counted(clerk, "/directives") == 120 and ">20/UBND-VX<" in last and ">21/UBND-VX<" not in last
        assert 'href="/directives?q=UBND&amp;page=2"' in clerk.get("/directives?q=UBND").text


def test_of_many_pages_only_the_near_ones_are_linked() -> None:
    assert near(1, 1) == [1]
    assert near(2, 4) == [1, 2, 3, 4]
    assert near(50, 100) == [1, None, 47, 48, 49, 50, 51, 52, 53, None, 100]
