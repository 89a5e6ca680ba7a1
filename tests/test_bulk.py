"""Acts on several tasks at once: what is shown is what is done, in one transaction, by whoever may."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, func, select

from jobs import schedule
from models import clock, handling
from models.bulk import MOST, BulkAct
from models.confirm import Order, assign
from models.event import Event
from models.message import Kind, Message, Notice
from models.moves import Actor
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, State, Task, TaskClass
from tests.web_stage import Browser, Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def three(office: Stage) -> list[str]:
    """Tasks whose dates the Office set: of QLVH, QLVH and QLDL."""
    return [office.order(unit, f"Việc của {unit}", set_by=DueSetBy.OFFICE) for unit in ("QLVH", "QLVH", "QLDL")]


def preview(browser: Browser, codes: list[str], verb: str, **fields: str) -> Any:
    return browser.post("/tasks/bulk", {"task": codes, "verb": verb, **fields})


def carried_along(page: Any) -> list[str]:
    return re.findall(r'name="task" value="(\d+\.\d+)"', page.text)


def carry_out(browser: Browser, page: Any, verb: str, **fields: str) -> Any:
    """Press what the preview offers."""
    return browser.post("/tasks/bulk", {"task": carried_along(page), "verb": verb, "confirm": "1", **fields})


def done(browser: Browser, codes: list[str], verb: str, **fields: str) -> Any:
    return carry_out(browser, preview(browser, codes, verb, **fields), verb, **fields)


def events(office: Stage, verb: str) -> list[Event]:
    with office.database.read() as session:
        return list(session.exec(select(Event).where(Event.verb == verb).order_by(col(Event.id))))


def unit(office: Stage, code: str) -> str:
    with office.database.read() as session:
        return str(session.exec(select(Unit.id).where(Unit.code == code)).one())


def words(page: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def at(hour: int, minute: int) -> None:
    clock.stand_at(datetime(2023, 7, 24, hour, minute, tzinfo=OFFICE_ZONE))


def test_extending_shows_old_and_new_and_then_does_exactly_that(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    asked = preview(clerk, codes, "extend")
    assert asked.status_code == 200 and 'name="due"' in asked.text and "Thực hiện với 3 nhiệm vụ" not in asked.text
    shown = preview(clerk, codes, "extend", due="2023-08-04", reason="chờ số liệu")
    assert "thứ Sáu 28/07/2023 → thứ Sáu 04/08/2023, gia hạn lần 1" in words(shown) and not events(office, "extend")
    answer = carry_out(clerk, shown, "extend", due="2023-08-04", reason="chờ số liệu")
    assert answer.status_code == 200 and "Hoàn tác 3 nhiệm vụ" in answer.text
    assert [one.facts["words"] for one in events(office, "extend") if one.facts] == ["chờ số liệu"] * 3
    for code in codes:
        task = office.task(code)
        assert (task.due_on, task.original_due, task.extensions) == (date(2023, 8, 4), date(2023, 7, 28), 1)
        assert f'href="/tasks/{code}"' in answer.text


def test_dates_that_are_not_the_offices_are_named_and_left(office: Stage) -> None:
    own, leaders = office.order("QLVH", set_by=DueSetBy.OFFICE), office.order("QLDL")
    above = office.order("BT", set_by=DueSetBy.AUTHORITY)
    clerk = office.browser("vp.vanthu")
    shown = preview(clerk, [own, leaders, above], "extend", due="2023-08-04")
    assert words(shown).count("Không thực hiện:") == 2 and len(carried_along(shown)) == 1
    carry_out(clerk, shown, "extend", due="2023-08-04")
    assert [office.task(code).due_on for code in (own, leaders, above)] == [
        date(2023, 8, 4), date(2023, 7, 28), date(2023, 7, 28)]  # fmt: skip
    # The leader who set it may, and he alone.
    assert len(carried_along(preview(office.browser("gd"), [own, leaders, above], "extend", due="2023-08-04"))) == 1


def test_reassigning_and_withdrawing_do_what_they_do_alone(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    target = unit(office, "QLDL")
    shown = preview(clerk, codes, "reassign", unit=target)
    assert "đơn vị này đang chủ trì nhiệm vụ" in words(shown) and len(carried_along(shown)) == 2
    carry_out(clerk, shown, "reassign", unit=target)
    assert {office.task(code).unit_id for code in codes} == {int(target)}
    shown = preview(clerk, codes[:2], "withdraw")
    assert carry_out(clerk, shown, "withdraw").status_code == 200 and not events(office, "withdraw")  # no reason yet
    done(clerk, codes[:2], "withdraw", reason="giao trùng")
    assert [office.task(code).state for code in codes] == [State.WITHDRAWN, State.WITHDRAWN, State.ASSIGNED]


def test_one_person_gets_one_reminder_about_all_tasks(office: Stage) -> None:
    at(8, 0)
    waits, working = (office.order("QLVH", set_by=DueSetBy.OFFICE) for _ in range(2))
    other = office.order("QLDL", set_by=DueSetBy.OFFICE)
    task, head = office.task(working).id or 0, Actor(office.person("qlvh.truong"))
    with office.database.write() as session:
        handling.acknowledge(session, task, head)
    schedule.tick(office.database)
    at(9, 0)
    clerk = office.browser("vp.vanthu")
    shown = preview(clerk, [waits, working, other], "remind")
    assert "2 người nhận, mỗi người 01 tin" in words(shown)
    carry_out(clerk, shown, "remind")
    schedule.tick(office.database)
    assert reminded(office) == []  # it can still be undone
    at(9, 3)
    schedule.tick(office.database)
    assert sorted(reminded(office)) == [1, 2]


def reminded(office: Stage) -> list[int]:
    """How many notices each message has that carries a reminder of the Office."""
    kinds = (Kind.UNCONFIRMED, Kind.DUE_SOON)
    with office.database.read() as session:
        query = select(Message.id, func.count()).join(Notice, col(Notice.message_id) == Message.id)
        query = query.where(col(Notice.kind).in_(kinds), col(Notice.event_id).is_not(None)).group_by(col(Message.id))
        return [count for _, count in session.exec(query)]


def test_a_reminder_outside_working_hours_waits_for_the_slot(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.OFFICE)
    at(21, 30)
    done(office.browser("vp.vanthu"), [code], "remind")
    at(21, 40)
    schedule.tick(office.database)
    with office.database.read() as session:
        notice = session.exec(select(Notice).where(Notice.kind == Kind.UNCONFIRMED)).one()
    assert notice.message_id is None and notice.due_at.astimezone(OFFICE_ZONE).hour == 7


def test_a_task_that_changed_meanwhile_stops_all_and_is_shown(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    shown = preview(clerk, codes, "withdraw", reason="giao trùng")
    task, head = office.task(codes[1]).id or 0, Actor(office.person("qlvh.truong"), "web")
    with office.database.write() as session:
        handling.progress(session, task, head, words="gần xong")
    answer = carry_out(clerk, shown, "withdraw", reason="giao trùng")
    assert answer.status_code == 409 and not events(office, "withdraw")
    told = words(answer)
    assert "gần xong" in told and "Báo cáo tiến độ" in told and "giao trùng" in told
    # The second one decides and presses again.
    again = carry_out(clerk, answer, "withdraw", reason="giao trùng")
    assert again.status_code == 200 and len(events(office, "withdraw")) == 3


def test_pressed_twice_it_is_done_once(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    shown = preview(clerk, codes, "remind")
    assert said(carry_out(clerk, shown, "remind")) == "Đã ghi nhận việc nhắc các đơn vị."
    assert carry_out(clerk, shown, "remind").status_code == 409
    assert len(events(office, "remind")) == 3 and office.rows(BulkAct) == 1


def test_a_form_without_the_preview_does_nothing(office: Stage) -> None:
    codes = three(office)
    answer = office.browser("vp.vanthu").post("/tasks/bulk", {"task": codes, "verb": "remind", "confirm": "1"})
    assert answer.status_code == 409 and not events(office, "remind")


@pytest.mark.parametrize("who", ["qlvh.truong", "qlvh.pho", "quantri"])
def test_only_the_office_and_leaders_act_on_several(office: Stage, who: str) -> None:
    codes = three(office)
    for fields in ({}, {"confirm": "1"}):
        answer = office.browser(who).post("/tasks/bulk", {"task": codes, "verb": "remind", **fields})
        assert answer.status_code == 403, who
    assert not events(office, "remind")


def test_a_leader_reminds_but_neither_withdraws_nor_reassigns(office: Stage) -> None:
    codes, leader = three(office), office.browser("pgd1")
    assert done(leader, codes, "remind").status_code == 200 and len(events(office, "remind")) == 3
    assert carried_along(preview(leader, codes, "withdraw", reason="thôi")) == []
    assert carried_along(preview(leader, codes, "reassign", unit=unit(office, "BT"))) == []


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"verb": "remind"}, 400, "Chưa chọn nhiệm vụ nào"),
        ({"verb": "nothing", "task": "NV1"}, 400, "Thao tác này không thực hiện được"),
        ({"verb": "remind", "task": "NV999"}, 404, "NV999"),
        ({"verb": "remind", "task": "x"}, 400, "."),
        ({"verb": "extend", "task": "NV1", "due": "mai"}, 400, "“mai”"),
        ({"verb": "remind", "task": [f"NV{n}" for n in range(1, MOST + 2)]}, 400, str(MOST)),
    ],
)
def test_what_cannot_be_is_one_sentence(office: Stage, fields: dict[str, Any], status: int, sentence: str) -> None:
    office.order("QLVH")
    answer = office.browser("vp.vanthu").post("/tasks/bulk", fields)
    assert answer.status_code == status and sentence in words(answer)


def test_a_date_that_is_past_or_not_later_is_named(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    assert "là ngày đã qua" in words(preview(clerk, codes, "extend", due="2023-07-21"))
    assert carried_along(preview(clerk, codes, "extend", due="2023-07-28")) == []


def test_the_leaders_own_and_what_the_office_follows_send_nothing(office: Stage) -> None:
    office.assign_seed()
    with office.database.read() as session:
        silent = session.exec(select(Task.number).where(Task.task_class == "monitor")).all()
    shown = preview(office.browser("vp.vanthu"), ["NV1", *(f"NV{number}" for number in silent)], "remind")
    assert words(shown).count("không gửi tin nhắc") == 1 + len(silent) and carried_along(shown) == []


def test_the_way_back_is_kept_and_only_our_own(office: Stage) -> None:
    codes, clerk = three(office), office.browser("vp.vanthu")
    own = preview(clerk, codes, "remind", back="/tasks?unit=QLVH")
    assert 'href="/tasks?unit=QLVH"' in own.text
    assert 'href="/tasks?unit=QLVH"' in carry_out(clerk, own, "remind", back="/tasks?unit=QLVH").text
    assert "elsewhere" not in preview(clerk, codes, "remind", back="//elsewhere.example/").text


def test_several_hundred_tasks_are_one_act_and_one_message(office: Stage) -> None:
    actor, many = office.clerk(), 230
    with office.database.write() as session:
        ids = {one.code: one.id or 0 for one in session.exec(select(Unit))}
        order = Order(title="Việc", text="Việc", unit_ids=(ids["QLVH"],), task_class=TaskClass.DATED,
                      due_on=date(2023, 8, 30))  # fmt: skip
        codes = [assign(session, order, actor)[0].code for _ in range(many)]
    done(office.browser("vp.vanthu"), codes, "remind")
    assert len(events(office, "remind")) == many and office.rows(BulkAct) == 1
    at(8, 30)
    schedule.tick(office.database)
    assert reminded(office) == [many]
