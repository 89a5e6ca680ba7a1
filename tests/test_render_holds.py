"""What was true when it was planned and is over when it would go: such a notice is dropped, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models import clock, extending, handling
from models.message import Kind
from models.moves import move
from tests.rendering_stage import HA, LAN, LONG, THANH, Desk, late_task


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield Desk()
    clock.run_free()


@pytest.mark.parametrize("kind", [Kind.OVERDUE, Kind.PRE_NOTICE, Kind.ESCALATED, Kind.DUE_SOON])
def test_a_reminder_of_a_date_that_moved_is_dropped(desk: Desk, kind: Kind) -> None:
    task = late_task(desk)
    notice = desk.notice(LONG, kind, task, rung="L+up")
    with desk.database.write() as session:
        extending.extend(session, task.id or 0, desk.who(THANH), date(2026, 12, 31))
    assert desk.at("2026-12-08 07:30").holds(notice) == "moved"


def test_a_reminder_of_what_was_answered_is_dropped(desk: Desk) -> None:
    task = late_task(desk)
    asked = desk.notice(LONG, Kind.UNCONFIRMED, task, for_role="head", rung="U+1")
    late = desk.at("2026-12-07 07:30").notice(LONG, Kind.OVERDUE, task, for_role="head", rung="L+1")
    assert (desk.holds(asked), desk.holds(late)) == (None, None)
    with desk.database.write() as session:
        handling.report(session, task.id or 0, desk.who(LONG))
    assert (desk.holds(asked), desk.holds(late)) == ("answered", "answered")


def test_a_promise_an_open_request_and_a_hold_rest_what_they_should(desk: Desk) -> None:
    first, second, third = (
        desk.at("2026-11-05 09:00").task_named(60 + n, "QLDL", "Việc", due="2026-12-04") for n in range(3)
    )
    desk.at("2026-12-07 09:00")
    with desk.database.write() as session:
        handling.progress(session, first.id or 0, desk.who(LONG), words="thứ 4 xong", promised_on=date(2026, 12, 9))
        extending.ask_extension(session, second.id or 0, desk.who(LONG), date(2026, 12, 11))
        move(session, third.id or 0, "hold", desk.who(LAN), values={"hold_until": date(2026, 12, 9)})
    desk.at("2026-12-08 13:30")
    rows = [desk.notice(HA, Kind.ESCALATED, desk.task(task.id), rung="L+up") for task in (first, second, third)]
    assert [desk.holds(notice) for notice in rows] == ["promised", "extension_open", "held"]
