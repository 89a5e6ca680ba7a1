"""Lists: what their address asks for, judged by hand; their orders; and what stands on the page."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlmodel import col, select
from starlette.datastructures import QueryParams

from models import handling, search
from models.moves import Actor
from models.organisation import Unit
from models.recipients import person_by_short_id
from models.task import State, Task, TaskClass, Waiting
from tests.lists_desk import WHO, Duty, every, listed, viewer, with_everything
from tests.web_stage import Stage
from web import visits
from web.board import listing, ordering, tasks
from web.board.filtering import Filter
from web.board.listing import find


@pytest.fixture(scope="module")
def office() -> Iterator[Stage]:
    yield from with_everything()


FILTERS: dict[str, Callable[[Duty], bool]] = {
    "": lambda duty: True,
    "state=completed": lambda duty: duty.task.state == "completed",
    "state=assigned&state=refused": lambda duty: duty.task.state in ("assigned", "refused"),
    "state=nobody": lambda duty: False,
    "category=qua_han": lambda duty: duty.category == "qua_han",
    "overdue=1": lambda duty: duty.category == "qua_han",
    "category=qua_han_xong&category=trong_han": lambda duty: duty.category in ("qua_han_xong", "trong_han"),
    "category=dung_han_xong": lambda duty: duty.category == "dung_han_xong",
    "category=khong_han": lambda duty: duty.category == "khong_han",
    "category=nothing": lambda duty: False,
    "class=standing": lambda duty: duty.task.task_class is TaskClass.STANDING,
    "class=dated&class=monitor": lambda duty: duty.task.task_class in ("dated", "monitor"),
    "due_from=2023-07-28": lambda duty: bool(duty.task.due_on and duty.task.due_on >= date(2023, 7, 28)),
    "due_to=2023-07-28": lambda duty: bool(duty.task.due_on and duty.task.due_on <= date(2023, 7, 28)),
    "due_from=2023-07-28&due_to=2023-07-28": lambda duty: duty.task.due_on == date(2023, 7, 28),
    "due_from=tomorrow": lambda duty: False,
    "co=NSVH": lambda duty: "NSVH" in duty.co,
    "co=NSVH&category=qua_han": lambda duty: "NSVH" in duty.co and duty.category == "qua_han",
    "waiting=submitted": lambda duty: duty.task.waiting is Waiting.SUBMITTED,
    "waiting=co_unit": lambda duty: False,
    "waiting=nothing": lambda duty: False,
    "extension=1": lambda duty: duty.task.number % 10 == 5,
    "authority_open=1": lambda duty: duty.task.state == "completed" and duty.task.due_set_by == "authority",
    "leader=pgd1": lambda duty: duty.leader == "pgd1",
    "leader=pgd1&category=qua_han_xong": lambda duty: duty.leader == "pgd1" and duty.category == "qua_han_xong",
    "leader=nobody": lambda duty: False,
    "q=khao+co": lambda duty: duty.task.title.startswith("Khảo cổ"),
    "q=khao+co&category=qua_han": lambda duty: duty.task.title.startswith("Khảo cổ") and duty.category == "qua_han",
    "q=%2A": lambda duty: False,
}  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("who", WHO)
def test_a_filter_finds_what_one_finds_by_hand(office: Stage, query: str, who: str) -> None:
    assert listed(office, query, who) == [duty.task.number for duty in every(office, who) if FILTERS[query](duty)]


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize("sort", ["number", "-number", "due", "-due", "late", "unit", "nonsense"])
@pytest.mark.parametrize("query", ["", "category=qua_han&category=qua_han_xong", "state=assigned", "q=khao"])
def test_pages_are_stretches_of_the_whole_in_its_order(
    office: Stage, monkeypatch: pytest.MonkeyPatch, query: str, sort: str, few: int
) -> None:
    monkeypatch.setattr(ordering, "FEW", few)
    monkeypatch.setattr(listing, "FEW", few)
    whole = listed(office, f"{query}&sort={sort}")
    assert sorted(whole) == listed(office, query)
    with office.database.read() as session:
        me, wanted = viewer(office, session, "vp.vanthu"), Filter.of(QueryParams(f"{query}&sort={sort}"))
        pages = [find(session, me, wanted, offset=start, limit=7)[1] for start in range(0, len(whole) + 14, 7)]
    assert [row.task.number for page in pages for row in page] == whole


def test_each_order_is_what_it_is_called(office: Stage) -> None:
    rows = {duty.task.number: duty for duty in every(office)}
    with office.database.read() as session:
        position = dict(session.exec(select(Unit.id, Unit.position)).all())
        me = viewer(office, session, "vp.vanthu")
        late = [row.days_late for row in find(session, me, Filter(category=("qua_han",), sort="late"))[1]
                if row.task.state is not State.REPORTED]  # fmt: skip
    due = [rows[number].task.due_on for number in listed(office, "sort=due")]
    assert due == sorted([one for one in due if one]) + [None] * due.count(None)
    turned = [rows[number].task.due_on for number in listed(office, "sort=-due")]
    assert turned == due[: -due.count(None)][::-1] + [None] * due.count(None)
    assert late == sorted(late, reverse=True) and late
    units = [position[rows[number].task.unit_id] for number in listed(office, "sort=unit")]
    assert units == sorted(units)
    assert [rows[n].category for n in listed(office, "sort=late")][: len(late)] == ["qua_han"] * len(late)


def test_an_address_comes_back_as_it_was() -> None:
    query = ("state=assigned&state=reported&category=qua_han&class=dated&unit=TTS&directive=1&q=b%C3%A1o"
             "&due_from=2023-07-28&due_to=2023-07-29&co=BT&waiting=submitted&leader=gd&overdue=1&extension=1&unconfirmed=1&authority_open=1"
             "&sort=late")  # fmt: skip
    wanted = Filter.of(QueryParams(query))
    assert Filter.of(QueryParams(wanted.link().partition("?")[2])) == wanted
    assert wanted.link(page=2).endswith("&page=2") and Filter().link() == "/tasks"


@pytest.mark.parametrize(
    ("number", "pages", "window"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (1, 9, [1, 2, 3, None, 9]), (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
     (9, 9, [1, None, 7, 8, 9]), (99, 9, [1, None, 9])],
)  # fmt: skip
def test_a_window_of_pages_is_offered(number: int, pages: int, window: list[int | None]) -> None:
    assert tasks._window(number, pages) == window


def test_a_thousand_pages_are_a_handful_of_links(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "A_PAGE", 1)
    text = office.browser("vp.vanthu").get("/tasks?page=5&state=assigned").text
    pages = re.search(r'<nav class="pages".*?</nav>', text, re.S)
    assert pages and pages.group().count("<a ") <= 9 and 'aria-current="page">5<' in pages.group()
    assert "không có trang này" in office.browser("vp.vanthu").get("/tasks?page=5000").text


def test_headings_order_the_list_and_say_so(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    plain, by_due = clerk.get("/tasks?state=assigned").text, clerk.get("/tasks?state=assigned&sort=due").text
    assert 'aria-sort="ascending"><a href="/tasks?state=assigned&amp;sort=-number"' in plain
    assert 'aria-sort="ascending"><a href="/tasks?state=assigned&amp;sort=-due"' in by_due
    assert by_due.count("aria-sort") == 1
    assert 'aria-sort="descending"><a href="/tasks?sort=late"' in clerk.get("/tasks?sort=late").text


def test_views_copy_and_excel_carry_the_filters(office: Stage) -> None:
    text = html.unescape(office.browser("vp.vanthu").get("/tasks?class=dated&unit=QLVH&sort=late").text)
    assert 'href="/copy?class=dated&unit=QLVH&sort=late"' in text
    form = re.search(r'<form method="post" action="/reports/export">.*?</form>', text, re.S)
    assert form and re.findall(r'name="(\w+)" value="(\w+)"', form.group())[1:] == [
        ("class", "dated"), ("unit", "QLVH"), ("sort", "late")]  # fmt: skip
    views = re.findall(r'<li><a href="([^"]+)"( aria-current="true")?>', text)
    assert len(views) == 6 and not any(chosen for _, chosen in views)
    for link, _ in views:
        page = office.browser("vp.vanthu").get(link).text
        assert page.count('aria-current="true"') == 1


def test_only_the_office_ticks(office: Stage) -> None:
    ticked = re.compile(r'<input type="checkbox" name="task" value="\d+" form="bulk" aria-label="Chọn NV\d+">')
    assert len(ticked.findall(office.browser("vp.vanthu").get("/tasks").text)) > 20
    assert not ticked.search(office.browser("qlvh.truong").get("/tasks").text)


def test_words_found_too_often_are_not_counted_to_the_end(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((search, "OFTEN"), (listing, "MOST_COUNTED"), (tasks, "MOST_COUNTED")):
        monkeypatch.setattr(module, name, 10)
    text = office.browser("vp.vanthu").get("/tasks?q=khao").text
    assert "Hơn 10 nhiệm vụ" in text and 'data-count="10"' in text
    shown = re.findall(r'class="code" href="/tasks/NV(\d+)"', text)
    assert list(map(int, shown)) == sorted(map(int, shown)) and len(shown) == 20


def test_a_page_is_compressed_and_its_token_never_the_same(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    answers = [clerk.get("/tasks") for _ in range(2)]
    assert {one.headers["content-encoding"] for one in answers} == {"gzip"}
    tokens = [re.findall(r'name="form_token" value="(\w+)"', one.text) for one in answers]
    assert len(set(tokens[0])) == 1 and set(tokens[0]).isdisjoint(tokens[1])
    assert len(gzip.compress(answers[0].content)) < 150_000
    assert visits.token_fits(office.context, clerk.visit, tokens[0][0])
    assert visits.token_fits(office.context, clerk.visit, tokens[1][0])


@pytest.mark.parametrize("token", ["", "0", "zz", "00" * 64, "0" * 63, "é", "00" * 10_000])
def test_a_token_that_is_none_does_not_fit(office: Stage, token: str) -> None:
    assert not visits.token_fits(office.context, visits.begin(1), token)


def test_a_list_sees_at_once_what_was_done(office: Stage) -> None:
    with office.database.read() as session:
        person = person_by_short_id(session, "tv.truong")
        task = session.exec(select(Task).join(Unit, col(Unit.id) == Task.unit_id)
                            .where(Unit.code == "TV", Task.state == State.ASSIGNED)).first()  # fmt: skip
    assert person and task
    counted = [len(listed(office, f"state={state}")) for state in ("assigned", "acknowledged")]
    with office.database.write() as session:
        handling.acknowledge(session, task.id or 0, Actor(person.id or 0, "test"))
    now = [len(listed(office, f"state={state}")) for state in ("assigned", "acknowledged")]
    assert now == [counted[0] - 1, counted[1] + 1]
