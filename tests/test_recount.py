"""Every number that somebody reads is counted anew from the event log, and must be the same."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import docx
import openpyxl
import pytest
from sqlmodel import Session

from models import clock
from models.queries import by_unit, figures
from papers.weekly.digest import Digest, frozen, snapshot
from tests import recount
from tests.long_life import FIRST, lived, site_of
from tests.office import Office
from tests.web_stage import Browser

CATEGORIES = {"dung_han_xong": "done_on_time", "qua_han_xong": "done_late", "trong_han": "in_time",
              "qua_han": "overdue", "khong_han": "no_due"}  # fmt: skip
NAMES = {**CATEGORIES, "completed": "completed", "suspended": "suspended", "withdrawn": "withdrawn"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return lived(tmp_path_factory.mktemp("life"))


@pytest.fixture
def session(office: Office) -> Iterator[Session]:
    with office.database.read() as opened:
        yield opened


@pytest.fixture
def browser(office: Office) -> Browser:
    return site_of(office).browser("vp.truong")


def test_the_seven_weeks_have_something_of_everything(session: Session) -> None:
    whole = recount.total(recount.counted(session, clock.now()).values())
    assert all(whole[name] >= 2 for name in NAMES), whole


def test_the_figures_of_every_unit(session: Session) -> None:
    told = {unit.code: Counter({name: getattr(counts, attribute) for name, attribute in NAMES.items()})
            for unit, counts in by_unit(session, clock.now())}  # fmt: skip
    counted = recount.counted(session, clock.now())
    assert told.keys() == counted.keys()
    for unit, counts in counted.items():
        assert told[unit] == counts, unit
    whole = recount.total(counted.values())
    assert all(getattr(figures(session, clock.now()), attribute) == whole[name] for name, attribute in NAMES.items())


def test_what_is_owed_in_the_weekly_report_with_the_days_it_is_late(session: Session) -> None:
    digest: Digest = snapshot(session, clock.now())
    now = clock.now()
    late = {duty.code: duty for duty in recount.duties(session) if duty.code in recount.overdue(session, now)}
    assert {task.code: task.days for task in digest.overdue.tasks} == {
        code: recount.days_late(duty, now) for code, duty in late.items()
    }
    assert digest.overdue.total == len(late) > 5


def test_every_number_of_the_board_and_the_list_behind_it(browser: Browser, session: Session) -> None:
    page = browser.get("/").text
    whole = recount.total(recount.counted(session, clock.now()).values())
    shown = re.findall(r'href="([^"]+)" data-figure="(\w+)"><strong>(\d+)</strong>', page)
    assert {name for _, name, _ in shown} == CATEGORIES.keys()
    for address, name, number in shown:
        assert int(number) == whole[name], name
        assert listed(browser, address) == whole[name], address


def test_every_number_of_the_units_table_opens_its_list(browser: Browser, session: Session) -> None:
    page = browser.get("/").text
    links = re.findall(r'href="(/tasks\?category=(\w+)&amp;unit=(\w+))">(\d+)</a>', page)
    counted = recount.counted(session, clock.now())
    assert len(links) > 20
    for address, name, unit, number in links:
        assert int(number) == counted[unit][name] == listed(browser, address), address


def listed(browser: Browser, address: str) -> int:
    """How many tasks the list at an address says it holds."""
    found = re.search(r'data-count="(\d+)"', browser.get(html.unescape(address)).text)
    assert found is not None, address
    return int(found.group(1))


@pytest.fixture(scope="module")
def weeks(office: Office) -> list[Digest]:
    """Every report that went out in the seven weeks, as it was frozen."""
    with office.database.read() as opened:
        found = [frozen(opened, FIRST + timedelta(7 * n)) for n in range(1, 8)]
    return [one for one in found if one is not None]


def as_of(session: Session, digest: Digest) -> tuple[list[recount.Duty], dict[str, str | None]]:
    """The duties as the log left them when a report was frozen, and the category of each."""
    duties = recount.duties(session, digest.last_event)
    return duties, {duty.code: recount.category(duty, digest.at, recount.leaders(session)) for duty in duties}


def test_every_weekly_report_says_what_the_log_said_at_that_moment(session: Session, weeks: list[Digest]) -> None:
    assert len(weeks) >= 6
    for digest in weeks:
        counted = recount.counted(session, digest.at, digest.last_event)
        told = {line.code: line.figures for line in digest.units}
        assert told.keys() == counted.keys()
        for unit, counts in counted.items():
            assert all(getattr(told[unit], mine) == counts[name] for name, mine in NAMES.items()), (digest.week, unit)
        duties, categories = as_of(session, digest)
        late = {code for code, category in categories.items() if category == "qua_han"}
        assert {f"NV{number}" for number in digest.overdue_numbers} == late
        owed = {duty.code for duty in duties if duty.code in late and duty.state in ("assigned", "acknowledged")
                and duty.waiting is None}  # fmt: skip
        assert {task.code for task in digest.overdue.tasks} == owed
        assert {task.code for task in digest.beside.tasks} == late - owed


def test_each_change_is_the_difference_of_two_reports(weeks: list[Digest]) -> None:
    for before, after in pairwise(weeks):
        assert after.last is not None and after.last.at == before.at
        new, gone = set(after.last.new_overdue), set(after.last.no_longer_overdue)
        then, now = ({f"NV{n}" for n in one.overdue_numbers} for one in (before, after))
        assert (new, gone) == (now - then, then - now)
        assert after.last.total.done_late == after.total.done_late - before.total.done_late


def test_word_and_excel_of_a_week_hold_the_same_tasks(browser: Browser, session: Session, weeks: list[Digest]) -> None:
    digest = weeks[-1]
    duties, categories = as_of(session, digest)
    late = {code for code, category in categories.items() if category == "qua_han"}
    address = f"/reports/week/{digest.week.isoformat()}/bao-cao"
    word = docx.Document(io.BytesIO(browser.get(f"{address}.docx").content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    listed = next(table for table in tables if "Văn bản giao nhiệm vụ" in table[0])
    names = recount.unit_names(session)
    due = Counter((names[duty.unit_id], date.fromisoformat(duty.due_on)) for duty in duties if duty.code in late)
    printed = [row for row in listed if row[0].isdecimal()]
    assert Counter((row[3], datetime.strptime(row[4][-10:], "%d/%m/%Y").date()) for row in printed) == due
    assert len(printed) == digest.total.overdue
    words = "\n".join(paragraph.text for paragraph in word.paragraphs)
    whole = recount.total(recount.counted(session, digest.at, digest.last_event).values())
    for name in ("dung_han_xong", "qua_han_xong", "trong_han", "qua_han"):
        assert re.search(rf"\b0?{whole[name]}\b", words), name
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{address}.xlsx").content))
    assert {row[1] for row in rows(book["Quá hạn"]) if isinstance(row[0], int)} == late
    said = {row[0]: row[9] for row in rows(book["Toàn bộ nhiệm vụ"])}
    assert said == {code: recount.WORDS[one] if one else None for code, one in categories.items()}


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] is not None]
