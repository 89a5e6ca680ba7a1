"""History: written with what it tells, one chain per subject, checked by hashes and nightly seals, able to forget."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlmodel import Session, col, func, select

from models import event
from models.event import Event, Seal, broken
from models.handling import acknowledge, progress, report
from models.task import State, Task
from tests.office import Office


@pytest.fixture
def office() -> Office:
    """Two tasks with a history: NV1 of four events, NV2 of one."""
    office = Office("2023-07-24 09:00")
    task = office.assign("TTS")
    office.assign("BT")
    office.do(acknowledge, task, "tts.truong")
    office.do(progress, task, "tts.truong", words="đang làm")
    office.do(report, task, "tts.truong", words="đã xong", product_number="12/KH-TTr")
    return office


def faults(office: Office) -> list[str]:
    with office.database.read() as session:
        return list(broken(session))


def tamper(office: Office, seq: int, **columns: Any) -> None:
    with office.database.write() as session:
        session.execute(update(Event).where(col(Event.subject) == "task:1", col(Event.seq) == seq).values(**columns))


def test_every_subject_has_a_chain_of_its_own_from_one(office: Office) -> None:
    with office.database.read() as session:
        rows = session.exec(select(Event).order_by(col(Event.id))).all()
    assert [(row.subject, row.seq, row.verb) for row in rows] == [
        ("office", 1, "founded"), ("task:1", 1, "assigned"), ("task:2", 1, "assigned"), ("task:1", 2, "acknowledge"),
        ("task:1", 3, "progress"), ("task:1", 4, "report"),
    ]  # fmt: skip
    assert rows[3].prev == rows[1].hash and rows[1].prev == rows[2].prev == event.FIRST
    assert faults(office) == []


def test_an_event_tells_who_did_what_through_which_channel_and_what_stood_before(office: Office) -> None:
    with office.database.read() as session:
        made = session.exec(select(Event).where(Event.verb == "report")).one()
    assert (made.actor_id, made.channel, made.task_id) == (office.people["tts.truong"], "test", 1)
    assert made.facts is not None
    assert (made.facts["words"], made.facts["product"], made.facts["from"]) == ("đã xong", "12/KH-TTr", "acknowledged")
    assert made.facts["before"]["state"] == "acknowledged" and made.facts["before"]["reported_at"] is None


@pytest.mark.parametrize(
    "columns",
    [{"actor_id": None}, {"verb": "refuse"}, {"facts": {"words": "khác"}}, {"facts": None}, {"salt": None},
     {"salt": "00" * 16}, {"facts_digest": "0" * 64}, {"prev": "0" * 64}, {"hash": "0" * 64}, {"task_id": 2}],
)  # fmt: skip
def test_a_changed_column_is_found_in_the_first_event_that_bears_it(office: Office, columns: dict[str, Any]) -> None:
    tamper(office, 2, **columns)
    found = faults(office)
    assert len(found) == 1 and found[0].startswith("task:1 #2: ")


def test_a_changed_moment_is_found(office: Office) -> None:
    tamper(office, 2, at=office.now() + timedelta(seconds=1))
    assert faults(office) == ["task:1 #2: hash"]


def test_the_first_of_several_faults_of_a_subject_is_named(office: Office) -> None:
    tamper(office, 4, verb="refuse")
    tamper(office, 2, verb="refuse")
    assert faults(office) == ["task:1 #2: hash"]


@pytest.mark.parametrize(("seq", "fault"), [(1, "task:1 #2: missing event"), (3, "task:1 #4: missing event")])
def test_an_event_taken_out_is_missed(office: Office, seq: int, fault: str) -> None:
    with office.database.write() as session:
        session.execute(delete(Event).where(col(Event.subject) == "task:1", col(Event.seq) == seq))
    assert faults(office) == [fault]


def test_a_chain_cut_off_at_its_end_is_missed_by_the_seal(office: Office) -> None:
    with office.database.write() as session:
        event.seal(session)
    with office.database.write() as session:
        session.execute(delete(Event).where(col(Event.subject) == "task:1", col(Event.seq) == 4))
    assert faults(office) == ["seal #1: heads"]


def test_a_chain_rewritten_with_fitting_hashes_is_missed_by_the_seal(office: Office) -> None:
    with office.database.write() as session:
        event.seal(session)
        last = session.exec(select(Event).where(Event.subject == "task:1", Event.seq == 4)).one()
        forged = event.chain_hash(last.prev, last.subject, 4, last.at, last.actor_id, "refuse", last.facts_digest)
    tamper(office, 4, verb="refuse", hash=forged)
    assert faults(office) == ["seal #1: heads"]


def test_facts_and_salt_can_be_erased_and_the_chain_stays_whole(office: Office) -> None:
    with office.database.write() as session:
        event.seal(session)
    tamper(office, 3, facts=None, salt=None)
    assert faults(office) == []
    task = office.task(1)
    with office.database.write() as session:
        from models.moves import move

        move(session, task.id or 0, "suspend", office.who("vp.truong"), reason="chờ")
    assert faults(office) == []


def test_seals_are_chained_and_go_on_with_what_came_after(office: Office) -> None:
    for _ in range(2):
        with office.database.write() as session:
            event.seal(session)
        office.assign("TV")
    with office.database.read() as session:
        first, second = session.exec(select(Seal).order_by(col(Seal.id))).all()
    assert second.prev == first.hash and first.prev == event.FIRST and second.last_event_id > first.last_event_id
    assert faults(office) == []


@pytest.mark.parametrize("columns", [{"heads": "0" * 64}, {"last_event_id": 1}, {"prev": "1" * 64}, {"hash": "1" * 64}])
def test_a_changed_seal_is_found(office: Office, columns: dict[str, Any]) -> None:
    for _ in range(2):
        with office.database.write() as session:
            event.seal(session)
    with office.database.write() as session:
        session.execute(update(Seal).where(col(Seal.id) == 1).values(**columns))
    assert "seal #1: hash" in faults(office)


def test_a_move_and_its_event_are_kept_together_or_not_at_all(office: Office) -> None:
    before = counted(office)
    with pytest.raises(RuntimeError), office.database.write() as session:
        acknowledge(session, 2, office.who("bt.truong"))
        raise RuntimeError
    assert counted(office) == before and office.task(2).state is State.ASSIGNED


def test_a_move_whose_event_cannot_be_written_is_not_made(office: Office) -> None:
    with office.database.write() as session:
        session.execute(text("CREATE TRIGGER no_more BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END"))
    with pytest.raises(Exception, match="full"), office.database.write() as session:
        acknowledge(session, 2, office.who("bt.truong"))
    assert office.task(2).state is State.ASSIGNED


def test_a_subject_never_has_two_events_of_one_number(office: Office) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), office.database.write() as session:
        session.execute(update(Event).where(col(Event.subject) == "task:1", col(Event.seq) == 3).values(seq=2))


def counted(office: Office) -> tuple[int, ...]:
    with office.database.read() as session:
        return tuple(_count(session, table) for table in (Event, Task))


def _count(session: Session, table: type[Any]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
