"""The first page: what waits for whom, acted on there and then; numbers that add up to the lists they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import event as sql_event

from models import clock, extending, handling
from models.moves import Actor, move
from models.organisation import Person
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, State, Waiting
from tests.web_stage import Stage, counted, said, stage, words_of


@pytest.fixture
def office() -> Iterator[Stage]:
    """Friday 28 July 2023: two weeks ago tasks were assigned to three units; of each kind something waits."""
    with stage() as made:
        clock.stand_at(datetime(2023, 7, 10, 8, 0, tzinfo=OFFICE_ZONE))
        made.import_seed()
        for unit, day in (("QLVH", 28), ("QLVH", 31), ("QLVH", 12), ("QLDL", 31), ("QLDL", 14), ("QLTT", 20)):
            made.order(unit, due=date(2023, 7, day))
        made.order("QLDL", due=date(2023, 7, 31), set_by=DueSetBy.OFFICE)
        made.order("VP", due=date(2023, 7, 31))
        clock.stand_at(datetime(2023, 7, 24, 9, 0, tzinfo=OFFICE_ZONE))
        heads = (made.person(f"{unit}.truong") for unit in ("qlvh", "qldl", "qltt", "vp"))
        qlvh, qldl, qltt, vp = (Actor(head, "test") for head in heads)
        with made.database.write() as session:
            handling.report(session, 1, qlvh, result="đã ban hành báo cáo", product_number="12/BC-QLVH")
            handling.progress(session, 2, qlvh, words="chờ ký", waiting=Waiting.SUBMITTED, waiting_for="Lê Thị Hà")
            extending.ask_extension(session, 4, qldl, date(2023, 8, 4), reason="thiếu số liệu của huyện")
            extending.ask_extension(session, 7, qldl, date(2023, 8, 3), reason="chờ góp ý")
            move(session, 6, "refuse", qltt, reason="không thuộc chức năng")
            handling.report(session, 8, vp, result="đã xong")
        clock.stand_at(datetime(2023, 7, 28, 9, 0, tzinfo=OFFICE_ZONE))
        yield made


def part(page: str, name: str) -> str:
    """The part of the page of this name, to the next one."""
    return page.split(f'data-part="{name}"', 1)[1].split("data-part=", 1)[0]


def waits(page: str) -> dict[str, tuple[str, int]]:
    found = re.findall(r'<a href="([^"]+)" data-figure="(\w+)" class="\w+"><strong>(\d+)', page)
    return {name: (path, int(number)) for path, name, number in found}


@pytest.mark.parametrize("who", ["vp.vanthu", "pgd1", "quantri"])
def test_what_waits_for_the_office_is_counted_as_its_lists(office: Stage, who: str) -> None:
    browser = office.browser(who)
    found = waits(browser.get("/").text)
    assert {name: number for name, (_, number) in found.items()} == {
        "reports": 2, "extensions": 2, "refusals": 1, "drafts": 1, "signature": 1, "co_unit": 0, "unconfirmed": 2,
        "authority": 0}  # fmt: skip
    for path, number in found.values():
        assert counted(browser, path) == number, path


def test_every_number_of_the_overdue_table_opens_its_list(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    table = part(clerk.get("/").text, "overdue")
    numbers = [(path, int(number)) for path, number in re.findall(r'<a href="(/tasks\?[^"]+)">(\d+)</a>', table)]
    assert [number for _, number in numbers[:3]] == [2, 1, 3], "by age, then all of them"
    for path, number in numbers:
        assert counted(clerk, path) == number, path
    assert "quá hạn 12 ngày làm việc" in words_of(table) and 'action="/tasks/NV3/remind"' in table


def test_what_falls_due_this_week_is_counted_by_day(office: Stage) -> None:
    clock.stand_at(datetime(2023, 7, 31, 9, 0, tzinfo=OFFICE_ZONE))
    clerk = office.browser("vp.vanthu")
    days = re.findall(r'<a href="([^"]+)" class="\w+"><strong>(\d+)</strong>', part(clerk.get("/").text, "week"))
    assert [int(number) for _, number in days] == [4, 0, 0, 0, 0]
    assert [counted(clerk, path) for path, _ in days] == [4, 0, 0, 0, 0]


def test_a_report_is_accepted_where_it_stands(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    desk = part(clerk.get("/").text, "desk")
    assert "12/BC-QLVH" in desk and 'action="/tasks/NV1/accept"' in desk
    assert 'action="/tasks/NV8/accept"' not in desk, "nobody confirms their own work"
    answer = clerk.post("/tasks/NV1/accept", {"back": "/", "checked": "1"})
    assert answer.url.path == "/" and said(answer) and office.task("NV1").state is State.COMPLETED
    assert waits(answer.text)["reports"][1] == 1 and 'action="/tasks/NV1/accept"' not in answer.text


def test_a_report_is_returned_with_a_reason_where_it_stands(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    assert clerk.post("/tasks/NV1/return", {"back": "/"}).status_code == 400
    answer = clerk.post("/tasks/NV1/return", {"back": "/", "reason": "thiếu phụ lục"})
    assert answer.url.path == "/" and office.task("NV1").state is State.ACKNOWLEDGED
    own = part(office.browser("qlvh.truong").get("/").text, "own")
    assert "bổ sung báo cáo theo đề nghị của Văn phòng: thiếu phụ lục" in words_of(own)


def test_the_office_grants_its_own_dates_and_forwards_a_leaders(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    desk = part(clerk.get("/").text, "desk")
    assert 'action="/tasks/NV7/extend"' in desk and 'action="/tasks/NV4/extend"' not in desk
    assert 'action="/tasks/NV4/forward"' in desk and 'action="/tasks/NV7/forward"' not in desk
    clerk.post("/tasks/NV7/extend", {"back": "/", "due": "2023-08-03"})
    answer = clerk.post("/tasks/NV4/forward", {"back": "/", "opinion": "đề nghị đồng ý"})
    assert office.task("NV7").due_on == date(2023, 8, 3)
    assert "Văn phòng đã chuyển Lãnh đạo Sở" in answer.text and 'action="/tasks/NV4/forward"' not in answer.text
    decide = part(office.browser("gd").get("/").text, "leader")
    assert "đề nghị đồng ý" in decide and 'action="/tasks/NV4/extend"' in decide


def test_a_leader_decides_his_own_dates_and_confirms_the_offices_reports(office: Stage) -> None:
    director = office.browser("gd")
    page = director.get("/").text
    own = part(page, "leader")
    assert 'action="/tasks/NV4/decline"' in own and 'action="/tasks/NV7' not in own
    answer = director.post("/tasks/NV4/extend", {"back": "/", "due": "2023-08-04"})
    assert answer.url.path == "/" and office.task("NV4").due_on == date(2023, 8, 4)
    in_charge = next(who for who in ("gd", "pgd1", "pgd2")
                     if "/tasks/NV8/accept" in part(office.browser(who).get("/").text, "leader"))  # fmt: skip
    assert office.browser(in_charge).post("/tasks/NV8/accept", {"back": "/"}).url.path == "/"
    assert office.task("NV8").state is State.COMPLETED


def test_what_lies_with_a_leader_stands_first_on_his_page(office: Stage) -> None:
    pages = {who: part(office.browser(who).get("/").text, "leader") for who in ("gd", "pgd1", "pgd2")}
    with office.database.read() as session:
        names = {who: session.get_one(Person, office.person(who)).name for who in pages}
    for who, page in pages.items():
        assert ("/tasks/NV2" in page) is (names[who] == "Lê Thị Hà")


def test_a_leader_sees_the_units_he_is_in_charge_of(office: Stage) -> None:
    for who in ("pgd1", "pgd2"):
        browser = office.browser(who)
        mine = part(browser.get("/").text, "mine")
        links = re.findall(r'<a href="(/tasks\?category=qua_han&amp;leader=[^"]+)">(\d+)</a>', mine)
        for path, number in links:
            assert counted(browser, path) == int(number)
        assert 'href="/units/' in mine


def test_a_refused_task_goes_to_another_unit_where_it_stands(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    desk = part(clerk.get("/").text, "desk")
    assert "không thuộc chức năng" in desk
    unit = re.search(r'<option value="(\d+)">Phòng Quản lý Văn hóa', desk)
    assert unit is not None
    answer = clerk.post("/tasks/NV6/reassign", {"back": "/", "unit": unit.group(1)})
    assert answer.url.path == "/" and office.task("NV6").state is State.ASSIGNED
    assert waits(answer.text)["refusals"][1] == 0


def test_what_is_done_for_a_higher_authority_is_marked_as_entered_there(office: Stage) -> None:
    head, actor = Actor(office.person("ttvh.truong"), "test"), office.clerk()
    code = office.order("TTVH", due=date(2023, 8, 1), set_by=DueSetBy.AUTHORITY)
    with office.database.write() as session:
        handling.report(session, 9, head, result="đã gửi báo cáo")
        handling.accept(session, 9, actor)
    clerk = office.browser("vp.vanthu")
    page = clerk.get("/").text
    path, number = waits(page)["authority"]
    assert number == 1 == counted(clerk, path) and f'action="/tasks/{code}/update_there"' in part(page, "desk")
    answer = clerk.post(f"/tasks/{code}/update_there", {"back": "/"})
    assert answer.url.path == "/" and waits(answer.text)["authority"][1] == 0
    assert office.task(code).updated_there_on == clock.today()


def test_an_act_on_what_has_changed_meanwhile_is_not_carried_out(office: Stage) -> None:
    clerk, other = office.browser("vp.vanthu"), office.browser("vp.truong")
    form = re.search(r'action="/tasks/NV1/accept">.*?name="seen" value="(\d+)"', clerk.get("/").text, re.S)
    assert form is not None
    other.post("/tasks/NV1/return", {"reason": "thiếu phụ lục"})
    with office.database.write() as session:
        handling.report(session, 1, Actor(office.people["qlvh.truong"], "test"), result="bản mới")
    answer = clerk.post("/tasks/NV1/accept", {"back": "/", "seen": form.group(1)})
    assert answer.status_code == 409 and office.task("NV1").state is State.REPORTED


def test_a_head_sees_own_tasks_with_the_next_step_of_each(office: Stage) -> None:
    head = office.browser("qlvh.truong")
    page = head.get("/").text
    own = part(page, "own")
    codes = re.findall(r'data-key="own-(NV\d+)"', own)
    assert codes == ["NV3", "NV2", "NV1"], "what is with the unit first, by date"
    assert "xác nhận nhận việc" in words_of(own) and "đã trình, chờ ký" in words_of(own)
    answer = head.post("/tasks/NV3/acknowledge", {"back": "/"})
    assert answer.url.path == "/" and office.task("NV3").state is State.ACKNOWLEDGED
    assert 'href="/tasks/NV4"' not in page and "data-part=\"units\"" not in page
    for path, number in waits(page).values():
        assert counted(head, path) == (number - 1 if "unconfirmed" in path else number)


def test_the_page_asks_few_questions(office: Stage) -> None:
    asked: list[str] = []
    clerk = office.browser("vp.vanthu")
    clerk.get("/")

    def note(connection, cursor, statement, *rest) -> None:  # type: ignore[no-untyped-def]
        asked.append(statement)

    sql_event.listen(office.database.engine, "before_cursor_execute", note)
    clerk.get("/")
    warm = len(asked)
    office.browser("vp.vanthu").post("/tasks/NV1/accept", {"back": "/"}, follow=False)
    asked.clear()
    clerk.get("/")
    sql_event.remove(office.database.engine, "before_cursor_execute", note)
    assert warm <= 30 and len(asked) <= 80


def test_nobody_is_told_how_others_units_stand(office: Stage) -> None:
    page = office.browser("qltt.truong").get("/").text
    for hidden in ("Phòng Quản lý Văn hóa", "/tasks/NV1\"", "12/BC-QLVH", "data-part=\"reach\"", "data-part=\"desk\""):
        assert hidden not in page
