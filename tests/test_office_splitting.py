"""Units split; what of a merger or a split is refused, and who hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from jobs.announce import announce
from models import clock
from models.message import Kind, Notice
from models.organisation import Person, Post
from models.recipients import Directory
from models.task import DueSetBy, Task, by_number
from office import names_in_database
from reading.naming.ours import Resolver
from tests.units_desk import BASIS, NAME, events, merging, saved, unit, whole
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    """The seed directive, assigned."""
    with stage() as made:
        made.assign_seed()
        yield made


def test_a_split_gives_each_open_task_to_one_of_the_new_units(office: Stage) -> None:
    clerk, qlvh = office.browser("vp.vanthu"), unit(office, "QLVH")
    other = office.order("QLVH", "Việc thể thao")
    form = {"old": qlvh.id, "into0": "new", "code0": "VH", "name0": "Phòng Văn hóa", "leader0": office.person("gd"),
            "into1": "new", "code1": "TT", "name1": "Phòng Thể thao", "leader1": office.person("pgd1"),
            "since": "2023-07-24", "basis": BASIS}  # fmt: skip
    page = clerk.post("/office/units/split", form)
    assert "Phòng Văn hóa, Phòng Thể thao" in page.text and f'name="task{office.task(other).id}"' in page.text
    answer = saved(clerk, "/office/units/split", form, **{f"task{office.task(other).id}": "1"})
    assert said(answer) == "Đã chia tách và bàn giao."
    assert office.task("NV4").unit_id == unit(office, "VH").id and office.task(other).unit_id == unit(office, "TT").id
    assert unit(office, "QLVH").successor_id == unit(office, "VH").id
    (took,) = [one for one in events(office, f"unit:{unit(office, 'TT').id}") if one.verb == "unit_reorganised"]
    assert took.facts and took.facts["took"] == [{"from": qlvh.id, "codes": [other]}]
    assert whole(office) == []


def test_a_unit_that_goes_on_gives_a_part_away_and_is_told(office: Stage) -> None:
    clerk, qlvh = office.browser("vp.vanthu"), unit(office, "QLVH")
    other = office.order("QLVH", "Việc thể thao")
    form = {"old": qlvh.id, "into0": qlvh.id, "into1": "new", "code1": "TT", "name1": "Phòng Thể thao",
            "leader1": office.person("pgd1"), "since": "2023-07-24", "basis": BASIS}  # fmt: skip
    saved(clerk, "/office/units/split", form, **{f"task{office.task(other).id}": "1"})
    assert unit(office, "QLVH").valid_to is None and office.task("NV4").unit_id == qlvh.id
    moved = events(office, f"task:{office.task(other).id}")[-1]
    assert moved.facts and moved.facts["from_unit"] == qlvh.id and office.task(other).unit_id == unit(office, "TT").id
    head = office.person("qlvh.truong")
    with office.database.read() as session:
        assert Directory(session, clock.today()).head(qlvh.id or 0) == head


def test_what_has_changed_since_the_preview_is_not_saved_blindly(office: Stage) -> None:
    clerk, form = office.browser("vp.vanthu"), merging(office, "QLVH", "QLTT")
    seen = re.search(r'name="seen" value="(\w+)"', clerk.post("/office/units/merge", form).text)
    office.order("QLVH", "Vừa giao")
    answer = clerk.post("/office/units/merge", form | {"save": "1", "seen": seen.group(1) if seen else ""})
    assert answer.status_code == 409 and "Đã có thay đổi từ lúc xem" in said(answer)
    assert unit(office, "QLVH").valid_to is None


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"since": "2023-08-01"}, "Chưa đến"),
        ({"basis": ""}, "Căn cứ"),
        ({"old": []}, "ít nhất hai đơn vị"),
        ({"name0": ""}, "Tên"),
        ({"name0": "Thanh tra Sở"}, "đã dùng cho"),
        ({"leader0": "99999"}, "Lãnh đạo"),
    ],
)
def test_what_cannot_be_merged_is_said(office: Stage, more: dict[str, Any], what: str) -> None:
    clerk, form = office.browser("vp.vanthu"), merging(office, "QLVH", "QLTT", **more)
    page = clerk.post("/office/units/merge", form)
    seen = re.search(r'name="seen" value="(\w+)"', page.text)
    answer = clerk.post("/office/units/merge", form | {"save": "1", "seen": seen.group(1) if seen else ""})
    assert answer.status_code in (400, 409) and what in said(answer)
    assert unit(office, "QLVH").valid_to is None


def test_the_office_itself_may_be_merged_only_with_somebody_left_in_the_role(office: Stage) -> None:
    clerk = office.browser("vp.vanthu")
    vp = unit(office, "VP")
    form = {"old": [vp.id], "into0": "new", "code0": "VPM", "name0": "Văn phòng mới", "leader0": office.person("gd"),
            "since": "2023-07-24", "basis": BASIS}  # fmt: skip
    assert clerk.post("/office/units/merge", form | {"old": [vp.id, unit(office, "BPMC").id]}).status_code == 200
    with office.database.read() as session:
        posts = session.exec(select(Post).where(Post.unit_id == vp.id)).all()
    form["old"] = [vp.id, unit(office, "BPMC").id]
    nobody = saved(clerk, "/office/units/merge", form, **{f"post{post.id}": "end" for post in posts})
    assert nobody.status_code == 409 and "không còn ai giữ vai trò Văn phòng" in said(nobody)
    assert said(saved(clerk, "/office/units/merge", form)) == "Đã sáp nhập và bàn giao."
    assert clerk.get("/people").status_code == 200


def test_a_task_of_a_leader_keeps_who_set_its_date(office: Stage) -> None:
    code = office.order("QLVH", set_by=DueSetBy.LEADER)
    before = office.task(code)
    saved(office.browser("vp.vanthu"), "/office/units/merge", merging(office, "QLVH", "QLTT"))
    after = office.task(code)
    assert (after.due_on, after.due_leader_id, after.original_due) == (before.due_on, before.due_leader_id,
                                                                      before.original_due)  # fmt: skip
    with office.database.read() as session:
        assert session.get_one(Person, after.due_leader_id or 0).short_id == "gd"
        assert session.exec(select(Task).where(Task.number == before.number)).one().assigned_at == clock.now()


def test_who_hears_of_a_merger(office: Stage) -> None:
    """The head of the new unit of every task in one message; nobody that it was taken from a unit that is no more."""
    with office.database.write() as session:
        announce(session, clock.now())
    first, second = office.person("qlvh.truong"), office.person("qltt.truong")
    saved(office.browser("vp.vanthu"), "/office/units/merge", merging(office, "QLVH", "QLTT"))
    with office.database.write() as session:
        last = max((one or 0 for one in session.exec(select(Notice.id))), default=0)
        announce(session, clock.now())
        made = session.exec(select(Notice).where(col(Notice.id) > last)).all()
    assert {(one.person_id, one.kind) for one in made} == {(first, Kind.ASSIGNED)} and len(made) == 2
    assert second not in {one.person_id for one in made}


def test_a_date_that_was_late_once_is_not_late_twice(office: Stage) -> None:
    code = office.order("QLVH", due=date(2023, 7, 20))
    with office.database.write() as session:
        task = by_number(session, int(code[2:])) or pytest.fail(code)
        task.late_events, task.late_counted_version = 1, task.due_version
        session.add(task)
    saved(office.browser("vp.vanthu"), "/office/units/merge", merging(office, "QLVH", "QLTT"))
    after = office.task(code)
    assert after.late_events == 1 and after.late_counted_version == after.due_version == 2


def test_a_document_that_uses_the_old_names_means_the_new_unit(office: Stage) -> None:
    saved(office.browser("vp.vanthu"), "/office/units/merge", merging(office, "QLVH", "QLTT"))
    with office.database.read() as session:
        names = names_in_database(lambda sql, values: session.execute(text(sql), values), clock.today())
    assert names is not None
    resolver = Resolver(names, None)
    for words in ("Phòng Quản lý Văn hóa", "Phòng Quản lý Thể thao", "QLVH", "P. QLTT", NAME):
        assert resolver.lead(words).codes == ("QLVT",), words
    group = next(one for one in names.groups if one.name == "Các phòng chuyên môn")
    assert set(group.members) == {"QLVT", "QLDL", "NSVH"}
