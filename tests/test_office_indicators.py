"""Indicators: the seed's two, their gap and history, values typed by the Office or the unit in charge, the tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from models import measuring
from models.event import Event
from models.indicator import Indicator, IndicatorValue, standings
from models.organisation import Unit
from models.organising import NotPossible
from tests.web_stage import Stage, said, stage
from web.office.drawing import drawn

OWNED = {"name": "Tỷ lệ dịch vụ công trực tuyến phát sinh hồ sơ", "target": "85", "measure": "%"}


@pytest.fixture
def office() -> Iterator[Stage]:
    """The seed directive, assigned."""
    with stage() as made:
        made.assign_seed()
        yield made


def owner(office: Stage, code: str = "BPMC") -> int:
    """The id of a unit."""
    with office.database.read() as session:
        return session.exec(select(Unit.id).where(Unit.code == code)).one() or 0


def facts(office: Stage, verb: str) -> list[dict[str, object]]:
    """Facts of what was done to the first indicator."""
    with office.database.read() as session:
        query = select(Event).where(Event.subject == "indicator:1", Event.verb == verb).order_by(col(Event.seq))
        return [one.facts or {} for one in session.exec(query)]


def test_the_two_of_the_seed_stand_there_with_their_gaps(office: Stage) -> None:
    page = office.browser("vp.vanthu").get("/indicators").text
    for words in ("68,42 %", "85 %", "-16,58", "79,3 %", "100 %", "-20,7", "788/SVHTTDL-VP", "chưa giao"):
        assert words in page, words
    assert "<strong>02</strong> chỉ tiêu chưa đạt mục tiêu" in office.browser("vp.vanthu").get("/office").text


def test_those_of_a_draft_are_not_listed_before_they_are_checked() -> None:
    with stage() as made:
        made.import_seed()
        clerk = made.browser("vp.vanthu")
        assert "Chưa có chỉ tiêu nào" in clerk.get("/indicators").text and clerk.get("/indicators/1").status_code == 404


def test_the_unit_in_charge_sees_its_own_and_types_values(office: Stage) -> None:
    clerk, head = office.browser("vp.vanthu"), office.browser("bpmc.truong")
    assert "Chưa có chỉ tiêu nào" in head.get("/indicators").text and head.get("/indicators/1").status_code == 404
    assert said(clerk.post("/indicators/1", OWNED | {"owner": owner(office), "directive": "1"})) == "Đã lưu."
    assert head.get("/indicators/1").status_code == 200 and head.get("/indicators/2").status_code == 404
    value = {"day": "2023-07-24", "value": "70,5", "source": "Hệ thống một cửa"}
    assert said(head.post("/indicators/1/values", value)) == "Đã nhập số liệu."
    assert "-14,5" in head.get("/indicators").text
    for who in ("tts.truong", "gd"):
        assert office.browser(who).post("/indicators/1/values", value | {"day": "2023-07-23"}).status_code in (403, 404)
    for path in ("/indicators/1", "/indicators", "/indicators/1/tasks", "/indicators/1/tasks/1/remove"):
        assert head.post(path, OWNED | {"task": "NV1"}).status_code == 403, path


def test_a_corrected_value_stays_in_the_history(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    with office.database.read() as session:
        first = session.exec(select(IndicatorValue).where(IndicatorValue.indicator_id == 1)).one()
    answer = clerk.post(f"/indicators/1/values/{first.id}", {"value": "68.5", "source": "Báo cáo quý II"})
    assert said(answer).startswith("Đã sửa số liệu") and "Giá trị trước đó: 68,42" in answer.text
    assert facts(office, "value_corrected")[0]["before"] == {"value": "68.4200", "source": "788/SVHTTDL-VP"}
    assert said(clerk.post(f"/indicators/1/values/{first.id}", {"value": "68,5", "source": "Báo cáo quý II"})) == (
        "Không có gì thay đổi."
    )
    assert clerk.post(f"/indicators/2/values/{first.id}", {"value": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [({"value": "nhiều"}, 409), ({"value": ""}, 400), ({"day": "2023-07-25"}, 409), ({"day": "2023-02-30"}, 400),
     ({"value": "1e30"}, 409), ({"value": "NaN"}, 409), ({"day": "2023-07-23"}, 409)],
)  # fmt: skip
def test_what_is_no_value_is_refused(office: Stage, more: dict[str, str], status: int) -> None:
    form = {"day": "2023-07-24", "value": "70,5", "source": ""} | more
    answer = office.browser("vp.vanthu").post("/indicators/1/values", form)
    assert answer.status_code == status and said(answer)
    assert facts(office, "value_added") == []


def test_tasks_hang_on_an_indicator_by_their_codes(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    assert said(clerk.post("/indicators/1/tasks", {"task": "nv8"})) == "Đã lưu."
    assert 'href="/tasks/NV8"' in clerk.get("/indicators").text
    assert said(clerk.post("/indicators/1/tasks", {"task": "NV8"})) == "Không có gì thay đổi."
    for code in ("NV999", "tám", "9" * 40):
        assert clerk.post("/indicators/1/tasks", {"task": code}).status_code == 409
    task = office.task("NV8")
    assert said(clerk.post(f"/indicators/1/tasks/{task.id}/remove")) == "Đã lưu."
    assert [one["task"] for one in (*facts(office, "task_linked"), *facts(office, "task_unlinked"))] == ["NV8", "NV8"]


def test_the_latest_day_counts_not_what_was_typed_last(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    clerk.post("/indicators/1/values", {"day": "2023-07-24", "value": "90"})
    clerk.post("/indicators/1/values", {"day": "2023-06-30", "value": "60"})
    with office.database.read() as session:
        (one,) = standings(session, [session.get_one(Indicator, 1)])
    assert one.latest is not None and one.latest.day == date(2023, 7, 24) and one.gap == 5 and not one.below
    page = clerk.get("/indicators/1").text
    assert "<polyline" in page and "<title" in page and "style=" not in page
    assert OWNED["name"] not in clerk.get("/indicators?below=1").text


def test_rows_are_pasted_from_a_sheet_all_or_none(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    for rows in ("30/6/2023\t66,5\tBáo cáo\n31/2/2023\t70", "nhiều", "\n", "06/2023;x", "06/2023;1\n30/06/2023;2"):
        answer = clerk.post("/indicators/1/paste", {"rows": rows})
        assert answer.status_code == 409 and said(answer) and facts(office, "value_added") == [], rows
    assert said(clerk.post("/indicators/1/paste", {"rows": "05/2023\t65,1\tBáo cáo tháng 5\r\n\r\n2023-06-30\t66,5"}))
    added = [(one["day"], one["value"], one["source"]) for one in facts(office, "value_added")]
    assert added == [("2023-05-31", "65.1000", "Báo cáo tháng 5"), ("2023-06-30", "66.5000", "")]


def test_a_new_indicator_and_a_new_target(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    made = clerk.post("/indicators", {"name": "Số lễ hội được số hóa", "target": "1.234,5", "measure": "lễ hội"})
    assert said(made) == "Đã thêm chỉ tiêu." and "1234,5 lễ hội" in made.text
    clerk.post("/indicators/1", OWNED | {"target": "90", "directive": "1"})
    (changed,) = facts(office, "indicator_changed")
    assert changed["target"] == "90.0000" and changed["before"] == {"target": "85.0000"}
    assert clerk.post("/indicators", {"name": "", "target": "1"}).status_code == 400
    assert clerk.post("/indicators", {"name": "x", "target": "1", "owner": "999"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "value"), [("68,42", "68.42"), ("68.42", "68.42"), ("1.234,5", "1234.5"), ("1 234", "1234"), ("-2", "-2"),
                         ("85%", "85")]
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, value: str) -> None:
    assert measuring.number(typed) == Decimal(value)


def test_a_number_is_written_as_the_language_does() -> None:
    kept = [Decimal(one) for one in ("68.4200", "100.0000", "-0.5000")]
    assert [measuring.written(one, "vi") for one in kept] == ["68,42", "100", "-0,5"]
    assert measuring.written(Decimal("68.4200"), "en") == "68.42"
    with pytest.raises(NotPossible):
        measuring.number("infinity")


def test_a_line_needs_two_days() -> None:
    day = date(2023, 7, 1)
    assert drawn([], 1) is None and drawn([(day, 1.0), (day, 2.0)], 1) is None
    line = drawn([(day, 60.0), (date(2023, 7, 31), 85.0)], 85)
    assert line is not None and line.points[1].y == line.target and line.points[0].x < line.points[1].x
