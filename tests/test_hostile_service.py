"""What a stranger's file may cost: quick refusals, one sentence, and no transaction that waits for a reading."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

import intake
from models.directive import Directive
from models.report import Evidence
from reading.errors import BrokenDocument, OversizedDocument, ProtectedDocument, ReadingError, TooManyPages, TooSlow
from reading.extract import MOST_LINES, extract
from reading.formats import html
from tests import hostile_files as files
from tests.cli import Cli
from tests.test_upload import NEW, PDF, TODAY, opened_as
from tests.web_stage import SEED, Stage, said, stage
from web.uploads import FormBroken, read_form


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.mark.parametrize(
    "page", ["<a ", "<!", "<!--", "</", "<!DOCTYPE ", "<script></scrip", "<?", '<a b="', "<b>a", "a<br>", "a <i> </i>"]
)
def test_a_page_that_is_never_closed_is_read_in_time(page: str) -> None:
    """Twice the page once took four times as long: minutes for a third of a megabyte."""
    assert html.read(f"<html><p>Giao Thanh tra.</p>{page * 20_000}".encode()).startswith("Giao Thanh tra.")


def test_what_opens_and_is_never_closed_can_be_seen() -> None:
    assert "TỐI MẬT" in html.read("<p>abc</p><!-- TỐI MẬT".encode())


def test_more_lines_than_pages_have_are_refused() -> None:
    with pytest.raises(OversizedDocument):
        extract("a.txt", b"M\n" * (MOST_LINES + 1))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_old_word_document_that_was_cut_off_is_a_broken_one(share: float) -> None:
    whole = bytearray(files.compound("1Table", "WordDocument"))
    whole = whole.replace("WordDocument".encode("utf-16-le"), b"x" * 24)
    whole[48:52] = (100).to_bytes(4, "little")  # where its directory would begin
    with pytest.raises(BrokenDocument):
        extract(
            "cv.doc", bytes(whole).replace("WordDocument".encode("utf-16-le"), b"x" * 24)[: int(len(whole) * share)]
        )


@pytest.mark.parametrize("error", [TooSlow, TooManyPages, OversizedDocument, ProtectedDocument])
def test_evidence_that_cannot_be_searched_to_its_end_is_one_sentence(
    office: Stage, monkeypatch: pytest.MonkeyPatch, error: type[ReadingError]
) -> None:
    opened_as(monkeypatch, "", error=error)
    answer = office.browser("qlvh.truong").post("/chat", {"text": "gửi", "key": "a"}, {"files": ("bc.pdf", PDF)})
    assert answer.status_code == 400 and said(answer).count("đề nghị") == 1 and office.rows(Evidence) == 0


def test_no_transaction_that_writes_waits_for_a_reading(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    writing: list[bool] = []
    write, read = office.database.write, intake.read_extracted

    def watched(*given: Any) -> Any:
        writing.append(busy[0])
        return read(*given)

    class Busy:
        def __enter__(self) -> Any:
            busy[0] = True
            self.inner = write()
            return self.inner.__enter__()

        def __exit__(self, *error: Any) -> Any:
            busy[0] = False
            return self.inner.__exit__(*error)

    busy = [False]
    monkeypatch.setattr(intake, "read_extracted", watched)
    monkeypatch.setattr(office.database, "write", Busy)
    office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": (SEED.name, SEED.read_bytes())})
    assert writing == [False] and office.rows(Directive) == 1


@pytest.mark.parametrize("name", ["../../etc/cv.txt", "a\\b\\cv.txt", "\u202ecv.txt", f"{'x' * 900}cv.txt"])
def test_a_name_is_kept_without_its_path_and_tricks(office: Stage, name: str) -> None:
    office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": (name, "1. Giao Thanh tra Sở báo cáo.".encode())})
    with office.database.read() as session:
        source = session.get_one(Directive, 1).source
    assert source.endswith("cv.txt") and len(source) <= 120 and source.isprintable() and not set(source) & set("/\\")


def test_a_client_that_hangs_up_is_no_error() -> None:
    async def left() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    head = {"type": "http", "method": "POST", "headers": [(b"content-type", b"multipart/form-data; boundary=x")]}
    with pytest.raises(FormBroken):
        asyncio.run(read_form(Request(head, left), 1000))


def test_a_name_that_is_no_unicode_is_read_and_told(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    for name, status in ((b"v\xff.txt", 0), (b"v\xff.zip", 1), (b"none\xff.txt", 2)):
        path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))
        if status < 2:
            path.write_bytes(b"1. Giao Thanh tra.")
        result = cli.run("read", path)
        assert result.exit_code == status and len(result.stderr.splitlines()) == (status > 0)
