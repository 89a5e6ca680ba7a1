"""A task's page: what it shows to whom, what its forms refuse in one sentence, and the files behind a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from models import clock
from models.event import Event
from models.report import CompletionReport, Evidence
from models.task import DueSetBy
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def events(office: Stage) -> int:
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


@pytest.mark.parametrize(
    ("act", "fields", "status", "words"),
    [
        ("refuse", {}, 400, "Lý do"),
        ("ask_extension", {"due": "2023-07-27"}, 409, "NV1"),
        ("ask_extension", {"due": "hôm qua"}, 400, "“hôm qua”"),
        ("report", {}, 400, "Chưa có kết quả"),
        ("report", {"product": "1" * 81}, 400, "quá dài"),
        ("ask_extension", {"due": "9999-12-31"}, 400, "9999-12-31"),
        ("ask_extension", {"due": "0001-01-01"}, 400, "0001-01-01"),
        ("nothing", {}, 404, "Không có thao tác này"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    office: Stage, act: str, fields: dict[str, str], status: int, words: str
) -> None:
    code = office.order("QLVH")
    before = events(office)
    answer = office.browser("qlvh.truong").post(f"/tasks/{code}/{act}", fields)
    assert answer.status_code == status and words in said(answer) and events(office) == before


def test_a_refused_form_keeps_what_was_typed(office: Stage) -> None:
    code = office.order("QLVH")
    answer = office.browser("qlvh.truong").post(
        f"/tasks/{code}/ask_extension", {"due": "2023-07-27", "reason": "chờ 02 xã"}
    )
    assert answer.status_code == 409 and "chờ 02 xã</textarea>" in answer.text and 'value="2023-07-27"' in answer.text


def test_a_higher_authoritys_date_moves_only_with_its_document(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.AUTHORITY)
    clerk = office.browser("vp.vanthu")
    refused = clerk.post(f"/tasks/{code}/extend", {"due": "2023-08-04"})
    assert refused.status_code == 403 and office.task(code).due_on == date(2023, 7, 28)
    clerk.post(f"/tasks/{code}/extend", {"due": "2023-08-04", "permit": "4600/UBND-KGVX ngày 25/7/2023"})
    task = office.task(code)
    assert (task.due_on, task.original_due) == (date(2023, 8, 4), date(2023, 7, 28))


def test_the_page_keeps_the_first_date_in_sight(office: Stage) -> None:
    code = office.order("QLVH")
    office.browser("qlvh.truong").post(f"/tasks/{code}/ask_extension", {"due": "2023-08-04", "reason": "chờ số liệu"})
    leader = office.browser("gd")
    assert "chờ đồng chí cho ý kiến" in leader.get("/").text
    leader.post(f"/tasks/{code}/extend", {"due": "2023-08-03", "words": "đến 3/8 thôi"})
    text = office.browser("qlvh.truong").get(f"/tasks/{code}").text
    assert "thứ Năm 03/08/2023" in text and "thứ Sáu 28/07/2023" in text and "đến 3/8 thôi" in text


def test_the_source_sentence_is_marked_in_its_document(office: Stage) -> None:
    office.assign_seed()
    text = office.browser("tts.truong").get("/tasks/NV2").text
    assert re.search(r"<mark>Thanh tra Sở triển khai kế hoạch cụ thể.*?hàng năm\.?</mark>", text, re.S)


def test_a_unit_sees_its_own_tasks_alone(office: Stage) -> None:
    office.assign_seed()
    head = office.browser("tts.truong")
    listed = set(re.findall(r'class="code" href="/tasks/(NV\d+)"', head.get("/tasks").text))
    assert listed == {"NV2"}
    other = head.get("/tasks/NV4")
    assert other.status_code == 403 and "NV4" in said(other)
    assert office.browser("qlvh.truong").get("/tasks/NV3").status_code == 200, "the parent of one's own task"


def test_a_co_operating_unit_sees_the_task_and_may_add_progress(office: Stage) -> None:
    code = office.order("QLVH", co=("QLDL",))
    other = office.browser("qldl.truong")
    assert other.get(f"/tasks/{code}").status_code == 200
    assert other.post(f"/tasks/{code}/progress", {"words": "đã gửi số liệu"}).status_code == 200
    assert other.post(f"/tasks/{code}/acknowledge").status_code == 403
    assert office.task(code).state == "assigned"


PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def test_evidence_comes_back_as_what_it_is_and_never_as_a_page(office: Stage) -> None:
    code = office.order("QLVH")
    head = office.browser("qlvh.truong")
    made = head.post(f"/tasks/{code}/report", {"result": "đã làm"}, {"files": ("báo cáo.png", PICTURE, "text/html")})
    assert made.status_code == 200 and '<img src="/evidence/1?show"' in made.text
    file = head.get("/evidence/1")
    assert file.content == PICTURE and file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["x-content-type-options"] == "nosniff" and "sandbox" in file.headers["content-security-policy"]
    assert head.get("/evidence/1?show").headers["content-type"] == "image/png"
    assert office.browser("vp.vanthu").get("/evidence/1").status_code == 200
    assert office.browser("tts.truong").get("/evidence/1").status_code == 404
    with office.database.read() as session:
        assert session.exec(select(Evidence.report_id)).one() == session.exec(select(CompletionReport.id)).one()


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("trang.html", b"<script>alert(1)</script>", 400, "không đúng loại"),
        ("ảnh.png", b"<svg onload=alert(1)>", 400, "không khớp với phần đuôi"),
        ("trống.txt", b"", 400, "không có nội dung"),
        ("mật.txt", "MẬT\n\nBáo cáo về an ninh".encode(), 400, "dấu mật"),
        ("lớn.png", PICTURE + b"0" * (24 << 20), 413, "20 MB"),
    ],
)
def test_a_file_that_is_no_evidence_leaves_nothing(
    office: Stage, name: str, data: bytes, status: int, words: str
) -> None:
    code = office.order("QLVH")
    answer = office.browser("qlvh.truong").post(f"/tasks/{code}/report", {"result": "x"}, {"files": (name, data)})
    assert answer.status_code == status and words in said(answer)
    with office.database.read() as session:
        assert session.exec(select(Evidence)).all() == []
    assert office.task(code).state == "assigned"


def test_the_last_act_can_be_taken_back_for_ten_minutes(office: Stage) -> None:
    code = office.order("QLVH")
    head = office.browser("qlvh.truong")
    head.post(f"/tasks/{code}/acknowledge")
    assert f"/tasks/{code}/take_back" in head.get(f"/tasks/{code}").text
    clock.stand_at(clock.now() + timedelta(minutes=11))
    assert f"/tasks/{code}/take_back" not in head.get(f"/tasks/{code}").text
    assert head.post(f"/tasks/{code}/take_back").status_code == 409
    clock.stand_at(clock.now() - timedelta(minutes=5))
    assert head.post(f"/tasks/{code}/take_back").status_code == 200
    assert office.task(code).state == "assigned"


def test_only_a_deputy_is_asked_whether_he_stands_in(office: Stage) -> None:
    code = office.order("QLVH")
    pages = {who: office.browser(who).get(f"/tasks/{code}").text for who in ("qlvh.truong", "qlvh.pho", "vp.vanthu")}
    assert [who for who, page in pages.items() if 'name="thay"' in page] == ["qlvh.pho"]


def test_a_unit_that_waits_is_offered_to_go_on_and_no_other(office: Stage) -> None:
    code = office.order("QLVH")
    head = office.browser("qlvh.truong")
    assert "/resume_work" not in head.get(f"/tasks/{code}").text
    words = {"words": "đã trình ký", "waiting": "submitted", "waiting_for": "Lê Thị Hà"}
    assert head.post(f"/tasks/{code}/progress", words).status_code == 200
    assert f"/tasks/{code}/resume_work" in head.get(f"/tasks/{code}").text
    assert office.browser("qldl.truong").post(f"/tasks/{code}/resume_work").status_code in (403, 404)
    assert head.post(f"/tasks/{code}/resume_work").status_code == 200
    assert office.task(code).waiting is None
