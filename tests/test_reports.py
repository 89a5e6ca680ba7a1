"""Reports of completion: their moment, their return, what is counted, and the evidence behind them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, func, select

from models.handling import accept, add_product, give_back, progress, report
from models.moves import NoSuchTask, NotAllowed, move
from models.report import (
    LARGEST,
    Blob,
    BlobChunk,
    CompletionReport,
    EvidenceTooLarge,
    add_evidence,
    blob_chunks,
    current_report,
    store_blob,
)
from models.task import Category, State, Task, Waiting, category, late_events
from tests.office import Office, local


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 09:00")


def stands(office: Office, task: Task) -> tuple[Category | None, int, int]:
    """Category, late events and returns at this moment."""
    now = office.task(task.id)
    return (category(now, office.calendar, office.now()), late_events(now, office.calendar, office.now()), now.returns)


def test_lateness_is_judged_by_the_report_not_by_its_acceptance(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-04 23:59").do(report, task, "tts.truong")
    office.at("2023-08-09 09:00").do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_ON_TIME, 0, 0)


def test_where_the_office_so_decides_lateness_is_judged_by_the_acceptance(office: Office) -> None:
    office.database.rules = replace(office.database.rules, late_judged_on="acceptance")
    office.calendar = replace(office.calendar, rules=office.database.rules)
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-04 16:00").do(report, task, "tts.truong")
    office.at("2023-08-09 09:00")
    assert stands(office, task) == (Category.IN_TIME, 0, 0)
    office.do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_LATE, 1, 0)


def test_a_returned_report_loses_its_moment_and_the_return_is_counted(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-03 09:00").do(report, task, "tts.truong")
    office.at("2023-08-07 09:00").do(give_back, task, "vp.truong", "thiếu phụ lục")
    assert office.task(task.id).due_on == date(2023, 8, 4)
    assert stands(office, task) == (Category.OVERDUE, 1, 1)
    with office.database.read() as session:
        returned = session.exec(select(CompletionReport)).one()
        assert returned.voided_at and returned.return_reason == "thiếu phụ lục"
        assert current_report(session, task.id or 0) is None
    office.at("2023-08-08 09:00").do(report, task, "tts.truong")
    office.do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_LATE, 1, 1)


def test_a_reopened_task_is_open_again_without_its_report_and_its_lateness_is_counted_once(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-07 09:00").do(report, task, "tts.truong")
    office.do(accept, task, "vp.truong")
    with office.database.write() as session:
        move(session, task.id or 0, "reopen", office.who("vp.truong"), reason="sản phẩm bị thu hồi")
        assert current_report(session, task.id or 0) is None
    now = office.task(task.id)
    assert (now.state, now.reported_at, now.completed_at) == (State.ACKNOWLEDGED, None, None)
    assert stands(office, task) == (Category.OVERDUE, 1, 0)
    office.do(report, task, "tts.truong")
    office.do(accept, task, "vp.truong")
    assert stands(office, task) == (Category.DONE_LATE, 1, 0)


def test_the_leaders_own_tasks_collect_no_late_events(office: Office) -> None:
    task = office.assign("LDS", due="2023-08-04")
    office.at("2023-08-09 09:00").do(report, task, "gd")
    office.do(accept, task, "vp.truong")
    assert office.task(task.id).late_events == 0


@pytest.mark.parametrize(
    ("began", "completed", "counts"),
    [
        ("2023-08-04 16:00", "2023-08-04 17:00", "2023-08-04 16:00"),
        ("2023-08-04 16:00", "2023-08-07 17:00", "2023-08-04 16:00"),  # Friday to Monday: one working day
        ("2023-08-04 16:00", "2023-08-08 08:00", "2023-08-08 08:00"),
    ],
)
def test_a_reports_moment_is_that_of_the_message_that_began_it_for_one_working_day(
    office: Office, began: str, completed: str, counts: str
) -> None:
    one, other = office.assign("TTS", due="2023-08-04"), office.assign("TTS", due="2023-08-04")
    office.at(began).do(report, other, "tts.truong", words="xong rồi")
    office.at(completed).do(report, one, "tts.truong", made_at=local(began), product_number="12/BC-TTr")
    office.do(add_product, other, "tts.truong", number="12/BC-TTr", day=date(2023, 8, 4))
    assert office.task(one.id).reported_at == office.task(other.id).reported_at == local(counts)


def test_a_report_that_named_its_product_keeps_its_moment_whatever_is_added(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-08-04 09:00").do(report, task, "tts.truong", product_number="12/BC-TTr")
    office.at("2023-08-10 09:00").do(add_product, task, "tts.truong", day=date(2023, 8, 4))
    assert office.task(task.id).reported_at == local("2023-08-04 09:00")


def test_a_product_is_added_by_the_unit_and_only_to_a_report_that_waits(office: Office) -> None:
    task = office.assign("TTS")
    with pytest.raises(NoSuchTask):
        office.do(add_product, task, "tts.truong", number="12/BC-TTr")
    office.do(report, task, "tts.truong")
    with pytest.raises(NotAllowed):
        office.do(add_product, task, "bt.truong", number="12/BC-TTr")
    made = office.do(add_product, task, "tts.pho", number="12/BC-TTr", day=date(2023, 8, 1))
    assert (made.product_number, made.product_date) == ("12/BC-TTr", date(2023, 8, 1))


def test_nothing_to_report_is_a_full_report(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    made = office.do(report, task, "tts.truong", nil=True)
    office.do(accept, task, "vp.truong", checked=True)
    with office.database.read() as session:
        kept = session.get_one(CompletionReport, made.id)
        assert kept.nil and kept.checked and kept.accepted_at == office.now()


def test_an_objective_cause_is_confirmed_by_name_and_takes_no_late_event_away(office: Office) -> None:
    task, other = office.assign("TTS", due="2023-08-04"), office.assign("TTS", due="2023-08-04")
    office.at("2023-08-08 09:00")
    office.do(report, task, "tts.truong")
    office.do(accept, task, "vp.truong", objective_cause="chờ ký")
    with office.database.write() as session:
        move(session, other.id or 0, "confirm_cause", office.who("vp.truong"),
             values={"objective_cause": "bão", "objective_confirmed_by": office.people["vp.truong"]})  # fmt: skip
    assert [office.task(t.id).objective_cause for t in (task, other)] == ["chờ ký", "bão"]
    assert office.task(task.id).objective_confirmed_by == office.people["vp.truong"]
    assert stands(office, task) == (Category.DONE_LATE, 1, 0)


@pytest.mark.parametrize(
    ("now", "promised", "rests"),
    [
        ("2023-08-01 09:00", date(2023, 8, 3), True), ("2023-08-01 09:00", date(2023, 8, 4), True),
        ("2023-08-01 09:00", date(2023, 8, 7), False), ("2023-08-01 09:00", date(2023, 7, 31), False),
        ("2023-08-08 09:00", date(2023, 8, 11), True), ("2023-08-08 09:00", date(2023, 8, 14), False),
        ("2023-08-08 09:00", date(2023, 8, 7), False),
    ],
)  # fmt: skip
def test_a_promised_day_rests_a_task_up_to_its_date_or_three_working_days_when_late(
    office: Office, now: str, promised: date, rests: bool
) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at(now).do(progress, task, "tts.truong", words="hẹn", promised_on=promised)
    assert office.task(task.id).promised_on == (promised if rests else None)


def test_when_late_only_the_first_promise_rests_a_task(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    for now, promised in (("2023-08-03 09:00", 4), ("2023-08-08 09:00", 10), ("2023-08-10 09:00", 14)):
        office.at(now).do(progress, task, "tts.truong", words="hẹn", promised_on=date(2023, 8, promised))
    assert office.task(task.id).promised_on == date(2023, 8, 10)


def test_a_report_ends_the_waiting(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.do(progress, task, "tts.truong", words="đã trình", waiting=Waiting.SUBMITTED, waiting_for="Giám đốc")
    assert (office.task(task.id).waiting, office.task(task.id).waiting_for) == (Waiting.SUBMITTED, "Giám đốc")
    office.do(report, task, "tts.truong")
    assert office.task(task.id).waiting is None


# --- evidence


def test_a_file_is_kept_in_megabytes_and_comes_back_as_it_was(office: Office) -> None:
    data = os.urandom(3 * 1024 * 1024 + 5)
    with office.database.write() as session:
        kept = add_evidence(session, by_id=1, name="ảnh.jpg", media_type="image/jpeg", data=data)
        session.expunge_all()
        assert [len(chunk) for chunk in blob_chunks(session, kept.sha256)] == [1 << 20, 1 << 20, 1 << 20, 5]
        assert b"".join(blob_chunks(session, kept.sha256)) == data
        assert session.get_one(Blob, kept.sha256).size == len(data)


def test_the_same_photo_twice_is_kept_once(office: Office) -> None:
    with office.database.write() as session:
        first, second = store_blob(session, b"x" * 10), store_blob(session, b"x" * 10)
        assert first == second
        assert session.exec(select(func.count(col(BlobChunk.part)))).one() == 1


def test_a_file_over_twenty_megabytes_is_refused_and_an_empty_one_is_kept(office: Office) -> None:
    with office.database.write() as session:
        with pytest.raises(EvidenceTooLarge):
            store_blob(session, bytes(LARGEST + 1))
        assert list(blob_chunks(session, store_blob(session, b""))) == []


def test_files_of_the_message_that_reported_stand_behind_the_report(office: Office) -> None:
    from models.message import Inbox
    from models.report import Evidence

    task = office.assign("TTS")
    with office.database.write() as session:
        inbox = Inbox(channel="web", message_key="1", received_at=office.now())
        session.add(inbox)
        session.flush()
        file = add_evidence(session, by_id=office.people["tts.truong"], name="a.pdf", media_type="application/pdf",
                            data=b"%PDF", inbox_id=inbox.id)  # fmt: skip
        made = report(session, task.id or 0, office.who("tts.truong"), inbox_id=inbox.id)
    with office.database.read() as session:
        kept = session.get_one(Evidence, file.id)
        assert (kept.task_id, kept.report_id) == (task.id, made.id)
