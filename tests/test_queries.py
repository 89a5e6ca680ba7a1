"""Questions: rows as the command line shows them, who owes what, the Office's desk; and none reads everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models import clock, extending, handling, queries
from models.message import Message, MessageState, insert_row
from models.moves import move
from models.organisation import Unit
from models.owing import Block
from models.task import DueSetBy, Waiting
from tests.book import by_the_book
from tests.office import Office


@pytest.fixture
def office() -> Iterator[Office]:
    """Monday 20 November 2023, 08:00; no day off until the end of the year."""
    yield Office("2023-11-20 08:00")
    clock.run_free()


def test_a_row_has_the_keys_of_the_contract_in_their_order(office: Office) -> None:
    office.assign("QLVH", due="2023-11-30", hour="16:00", co_unit_ids=(office.units["VP"],), authority=True)
    with office.database.read() as session:
        row = queries.task_rows(session)[0]
    assert list(row) == [
        "code",
        "title",
        "unit",
        "co_units",
        "state",
        "class",
        "category",
        "due",
        "due_time",
        "internal_due",
        "due_set_by",
        "original_due",
        "review_on",
        "late_events",
        "returns",
        "extensions",
        "directive",
        "item",
        "parent",
        "children",
    ]
    assert (row["due"], row["due_time"], row["due_set_by"], row["co_units"]) == (
        "2023-11-30",
        "16:00",
        "authority",
        ["VP"],
    )


def test_only_overdue_rows_and_only_those_of_a_unit(office: Office) -> None:
    made = by_the_book(office)
    with office.database.read() as session:
        overdue = [row["code"] for row in queries.task_rows(session, overdue=True)]
        of_unit = [row["code"] for row in queries.task_rows(session, unit="NHC")]
    assert overdue == [made["overdue"].code, made["reported late, waiting"].code]
    assert of_unit == [made["suspended"].code, made["withdrawn"].code]


def test_who_owes_what_leaves_out_what_waits_for_others(office: Office) -> None:
    made = by_the_book(office)
    waiting = office.at("2023-11-27 09:00").assign("QLVH", due="2023-11-28")
    today = office.assign("QLVH", due="2023-11-29")
    with office.database.write() as session:
        handling.acknowledge(session, today.id or 0, office.who("qlvh.truong"))
        handling.progress(
            session,
            waiting.id or 0,
            office.who("qlvh.truong"),
            words="đã trình chị Hà",
            waiting=Waiting.SUBMITTED,
            waiting_for="Lê Thị Hà",
        )
    with office.at("2023-11-29 08:00").database.read() as session:
        owed = queries.owed(session, clock.now())
    assert codes(owed.overdue) == [made["overdue"].code]
    assert owed.overdue.tasks[0].days == 3
    assert codes(owed.due_today) == [today.code]
    assert set(codes(owed.unconfirmed)) == {made["under way"].code, made["no date"].code}
    assert codes(owed.for_office) == [made["reported in time, waiting"].code, made["reported late, waiting"].code]
    assert [(task.code, task.waiting_for, task.days) for task in owed.for_signature.tasks] == [
        (waiting.code, "Lê Thị Hà", 2)
    ]


def codes(block: Block) -> list[str]:
    assert block.total == len(block.tasks)
    return [task.code for task in block.tasks]


def test_a_block_counts_all_and_shows_the_first(office: Office) -> None:
    for _ in range(3):
        office.assign("QLDL", due="2023-11-24")
    with office.at("2023-11-27 08:00").database.read() as session:
        block = queries.owed(session, clock.now(), limit=2).overdue
    assert (block.total, [task.code for task in block.tasks]) == (3, ["NV1", "NV2"])


def test_the_last_word_is_the_unit_s_own(office: Office) -> None:
    task = office.assign("QLDL", due="2023-11-24")
    with office.database.write() as session:
        handling.progress(session, task.id or 0, office.who("qldl.truong"), words="chờ số liệu")
        handling.progress(session, task.id or 0, office.who("qldl.pho"), words="đã có số liệu của 02 xã")
    with office.database.read() as session:
        word = queries.last_word(session, task.id or 0)
    assert word is not None and (word.words, word.by_id) == ("đã có số liệu của 02 xã", office.people["qldl.pho"])


def test_the_office_s_desk(office: Office) -> None:
    ours, theirs = office.assign("QLDL", due="2023-11-24"), office.assign("QLDL", due="2023-11-24", leader="gd")
    given_back = office.assign("QLVH")
    with office.database.write() as session:
        for task in (ours, theirs):
            extending.ask_extension(session, task.id or 0, office.who("qldl.truong"), date(2023, 12, 1))
        extending.forward(session, theirs.id or 0, office.who("vp.truong"), "không ảnh hưởng")
        move(session, given_back.id or 0, "refuse", office.who("qlvh.truong"), reason="không đúng chức năng")
    with office.database.read() as session:
        desk = queries.waiting_for_office(session, clock.now())
    assert [task.code for task, _ in desk.extensions] == [ours.code]
    assert codes(desk.refusals) == [given_back.code]


def test_the_ledger_of_a_day_adds_up(office: Office) -> None:
    states = [
        MessageState.SENT,
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.QUEUED,
        MessageState.UNKNOWN,
        MessageState.DROPPED,
    ]
    with office.database.write() as session:
        for number, state in enumerate(states):
            insert_row(
                session,
                Message,
                key=f"m{number}",
                person_id=1,
                state=state,
                not_before=clock.now(),
                created_at=clock.now(),
            )
    with office.at("2023-11-21 08:00").database.read() as session:
        found = queries.ledger(session, date(2023, 11, 20))
        nothing = queries.ledger(session, date(2023, 11, 21))
    assert (found.planned, found.sent, found.refused, found.waiting) == (5, 2, 1, 2)
    assert nothing.planned == 0


@pytest.mark.parametrize(
    "question", ["owed", "owed of a unit", "silent", "reviews", "desk", "figures", "ledger", "overdue rows"]
)
def test_no_daily_question_reads_every_task_or_message(office: Office, question: str) -> None:
    office.assign("QLDL", due="2023-11-24")
    seen: list[tuple[str, tuple[object, ...]]] = []

    def note(_connection: object, _cursor: object, sql: str, values: tuple[object, ...], *_more: object) -> None:
        seen.append((sql, values))

    with office.database.read() as session:
        event.listen(office.database.engine, "before_cursor_execute", note)
        {
            "owed": lambda: queries.owed(session, clock.now()),
            "owed of a unit": lambda: queries.owed(session, clock.now(), office.units["QLDL"]),
            "silent": lambda: queries.silent(session, clock.now()),
            "reviews": lambda: queries.reviews_due(session, clock.today()),
            "desk": lambda: queries.waiting_for_office(session, clock.now()),
            "figures": lambda: queries.figures(session, clock.now()),
            "ledger": lambda: queries.ledger(session, clock.today()),
            "overdue rows": lambda: queries.task_rows(session, overdue=True),
        }[question]()
        event.remove(office.database.engine, "before_cursor_execute", note)
        plans = [
            step[3]
            for sql, values in seen
            for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    allowed = (
        "USING COVERING INDEX ix_task_unit_state",
        "USING COVERING INDEX ix_task_late",
        "USING INDEX ix_task_waiting",
        "USING INDEX ix_extension_open",
    )
    whole = [step for step in plans if step.startswith(("SCAN task", "SCAN message", "SCAN event", "SCAN extension"))]
    assert [step for step in whole if not step.endswith(allowed)] == []


def test_a_leader_s_unit_is_known_to_the_rows(office: Office) -> None:
    office.assign("QLDL", due="2023-11-24")
    with office.at("2023-11-27 08:00").database.read() as session:
        owing = queries.owed(session, clock.now()).overdue.tasks[0]
        leader = session.exec(select(Unit.leader_id).where(Unit.code == "QLDL")).one()
    assert (owing.unit, owing.leader_id, owing.due_set_by) == ("QLDL", leader, DueSetBy.OFFICE)
