"""The administrator links and unlinks at the command line; the history says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from models import clock, pairing
from models.event import Event
from models.organisation import Person
from models.pairing import Chat
from models.recipients import person_by_short_id
from tests.cli import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A founded office; the head of TTS has a chat of Telegram and one of Zalo."""
    made = Cli(tmp_path)
    made.run("department")
    database = made.database()
    with database.write() as session:
        person = person_by_short_id(session, "tts.truong")
        assert person is not None
        for place, channel in enumerate(("telegram", "zalo")):
            pairing.link(session, Chat(channel, "b", "7"), person.id or 0, place, clock.now())
    database.close()
    yield made
    clock.run_free()


def events(cli: Cli) -> list[tuple[str, int | None, str]]:
    database = cli.database()
    with database.read() as session:
        query = select(Event).where(col(Event.subject).startswith("person:"))
        found = session.exec(query.order_by(col(Event.id))).all()
    database.close()
    return [(one.verb, one.actor_id, one.channel) for one in found]


def test_one_channel_is_unlinked_or_all_of_them(cli: Cli) -> None:
    done = cli.run("unlink", "tts.truong", "zalo")
    assert (done.exit_code, done.stdout.strip()) == (0, "Đã hủy liên kết kênh của Hoàng Minh Tuấn: zalo.")
    assert cli.run("unlink", "tts.truong").stdout.strip().endswith(": telegram.")
    assert events(cli) == [("unlinked", None, "cli")] * 2
    database = cli.database()
    with database.read() as session:
        person = person_by_short_id(session, "tts.truong")
        assert person is not None and pairing.chats_of(session, person.id or 0) == []
        assert session.get_one(Person, person.id).sessions_from is not None
    database.close()


def test_what_is_not_linked_cannot_be_unlinked(cli: Cli) -> None:
    assert "không có kênh nào như vậy" in cli.refused(1, "unlink", "tts.truong", "email")
    assert "không có kênh nào như vậy" in cli.refused(1, "unlink", "gd")
    assert "Không có ai có mã" in cli.refused(2, "unlink", "ai.do")
    assert events(cli) == []


def test_a_code_is_all_that_link_prints_and_the_history_knows_of_it(cli: Cli) -> None:
    shown = cli.run("link", "gd")
    assert len(shown.stdout.strip()) == 8 and shown.stdout.count("\n") == 1 and shown.stderr == ""
    assert events(cli) == [("link_code", None, "cli")]
