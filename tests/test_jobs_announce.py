"""Events → notices: of each act, who is told what, at once or at the slot, and never the one who acted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from jobs.announce import TELLERS
from models import handling
from models.extending import ask_extension, decline, extend, forward
from models.message import Kind, Notice
from models.moves import move
from models.organisation import Absence, Contact, ContactState
from models.rules import OFFICE_ZONE
from models.task import Task, TaskClass, Waiting
from tests.office import Office

OFFICE = ("vp.truong", "vp.pho", "vp.vanthu")
HEAD, DEPUTY, NOW, SLOT = "tts.truong", "tts.pho", "09:30", "13:30"
Told = set[tuple[str, str, str]]


@pytest.fixture
def office() -> Office:
    """Monday 09:15; what is assigned now has not been told yet."""
    return Office("2023-07-24 09:15")


def told(office: Office, at: str = "2023-07-24 09:30") -> Told:
    """(person, kind, when) of all that is told at this moment, but that something was assigned."""
    office.tick(at)
    with office.database.read() as session:
        notices = session.exec(
            select(Notice).where(col(Notice.key).like("event:%"), Notice.kind != Kind.ASSIGNED)
        ).all()
    return {(office.names[n.person_id], n.kind.value, when(n, office)) for n in notices}


def when(notice: Notice, office: Office) -> str:
    return (office.now() if notice.at_once else notice.due_at).astimezone(OFFICE_ZONE).strftime("%H:%M")


def to(kind: str, *people: str, at: str = SLOT) -> Told:
    return {(who, kind, at) for who in people}


def by(verb: str, **values: Any) -> Callable[..., Any]:
    """A plain move with a reason, as an act."""
    return lambda session, task_id, actor: move(session, task_id, verb, actor, reason="lý do", values=values)


def for_unit(act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, entered by the Office for the unit."""

    return lambda session, task_id, actor: act(session, task_id, replace(actor, behalf=True, said_by="Trưởng"))


def note(session: Any, task_id: int, actor: Any) -> Any:
    return handling.progress(session, task_id, actor, words="đang làm")


def submit(session: Any, task_id: int, actor: Any) -> Any:
    return handling.progress(session, task_id, actor, words="đã trình", waiting=Waiting.SUBMITTED)


ACTS: list[tuple[str, list[tuple[str, Callable[..., Any]]], Told]] = [
    ("a head's own confirmation: nobody", [(HEAD, handling.acknowledge)], set()),
    ("a head's own progress: nobody", [(HEAD, note)], set()),
    ("a deputy's confirmation: the head", [(DEPUTY, handling.acknowledge)], to("handover", HEAD)),
    ("a deputy's progress: the head", [(DEPUTY, note)], to("handover", HEAD)),
    ("a deputy's waiting: the head", [(DEPUTY, submit)], to("handover", HEAD)),
    ("the Office's for the unit: the head", [("vp.vanthu", for_unit(handling.acknowledge))], to("handover", HEAD)),
    ("a report: the Office", [(HEAD, handling.report)], to("reported", *OFFICE)),
    ("a deputy's report: the Office and the head", [(DEPUTY, handling.report)],
     to("reported", *OFFICE) | to("handover", HEAD)),
    ("a refusal: the Office", [(HEAD, by("refuse"))], to("refused", *OFFICE)),
    ("an acceptance: who reported, at once", [(DEPUTY, handling.report), ("vp.truong", handling.accept)],
     to("reported", "vp.pho", "vp.vanthu", "vp.truong") | to("handover", HEAD) | to("accepted", DEPUTY, at=NOW)),
    ("a return: who reported, at once", [(HEAD, handling.report), ("vp.truong", by("return"))],
     to("reported", *OFFICE) | to("returned", HEAD, at=NOW)),
    ("a return of what the Office entered: the head",
     [("vp.vanthu", for_unit(handling.report)), ("vp.truong", by("return"))],
     to("reported", "vp.truong", "vp.pho") | to("handover", HEAD) | to("returned", HEAD, at=NOW)),
    ("a suspension: the head, at once", [("vp.truong", by("suspend"))], to("suspended", HEAD, at=NOW)),
    ("a resumption: the head", [("vp.truong", by("suspend")), ("vp.truong", by("resume"))],
     to("suspended", HEAD, at=NOW) | to("resumed", HEAD)),
    ("a withdrawal: the head, at once", [("vp.truong", by("withdraw"))], to("withdrawn", HEAD, at=NOW)),
    ("a reopening: the head",
     [(HEAD, handling.report), ("vp.truong", handling.accept), ("vp.truong", by("reopen"))],
     to("reported", *OFFICE) | to("accepted", HEAD, at=NOW) | to("returned", HEAD)),
    ("a hold, a review, a cause: nobody", [("vp.truong", by("hold")), ("vp.truong", by("review")),
                                           ("vp.truong", by("confirm_cause"))], set()),
    ("an instruction: the head", [("gd", by("instruct"))], to("due_changed", HEAD)),
    ("a nudge by hand: the head, at once", [("vp.truong", by("remind"))], to("unconfirmed", HEAD, at=NOW)),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "expected"), [pytest.param(a, e, id=name) for name, a, e in ACTS])
def test_who_is_told(office: Office, acts: list[tuple[str, Callable[..., Any]]], expected: Told) -> None:
    task = office.assign("TTS", due="2023-08-30")
    for who, act in acts:
        office.do(act, task, who)
    assert told(office) == expected


def test_every_move_is_told_or_is_one_of_those_that_are_not() -> None:
    from models.moves import MOVES, UNTOLD

    assert MOVES.keys() == (TELLERS.keys() - {"assigned"}) | UNTOLD


def test_an_assignment_is_told_to_the_head_and_once_to_each_co_operating_unit(office: Office) -> None:
    office.assign("TTS", co_unit_ids=(office.units["BT"], office.units["TV"]))
    assert told(office) == to("coordination", "bt.truong", "tv.truong")
    office.tick("2023-07-24 13:30")
    assert office.told("assigned") == [("07-24 13:30", HEAD, "assigned")]
    office.live("2023-07-24", 3)
    assert len(office.told("coordination", state=None)) == 2


def test_even_what_the_head_of_the_office_assigns_to_the_office_is_told_to_that_head(office: Office) -> None:
    office.assign("VP", by="vp.truong")
    office.tick("2023-07-24 13:30")
    assert office.told("assigned") == [("07-24 13:30", "vp.truong", "assigned")]


def test_the_offices_own_report_is_told_to_the_leader_in_charge(office: Office) -> None:
    task = office.assign("VP")
    office.do(handling.report, task, "vp.truong")
    assert told(office) == to("reported", "gd")


def test_a_task_that_goes_over_is_told_to_the_old_head_at_once_and_to_the_new_one_at_the_slot(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.reassign, task, "vp.truong", office.units["BT"])
    assert told(office) == to("reassigned", HEAD, at=NOW)
    office.tick("2023-07-24 13:30")
    assert ("07-24 13:30", "bt.truong", "assigned") in office.told("assigned")


def test_what_answers_an_act_waits_for_the_morning_outside_working_hours(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, HEAD)
    office.at("2023-07-24 18:30").do(handling.accept, task, "vp.truong")
    assert ("tts.truong", "accepted", "07:30") in told(office, "2023-07-24 18:31")
    office.tick("2023-07-25 07:30")
    assert office.told("accepted") == [("07-25 07:30", HEAD, "accepted")]


def test_an_event_is_announced_once(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, HEAD)
    first = told(office)
    for at in ("09:31", "09:45", "13:30"):
        office.tick(f"2023-07-24 {at}")
    assert told(office, "2023-07-24 13:31") == first


def test_an_act_is_not_announced_while_it_can_be_taken_back(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, HEAD)
    assert told(office, "2023-07-24 09:24") == set()
    assert told(office, "2023-07-24 09:25") == to("reported", *OFFICE)


def test_an_absent_head_is_not_told_of_each_act_of_the_deputy(office: Office) -> None:
    task = office.assign("TTS")
    with office.database.write() as session:
        session.add(Absence(person_id=office.people[HEAD], start=date(2023, 7, 24), end=date(2023, 7, 25)))
    office.do(handling.acknowledge, task, DEPUTY)
    assert told(office) == set()


def test_the_answer_to_a_deputy_who_has_gone_goes_to_the_head(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, DEPUTY)
    with office.database.write() as session:
        gone = col(Contact.person_id) == office.people[DEPUTY]
        session.execute(update(Contact).where(gone).values(state=ContactState.DEAD))
    office.do(handling.accept, task, "vp.truong")
    assert to("accepted", HEAD, at=NOW) <= told(office)


@pytest.mark.parametrize("task_class", [TaskClass.MONITOR, None])
def test_monitor_tasks_and_the_leaders_own_are_told_to_nobody(office: Office, task_class: TaskClass | None) -> None:
    task = office.assign("VP" if task_class else "LDS", task_class=task_class)
    with office.database.write() as session:
        move(session, task.id or 0, "withdraw", office.who("vp.truong"), reason="nhầm")
    assert told(office) == set() and office.told("assigned", state=None) == []


def test_a_focal_point_is_told_once_that_it_is_theirs(office: Office) -> None:
    task = office.assign("TTS")
    office.do(by("name_focal", focal_id=office.people["tv.pho"]), task, HEAD)
    assert told(office) == to("coordination", "tv.pho")


# --- more time


def asked(office: Office, task: Task, who: str = HEAD, **more: Any) -> None:
    office.do(ask_extension, task, who, date(2023, 9, 6), **more)


def test_a_request_for_the_offices_own_date_is_the_offices(office: Office) -> None:
    asked(office, office.assign("TTS", due="2023-08-30"))
    assert told(office) == to("extension_asked", *OFFICE)


def test_a_request_for_a_leaders_date_is_the_offices_first_and_the_leaders_once_forwarded(office: Office) -> None:
    task = office.assign("QLVH", due="2023-08-30", leader="gd")
    asked(office, task, "qlvh.pho")
    assert told(office) == to("extension_asked", *OFFICE) | to("handover", "qlvh.truong")
    office.do(forward, task, "vp.truong", "đề nghị đồng ý")
    assert told(office) == to("extension_asked", *OFFICE, "gd") | to("handover", "qlvh.truong")


def test_a_request_for_an_authoritys_date_is_told_to_the_office_and_the_leader_in_charge(office: Office) -> None:
    asked(office, office.assign("QLVH", due="2023-08-30", authority=True), "qlvh.truong")
    assert told(office) == to("extension_asked", *OFFICE, "pgd1")


def test_a_claim_is_put_to_the_leader_who_is_said_to_have_granted_it(office: Office) -> None:
    asked(office, office.assign("QLVH", due="2023-08-30", leader="gd"), "qlvh.truong", claim="Giám đốc cho lùi rồi")
    assert told(office) == to("extension_asked", *OFFICE, "gd")


@pytest.mark.parametrize("granted", [True, False])
def test_a_decision_answers_who_asked_at_once(office: Office, granted: bool) -> None:
    task = office.assign("TTS", due="2023-08-30", leader="gd")
    asked(office, task, DEPUTY)
    if granted:
        office.do(extend, task, "gd", date(2023, 9, 6))
    else:
        office.do(decline, task, "gd", "làm đúng hạn")
    assert to("extension_decided", DEPUTY, at=NOW) <= told(office)


def test_a_date_moved_or_put_right_unasked_is_told_at_the_slot_and_other_words_are_not(office: Office) -> None:
    moved, put_right, reworded = (office.assign(unit, due="2023-08-30") for unit in ("TTS", "BT", "TV"))
    office.do(extend, moved, "vp.truong", date(2023, 9, 6))
    office.do(handling.correct, put_right, "vp.truong", "nhầm", due_on=date(2023, 8, 31), title="Kế hoạch")
    office.do(handling.correct, reworded, "vp.truong", "nhầm", due_on=date(2023, 8, 30), title="Kế hoạch")
    assert told(office) == to("due_changed", HEAD, "bt.truong")
