"""A task from a higher authority: its code there, when its result was entered and when it was confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models import handling
from models.moves import Actor, NotAllowed, NotFromHere
from models.task import DueSetBy
from models.updating_there import confirmed_there, name_code, updated_there
from tests.test_bulk import carried_along, done, events, preview, words
from tests.web_stage import Stage, said, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def completed(office: Stage, set_by: DueSetBy = DueSetBy.AUTHORITY) -> str:
    """A task of QLVH that the Office has accepted."""
    code = office.order("QLVH", set_by=set_by)
    task, head, clerk = office.task(code).id or 0, Actor(office.person("qlvh.truong"), "test"), office.clerk()
    with office.database.write() as session:
        handling.report(session, task, head, product_number="145/BC-QLVH", product_date=date(2023, 7, 24))
        handling.accept(session, task, clerk)
    return code


def test_the_office_records_code_update_and_confirmation(office: Stage) -> None:
    code, clerk = completed(office), office.browser("vp.vanthu")
    assert "chưa cập nhật" in words(clerk.get(f"/tasks/{code}"))
    assert clerk.post(f"/tasks/{code}/name_code", {"authority_code": "4512.03"}).status_code == 200
    assert clerk.post(f"/tasks/{code}/update_there").status_code == 200
    answer = clerk.post(f"/tasks/{code}/confirm_there", {"authority_confirmed_on": "2023-07-24"})
    assert answer.status_code == 200
    task = office.task(code)
    assert (task.authority_code, task.updated_there_on, task.authority_confirmed_on) == (
        "4512.03", date(2023, 7, 24), date(2023, 7, 24))  # fmt: skip
    told = words(answer)
    assert "mã 4512.03" in told and "cấp trên xác nhận thứ Hai 24/07/2023" in told
    for verb in ("name_code", "update_there", "confirm_there"):
        assert len(events(office, verb)) == 1 and events(office, verb)[0].announced_at is not None


def test_only_what_is_completed_and_only_by_the_office(office: Stage) -> None:
    code, done_code = office.order("QLVH", set_by=DueSetBy.AUTHORITY), completed(office)
    open_id, done_id = office.task(code).id or 0, office.task(done_code).id or 0
    clerk, head = office.clerk(), Actor(office.person("qlvh.truong"), "test")
    with office.database.write() as session:
        for act in (updated_there, confirmed_there):
            with pytest.raises(NotFromHere):
                act(session, open_id, clerk)
            with pytest.raises(NotAllowed):
                act(session, done_id, head)
        name_code(session, open_id, clerk, "7")
        with pytest.raises(NotAllowed):
            name_code(session, open_id, head, "8")
    assert office.browser("qlvh.truong").post(f"/tasks/{done_code}/update_there").status_code == 403


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("update_there", {"updated_there_on": "2023-07-25"}, "là ngày chưa đến"),
        ("confirm_there", {"authority_confirmed_on": "2023-07-25"}, "là ngày chưa đến"),
        ("confirm_there", {"authority_confirmed_on": "2023-07-21"}, "không thể trước ngày đã cập nhật"),
    ],
)
def test_days_that_cannot_be(office: Stage, act: str, fields: dict[str, str], sentence: str) -> None:
    code, clerk = completed(office), office.browser("vp.vanthu")
    clerk.post(f"/tasks/{code}/update_there")
    answer = clerk.post(f"/tasks/{code}/{act}", fields)
    assert answer.status_code == 409 and sentence in said(answer)


def test_a_confirmation_says_that_it_was_updated(office: Stage) -> None:
    code, clerk = completed(office), office.browser("vp.vanthu")
    clerk.post(f"/tasks/{code}/confirm_there")
    assert office.task(code).updated_there_on == date(2023, 7, 24)


def test_reopened_its_result_must_be_entered_again(office: Stage) -> None:
    code, clerk = completed(office), office.browser("vp.vanthu")
    clerk.post(f"/tasks/{code}/confirm_there")
    clerk.post(f"/tasks/{code}/reopen", {"reason": "số liệu sai"})
    assert (office.task(code).updated_there_on, office.task(code).authority_confirmed_on) == (None, None)


def test_the_forms_are_there_for_tasks_from_above_only(office: Stage) -> None:
    own, above = completed(office, DueSetBy.OFFICE), completed(office)
    clerk = office.browser("vp.vanthu")
    for act in ("name_code", "update_there", "confirm_there"):
        assert f"/tasks/{above}/{act}" in clerk.get(f"/tasks/{above}").text
        assert f"/tasks/{own}/{act}" not in clerk.get(f"/tasks/{own}").text


def test_several_are_marked_as_updated_today_and_that_is_undone(office: Stage) -> None:
    above, own, clerk = completed(office), completed(office, DueSetBy.OFFICE), office.browser("vp.vanthu")
    open_one = office.order("QLVH", set_by=DueSetBy.AUTHORITY)
    shown = preview(clerk, [above, own, open_one], "update_there")
    assert len(carried_along(shown)) == 1 and "không do cấp trên giao" in words(shown)
    done(clerk, [above, own, open_one], "update_there")
    assert office.task(above).updated_there_on == date(2023, 7, 24)
    assert "đã ghi ngày cập nhật" in words(preview(clerk, [above], "update_there"))
    assert clerk.post("/bulk/1/undo").status_code == 200 and office.task(above).updated_there_on is None
