"""Chép kết quả: one paragraph a task, of what is known, ready to paste into another system."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from models import handling
from models.moves import Actor
from models.organisation import Person
from models.task import DueSetBy
from models.updating_there import name_code
from tests.web_stage import Stage, stage
from web.board import copying


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def text_of(page: Any) -> str:
    """What stands in the page's field, as it would be copied."""
    assert page.status_code == 200
    found = re.search(r"<textarea id=\"result[^>]*>(.*?)</textarea>", page.text, re.S)
    assert found is not None and "readonly" in found.group(0)
    return html.unescape(found.group(1))


def completed(office: Stage, title: str, **report: Any) -> str:
    code = office.order("QLVH", title, set_by=DueSetBy.AUTHORITY)
    task, head, clerk = office.task(code).id or 0, Actor(office.person("qlvh.truong"), "test"), office.clerk()
    with office.database.write() as session:
        handling.report(session, task, head, **report)
        handling.accept(session, task, clerk)
        name_code(session, task, clerk, "4512.03")
    return code


def test_a_completed_task_says_content_product_date_and_degree(office: Stage) -> None:
    code = completed(office, "Báo cáo kết quả rà soát", result="Đã rà soát 12 thiết chế.\nKhông có vướng mắc.",
                     product_number="145/BC-QLVH", product_date=date(2023, 7, 24))  # fmt: skip
    told = text_of(office.browser("vp.vanthu").get(f"/tasks/{code}"))
    assert told == (
        f"{code} (mã 4512.03): Báo cáo kết quả rà soát. Kết quả: Đã rà soát 12 thiết chế. Không có vướng mắc. "
        "Văn bản số 145/BC-QLVH ngày 24/07/2023. "
        "Mức độ hoàn thành: Hoàn thành đúng hạn (thời hạn 28/07/2023, hoàn thành ngày 24/07/2023)."
    )


def test_what_is_not_known_is_left_out(office: Stage) -> None:
    nil = completed(office, "Báo cáo tháng 7", nil=True)
    assert text_of(office.browser("vp.vanthu").get(f"/tasks/{nil}")).startswith(
        f"{nil} (mã 4512.03): Báo cáo tháng 7. Không phát sinh. Mức độ hoàn thành: Hoàn thành đúng hạn"
    )
    bare = office.order("QLVH", "Việc chưa ai nói gì")
    assert text_of(office.browser("qlvh.truong").get(f"/tasks/{bare}")) == (
        f"{bare}: Việc chưa ai nói gì. Mức độ hoàn thành: Đang thực hiện trong hạn (thời hạn 28/07/2023)."
    )


def test_an_open_task_says_the_units_last_word_and_one_without_a_date_its_state(office: Stage) -> None:
    office.assign_seed()
    task, head = office.task("NV2").id or 0, Actor(office.person("tts.truong"), "test")
    with office.database.write() as session:
        handling.progress(session, task, head, words="Đang dự thảo kế hoạch.")
    told = text_of(office.browser("vp.vanthu").get("/tasks/NV2"))
    assert "(788/SVHTTDL-VP ngày 23/07/2023)" in told and "Tình hình: Đang dự thảo kế hoạch." in told
    assert told.endswith("Mức độ hoàn thành: Không hạn, Đang thực hiện.")


def test_a_list_is_copied_by_its_filters_and_only_what_may_be_seen(office: Stage) -> None:
    for unit in ("QLVH", "QLVH", "QLDL"):
        office.order(unit, f"Việc của {unit}")
    clerk, head = office.browser("vp.vanthu"), office.browser("qlvh.truong")
    assert text_of(clerk.get("/copy")).count("Việc của") == 3
    assert text_of(clerk.get("/copy?unit=QLDL")).count("Việc của QLDL") == 1
    assert "2 trên 2 nhiệm vụ" in clerk.get("/copy?unit=QLVH").text
    own = text_of(head.get("/copy"))
    assert own.count("Việc của QLVH") == 2 and "QLDL" not in own
    assert 'href="/tasks?unit=QLVH"' in clerk.get("/copy?unit=QLVH").text


def test_a_long_list_is_cut_and_says_so(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "MOST", 2)
    for _ in range(3):
        office.order("QLVH")
    page = office.browser("vp.vanthu").get("/copy")
    assert "2 trên 3 nhiệm vụ" in page.text and "dài hơn 2 nhiệm vụ" in page.text


def test_the_text_is_vietnamese_for_a_reader_of_english_too(office: Stage) -> None:
    code = office.order("QLVH")
    with office.database.write() as session:
        session.execute(update(Person).values(language="en"))
    page = office.browser("vp.vanthu").get(f"/tasks/{code}")
    assert "Copy the results" in page.text and "Mức độ hoàn thành: Đang thực hiện trong hạn" in text_of(page)


def test_markup_in_words_stays_words(office: Stage) -> None:
    office.order("QLVH", "</textarea><script>alert(1)</script>")
    page = office.browser("vp.vanthu").get("/copy")
    assert "<script>alert" not in page.text and "<script>alert(1)</script>" in text_of(page)
