"""A directive that replaces another, or is recalled: each open task kept, moved or withdrawn, in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from models import event, extending, handling, replacing
from models.assigning import NotConfirmable
from models.confirm import confirm
from models.directive import Directive, DirectiveState
from models.event import Event
from models.message import Notice
from models.moves import NotAllowed, move
from models.report import Decision, Extension
from models.series import Series
from models.task import CoUnit, DueSetBy, State, Task, TaskClass
from tests.office import Office
from tests.replacements import CLERK, REASON, assigned, choose, events, item_id, old_and_new, told
from tests.test_confirm import draft, spelled


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 08:00")


def test_each_open_task_is_kept_moved_or_withdrawn_when_the_new_directive_is_assigned(office: Office) -> None:
    old, new = old_and_new(office)
    office.do(handling.acknowledge, office.task(1), "tts.truong")
    choose(office, new, NV1="move 0", NV2="withdraw", NV3="keep")
    assert office.task(1).directive_id == old and office.task(2).state is State.ASSIGNED  # nothing yet
    assert spelled(office, assigned(office, new)) == ["NV1 TTS", "NV4 TV"]
    moved, withdrawn, kept = office.task(1), office.task(2), office.task(3)
    assert (moved.directive_id, moved.draft_item_id, moved.item) == (new, item_id(office, new), "1")
    assert (moved.state, moved.due_on, moved.original_due) == (State.ACKNOWLEDGED, date(2023, 9, 1), date(2023, 9, 1))
    assert moved.due_set_by is DueSetBy.AUTHORITY and moved.due_version == 2
    assert withdrawn.state is State.WITHDRAWN and (kept.directive_id, kept.state) == (old, State.ASSIGNED)
    assert events(office, "task:1") == ["assigned", "acknowledge", "carry_over"]
    assert events(office, f"directive:{old}")[-1] == "replaced"
    with office.database.read() as session:
        assert session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == 1)).all() == [office.units["TCCB"]]
        facts = session.exec(select(Event).where(Event.verb == "replaced")).one().facts
        reason = session.exec(select(Event).where(Event.verb == "withdraw")).one().facts
        assert list(event.broken(session)) == []
    assert facts == {"by": new, "moved": ["NV1"], "kept": ["NV3"], "withdrawn": ["NV2"]}
    assert reason is not None and reason["reason"] == REASON


def test_everybody_concerned_is_told_once(office: Office) -> None:
    _, new = old_and_new(office)
    before = told(office)
    choose(office, new, NV1="move 0", NV2="withdraw", NV3="keep")
    assigned(office, new)
    news = told(office) - before
    assert news == {
        ("NV1", "tts.truong", "due_changed"), ("NV1", "tccb.truong", "coordination"),
        ("NV2", "qlvh.truong", "withdrawn"), ("NV4", "tv.truong", "assigned"),
    }  # fmt: skip
    assert told(office) == before | news


def test_a_co_operating_unit_hears_of_a_withdrawal(office: Office) -> None:
    _, new = old_and_new(office)
    told(office)
    choose(office, new, NV1="withdraw", NV2="keep", NV3="keep")
    assigned(office, new)
    told(office)
    with office.database.read() as session:
        last = session.exec(select(Event.id).where(Event.verb == "withdraw")).one()
        heard = session.exec(select(Notice).where(Notice.event_id == last)).all()
    assert {(office.names[one.person_id], one.kind.value) for one in heard} == {
        ("tts.truong", "withdrawn"), ("vp.truong", "coordination")}  # fmt: skip


def test_a_draft_that_replaces_nothing_is_assigned_as_before(office: Office) -> None:
    old, new = old_and_new(office)
    with office.database.write() as session:
        replacing.name_replaced(session, session.get_one(Directive, new), None, office.who(CLERK))
    assert spelled(office, assigned(office, new)) == ["NV4 TTS", "NV5 TV"]
    assert events(office, f"directive:{old}") == ["assigned"]


def test_an_undecided_task_stops_the_assignment_unless_it_is_waived_and_then_stays(office: Office) -> None:
    old, new = old_and_new(office)
    choose(office, new, NV1="withdraw")
    with pytest.raises(NotConfirmable) as refused, office.database.write() as session:
        confirm(session, new, office.who(CLERK))
    assert (refused.value.why, refused.value.questions) == ("undecided", ["NV2", "NV3"])
    assigned(office, new)
    assert office.task(1).state is State.WITHDRAWN and office.task(2).directive_id == old


@pytest.mark.parametrize("fate", ["withdraw", "move 0"])
@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("tts.truong", handling.report),
        (CLERK, lambda session, number, actor: move(session, number, "withdraw", actor, reason="trùng")),
        (CLERK, lambda session, number, actor: move(session, number, "suspend", actor, reason="chờ")),
    ],
)
def test_a_task_that_moved_on_meanwhile_stops_all_of_it(
    office: Office, who: str, act: Callable[..., Any], fate: str
) -> None:
    old, new = old_and_new(office)
    choose(office, new, NV1=fate, NV2="withdraw", NV3="keep")
    office.do(act, office.task(1), who)
    with pytest.raises(NotConfirmable) as refused, office.database.write() as session:
        confirm(session, new, office.who(CLERK), waive=True)
    assert (refused.value.why, refused.value.questions) == ("moved_on", ["NV1"])
    assert office.task(2).state is State.ASSIGNED and office.task(1).directive_id == old
    with office.database.read() as session:
        assert session.get_one(Directive, new).state is DirectiveState.DRAFT
        assert len(session.exec(select(Task)).all()) == 3


def test_a_confirmation_in_between_changes_nothing(office: Office) -> None:
    _, new = old_and_new(office)
    choose(office, new, NV1="move 0", NV2="keep", NV3="keep")
    office.do(handling.acknowledge, office.task(1), "tts.truong")
    assert spelled(office, assigned(office, new)) == ["NV1 TTS", "NV4 TV"]


def test_an_item_without_an_owner_gets_that_of_the_task_that_goes_on_there(office: Office) -> None:
    _, new = old_and_new(office, {"questions": {"owner": "Mục 1: chưa rõ đơn vị chủ trì"}})
    choose(office, new, NV2="move 0", NV1="keep", NV3="keep")
    with office.database.write() as session:
        made = confirm(session, new, office.who(CLERK))
    assert spelled(office, made) == ["NV2 QLVH"]


@pytest.mark.parametrize("fates", [{"NV1": "move 1"}, {"NV1": "move 0", "NV4": "move 0"}])
def test_an_item_of_another_unit_or_already_taken_is_no_place(office: Office, fates: dict[str, str]) -> None:
    first = draft(office, {"units": "TTS"}, {"units": "QLVH"}, {"units": "BT"}, {"units": "TTS"})
    assigned(office, first)
    second = draft(office, {"units": "TTS"}, {"units": "TV"})
    with office.database.write() as session:
        replacing.name_replaced(session, session.get_one(Directive, second), first, office.who(CLERK))
    with pytest.raises(NotConfirmable) as refused:
        choose(office, second, **fates)
    assert refused.value.why == "no_place"


def test_a_task_of_a_group_goes_on_under_the_new_parent_and_an_empty_parent_ends(office: Office) -> None:
    first = draft(office, {"units": "QLVH QLTT"})  # NV1 parent, NV2, NV3
    assigned(office, first)
    second = draft(office, {"units": "QLVH QLTT QLDL"})
    with office.database.write() as session:
        replacing.name_replaced(session, session.get_one(Directive, second), first, office.who(CLERK))
    choose(office, second, NV2="move 0", NV3="move 0")
    assert spelled(office, assigned(office, second)) == ["NV4 parent", "NV2<NV4 QLVH", "NV3<NV4 QLTT", "NV5<NV4 QLDL"]
    assert office.task(1).state is State.WITHDRAWN and office.task(1).is_parent


def test_a_moved_task_leaves_its_series_which_ends_with_its_last_unit(office: Office) -> None:
    monthly = {"recurrence": "monthly", "day": 5, "months": None, "text": "ngày 05 hằng tháng"}
    first = draft(office, {"units": "TTS", "task_class": "recurring", "recurrence": monthly})
    assigned(office, first)
    second = draft(office, {"units": "TTS", "task_class": "recurring", "recurrence": {**monthly, "day": 20}})
    with office.database.write() as session:
        replacing.name_replaced(session, session.get_one(Directive, second), first, office.who(CLERK))
    choose(office, second, NV1="move 0")
    assert spelled(office, assigned(office, second)) == ["NV1 TTS"]
    task = office.task(1)
    assert (task.series_id, task.due_on, task.task_class) == (2, date(2023, 8, 20), TaskClass.RECURRING)
    with office.database.read() as session:
        old, new = session.exec(select(Series).order_by(col(Series.id))).all()
        assert old.make_on is None and new.make_on == date(2023, 8, 21)


def test_a_series_between_two_instances_is_decided_too(office: Office) -> None:
    monthly = {"recurrence": "monthly", "day": 5, "months": None, "text": "ngày 05 hằng tháng"}
    first = draft(office, {"units": "TTS", "task_class": "recurring", "recurrence": monthly, "title": "Báo cáo tháng"})
    assigned(office, first)
    office.do(handling.report, office.task(1), "tts.truong", nil=True)
    office.do(handling.accept, office.task(1), "vp.truong")
    second = draft(office, {"units": "TV"})
    with office.database.write() as session:
        directive = session.get_one(Directive, second)
        replacing.name_replaced(session, directive, first, office.who(CLERK))
        with pytest.raises(NotConfirmable, match="undecided"):
            confirm(session, second, office.who(CLERK))
    choose(office, second, series_1="withdraw")
    assigned(office, second)
    with office.database.read() as session:
        assert session.get_one(Series, 1).make_on is None


def test_what_was_late_is_counted_and_a_request_for_more_time_ends(office: Office) -> None:
    _, new = old_and_new(office)
    office.do(extending.ask_extension, office.task(1), "tts.truong", date(2023, 8, 15), reason="chờ số liệu")
    office.at("2023-08-07 08:00")
    choose(office, new, NV1="move 0", NV2="keep", NV3="keep")
    assigned(office, new)
    task = office.task(1)
    assert (task.late_events, task.extension_asked_at, task.late_counted_version) == (1, None, 1)
    with office.database.read() as session:
        assert session.exec(select(Extension.decision)).one() is Decision.TAKEN_BACK


def test_nobody_of_the_command_line_takes_a_task_from_a_unit(office: Office) -> None:
    from models.moves import Actor

    _, new = old_and_new(office)
    choose(office, new, NV1="withdraw", NV2="keep", NV3="keep")
    with pytest.raises(NotConfirmable) as refused, office.database.write() as session:
        confirm(session, new, Actor(None, "cli"), waive=True)
    assert (refused.value.why, refused.value.questions) == ("nobody", ["NV1"])


def test_only_the_office_carries_out_what_was_chosen(office: Office) -> None:
    _, new = old_and_new(office)
    choose(office, new, NV1="withdraw", NV2="keep", NV3="keep")
    with pytest.raises(NotAllowed), office.database.write() as session:
        confirm(session, new, office.who("tts.truong"), waive=True)


def test_naming_another_directive_drops_what_was_chosen_for_the_first(office: Office) -> None:
    old, new = old_and_new(office)
    choose(office, new, NV1="withdraw")
    other = draft(office, {"units": "BT"})
    assigned(office, other)
    with office.database.write() as session:
        directive = session.get_one(Directive, new)
        assert not replacing.name_replaced(session, directive, old, office.who(CLERK))
        assert replacing.name_replaced(session, directive, other, office.who(CLERK))
        assert directive.continues == {}
        with pytest.raises(NotConfirmable, match="missing"):
            replacing.name_replaced(session, directive, new, office.who(CLERK))
