"""The table of utterances, said on the stage through the inbox and judged by what happened in the database.

`UTTERANCES` in the environment names another file of the same columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from sqlmodel import col, func, select

from models.base import connection_of
from models.event import Event
from models.message import Inbox, Message, Prompt
from tests.contexts import CONTEXTS
from tests.stage import Stage
from tests.utterance_rows import CHANNELS, Row, faults, rows, said_on

TABLE = rows()
NO_REPLY_TO = frozenset({"zalo"})
ROWS = select(*(select(func.count(col(table.id))).scalar_subquery() for table in (Event, Message, Prompt, Inbox)))


def cases(table: list[Row]) -> Iterator[tuple[str, Row]]:
    """Every row on every channel that can carry it."""
    for channel in CHANNELS:
        for row in table:
            if not (row.ctx == "BR" and channel in NO_REPLY_TO):
                yield channel, row


def dressed(words: str) -> list[str]:
    """The same words in capitals with a blank after them, and with a full stop."""
    return [f"{words.upper()} ", f"{words}."]


def test_every_row_does_what_the_table_says_and_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    asked = list(cases(TABLE))
    for channel, row in asked:
        stage, said = said_on(row, row.utterance, channel, key="twice")
        found = faults(row, stage, said)
        before = counted(stage)
        if (
            stage.say(CONTEXTS[row.ctx][1], row.utterance, channel=channel, key="twice").inbox_id
            or counted(stage) != before
        ):
            found.append("the same message a second time changed something")
        wrong += [f"{row.id} {channel} {row.ctx} {row.utterance!r}: {fault}" for fault in found[:1]]
    with capsys.disabled():
        print(f"\nutterances: {len(asked) - len(wrong)} of {len(asked)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.thorough
def test_capitals_blanks_and_full_stops_change_nothing() -> None:
    wrong = []
    for row in TABLE:
        for words in [] if row.utterance.startswith("[") else dressed(row.utterance):
            stage, said = said_on(row, words)
            wrong += [f"{row.id} {row.ctx} {words!r}: {fault}" for fault in faults(row, stage, said)[:1]]
    assert not wrong, "\n".join(wrong)


def counted(stage: Stage) -> list[int]:
    """How many rows there are of all that a message can make."""
    with stage.database.read() as session:
        return list(connection_of(session).execute(ROWS).one())


def test_the_table_is_written_as_it_is_typed() -> None:
    assert [row.id for row in TABLE if unicodedata.normalize("NFC", row.utterance) != row.utterance] == []
    assert {row.do for row in TABLE} <= {"act", "ask", "quiet", "act + ask"}
