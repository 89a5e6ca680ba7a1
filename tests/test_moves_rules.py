"""What goes with a move: reasons, confirming in passing, standing in, the second press, the race."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import update
from sqlmodel import col, select

from models import handling
from models.base import Database
from models.extending import ask_extension, decline, extend, forward
from models.moves import (
    MOVES,
    Actor,
    MoveError,
    NoSuchTask,
    NotAllowed,
    NotFromHere,
    ReasonMissing,
    move,
)
from models.organisation import Absence, Post
from models.report import CompletionReport, Extension
from models.task import DueSetBy, State
from tests.moving import PEOPLE, Trial, last_event, settled, snapshot, stand, trial_in
from tests.office import SETTINGS, Office


@pytest.fixture(scope="module")
def settled_office() -> Office:
    return settled()


@pytest.fixture
def trial(settled_office: Office) -> Iterator[Trial]:
    with trial_in(settled_office) as made:
        yield made


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def somebody_who_may(office: Office, verb: str) -> Actor:
    who = MOVES[verb].who
    return office.who("tts.truong" if "head" in who else "vp.vanthu" if "office" in who or "setter" in who else "gd")


@pytest.mark.parametrize("verb", sorted({"return", "refuse", "correct", "reopen", "withdraw", "suspend"}))
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_some_moves_say_why(trial: Trial, verb: str, reason: str | None) -> None:
    session, office, task = trial
    stand(session, task, min(MOVES[verb].of))
    before = snapshot(session)
    with pytest.raises(ReasonMissing):
        move(session, task.id or 0, verb, somebody_who_may(office, verb), reason=reason)
    assert snapshot(session) == before


def test_who_may_not_is_told_so_before_what_is_wrong_with_the_move(trial: Trial) -> None:
    session, office, task = trial
    stand(session, task, "completed")
    with pytest.raises(NotAllowed):
        move(session, task.id or 0, "return", office.who("bt.truong"))


def test_a_task_that_is_not_there_cannot_be_moved(trial: Trial) -> None:
    session, office, _ = trial
    with pytest.raises(NoSuchTask):
        move(session, 999, "acknowledge", office.who("tts.truong"))


def test_a_parent_cannot_be_moved(trial: Trial) -> None:
    session, office, task = trial
    for verb, spec in MOVES.items():
        stand(session, task, min(spec.of), is_parent=True)
        with pytest.raises(NotFromHere):
            move(session, task.id or 0, verb, somebody_who_may(office, verb), reason="lý do")


@pytest.mark.parametrize("verb", ["progress", "ask_extension", "wait", "name_focal"])
@pytest.mark.parametrize("who", ["head", "deputy"])
def test_a_head_or_deputy_confirms_in_passing(trial: Trial, verb: str, who: str) -> None:
    session, office, task = trial
    move(session, task.id or 0, verb, office.who(PEOPLE[who]))
    assert task.state is State.ACKNOWLEDGED and task.acknowledged_at is not None


@pytest.mark.parametrize("who", ["focal", "co_unit"])
def test_progress_of_a_focal_point_or_a_co_unit_leaves_the_state(trial: Trial, who: str) -> None:
    session, office, task = trial
    stand(session, task, "assigned", focal_id=office.people["tv.pho"])
    move(session, task.id or 0, "progress", office.who(PEOPLE[who]))
    assert task.state is State.ASSIGNED and task.acknowledged_at is None


def test_a_focal_point_cannot_wait_on_a_task_that_its_head_has_not_confirmed(trial: Trial) -> None:
    session, office, task = trial
    stand(session, task, "assigned", focal_id=office.people["tv.pho"])
    with pytest.raises(NotFromHere):
        move(session, task.id or 0, "wait", office.who("tv.pho"))


def test_whom_an_absent_head_named_acts_as_a_deputy_and_only_meanwhile(trial: Trial) -> None:
    session, office, task = trial
    session.add(Absence(person_id=office.people["tts.truong"], deputy_id=office.people["tccb.pho"],
                        start=date(2023, 7, 24), end=date(2023, 7, 25)))  # fmt: skip
    session.flush()
    office.at("2023-07-26 09:00")
    with pytest.raises(NotAllowed):
        move(session, task.id or 0, "acknowledge", office.who("tccb.pho"))
    office.at("2023-07-25 09:00")
    assert move(session, task.id or 0, "acknowledge", office.who("tccb.pho")).state is State.ACKNOWLEDGED
    assert last_event(session, task).actor_id == office.people["tccb.pho"]


def test_whom_an_absent_leader_named_decides_on_the_dates_that_leader_set(trial: Trial) -> None:
    session, office, task = trial
    session.add(Absence(person_id=office.people["gd"], deputy_id=office.people["pgd1"],
                        start=date(2023, 7, 24), end=date(2023, 7, 25)))  # fmt: skip
    session.flush()
    stand(session, task, "acknowledged", due_set_by=DueSetBy.LEADER, due_leader_id=office.people["gd"])
    with pytest.raises(NotAllowed):
        move(session, task.id or 0, "extend", office.who("pgd2"))
    move(session, task.id or 0, "extend", office.who("pgd1"))


def test_a_person_acts_by_the_posts_of_the_day(trial: Trial) -> None:
    session, office, task = trial
    session.execute(
        update(Post).where(col(Post.person_id) == office.people["tts.truong"]).values(valid_to=date(2023, 7, 23))
    )
    with pytest.raises(NotAllowed):
        move(session, task.id or 0, "acknowledge", office.who("tts.truong"))


def test_a_second_identical_move_finds_that_it_has_been_made(trial: Trial) -> None:
    session, office, task = trial
    for verb in ("acknowledge", "report"):
        move(session, task.id or 0, verb, office.who("tts.truong"))
        with pytest.raises(NotFromHere):
            move(session, task.id or 0, verb, office.who("tts.truong"))


def test_a_move_over_a_version_that_is_not_the_last_changes_nothing(trial: Trial) -> None:
    session, office, task = trial
    session.connection().exec_driver_sql(f"UPDATE task SET version = version + 1, title = 'khác' WHERE id = {task.id}")
    with pytest.raises(NotFromHere):
        move(session, task.id or 0, "acknowledge", office.who("tts.truong"))
    assert (task.state, task.title) == (State.ASSIGNED, "khác")


def test_of_two_processes_that_move_a_task_at_once_exactly_one_wins(tmp_path: Path) -> None:
    office = Office("2023-07-24 09:00", url=f"sqlite:///{tmp_path / 'office.db'}")
    tasks = [office.assign("TTS") for _ in range(8)]
    start, outcomes = threading.Barrier(2), []

    def press(who: str, verb: str) -> None:
        database = Database(office.database.url, SETTINGS.rules)
        start.wait()
        for task in tasks:
            try:
                with database.write() as session:
                    move(session, task.id or 0, verb, office.who(who), reason="nhầm")
                outcomes.append(task.id or 0)
            except NotFromHere:
                pass
        database.close()

    threads = [threading.Thread(target=press, args=pair) for pair in (("tts.truong", "refuse"), ("tts.pho", "report"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.database.close()
    assert sorted(outcomes) == [task.id or 0 for task in tasks]


def test_a_refused_move_leaves_nothing_behind_even_when_its_transaction_is_kept(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", leader="gd")
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    with office.database.read() as session:
        before = (snapshot(session), session.execute(sqlalchemy.select(Extension.__table__)).all())
    attempts: list[tuple[Any, ...]] = [
        (ask_extension, "bt.truong", date(2023, 8, 10)), (extend, "vp.truong", date(2023, 8, 9)),
        (decline, "vp.truong"),
        (forward, "tts.truong"), (handling.reassign, "tts.truong", office.units["BT"]), (handling.accept, "vp.truong"),
        (handling.report, "bt.truong"), (handling.give_back, "vp.truong", "thiếu"), (handling.undo, "bt.truong"),
        (handling.correct, "tts.truong", "nhầm"),
    ]  # fmt: skip
    for act, who, *args in attempts:
        with office.database.write() as session, pytest.raises(MoveError):
            act(session, task.id or 0, office.who(who), *args)
    with office.database.read() as session:
        assert (snapshot(session), session.execute(sqlalchemy.select(Extension.__table__)).all()) == before
        assert session.exec(select(CompletionReport)).all() == []
