"""Role × act over the forms of a task's page: offered and done, or not offered and refused with nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import func, select

from models import clock, extending, handling
from models.event import Event
from models.moves import Actor, move
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from tests.web_stage import Stage, said, stage

PEOPLE = {"head": "qlvh.truong", "deputy": "qlvh.pho", "other_head": "qldl.truong", "office": "vp.vanthu",
          "setter": "gd", "leader": "pgd1", "admin": "quantri"}  # fmt: skip
UNIT, OFFICE, LEADERS = {"head", "deputy"}, {"office"}, {"setter", "leader"}

MAY: dict[str, set[str]] = {
    "acknowledge": UNIT, "report": UNIT, "add_product": UNIT, "progress": UNIT, "ask_extension": UNIT, "refuse": UNIT,
    "name_focal": UNIT, "accept": OFFICE, "return": OFFICE, "forward": OFFICE, "extend": {"setter"},
    "decline": {"setter"}, "instruct": LEADERS, "remind": LEADERS | OFFICE, "hold": OFFICE,
    "reassign": OFFICE,
    "correct": OFFICE, "confirm_cause": OFFICE, "suspend": OFFICE, "resume": OFFICE, "reopen": OFFICE,
    "withdraw": OFFICE,
}  # fmt: skip
"""Who may do what to a task of QLVH whose date the Giám đốc set."""
FIELDS: dict[str, dict[str, Any]] = {
    "report": {"product": "145/BC-QLVH", "product_date": "2023-07-26"}, "add_product": {"product": "145/BC-QLVH"},
    "progress": {"words": "đang làm"}, "ask_extension": {"due": "2023-08-04", "reason": "chờ số liệu"},
    "refuse": {"reason": "không đúng chức năng"}, "return": {"reason": "thiếu phụ lục"},
    "forward": {"opinion": "đồng ý"}, "extend": {"due": "2023-08-04"},
    "decline": {"words": "làm đúng hạn"}, "instruct": {"words": "làm ngay"},
    "correct": {"title": "Báo cáo kết quả rà soát quý 2", "due": "2023-07-28", "reason": "ghi nhầm"},
    "confirm_cause": {"objective_cause": "chờ văn bản của tỉnh"}, "suspend": {"reason": "chờ quy định mới"},
    "reopen": {"reason": "số liệu sai"}, "withdraw": {"reason": "giao trùng"}, "accept": {"checked": "1"},
}  # fmt: skip
REPORTED = {"accept", "return", "add_product"}
ASKED = {"forward", "decline"}
LATE = {"hold", "confirm_cause"}


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def ready(office: Stage, act: str) -> str:
    """A task of QLVH in a state from which the act can be done."""
    code = office.order("QLVH")
    task, head, clerk = office.task(code).id or 0, Actor(office.person(PEOPLE["head"])), office.clerk()
    with office.database.write() as session:
        if act in REPORTED or act == "reopen":
            handling.report(session, task, head, result="đã làm")
        if act == "reopen":
            handling.accept(session, task, clerk)
        if act in ASKED:
            extending.ask_extension(session, task, head, date(2023, 8, 4))
        if act == "resume":
            move(session, task, "suspend", clerk, reason="chờ")
    if act in LATE:
        clock.stand_at(datetime(2023, 7, 31, 9, 0, tzinfo=OFFICE_ZONE))
    return code


def fields_of(office: Stage, act: str) -> dict[str, Any]:
    if act == "reassign":
        with office.database.read() as session:
            return {"unit": str(session.exec(select(Unit.id).where(Unit.code == "QLDL")).one())}
    if act == "name_focal":
        return {"focal": str(office.person("qlvh.pho"))}
    return FIELDS.get(act, {})


def events(office: Stage) -> int:
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


@pytest.mark.parametrize("act", MAY)
def test_role_and_act(office: Stage, act: str) -> None:
    code = ready(office, act)
    untouched = office.kept()
    for role in PEOPLE:
        office.back_to(untouched)
        one_role_and_act(office, code, act, role)


def one_role_and_act(office: Stage, code: str, act: str, role: str) -> None:
    """Offered and done, or not offered, and refused in one sentence with nothing changed."""
    before, version = events(office), office.task(code).version
    someone = office.browser(PEOPLE[role])
    page = someone.get(f"/tasks/{code}")
    offered = f'action="/tasks/{code}/{act}"' in page.text and not behalf_only(page.text, code, act)
    answer = someone.post(f"/tasks/{code}/{act}", fields_of(office, act))
    if role in MAY[act]:
        assert offered and answer.status_code == 200, (role, said(answer))
        assert said(answer).startswith("Đã ") and events(office) > before
    else:
        assert not offered and answer.status_code == 403, (role, said(answer))
        assert said(answer).endswith(".") and events(office) == before and office.task(code).version == version


def behalf_only(text: str, code: str, act: str) -> bool:
    forms = re.findall(rf'action="/tasks/{code}/{act}".*?</form>', text, re.S)
    return all('name="behalf"' in form for form in forms)


@pytest.mark.parametrize("act", ["acknowledge", "report", "progress", "ask_extension", "refuse"])
def test_only_the_office_enters_for_a_unit(office: Stage, act: str) -> None:
    code = ready(office, act)
    before = events(office)
    fields = fields_of(office, act) | {"behalf": "1", "said_by": "đồng chí Hùng", "how": "telephone"}
    for role in PEOPLE.keys() - OFFICE:
        assert office.browser(PEOPLE[role]).post(f"/tasks/{code}/{act}", fields).status_code == 403, role
    assert events(office) == before
    answer = office.browser(PEOPLE["office"]).post(f"/tasks/{code}/{act}", fields)
    assert answer.status_code == 200
    assert "đồng chí Hùng" in answer.text and "Văn phòng ghi thay đơn vị" in answer.text


def test_on_behalf_says_who_said_so(office: Stage) -> None:
    code = ready(office, "acknowledge")
    answer = office.browser("vp.vanthu").post(f"/tasks/{code}/acknowledge", {"behalf": "1"})
    assert answer.status_code == 400 and "Người của đơn vị cho biết" in said(answer)


def test_an_act_pressed_twice_is_one_act_and_one_sentence(office: Stage) -> None:
    code = ready(office, "acknowledge")
    head = office.browser("qlvh.truong")
    head.post(f"/tasks/{code}/acknowledge")
    before = events(office)
    again = head.post(f"/tasks/{code}/acknowledge")
    assert again.status_code == 409 and events(office) == before
    assert code in said(again) and said(again).count(".") == 1
