"""Files on the command line: pages are counted at a terminal, refusals are one sentence, nothing is stored."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import config
from commands import progress
from models import clock
from reading.extracted import Extracted
from tests import hostile_files as files
from tests.cli import Cli
from tests.letters import SEED


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A new folder; office time is Monday 24 July 2023, 07:10."""
    yield Cli(tmp_path)
    clock.run_free()


@pytest.fixture
def founded(tmp_path: Path) -> Iterator[Cli]:
    """The same folder with a department's database in it."""
    yield Cli.founded(tmp_path)
    clock.run_free()


class Terminal(io.StringIO):
    """Standard error as a person sees it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_counts_pages_on_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.shown() as page:
        assert page is not None
        page(1, 2)
        page(2, 2)
    lines = terminal.getvalue().replace("\x1b[K", "").split("\r")
    assert lines == ["", "Đang nhận dạng trang 1/2", "Đang nhận dạng trang 2/2", ""]


@pytest.mark.parametrize("words", [["read", "--text"], ["read", "--json"], ["import", "--json"]])
def test_elsewhere_no_page_is_counted(founded: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    def run(_: str, __: bytes, heard: Any, ___: Any) -> Extracted:
        assert heard is None
        return Extracted(SEED.read_text(encoding="utf-8"), ((3, 7),), True)

    monkeypatch.setattr("reading.opening.sandbox.run", run)
    done = founded.run(words[0], founded.file("cv.pdf", b"%PDF-1.7"), *words[1:])
    assert (done.exit_code, done.stderr) == (0, "") and done.stdout


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("cv.docx", files.docx(more={"word/media/a.bin": bytes(40 << 20)}), "quá lớn"),
        ("cv.docx", files.docx(more={"word/vbaProject.bin": b""}), "macro"),
        ("cv.doc", files.compound("EncryptedPackage"), "mật khẩu"),
        ("cv.pdf", b"\x00\x01 no PDF", "bị hỏng"),
        ("cv.pdf", files.docx("abc"), "đuôi"),
        ("cv.xlsx", b"PK\x03\x04", "Chưa đọc được loại tệp này"),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(cli: Cli, name: str, data: bytes, part: str) -> None:
    told = cli.refused(1, "read", cli.file(name, data))
    assert part in told and "đề nghị" in told


def test_a_hostile_file_is_not_imported(founded: Cli) -> None:
    assert "macro" in founded.refused(1, "import", founded.file("cv.doc", files.compound("WordDocument", "Macros")))
    assert founded.json("tasks") == []


def test_reading_a_text_brings_no_library_of_another_format(cli: Cli) -> None:
    code = "import sys, dondoc\ntry: dondoc.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "read", SEED], capture_output=True, cwd=config.HOME, check=True,
                          text=True, env=cli.env)  # fmt: skip
    loaded = set(done.stderr.split())
    assert "788/SVHTTDL-VP" in done.stdout and "reading.formats.plain" in loaded
    readers = {name for name in loaded if name.startswith("reading.formats.")}
    assert readers == {"reading.formats.plain", "reading.formats.legacy"}  # a text may be in an old Vietnamese code
    assert {"PIL", "pypdfium2", "viparse", "sqlalchemy", "reading.opening.sandbox"} & loaded == set()


def test_several_files_are_one_dispatch_and_a_mark_on_one_refuses_all(cli: Cli) -> None:
    annex = cli.file("pl.txt", "PHỤ LỤC\n1. Thanh tra Sở báo cáo trước ngày 15/8/2023.\n")
    said = cli.json("read", SEED, annex)
    assert {item["file"] for item in said["items"]} == {0, 1} and said["source"] == SEED.name
    cli.refused(1, "read", SEED, cli.file("mat.txt", "TUYỆT MẬT\nPhụ lục"), "--text")
