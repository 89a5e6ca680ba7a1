"""From a file to a draft, and from a draft to tasks; what is refused leaves nothing."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import select

from models.confirm import items_of
from models.directive import Directive, DraftItem, Instruction
from models.event import Event
from models.task import Task
from tests.web_stage import SEED, Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def test_a_file_becomes_a_draft_with_its_words_marked(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    page = clerk.post("/directives/new", {"arrival_number": "512", "received_on": "2023-07-24", "not_secret": "1"},
                      {"main_file": (SEED.name, SEED.read_bytes())})  # fmt: skip
    assert page.status_code == 200 and said(page).startswith("Đã đăng ký văn bản")
    assert page.text.count('class="marked"') == 6 and office.rows(Task) == 0
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
    before = office.rows(Directive), office.rows(Event), office.rows(DraftItem)
    answer = office.browser("vp.vanthu").post(
        "/directives/new", {"received_on": "2023-07-24", "not_secret": "1"}, {"main_file": (name, data)}
    )
    assert answer.status_code == status and words in said(answer) and said(answer).endswith(".")
    assert (office.rows(Directive), office.rows(Event), office.rows(DraftItem)) == before


def test_a_text_without_items_is_a_draft_that_says_so(office: Stage) -> None:
    page = office.browser("vp.vanthu").post("/directives/new", {"received_on": "2023-07-24", "not_secret": "1"},
                                            {"main_file": ("a.txt", "Thời tiết hôm nay đẹp.".encode())})  # fmt: skip
    assert page.status_code == 200 and "không tìm thấy mục nào" in said(page)
    refused = office.browser("vp.vanthu").post("/directives/1/review", {"version": "1", "act": "assign"})
    assert refused.status_code == 409 and office.rows(Task) == 0


@pytest.mark.parametrize("who", ["qlvh.truong", "gd", "quantri"])
def test_only_the_office_registers(office: Stage, who: str) -> None:
    answer = office.browser(who).post("/directives/new", {})
    assert answer.status_code == 403 and said(answer).count(".") == 1


def test_every_question_waived_by_name_the_seed_makes_its_15_codes(office: Stage) -> None:
    office.import_seed()
    clerk = office.browser("vp.vanthu")
    answer = clerk.post("/directives/1/review", {"version": "1", "act": "waive"})
    assert said(answer).startswith("Đã giao nhiệm vụ") and office.rows(Task) == 15
    with office.database.read() as session:
        items = items_of(session, 1)
    assert {key for item in items for one in item.answers.values() for key in one} == {"waived_by"}
    again = clerk.post("/directives/1/review", {"version": "2", "act": "waive"})
    assert again.status_code == 409 and office.rows(Task) == 15


def test_a_leaders_instruction_is_kept_word_for_word(office: Stage) -> None:
    office.import_seed()
    clerk = office.browser("vp.vanthu")
    words = "QLVH chủ trì, VP phối hợp; trình LĐS trước 01/8 <gấp>."
    fields = {"leader": str(office.person("gd")), "said_on": "2023-07-24", "words": words}
    page = clerk.post("/directives/1/instruction", fields)
    assert html.escape(words) in page.text and "Trần Văn Thành" in page.text
    with office.database.read() as session:
        assert session.exec(select(Instruction.words)).one() == words
    assert office.browser("pgd1").post("/directives/1/instruction", fields).status_code == 403, "another leader's words"
    assert office.browser("qlvh.truong").post("/directives/1/instruction", fields).status_code == 403
    assert office.rows(Instruction) == 1
