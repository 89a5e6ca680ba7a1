"""Drafts become tasks: codes run on, a parent before its children, nothing invented, no question left open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.confirm import NotConfirmable, confirm
from models.directive import Directive, DirectiveState, DraftItem
from models.event import Event
from models.organisation import Unit
from models.series import Series
from models.task import CoUnit, DueSetBy, Task, TaskClass
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 07:29")


def draft(office: Office, *items: dict[str, Any], **columns: Any) -> int:
    """A draft directive; an item's `units` and `co_units` are codes, its label its place."""
    with office.database.write() as session:
        number = len(session.exec(select(Directive)).all()) + 1
        values = {"source": "a.txt", "kind": "cong_van", "text": "", "received_on": date(2023, 7, 24), **columns}
        directive = Directive(sha256=str(number), registered_at=office.now(), **values)
        session.add(directive)
        session.flush()
        for place, item in enumerate(items, 1):
            more = {key: value for key, value in item.items() if key not in ("units", "co_units")}
            session.add(DraftItem(directive_id=directive.id or 0, position=place, label=more.pop("label", str(place)),
                                  text="Làm việc.", title=more.pop("title", f"Việc {place}"),
                                  unit_ids=[office.units[code] for code in item.get("units", "").split()],
                                  co_unit_ids=[office.units[code] for code in item.get("co_units", "").split()],
                                  **more))  # fmt: skip
        return directive.id or 0


def confirmed(office: Office, directive_id: int, **more: Any) -> list[Task]:
    with office.database.write() as session:
        return confirm(session, directive_id, office.who("vp.truong"), **more)


def spelled(office: Office, tasks: list[Task]) -> list[str]:
    """`NV3 parent`, `NV4<NV3 QLVH`."""
    codes, units = {task.id: task.code for task in tasks}, {number: code for code, number in office.units.items()}
    return [
        task.code
        + (f"<{codes[task.parent_id]}" if task.parent_id else "")
        + " "
        + units.get(task.unit_id or 0, "parent")
        for task in tasks
    ]


def test_codes_run_on_in_document_order_over_all_directives_a_parent_before_its_children(office: Office) -> None:
    first = draft(office, {"units": "TTS"}, {"units": "QLVH QLTT"}, {"units": "BPMC", "grouped": True})
    second = draft(office, {"units": "VP"})
    assert spelled(office, confirmed(office, first)) == [
        "NV1 TTS", "NV2 parent", "NV3<NV2 QLVH", "NV4<NV2 QLTT", "NV5 parent", "NV6<NV5 BPMC",
    ]  # fmt: skip
    assert spelled(office, confirmed(office, second)) == ["NV7 VP"]


def test_items_of_others_dropped_and_without_owner_make_nothing(office: Office) -> None:
    number = draft(office, {"units": "TTS", "ours": False},
                   {"units": "TTS", "dropped": True, "questions": {"due": "Hạn?"}},
                   {"units": "BT", "ours": True}, {})  # fmt: skip
    tasks = confirmed(office, number, waive=True)
    assert spelled(office, tasks) == ["NV1 BT"]
    with office.database.read() as session:
        told = session.exec(select(Event).where(Event.subject == f"directive:{number}")).one()
    assert told.facts == {"tasks": ["NV1"], "waived": True, "without_owner": ["4"]}


def test_an_open_question_blocks_until_it_is_answered(office: Office) -> None:
    number = draft(office, {"units": "TTS", "questions": {"due": "Thời hạn?"}}, {"label": "b"})
    with pytest.raises(NotConfirmable) as refused:
        confirmed(office, number)
    assert (refused.value.why, refused.value.questions) == ("questions", ["Thời hạn?", "b: ?"])
    with office.database.write() as session:
        first, second = session.exec(select(DraftItem).order_by(col(DraftItem.position))).all()
        first.answers, second.unit_ids = {"due": "thường xuyên"}, [office.units["BT"]]
        session.add_all([first, second])
    assert len(confirmed(office, number)) == 2


def test_a_question_that_is_waived_says_by_whom_and_an_answer_stays(office: Office) -> None:
    number = draft(office, {"units": "TTS", "questions": {"due": "Hạn?", "owner": "Ai?"}, "answers": {"owner": "TTS"}})
    confirmed(office, number, waive=True)
    with office.database.read() as session:
        answers = session.exec(select(DraftItem.answers)).one()
    assert answers == {"owner": "TTS", "due": {"waived_by": office.people["vp.truong"]}}


@pytest.mark.parametrize(("state", "why"), [("assigned", "assigned"), ("recalled", "recalled")])
def test_a_directive_is_confirmed_once(office: Office, state: str, why: str) -> None:
    number = draft(office, {"units": "TTS"}, state=DirectiveState(state))
    with pytest.raises(NotConfirmable) as refused:
        confirmed(office, number)
    assert refused.value.why == why


def test_of_two_who_confirm_a_draft_at_once_one_finds_it_assigned(office: Office) -> None:
    number = draft(office, {"units": "TTS"})
    with office.database.write() as session:
        session.get(Directive, number)
        session.connection().exec_driver_sql("UPDATE directive SET state = 'assigned'")
        with pytest.raises(NotConfirmable) as refused:
            confirm(session, number, office.who("vp.truong"))
    assert refused.value.why == "assigned"


@pytest.mark.parametrize(("number", "why"), [(99, "missing"), (1, "empty")])
def test_a_draft_that_is_not_there_or_names_nobody_makes_nothing(office: Office, number: int, why: str) -> None:
    draft(office, {"ours": False, "units": "TTS"})
    with pytest.raises(NotConfirmable) as refused:
        confirmed(office, number, waive=True)
    assert refused.value.why == why
    with office.database.read() as session:
        assert session.exec(select(Task)).all() == [] and session.get_one(Directive, 1).state is DirectiveState.DRAFT


@pytest.mark.parametrize("due", [date(2023, 8, 1), None])
def test_the_date_of_submitting_is_never_after_the_due_date(office: Office, due: date | None) -> None:
    number = draft(office, {"units": "TTS", "due_on": due, "internal_due": date(2023, 8, 2)})
    with pytest.raises(NotConfirmable) as refused:
        confirmed(office, number, waive=True)
    assert (refused.value.why, refused.value.questions) == ("internal_after_due", ["1"])


def test_co_operating_units_stand_beside_the_lead_and_never_in_its_place(office: Office) -> None:
    number = draft(office, {"units": "TTS", "co_units": "BT TTS TV BT"})
    task = confirmed(office, number)[0]
    with office.database.read() as session:
        units = session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == task.id)).all()
    assert set(units) == {office.units["BT"], office.units["TV"]} and len(units) == 2


def test_a_unit_named_twice_gets_one_task(office: Office) -> None:
    assert spelled(office, confirmed(office, draft(office, {"units": "TTS TTS"}))) == ["NV1 TTS"]


@pytest.mark.parametrize(
    ("item", "task_class", "review"),
    [
        ({"task_class": "standing"}, TaskClass.STANDING, date(2023, 8, 31)),
        ({"task_class": "standing", "review_on": date(2023, 9, 15)}, TaskClass.STANDING, date(2023, 9, 15)),
        ({"task_class": "dated"}, TaskClass.STANDING, date(2023, 8, 31)),
        ({"task_class": "dated", "due_on": date(2023, 8, 4)}, TaskClass.DATED, None),
        ({"task_class": "standing", "due_on": date(2023, 8, 4)}, TaskClass.DATED, None),
        ({"task_class": "monitor"}, TaskClass.MONITOR, None),
    ],
)
def test_without_a_due_date_a_task_is_looked_at_on_a_review_date(
    office: Office, item: dict[str, Any], task_class: TaskClass, review: date | None
) -> None:
    task = confirmed(office, draft(office, {"units": "TTS", **item}))[0]
    assert (task.task_class, task.review_on, task.due_on) == (task_class, review, item.get("due_on"))
    assert task.original_due == task.due_on


@pytest.mark.parametrize(
    ("columns", "set_by", "leader"),
    [
        ({"from_above": True}, DueSetBy.AUTHORITY, None),
        ({"from_above": False}, DueSetBy.LEADER, "gd"),
        ({"from_above": False, "signer": "pgd1"}, DueSetBy.LEADER, "pgd1"),
        ({"from_above": False, "signer": "Người đã nghỉ"}, DueSetBy.LEADER, "gd"),
        ({"from_above": True, "signer": "pgd1"}, DueSetBy.AUTHORITY, None),
    ],
)
def test_a_date_is_its_issuers_of_the_offices_own_directives_the_signers(
    office: Office, columns: dict[str, Any], set_by: DueSetBy, leader: str | None
) -> None:
    if columns.get("signer") in office.people:
        columns = {**columns, "signer": name_of(office, columns["signer"])}
    task = confirmed(office, draft(office, {"units": "TTS", "due_on": date(2023, 8, 4)}, **columns))[0]
    assert task.due_set_by is set_by
    assert task.due_leader_id == (office.people[leader] if leader else None)


def test_where_there_is_no_leader_the_date_is_the_offices(office: Office) -> None:
    with office.database.write() as session:
        leaders_unit(session).is_leaders = False
    task = confirmed(office, draft(office, {"units": "TTS", "due_on": date(2023, 8, 4)}))[0]
    assert task.due_set_by is DueSetBy.OFFICE


def test_a_duty_that_comes_back_makes_a_series_and_its_first_instance(office: Office) -> None:
    monthly = {"recurrence": "monthly", "day": 5, "months": None, "text": "trước ngày 05 hằng tháng"}
    number = draft(office, {"units": "QLVH QLTT", "co_units": "BT", "task_class": "recurring", "recurrence": monthly,
                            "deliverables": ["báo cáo"]}, from_above=True)  # fmt: skip
    tasks = confirmed(office, number)
    assert spelled(office, tasks) == ["NV1 parent", "NV2<NV1 QLVH", "NV3<NV1 QLTT"]
    assert {(task.due_on, task.period, task.due_set_by) for task in tasks} == {
        (date(2023, 8, 5), "2023-07", DueSetBy.AUTHORITY)
    }
    assert tasks[1].deliverables == ["báo cáo"] and tasks[1].series_id
    with office.database.read() as session:
        series = session.exec(select(Series)).one()
    assert (series.next_due, series.make_on) == (date(2023, 9, 5), date(2023, 8, 6))


def test_each_duty_has_an_assigned_event_and_a_parents_is_told_to_nobody(office: Office) -> None:
    confirmed(office, draft(office, {"units": "QLVH QLTT"}))
    with office.database.read() as session:
        events = session.exec(select(Event).where(Event.verb == "assigned", col(Event.task_id) != None)).all()  # noqa: E711
    assert [(event.subject, event.announced_at is None) for event in events] == [
        ("task:1", False), ("task:2", True), ("task:3", True),
    ]  # fmt: skip


def name_of(office: Office, short_id: str) -> str:
    from models.recipients import person_by_short_id

    with office.database.read() as session:
        person = person_by_short_id(session, short_id)
        assert person is not None
        return person.name


def leaders_unit(session: Session) -> Unit:
    return session.exec(select(Unit).where(Unit.is_leaders == True)).one()  # noqa: E712
