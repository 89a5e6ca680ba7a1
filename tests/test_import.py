"""The office's own sheet taken over: shown first, then made into tasks once, and whole afterwards."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from jobs.announce import announce
from models import clock, event
from models.calendar import calendar_of
from models.directive import Directive, DirectiveState
from models.event import Event
from models.message import Notice
from models.report import CompletionReport
from models.rules import OFFICE_ZONE
from models.sheet import SheetImport
from models.task import DueSetBy, State, Task, category
from tests import recount
from tests.sheet_files import HEAD, row, send, take, tasks, told, xlsx
from tests.web_stage import Browser, Stage, said, stage

EXAMPLE = Path(__file__).resolve().parent.parent / "demo_data" / "so-theo-doi.xlsx"


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.fixture
def clerk(office: Stage) -> Browser:
    return office.browser("vp.vanthu")


def test_nothing_is_made_of_a_sheet_until_somebody_says_so(office: Stage, clerk: Browser) -> None:
    page = send(clerk, EXAMPLE.read_bytes(), EXAMPLE.name)
    assert "Kiểm tra bảng so-theo-doi.xlsx" in page.text and "Nhập 16 nhiệm vụ" in page.text
    assert office.rows(Task) == office.rows(Directive) == 0 and office.rows(SheetImport) == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (row("Rà soát", "Phòng Di tích"), "không có đơn vị “Phòng Di tích”"),
        (row("Rà soát", "Phòng Quản lý"), "có thể là Phòng Quản lý Văn hóa; Phòng Quản lý Thể thao"),
        (row("Rà soát", given="", due="15/8"), "“15/8” thiếu năm"),
        (row("Rà soát", state="Tạm dừng"), "trạng thái “Tạm dừng” chưa rõ"),
        (row("Rà soát", state="Xong"), "chưa ghi ngày hoàn thành"),
        (row("Rà soát", state="Xong", done="khoảng giữa tháng"), "“khoảng giữa tháng” chưa rõ"),
        (row("Rà soát", state="Xong", done="1/8/2023"), "ở sau hôm nay"),
        (row("Rà soát", state="Xong", done="1/7/2023"), "trước ngày văn bản"),
    ],
)
def test_a_row_that_is_not_clear_is_not_taken_and_says_why(clerk: Browser, given: Any, why: str) -> None:
    page = send(clerk, xlsx(HEAD, given, row("Việc khác")))
    assert told(page, "Rà soát").startswith("Không nhập: ") and why in told(page, "Rà soát")
    assert "Nhập 1 nhiệm vụ" in page.text


def test_what_is_no_day_gives_no_date_and_an_unknown_co_unit_is_said(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Rà soát", due="Thường xuyên", co="VP; Phòng Di tích")))
    assert "“Thường xuyên” không phải là một ngày" in told(page, "Rà soát")
    assert "“Phòng Di tích” chưa rõ" in told(page, "Rà soát")
    take(clerk, page)
    (task,) = tasks(office)
    assert task.due_on is None and task.review_on is not None and "Thời hạn: Thường xuyên" in task.text


def test_the_same_row_twice_and_a_task_that_exists_are_not_taken_again(office: Stage, clerk: Browser) -> None:
    data = xlsx(HEAD, row("Rà soát di tích"), row("Rà soát  DI TÍCH"), row("Rà soát di tích", "VP"),
                row("Khác", given=""))  # fmt: skip
    page = send(clerk, data)
    assert "trùng dòng 2" in told(page, "DI TÍCH")
    take(clerk, page)
    again = send(clerk, data)
    assert "đã có NV1 cùng văn bản" in told(again, "Rà soát di tích") and "đã có NV3" in told(again, "Khác")
    assert 'name="expected"' in again.text and len(tasks(office)) == 3
    assert said(take(clerk, again)).startswith("Không có dòng nào được chọn")


def test_open_tasks_that_units_know_are_confirmed_for_them_and_nobody_is_told(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, xlsx(HEAD, row("Rà soát"), row("Xong rồi", state="Xong", done="20/7/2023"))))
    assert [task.state for task in tasks(office)] == [State.ACKNOWLEDGED, State.COMPLETED]
    with office.database.write() as session:
        announce(session, clock.now() + timedelta(days=1))
    assert office.rows(Notice) == 0
    assert "nhập từ bảng tính" in clerk.get("/tasks/NV1").text


def test_open_tasks_given_as_new_are_told_and_done_ones_are_not(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, xlsx(HEAD, row("Rà soát"), row("Xong rồi", state="Xong", done="20/7/2023"))), telling="new")
    with office.database.write() as session:
        announce(session, clock.now() + timedelta(days=1))
    with office.database.read() as session:
        assert {one.task_id for one in session.exec(select(Notice))} == {1}
    assert tasks(office)[0].state is State.ASSIGNED


def test_what_was_done_keeps_its_day_and_its_lateness(office: Stage, clerk: Browser) -> None:
    late = row("Báo cáo chậm", due="5/7/2023", state="Đã hoàn thành", done="10/7/2023", result="145/BC-QLVH")
    take(clerk, send(clerk, xlsx(HEAD, late)))
    (task,) = tasks(office)
    assert task.reported_at == task.completed_at == datetime(2023, 7, 10, 17, tzinfo=OFFICE_ZONE)
    assert task.assigned_at == datetime(2023, 7, 3, 8, tzinfo=OFFICE_ZONE) and task.late_events == 1
    with office.database.read() as session:
        (report,) = session.exec(select(CompletionReport))
    assert (report.product_number, report.accepted_at) == ("145/BC-QLVH", clock.now())


def test_the_office_does_not_confirm_its_own_work(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Sổ sách", "VP", state="Xong", done="20/7/2023")))
    assert "chờ Lãnh đạo Sở xác nhận" in told(page, "Sổ sách")
    take(clerk, page)
    assert tasks(office)[0].state is State.REPORTED


def test_a_group_gives_a_parent_and_its_children(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, xlsx(HEAD, row("Cập nhật hồ sơ", "Các phòng chuyên môn"), row("Hai đơn vị", "VP, TCCB"))))
    parents = [task for task in tasks(office) if task.is_parent]
    assert len(parents) == 2 and all(task.parent_id for task in tasks(office) if not task.is_parent)


def test_the_words_of_a_task_are_where_its_directive_says(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, xlsx(HEAD, row("Một"), row("Hai"), row("Ba", given="16/SVHTTDL-VP"), row("Bốn", given=""))))
    with office.database.read() as session:
        directives = {one.id: one for one in session.exec(select(Directive))}
        assert [one.number for one in directives.values()] == ["15/SVHTTDL-VP", "16/SVHTTDL-VP", None]
        for task in session.exec(select(Task)):
            text = directives[task.directive_id].text
            assert text[task.span_start : task.span_end] == task.text and task.text.startswith(task.title)
    for path in ("/directives/1", "/directives/1/review", "/tasks/NV1", "/directives/1/file", "/tasks?directive=1"):
        assert clerk.get(path).status_code == 200, path


def test_tasks_join_the_directive_that_is_here_and_leave_a_draft_alone(office: Stage, clerk: Browser) -> None:
    office.assign_seed()
    before = len(tasks(office))
    page = send(clerk, xlsx(HEAD, row("Rà soát thêm", given="788/SVHTTDL-VP")))
    take(clerk, page)
    assert office.rows(Directive) == 1 and tasks(office)[before].directive_id == 1
    with office.database.write() as session:
        session.get_one(Directive, 1).state = DirectiveState.DRAFT
        session.flush()
    assert "đang là dự thảo" in told(send(clerk, xlsx(HEAD, row("Việc nữa", given="788/SVHTTDL-VP"))), "Việc nữa")


def test_a_person_says_which_column_is_what_and_what_a_state_means(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(("Một", "Hai", "Ba"), ("Rà soát", "VP", "Tạm dừng")))
    assert "Chưa nhận ra cột “Nội dung nhiệm vụ”" in html.unescape(page.text)
    at = page.url.path
    page = clerk.post(f"{at}/columns", {"field_task": "0", "field_unit": "1", "field_state": "2"})
    assert "trạng thái “Tạm dừng” chưa rõ" in told(page, "Rà soát")
    page = clerk.post(f"{at}/columns", {"field_task": "0", "field_unit": "1", "field_state": "2",
                                        "state_words": "Tạm dừng", "state_means": "open"})  # fmt: skip
    assert "Sẽ nhập, đang thực hiện" in told(page, "Rà soát")
    assert "“Cột A” được chọn hai lần" in said(clerk.post(f"{at}/columns", {"field_task": "0", "field_unit": "0"}))


def test_rows_without_a_tick_stay_out(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Một"), row("Việc thứ nhì"), row("Ba")))
    page = clerk.post(f"{page.url.path}/rows", {"shown": ["2", "3", "4"], "row": ["2", "4"]})
    assert "Nhập 2 nhiệm vụ" in page.text and told(page, "Việc thứ nhì") == "Không nhập: đã bỏ chọn."
    result = take(clerk, page, without=("3", "4"))
    assert [task.title for task in tasks(office)] == ["Một"] and "2 dòng không nhập" in result.text


def test_a_second_press_takes_nothing_twice(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Một")))
    take(clerk, page)
    assert "đã nhập 1 dòng" in take(clerk, page).text and len(tasks(office)) == 1
    assert said(clerk.post(f"{page.url.path}/discard")).startswith("Bảng này đã được nhập")


def test_what_has_changed_since_the_page_was_opened_is_looked_at_again(office: Stage, clerk: Browser) -> None:
    data = xlsx(HEAD, row("Một"), row("Hai"))
    first, second = send(clerk, data), send(clerk, xlsx(HEAD, row("Một")))
    take(clerk, second)
    assert said(take(clerk, first)).startswith("Kết quả kiểm tra đã khác")
    assert len(tasks(office)) == 1


def test_who_set_the_dates_and_whether_units_know_must_be_said(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Một")))
    assert "do ai giao" in said(take(clerk, page, set_by="")) and "do ai giao" in said(take(clerk, page, set_by="999"))
    assert "đã biết" in said(take(clerk, page, telling=""))
    take(clerk, page, set_by=str(office.person("gd")))
    (task,) = tasks(office)
    assert (task.due_set_by, task.due_leader_id) == (DueSetBy.LEADER, office.person("gd"))


def test_dates_of_a_higher_authority_are_not_ours(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, xlsx((*HEAD, "Mã trên hệ thống cấp trên"), (*row("Một"), "UBND-77"))), set_by="authority")
    (task,) = tasks(office)
    assert (task.due_set_by, task.authority_code) == (DueSetBy.AUTHORITY, "UBND-77")


def test_a_sheet_thrown_away_leaves_nothing(office: Stage, clerk: Browser) -> None:
    page = send(clerk, xlsx(HEAD, row("Một")))
    assert said(clerk.post(f"{page.url.path}/discard")).startswith("Đã bỏ bảng")
    assert office.rows(SheetImport) == 0 and clerk.get(page.url.path).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("so.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lưu thành .xlsx"),
        ("so.xlsx", b"PK\x03\x04", "bị hỏng"),
        ("so.pdf", b"%PDF-1.7", "Chỉ nhận tệp .xlsx hoặc .csv"),
        ("so.xlsx", xlsx(("MẬT",), HEAD, row("Một")), "có dấu mật"),
    ],
)
def test_a_refused_file_is_one_sentence(office: Stage, clerk: Browser, name: str, data: bytes, why: str) -> None:
    assert why in said(send(clerk, data, name)) and office.rows(SheetImport) == 0


def test_a_sheet_is_not_opened_before_somebody_says_that_it_is_no_secret(office: Stage, clerk: Browser) -> None:
    assert "không chứa bí mật nhà nước" in said(send(clerk, xlsx(HEAD, row("Một")), not_secret=""))
    assert office.rows(SheetImport) == 0


@pytest.mark.parametrize("who", ["gd", "qlvh.truong"])
def test_only_the_office_takes_sheets_over(office: Stage, clerk: Browser, who: str) -> None:
    page, other = send(clerk, xlsx(HEAD, row("Một"))), office.browser(who)
    answers = [other.get("/office/import"), other.get(page.url.path), send(other, xlsx(HEAD, row("Hai"))),
               take(other, page)]  # fmt: skip
    answers += [other.post(f"{page.url.path}/{act}") for act in ("columns", "rows", "discard")]
    assert [one.status_code for one in answers] == [403] * len(answers) and tasks(office) == []


def test_history_is_whole_and_every_figure_can_be_counted_anew(office: Stage, clerk: Browser) -> None:
    take(clerk, send(clerk, EXAMPLE.read_bytes(), EXAMPLE.name))
    now = clock.now()
    with office.database.read() as session:
        assert list(event.broken(session)) == []
        made = session.exec(select(Event).where(col(Event.task_id).is_not(None))).all()
        assert {one.channel for one in made} == {"import"} and all(one.announced_at for one in made)
        calendar = calendar_of(session)
        stored = {task.code: category(task, calendar, now) for task in session.exec(select(Task)) if not task.is_parent}
        leaders = recount.leaders(session)
        anew = {one.code: recount.category(one, now, leaders) for one in recount.duties(session)}
    assert {code: one.value if one else None for code, one in stored.items()} == anew
    assert list(anew.values()).count("qua_han_xong") == 1 and list(anew.values()).count("qua_han") == 2
