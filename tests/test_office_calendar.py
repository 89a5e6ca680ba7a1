"""The calendar as it is drawn, swaps in one form, who set which day; and the way into the room, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import update

from models.calendar import CalendarDay, calendar_of
from models.organisation import Person
from tests.web_stage import Stage, said, stage
from web.office.months import month_of, special

OFF, WORK = date(2023, 8, 4), date(2023, 8, 5)
SWAP = {"swap_off": OFF.isoformat(), "swap_work": WORK.isoformat(), "swap_note": "Hoán đổi"}

PATHS = ("/office", "/people", "/people/5", "/office/units", "/office/units/3", "/office/units/merge",
         "/office/units/split", "/calendar", "/calendar?month=2023-09", "/indicators", "/indicators/1")  # fmt: skip


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def test_a_month_has_whole_weeks_and_counts_its_working_days(office: Stage) -> None:
    with office.database.read() as session:
        made = month_of(calendar_of(session), date(2023, 9, 1), {}, "vi")
    assert all(len(week) == 7 and week[0].day.isoweekday() == 1 for week in made.weeks)
    inside = [one for week in made.weeks for one in week if one.inside]
    assert [one.day.day for one in inside] == list(range(1, 31))
    kinds = {one.day.day: one.kind for one in inside}
    assert kinds[1] == kinds[4] == "holiday" and kinds[2] == "weekend" and kinds[5] == "work" and made.working == 19
    assert next(one.name for one in inside if one.day.day == 1)


def test_the_year_and_the_month_are_shown(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    year = clerk.get("/calendar?year=2024").text
    assert year.count('class="month"') == 12 and "Năm 2024" in year and "Quốc khánh" in year
    month = clerk.get("/calendar?month=2023-09").text
    assert month.count('class="month"') == 1 and "19 ngày làm việc" in month and "month=2023-10" in month
    for query in ("year=99999", "year=x", "month=2023-13", "month=x", "day=0001-01-01", "year=0", "month=2000-01",
                  "month=2099-12"):  # fmt: skip
        assert clerk.get(f"/calendar?{query}").status_code == 200, query


def test_a_swap_is_one_form_shown_before_it_is_saved_and_says_who(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    code = office.order("QLVH", due=OFF)
    shown = clerk.post("/calendar", SWAP)
    assert "chưa lưu" in shown.text and code in shown.text
    kept = dict(re.findall(r'name="(swap_\w+)" value="([^"]*)"', shown.text))
    assert kept == SWAP
    clerk.post("/calendar", kept | {"save": "1"})
    with office.database.read() as session:
        days = {day: session.get_one(CalendarDay, day).works for day in (OFF, WORK)}
        found = special(calendar_of(session), OFF, WORK, {}, "vi")
        name = session.get_one(Person, clerk.visit.person_id).name
    assert days == {OFF: False, WORK: True} and [one.kind for one in found] == ["off", "made_up"]
    page = clerk.get("/calendar").text
    assert page.count(name) >= 3 and "Hoán đổi" in page
    assert "<strong>01</strong> ngày làm bù" in clerk.get("/office").text
    assert clerk.get("/calendar?ahead=made_up").text.count('<th scope="row">') >= 1


@pytest.mark.parametrize(
    ("form", "status"),
    [({"swap_off": "2023-08-04"}, 400), (SWAP | {"swap_work": "2023-08-03"}, 409),
     (SWAP | {"swap_off": "2023-08-06"}, 409), (SWAP | {"swap_off": "hôm nay"}, 400)],
)  # fmt: skip
def test_what_is_no_swap_is_refused(office: Stage, form: dict[str, str], status: int) -> None:
    answer = office.browser("vp.vanthu").post("/calendar", form | {"save": "1"})
    assert answer.status_code == status and said(answer)
    with office.database.read() as session:
        assert session.get(CalendarDay, OFF) is None


def test_a_year_of_which_nothing_is_known_is_said(office: Stage) -> None:
    page = office.browser("vp.vanthu").get("/calendar").text
    assert "Năm 2024: bảng của cơ quan chưa ghi" in page
    clerk = office.browser("vp.vanthu")
    clerk.post("/calendar", {"day0": "2024-02-08", "how0": "off", "save": "1"})
    assert "Năm 2024: bảng của cơ quan chưa ghi" not in clerk.get("/calendar").text


def test_the_counts_of_the_way_in_are_those_of_their_lists(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    clerk.post(f"/people/{office.person('tts.pho')}/absences", {"start": "2023-07-24", "end": "2023-07-25"})
    page = clerk.get("/office").text
    counts = {link: int(count) for link, count in re.findall(r'href="([^"]+)"[^>]*><strong>(\d+)</strong>', page)}
    assert counts["/people?only=away"] == clerk.get("/people?only=away").text.count('<tr id="person-') == 1
    assert counts["/office/units"] == clerk.get("/office/units").text.count('<th scope="row">')
    for ahead in ("off", "made_up"):
        listed = re.search(r'id="ahead".*?</section>', clerk.get(f"/calendar?ahead={ahead}").text, re.S)
        rows = listed.group(0).count('<th scope="row">') if listed else -1
        assert rows == counts[f"/calendar?ahead={ahead}#ahead"]


def test_leaders_see_the_room_but_not_the_people(office: Stage) -> None:
    page = office.browser("gd").get("/office").text
    assert 'href="/office/units"' in page and 'href="/people"' not in page and 'href="/office/import"' not in page
    assert office.browser("tts.truong").get("/office").status_code == 403


def test_every_page_of_the_room_speaks_english(office: Stage) -> None:
    office.assign_seed()
    with office.database.write() as session:
        session.execute(update(Person).values(language="en"))
    clerk = office.browser("vp.vanthu")
    for path in PATHS:
        page = clerk.get(path)
        assert page.status_code == 200 and '<html lang="en">' in page.text, path
        assert "style=" not in page.text and "onclick" not in page.text, path
    assert "68.42 %" in clerk.get("/indicators").text
