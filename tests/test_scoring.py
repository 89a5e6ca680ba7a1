"""The scoring aid: figures of a period, each with the list that adds up to it, and the same as sheets."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest

from models import clock
from models.scoring import Period, scores
from tests import recount
from tests.long_life import FIRST, lived, site_of
from tests.office import Office
from tests.web_stage import Browser, Stage, said

WHOLE = Period(FIRST, date(2026, 6, 30))
ADDRESS = "/reports/scoring?from=2026-04-06&to=2026-06-30"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return lived(tmp_path_factory.mktemp("life"), seed=11)


@pytest.fixture
def stage(office: Office) -> Stage:
    return site_of(office)


@pytest.fixture
def browser(stage: Stage) -> Browser:
    return stage.browser("vp.truong")


def scored(office: Office, period: Period) -> dict[str, Counter[str]]:
    """Unit → figures, from the event log alone."""
    found: dict[str, Counter[str]] = {}
    with office.database.read() as session:
        codes = {unit: code for code, unit in office.units.items()}
        for duty in recount.duties(session):
            category = recount.category(duty, clock.now(), {office.units["LDS"]})
            if category is None or not _in(duty, period):
                continue
            counts = found.setdefault(codes[duty.unit_id], Counter())
            counts["tasks"] += 1
            counts[category] += 1
            counts["returns"] += duty.returns or 0
            counts["returned"] += bool(duty.returns)
    return found


def _in(duty: recount.Duty, period: Period) -> bool:
    if duty.due_on is not None:
        return period.start <= date.fromisoformat(duty.due_on) <= period.end
    if duty.completed_at is None:
        return False
    day = datetime.fromisoformat(duty.completed_at).astimezone(recount.OFFICE).date()
    return period.start <= day <= period.end


@pytest.mark.parametrize("period", [WHOLE, Period(date(2026, 4, 1), date(2026, 4, 30)),
                                    Period(date(2026, 5, 4), date(2026, 5, 8))])  # fmt: skip
def test_the_figures_are_those_of_the_event_log(office: Office, period: Period) -> None:
    with office.database.read() as session:
        told = {code: score for code, _, score in scores(session, period, clock.now())}
    counted = scored(office, period)
    assert told.keys() == counted.keys() and len(counted) > 5
    names = {"tasks": "tasks", "on_time": "dung_han_xong", "done_late": "qua_han_xong", "overdue": "qua_han",
             "in_time": "trong_han", "no_due": "khong_han", "returns": "returns", "returned": "returned"}  # fmt: skip
    for unit, counts in counted.items():
        assert {mine: getattr(told[unit], mine) for mine in names} == {m: counts[c] for m, c in names.items()}, unit


def test_every_figure_opens_a_list_that_adds_up_to_it(browser: Browser) -> None:
    page = browser.get(ADDRESS).text
    links = re.findall(r'href="(/reports/scoring\?[^"]+part=(\w+)#list)">(\d+)</a>', page)
    assert len(links) > 40
    for address, part, number in links:
        shown = browser.get(html.unescape(address)).text
        rows = re.findall(r'<td class="num"[^>]*>(\d+)</td><td class="num"[^>]*>(\d+)</td>\s*<td data-label', shown)
        figure = {"late": sum(int(late) for late, _ in rows), "returned": sum(int(back) for _, back in rows)}
        assert figure.get(part, len(rows)) == int(number), address


def test_a_list_of_nobody_and_a_period_backwards_are_said_so(browser: Browser) -> None:
    assert "Không có danh sách này" in browser.get(f"{ADDRESS}&unit=KHONG").text
    assert browser.get(f"{ADDRESS}&unit=TTS&part=khong").status_code == 404
    for days in ("from=2026-05-09&to=2026-05-01", "from=mai&to=2026-05-01", "from=2026-05-01"):
        refused = browser.get(f"/reports/scoring?{days}")
        assert refused.status_code == 400 and "Kỳ không hợp lệ" in refused.text


def test_a_head_of_a_unit_does_not_see_it(stage: Stage) -> None:
    refused = stage.browser("tts.truong").get(ADDRESS)
    assert refused.status_code == 403 and "Văn phòng" in said(refused) + refused.text


def test_the_sheets_hold_the_same_figures_and_typed_dates(browser: Browser, office: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(browser.get(ADDRESS.replace("scoring?", "scoring.xlsx?")).content))
    figures, tasks = book.worksheets
    rows = list(figures.iter_rows(min_row=5, values_only=True))
    counted = scored(office, WHOLE)
    assert sum(row[1] for row in rows) == sum(one["tasks"] for one in counted.values())
    assert sum(row[3] for row in rows) == sum(one["qua_han_xong"] for one in counted.values())
    dates = [row[3] for row in tasks.iter_rows(min_row=5, values_only=True) if row[3] is not None]
    assert len(dates) > 10 and all(isinstance(one, datetime) for one in dates)
