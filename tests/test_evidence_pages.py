"""A PDF behind a report is looked at as pictures of ours, and can always be downloaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.report import add_evidence
from tests.web_stage import Stage, stage


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


def pdf_behind(office: Stage, data: bytes) -> int:
    """The id of a PDF that the head of QLVH reported with."""
    code = office.order("QLVH")
    task, by = office.task(code).id or 0, office.person("qlvh.truong")
    with office.database.write() as session:
        kept = add_evidence(session, by_id=by, name="bao cao.pdf", media_type="application/pdf", data=data,
                            task_id=task)  # fmt: skip
        return kept.id or 0


def test_a_pdf_is_looked_at_as_pictures_of_ours(office: Stage) -> None:
    key = pdf_behind(office, two_pages())
    clerk = office.browser("vp.vanthu")
    assert f'href="/evidence/{key}/pages"' in clerk.get("/tasks/NV1").text
    page = clerk.get(f"/evidence/{key}/pages")
    assert page.status_code == 200 and "2 trên 2 trang" in page.text and page.text.count("<img") == 2
    picture = clerk.get(f"/evidence/{key}/pages/2.png")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert clerk.get(f"/evidence/{key}/pages/3.png").status_code == 404
    assert office.browser("qldl.truong").get(f"/evidence/{key}/pages").status_code == 404
    assert office.browser("qldl.truong").get(f"/evidence/{key}/pages/1.png").status_code == 404


def test_what_is_no_readable_pdf_can_still_be_downloaded(office: Stage) -> None:
    key = pdf_behind(office, b"%PDF-1.7 and nothing more")
    clerk = office.browser("vp.vanthu")
    answer = clerk.get(f"/evidence/{key}/pages")
    assert answer.status_code == 409 and "tải tệp về" in answer.text
    assert clerk.get(f"/evidence/{key}").headers["content-disposition"].startswith("attachment")


def two_pages() -> bytes:
    from fpdf import FPDF

    made = FPDF()
    for words_on_it in ("one", "two"):
        made.add_page()
        made.set_font("helvetica", size=20)
        made.cell(text=words_on_it)
    return bytes(made.output())
