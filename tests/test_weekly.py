"""The weekly report is frozen once, when it goes out; everything made of it later says what was true then."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from bot.attached import Button
from bot.telegram_send import _keyboard, _without_links
from bot.webchat import WebChat
from bot.zalo_text import with_answers
from jobs import schedule
from jobs.deliver import Sender
from models import clock, event, handling, weekly
from models.event import Event
from models.figures import Figures
from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.message import Message, MessageState
from models.owing import Block
from models.task import TaskClass, Waiting
from models.weekly import WeeklyReport
from papers import counts
from papers import digest as making
from papers.digest import Digest, UnitLine, digest_text, frozen, snapshot, tasks_of
from papers.weekly_sheets import write_weekly
from tests.book import by_the_book
from tests.office import Office

MONDAY = date(2023, 12, 4)


@pytest.fixture
def office() -> Iterator[Office]:
    """By the book, seen on Wednesday 29 November 2023."""
    made = Office("2023-11-20 08:00")
    by_the_book(made)
    yield made
    clock.run_free()


def deliver(office: Office, site: str = "") -> None:
    asyncio.run(Sender(office.database, {"web": WebChat()}, site=site).deliver())


def told(office: Office, who: str, kind: str = "digest") -> str:
    """The text of the last message of this kind that a person got."""
    return sent(office, who, kind)[-1].text or ""


def sent(office: Office, who: str, kind: str) -> list[Message]:
    with office.database.read() as session:
        query = select(Message).where(Message.person_id == office.people[who], Message.state == MessageState.SENT)
        return [one for one in session.exec(query.order_by(col(Message.id))).all() if kind in one.kinds]


def row(office: Office, week: date = MONDAY) -> WeeklyReport | None:
    with office.database.read() as session:
        return weekly.report_of(session, week)


def kept(office: Office, week: date = MONDAY) -> Digest:
    with office.database.read() as session:
        found = frozen(session, week)
    assert found is not None
    return found


def now(office: Office, week: date | None = None) -> Digest:
    with office.database.read() as session:
        return snapshot(session, clock.now(), week=week)


# frozen once


def test_it_is_frozen_with_its_notices_and_the_message_says_what_was_true_then(office: Office) -> None:
    office.tick("2023-12-04 07:30")
    handled = {"words": "đã xong", "at": clock.now()}
    office.at("2023-12-04 07:31").do(handling.report, office.task(5), "qldl.truong", words=handled["words"])
    office.at("2023-12-04 07:40")
    deliver(office)
    report = kept(office)
    assert report.at == office.at("2023-12-04 07:30").now() and report.overdue.tasks[0].code == "NV5"
    assert digest_text(replace(report, units_in_charge=None)).split("\n")[1] in told(office, "gd")
    assert "(đến 07 giờ 30 thứ Hai 04/12/2023)" in told(office, "gd")


def test_a_late_start_freezes_then(office: Office) -> None:
    office.tick("2023-12-04 14:10")
    report = row(office)
    assert report is not None and report.frozen_at == office.now()
    deliver(office)
    assert "(đến 14 giờ 10 thứ Hai 04/12/2023)" in told(office, "gd")


def test_later_slots_and_other_weeks_change_nothing(office: Office) -> None:
    office.tick("2023-12-04 07:30")
    before = row(office)
    for slot in ("2023-12-04 13:30", "2023-12-05 07:30"):
        office.tick(slot)
    with office.database.write() as session:
        assert not making.freeze(session, date(2023, 12, 6), clock.now())
    assert row(office) == before
    office.tick("2023-12-11 07:30")
    assert row(office) == before and row(office, date(2023, 12, 11)) is not None


def test_nothing_is_frozen_when_its_notices_are_not_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from jobs import digest as job

    def broken(*_: Any) -> None:
        raise RuntimeError

    office.at("2023-12-04 07:30")
    monkeypatch.setattr(job, "set_mark", broken)
    with pytest.raises(RuntimeError):
        schedule.tick(office.database)
    assert row(office) is None and office.told("digest", None) == []
    monkeypatch.undo()
    assert office.tick() and row(office) is not None and office.told("digest")


def test_it_is_written_down_that_it_was_frozen(office: Office) -> None:
    office.tick("2023-12-04 07:30")
    with office.database.read() as session:
        found = session.exec(select(Event).where(Event.verb == "report_frozen")).one()
        assert found.subject == "week:2023-12-04" and not list(event.broken(session))


def test_leaders_are_told_the_same_and_asked_about_their_own_units(office: Office) -> None:
    office.tick("2023-12-04 07:30")
    deliver(office)
    texts = {who: told(office, who) for who in ("gd", "pgd1", "pgd2")}
    asked = {who: "Đề nghị đồng chí cho ý kiến đối với NV5." in text for who, text in texts.items()}
    assert asked == {"gd": True, "pgd1": True, "pgd2": False}
    body = {text.split("\n\n")[1].replace("Đề nghị đồng chí cho ý kiến đối với NV5.\n", "") for text in texts.values()}
    assert len(body) == 1


# its draft


def test_the_draft_is_of_its_moment_and_says_how_to_add_a_sentence(office: Office) -> None:
    office.tick("2023-12-01 13:30")
    deliver(office, "https://dondoc.example")
    draft = told(office, "vp.vanthu", "digest_draft")
    assert "DỰ THẢO BÁO CÁO TUẦN" in draft and "Quá hạn 01:" in draft and row(office) is None
    assert "Muốn thêm một câu của Văn phòng, đề nghị mở https://dondoc.example/reports/week/2023-12-04" in draft


def test_a_draft_that_comes_after_its_report_is_not_sent(office: Office) -> None:
    office.tick("2023-12-01 13:30")
    office.tick("2023-12-04 07:30")
    deliver(office)
    assert not sent(office, "vp.vanthu", "digest_draft") and sent(office, "vp.vanthu", "digest")


def test_the_offices_sentence_stands_first_in_what_goes_out(office: Office) -> None:
    with office.at("2023-12-01 15:00").database.write() as session:
        weekly.say(session, MONDAY, "Đề nghị các đơn vị  hoàn thành\ntrước Tết.", office.people["vp.truong"], "web")
    office.tick("2023-12-04 07:30")
    deliver(office)
    assert "\n\nVăn phòng: Đề nghị các đơn vị hoàn thành trước Tết.\nQuá hạn 01:" in told(office, "gd")
    with office.database.write() as session, pytest.raises(weekly.AlreadyFrozen):
        weekly.say(session, MONDAY, "Muộn rồi", office.people["vp.truong"], "web")
    assert kept(office).note == "Đề nghị các đơn vị hoàn thành trước Tết."


@pytest.mark.parametrize(("at", "week"), [("2023-11-20 09:00", "2023-11-27"), ("2023-11-29 09:00", "2023-12-04"),
                                          ("2023-12-31 09:00", "2024-01-01")])  # fmt: skip
def test_which_report_is_the_next(office: Office, at: str, week: str) -> None:
    if at > "2023-11-27":
        office.tick("2023-11-27 07:30")
    if at > "2023-12-25":
        office.tick("2023-12-25 07:30")
    with office.at(at).database.read() as session:
        found = weekly.next_report(session, clock.now())
    assert found is not None and found[0] == date.fromisoformat(week)


# what it says


def everything(office: Office) -> Digest:
    """A report in which every part has something."""
    office.tick("2023-11-27 07:30")
    office.assign("QLVH", due="2023-12-05", authority=True, hour="16:00")
    late = office.at("2023-11-24 08:00").assign("TTVH", due="2023-11-28")
    submitted = {"words": "đã trình", "waiting": Waiting.SUBMITTED, "waiting_for": "chị Hà"}
    office.at("2023-11-27 08:00").do(handling.progress, late, "ttvh.truong", **submitted)
    office.at("2023-11-30 08:00").do(handling.progress, office.task(5), "qldl.truong", words="chờ số liệu")
    office.live("2023-11-30", 2)
    deliver(office)
    with office.database.write() as session:
        unit = office.units["BPMC"]
        session.add(Indicator(id=1, name="Hồ sơ trực tuyến", target=Decimal("85"), unit_id=unit))
        session.flush()
        session.add(IndicatorTask(indicator_id=1, task_id=5))
        for on, value in (("2023-11-01", "66.1"), ("2023-11-28", "68.42"), ("2023-11-15", "67")):
            session.add(IndicatorValue(indicator_id=1, day=date.fromisoformat(on), value=Decimal(value), source="766",
                                       entered_at=clock.now()))  # fmt: skip
        event.seal(session)
        weekly.say(session, MONDAY, "Lưu ý", office.people["vp.truong"], "web")
    office.tick("2023-12-04 07:30")
    return kept(office)


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
    assert "đã nhắc trưởng đơn vị 01 lần: 01/12; phó 01 lần: 01/12; ý kiến của đơn vị" in digest_text(made)


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


# how it fits


def large(office: Office) -> Digest:
    """Two hundred units, five hundred tasks overdue with long words, many indicators."""
    made = everything(office)
    units = tuple(UnitLine(f"DV{n:03d}", f"Đơn vị sự nghiệp công lập số {n:03d}", Figures(3, 2, 4, n % 7, 1, 1))
                  for n in range(200))  # fmt: skip
    task = made.overdue.tasks[0]
    assert task.word is not None
    long = replace(task.word, words="đang chờ số liệu của các huyện, thành phố " * 20)
    owed = tuple(replace(task, id=n, number=n, code=f"NV{n}", unit_name=units[n % 200].name, word=long)
                 for n in range(500))  # fmt: skip
    whom = {one.code: {"head": tuple(date(2023, 11, 1) + timedelta(n) for n in range(9))} for one in owed}
    below = tuple(replace(made.below_target[0], name=f"Chỉ tiêu rất dài của kế hoạch chuyển đổi số năm {n}")
                  for n in range(30))  # fmt: skip
    due = tuple(replace(task, code=f"NV{n}", due_on=date(2023, 12, 4 + n % 5)) for n in range(300))
    assert made.last is not None
    last = replace(made.last, new_overdue=tuple(one.code for one in owed))
    return replace(made, units=units, overdue=Block(5000, owed), reminded_whom=whom, below_target=below, last=last,
                   due_week=Block(900, due), note="x" * weekly.LONGEST_NOTE)  # fmt: skip


def test_however_much_there_is_the_message_of_a_leader_is_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = large(office)
    monkeypatch.setattr(making, "frozen", lambda *_: made)
    deliver(office, "https://dondoc.example")
    for who in ("gd", "pgd1", "vp.vanthu"):
        text = told(office, who)
        assert len(text) <= 2000, (who, len(text))
        assert "Quá hạn 5000:" in text and "Văn phòng: xxx" in text and "/reports/week/2023-12-04" in text


def test_the_text_for_paper_has_every_unit_and_task(office: Office) -> None:
    text = digest_text(large(office), "vi", making.LIMIT)
    assert text.count("Đơn vị sự nghiệp công lập số 003: hoàn thành") == 1 and "NV499, quá" in text


# how it is opened


@pytest.mark.parametrize(("site", "labels"), [
    ("https://dondoc.example", ["Mở báo cáo", "Danh sách quá hạn", "Đến hạn trong tuần"]),
    ("http://dondoc.noibo", []), ("", []),
])  # fmt: skip
def test_buttons_open_its_lists_where_a_chat_takes_them(office: Office, site: str, labels: list[str]) -> None:
    office.assign("QLVH", due="2023-12-06")
    office.tick("2023-12-04 07:30")
    deliver(office, site)
    message = sent(office, "gd", "digest")[-1]
    opening = [button for button in message.buttons if button.get("url")]
    assert [button["label"] for button in opening] == labels
    assert (f"{site}/reports/week/2023-12-04" in (message.text or "")) is bool(site)
    assert all(button["url"].startswith(f"{site}/") for button in opening)


def test_such_a_button_opens_a_page_in_telegram_and_is_left_out_elsewhere() -> None:
    button = Button("Mở báo cáo", 0, 0, url="https://dondoc.example/reports/week/2023-12-04")
    keyboard = _keyboard([button])
    assert keyboard is not None and keyboard.inline_keyboard[0][0].url == button.url
    assert with_answers("Báo cáo", [button]) == "Báo cáo"
    assert _without_links(keyboard) is None


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
