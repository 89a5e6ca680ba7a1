"""What the weekly report says: its figures and lists add up, also where lists are cut, and are kept as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import col, select

from models import clock, handling
from models.event import Event
from models.figures import Figures
from models.owing import Block
from models.task import TaskClass
from papers.weekly import counts
from papers.weekly import digest as making
from papers.weekly.digest import Digest, digest_text, frozen, snapshot, tasks_of
from papers.weekly.sheets import write_weekly
from tests.book import seen_by_the_book
from tests.office import Office
from tests.weekly_desk import everything, kept, now, row


@pytest.fixture
def office() -> Iterator[Office]:
    yield from seen_by_the_book()


def test_what_is_read_back_is_what_was_made(office: Office) -> None:
    made = everything(office)
    assert made.last and made.note and made.below_target and made.reminded_whom and made.beside.tasks and made.seal
    assert made.due_week.tasks[0].due_time is not None and made.overdue.tasks[0].word is not None
    assert Digest.of_json(made.to_json()) == made
    stored = row(office)
    assert stored is not None and stored.snapshot == made.to_json()


def test_overdue_is_what_units_owe_and_what_lies_elsewhere(office: Office) -> None:
    made = everything(office)
    assert made.total.overdue == len(made.overdue_numbers) == made.overdue.total + made.beside.total
    assert made.beside_why == {"NV7": "reported", "NV16": "submitted"}
    assert sorted(task.number for block in (made.overdue, made.beside) for task in block.tasks) == list(
        made.overdue_numbers
    )


def test_the_change_since_the_last_report_adds_up(office: Office) -> None:
    made = everything(office)
    assert made.last is not None and made.last.week == date(2023, 11, 27)
    last = kept(office, date(2023, 11, 27))
    gone, new = made.last.no_longer_overdue, made.last.new_overdue
    assert last.total.overdue + len(new) - len(gone) == made.total.overdue
    assert made.last.total.overdue == made.total.overdue - last.total.overdue
    for line in made.units:
        then = next((one.figures for one in last.units if one.code == line.code), Figures())
        assert made.last.units[line.code].duties == line.figures.duties - then.duties
    assert sum(one.overdue for one in made.last.units.values()) == made.last.total.overdue


def test_the_change_is_told(office: Office) -> None:
    office.tick("2023-11-27 07:30")
    office.at("2023-11-30 08:00").do(handling.report, office.task(5), "qldl.truong", words="xong")
    office.do(handling.accept, office.task(5), "vp.truong")
    office.at("2023-11-28 09:00").assign("TV", due="2023-12-01")
    text = digest_text(now(office.at("2023-12-05 08:00"), date(2023, 12, 5)))
    assert "So với báo cáo trước (27/11): quá hạn " in text
    assert "mới 01: NV15" in text and "không còn 01: NV5" in text and "tổng số tăng 01" in text
    assert "tỷ lệ đúng hạn khi đó" in text


def test_a_first_report_tells_of_no_change(office: Office) -> None:
    assert "So với" not in digest_text(now(office)) and now(office).last is None


def test_it_says_who_was_reminded_when(office: Office) -> None:
    made = everything(office)
    assert made.reminded_whom["NV5"] == {"deputy": (date(2023, 12, 1),), "head": (date(2023, 12, 1),)}
    assert "đã nhắc trưởng đơn vị 01 lần: 01/12; phó đơn vị 01 lần: 01/12; ý kiến của đơn vị" in digest_text(made)


def test_an_indicator_is_told_by_its_latest_day_with_owner_change_and_tasks(office: Office) -> None:
    made = everything(office)
    assert (
        "Chỉ tiêu chưa đạt: Hồ sơ trực tuyến 68,42% (mục tiêu 85%; tăng 1,42% so với 15/11; BPMC phụ trách; NV5)."
        in digest_text(made)
    )


def test_counts_are_exact_when_lists_are_cut(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        office.assign("QLVH", due="2023-12-01", authority=True)
        office.assign("QLTT", due="2023-12-01")
        task = office.at("2023-11-24 08:00").assign("TV", due="2023-12-29")
        office.at("2023-11-24 09:00").do(handling.report, task, "tv.truong", words="xong")
        office.at("2023-11-29 08:00")
    whole = now(office)
    monkeypatch.setattr(making, "LIMIT", 2)
    cut = now(office)
    for name in ("overdue", "beside", "for_office", "for_signature", "due_week"):
        assert getattr(cut, name).total == getattr(whole, name).total, name
        assert len(getattr(cut, name).tasks) <= 2
    assert (cut.due_week_above, cut.overdue_numbers) == (whole.due_week_above, whole.overdue_numbers)
    assert whole.for_office.total == 5 and whole.due_week_above == 3


def test_what_waits_since_yesterday_is_not_counted_when_lists_are_cut(office: Office) -> None:
    with office.at("2023-11-28 09:00").database.read() as session:
        block = Block(3, making.for_office(session, clock.now(), limit=1).tasks)
        assert counts.waited(session, "for_office", block, clock.now(), 2).total == 1


def test_the_sheets_have_the_same_numbers_as_numbers_and_dates(office: Office, tmp_path: Path) -> None:
    made = everything(office)
    with office.database.read() as session:
        write_weekly(tmp_path / "week.xlsx", made, tasks_of(session, made))
    book = openpyxl.load_workbook(tmp_path / "week.xlsx")
    assert book.sheetnames == ["Quá hạn", "Tiến độ", "Đến hạn trong tuần", "Đơn vị", "Thay đổi",
                               "Toàn bộ nhiệm vụ"]  # fmt: skip
    late = [row for row in book["Quá hạn"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(late) == made.total.overdue and {row[1] for row in late} == {"NV5", "NV7", "NV16"}
    assert isinstance(late[0][5], datetime) and late[0][7] == made.overdue.tasks[0].days
    units = list(book["Đơn vị"].iter_rows(min_row=4, values_only=True))
    assert [sum(row[n] or 0 for row in units[:-1]) for n in range(1, 9)] == list(units[-1][1:9])
    change = {row[0]: row[1:] for row in book["Thay đổi"].iter_rows(min_row=4, values_only=True)}
    assert change["Đang thực hiện quá hạn"] == (2, 3, 1) and change["Mới quá hạn: NV16"][1] == 1


def test_it_says_up_to_which_event_it_knows(office: Office) -> None:
    made = everything(office)
    with office.database.read() as session:
        after = session.exec(select(Event.verb).where(col(Event.id) > made.last_event)).all()
    assert after == ["report_frozen"]


def test_a_duty_to_follow_others_up_is_never_overdue_in_it(office: Office) -> None:
    before = now(office).total.overdue
    office.assign("VP", due="2023-11-21", task_class=TaskClass.MONITOR)
    assert now(office).total.overdue == before == len(now(office).overdue_numbers)


def test_the_last_sheet_is_what_stood_when_it_was_frozen(office: Office) -> None:
    office.assign("TTS", due="2026-12-11")
    office.live("2026-11-27", 5)
    later = office.assign("TV", due="2026-12-18")
    with office.database.read() as session:
        made = frozen(session, clock.today())
        assert made is not None
        then, now = tasks_of(session, made), tasks_of(session, snapshot(session, office.now()))
    assert then is not None and now is not None
    assert {one.code for one in now} - {one.code for one in then} == {later.code}
    assert then[-1].due_on == date(2026, 12, 11) and then[-1].assigned_at.tzinfo is not None
