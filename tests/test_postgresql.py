"""What runs on SQLite here can be said to PostgreSQL too: every table, index and statement is spelled in its dialect.

It proves no behaviour of a server; it finds what only SQLite understands before a server does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event as engine_event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from models import event, handling, lease
from models.extending import ask_extension, decline, extend, forward
from models.moves import move
from models.report import add_evidence, blob_chunks
from tests.office import Office

SERVER = postgresql.dialect()


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_index_can_be_made(table: Any) -> None:
    assert table.name in str(CreateTable(table).compile(dialect=SERVER))
    for index in table.indexes:
        made = str(CreateIndex(index).compile(dialect=SERVER))
        here = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
        assert ("WHERE" in made) == ("WHERE" in here), f"{index.name} is partial in one dialect only"


@pytest.fixture
def spelled() -> Iterator[tuple[Office, list[str]]]:
    """An office of which every statement is also compiled for PostgreSQL."""
    office, said = Office("2023-07-24 09:00"), list[str]()

    def compiled(_connection: Any, statement: Any, *_rest: Any) -> None:
        # "Insert unless it is there" is chosen by dialect where it is made (models/inserting.py).
        if not isinstance(statement, sqlite.Insert) and hasattr(statement, "compile"):
            said.append(str(statement.compile(dialect=SERVER)))

    engine_event.listen(office.database.engine, "before_execute", compiled)
    yield office, said
    engine_event.remove(office.database.engine, "before_execute", compiled)


def test_every_statement_of_acts_seals_and_planning_can_be_said(spelled: tuple[Office, list[str]]) -> None:
    office, said = spelled
    task = office.assign("TTS", due="2023-08-04", leader="gd", co_unit_ids=(office.units["BT"],))
    office.do(handling.acknowledge, task, "tts.truong")
    office.do(handling.undo, task, "tts.truong")
    for act in (forward, decline):
        office.do(ask_extension, task, "tts.truong", date(2023, 8, 9))
        office.do(act, task, "vp.truong" if act is forward else "gd")
    office.do(extend, task, "gd", date(2023, 8, 10))
    office.live("2023-07-24", 3)
    office.do(handling.report, task, "tts.pho", words="xong")
    office.do(handling.give_back, task, "vp.truong", "thiếu")
    office.do(handling.report, task, "tts.pho")
    office.do(handling.accept, task, "vp.truong")
    with office.database.write() as session:
        move(session, task.id or 0, "reopen", office.who("vp.truong"), reason="nhầm")
        kept = add_evidence(session, by_id=1, name="a", media_type="text/plain", data=b"a", task_id=task.id)
        assert list(blob_chunks(session, kept.sha256)) == [b"a"]
        event.seal(session)
        assert list(event.broken(session)) == []
    assert lease.hold(office.database, "tick", "a", 30) and len(said) > 100
    assert any("FOR UPDATE" in one for one in said), "codes are taken under a lock"
