"""A task's page: what it shows, and role × act over its forms, a direct POST by the wrong person included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import func, select

from models import clock, extending, handling
from models.event import Event
from models.moves import Actor, move
from models.report import CompletionReport, Evidence
from models.rules import OFFICE_ZONE
from models.task import DueSetBy
from tests.web_stage import START, Stage, said, stage

PEOPLE = {"head": "qlvh.truong", "deputy": "qlvh.pho", "other_head": "qldl.truong", "office": "vp.vanthu",
          "setter": "gd", "leader": "pgd1", "admin": "quantri"}  # fmt: skip
UNIT, OFFICE, LEADERS = {"head", "deputy"}, {"office"}, {"setter", "leader"}

MAY: dict[str, set[str]] = {
    "acknowledge": UNIT, "report": UNIT, "add_product": UNIT, "progress": UNIT, "ask_extension": UNIT, "refuse": UNIT,
    "name_focal": UNIT, "accept": OFFICE, "return": OFFICE, "forward": OFFICE, "extend": {"setter"},
    "decline": {"setter"}, "instruct": LEADERS, "remind": LEADERS | OFFICE, "hold": OFFICE,
    "reassign": OFFICE,
    "correct": OFFICE, "confirm_cause": OFFICE, "suspend": OFFICE, "resume": OFFICE, "reopen": OFFICE,
    "withdraw": OFFICE,
}  # fmt: skip
"""Who may do what to a task of QLVH whose date the Giám đốc set."""
FIELDS: dict[str, dict[str, Any]] = {
    "report": {"product": "145/BC-QLVH", "product_date": "2023-07-26"}, "add_product": {"product": "145/BC-QLVH"},
    "progress": {"words": "đang làm"}, "ask_extension": {"due": "2023-08-04", "reason": "chờ số liệu"},
    "refuse": {"reason": "không đúng chức năng"}, "return": {"reason": "thiếu phụ lục"},
    "forward": {"opinion": "đồng ý"}, "extend": {"due": "2023-08-04"},
    "decline": {"words": "làm đúng hạn"}, "instruct": {"words": "làm ngay"},
    "correct": {"title": "Báo cáo kết quả rà soát quý 2", "due": "2023-07-28", "reason": "ghi nhầm"},
    "confirm_cause": {"objective_cause": "chờ văn bản của tỉnh"}, "suspend": {"reason": "chờ quy định mới"},
    "reopen": {"reason": "số liệu sai"}, "withdraw": {"reason": "giao trùng"}, "accept": {"checked": "1"},
}  # fmt: skip
REPORTED = {"accept", "return", "add_product"}
ASKED = {"forward", "decline"}
LATE = {"hold", "confirm_cause"}


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def ready(office: Stage, act: str) -> str:
    """A task of QLVH in a state from which the act can be done."""
    code = office.order("QLVH")
    task, head, clerk = office.task(code).id or 0, Actor(office.person(PEOPLE["head"])), office.clerk()
    with office.database.write() as session:
        if act in REPORTED or act == "reopen":
            handling.report(session, task, head, result="đã làm")
        if act == "reopen":
            handling.accept(session, task, clerk)
        if act in ASKED:
            extending.ask_extension(session, task, head, date(2023, 8, 4))
        if act == "resume":
            move(session, task, "suspend", clerk, reason="chờ")
    if act in LATE:
        clock.stand_at(datetime(2023, 7, 31, 9, 0, tzinfo=OFFICE_ZONE))
    return code


def fields_of(office: Stage, act: str) -> dict[str, Any]:
    if act == "reassign":
        with office.database.read() as session:
            from models.organisation import Unit

            return {"unit": str(session.exec(select(Unit.id).where(Unit.code == "QLDL")).one())}
    if act == "name_focal":
        return {"focal": str(office.person("qlvh.pho"))}
    return FIELDS.get(act, {})


def events(office: Stage) -> int:
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


@pytest.mark.parametrize("act", MAY)
def test_role_and_act(office: Stage, act: str) -> None:
    for role in PEOPLE:
        with clock.standing_at(START):
            one_role_and_act(office, act, role)


def one_role_and_act(office: Stage, act: str, role: str) -> None:
    """Offered and done, or not offered, and refused in one sentence with nothing changed."""
    code = ready(office, act)
    before, version = events(office), office.task(code).version
    someone = office.browser(PEOPLE[role])
    page = someone.get(f"/tasks/{code}")
    offered = f'action="/tasks/{code}/{act}"' in page.text and not behalf_only(page.text, code, act)
    answer = someone.post(f"/tasks/{code}/{act}", fields_of(office, act))
    if role in MAY[act]:
        assert offered and answer.status_code == 200, (role, said(answer))
        assert said(answer).startswith("Đã ") and events(office) > before
    else:
        assert not offered and answer.status_code == 403, (role, said(answer))
        assert said(answer).endswith(".") and events(office) == before and office.task(code).version == version


def behalf_only(text: str, code: str, act: str) -> bool:
    forms = re.findall(rf'action="/tasks/{code}/{act}".*?</form>', text, re.S)
    return all('name="behalf"' in form for form in forms)


@pytest.mark.parametrize("act", ["acknowledge", "report", "progress", "ask_extension", "refuse"])
def test_only_the_office_enters_for_a_unit(office: Stage, act: str) -> None:
    code = ready(office, act)
    before = events(office)
    fields = fields_of(office, act) | {"behalf": "1", "said_by": "đồng chí Hùng", "how": "telephone"}
    for role in PEOPLE.keys() - OFFICE:
        assert office.browser(PEOPLE[role]).post(f"/tasks/{code}/{act}", fields).status_code == 403, role
    assert events(office) == before
    answer = office.browser(PEOPLE["office"]).post(f"/tasks/{code}/{act}", fields)
    assert answer.status_code == 200
    assert "đồng chí Hùng" in answer.text and "Văn phòng ghi thay đơn vị" in answer.text


def test_on_behalf_says_who_said_so(office: Stage) -> None:
    code = ready(office, "acknowledge")
    answer = office.browser("vp.vanthu").post(f"/tasks/{code}/acknowledge", {"behalf": "1"})
    assert answer.status_code == 400 and "Người của đơn vị cho biết" in said(answer)


def test_an_act_pressed_twice_is_one_act_and_one_sentence(office: Stage) -> None:
    code = ready(office, "acknowledge")
    head = office.browser("qlvh.truong")
    head.post(f"/tasks/{code}/acknowledge")
    before = events(office)
    again = head.post(f"/tasks/{code}/acknowledge")
    assert again.status_code == 409 and events(office) == before
    assert code in said(again) and said(again).count(".") == 1


@pytest.mark.parametrize(
    ("act", "fields", "status", "words"),
    [
        ("refuse", {}, 400, "Lý do"),
        ("ask_extension", {"due": "2023-07-27"}, 409, "NV1"),
        ("ask_extension", {"due": "hôm qua"}, 400, "“hôm qua”"),
        ("report", {}, 400, "Chưa có kết quả"),
        ("nothing", {}, 404, "Không có thao tác này"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    office: Stage, act: str, fields: dict[str, str], status: int, words: str
) -> None:
    code = ready(office, "acknowledge")
    before = events(office)
    answer = office.browser("qlvh.truong").post(f"/tasks/{code}/{act}", fields)
    assert answer.status_code == status and words in said(answer) and events(office) == before


def test_a_refused_form_keeps_what_was_typed(office: Stage) -> None:
    code = ready(office, "acknowledge")
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
        ("ảnh.png", b"<svg onload=alert(1)>", 400, "không đúng loại"),
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
