"""A document uploaded: files of every kind, pages that are told while they are recognised, and nothing left behind."""

from __future__ import annotations

import html
import logging
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from models.directive import Directive
from models.event import Event
from models.report import Evidence
from reading.errors import BrokenDocument, NoRecogniser
from reading.extracted import Extracted
from tests import hostile_files as files
from tests.web_stage import SEED, Stage, said, stage

NEW = "/directives/new"
PDF, PHOTO = b"%PDF-1.7 a scan", b"\xff\xd8\xff\xe0 a photo"
TODAY = {"not_secret": "1", "received_on": "2023-07-24"}


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def directive(office: Stage) -> Directive:
    with office.database.read() as session:
        return session.exec(select(Directive)).one()


def opened_as(monkeypatch: pytest.MonkeyPatch, text: str, pages: int = 0, error: type[Exception] | None = None,
              doubtful: tuple[tuple[int, int], ...] = ()) -> None:  # fmt: skip
    """Every file that is no plain text is opened as `text`, after so many pages were reported."""

    def run(_: str, __: bytes, progress: Any, ___: Any) -> Extracted:
        for page in range(1, pages + 1):
            progress(page, pages)
        if error is not None:
            raise error()
        return Extracted(text, doubtful, pages > 0)

    monkeypatch.setattr("reading.opening.sandbox.run", run)


def test_a_scan_is_told_page_by_page_and_ends_at_the_draft(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_as(monkeypatch, SEED.read_text(encoding="utf-8"), pages=12, doubtful=((3, 7),))
    clerk = office.browser("vp.vanthu")
    answer = clerk.post(NEW, TODAY | {"arrival_number": "512"}, {"main_file": ("cv.pdf", PDF)}, follow=False)
    assert answer.status_code == 200 and answer.headers["content-security-policy"].startswith("default-src 'self'")
    told = re.findall(r"<li>(.*?)</li>", answer.text)
    assert told == [f"Đang nhận dạng trang {page}/12" for page in range(1, 13)]
    way = re.search(r'<a class="button" href="([^"]+)">', answer.text)
    assert way is not None and f'http-equiv="refresh" content="1;url={way.group(1)}"' in answer.text
    assert answer.text.rstrip().endswith("</html>") and "<script>" not in answer.text
    draft = clerk.get(html.unescape(way.group(1)))
    assert draft.status_code == 200 and said(draft).startswith("Đã đăng ký văn bản")
    assert directive(office).doubtful == [[0, 3, 7]] and directive(office).arrival_number == "512"


def test_what_is_opened_without_recognition_goes_straight_to_the_draft(
    office: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_as(monkeypatch, SEED.read_text(encoding="utf-8"))
    answer = office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": ("cv.docx", b"PK\x03\x04")}, follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/directives/1/review?done=registered")


@pytest.mark.parametrize(("pages", "status"), [(0, 400), (3, 200)])
@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("TỐI MẬT\nSố: 1/BC thầm kín", None, "dấu mật"),
        ("", BrokenDocument, "bị hỏng"),
        ("", NoRecogniser, "nhận dạng chữ"),
        (" - ", None, "không có chữ nào"),
    ],
)
def test_a_refusal_is_one_sentence_before_and_after_pages_were_told(
    office: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, text: str,
    error: type[Exception] | None, words: str, pages: int, status: int,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    opened_as(monkeypatch, text, pages, error)
    events = office.rows(Event)
    answer = office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": ("cv.pdf", PDF)})
    assert answer.status_code == status and words in said(answer) and said(answer).endswith(".")
    assert "http-equiv" not in answer.text and f'"{NEW}"' in answer.text
    assert (office.rows(Directive), office.rows(Event)) == (0, events)
    assert "thầm" not in caplog.text and "thầm" not in answer.text
    assert office.browser("vp.vanthu").get(NEW).status_code == 200


def test_the_document_that_is_there_already_is_not_opened_again(
    office: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_as(monkeypatch, SEED.read_text(encoding="utf-8"))
    clerk = office.browser("vp.vanthu")
    assert clerk.post(NEW, TODAY, {"main_file": ("cv.pdf", PDF)}).status_code == 200
    opened_as(monkeypatch, "", error=AssertionError)
    again = clerk.post(NEW, TODAY, {"main_file": ("cv2.pdf", PDF)})
    assert again.status_code == 409 and "788/SVHTTDL-VP" in said(again)


def test_a_duplicate_that_only_its_words_show_is_told_on_the_page_of_pages(
    office: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.import_seed()
    opened_as(monkeypatch, SEED.read_text(encoding="utf-8"), pages=1)
    answer = office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": ("cv.jpg", PHOTO)})
    assert "788/SVHTTDL-VP" in said(answer) and office.rows(Directive) == 1


def test_the_person_says_which_file_is_the_main_document(office: Stage) -> None:
    annex = ("pl.txt", "PHỤ LỤC\n1. Thanh tra Sở báo cáo trước ngày 15/8/2023.".encode())
    main = ("cv.txt", SEED.read_bytes())
    answer = office.browser("vp.vanthu").post(NEW, TODAY, [("annexes", annex), ("main_file", main)])
    assert answer.status_code == 200
    kept = directive(office)
    assert (kept.source, kept.number, len(kept.other_texts)) == ("cv.txt", "788/SVHTTDL-VP", 1)


@pytest.mark.parametrize("name", ["cv.docx", "cv.pdf", "cv.doc"])
def test_a_hostile_file_is_one_sentence_and_the_service_goes_on(
    office: Stage, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hostile = {
        "cv.docx": files.docx("thầm kín", more={"word/media/a.bin": bytes(40 << 20)}),
        "cv.pdf": files.pdf(words="tham kin")[:150],
        "cv.doc": files.compound("WordDocument", "Macros"),
    }
    clerk = office.browser("vp.vanthu")
    answer = clerk.post(NEW, TODAY, {"main_file": (name, hostile[name])})
    assert answer.status_code == 400 and said(answer).count(".") in (1, 2) and "đề nghị" in said(answer)
    assert office.rows(Directive) == 0 and "kin" not in caplog.text
    assert clerk.post(NEW, TODAY, {"main_file": ("cv.txt", SEED.read_bytes())}).status_code == 200


def test_without_a_file_the_form_says_so(office: Stage) -> None:
    answer = office.browser("vp.vanthu").post(NEW, TODAY)
    assert answer.status_code == 400 and said(answer).endswith(".")


@pytest.mark.parametrize("who", [None, "qlvh.truong"])
def test_nothing_is_opened_for_who_may_not_register(
    office: Stage, monkeypatch: pytest.MonkeyPatch, who: str | None
) -> None:
    opened_as(monkeypatch, "", error=AssertionError)
    answer = office.browser(who).post(NEW, TODAY, {"main_file": ("cv.pdf", PDF)})
    assert answer.status_code in (401, 403)
    forged = office.browser("vp.vanthu").post(NEW, TODAY, {"main_file": ("cv.pdf", PDF)}, token="forged")
    assert forged.status_code == 403


def test_others_work_on_while_a_scan_is_being_recognised(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, may_end = threading.Event(), threading.Event()

    def run(_: str, __: bytes, progress: Any, ___: Any) -> Extracted:
        going_on.set()
        assert may_end.wait(20)
        return Extracted(SEED.read_text(encoding="utf-8"))

    monkeypatch.setattr("reading.opening.sandbox.run", run)
    clerk, answers = office.browser("vp.vanthu"), []
    upload = threading.Thread(target=lambda: answers.append(clerk.post(NEW, TODAY, {"main_file": ("cv.pdf", PDF)})))
    upload.start()
    assert going_on.wait(20)
    code = office.order("QLVH")
    done = office.browser("qlvh.truong").post(f"/tasks/{code}/acknowledge")
    may_end.set()
    upload.join()
    assert done.status_code == 200 and answers[0].status_code == 200 and office.rows(Directive) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("bc.docx", b"PK\x03\x04"), ("bc.pdf", PDF), ("anh.jpg", PHOTO), ("anh.png", b"\x89PNG\r\n\x1a\n")],
)
@pytest.mark.parametrize("path", ["/chat", "/tasks/{code}/report"])
def test_evidence_that_bears_a_mark_inside_is_refused(
    office: Stage, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, path: str
) -> None:
    code = office.order("QLVH")
    opened_as(monkeypatch, "TỐI MẬT\nSố: 1/BC")
    head = office.browser("qlvh.truong")
    fields = {"text": "gửi", "key": "a", "result": "đã làm"}
    answer = head.post(path.format(code=code), fields, {"files": (name, data)})
    assert answer.status_code == 400 and "dấu mật" in said(answer) and office.rows(Evidence) == 0


@pytest.mark.parametrize("error", [BrokenDocument, NoRecogniser, None])
def test_evidence_that_cannot_be_read_is_kept_as_it_is(
    office: Stage, monkeypatch: pytest.MonkeyPatch, error: type[Exception] | None
) -> None:
    opened_as(monkeypatch, "Báo cáo kết quả", error=error)
    answer = office.browser("qlvh.truong").post("/chat", {"text": "gửi", "key": "a"}, {"files": ("bc.pdf", PDF)})
    assert answer.status_code == 200 and office.rows(Evidence) == 1


def test_a_person_has_to_say_that_the_document_bears_no_mark(office: Stage) -> None:
    unsaid = {"received_on": TODAY["received_on"]}
    answer = office.browser("vp.vanthu").post(NEW, unsaid, {"main_file": (SEED.name, SEED.read_bytes())})
    assert answer.status_code == 400 and said(answer).startswith("Cần đánh dấu xác nhận văn bản không có dấu mật")
    assert office.rows(Directive) == 0
