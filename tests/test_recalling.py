"""A recalled directive, and what is left of a replaced one: settled at once; and how people read of it."""

from __future__ import annotations

from datetime import date

import pytest

from models import clock, replacing
from models.assigning import NotConfirmable, Order, carry_over
from models.directive import Directive, DirectiveState
from models.message import Kind
from models.moves import move
from models.succession import open_tasks
from models.task import CoUnit, State, Task, TaskClass
from tests.office import Office
from tests.rendering_stage import LAN, LONG, Desk, event_of
from tests.replacements import CLERK, REASON, assigned, choices_of, events, old_and_new
from tests.test_confirm import draft


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 08:00")


def recall(office: Office, number: int, **fates: str) -> list[str]:
    choices = choices_of(office, number, fates)
    with office.database.write() as session:
        return replacing.recall(session, session.get_one(Directive, number), date(2023, 7, 24), "99/UBND", choices,
                                "thu hồi theo 99/UBND", office.who(CLERK))  # fmt: skip


def settle(office: Office, old: int, new: int, **fates: str) -> list[str]:
    choices = choices_of(office, new, fates)
    with office.database.write() as session:
        return replacing.settle(session, session.get_one(Directive, old), choices, REASON, office.who(CLERK))


def test_a_recall_settles_every_open_task_at_once_and_twice_changes_nothing(office: Office) -> None:
    old, _ = old_and_new(office)
    assert recall(office, old, NV1="withdraw", NV2="keep", NV3="withdraw") == ["NV1", "NV3"]
    with office.database.read() as session:
        directive = session.get_one(Directive, old)
        assert (directive.state, directive.recalled_on, directive.recalled_by) == (
            DirectiveState.RECALLED, date(2023, 7, 24), "99/UBND"
        )  # fmt: skip
        assert [task.code for task in open_tasks(session, old)] == ["NV2"]
    assert recall(office, old, NV2="keep") == []
    assert events(office, f"directive:{old}") == ["assigned", "recalled", "settled"]


def test_a_recall_with_an_undecided_task_does_nothing(office: Office) -> None:
    old, _ = old_and_new(office)
    with pytest.raises(NotConfirmable, match="undecided"):
        recall(office, old, NV1="withdraw")
    with office.database.read() as session:
        assert session.get_one(Directive, old).state is DirectiveState.ASSIGNED
    assert office.task(1).state is State.ASSIGNED


def test_a_recalled_draft_makes_no_tasks(office: Office) -> None:
    number = draft(office, {"units": "TTS"})
    assert recall(office, number) == []
    with pytest.raises(NotConfirmable, match="recalled"):
        assigned(office, number)


def test_a_task_that_was_kept_can_go_on_under_the_new_directive_later_but_never_beside_another(office: Office) -> None:
    old, new = old_and_new(office)
    assigned(office, new)  # NV1–NV3 kept, NV4 TTS, NV5 TV made
    with pytest.raises(NotConfirmable, match="no_place"):
        settle(office, old, new, NV1="move 0", NV2="keep", NV3="keep")
    assert office.task(1).directive_id == old
    with office.database.write() as session:
        move(session, 4, "withdraw", office.who(CLERK), reason="trùng NV1")
    assert settle(office, old, new, NV1="move 0", NV2="keep", NV3="withdraw") == ["NV3", "NV1"]
    assert office.task(1).directive_id == new


def test_owner_and_co_operating_unit_read_what_became_of_their_task() -> None:
    desk = Desk()
    old, new = desk.directive("1/UBND", "2026-11-02"), desk.directive("2/UBND", "2026-11-20")
    moved = desk.task_named(41, "QLDL", "Báo cáo tháng 11", directive_id=old)
    ended = desk.task_named(42, "QLDL", "Báo cáo tháng 12", directive_id=old)
    order = Order("Báo cáo quý IV", "Báo cáo.", (), TaskClass.DATED, due_on=date(2026, 12, 31), directive_id=new,
                  item="3", co_unit_ids=(desk.units["TTS"],))  # fmt: skip
    with desk.database.write() as session:
        carry_over(session, session.get_one(Task, moved.id), order, desk.who(LAN))
        session.add(CoUnit(task_id=ended.id or 0, unit_id=desk.units["TTS"]))
        move(session, ended.id or 0, "withdraw", desk.who(LAN), reason="thay thế")
    event_id, facts = event_of(desk, moved, "carry_over")
    notice = desk.notice(LONG, Kind.DUE_CHANGED, desk.task(moved.id), event=event_id, for_role="head", **facts)
    assert desk.holds(notice) is None
    text = desk.rendered(LONG, notice).text
    assert "NHIỆM VỤ THỰC HIỆN THEO VĂN BẢN THAY THẾ" in text
    assert "NV41 · Báo cáo quý IV: " in text and "1/UBND" in text and "2/UBND" in text
    assert "(mục 3), hạn thứ Năm 31/12/2026." in text
    co = [desk.notice("tts.truong", Kind.COORDINATION, desk.task(one.id)) for one in (moved, ended)]
    told = desk.rendered("tts.truong", *co).text
    assert "Đề nghị phối hợp thực hiện NV41" in told
    assert "NV42 · Báo cáo tháng 12 (chủ trì: Phòng Quản lý Du lịch) đã thu hồi; đơn vị không phải phối hợp" in told
    clock.run_free()
