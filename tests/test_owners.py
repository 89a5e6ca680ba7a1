"""Suspended and resumed, given to another unit, the duty to follow others up."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col

from models import handling
from models.directive import Directive
from models.moves import NotAllowed, OthersOpen, move
from models.organisation import Unit
from models.task import State, TaskClass, Waiting
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def test_a_resumed_task_stands_where_it_stood(office: Office) -> None:
    for state, acts in (("assigned", []), ("acknowledged", [handling.acknowledge]), ("reported", [handling.report])):
        task = office.assign("TTS")
        for act in acts:
            office.do(act, task, "tts.truong")
        with office.database.write() as session:
            move(session, task.id or 0, "suspend", office.who("vp.truong"), reason="chờ văn bản")
            assert move(session, task.id or 0, "resume", office.who("vp.truong")).state == state


def test_a_new_owner_starts_anew(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-30")
    office.do(handling.progress, task, "tts.truong", words="", waiting=Waiting.CO_UNIT, waiting_for="BT")
    with office.database.write() as session:
        move(
            session, task.id or 0, "name_focal", office.who("tts.truong"), values={"focal_id": office.people["tts.pho"]}
        )
    office.at("2023-07-25 10:00")
    office.do(handling.reassign, task, "vp.truong", office.units["BT"])
    now = office.task(task.id)
    assert (now.state, now.unit_id, now.acknowledged_at, now.focal_id) == (
        State.ASSIGNED,
        office.units["BT"],
        None,
        None,
    )
    assert (now.waiting, now.waiting_for, now.waiting_since, now.due_version) == (None, None, None, 2)
    with pytest.raises(NotAllowed):
        office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.acknowledge, task, "bt.truong")


@pytest.mark.parametrize("code", ["XX", "TTS"])
def test_a_task_goes_only_to_a_unit_that_is_there(office: Office, code: str) -> None:
    task = office.assign("BT")
    with office.database.write() as session:
        session.execute(update(Unit).where(col(Unit.code) == "TTS").values(valid_to=date(2023, 7, 23)))
    with pytest.raises(handling.UnitUnknown):
        office.do(handling.reassign, task, "vp.truong", office.units.get(code, 999))


def test_a_follow_up_duty_is_done_when_the_others_of_its_directive_are(office: Office) -> None:
    with office.database.write() as session:
        session.add(Directive(id=1, sha256="0", source="a.txt", kind="cong_van", text="", received_on=date(2023, 7, 24),
                              registered_at=office.now()))  # fmt: skip
    other = office.assign("TTS", directive_id=1)
    follow_up = office.assign("VP", task_class=TaskClass.MONITOR, directive_id=1)
    with pytest.raises(OthersOpen):
        office.do(handling.report, follow_up, "vp.truong")
    with office.database.write() as session:
        move(session, other.id or 0, "withdraw", office.who("vp.truong"), reason="thu hồi")
    office.do(handling.report, follow_up, "vp.truong")
    office.do(handling.accept, follow_up, "gd")
    assert office.task(follow_up.id).state is State.COMPLETED
