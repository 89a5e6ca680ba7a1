"""Who hears what when: each ladder at its slots, through the real planner."""

from __future__ import annotations

from datetime import date

import pytest

from models import clock
from models.extending import ask_extension, decline, extend
from models.handling import acknowledge, progress, report
from models.moves import move
from models.task import Waiting
from tests.office import Office


@pytest.fixture
def office() -> Office:
    return Office()


def acknowledge_now(office: Office, task_id: int | None, who: str = "tts.truong") -> None:
    with office.database.write() as session:
        acknowledge(session, task_id or 0, office.who(who))


def test_a_task_assigned_before_the_slot_is_told_in_it_and_then_asked_after(office: Office) -> None:
    office.assign("TTS")
    office.live("2023-07-24", 12)
    heard = [(at, kind) for at, who, kind in office.told() if who == "tts.truong"]
    assert heard == [
        ("07-24 07:30", "assigned"), ("07-24 13:30", "unconfirmed"), ("07-25 07:30", "unconfirmed"),
        ("07-26 07:30", "unconfirmed"), ("07-27 07:30", "unconfirmed"), ("07-28 07:30", "unconfirmed"),
        ("07-31 07:30", "unconfirmed"), ("08-01 07:30", "unconfirmed"), ("08-02 07:30", "unconfirmed"),
        ("08-03 07:30", "unconfirmed"), ("08-04 07:30", "unconfirmed"),
    ]  # fmt: skip


def test_unconfirmed_stops_after_the_tenth_working_day(office: Office) -> None:
    office.assign("TTS")
    office.live("2023-07-24", 20)
    assert [at for at, who, kind in office.told("unconfirmed") if who == "tts.truong"][-1] == "08-07 07:30"


def test_the_deputy_hears_at_the_second_slot_and_the_office_at_the_fourth(office: Office) -> None:
    office.assign("TTS")
    office.live("2023-07-24", 10)
    assert [row for row in office.told("unconfirmed") if row[1] == "tts.pho"] == [
        ("07-25 07:30", "tts.pho", "unconfirmed")
    ]
    assert {row[:2] for row in office.told("escalated")} == {
        ("07-26 07:30", "vp.truong"), ("07-26 07:30", "vp.pho"), ("07-26 07:30", "vp.vanthu"),
    }  # fmt: skip


def test_a_leader_hears_of_an_unconfirmed_task_only_when_it_is_near_its_date(office: Office) -> None:
    office.assign("TTS", due="2023-07-28")
    office.live("2023-07-24", 3)
    assert ("07-26 07:30", "gd", "escalated") in office.told("escalated")


def test_a_confirmed_task_is_reminded_five_three_one_and_no_days_before(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-11")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-07-25", 18)
    assert [(at, kind) for at, who, kind in office.told() if kind.startswith("due")] == [
        ("08-04 07:30", "due_soon"), ("08-08 07:30", "due_soon"), ("08-10 07:30", "due_soon"),
        ("08-11 07:30", "due_today"),
    ]  # fmt: skip


def test_a_short_window_is_reminded_one_day_before_and_on_the_day(office: Office) -> None:
    task = office.assign("TTS", due="2023-07-28")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-07-24", 5)
    assert [at for at, _, kind in office.told() if kind.startswith("due")] == ["07-27 07:30", "07-28 07:30"]


def test_offsets_within_one_working_day_of_confirmation_are_left_out(office: Office) -> None:
    task = office.assign("TTS", due="2023-07-28")
    office.live("2023-07-24", 3)
    acknowledge_now(office, task.id)
    office.live("2023-07-27", 2)
    assert [at for at, _, kind in office.told() if kind.startswith("due")] == ["07-28 07:30"]


def test_an_hour_is_said_again_in_the_afternoon_of_that_day(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", hour="16:00")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-08-04", 1)
    assert [at for at, _, kind in office.told("due_today")] == ["08-04 07:30", "08-04 13:30"]


def test_a_date_on_a_day_off_is_reminded_the_working_day_before_and_late_after_the_next(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-05")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-07-25", 15)
    heard = [(at, kind) for at, who, kind in office.told() if who == "tts.truong" and kind != "assigned"]
    assert heard == [("07-31 07:30", "due_soon"), ("08-02 07:30", "due_soon"), ("08-04 07:30", "due_soon"),
                     ("08-08 07:30", "overdue")]  # fmt: skip


def test_the_overdue_ladder_reaches_deputy_office_and_leader_in_that_order(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-08-05", 24)
    head = [at for at, who, kind in office.told("overdue") if who == "tts.truong"]
    assert head == ["08-07 07:30", "08-08 07:30", "08-09 07:30", "08-10 07:30", "08-11 07:30", "08-14 07:30",
                    "08-21 07:30", "08-28 07:30"]  # fmt: skip
    assert [at for at, who, _ in office.told("overdue") if who == "tts.pho"] == ["08-08 07:30"]
    assert {at for at, _, _ in office.told("pre_notice")} == {"08-08 07:30"}
    assert office.told("escalated") == [("08-08 13:30", "gd", "escalated")]


def test_what_the_office_holds_goes_up_one_working_day_later(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-08-05", 3)
    office.tick("2023-08-08 07:30")
    office.at("2023-08-08 10:00")
    with office.database.write() as session:
        move(session, task.id or 0, "hold", office.who("vp.truong"), values={"hold_until": date(2023, 8, 9)})
    office.tick("2023-08-08 13:30")
    assert office.told("escalated") == []
    office.live("2023-08-09", 1)
    assert {at for at, _, _ in office.told("pre_notice")} == {"08-08 07:30", "08-09 07:30"}
    assert office.told("escalated") == [("08-09 13:30", "gd", "escalated")]


def test_nobody_goes_up_to_a_leader_whom_the_office_could_not_hold_first(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.tick("2023-08-08 13:30")  # the machine was off since the day before the due date
    assert office.told("escalated") == []
    assert {at for at, _, _ in office.told("pre_notice")} == {"08-08 13:30"}
    office.live("2023-08-09", 1)
    assert office.told("escalated") == [("08-09 13:30", "gd", "escalated")]


def test_after_two_days_without_power_each_reminder_goes_once_and_the_rest_is_dropped(office: Office) -> None:
    office.assign("TTS")
    office.tick("2023-07-24 07:30")
    office.tick("2023-07-27 09:00")
    heard = [(at, kind) for at, who, kind in office.told() if who == "tts.truong"]
    assert heard == [("07-24 07:30", "assigned"), ("07-27 07:30", "unconfirmed")]
    assert {reason for *_, reason in office.told("unconfirmed", state=None)} and len(
        office.told("unconfirmed", state=None)
    ) > 2


def test_a_slot_missed_at_night_is_not_made_up_at_night(office: Office) -> None:
    office.assign("TTS")
    assert not office.tick("2023-07-24 20:00")
    assert not office.tick("2023-07-22 09:00")
    assert office.tick("2023-07-25 07:30")


def test_a_promised_day_rests_the_task_until_then(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-11")
    office.tick("2023-07-24 07:30")
    office.at("2023-08-03 09:00")
    with office.database.write() as session:
        progress(session, task.id or 0, office.who("tts.truong"), words="thứ 5 xong", promised_on=date(2023, 8, 10))
    office.live("2023-08-04", 8)
    assert [at for at, _, kind in office.told() if kind.startswith("due")] == ["08-10 07:30", "08-11 07:30"]


def test_a_task_that_lies_with_a_leader_for_signature_is_not_reminded(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04")
    office.at("2023-07-31 09:00")
    with office.database.write() as session:
        progress(session, task.id or 0, office.who("tts.truong"), words="đã trình ký", waiting=Waiting.SUBMITTED)
    office.live("2023-08-01", 12)
    assert [row for row in office.told() if row[2] in ("due_soon", "due_today", "overdue", "escalated")] == []


def test_an_open_request_for_time_stops_reminders_and_goes_up_after_two_working_days(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", leader="gd")
    office.at("2023-08-02 09:00")
    with office.database.write() as session:
        ask_extension(session, task.id or 0, office.who("tts.truong"), date(2023, 8, 9))
    office.live("2023-08-02", 6)
    assert [row for row in office.told() if row[2] in ("due_soon", "due_today", "overdue")] == []
    assert [at for at, _, _ in office.told("escalated")] == ["08-04 13:30"]


def test_a_request_granted_in_time_is_no_late_event_and_a_refused_one_counts_from_the_original_date(
    office: Office,
) -> None:
    granted, refused = office.assign("TTS", due="2023-08-04"), office.assign("TTS", due="2023-08-04")
    office.at("2023-08-03 09:00")
    with office.database.write() as session:
        for task in (granted, refused):
            ask_extension(session, task.id or 0, office.who("tts.truong"), date(2023, 8, 9))
    office.at("2023-08-07 09:00")
    with office.database.write() as session:
        extend(session, granted.id or 0, office.who("vp.truong"), date(2023, 8, 9))
        decline(session, refused.id or 0, office.who("vp.truong"), "làm đúng hạn")
    from models.task import late_events

    assert late_events(office.task(granted.id), office.calendar, clock.now()) == 0
    assert late_events(office.task(refused.id), office.calendar, clock.now()) == 1
    assert office.task(granted.id).original_due == date(2023, 8, 4)


def test_a_higher_authoritys_date_goes_to_office_and_leader_the_working_day_before(office: Office) -> None:
    task = office.assign("TTS", due="2023-08-04", authority=True)
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-07-25", 10)
    assert {row[:2] for row in office.told("escalated")} == {
        ("08-03 13:30", "gd"), ("08-03 13:30", "vp.truong"), ("08-03 13:30", "vp.pho"), ("08-03 13:30", "vp.vanthu"),
    }  # fmt: skip


def test_a_standing_task_is_asked_about_on_its_review_date_and_never_late(office: Office) -> None:
    task = office.assign("TTS")
    office.tick("2023-07-24 07:30")
    acknowledge_now(office, task.id)
    office.live("2023-08-01", 65)
    assert [(at, who) for at, who, _ in office.told("review")] == [
        ("08-31 07:30", "tts.truong"),
        ("09-29 07:30", "tts.truong"),
    ]
    assert office.told("overdue") == []


def test_nothing_is_sent_on_weekends_and_holidays(office: Office) -> None:
    for unit in ("TTS", "TCCB", "QLDL"):
        office.assign(unit, due="2023-08-30")
    office.live("2023-07-24", 50)
    days = {at[:5] for at, _, _ in office.told(state=None)}
    assert not days & {"07-29", "07-30", "09-01", "09-02", "09-03", "09-04"}


def test_what_an_absent_head_would_get_goes_to_the_deputy(office: Office) -> None:
    from models.organisation import Absence

    with office.database.write() as session:
        session.add(Absence(person_id=office.people["tts.truong"], start=date(2023, 7, 24), end=date(2023, 7, 26)))
    office.assign("TTS")
    office.live("2023-07-24", 4)
    assert [(at, who) for at, who, kind in office.told() if who.startswith("tts")][:2] == [
        ("07-24 07:30", "tts.pho"), ("07-24 13:30", "tts.pho"),
    ]  # fmt: skip
    assert ("07-27 07:30", "tts.truong", "handover") in office.told()


def test_leaders_and_monitor_tasks_are_never_nagged(office: Office) -> None:
    from models.task import TaskClass

    office.assign("LDS", due="2023-07-28")
    office.assign("VP", task_class=TaskClass.MONITOR)
    office.live("2023-07-24", 20)
    assert [row for row in office.told() if row[2] not in ("digest", "digest_draft")] == []


def test_the_weekly_report_goes_once_even_when_monday_was_missed(office: Office) -> None:
    office.assign("TTS")
    office.tick("2023-07-24 07:30")
    office.tick("2023-08-01 09:10")
    assert {at for at, _, _ in office.told("digest")} == {"08-01 07:30"}
    office.live("2023-08-01", 6)
    assert {at for at, _, _ in office.told("digest")} == {"08-01 07:30"}


def test_the_weekly_report_moves_with_the_week_and_its_draft_goes_the_working_day_before(office: Office) -> None:
    office.assign("TTS")
    office.live("2023-07-24", 50)
    assert sorted({at for at, _, _ in office.told("digest")}) == [
        "07-31 07:30", "08-07 07:30", "08-14 07:30", "08-21 07:30", "08-28 07:30", "09-05 07:30", "09-11 07:30",
    ]  # fmt: skip
    assert sorted({at for at, _, _ in office.told("digest_draft")})[-2:] == ["08-31 13:30", "09-08 13:30"]


def test_an_answer_to_ones_own_act_goes_at_once_in_working_hours(office: Office) -> None:
    from models.handling import accept

    task = office.assign("TTS")
    office.tick("2023-07-24 07:30")
    office.at("2023-07-24 09:00")
    with office.database.write() as session:
        report(session, task.id or 0, office.who("tts.truong"))
    office.at("2023-07-24 09:20")
    with office.database.write() as session:
        accept(session, task.id or 0, office.who("vp.truong"))
    office.tick()
    assert office.told("accepted") == [("07-24 09:20", "tts.truong", "accepted")]


def test_a_report_is_told_to_the_office_only_after_it_could_be_taken_back(office: Office) -> None:
    task = office.assign("TTS")
    office.at("2023-07-24 13:25")
    with office.database.write() as session:
        report(session, task.id or 0, office.who("tts.truong"))
    office.live("2023-07-24", 2)
    assert {at for at, _, _ in office.told("reported")} == {"07-25 07:30"}


def test_hoa_toc_is_told_at_any_hour(office: Office) -> None:
    office.at("2023-07-23 22:00")
    office.assign("TTS", urgency="HỎA TỐC")
    office.tick()
    assert office.told("assigned") == [("07-23 22:00", "tts.truong", "assigned")]
