"""Undoing an act on several tasks: every column as before, nobody told, and what cannot be undone is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from jobs import schedule
from models import clock, extending, handling
from models.event import Event, broken
from models.lease import mark
from models.message import Kind, Message, MessageState, Notice, NoticeState
from models.moves import Actor, move
from models.report import Decision, Extension
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, State, Task
from tests.test_bulk import at, done, events, unit, words
from tests.web_stage import Stage, said, stage

FIELDS = {"remind": {}, "extend": {"due": "2023-08-04"}, "withdraw": {"reason": "giao trùng"}, "reassign": {}}


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def two(office: Stage) -> list[str]:
    """Tasks of QLVH and QLDL that were told of and confirmed."""
    codes = [office.order(one, set_by=DueSetBy.OFFICE) for one in ("QLVH", "QLDL")]
    schedule.tick(office.database)
    for code, who in zip(codes, ("qlvh.truong", "qldl.truong"), strict=True):
        task, head = office.task(code).id or 0, Actor(office.person(who), "test")
        with office.database.write() as session:
            handling.progress(session, task, head, words="đang làm", promised_on=date(2023, 7, 27))
    at(9, 0)
    schedule.tick(office.database)
    return codes


def fields(office: Stage, verb: str) -> dict[str, str]:
    return {"unit": unit(office, "BT")} if verb == "reassign" else FIELDS[verb]


def stood(office: Stage, code: str) -> dict[str, Any]:
    """The task's row, but for how often it has changed."""
    return {name: value for name, value in office.task(code).model_dump().items() if name != "version"}


def notices(office: Stage) -> list[tuple[int | None, str, str]]:
    """Everything that anybody is to be told, or was."""
    with office.database.read() as session:
        return [(one.task_id, one.kind.value, one.state.value) for one in
                session.exec(select(Notice).order_by(col(Notice.id)))]  # fmt: skip


@pytest.mark.parametrize("verb", FIELDS)
def test_every_column_stands_as_before_and_nobody_is_told(office: Stage, verb: str) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    before, told = [stood(office, code) for code in codes], notices(office)
    answer = done(clerk, codes, verb, **fields(office, verb))
    assert verb == "remind" or [stood(office, code) for code in codes] != before
    at(9, 1)
    undone = clerk.post("/bulk/1/undo")
    assert undone.status_code == 200 and said(undone) == "Đã hoàn tác." and "Hoàn tác 2 nhiệm vụ" in answer.text
    assert [stood(office, code) for code in codes] == before
    at(9, 30)
    schedule.tick(office.database)
    assert notices(office) == told
    made = events(office, "undo_bulk")
    assert [(one.facts or {}).get("undone") for one in made] == [verb, verb]
    with office.database.read() as session:
        assert list(broken(session)) == []


@pytest.mark.parametrize("verb", FIELDS)
def test_what_is_not_undone_is_told_when_the_window_is_over(office: Stage, verb: str) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    told = notices(office)
    done(clerk, codes, verb, **fields(office, verb))
    schedule.tick(office.database)
    assert notices(office) == told
    at(9, 11)
    schedule.tick(office.database)
    assert len(notices(office)) > len(told)


def test_the_tasks_page_leads_to_the_act_as_long_as_it_can_be_undone(office: Stage) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    done(clerk, codes, "extend", due="2023-08-04")
    assert 'href="/bulk/1"' in clerk.get(f"/tasks/{codes[0]}").text
    assert 'href="/bulk/1"' not in office.browser("vp.truong").get(f"/tasks/{codes[0]}").text
    clerk.post("/bulk/1/undo")
    assert 'href="/bulk/1"' not in clerk.get(f"/tasks/{codes[0]}").text


def test_only_who_did_it_undoes_it(office: Stage) -> None:
    codes = two(office)
    done(office.browser("vp.vanthu"), codes, "extend", due="2023-08-04")
    answer = office.browser("vp.truong").post("/bulk/1/undo")
    assert answer.status_code == 403 and not events(office, "undo_bulk")
    assert "Hoàn tác 2 nhiệm vụ" not in office.browser("vp.truong").get("/bulk/1").text
    assert office.browser("qlvh.truong").get("/bulk/1").status_code == 404


def test_after_the_window_nothing_is_undone_and_the_reason_is_said(office: Stage) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    done(clerk, codes, "extend", due="2023-08-04")
    at(9, 11)
    answer = clerk.post("/bulk/1/undo")
    assert answer.status_code == 409 and words(answer).count("đã quá thời gian cho phép") == 2
    assert office.task(codes[0]).due_on == date(2023, 8, 4)


def test_a_task_on_which_somebody_acted_since_is_left_and_named(office: Stage) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    done(clerk, codes, "extend", due="2023-08-04")
    task, head = office.task(codes[0]).id or 0, Actor(office.person("qlvh.truong"), "test")
    with office.database.write() as session:
        handling.progress(session, task, head, words="sắp xong")
    answer = clerk.post("/bulk/1/undo")
    assert answer.status_code == 200
    assert [office.task(code).due_on for code in codes] == [date(2023, 8, 4), date(2023, 7, 28)]
    assert "không hoàn tác được: Báo cáo tiến độ" in words(answer) and "đã hoàn tác" in words(answer)
    # A second press changes nothing more.
    clerk.post("/bulk/1/undo")
    assert len(events(office, "undo_bulk")) == 1


def test_a_reminder_that_waits_is_dropped_and_one_that_has_gone_is_named(office: Stage) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    done(clerk, codes, "remind")
    at(9, 3)
    schedule.tick(office.database)
    with office.database.write() as session:
        messages = session.exec(
            select(Message).join(Notice, col(Notice.message_id) == Message.id)
            .where(col(Notice.event_id).in_([one.id for one in events_in(session, "remind")]))
            .order_by(col(Message.id))
        ).all()  # fmt: skip
        assert len(messages) == 2 and {one.state for one in messages} == {MessageState.QUEUED}
        messages[0].state, messages[0].sent_at = MessageState.SENT, clock.now()
        session.add(messages[0])
    answer = clerk.post("/bulk/1/undo")
    assert answer.status_code == 200 and words(answer).count("tin đã gửi") == 1
    with office.database.read() as session:
        dropped = session.exec(select(Notice).where(Notice.reason == "taken_back")).all()
    assert [one.state for one in dropped] == [NoticeState.DROPPED]


def events_in(session: Any, verb: str) -> list[Event]:
    return list(session.exec(select(Event).where(Event.verb == verb)))


@pytest.mark.parametrize("verb", ["extend", "withdraw", "reassign"])
def test_a_request_for_more_time_waits_again(office: Stage, verb: str) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    task, head = office.task(codes[0]).id or 0, Actor(office.person("qlvh.truong"), "test")
    with office.database.write() as session:
        extending.ask_extension(session, task, head, date(2023, 8, 4))
    before = stood(office, codes[0])
    done(clerk, codes, verb, **fields(office, verb))
    with office.database.read() as session:
        assert session.exec(select(Extension.decision)).one() is not Decision.OPEN
    clerk.post("/bulk/1/undo")
    with office.database.read() as session:
        request = session.exec(select(Extension)).one()
        assert (request.decision, request.decided_by, request.granted_due) == (Decision.OPEN, None, None)
    assert stood(office, codes[0]) == before


def test_states_that_only_some_acts_have_come_back(office: Stage) -> None:
    codes, clerk = two(office), office.browser("vp.vanthu")
    ids = [office.task(code).id or 0 for code in codes]
    actor, head = office.clerk(), Actor(office.person("qlvh.truong"), "test")
    with office.database.write() as session:
        move(session, ids[1], "suspend", actor, reason="chờ quy định")
        handling.report(session, ids[0], head, result="đã làm")
    before = [stood(office, code) for code in codes]
    done(clerk, codes, "withdraw", reason="giao trùng")
    clerk.post("/bulk/1/undo")
    assert [stood(office, code) for code in codes] == before
    assert [office.task(code).state for code in codes] == [State.REPORTED, State.SUSPENDED]
    answer = office.browser("vp.vanthu").post(f"/tasks/{codes[0]}/accept")
    assert answer.status_code == 200 and office.task(codes[0]).state is State.COMPLETED


def test_a_slot_that_passed_without_the_task_is_made_up_for(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 7, 26), set_by=DueSetBy.OFFICE)
    clock.stand_at(datetime(2023, 7, 27, 7, 25, tzinfo=OFFICE_ZONE))
    clerk = office.browser("vp.vanthu")
    done(clerk, [code], "withdraw", reason="nhầm")
    clock.stand_at(datetime(2023, 7, 27, 7, 31, tzinfo=OFFICE_ZONE))
    schedule.tick(office.database)
    with office.database.read() as session:
        assert mark(session, "planned") is not None
    clerk.post("/bulk/1/undo")
    clock.stand_at(datetime(2023, 7, 27, 13, 31, tzinfo=OFFICE_ZONE))
    schedule.tick(office.database)
    with office.database.read() as session:
        late = select(Notice).join(Task, col(Task.id) == Notice.task_id).where(Notice.kind == Kind.OVERDUE)
        assert len(session.exec(late.where(Task.number == int(code[2:]))).all()) == 1
