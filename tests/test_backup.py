"""A backup holds everything and harms nothing; a restore takes only what is sound, and keeps what was there."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

import backup
import storage
from models import clock, lease
from models.event import Event
from models.organisation import Person
from models.report import add_evidence
from tests.cli import Cli

EVIDENCE = b"\x89PNG" + bytes(range(256)) * 5000


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """An office with the seed assigned and one piece of evidence."""
    made = Cli.with_seed(tmp_path_factory.mktemp("prepared"))
    database = made.database()
    with database.write() as session:
        add_evidence(session, by_id=1, name="a.png", media_type="image/png", data=EVIDENCE)
    database.close()
    return made


@pytest.fixture
def cli(prepared: Cli, tmp_path: Path) -> Iterator[Cli]:
    """That office, to be changed."""
    yield prepared.copy(tmp_path)
    clock.run_free()


def codes(cli: Cli) -> list[str]:
    return [task["code"] for task in cli.json("tasks")]


def evidence(file: Path) -> bytes:
    with closing(sqlite3.connect(file)) as connection:
        return b"".join(data for (data,) in connection.execute("SELECT data FROM blob_chunk ORDER BY part"))


def forget_everything(cli: Cli) -> None:
    """A new, empty office in the place of the old one."""
    for file in (cli.folder / "var").glob("dondoc.db*"):
        file.unlink()
    assert codes(cli) == []


# Backup


def test_a_backup_is_one_file_for_its_owner_alone_with_the_evidence_in_it(cli: Cli) -> None:
    target = cli.folder / "copy.db"
    assert cli.run("backup", target).exit_code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert evidence(target) == EVIDENCE
    assert [one.name for one in cli.folder.iterdir() if one.is_file()] == ["copy.db"]


def test_a_backup_is_taken_while_others_write(cli: Cli) -> None:
    database = cli.database()
    with database.write() as session:
        session.add(Person(short_id="moi", name="Người mới"))
        session.flush()
        assert cli.run("backup", cli.folder / "copy.db").exit_code == 0
    database.close()
    with closing(sqlite3.connect(cli.folder / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM person WHERE short_id = 'moi'").fetchone() == (0,)


def test_a_backup_never_overwrites(cli: Cli) -> None:
    target = cli.file("copy.db", "something dear")
    assert "không ghi đè" in cli.refused(1, "backup", target)
    assert target.read_text() == "something dear"


def test_a_backup_that_fails_leaves_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsound(_: Path) -> str:
        raise storage.StorageError("broken", "copy.db")

    monkeypatch.setattr(backup, "examine", unsound)
    assert "hỏng" in cli.refused(1, "backup", cli.folder / "copy.db")
    assert [one.name for one in cli.folder.iterdir()] == ["var"]


def test_without_a_database_there_is_nothing_to_copy_and_none_is_made(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    assert "Chưa có cơ sở dữ liệu" in cli.refused(1, "backup", tmp_path / "copy.db")
    assert not (tmp_path / "var" / "dondoc.db").exists()
    clock.run_free()


def test_a_backup_into_no_folder_is_one_sentence(cli: Cli) -> None:
    cli.refused(1, "backup", cli.folder / "nowhere" / "copy.db")


# Restore


def test_a_restore_brings_everything_back(cli: Cli) -> None:
    before = codes(cli)
    assert cli.run("backup", cli.folder / "copy.db").exit_code == 0
    forget_everything(cli)
    assert cli.run("restore", cli.folder / "copy.db").exit_code == 0
    assert codes(cli) == before and len(before) == 15
    assert evidence(cli.folder / "var" / "dondoc.db") == EVIDENCE
    assert cli.run("verify-log").exit_code == 0


def test_what_was_there_is_kept_beside_with_its_log(cli: Cli) -> None:
    assert cli.run("backup", cli.folder / "copy.db").exit_code == 0
    with closing(sqlite3.connect(cli.folder / "var" / "dondoc.db")) as later:
        later.execute("UPDATE department SET name = 'Sau khi sao lưu'")
        later.commit()
        # The log of this open connection is not yet written back into the file.
        told = cli.run("restore", cli.folder / "copy.db").stdout
    kept = cli.folder / "var" / "dondoc.db.20230724-071000"
    assert str(kept) in told
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT name FROM department").fetchone() == ("Sau khi sao lưu",)
    with closing(sqlite3.connect(cli.folder / "var" / "dondoc.db")) as now:
        assert now.execute("SELECT name FROM department").fetchone() != ("Sau khi sao lưu",)


def test_a_restore_into_an_empty_folder_needs_nothing_there(cli: Cli) -> None:
    assert cli.run("backup", cli.folder / "copy.db").exit_code == 0
    cli.env["DONDOC_DATA_DIR"] = str(cli.folder / "new")
    assert cli.run("restore", cli.folder / "copy.db").exit_code == 0
    assert len(codes(cli)) == 15


def test_a_running_service_is_not_restored_under_its_feet(cli: Cli) -> None:
    assert cli.run("backup", cli.folder / "copy.db").exit_code == 0
    with storage.lock_folder(cli.folder / "var"):
        assert "đề nghị dừng dịch vụ" in cli.refused(1, "restore", cli.folder / "copy.db")
    database = cli.database()
    assert lease.hold(database, "jobs", "another process", 30)
    assert "đề nghị dừng dịch vụ" in cli.refused(1, "restore", cli.folder / "copy.db")
    lease.release(database, "jobs", "another process")
    database.close()
    assert cli.run("restore", cli.folder / "copy.db").exit_code == 0


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough " * 100])
def test_what_is_no_backup_is_refused_and_nothing_changes(cli: Cli, content: bytes) -> None:
    before = codes(cli)
    assert "hỏng" in cli.refused(1, "restore", cli.file("copy.db", content))
    assert codes(cli) == before


def test_a_damaged_backup_is_refused(cli: Cli) -> None:
    target = cli.folder / "copy.db"
    assert cli.run("backup", target).exit_code == 0
    data = bytearray(target.read_bytes())
    data[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    target.write_bytes(data)
    assert "hỏng" in cli.refused(1, "restore", target)


def test_a_backup_of_a_newer_program_is_refused(cli: Cli) -> None:
    target = cli.folder / "copy.db"
    assert cli.run("backup", target).exit_code == 0
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
        copy.commit()
    assert "9999" in cli.refused(1, "restore", target)


# The history


def test_a_whole_history_is_counted(cli: Cli) -> None:
    shown = cli.run("verify-log")
    assert (shown.exit_code, shown.stdout) == (0, "Nhật ký nguyên vẹn: 18 sự kiện, 0 dấu niêm phong.\n")


def test_a_changed_event_is_named(cli: Cli) -> None:
    database = cli.database()
    with database.write() as session:
        told = session.exec(select(Event).where(Event.subject == "directive:1", Event.verb == "assigned")).one()
        told.facts = {**(told.facts or {}), "tasks": ["NV1"]}
        session.add(told)
    database.close()
    assert "directive:1 #2" in cli.refused(1, "verify-log")


def test_a_missing_event_is_named(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.folder / "var" / "dondoc.db")) as connection:
        connection.execute("DELETE FROM event WHERE subject = 'directive:1' AND seq = 1")
        connection.commit()
    assert "directive:1" in cli.refused(1, "verify-log")


# check


def test_check_says_what_is_to_be_done(cli: Cli) -> None:
    shown = cli.run("check", DONDOC_NOW="")
    assert shown.exit_code == 1
    assert "cần xem  29 người chưa có kênh nhận tin: gd, pgd1" in shown.stdout
    assert {line[:8].strip() for line in shown.stdout.splitlines()} == {"ổn", "lưu ý", "cần xem"}


def test_check_is_content_when_everyone_can_be_reached(cli: Cli) -> None:
    assert cli.run("say", "gd", "ai còn nợ việc gì?", DONDOC_NOW="").exit_code == 0
    shown = cli.run("check", DONDOC_NOW="", DONDOC_SECRET="x" * 32)
    assert (shown.exit_code, "cần xem" in shown.stdout) == (0, False), shown.stdout


def test_check_tells_file_and_database_apart(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.folder / "var" / "dondoc.db")) as connection:
        connection.execute("UPDATE unit SET name = 'Phòng Thanh tra' WHERE code = 'TTS'")
        connection.commit()
    assert "units.TTS" in cli.run("check").stdout


def test_check_sees_a_secret_that_others_can_read_and_a_channel_without_its_token(cli: Cli) -> None:
    cli.run("link", "gd")
    (cli.folder / "var" / "secret").chmod(0o644)
    with closing(sqlite3.connect(cli.folder / "var" / "dondoc.db")) as connection:
        columns = "person_id, channel, bot, chat_id, state, preference, linked_at, facts"
        row = "1, 'zalo', '', 'z', 'active', 0, '2023-07-24 00:00:00', '{}'"
        connection.execute(f"INSERT INTO contact ({columns}) VALUES ({row})")
        connection.commit()
    shown = cli.run("check").stdout
    assert "quyền 644" in shown and "chưa đặt DONDOC_ZALO_TOKEN, đề nghị" in shown


def test_a_moved_clock_is_told(cli: Cli) -> None:
    assert "DONDOC_NOW đang đặt giờ" in cli.run("check").stdout
