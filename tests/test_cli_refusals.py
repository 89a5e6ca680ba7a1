"""What goes wrong on the command line: one sentence that says what to do, an exit status, and nothing half-done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

import config
from models import clock
from models.message import Inbox, InboxState
from tests.cli import Cli
from tests.letters import SEED


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A department without a task; office time is Monday 24 July 2023, 07:10."""
    yield Cli.founded(tmp_path)
    clock.run_free()


@pytest.fixture
def assigned(tmp_path: Path) -> Iterator[Cli]:
    """The seed, imported and assigned."""
    yield Cli.with_seed(tmp_path)
    clock.run_free()


UNUSABLE: dict[str, bytes | str] = {
    "empty": b"",
    "blank": b" \n\t",
    "binary": b"\x7fELF\x00\x01\x02" * 50,
    "pdf": b"%PDF-1.7",
    "windows-1258": "Kính gửi: Phòng Tổ chức cán bộ".encode("cp1258", "ignore"),
    "secret": "TỐI MẬT\nSố: 1/BC\n1. Thanh tra Sở báo cáo.",
}


def bad(name: str, cli: Cli) -> Path:
    return cli.file(f"{name}.txt", UNUSABLE[name])


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("command", ["read", "import"])
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(cli: Cli, command: str, name: str) -> None:
    told = cli.refused(1, command, bad(name, cli))
    assert "đề nghị" in told
    if command == "import":
        assert cli.json("tasks") == []


def test_a_secret_document_is_not_even_shown_as_text(cli: Cli) -> None:
    cli.refused(1, "read", bad("secret", cli), "--text")
    cli.refused(1, "read", bad("secret", cli), "--json")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["read", "nowhere.txt"], "Không có tệp nowhere.txt"),
        (["read", "."], "Không có tệp ."),
        (["read"], "còn thiếu FILE…"),
        (["read", "--jsn", str(SEED)], "không có tùy chọn --jsn"),
        (["read", str(SEED), "--json", "--text"], "không dùng cùng nhau"),
        (["import", str(SEED), "--received", "24/7/2023"], "không phải là ngày"),
        (["import", str(SEED), "--received", "2023-07-25"], "còn ở tương lai"),
        (["assign", "một"], "chưa đúng"),
        (["assign", "7"], "Không có dự thảo số 7"),
        (["tasks", "--unit", "XYZ"], "Không có đơn vị “XYZ”"),
        (["say", "ai.do", "nhận"], "Không có ai có mã “ai.do”"),
        (["say", "tts.truong", "nhận", "--file", "nowhere.png"], "Không có tệp nowhere.png"),
        (["link", "ai.do"], "Không có ai có mã"),
        (["login", "ai.do"], "Không có ai có mã"),
        (["restore", "nowhere.db"], "Không có tệp nowhere.db"),
        (["rehearse", str(SEED), "--days", "0"], "chưa đúng"),
        (["run", "--only", "all"], "chưa đúng"),
        (["nhac"], "Lệnh gõ chưa đúng"),
    ],
)
def test_what_is_asked_wrongly_ends_with_two_and_one_sentence(cli: Cli, words: list[str], part: str) -> None:
    assert part in cli.refused(2, *words)


def test_a_typing_mistake_in_the_settings_is_named(cli: Cli) -> None:
    text = (config.HOME / "config.toml").read_text(encoding="utf-8").replace("take_back_minutes", "take_bak_minutes")
    told = cli.refused(1, "tasks", DONDOC_CONFIG=str(cli.file("config.toml", text)))
    assert "take_bak_minutes" in told and "take_back_minutes" in told


def test_an_office_may_read_english(assigned: Cli) -> None:
    text = (config.HOME / "config.toml").read_text(encoding="utf-8").replace('language = "vi"', 'language = "en"')
    file = str(assigned.file("config.toml", text))
    told = assigned.run("import", SEED, DONDOC_CONFIG=file).stderr
    assert told.startswith("This document is here already: 788/SVHTTDL-VP of 23/07/2023")


def test_words_that_cannot_be_handled_are_kept_and_told_in_one_sentence(
    assigned: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.inbox.respond", broken)
    assert "đã được giữ" in assigned.refused(1, "say", "tts.truong", "nhận NV2")
    monkeypatch.undo()
    database = assigned.database()
    with database.read() as session:
        assert session.exec(select(Inbox.state)).one() is InboxState.RECEIVED
    database.close()


def test_run_refuses_a_moved_clock_outside_a_drill(cli: Cli) -> None:
    assert "--drill" in cli.refused(1, "run")


def test_a_fault_of_ours_is_one_sentence_with_its_place(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("thầm kín")

    monkeypatch.setattr("reading.reader.read_documents", broken)
    told = cli.refused(1, "read", SEED)
    assert "ZeroDivisionError" in told and "thầm" not in told


def test_an_interrupted_command_says_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reading.reader.read_documents", interrupted)
    done = cli.run("read", SEED)
    assert (done.exit_code, done.output) == (130, "")


def test_rehearse_says_which_answer_it_cannot_use(cli: Cli) -> None:
    file = cli.file("answers.json", json.dumps([{"at": "2023-07-25T09:00:00", "who": "tts.truong", "say": "nhan"}]))
    assert "at (có múi giờ)" in cli.refused(2, "rehearse", SEED, "--answers", file)
    assert "không phải là JSON" in cli.refused(2, "rehearse", SEED, "--answers", cli.file("x.json", "nhận"))


def test_a_text_with_nothing_to_assign_says_what_to_do(cli: Cli) -> None:
    nothing = cli.file("chao.txt", "Kính chúc các đồng chí sức khỏe.")
    assert "dondoc read" in cli.refused(1, "rehearse", nothing)
    assert "Đề nghị kiểm tra lại tệp" in cli.run("import", nothing).stdout


def test_an_item_of_an_unknown_unit_is_named_when_the_rest_is_assigned(cli: Cli) -> None:
    data = "1. Thanh tra Sở báo cáo trước ngày 15/8/2023.\n2. Phòng Kế hoạch Tài chính lập dự toán.\n"
    cli.json("import", cli.file("cv.txt", data))
    done = cli.run("assign", "1", "--waive", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"tasks": ["NV1"]}) and "mục 2" in done.stderr


def test_a_second_thanks_has_no_reply_and_that_is_no_failure(assigned: Cli) -> None:
    said = [assigned.json("say", "tts.truong", "cảm ơn")["replies"] for _ in range(2)]
    assert [len(replies) for replies in said] == [1, 0]
