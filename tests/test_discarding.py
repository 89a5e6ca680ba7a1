"""A draft that may not be handled here, or was the wrong file, goes without a word left; what must be asked first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from models.confirm import NotConfirmable, confirm, items_of
from models.directive import Directive, DirectiveState, DraftItem, Instruction
from models.draft_change import DraftChange
from models.event import Event, broken
from models.report import BlobChunk, Evidence
from models.task import Task
from tests.test_instruction import DATED, PNG, all_of, say, take, take_in, units
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


INSIDE = "LƯU HÀNH NỘI BỘ"


def test_what_is_to_stay_inside_is_answered_before_anything_is_assigned_and_never_waived(office: Stage) -> None:
    take_in(office, DATED, above=INSIDE)
    clerk = office.browser("vp.vanthu")
    assert f"Văn bản ghi “{INSIDE}”" in clerk.get("/directives/1/review").text
    with pytest.raises(NotConfirmable, match="unwaivable"), office.database.write() as session:
        confirm(session, 1, office.clerk(), waive=True)
    assert said(clerk.post("/directives/1/whole", {"key": "internal", "answer": "yes"})) == "Đã ghi câu trả lời."
    assert clerk.post("/directives/1/whole", {"key": "other", "answer": "yes"}).status_code == 400
    with office.database.write() as session:
        item = items_of(session, 1)[0]
        item.unit_ids = [units(office, session)["BT"]]
        assert len(confirm(session, 1, office.clerk(), waive=True)) == 1
        answers = session.get_one(Directive, 1).answers
    assert answers == {"internal": {"answer": "yes", "by": office.person("vp.vanthu")}}


def test_what_may_not_be_handled_here_is_thrown_away_with_its_texts(office: Stage) -> None:
    take_in(office, DATED, above=INSIDE)
    answer = office.browser("vp.vanthu").post("/directives/1/whole", {"key": "internal", "answer": "no"})
    assert said(answer) == "Đã bỏ dự thảo và xóa nội dung văn bản."
    assert_erased(office)


def assert_erased(office: Stage) -> None:
    """No word of the first directive is left anywhere; that it was there and thrown away is."""
    with office.database.read() as session:
        row = session.get_one(Directive, 1)
        assert (row.state, row.number, row.text, row.reading) == (DirectiveState.DISCARDED, "45/UBND-VX", "", {})
        assert list(broken(session)) == []
        verbs = session.exec(select(Event.verb).where(Event.subject == "directive:1").order_by(col(Event.id))).all()
        assert (verbs[0], verbs[-1]) == ("registered", "discarded")
        raw = session.connection().connection.driver_connection
        assert raw is not None
        dump = "\n".join(raw.iterdump())
    assert "thiết chế" not in dump and "Giao TCCB" not in dump and "cv.txt" not in dump


def test_a_wrong_file_is_thrown_away_and_can_be_taken_again(office: Stage) -> None:
    take_in(office)
    say(office, files={"photo": ("but-phe.png", PNG, "image/png")})
    take(office, all="1")
    clerk = office.browser("vp.vanthu")
    assert clerk.post("/directives/1/discard", {"why": ""}).status_code == 400
    assert said(clerk.post("/directives/1/discard", {"why": "nhầm tệp"})) == "Đã bỏ dự thảo và xóa nội dung văn bản."
    assert_erased(office)
    assert all_of(office, Evidence) == all_of(office, BlobChunk) == all_of(office, DraftItem) == []
    assert all_of(office, Instruction) == all_of(office, DraftChange) == []
    assert clerk.get("/directives").status_code == clerk.get("/directives/1/review").status_code == 200
    assert take_in(office) == 2


def test_what_is_assigned_cannot_be_thrown_away(office: Stage) -> None:
    office.assign_seed()
    refused = office.browser("vp.vanthu").post("/directives/1/discard", {"why": "nhầm tệp"})
    assert refused.status_code == 409 and len(all_of(office, Task)) == 15
    assert office.browser("gd").post("/directives/1/discard", {"why": "nhầm tệp"}).status_code == 403
