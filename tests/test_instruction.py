"""A leader's instruction at the site: verbatim with a photo, proposals that one press takes, never a silent change."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from intake import import_documents
from models import clock
from models.confirm import confirm, items_of
from models.directive import DraftItem, Instruction
from models.draft_change import DraftChange
from models.report import Evidence
from models.task import DueSetBy
from tests.letters import letter
from tests.web_stage import Stage, said, stage

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WORDS = "Giao TCCB chủ trì, phối hợp VP; xong trước 10/8"
DATED = "Báo cáo kết quả rà soát thiết chế văn hóa trước ngày 15/8/2023."
EARLY = "Báo cáo số liệu trước ngày 05/8/2023."
UNDATED = "Tăng cường công tác tuyên truyền trên địa bàn tỉnh."


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def take_in(office: Stage, *lines: str, number: str = "45/UBND-VX", above: str = "") -> int:
    clerk = office.clerk()
    said_lines = [f"Sở Văn hóa, Thể thao và Du lịch {line[0].lower()}{line[1:]}" for line in lines]
    data = letter(*(said_lines or [DATED]), number=number)
    if above:
        data = data.decode().replace("UBND TỈNH", f"{above}\nUBND TỈNH", 1).encode()
    with office.database.write() as session:
        return import_documents(session, [("cv.txt", data)], received_on=clock.today(), actor=clerk).directive_id


def items(office: Stage, directive_id: int = 1) -> list[DraftItem]:
    with office.database.read() as session:
        return list(items_of(session, directive_id))


def all_of(office: Stage, table: Any) -> list[Any]:
    with office.database.read() as session:
        return list(session.exec(select(table)))


def say(office: Stage, words: str = WORDS, who: str = "vp.vanthu", leader: str = "gd", files: Any = None) -> Any:
    fields = {"leader": office.person(leader), "said_on": "2023-07-24", "words": words}
    return office.browser(who).post("/directives/1/instruction", fields, files=files)


def take(office: Stage, who: str = "vp.vanthu", instruction: int = 1, number: int = 0, **fields: Any) -> Any:
    return office.browser(who).post(f"/directives/1/instruction/{instruction}/take", {"number": number, **fields})


def units(office: Stage, session: Session) -> dict[str, int]:
    from models.organisation import Unit

    return {unit.code: unit.id or 0 for unit in session.exec(select(Unit))}


def code_of(office: Stage) -> dict[int, str]:
    with office.database.read() as session:
        return {number: code for code, number in units(office, session).items()}


def test_words_are_kept_verbatim_and_only_propose(office: Stage) -> None:
    take_in(office)
    before = items(office)[0]
    answer = say(office)
    assert said(answer) == "Đã ghi ý kiến chỉ đạo."
    assert "Phòng Tổ chức cán bộ" in answer.text and "thứ Năm 10/08/2023" in answer.text and WORDS in answer.text
    now = items(office)[0]
    assert (now.unit_ids, now.co_unit_ids, now.internal_due) == (before.unit_ids, [], None)
    (row,) = all_of(office, Instruction)
    assert (row.words, row.said_on, row.leader_id) == (WORDS, date(2023, 7, 24), office.person("gd"))


def test_one_press_sets_owner_co_units_and_the_inner_day_and_never_the_authority_s(office: Stage) -> None:
    take_in(office, DATED)
    say(office)
    assert said(take(office, item=str(items(office)[0].id))) == "Đã đưa ý kiến chỉ đạo vào các mục đã chọn."
    item, codes = items(office)[0], code_of(office)
    assert ([codes[u] for u in item.unit_ids], [codes[u] for u in item.co_unit_ids]) == (["TCCB"], ["VP"])
    assert (item.due_on, item.internal_due) == (date(2023, 8, 15), date(2023, 8, 10))
    assert "owner" not in item.open_questions()
    with office.database.write() as session:
        (task,) = confirm(session, 1, office.clerk(), waive=True)
    assert (task.internal_due, task.due_on, task.due_set_by) == (
        date(2023, 8, 10), date(2023, 8, 15), DueSetBy.AUTHORITY
    )  # fmt: skip


def test_a_day_after_the_authority_s_is_left_out_and_said(office: Stage) -> None:
    take_in(office, EARLY, DATED)
    say(office, "xong trước 10/8")
    first, second = items(office)
    refused = take(office, item=str(first.id))
    assert refused.status_code == 409 and "sau thời hạn của văn bản (mục 1)" in said(refused)
    assert "có mục giữ nguyên thời hạn" in said(take(office, all="1"))
    first, second = items(office)
    assert (first.internal_due, first.due_on) == (None, date(2023, 8, 5))
    assert second.internal_due == date(2023, 8, 10)


def test_where_the_text_states_no_date_the_leader_s_is_the_task_s_and_his_alone(office: Stage) -> None:
    take_in(office, UNDATED)
    say(office)
    take(office, all="1")
    item = items(office)[0]
    assert (item.due_on, item.task_class, item.internal_due) == (date(2023, 8, 10), "dated", None)
    assert "due" not in item.open_questions()
    with office.database.write() as session:
        (task,) = confirm(session, 1, office.clerk(), waive=True)
    assert (task.due_set_by, task.due_leader_id) == (DueSetBy.LEADER, office.person("gd"))


def test_a_date_that_the_clerk_set_afterwards_is_not_the_leader_s(office: Stage) -> None:
    take_in(office, UNDATED)
    say(office)
    take(office, all="1")
    with office.database.write() as session:
        session.get_one(DraftItem, items_of(session, 1)[0].id).due_on = date(2023, 8, 11)
    with office.database.write() as session:
        (task,) = confirm(session, 1, office.clerk(), waive=True)
    assert (task.due_set_by, task.due_leader_id) == (DueSetBy.AUTHORITY, None)


def test_words_about_one_item_are_offered_for_that_one(office: Stage) -> None:
    take_in(office, DATED, EARLY)
    page = say(office, "Mục 2 giao TTS").text
    first, second = items(office)
    offer = page[page.index('class="offer card"') :].split("</form>")[0]
    assert f'value="{second.id}" checked' in offer and f'value="{first.id}" checked' not in offer


def test_what_has_been_taken_is_shown_as_taken_and_offered_no_more(office: Stage) -> None:
    take_in(office)
    assert "Áp dụng cho tất cả" in say(office).text
    page = take(office, all="1").text
    assert "đã áp dụng" in page and "Áp dụng cho tất cả" not in page


def test_taken_twice_it_changes_nothing_and_stands_in_the_memory_of_undo(office: Stage) -> None:
    take_in(office)
    say(office)
    take(office, all="1")
    version = items(office)[0].version
    assert take(office, all="1").status_code == 200 and items(office)[0].version == version
    (change,) = all_of(office, DraftChange)
    item_id = str(items(office)[0].id)
    assert change.what == "instruction" and change.before[item_id]["internal_due"] is None
    assert change.after[item_id]["internal_due"] == "2023-08-10"


@pytest.mark.parametrize("who", ["gd", "qlvh.truong"])
def test_only_the_office_takes_a_proposal(office: Stage, who: str) -> None:
    take_in(office)
    say(office)
    assert take(office, who=who, all="1").status_code == 403 and items(office)[0].internal_due is None


def test_nothing_chosen_or_a_proposal_that_is_gone_is_one_sentence(office: Stage) -> None:
    take_in(office)
    say(office)
    assert "Chưa chọn mục nào" in said(take(office))
    assert take(office, number=7, all="1").status_code == 409
    assert take(office, instruction=9, all="1").status_code == 404


def test_after_the_assignment_nothing_is_taken_any_more(office: Stage) -> None:
    take_in(office)
    say(office)
    with office.database.write() as session:
        take_owner = items_of(session, 1)[0]
        take_owner.unit_ids = [units(office, session)["BT"]]
        confirm(session, 1, office.clerk(), waive=True)
    refused = take(office, all="1")
    assert refused.status_code == 409 and "đã được giao" in said(refused)
    assert 'class="offer card"' not in office.browser("vp.vanthu").get("/directives/1/review").text


def test_the_photo_is_kept_as_evidence_is_and_seen_by_those_who_see_the_directive(office: Stage) -> None:
    take_in(office)
    page = say(office, files={"photo": ("but-phe.png", PNG, "image/png")}).text
    (photo,) = all_of(office, Evidence)
    assert photo.instruction_id == 1 and f'src="/evidence/{photo.id}?show"' in page
    for who, status in (("gd", 200), ("vp.truong", 200), ("qlvh.truong", 404)):
        assert office.browser(who).get(f"/evidence/{photo.id}?show").status_code == status


@pytest.mark.parametrize(
    ("name", "data"),
    [("but-phe.png", b"MZ no picture"), ("trang.txt", "TUYỆT MẬT\nGiao TCCB".encode()), ("rong.png", b"")],
)
def test_a_file_that_is_no_evidence_is_refused_and_nothing_is_kept(
    office: Stage, name: str, data: bytes
) -> None:
    take_in(office)
    refused = say(office, files={"photo": (name, data, "image/png")})
    assert refused.status_code == 400
    assert all_of(office, Instruction) == [] and all_of(office, Evidence) == []
    assert WORDS in refused.text  # what was typed is there to be sent again


def test_a_leader_enters_his_own_words_and_nobody_else_s(office: Stage) -> None:
    take_in(office)
    assert say(office, who="pgd1", leader="pgd1").status_code == 200
    assert say(office, who="pgd1", leader="gd").status_code == 403
    assert say(office, who="qlvh.truong", leader="gd").status_code == 403
