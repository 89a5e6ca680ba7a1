"""The weekly report is frozen once, when it goes out; everything made of it later says what was true then. And how it
fits into a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.attached import Button
from bot.telegram_send import _keyboard, _without_links
from bot.zalo_text import with_answers
from jobs import schedule
from models import clock, event, handling, weekly
from models.event import Event
from models.figures import Figures
from models.owing import Block
from papers.weekly import digest as making
from papers.weekly.digest import Digest, UnitLine, digest_text
from tests.book import seen_by_the_book
from tests.office import Office
from tests.weekly_desk import MONDAY, deliver, everything, kept, row, sent, told


@pytest.fixture
def office() -> Iterator[Office]:
    yield from seen_by_the_book()


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
