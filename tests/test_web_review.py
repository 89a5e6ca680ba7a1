"""From a file to tasks: what is refused leaves nothing, what is typed is kept, what is open is settled or waived."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, func, select

from models.confirm import items_of
from models.directive import Directive, DraftItem, Instruction
from models.event import Event
from models.organisation import Unit
from models.task import CoUnit, Task
from tests.web_stage import SEED, Browser, Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def form_of(text: str) -> dict[str, Any]:
    """The review form as a browser would send it back unchanged."""
    form = text[text.index('<section class="proposals"') :]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        fields.setdefault(name.group(1), []).append(html.unescape(value.group(1)) if value else "")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        fields[name] = [html.unescape(value)]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        fields[name] = re.findall(r'<option value="([^"]*)" selected', body)
    return {name: values for name, values in fields.items() if name != "form_token"}


def items(office: Stage) -> list[DraftItem]:
    with office.database.read() as session:
        return list(items_of(session, 1))


def clerk_at_draft(office: Stage) -> tuple[Browser, dict[str, Any]]:
    office.import_seed()
    clerk = office.browser("vp.vanthu")
    return clerk, form_of(clerk.get("/directives/1/review").text)


def rows(office: Stage, table: Any) -> int:
    with office.database.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def unit_id(office: Stage, code: str) -> int:
    with office.database.read() as session:
        return session.exec(select(Unit.id).where(Unit.code == code)).one() or 0


def test_a_file_becomes_a_draft_with_its_words_marked(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    page = clerk.post("/directives/new", {"arrival_number": "512", "received_on": "2023-07-24"},
                      {"main_file": (SEED.name, SEED.read_bytes())})  # fmt: skip
    assert page.status_code == 200 and said(page).startswith("Đã đăng ký văn bản")
    assert page.text.count('class="marked"') == 6 and rows(office, Task) == 0
    with office.database.read() as session:
        directive = session.exec(select(Directive)).one()
    assert (directive.arrival_number, directive.received_on) == ("512", date(2023, 7, 24))


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("a.txt", b"  \n ", 400, "không có chữ nào"),
        ("a.txt", b"\x00\x01\x02\xff" * 50, 400, "không phải là văn bản"),
        ("a.txt", "MẬT\n\nCông văn số: 12/SVHTTDL-VP\nGiao Thanh tra Sở báo cáo".encode(), 400, "dấu mật"),
        ("b.txt", SEED.read_bytes(), 409, "788/SVHTTDL-VP"),
    ],
)
def test_a_document_that_is_refused_leaves_nothing(
    office: Stage, name: str, data: bytes, status: int, words: str
) -> None:
    office.import_seed()
    before = rows(office, Directive), rows(office, Event), rows(office, DraftItem)
    answer = office.browser("vp.vanthu").post(
        "/directives/new", {"received_on": "2023-07-24"}, {"main_file": (name, data)}
    )
    assert answer.status_code == status and words in said(answer) and said(answer).endswith(".")
    assert (rows(office, Directive), rows(office, Event), rows(office, DraftItem)) == before


def test_a_text_without_items_is_a_draft_that_says_so(office: Stage) -> None:
    page = office.browser("vp.vanthu").post("/directives/new", {"received_on": "2023-07-24"},
                                            {"main_file": ("a.txt", "Thời tiết hôm nay đẹp.".encode())})  # fmt: skip
    assert page.status_code == 200 and "không tìm thấy mục nào" in said(page)
    refused = office.browser("vp.vanthu").post("/directives/1/review", {"version": "1", "assign": "1"})
    assert refused.status_code == 409 and rows(office, Task) == 0


@pytest.mark.parametrize("who", ["qlvh.truong", "gd", "quantri"])
def test_only_the_office_registers_saves_and_assigns(office: Stage, who: str) -> None:
    _, form = clerk_at_draft(office)
    someone = office.browser(who)
    for path, fields in (
        ("/directives/new", {}),
        ("/directives/1/review", form),
        ("/directives/1/review", form | {"assign": "1"}),
    ):
        answer = someone.post(path, fields)
        assert answer.status_code == 403 and said(answer).count(".") == 1
    assert rows(office, Task) == 0 and items(office)[0].version == 1


def test_saving_what_was_shown_changes_nothing(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    before = [item.model_dump() for item in items(office)]
    answer = clerk.post("/directives/1/review", form)
    assert said(answer) == "Dự thảo không có thay đổi nào."
    assert [item.model_dump() for item in items(office)] == before


def test_work_on_a_draft_is_kept(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    second = items(office)[1].id
    change = {f"i{second}.due": "2023-08-31", f"i{second}.internal": "2023-08-29",
              f"i{second}.title": "Kiểm tra cải cách",
              f"i{second}.co": str(unit_id(office, "TCCB")), f"i{second}.deliverables": "kế hoạch\nbáo cáo",
              f"i{second}.answer.due:0": "không phải hạn báo cáo", "arrival_number": "77/Đ"}  # fmt: skip
    assert said(clerk.post("/directives/1/review", form | change)) == "Đã lưu dự thảo."
    item = items(office)[1]
    assert (item.title, item.due_on, item.internal_due) == ("Kiểm tra cải cách", date(2023, 8, 31), date(2023, 8, 29))
    assert item.task_class == "dated" and item.deliverables == ["kế hoạch", "báo cáo"]
    assert item.co_unit_ids == [unit_id(office, "TCCB")] and item.open_questions() == {}
    assert item.answers["due:0"]["answer"] == "không phải hạn báo cáo"


def test_two_who_check_one_draft_do_not_undo_each_other(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    first = items(office)[0].id
    clerk.post("/directives/1/review", form | {f"i{first}.title": "Tên của văn thư"})
    late = office.browser("vp.truong").post(
        "/directives/1/review", form | {f"i{first}.title": "Tên của Chánh Văn phòng"}
    )
    assert late.status_code == 409 and "vừa được người khác lưu" in said(late)
    assert items(office)[0].title == "Tên của văn thư"
    assert "Tên của Chánh Văn phòng</textarea>" in late.text, "what was typed is still there"


def test_open_questions_stand_in_the_way_and_are_named(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    answer = clerk.post("/directives/1/review", form | {"assign": "1"})
    assert answer.status_code == 409 and "Mục 2: văn bản không nêu thời hạn" in said(answer)
    assert rows(office, Task) == 0


def test_every_question_waived_by_name_the_seed_makes_its_15_codes(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    for item in items(office):
        form |= {f"i{item.id}.waive.{key}": "1" for key in item.questions}
    answer = clerk.post("/directives/1/review", form | {"assign": "1"})
    assert said(answer).startswith("Đã giao nhiệm vụ") and rows(office, Task) == 15
    assert {key for item in items(office) for one in item.answers.values() for key in one} == {"waived_by"}
    again = clerk.post("/directives/1/review", form | {"assign": "1"})
    assert again.status_code == 409 and rows(office, Task) == 15


def test_the_rest_can_be_waived_in_one_step(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    clerk.post("/directives/1/review", form | {"assign": "waive"})
    assert rows(office, Task) == 15


def test_a_dropped_item_and_another_owner(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    drafts = items(office)
    form |= {f"i{drafts[0].id}.dropped": "1", f"i{drafts[1].id}.owner": [str(unit_id(office, "VP"))]}
    form |= {f"i{drafts[1].id}.co": [str(unit_id(office, "TTS"))]}
    clerk.post("/directives/1/review", form | {"assign": "waive"})
    office_unit, co_unit = unit_id(office, "VP"), unit_id(office, "TTS")
    with office.database.read() as session:
        first = session.exec(select(Task).order_by(col(Task.number))).first()
        assert first is not None and first.unit_id == office_unit and first.item == "2"
        assert session.exec(select(CoUnit.unit_id)).all() == [co_unit]


def test_an_internal_date_after_the_due_date_is_refused_and_kept_on_the_page(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    second = items(office)[1].id
    answer = clerk.post(
        "/directives/1/review", form | {f"i{second}.due": "2023-08-01", f"i{second}.internal": "2023-08-02"}
    )
    assert answer.status_code == 409 and "mục 2" in said(answer) and 'value="2023-08-02"' in answer.text
    assert items(office)[1].due_on is None


def test_a_leaders_instruction_is_kept_word_for_word(office: Stage) -> None:
    clerk, _ = clerk_at_draft(office)
    words = "QLVH chủ trì, VP phối hợp; trình LĐS trước 01/8 <gấp>."
    fields = {"leader": str(office.person("gd")), "said_on": "2023-07-24", "words": words}
    page = clerk.post("/directives/1/instruction", fields)
    assert html.escape(words) in page.text and "Trần Văn Thành" in page.text
    with office.database.read() as session:
        assert session.exec(select(Instruction.words)).one() == words
    assert office.browser("pgd1").post("/directives/1/instruction", fields).status_code == 403, "another leader's words"
    assert office.browser("qlvh.truong").post("/directives/1/instruction", fields).status_code == 403
    assert rows(office, Instruction) == 1


def test_what_was_read_wrongly_of_the_document_is_put_right(office: Stage) -> None:
    clerk, form = clerk_at_draft(office)
    second = items(office)[1].id
    form |= {"number": "788/SVHTTDL-VP1", "issued_on": "2023-07-22", "from_above": "1", f"i{second}.due": "2023-08-31"}
    clerk.post("/directives/1/review", form | {"assign": "waive"})
    assert office.task("NV2").due_set_by == "authority"
    with office.database.read() as session:
        directive = session.get_one(Directive, 1)
    assert (directive.number, directive.issued_on) == ("788/SVHTTDL-VP1", date(2023, 7, 22))
