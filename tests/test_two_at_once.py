"""Two people at one task: the second sees what changed, keeps what was typed, and decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models import handling
from models.task import DueSetBy
from tests.task_page import act, post, section
from tests.test_bulk import carried_along, carry_out, events, preview
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def test_the_second_sees_what_changed_keeps_what_was_typed_and_decides(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    first, second = office.browser("vp.vanthu"), office.browser("vp.truong")
    page = second.get(f"/tasks/{code}")
    post(first, code, "extend", {"due": "2023-08-04", "words": "chờ số liệu"}, first.get(f"/tasks/{code}"))
    answer = post(second, code, "extend", {"due": "2023-08-11", "words": "đề nghị của tỉnh"}, page)
    assert answer.status_code == 409 and "đã có thay đổi" in said(answer)
    changed = section(answer, "changed")
    assert "Ghi thời hạn mới" in changed and "chờ số liệu" in changed
    assert "đề nghị của tỉnh</textarea>" in answer.text and 'value="2023-08-11"' in answer.text
    assert office.task(code).due_on == date(2023, 8, 4)
    again = post(second, code, "extend", {"due": "2023-08-11", "words": "đề nghị của tỉnh"}, answer)
    assert again.status_code == 200 and office.task(code).due_on == date(2023, 8, 11)


def test_what_can_no_longer_be_done_still_shows_what_was_typed(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    act(office, code, "qlvh.truong", handling.report, result="xong")
    clerk = office.browser("vp.vanthu")
    page = clerk.get(f"/tasks/{code}")
    act(office, code, "vp.truong", handling.accept)
    answer = post(clerk, code, "return", {"reason": "thiếu phụ lục 02"}, page)
    assert answer.status_code == 409 and "không còn thực hiện được" in answer.text
    assert "thiếu phụ lục 02" in section(answer, "changed") and "Xác nhận hoàn thành" in section(answer, "changed")


def test_every_form_of_the_page_carries_what_it_has_seen(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    act(office, code, "qlvh.truong", handling.acknowledge)
    for who in ("vp.vanthu", "qlvh.truong", "qlvh.pho", "gd"):
        page = office.browser(who).get(f"/tasks/{code}")
        assert page.text.count('name="seen" value="2"') == page.text.count(f'action="/tasks/{code}/') > 0, who


def test_a_product_added_meanwhile_is_a_change_too(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    act(office, code, "qlvh.truong", handling.report, result="xong")
    clerk = office.browser("vp.vanthu")
    page = clerk.get(f"/tasks/{code}")
    act(office, code, "qlvh.truong", handling.add_product, number="145/BC-QLVH")
    assert post(clerk, code, "accept", {}, page).status_code == 409


def test_a_bulk_act_that_can_no_longer_be_done_to_one_of_its_tasks_is_done_to_none(office: Stage) -> None:
    own, leaders = office.order("QLVH", set_by=DueSetBy.OFFICE), office.order("QLDL")
    clerk = office.browser("vp.vanthu")
    asked = preview(clerk, [own, leaders], "extend")  # before the date is given, all of them are carried along
    assert len(carried_along(asked)) == 2
    answer = carry_out(clerk, asked, "extend", due="2023-08-04")
    assert answer.status_code == 409 and "không còn thực hiện được" in said(answer)
    assert office.task(own).due_on == date(2023, 7, 28) and not events(office, "extend")
    assert carry_out(clerk, answer, "extend", due="2023-08-04").status_code == 200
    assert [office.task(code).due_on for code in (own, leaders)] == [date(2023, 8, 4), date(2023, 7, 28)]
