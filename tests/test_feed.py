"""A person's calendar: what stands in it for whom, an address that ends when it must, and a file that programs read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import col, select, update

from models import clock, feeds, handling, pairing
from models.joining import CalendarFeed
from models.moves import Actor, move
from models.organisation import Person, Post
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, State, Task
from tests.web_stage import Stage, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def address(office: Stage, who: str) -> str:
    """A new calendar address, as the person's page shows it."""
    page = office.browser(who).post("/me/feed")
    found = re.search(r'value="http://[^"/]+(/ics/[^"]+\.ics)"', page.text)
    assert page.status_code == 200 and found
    return found.group(1)


def raw(office: Stage, path: str) -> bytes:
    answer = office.browser().get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return bytes(answer.content)


def events(office: Stage, who: str) -> dict[str, Any]:
    """Code → entry, of the file as a program reads it; the day of submitting it under "NV1 internal"."""
    read = Calendar.from_ical(raw(office, address(office, who)))
    return {re.sub(r"^nv(\d+)(-internal)?-.*", lambda m: f"NV{m[1]}{' internal' if m[2] else ''}", str(one["uid"])): one
            for one in read.walk("VEVENT")}  # fmt: skip


def change(office: Stage, code: str, **columns: Any) -> None:
    with office.database.write() as session:
        session.execute(update(Task).where(col(Task.number) == int(code[2:])).values(**columns))


def test_a_head_finds_the_open_tasks_of_the_unit_each_on_its_own_day(office: Stage) -> None:
    code = office.order("TTS", "Báo cáo kết quả rà soát", due=date(2023, 7, 28))
    office.order("QLVH")
    found = events(office, "tts.truong")
    assert list(found) == [code]
    one = found[code]
    assert one.decoded("dtstart") == date(2023, 7, 28) and one.decoded("dtend") == date(2023, 7, 29)
    assert str(one["summary"]) == "NV1 · Báo cáo kết quả rà soát"
    assert str(one["url"]).endswith("/tasks/NV1") and one.decoded("status") == "CONFIRMED"
    assert "Đơn vị chủ trì: Thanh tra Sở" in str(one["description"])
    assert "đề nghị xác nhận nhận việc" in str(one["description"])


def test_a_day_is_no_instant_whatever_the_zone(office: Stage) -> None:
    office.order("TTS", due=date(2023, 7, 28))
    text = raw(office, address(office, "tts.truong")).decode()
    assert "DTSTART;VALUE=DATE:20230728\r\n" in text and "20230727" not in text


def test_an_hour_stands_with_its_zone(office: Stage) -> None:
    change(office, office.order("TTS", due=date(2023, 7, 28)), due_time=time(16, 0))
    text = raw(office, address(office, "tts.truong")).decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20230728T160000\r\n" in text
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")]
    assert "TZID:Asia/Ho_Chi_Minh" in zone and "TZOFFSETTO:+0700" in zone and "TZOFFSETFROM:+0700" in zone
    at = next(iter(events(office, "tts.truong").values())).decoded("dtstart")
    assert at == datetime(2023, 7, 28, 16, tzinfo=OFFICE_ZONE)


def test_the_day_of_submitting_it_is_an_entry_of_its_own(office: Stage) -> None:
    code = office.order("TTS", due=date(2023, 7, 28))
    change(office, code, internal_due=date(2023, 7, 26))
    found = events(office, "tts.truong")
    assert found[f"{code} internal"].decoded("dtstart") == date(2023, 7, 26)
    assert "Trình Lãnh đạo Sở" in str(found[f"{code} internal"]["summary"])


def test_a_moved_date_moves_the_same_entry(office: Stage) -> None:
    code = office.order("TTS", due=date(2023, 7, 28), set_by=DueSetBy.OFFICE)
    before = events(office, "tts.truong")[code]
    clock.stand_at(clock.now() + timedelta(hours=2))
    task, clerk = office.task(code).id or 0, office.clerk()
    with office.database.write() as session:
        handling.correct(session, task, clerk, "ghi nhầm", due_on=date(2023, 8, 4))
    after = events(office, "tts.truong")[code]
    assert after["uid"] == before["uid"] and after.decoded("dtstart") == date(2023, 8, 4)
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") - before.decoded("last-modified") == timedelta(hours=2)


def test_what_is_withdrawn_is_cancelled_and_what_is_done_stays_thirty_days(office: Stage) -> None:
    gone, done = office.order("TTS"), office.order("TTS")
    task, clerk = office.task(gone).id or 0, office.clerk()
    with office.database.write() as session:
        move(session, task, "withdraw", clerk, reason="trùng")
    change(office, done, state=State.COMPLETED, completed_at=clock.now(), reported_at=clock.now())
    found = events(office, "tts.truong")
    assert found[gone].decoded("status") == "CANCELLED" and found[done].decoded("status") == "CONFIRMED"
    clock.stand_at(clock.now() + timedelta(days=31))
    assert done not in events(office, "tts.truong")


def test_a_leader_finds_his_units_and_the_office_the_authoritys_and_the_overdue(office: Stage) -> None:
    pgd1 = office.person("pgd1")
    with office.database.read() as session:
        led = {unit for unit in ("TTS", "QLVH", "BT", "TV") if _leader(session, unit) == pgd1}
    codes = {unit: office.order(unit) for unit in ("TTS", "QLVH", "BT", "TV")}
    assert led and set(events(office, "pgd1")) == {codes[unit] for unit in led}
    above = office.order("TTS", set_by=DueSetBy.AUTHORITY, due=date(2023, 8, 25))
    assert set(events(office, "vp.vanthu")) == {above}
    clock.stand_at(datetime(2023, 8, 1, 8, tzinfo=OFFICE_ZONE))
    assert set(events(office, "vp.vanthu")) == {above, *codes.values()}


def _leader(session: Any, code: str) -> int | None:
    from models.organisation import Unit

    found: int | None = session.exec(select(Unit.leader_id).where(Unit.code == code)).one()
    return found


def test_a_task_without_a_date_and_a_parent_stand_in_no_calendar(office: Stage) -> None:
    office.assign_seed()
    assert events(office, "tts.truong") == {}


def test_the_file_keeps_to_the_letter_of_the_format(office: Stage) -> None:
    title = "Báo cáo kết quả rà soát; đánh giá, đề xuất \\ phương án sửa đổi các quy định về di tích\nđợt 2"
    office.order("TTS", title)
    whole = raw(office, address(office, "tts.truong"))
    assert whole.endswith(b"END:VCALENDAR\r\n") and b"\n" not in whole.replace(b"\r\n", b"")
    for octets in whole.split(b"\r\n"):
        assert len(octets) <= 75, octets
        octets.decode()  # no letter is cut in two, even by the folding
    unfolded = re.sub(rb"\r\n[ \t]", b"", whole).decode()
    lines = unfolded.split("\r\n")[:-1]
    assert all(re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:", line) for line in lines)
    opened: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            opened.append(value)
        elif name == "END":
            assert opened.pop() == value
    assert opened == [] and lines.count("VERSION:2.0") == 1
    summary = next(line for line in lines if line.startswith("SUMMARY"))
    assert "soát\\; đánh giá\\, đề xuất \\\\ phương án" in summary and "…" in summary and len(summary) < 100
    for needed in ("X-WR-CALNAME:", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "PRODID:", "METHOD:PUBLISH"):
        assert any(line.startswith(needed) for line in lines), needed


def test_an_unchanged_calendar_is_not_sent_again(office: Stage) -> None:
    code = office.order("TTS", set_by=DueSetBy.OFFICE)
    path, program = address(office, "tts.truong"), office.browser()
    first = program.get(path)
    clock.stand_at(clock.now() + timedelta(hours=1))
    same = program.client.get(path, headers={"if-none-match": f'W/"x", {first.headers["etag"]}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    task, head = office.task(code).id or 0, Actor(office.person("tts.truong"), "test")
    with office.database.write() as session:
        handling.acknowledge(session, task, head)
    assert program.client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_new_address_ends_the_old_one_and_neither_is_stored(office: Stage) -> None:
    old = address(office, "tts.truong")
    new = address(office, "tts.truong")
    assert office.browser().get(old).status_code == 404 and office.browser().get(new).status_code == 200
    with office.database.read() as session:
        row = session.exec(select(CalendarFeed)).one()
    assert row.digest not in new and new.split("/")[2].removesuffix(".ics") not in str(row)


def test_an_address_ends_with_unlinking_signing_out_and_the_last_post(office: Stage) -> None:
    for act in (_unlinked, _signed_out, _left):
        path = address(office, "tts.truong")
        assert office.browser().get(path).status_code == 200
        clock.stand_at(clock.now() + timedelta(minutes=1))
        act(office)
        assert office.browser().get(path).status_code == 404, act.__name__


def _unlinked(office: Stage) -> None:
    head, clerk = office.person("tts.truong"), office.person("vp.vanthu")
    with office.database.write() as session:
        chats = [one.id or 0 for one in pairing.chats_of(session, head)]
        assert pairing.unlink(session, chats, clerk, "test") == 1


def _signed_out(office: Stage) -> None:
    assert office.browser("tts.truong").post("/me/sign-out", follow=False).status_code == 303


def _left(office: Stage) -> None:
    head = office.person("tts.truong")
    with office.database.write() as session:
        mine = update(Post).where(col(Post.person_id) == head)
        session.execute(mine.values(valid_to=date(2023, 7, 1)))


def test_nobody_finds_a_calendar_by_guessing(office: Stage) -> None:
    office.order("TTS")
    for guess in ("x", "a" * 43, "%00", "../me", "é"):
        assert office.browser().get(f"/ics/{guess}.ics").status_code == 404


def test_the_file_is_in_the_persons_language(office: Stage) -> None:
    office.order("TTS")
    with office.database.write() as session:
        session.execute(update(Person).values(language="en"))
    assert b"Next step: please confirm the task" in re.sub(rb"\r\n ", b"", raw(office, address(office, "tts.truong")))


def test_a_thousand_tasks_are_cut_to_what_a_calendar_shows(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 3)
    codes = [office.order("TTS", due=date(2023, 7, 27) + timedelta(days=day)) for day in range(5)]
    assert list(events(office, "tts.truong")) == codes[:3]
