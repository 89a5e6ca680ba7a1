"""Who hears of a task that waits: the leader it was submitted to, the unit that is waited for, and not its own unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.handling import acknowledge, progress
from models.message import Kind
from models.moves import move
from models.organisation import Absence
from models.spoken import reminded
from models.task import Task, Waiting
from tests.office import Office
from tests.rendering_stage import Desk

REMINDERS = ("due_soon", "due_today", "overdue", "pre_notice", "escalated")
HA = "Lê Thị Hà"


@pytest.fixture
def office() -> Office:
    """Monday 24/07/2023; Hà is pgd1."""
    return Office()


def confirmed(office: Office, due: str = "2023-08-11", **more: Any) -> Task:
    task = office.assign("TTS", due=due, **more)
    office.tick("2023-07-24 07:30")
    office.do(acknowledge, task, "tts.truong")
    return task


def waits(office: Office, task: Task, at: str, whom: str | None, kind: Waiting = Waiting.SUBMITTED) -> None:
    office.tick(f"{at[:10]} 07:30")
    office.at(at)
    office.do(progress, task, "tts.truong", words="đã trình", waiting=kind, waiting_for=whom)


def heard(office: Office, since: str = "08-01") -> list[tuple[str, str, str]]:
    return [row for row in office.told() if row[2] in REMINDERS and row[0] >= since]


def test_a_leader_who_has_it_for_signature_is_reminded_as_its_unit_would_be_for_five_days(office: Office) -> None:
    waits(office, confirmed(office), "2023-07-31 09:00", HA)
    office.live("2023-08-01", 30)
    assert heard(office) == [
        ("08-04 07:30", "pgd1", "due_soon"), ("08-08 07:30", "pgd1", "due_soon"), ("08-10 07:30", "pgd1", "due_soon"),
        ("08-11 07:30", "pgd1", "due_today"),
        *[(f"08-{day} 07:30", "pgd1", "overdue") for day in (14, 15, 16, 17, 18)],
    ]  # fmt: skip


def test_what_was_submitted_follows_the_issuer_s_date_and_what_waits_for_a_unit_the_internal_one(
    office: Office,
) -> None:
    signed, helped = (confirmed(office, internal_due=date(2023, 8, 4)) for _ in range(2))
    waits(office, signed, "2023-08-02 09:00", HA)
    waits(office, helped, "2023-08-02 09:00", "QLDL", Waiting.CO_UNIT)
    office.live("2023-08-03", 2)
    assert heard(office, "08-03") == [
        ("08-03 07:30", "qldl.truong", "due_soon"), ("08-04 07:30", "pgd1", "due_soon"),
        ("08-04 07:30", "qldl.truong", "due_today"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("whom", "kind"),
    [(None, Waiting.SUBMITTED), ("Phó Giám đốc", Waiting.SUBMITTED), ("Sở Tài chính", Waiting.CO_UNIT),
     ("TTS", Waiting.CO_UNIT), ("Lãnh đạo Sở", Waiting.CO_UNIT), (None, Waiting.CO_UNIT)],
)  # fmt: skip
def test_of_a_desk_that_is_not_known_nobody_is_told(office: Office, whom: str | None, kind: Waiting) -> None:
    waits(office, confirmed(office, due="2023-08-04"), "2023-07-31 09:00", whom, kind)
    office.live("2023-08-01", 12)
    assert heard(office) == []


@pytest.mark.parametrize("whom", ["đồng chí Lê Thị Hà", "lê thị hà", "Giám đốc"])
def test_a_leader_is_known_by_name_or_by_a_title_that_nobody_else_has(office: Office, whom: str) -> None:
    waits(office, confirmed(office, due="2023-08-04"), "2023-08-02 09:00", whom)
    office.live("2023-08-03", 2)
    leader = "gd" if whom == "Giám đốc" else "pgd1"
    assert heard(office, "08-03") == [("08-03 07:30", leader, "due_soon"), ("08-04 07:30", leader, "due_today")]


def test_when_the_wait_is_over_the_unit_is_reminded_again(office: Office) -> None:
    task = confirmed(office)
    waits(office, task, "2023-07-31 09:00", HA)
    office.live("2023-08-01", 8)
    office.at("2023-08-08 14:00")
    with office.database.write() as session:
        move(session, task.id or 0, "resume_work", office.who("tts.truong"))
    office.live("2023-08-09", 2)
    assert heard(office)[-2:] == [("08-08 07:30", "pgd1", "due_soon"), ("08-10 07:30", "tts.truong", "due_soon")]


def test_the_same_wait_said_again_keeps_whom_and_since_when(office: Office) -> None:
    task = confirmed(office)
    waits(office, task, "2023-07-31 09:00", HA)
    waits(office, task, "2023-08-02 09:00", None)
    now = office.task(task.id)
    assert (now.waiting_for, now.waiting_since) == (HA, office.at("2023-07-31 09:00").now())


def test_a_leader_on_leave_is_stood_in_for_only_by_whom_he_named(office: Office) -> None:
    with office.database.write() as session:
        for start, deputy in ((date(2023, 8, 3), None), (date(2023, 8, 4), office.people["pgd2"])):
            session.add(Absence(person_id=office.people["pgd1"], start=start, end=start, deputy_id=deputy))
    waits(office, confirmed(office, due="2023-08-04"), "2023-08-02 09:00", HA)
    office.live("2023-08-03", 2)
    assert heard(office, "08-03") == [("08-04 07:30", "pgd2", "due_today")]


def test_a_task_of_the_leaders_own_sends_nothing_wherever_it_lies(office: Office) -> None:
    task = office.assign("LDS", due="2023-08-04")
    with office.database.write() as session:
        acknowledge(session, task.id or 0, office.who("gd"))
        progress(session, task.id or 0, office.who("gd"), words="", waiting=Waiting.SUBMITTED, waiting_for=HA)
    office.live("2023-07-24", 15)
    assert heard(office) == []


def test_what_a_desk_was_told_is_no_reminder_of_the_unit() -> None:
    office = Desk("2023-08-01 09:00")
    task = office.assign("TTS", due="2023-08-04")
    office.sent("tts.truong", Kind.OVERDUE, task, "2023-08-07 07:30")
    office.sent("pgd1", Kind.OVERDUE, task, "2023-08-08 07:30", for_role="desk")
    with office.database.read() as session:
        assert reminded(session, [task.id or 0]) == {task.id: [date(2023, 8, 7)]}
