"""At the site: a replacement is proposed and named, its choices wait with the draft; a recall settles all at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from intake import import_documents
from models import clock, handling
from models.confirm import confirm, items_of
from models.directive import Directive, DirectiveState
from models.draft_change import DraftChange
from models.moves import Actor
from models.organisation import Unit
from models.task import State
from tests.letters import letter
from tests.web_stage import Stage, said, stage

OLD, NEW = "45/UBND-VX", "52/UBND-VX"


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def import_letter(office: Stage, *lines: str, number: str, units: str = "") -> int:
    """A letter as a draft whose items go to these units."""
    clerk = office.clerk()
    with office.database.write() as session:
        data = letter(*lines, number=number)
        made = import_documents(session, [("cv.txt", data)], received_on=clock.today(), actor=clerk).directive_id
        ids = {unit.code: unit.id or 0 for unit in session.exec(select(Unit))}
        for item, code in zip(items_of(session, made), units.split(), strict=False):
            item.unit_ids, item.ours, item.dropped = [ids[code]], True, False
            session.add(item)
    return made


def assign(office: Stage, directive_id: int) -> list[str]:
    with office.database.write() as session:
        return [task.code for task in confirm(session, directive_id, office.clerk(), waive=True)]


def old_and_new(office: Stage) -> tuple[int, int]:
    """NV1 of TTS and NV2 of BT under the old one; a draft for TTS that says it replaces it."""
    old = import_letter(office, "Thanh tra Sở báo cáo trước ngày 15/8/2023.",
                        "Bảo tàng tỉnh báo cáo trước ngày 20/8/2023.", number=OLD, units="TTS BT")  # fmt: skip
    assert assign(office, old) == ["NV1", "NV2"]
    new = import_letter(office, f"Thanh tra Sở báo cáo trước ngày 31/8/2023, thay thế Công văn số {OLD} nêu trên.",
                        number=NEW, units="TTS")  # fmt: skip
    return old, new


def post(office: Stage, directive_id: int, act: str, who: str = "vp.vanthu", **fields: Any) -> Any:
    return office.browser(who).post(f"/directives/{directive_id}/{act}", fields)


def directive(office: Stage, directive_id: int) -> Directive:
    with office.database.read() as session:
        return session.get_one(Directive, directive_id)


def fates(office: Stage, **chosen: str) -> dict[str, Any]:
    """The rows of the form as the page shows them now, with these choices."""
    rows = ["NV1", "NV2"]
    return {"row": rows, **{f"seen.{code}": office.task(code).state.value for code in rows},
            **{f"fate.{code}": fate for code, fate in chosen.items()}}  # fmt: skip


def test_what_the_text_says_it_replaces_is_proposed_and_never_taken_by_itself(office: Stage) -> None:
    old, new = old_and_new(office)
    page = office.browser("vp.vanthu").get(f"/directives/{new}/review").text
    assert f"<q>thay thế Công văn số {OLD}</q>" in page and f"Ghi thay thế {OLD}" in page
    assert directive(office, new).replaces_id is None
    assert "Đã ghi văn bản được thay thế" in said(post(office, new, "replaces", old=old))
    assert directive(office, new).replaces_id == old


def test_a_typed_number_names_it_however_it_is_spelled(office: Stage) -> None:
    old, new = old_and_new(office)
    assert "99/UBND" in said(post(office, new, "replaces", number="99/UBND"))
    assert post(office, new, "replaces", number="45 / ubnd–vx").status_code == 200
    assert directive(office, new).replaces_id == old
    assert "không thay thế văn bản nào" in said(post(office, new, "replaces", none="1"))
    assert directive(office, new).replaces_id is None


def test_every_open_task_is_listed_chosen_and_carried_out_with_the_assignment(office: Stage) -> None:
    old, new = old_and_new(office)
    page = post(office, new, "replaces", old=old).text
    assert 'name="fate.NV1"' in page and 'name="fate.NV2"' in page and "Còn 2 việc chưa chọn" in page
    with office.database.read() as session:
        target = items_of(session, new)[0].id
    chosen = fates(office, NV1=f"item:{target}", NV2="withdraw")
    assert "thực hiện khi giao" in said(post(office, new, "continues", old=old, **chosen))
    assert office.task("NV1").directive_id == old
    assert assign(office, new) == ["NV1"]
    assert (office.task("NV1").directive_id, office.task("NV1").due_on) == (new, date(2023, 8, 31))
    assert office.task("NV2").state is State.WITHDRAWN
    with office.database.read() as session:
        assert {one.what for one in session.exec(select(DraftChange))} <= {"replaces", "continues"}
    text = office.browser("vp.vanthu").get(f"/directives/{old}/review").text
    assert "Văn bản này được thay thế bởi" in text and NEW in text
    history = office.browser("tts.truong").get("/tasks/NV1").text
    assert "chuyển sang văn bản thay thế" in history


def test_one_choice_for_all_the_rest(office: Stage) -> None:
    old, new = old_and_new(office)
    post(office, new, "replaces", old=old)
    post(office, new, "continues", old=old, rest="withdraw", **fates(office, NV1="keep"))
    assign(office, new)
    assert (office.task("NV1").state, office.task("NV2").state) == (State.ASSIGNED, State.WITHDRAWN)


def test_of_two_clerks_the_one_whose_page_is_old_is_told_and_nothing_is_half_done(office: Stage) -> None:
    old, new = old_and_new(office)
    post(office, new, "replaces", old=old)
    stale = fates(office, NV1="withdraw", NV2="withdraw")
    post(office, new, "replaces", none="1")
    refused = post(office, new, "continues", old=old, **stale)
    assert refused.status_code == 409 and "Người khác vừa đổi văn bản được thay thế" in said(refused)
    post(office, new, "replaces", old=old)
    head = Actor(office.person("tts.truong"), "test")
    with office.database.write() as session:
        handling.report(session, 1, head, result="xong")
    refused = post(office, new, "continues", old=old, **stale)
    assert refused.status_code == 409 and said(refused).startswith("NV1 đã thay đổi từ lúc đồng chí xem")
    assert directive(office, new).continues == {} and office.task("NV2").state is State.ASSIGNED


def test_a_recall_needs_its_day_and_document_and_settles_all_in_one_step(office: Stage) -> None:
    old, _ = old_and_new(office)
    form = fates(office, NV1="withdraw", NV2="keep")
    assert post(office, old, "recall", recalled_on="2023-07-24", **form).status_code == 400
    assert post(office, old, "recall", recalled_on="2023-07-25", document="60/UBND", **form).status_code == 400
    undecided = post(office, old, "recall", recalled_on="2023-07-24", document="60/UBND", **fates(office, NV1="keep"))
    assert undecided.status_code == 409 and "NV2" in said(undecided) and 'value="60/UBND"' in undecided.text
    done = post(office, old, "recall", recalled_on="2023-07-24", document="60/UBND ngày 24/7/2023", **form)
    assert said(done) == "Đã ghi việc thu hồi và thực hiện các lựa chọn."
    row = directive(office, old)
    assert (row.state, row.recalled_by) == (DirectiveState.RECALLED, "60/UBND ngày 24/7/2023")
    assert (office.task("NV1").state, office.task("NV2").state) == (State.WITHDRAWN, State.ASSIGNED)
    again: dict[str, Any] = {"row": ["NV2"], "seen.NV2": "assigned", "fate.NV2": "withdraw"}
    assert said(post(office, old, "settle", **again)) == "Đã thực hiện các lựa chọn."
    assert office.task("NV2").state is State.WITHDRAWN


@pytest.mark.parametrize("who", ["gd", "tts.truong"])
@pytest.mark.parametrize("act", ["replaces", "continues", "recall", "settle", "whole"])
def test_only_the_office_does_any_of_this(office: Stage, who: str, act: str) -> None:
    old, new = old_and_new(office)
    refused = post(office, new if act in ("replaces", "continues") else old, act, who=who, old=old)
    assert refused.status_code == 403


def test_a_directive_that_nothing_replaces_is_not_settled(office: Stage) -> None:
    old, _ = old_and_new(office)
    assert post(office, old, "settle", rest="withdraw", **fates(office)).status_code == 409
    assert office.task("NV1").state is State.ASSIGNED


def test_what_was_remembered_is_listed_shown_and_forgotten(office: Stage) -> None:
    head = ("UBND TỈNH THÁI BÌNH\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH\nSố: {number}\n"
            "Thái Bình, ngày {day} tháng {month} năm {year}\n\n")  # fmt: skip
    clerk = office.browser("vp.vanthu")

    def take_in(number: str) -> int:
        data = letter("Phòng Nghiệp vụ lữ hành báo cáo trước ngày 15/8/2023.", number=number, head=head)
        with office.database.write() as session:
            files = [("cv.txt", data)]
            return import_documents(session, files, received_on=clock.today(), actor=office.clerk()).directive_id

    import intake
    import remembering

    office.person("vp.vanthu")
    first = take_in("1/SVHTTDL-VP")
    with office.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "QLDL")).one()
        item = items_of(session, first)[0]
        item.unit_ids, item.ours = [unit.id or 0], True
        session.add(item)
        confirm(session, first, office.clerk(), waive=True)
        remembering.remember(session, first, intake.office_names(session), office.clerk())
    second = take_in("2/SVHTTDL-VP")
    page = clerk.get(f"/directives/{second}/review").text
    assert "theo lần sửa trước" in page and "Phòng Nghiệp vụ lữ hành" in page
    assert "Phòng Nghiệp vụ lữ hành" in clerk.get("/remembered").text
    assert office.browser("tts.truong").get("/remembered").status_code == 403
    assert office.browser("gd").post("/remembered/1/forget").status_code == 403
    assert said(clerk.post("/remembered/1/forget", {"back": second})) == "Đã bỏ ghi nhớ này."
    assert "Chưa ghi nhớ tên gọi nào" in clerk.get("/remembered").text
