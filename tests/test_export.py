"""Tasks as sheets of Excel: three that agree with the lists and the event log, dates typed, nothing a formula."""

from __future__ import annotations

import html
import io
import re
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from models import clock
from models.task import Task
from tests import recount
from tests.long_life import lived, site_of
from tests.office import Office
from tests.web_stage import Browser, Stage


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return lived(tmp_path_factory.mktemp("life"), seed=3)


@pytest.fixture
def stage(office: Office) -> Stage:
    return site_of(office)


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return stage.browser("vp.truong")


def exported(browser: Browser, **filters: str) -> Any:
    """The workbook, fetched as a person does: the page that grows, then the file that it leads to."""
    page = browser.post("/reports/export", filters).text
    found = re.search(r'href="(/reports/export/[^"]+\.xlsx)"', page)
    assert found is not None, page
    file = browser.get(html.unescape(found.group(1)))
    assert "attachment" in file.headers["content-disposition"]
    return openpyxl.load_workbook(io.BytesIO(file.content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_the_page_tells_how_far_it_is_and_leads_to_the_file(browser: Browser) -> None:
    page = browser.post("/reports/export", {}).text
    assert re.search(r"Đã ghi 0 trên \d+ dòng", page) and "Đã lập xong tệp" in page and "Tải tệp về" in page


def test_the_three_sheets_are_what_the_event_log_says(browser: Browser, office: Office) -> None:
    late, progress, every = exported(browser).worksheets
    with office.database.read() as session:
        now, leaders = clock.now(), {office.units["LDS"]}
        duties = recount.duties(session)
        said = {duty.code: recount.category(duty, now, leaders) for duty in duties}
        days = {duty.code: recount.days_late(duty, now) for duty in duties if said[duty.code] == "qua_han"}
    assert [row[1] for row in rows(late)] == list(days) != []
    # What was reported late and waits to be confirmed is late by its report's day, not by today.
    open_ = {duty.code for duty in duties if duty.state in ("assigned", "acknowledged", "refused")}
    assert {row[1]: row[6] for row in rows(late) if row[1] in open_} == {
        code: number for code, number in days.items() if code in open_
    }
    assert {row[0]: row[9] for row in rows(every)} == {
        code: recount.WORDS[one] if one else None for code, one in said.items()
    }
    assert [row[1] for row in rows(progress)] == [row[0] for row in rows(every)]
    waiting = {duty.code for duty in duties if duty.state == "reported"}
    assert {row[1] for row in rows(progress) if row[6] == "Chờ Văn phòng xác nhận"} == waiting != set()


def test_dates_are_dates_and_moments_are_the_offices(browser: Browser, office: Office) -> None:
    every = exported(browser).worksheets[2]
    heads = [cell.value for cell in every[3]]
    due, assigned = heads.index("Thời hạn hoàn thành"), heads.index("Ngày giao")
    for row in every.iter_rows(min_row=4):
        if row[due].value is not None:
            assert isinstance(row[due].value, datetime) and row[due].number_format == "dd/mm/yyyy"
        assert isinstance(row[assigned].value, datetime) and 7 <= row[assigned].value.hour <= 17


def test_only_what_the_filters_chose_is_in_it(browser: Browser) -> None:
    late, _, every = exported(browser, unit="TTS", category="qua_han").worksheets
    codes = [row[0] for row in rows(every)]
    listed = browser.get("/tasks?unit=TTS&category=qua_han").text
    assert codes and set(codes) == set(re.findall(r">(NV\d+)</a>", listed))
    assert [row[1] for row in rows(late)] == codes


def test_a_title_that_looks_like_a_formula_stays_words(stage: Stage, browser: Browser) -> None:
    with stage.database.write() as session:
        task = session.exec(select(Task).where(Task.is_parent == False)).first()  # noqa: E712
        assert task is not None
        task.title, before = '=HYPERLINK("http://x","a")\x07 <b>', task.title
        session.add(task)
    found = next(row for row in exported(browser).worksheets[2].iter_rows(min_row=4) if row[0].value == task.code)
    assert found[1].value == '=HYPERLINK("http://x","a") <b>' and found[1].data_type == "s"
    with stage.database.write() as session:
        session.get_one(Task, task.id).title = before


def test_the_file_is_for_whoever_asked_for_it(stage: Stage, browser: Browser) -> None:
    page = browser.post("/reports/export", {}).text
    address = html.unescape(re.search(r'href="(/reports/export/[^"]+)"', page).group(1))  # type: ignore[union-attr]
    assert browser.get(address).status_code == 200
    for other in ("vp.vanthu", "tts.truong"):
        refused = stage.browser(other).get(address)
        assert refused.status_code == 404 and "Tệp không còn nữa" in refused.text
    assert browser.get("/reports/export/..%2F..%2Fetc%2Fpasswd").status_code == 404


def test_a_head_gets_only_the_own_units_tasks(stage: Stage) -> None:
    every = exported(stage.browser("tts.truong")).worksheets[2]
    assert {row[5] for row in rows(every) if "Thanh tra Sở" not in str(row[6])} == {"Thanh tra Sở"}
