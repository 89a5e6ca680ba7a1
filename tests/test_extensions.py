"""More time: who may grant it, what is counted, what is kept; and dates put right, which is not more time."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlmodel import col, select

from models.extending import ask_extension, decline, extend, forward
from models.handling import BadDate, accept, reassign, report
from models.moves import DateNotOurs, NotAllowed, move
from models.report import Decision, Extension, open_extension
from models.task import Category, Task, category, late_events
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def stands(office: Office, task: Task) -> tuple[Category | None, int]:
    """The category and the late events of the task at this moment."""
    now = office.task(task.id)
    return category(now, office.calendar, office.now()), late_events(now, office.calendar, office.now())


def requests(office: Office, task: Task) -> list[Extension]:
    with office.database.read() as session:
        return list(session.exec(select(Extension).where(Extension.task_id == task.id).order_by(col(Extension.id))))


def test_every_extension_is_counted_and_the_first_date_is_kept(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    for day in (9, 16):
        office.do(ask_extension, task, "tts.truong", date(2023, 8, day), reason="chờ số liệu")
        office.do(extend, task, "vp.truong", date(2023, 8, day), words="đồng ý")
    now = office.task(task.id)
    assert (now.due_on, now.original_due, now.extensions, now.due_version) == (
        date(2023, 8, 16),
        date(2023, 8, 4),
        2,
        3,
    )
    assert now.extension_asked_at is None
    assert [(one.ordinal, one.decision, one.granted_due) for one in requests(office, task)] == [
        (1, Decision.GRANTED, date(2023, 8, 9)), (2, Decision.GRANTED, date(2023, 8, 16)),
    ]  # fmt: skip


def test_a_new_request_takes_the_place_of_the_open_one_and_was_made_when_that_was(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-03 09:00").do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    office.at("2023-08-07 09:00").do(ask_extension, task, "tts.truong", date(2023, 8, 11))
    assert [one.decision for one in requests(office, task)] == [Decision.TAKEN_BACK, Decision.OPEN]
    assert stands(office, task) == (Category.IN_TIME, 0)
    office.do(extend, task, "vp.truong", date(2023, 8, 11))
    assert stands(office, task) == (Category.IN_TIME, 0)


@pytest.mark.parametrize(
    ("asked", "granted", "late"),
    [
        ("2023-08-04 16:00", True, 0),  # before the date had passed: no late event, whenever it is decided
        ("2023-08-04 16:00", False, 1),  # refused: lateness counts from the date that stands
        ("2023-08-05 00:00", True, 1),  # after: the date that had passed stays a late event
    ],
)
def test_what_counts_is_whether_it_was_asked_before_the_date(
    office: Office, asked: str, granted: bool, late: int
) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at(asked).do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    office.at("2023-08-08 09:00")
    if granted:
        office.do(extend, task, "vp.truong", date(2023, 8, 9))
        assert stands(office, task) == (Category.IN_TIME, late)
    else:
        office.do(decline, task, "vp.truong", "làm đúng hạn")
        assert stands(office, task) == (Category.OVERDUE, late)


def test_a_date_granted_without_being_asked_for_after_it_had_passed_stays_a_late_event(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-07 09:00").do(extend, task, "vp.truong", date(2023, 8, 9))
    assert stands(office, task) == (Category.IN_TIME, 1)


def test_a_request_that_nobody_decided_holds_nothing_once_the_work_is_reported_late(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-03 09:00").do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    office.at("2023-08-10 09:00")
    assert stands(office, task) == (Category.IN_TIME, 0)
    office.do(report, task, "tts.truong")
    assert stands(office, task) == (Category.OVERDUE, 1)
    office.do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_LATE, 1)
    assert [one.decision for one in requests(office, task)] == [Decision.TAKEN_BACK]


@pytest.mark.parametrize("end", ["accept", "reassign", "withdraw"])
def test_no_request_stays_open_on_a_task_that_is_done_or_gone(office: Office, end: str) -> None:
    task = office.assign("TTS", due="2023-08-04", authority=True)
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    if end == "accept":
        office.do(report, task, "tts.truong")
        office.do(accept, task, "vp.truong")
    elif end == "reassign":
        office.do(reassign, task, "vp.truong", office.units["BT"])
    else:
        with office.database.write() as session:
            move(session, task.id or 0, "withdraw", office.who("vp.truong"), reason="thu hồi")
    with office.database.read() as session:
        assert open_extension(session, task.id or 0) is None


def test_a_leaders_date_is_moved_by_that_leader_alone_with_the_offices_opinion(office: Office) -> None:
    task = office.assign("QLVH", due="2023-08-04", leader="gd")  # pgd1 is in charge, gd set the date
    office.do(ask_extension, task, "qlvh.truong", date(2023, 8, 9))
    office.do(forward, task, "vp.truong", "đề nghị đồng ý")
    assert requests(office, task)[0].opinion == "đề nghị đồng ý" and requests(office, task)[0].forwarded_at
    for who in ("vp.truong", "pgd1", "qlvh.truong"):
        for act, args in ((extend, (date(2023, 8, 9),)), (decline, ())):
            with pytest.raises(NotAllowed):
                office.do(act, task, who, *args)
    office.do(extend, task, "gd", date(2023, 8, 11))
    assert office.task(task.id).due_on == date(2023, 8, 11)


def test_an_authoritys_date_moves_only_with_the_permitting_document(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", authority=True)
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    for permit in (None, "", "  "):
        with pytest.raises(DateNotOurs):
            office.do(extend, task, "vp.truong", date(2023, 8, 9), permit=permit)
    with pytest.raises(NotAllowed):
        office.do(extend, task, "gd", date(2023, 8, 9), permit="12/UBND ngày 01/8/2023")
    office.at("2023-08-07 09:00").do(extend, task, "vp.truong", date(2023, 8, 9), permit="12/UBND ngày 01/8/2023")
    assert stands(office, task) == (Category.IN_TIME, 0)
    assert requests(office, task)[0].permit == "12/UBND ngày 01/8/2023"


def test_asking_for_an_authoritys_date_holds_nothing(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", authority=True)
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
    office.at("2023-08-07 09:00")
    assert stands(office, task) == (Category.OVERDUE, 1)


def test_a_claim_is_kept_verbatim_and_grants_nothing(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", leader="gd")
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 9), claim="Giám đốc cho lùi rồi")
    assert office.task(task.id).due_on == date(2023, 8, 4)
    assert requests(office, task)[0].claim == "Giám đốc cho lùi rồi"


def test_an_internal_date_keeps_its_distance_to_the_issuers(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", internal_due=date(2023, 8, 2))
    office.do(extend, task, "vp.truong", date(2023, 8, 15))
    assert office.task(task.id).internal_due == date(2023, 8, 11)


def test_a_later_hour_of_the_same_day_is_more_time_too(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", hour="10:00")
    with pytest.raises(BadDate):
        office.do(ask_extension, task, "tts.truong", date(2023, 8, 4), to_time=time(9))
    office.do(ask_extension, task, "tts.truong", date(2023, 8, 4), to_time=time(16))
    office.do(extend, task, "vp.truong", date(2023, 8, 4), due_time=time(16))
    assert office.task(task.id).due_time == time(16)


def test_a_date_before_the_one_that_stands_is_no_later_date(office: Office) -> None:
    task, undated = office.assign("TTS", due="2023-08-04"), office.assign("TTS")
    for one, day, why in ((task, date(2023, 8, 4), "earlier"), (undated, date(2023, 8, 4), "no_due")):
        with pytest.raises(BadDate) as refused:
            office.do(ask_extension, one, "tts.truong", day)
        assert refused.value.details["why"] == why
    office.at("2023-08-11 09:00")
    with pytest.raises(BadDate):
        office.do(ask_extension, task, "tts.truong", date(2023, 8, 10))


@pytest.mark.parametrize("act", [forward, decline])
def test_there_is_nothing_to_decide_without_a_request(office: Office, act: object) -> None:
    task = office.assign("TTS", due="2023-08-04")
    with pytest.raises(BadDate) as refused:
        office.do(act, task, "vp.truong")  # type: ignore[arg-type]
    assert refused.value.details["why"] == "no_request"
