"""Units merged: their open work is handed over in one step, previewed, told and written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

import founding
from models import clock
from models.directive import Directive, DraftItem
from models.group_chat import GroupChat, link_group
from models.indicator import Indicator
from models.organisation import GroupMember, Post, Role, UnitGroup
from models.recipients import Directory, title_of
from models.remembered import RememberedName
from models.series import Series
from models.task import CoUnit, by_number
from tests.units_desk import BASIS, NAME, events, merging, read_again, saved, unit, whole
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    """The seed directive, assigned."""
    with stage() as made:
        made.assign_seed()
        yield made


def test_the_preview_shows_what_moves_and_changes_nothing(office: Stage) -> None:
    clerk, before = office.browser("vp.vanthu"), office.changes()
    page = clerk.post("/office/units/merge", merging(office, "QLVH", "QLTT"))
    assert "chưa lưu" in page.text and "Nhiệm vụ đang thực hiện: 2" in page.text and "Chức vụ: 4" in page.text
    assert "Các phòng chuyên môn" in page.text and 'href="/tasks/NV4"' in page.text
    assert office.changes() == before and unit(office, "QLVH").valid_to is None


def test_a_merger_hands_over_what_is_open_and_leaves_what_is_done(office: Stage) -> None:
    clerk, ids = office.browser("vp.vanthu"), {code: unit(office, code).id for code in ("QLVH", "QLTT", "QLDL")}
    done, reported = office.order("QLVH", "Đã xong"), office.order("QLTT", "Đã báo cáo")
    helped = office.order("QLDL", "Có phối hợp", co=("QLVH", "QLTT"))
    for code, who in ((done, "qlvh.truong"), (reported, "qltt.truong")):
        office.browser(who).post(f"/tasks/{code}/report", {"result": "Đã hoàn thành", "product": "1/BC"})
    clerk.post(f"/tasks/{done}/accept")
    answer = saved(clerk, "/office/units/merge", merging(office, "QLVH", "QLTT"))
    assert said(answer) == "Đã sáp nhập và bàn giao."
    new = unit(office, "QLVT")
    old = [unit(office, code) for code in ("QLVH", "QLTT")]
    assert [one.valid_to for one in old] == [date(2023, 7, 23)] * 2 and {one.successor_id for one in old} == {new.id}
    assert new.valid_from == date(2023, 7, 24) and {old[0].name, "QLVH", old[1].name, "QLTT"} <= set(new.aliases)
    assert office.task(done).unit_id == ids["QLVH"] and office.task(done).state == "completed"
    assert office.task(reported).unit_id == new.id and office.task(reported).state == "reported"
    assert [office.task(code).unit_id for code in ("NV4", "NV5")] == [new.id, new.id]
    with office.database.read() as session:
        task = by_number(session, int(helped[2:])) or pytest.fail(helped)
        assert list(session.exec(select(CoUnit.unit_id).where(CoUnit.task_id == task.id))) == [new.id]
    assert whole(office) == []
    moved = events(office, f"task:{office.task('NV4').id}")[-1]
    assert moved.verb == "reassign" and moved.facts and BASIS in moved.facts["reason"]
    (told,) = [one for one in events(office, "office") if one.verb == "merged"]
    assert told.facts and {code for part in told.facts["tasks"] for code in part["codes"]} == {"NV4", "NV5", reported}
    page = clerk.get(f"/office/units/{new.id}").text
    assert "Tiếp nhận từ" in page and "unit=QLVH&amp;state=completed" in page
    gone = clerk.get(f"/office/units/{ids['QLVH']}").text
    assert "Đã chuyển sang" in gone and NAME in gone
    read_again(office)


def test_people_go_along_as_chosen_and_hear_of_it_there(office: Stage) -> None:
    clerk, form = office.browser("vp.vanthu"), merging(office, "QLVH", "QLTT")
    first, first_deputy, second, second_deputy = map(office.person, ("qlvh.truong", "qlvh.pho", "qltt.truong",
                                                                     "qltt.pho"))  # fmt: skip
    with office.database.read() as session:
        leaves = session.exec(select(Post).where(Post.person_id == second_deputy)).one()
        led = session.exec(select(Post).where(Post.person_id == second)).one()
    chosen = {f"post{leaves.id}": "end", f"title{led.id}": f"Phó Trưởng {NAME}"}
    answer = saved(clerk, "/office/units/merge", form, **chosen)
    assert said(answer) == "Đã sáp nhập và bàn giao."
    new = unit(office, "QLVT")
    with office.database.read() as session:
        directory = Directory(session, clock.today())
        assert directory.head(new.id or 0) == first
        assert set(directory.holders(new.id, Role.DEPUTY)) == {second, first_deputy}
        held = session.exec(select(Post).where(Post.person_id == second_deputy)).one()
        assert held.valid_to == date(2023, 7, 23)
    assert office.browser("qlvh.truong").get("/tasks/NV5").status_code == 200
    with office.database.read() as session:
        assert title_of(session, second) == f"Phó Trưởng {NAME}"
        assert {one.id: one.title for one in founding.held(session).people}["qltt.truong"] == title_of(session, second)


def test_two_heads_of_one_unit_are_refused_and_nothing_is_changed(office: Stage) -> None:
    clerk, form = office.browser("vp.vanthu"), merging(office, "QLVH", "QLTT")
    with office.database.read() as session:
        heads = session.exec(select(Post).where(Post.role == Role.HEAD, col(Post.unit_id).in_(form["old"]))).all()
    answer = saved(clerk, "/office/units/merge", form, **{f"role{post.id}": "head" for post in heads})
    assert answer.status_code == 409 and "đang là trưởng đơn vị" in said(answer)
    assert unit(office, "QLVH").valid_to is None and office.task("NV4").unit_id == unit(office, "QLVH").id


def test_what_hangs_on_the_units_follows(office: Stage) -> None:
    clerk, qlvh, qltt = office.browser("vp.vanthu"), unit(office, "QLVH"), unit(office, "QLTT")
    qldl, clerk_id = unit(office, "QLDL").id, office.person("vp.vanthu")
    with office.database.write() as session:
        session.add(Indicator(name="Tỷ lệ", target=Decimal(100), unit_id=qltt.id))
        session.add(RememberedName(issuer="ubnd", words="phong vh", issuer_said="UBND", said="Phòng VH",
                                   unit_ids=[qlvh.id or 0, qltt.id or 0], at=clock.now()))  # fmt: skip
        session.add(Series(unit_ids=[qlvh.id or 0, qldl or 0], next_due=date(2023, 8, 5),
                           pattern={"title": "Báo cáo tháng", "co_unit_ids": [qltt.id]}))  # fmt: skip
        link_group(session, "telegram", "b", "-1", qltt.id, clerk_id)
    draft = second_draft(office, [qlvh.id or 0, qltt.id or 0])
    saved(clerk, "/office/units/merge", merging(office, "QLVH", "QLTT"))
    new = unit(office, "QLVT")
    with office.database.read() as session:
        assert session.exec(select(Indicator).where(Indicator.name == "Tỷ lệ")).one().unit_id == new.id
        assert session.exec(select(RememberedName)).one().unit_ids == [new.id]
        series = session.exec(select(Series).where(col(Series.next_due) == date(2023, 8, 5))).one()
        assert series.unit_ids == [new.id, qldl] and series.pattern["co_unit_ids"] == []
        assert session.exec(select(GroupChat)).one().unit_id == new.id
        assert session.get_one(DraftItem, draft).unit_ids == [new.id]
        group = session.exec(select(UnitGroup).where(UnitGroup.name == "Các phòng chuyên môn")).one()
        members = set(session.exec(select(GroupMember.unit_id).where(GroupMember.group_id == group.id)))
    assert new.id in members and not members & {qlvh.id, qltt.id}


def second_draft(office: Stage, unit_ids: list[int]) -> int:
    """An item of a directive still in review, that these units are to own; its id."""
    with office.database.write() as session:
        first = session.get_one(Directive, 1)
        values = {name: getattr(first, name) for name in Directive.model_fields if name != "id"}
        copy = Directive(**values | {"sha256": "0" * 64, "number": "9/X", "state": "draft"})
        session.add(copy)
        session.flush()
        item = DraftItem(directive_id=copy.id or 0, position=1, text="x", title="x", unit_ids=unit_ids)
        session.add(item)
        session.flush()
        return item.id or 0


def test_one_unit_may_take_in_another_and_keep_its_name(office: Stage) -> None:
    clerk, qlvh, qltt = office.browser("vp.vanthu"), unit(office, "QLVH"), unit(office, "QLTT")
    form = {"old": [qltt.id], "into0": qlvh.id, "since": "2023-07-24", "basis": BASIS}
    assert said(saved(clerk, "/office/units/merge", form)) == "Đã sáp nhập và bàn giao."
    assert office.task("NV5").unit_id == qlvh.id and office.task("NV4").unit_id == qlvh.id
    assert unit(office, "QLTT").successor_id == qlvh.id and qltt.name in unit(office, "QLVH").aliases
    head = office.person("qlvh.truong")
    with office.database.read() as session:
        assert Directory(session, clock.today()).head(qlvh.id or 0) == head
    read_again(office)
