"""What can be done to a task, from which states, by whom: every cell of the table of the design."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import handling
from models.base import Database
from models.event import Event
from models.handling import BadDate
from models.moves import (
    MOVES,
    Actor,
    MoveError,
    NoSuchTask,
    NotAllowed,
    NotFromHere,
    OthersOpen,
    ReasonMissing,
    TooLateToTakeBack,
    move,
)
from models.organisation import Absence
from models.report import CompletionReport
from models.task import DueSetBy, State, Task, TaskClass, Waiting
from tests.office import SETTINGS, Office

# verb: from → to. A state that is not named refuses the verb.
FROM_TO = """
acknowledge    assigned>acknowledged
report         assigned>reported acknowledged>reported
progress       assigned>acknowledged acknowledged>acknowledged
accept         reported>completed
return         reported>acknowledged
take_back      acknowledged>acknowledged reported>reported refused>refused
refuse         assigned>refused acknowledged>refused
reassign       assigned>assigned acknowledged>assigned refused>assigned
suspend        assigned>suspended acknowledged>suspended reported>suspended
resume         suspended>acknowledged
ask_extension  assigned>acknowledged acknowledged>acknowledged
extend         assigned>assigned acknowledged>acknowledged
decline        assigned>assigned acknowledged>acknowledged
forward        assigned>assigned acknowledged>acknowledged
wait           assigned>acknowledged acknowledged>acknowledged
resume_work    acknowledged>acknowledged
name_focal     assigned>acknowledged acknowledged>acknowledged
hold           assigned>assigned acknowledged>acknowledged
remind         assigned>assigned acknowledged>acknowledged
instruct       assigned>assigned acknowledged>acknowledged reported>reported suspended>suspended refused>refused
review         assigned>assigned acknowledged>acknowledged
correct        assigned>assigned acknowledged>acknowledged reported>reported suspended>suspended refused>refused completed>completed
confirm_cause  assigned>assigned acknowledged>acknowledged reported>reported suspended>suspended refused>refused completed>completed
reopen         completed>acknowledged
withdraw       assigned>withdrawn acknowledged>withdrawn reported>withdrawn suspended>withdrawn refused>withdrawn
"""
TO = {line.split()[0]: dict(cell.split(">") for cell in line.split()[1:]) for line in FROM_TO.strip().splitlines()}

# The task is Thanh tra Sở's, its date the Office's; gd is in charge of it, Phòng QLVH co-operates, tv.pho is its đầu mối.
PEOPLE = {
    "head": "tts.truong", "deputy": "tts.pho", "focal": "tv.pho", "co_unit": "qlvh.truong", "stranger": "bt.truong",
    "office": "vp.vanthu", "leader": "gd", "other_leader": "pgd1", "admin": "quantri",
}  # fmt: skip
UNIT, OFFICE, LEADERS = {"head", "deputy"}, {"office"}, {"leader", "other_leader"}
MAY: dict[str, set[str]] = {
    "acknowledge": UNIT, "report": UNIT, "progress": UNIT | {"focal", "co_unit"}, "refuse": UNIT, "ask_extension": UNIT,
    "wait": UNIT | {"focal"}, "resume_work": UNIT | {"focal"}, "name_focal": UNIT, "take_back": UNIT | OFFICE,
    "accept": OFFICE, "return": OFFICE, "reassign": OFFICE, "suspend": OFFICE, "resume": OFFICE, "extend": OFFICE,
    "decline": OFFICE, "forward": OFFICE, "hold": OFFICE, "remind": OFFICE | LEADERS, "instruct": LEADERS,
    "review": OFFICE, "correct": OFFICE, "confirm_cause": OFFICE, "reopen": OFFICE, "withdraw": OFFICE,
}  # fmt: skip
BEHALF = {"acknowledge", "report", "progress", "refuse", "ask_extension", "wait", "resume_work", "name_focal"}


@pytest.fixture(scope="module")
def settled() -> Office:
    """An office whose rows no test here changes for good."""
    office = Office("2023-07-24 09:00")
    office.assign("TTS", due="2023-08-30", co_unit_ids=(office.units["QLVH"],))
    return office


def settled_task(session: Session) -> Task:
    return session.exec(select(Task)).one()


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


@pytest.fixture
def trial(settled: Office) -> Iterator[tuple[Session, Office, Task]]:
    settled.at("2023-07-24 09:00")
    with settled.trial() as session:
        yield session, settled, settled_task(session)


Trial = tuple[Session, Office, Task]


def stand(session: Session, task: Task, state: str, **columns: Any) -> None:
    """Put the task into a state, as its row would be."""
    columns.setdefault("state_before", State.ACKNOWLEDGED if state == "suspended" else None)
    session.execute(update(Task).where(col(Task.id) == task.id).values(state=State(state), **columns))
    session.refresh(task)


def snapshot(session: Session) -> tuple[Any, ...]:
    tasks = session.execute(select(Task.__table__)).all()
    return (*tasks, session.exec(select(func.count()).select_from(Event)).one())


def actor_of(office: Office, verb: str) -> Actor:
    """Somebody who may: in the unit if it can, else the Office, else a leader."""
    return office.who(PEOPLE[next(who for who in ("head", "office", "leader") if who in MAY[verb])])


def test_the_table_here_names_every_move() -> None:
    assert TO.keys() == MAY.keys() == MOVES.keys()
    assert {verb for verb, spec in MOVES.items() if spec.behalf} == BEHALF


@pytest.mark.parametrize("verb", TO)
def test_a_move_is_made_from_its_own_states_only(trial: Trial, verb: str) -> None:
    session, office, task = trial
    actor = actor_of(office, verb)
    for state in State:
        stand(session, task, state)
        if state.value in TO[verb]:
            assert move(session, task.id or 0, verb, actor, reason="lý do").state == TO[verb][state]
            session.refresh(task)
            assert task.state == TO[verb][state]
            continue
        before = snapshot(session)
        with pytest.raises(NotFromHere) as refused:
            move(session, task.id or 0, verb, actor, reason="lý do")
        assert refused.value.task is task and task.state == state
        assert snapshot(session) == before


@pytest.mark.parametrize("behalf", [False, True])
@pytest.mark.parametrize("verb", TO)
def test_only_those_whom_the_table_names_may_make_a_move(trial: Trial, verb: str, behalf: bool) -> None:
    session, office, task = trial
    from_state = "acknowledged" if "acknowledged" in TO[verb] else next(iter(TO[verb]))
    may = (OFFICE if verb in BEHALF else set()) if behalf else MAY[verb]
    stand(session, task, from_state, focal_id=office.people["tv.pho"])
    before = snapshot(session)
    for capacity in PEOPLE.keys() - may:
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, office.who(PEOPLE[capacity], behalf=behalf), reason="lý do")
    assert snapshot(session) == before
    for capacity in may:
        stand(session, task, from_state)
        move(session, task.id or 0, verb, office.who(PEOPLE[capacity], behalf=behalf), reason="lý do")


def test_what_the_office_enters_for_a_unit_says_who_said_so_and_how(trial: Trial) -> None:
    session, office, task = trial
    actor = office.who("vp.vanthu", behalf=True, said_by="đồng chí Trưởng", how="điện thoại")
    move(session, task.id or 0, "acknowledge", actor)
    made = last_event(session, task)
    told = made.facts or {}
    assert (told["behalf"], told["said_by"], told["how"]) == (True, "đồng chí Trưởng", "điện thoại")
    assert made.actor_id == office.people["vp.vanthu"]


@pytest.mark.parametrize(
    ("set_by", "leader", "may"),
    [
        (DueSetBy.OFFICE, None, {"office"}),
        (DueSetBy.AUTHORITY, None, {"office"}),
        (DueSetBy.LEADER, "gd", {"leader"}),
        (DueSetBy.LEADER, "pgd1", {"other_leader"}),
    ],
)
@pytest.mark.parametrize("verb", ["extend", "decline"])
def test_whoever_set_a_date_decides_on_it(trial: Trial, verb: str, set_by: DueSetBy, leader: str | None, may: set[str]) -> None:
    session, office, task = trial
    stand(session, task, "acknowledged", due_set_by=set_by, due_leader_id=office.people[leader] if leader else None)
    found = set()
    for capacity, who in PEOPLE.items():
        try:
            move(session, task.id or 0, verb, office.who(who))
            found.add(capacity)
        except NotAllowed:
            pass
    assert found == may


def test_the_schedule_itself_holds_no_capacity(trial: Trial) -> None:
    session, _, task = trial
    stand(session, task, "acknowledged", focal_id=None, due_set_by=DueSetBy.LEADER, due_leader_id=None)
    for verb in ("progress", "extend", "accept"):
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, Actor(None))


@pytest.mark.parametrize("verb", ["accept", "return"])
def test_the_offices_own_reports_are_decided_by_the_leader_in_charge_alone(trial: Trial, verb: str) -> None:
    session, office, task = trial
    stand(session, task, "reported", unit_id=office.units["VP"])
    for who in ("vp.truong", "vp.pho", "vp.vanthu", "pgd1", "quantri"):
        with pytest.raises(NotAllowed):
            move(session, task.id or 0, verb, office.who(who), reason="lý do")
    move(session, task.id or 0, verb, office.who("gd"), reason="lý do")


def test_a_post_of_the_office_that_has_ended_makes_a_unit_no_office(trial: Trial) -> None:
    from models.organisation import Post, Role

    session, office, task = trial
    session.add(Post(person_id=office.people["bt.pho"], unit_id=office.units["TTS"], role=Role.OFFICE,
                     valid_to=date(2023, 7, 21)))  # fmt: skip
    session.flush()
    stand(session, task, "reported")
    assert move(session, task.id or 0, "accept", office.who("vp.vanthu")).state is State.COMPLETED


@pytest.mark.parametrize("verb", sorted({"return", "refuse", "correct", "reopen", "withdraw", "suspend"}))
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_some_moves_say_why(trial: Trial, verb: str, reason: str | None) -> None:
    session, office, task = trial
    stand(session, task, next(iter(TO[verb])))
    before = snapshot(session)
    with pytest.raises(ReasonMissing):
        move(session, task.id or 0, verb, actor_of(office, verb), reason=reason)
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
    for verb, cells in TO.items():
        stand(session, task, next(iter(cells)), is_parent=True)
        with pytest.raises(NotFromHere):
            move(session, task.id or 0, verb, actor_of(office, verb), reason="lý do")


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
    from models.organisation import Post

    session, office, task = trial
    session.execute(update(Post).where(col(Post.person_id) == office.people["tts.truong"]).values(valid_to=date(2023, 7, 23)))
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
                outcomes.append(task.id)
            except NotFromHere:
                pass
        database.close()

    threads = [threading.Thread(target=press, args=pair) for pair in (("tts.truong", "refuse"), ("tts.pho", "report"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.database.close()
    assert sorted(outcomes) == [task.id for task in tasks]


def test_a_refused_move_leaves_nothing_behind_even_when_its_transaction_is_kept(office: Office) -> None:
    from models.extending import ask_extension, decline, extend, forward
    from models.report import Extension

    task = office.assign("TTS", due="2023-08-04", leader="gd")
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    with office.database.read() as session:
        before = (snapshot(session), session.execute(select(Extension.__table__)).all())
    attempts: list[tuple[Any, ...]] = [
        (ask_extension, "bt.truong", date(2023, 8, 10)), (extend, "vp.truong", date(2023, 8, 9)), (decline, "vp.truong"),
        (forward, "tts.truong"), (handling.reassign, "tts.truong", office.units["BT"]), (handling.accept, "vp.truong"),
        (handling.report, "bt.truong"), (handling.give_back, "vp.truong", "thiếu"), (handling.undo, "bt.truong"),
        (handling.correct, "tts.truong", "nhầm"),
    ]  # fmt: skip
    for act, who, *args in attempts:
        with office.database.write() as session, pytest.raises(MoveError):
            act(session, task.id or 0, office.who(who), *args)
    with office.database.read() as session:
        assert (snapshot(session), session.execute(select(Extension.__table__)).all()) == before
        assert session.exec(select(CompletionReport)).all() == []


def last_event(session: Session, task: Task) -> Event:
    return session.exec(select(Event).where(Event.task_id == task.id).order_by(col(Event.seq).desc()).limit(1)).one()


# --- taking back


def row(office: Office, task: Task) -> dict[str, Any]:
    return office.task(task.id).model_dump(exclude={"version", "next_notice_at"})


@pytest.mark.parametrize("state", ["assigned", "acknowledged"])
@pytest.mark.parametrize(
    ("verb", "act", "args"),
    [("acknowledge", handling.acknowledge, ()), ("report", handling.report, ()),
     ("refuse", lambda s, t, a: move(s, t, "refuse", a, reason="không thuộc"), ())],
)  # fmt: skip
def test_taking_back_restores_every_column(office: Office, state: str, verb: str, act: Any, args: tuple[Any, ...]) -> None:
    if (state, verb) == ("acknowledged", "acknowledge"):
        return
    task = office.assign("TTS", due="2023-08-30")
    if state == "acknowledged":
        office.do(handling.progress, task, "tts.truong", words="trình ký", waiting=Waiting.SUBMITTED, waiting_for="gd")
    before = row(office, task)
    office.do(act, task, "tts.truong")
    office.at("2023-07-24 09:10")
    assert office.do(handling.undo, task, "tts.truong")[1] == verb
    assert row(office, task) == before


def test_after_ten_minutes_it_is_too_late_to_take_back(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.at("2023-07-24 09:11")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")


@pytest.mark.parametrize("who", ["tts.pho", "vp.truong"])
def test_nobody_takes_back_what_another_did(office: Office, who: str) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, who)


def test_nothing_is_taken_back_when_somebody_has_acted_since(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.progress, task, "tts.pho", words="đang làm")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")


def test_an_act_is_taken_back_once(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.undo, task, "tts.truong")
    with pytest.raises(TooLateToTakeBack):
        office.do(handling.undo, task, "tts.truong")
    office.do(handling.acknowledge, task, "tts.truong")


def test_the_office_takes_back_what_it_entered_for_a_unit(office: Office) -> None:
    task = office.assign("TTS")
    with office.database.write() as session:
        handling.acknowledge(session, task.id or 0, office.who("vp.vanthu", behalf=True))
    office.do(handling.undo, task, "vp.vanthu")
    assert office.task(task.id).state is State.ASSIGNED


def test_a_report_taken_back_is_void_and_is_not_announced(office: Office) -> None:
    task = office.assign("TTS")
    office.do(handling.report, task, "tts.truong")
    office.do(handling.undo, task, "tts.truong")
    with office.database.read() as session:
        assert session.exec(select(CompletionReport.voided_at)).one() is not None
    office.tick("2023-07-24 13:30")
    assert office.told("reported", state=None) == []


# --- what a move does to the rest of the row


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
        move(session, task.id or 0, "name_focal", office.who("tts.truong"), values={"focal_id": office.people["tts.pho"]})
    office.at("2023-07-25 10:00")
    office.do(handling.reassign, task, "vp.truong", office.units["BT"])
    now = office.task(task.id)
    assert (now.state, now.unit_id, now.acknowledged_at, now.focal_id) == (State.ASSIGNED, office.units["BT"], None, None)
    assert (now.waiting, now.waiting_for, now.waiting_since, now.due_version) == (None, None, None, 2)
    with pytest.raises(NotAllowed):
        office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.acknowledge, task, "bt.truong")


@pytest.mark.parametrize("code", ["XX", "TTS"])
def test_a_task_goes_only_to_a_unit_that_is_there(office: Office, code: str) -> None:
    from models.organisation import Unit

    task = office.assign("BT")
    with office.database.write() as session:
        session.execute(update(Unit).where(col(Unit.code) == "TTS").values(valid_to=date(2023, 7, 23)))
    with pytest.raises(handling.UnitUnknown):
        office.do(handling.reassign, task, "vp.truong", office.units.get(code, 999))


def test_a_follow_up_duty_is_done_when_the_others_of_its_directive_are(office: Office) -> None:
    from models.directive import Directive

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


def test_a_date_before_the_one_that_stands_is_no_later_date(office: Office) -> None:
    from models.extending import ask_extension

    task, undated = office.assign("TTS", due="2023-08-04"), office.assign("TTS")
    for one, day, why in ((task, date(2023, 8, 4), "earlier"), (undated, date(2023, 8, 4), "no_due")):
        with pytest.raises(BadDate) as refused:
            office.do(ask_extension, one, "tts.truong", day)
        assert refused.value.details["why"] == why
    office.at("2023-08-11 09:00")
    with pytest.raises(BadDate):
        office.do(ask_extension, task, "tts.truong", date(2023, 8, 10))
