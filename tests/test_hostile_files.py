"""Files of strangers: whatever they do to their reader, it is one named refusal, and nothing of them is left."""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from catalogue import text
from reading import errors
from reading.errors import (
    BrokenDocument,
    MacroDocument,
    OversizedDocument,
    ProtectedDocument,
    ReadingError,
    TooManyPages,
    TooSlow,
    UnsupportedFormat,
    WrongExtension,
)
from reading.extract import LARGEST_FILE, LARGEST_TEXT, extract
from reading.extracted import Extracted, Limits
from reading.opening import sandbox
from reading.opening.guards import refuse_archive, refuse_compound
from tests import hostile_files as files

SMALL = Limits(seconds=20, silence=10, memory_bytes=1 << 30, file_bytes=1 << 20)
SHORT = Limits(seconds=0.6, silence=0.4)


@pytest.fixture(autouse=True)
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where private folders are made, empty again after every test."""
    folder = tmp_path / "private"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def outcome(reader: str, data: bytes = b"", limits: Limits = SMALL, progress: Any = None) -> Extracted:
    return sandbox.run(f"tests.hostile_readers:{reader}", data, progress, limits)


@pytest.mark.parametrize(
    ("reader", "data", "limits", "error"),
    [
        ("raises", "thầm kín".encode(), SMALL, BrokenDocument),
        ("never_ends", b"", SHORT, TooSlow),
        ("counts_for_ever", b"", SHORT, TooSlow),
        ("eats", b"", SMALL, OversizedDocument),
        ("writes", b"", SMALL, BrokenDocument),
        ("lies", b"", SMALL, BrokenDocument),
        ("falls", b"SIGSEGV", SMALL, BrokenDocument),
        ("falls", b"SIGABRT", SMALL, BrokenDocument),
        ("falls", b"SIGXCPU", SMALL, TooSlow),
        ("falls", b"SIGKILL", SMALL, OversizedDocument),  # what the machine does when its memory is gone
        ("unknown", b"", SMALL, BrokenDocument),
    ],
)
def test_whatever_its_reader_does_a_file_is_refused_by_name(
    reader: str, data: bytes, limits: Limits, error: type[ReadingError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(error) as refused:
        outcome(reader, data, limits)
    assert refused.value.args == (error.reason,) and "thầm" not in caplog.text


def test_an_answer_without_end_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LARGEST_ANSWER", 4 << 20)  # 64 MB would take a second
    with pytest.raises(OversizedDocument) as refused:
        outcome("shouts")
    assert refused.value.args == ("too_big",)


def test_what_a_library_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcome("prints", b"abc").text == "abc"
    assert capfd.readouterr() == ("", "")


def test_the_reader_sees_no_secret_and_leaves_no_file(monkeypatch: pytest.MonkeyPatch, private: Path) -> None:
    monkeypatch.setenv("DONDOC_SECRET", "thầm kín")
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:abc")
    seen = json.loads(outcome("tells").text)
    assert set(seen["environment"]) <= {"PATH", "HOME", "TMPDIR", "LANG", "OMP_THREAD_LIMIT", "OMP_NUM_THREADS",
                                        "OPENBLAS_NUM_THREADS", "TESSDATA_PREFIX"}  # fmt: skip
    assert Path(seen["folder"]).parent == private and not Path(seen["folder"]).exists()


@pytest.mark.parametrize("reader", ["leaves_one_behind", "leaves_one_and_hangs"])
def test_a_program_that_it_started_ends_with_it(reader: str) -> None:
    started: list[int] = []

    def heard(pid: int, _: int) -> None:
        started.append(os.pidfd_open(pid))

    with suppress(TooSlow):
        outcome(reader, limits=SHORT, progress=heard)
    assert select.select(started, [], [], 5)[0] == started, "it has ended"
    os.close(started[0])


SERVICE = """
import sys
from reading.opening import sandbox
from reading.extracted import Limits
sandbox.run("tests.hostile_readers:leaves_one_and_hangs", b"", lambda pid, _: print(pid, flush=True), Limits())
"""


def test_when_the_service_is_killed_nothing_outlives_it(private: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen([sys.executable, "-c", SERVICE], cwd=root, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "TMPDIR": str(private)}) as service:  # fmt: skip
        assert service.stdout is not None
        left = os.pidfd_open(int(service.stdout.readline()))
        assert len(list(private.iterdir())) == 1
        service.kill()
    assert select.select([left], [], [], 5)[0], "it has ended"
    os.close(left)


def test_pages_are_reported_as_they_come_and_an_end_may_be_made() -> None:
    heard: list[tuple[int, int]] = []
    found = outcome("pages", "Số 788".encode(), progress=lambda page, of: heard.append((page, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert found == Extracted("Số 788", ((0, 4),), True)

    def stop(page: int, _: int) -> None:
        raise KeyError(page)

    with pytest.raises(KeyError):
        outcome("counts_for_ever", progress=stop)


def test_readers_work_from_any_thread_and_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found: list[str] = []
    threads = [threading.Thread(target=lambda n=n: found.append(outcome("prints", b"%d" % n).text)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (files.bomb, OversizedDocument),
        (files.many_parts, OversizedDocument),
        (files.docx("&a11;", before=files.LAUGHS), BrokenDocument),
        (files.docx(more={"word/styles.xml": files.LAUGHS.encode("utf-16")}), BrokenDocument),
        (files.docx(more={"word/vbaProject.bin": b"x"}), MacroDocument),
        (files.encrypted_parts(files.docx("abc")), ProtectedDocument),
        (files.docx("abc")[:-30], BrokenDocument),
        (files.docx("abc").replace(b"word/", b"xl/xx"), UnsupportedFormat),
        (b"PK\x03\x04 and no more", BrokenDocument),
    ],
    ids=["bomb", "parts", "laughs", "laughs-utf16", "macros", "password", "cut", "sheet", "stump"],
)
def test_an_archive_is_looked_at_before_it_is_unpacked(
    given: bytes | Callable[[], bytes], error: type[ReadingError]
) -> None:
    data = given if isinstance(given, bytes) else given()
    with pytest.raises(error):
        refuse_archive(data)
    with pytest.raises(error):
        extract("cv.docx", data)


def test_an_honest_word_document_passes() -> None:
    assert extract("cv.docx", files.docx("Giao Thanh tra Sở báo cáo.")).text.strip() == "Giao Thanh tra Sở báo cáo."
    refuse_compound(files.compound("WordDocument", "1Table"))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (files.compound("EncryptionInfo", "EncryptedPackage"), ProtectedDocument),
        (files.compound("WordDocument", encrypted=True), ProtectedDocument),
        (files.compound("WordDocument", "_VBA_PROJECT_CUR"), MacroDocument),
        (files.compound("WordDocument", "Macros"), MacroDocument),
        (files.compound("Workbook"), UnsupportedFormat),
        (files.compound("WordDocument")[:2560], BrokenDocument),
    ],
    ids=["package", "word-password", "macros", "macros-old", "sheet", "cut"],
)
def test_a_compound_file_is_looked_at_before_it_is_opened(data: bytes, error: type[ReadingError]) -> None:
    with pytest.raises(error):
        extract("cv.doc", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", files.pdf()),
        ("a.pdf", files.docx("abc")),
        ("a.pdf", "Công văn".encode()),
        ("a.docx", b"\xff\xd8\xff\xe0 a photo"),
        ("a.jpg", files.pdf()),
        ("a.txt", b"<!DOCTYPE html><html></html>"),
        ("a.doc", "Công văn".encode()),
        ("a.md", b"{\\rtf1 abc}"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(WrongExtension):
        extract(name, data)


def test_a_file_that_is_larger_than_documents_are_is_not_even_opened() -> None:
    with pytest.raises(OversizedDocument):
        extract("a.txt", b"Giao. " * LARGEST_TEXT)
    with pytest.raises(OversizedDocument):
        extract("a.pdf", b"%PDF-1.7" + bytes(LARGEST_FILE))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (files.pdf(trailer=files.LOCKED), ProtectedDocument),
        (files.pdf(pages=500), TooManyPages),
        (files.pdf(box="0 0 900000 900000"), OversizedDocument),
        (files.pdf()[:200], BrokenDocument),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, BrokenDocument),
    ],
    ids=["password", "500-pages", "huge-page", "cut", "noise"],
)
def test_a_pdf_that_cannot_be_read_is_refused_by_name(data: bytes, error: type[ReadingError]) -> None:
    with pytest.raises(error):
        extract("a.pdf", data)


def refusals() -> list[type[ReadingError]]:
    return [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ReadingError)]


@pytest.mark.parametrize("error", refusals())
@pytest.mark.parametrize("key", ["cli.reading.", "web.stop.document_"])
def test_every_refusal_has_one_sentence_that_says_what_to_do(error: type[ReadingError], key: str) -> None:
    one = error()
    said = text(f"{key}{one.reason}", "vi", **one.values)
    assert said.endswith(".") and "đề nghị" in said and "!" not in said
    assert text(f"{key}{one.reason}", "en", **one.values).endswith(".")


def test_how_many_pages_are_too_many_is_said() -> None:
    assert "quá 60 trang" in text("cli.reading.too_many_pages", "vi", **TooManyPages(60).values)
