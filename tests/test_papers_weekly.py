"""The weekly report to sign: its text, its two annexes, the same figures as the snapshot, in Word and in PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from models import clock, officers
from papers.decree.layout import Paper, Table
from papers.decree.letterhead import Signed
from papers.decree.pdf import pdf
from papers.decree.word import word
from papers.weekly.digest import snapshot
from papers.weekly.frozen import Digest
from papers.weekly.paper import weekly_paper
from tests.book import seen_by_the_book
from tests.office import Office
from tests.paper_files import pdf_pages, pdf_sizes, word_lines, word_rows
from tests.web_stage import Stage, stage

LATE_HEADS = ["STT", "Nhiệm vụ", "Văn bản giao nhiệm vụ", "Cơ quan chủ trì thực hiện", "Thời hạn hoàn thành"]
PROGRESS_HEADS = ["STT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả thực hiện", "Tiến độ"]


@pytest.fixture
def office() -> Iterator[Office]:
    yield from seen_by_the_book()


@pytest.fixture
def desk() -> Iterator[Stage]:
    with stage() as made:
        yield made


def digest_of(office: Office) -> Digest:
    with office.database.read() as session:
        return snapshot(session, clock.now())


def paper_of(office: Office, digest: Digest | None = None) -> Paper:
    with office.database.read() as session:
        signer = officers.signer(session, None)
        assert signer is not None
        signed = Signed(officers.letterhead(session), signer)
    return weekly_paper(digest or digest_of(office), signed)


def test_the_text_tells_every_figure_with_what_it_is_of(office: Office) -> None:
    lines = word_lines(word(paper_of(office), clock.now()))
    total = digest_of(office).total
    assert (total.duties, total.dated, total.came_due) == (12, 9, 5)
    whole = next(line for line in lines if line.startswith("Tính đến 08 giờ ngày 29/11/2023, "))
    assert "theo dõi 12 nhiệm vụ, gồm 09 nhiệm vụ có thời hạn và 03 nhiệm vụ không hạn" in whole
    rates = next(line for line in lines if line.startswith("Tỷ lệ hoàn thành đúng hạn là 40,0%"))
    assert "(02 trên 05 nhiệm vụ đến hạn)" in rates and "33,3% (04 trên tổng số 12 nhiệm vụ)" in rates
    assert any(line.startswith("Có 02 nhiệm vụ quá hạn: 01 nhiệm vụ đơn vị chưa báo cáo, 01") for line in lines)
    assert [line for line in lines if line.endswith("./.")] and lines.index("Nơi nhận:") > lines.index("BÁO CÁO")


def test_the_units_of_the_table_add_up_to_the_whole(office: Office) -> None:
    rows = word_rows(word(paper_of(office), clock.now()), 2)
    sums = [sum(int(row[n]) for row in rows[1:]) for n in range(2, 8)]
    total = digest_of(office).total
    assert rows[0][1:] == ["Đơn vị", "Tổng số", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Trong hạn", "Quá hạn",
                           "Không hạn"]  # fmt: skip
    assert sums == [total.duties, total.done_on_time, total.done_late, total.in_time, total.overdue, total.no_due]


def test_the_late_list_has_all_that_is_overdue(office: Office) -> None:
    data = word(paper_of(office), clock.now())
    rows = word_rows(data, 4)
    assert rows[0] == LATE_HEADS
    assert rows[1:] == [
        ["Đơn vị chưa báo cáo kết quả"],
        ["01", "Báo cáo kết quả", "", "Phòng Quản lý Du lịch", "24/11/2023"],
        ["Đã báo cáo, đã trình hoặc chờ phối hợp, chưa được xác nhận hoàn thành"],
        ["01", "Báo cáo kết quả", "", "Bộ phận Tiếp nhận và Trả kết quả", "24/11/2023"],
    ]
    lines = word_lines(data)
    assert "Phụ lục I" in lines and "DANH MỤC NHIỆM VỤ QUÁ HẠN" in lines
    assert lines.count("(Dữ liệu tính đến 08 giờ ngày 29/11/2023)") == 2
    assert sum(line.startswith("(Kèm theo Báo cáo số ……/BC-SVHTTDL ngày ……") for line in lines) == 2


def test_the_progress_list_says_the_official_words(office: Office) -> None:
    rows = word_rows(word(paper_of(office), clock.now()), 5)
    assert rows[0] == PROGRESS_HEADS
    assert {row[2]: row[5] for row in rows[1:]} == {
        "Thanh tra Sở": "Hoàn thành đúng hạn",
        "Phòng Tổ chức cán bộ": "Hoàn thành đúng hạn",
        "Phòng Quản lý Văn hóa": "Hoàn thành quá hạn",
        "Phòng Quản lý Thể thao": "Đang thực hiện trong hạn",
        "Phòng Quản lý Du lịch": "Đang thực hiện quá hạn",
        "Phòng Xây dựng Nếp sống văn hóa và Gia đình": "Đang thực hiện trong hạn",
        "Bộ phận Tiếp nhận và Trả kết quả": "Đang thực hiện quá hạn",
        "Bảo tàng tỉnh": "Đang thực hiện trong hạn",
        "Lãnh đạo Sở": "Đang thực hiện trong hạn",
    }


def test_word_and_pdf_have_the_same_pages_of_the_same_form(office: Office) -> None:
    made = paper_of(office)
    data = pdf(made, clock.now())
    pages = pdf_pages(data)
    assert pdf_sizes(data)[-2:] == [(210, 297), (297, 210)]
    assert "Phụ lục I" in pages[-2] and "Phụ lục II" in pages[-1]
    assert "TL. GIÁM ĐỐC" in pages[-3] and "Nguyễn Thu Lan" in pages[-3]
    together = " ".join(pages)
    assert [line for line in word_lines(word(made, clock.now())) if line.split()[0] not in together] == []


def test_parts_that_say_nothing_are_left_out_and_the_others_numbered_on(office: Office) -> None:
    whole = digest_of(office)
    nothing = replace(whole, for_office=replace(whole.for_office, total=0, tasks=()),
                      for_signature=replace(whole.for_signature, total=0, tasks=()))  # fmt: skip
    lines = word_lines(word(paper_of(office, nothing), clock.now()))
    assert [line for line in lines if line[:3] in ("I. ", "II.", "III", "IV.")] == [
        "I. KẾT QUẢ CHUNG", "II. NHIỆM VỤ QUÁ HẠN", "III. NHIỆM VỤ ĐẾN HẠN TRONG TUẦN"]  # fmt: skip


def test_the_offices_own_sentence_comes_first(office: Office) -> None:
    lines = word_lines(word(paper_of(office, replace(digest_of(office), note="Tuần này có 02 việc gấp.")), clock.now()))
    assert lines.index("Tuần này có 02 việc gấp.") < lines.index("I. KẾT QUẢ CHUNG")


def test_a_quiet_week_makes_a_paper_too() -> None:
    quiet = Office("2023-11-20 08:00")
    lines = word_lines(word(paper_of(quiet), clock.now()))
    assert lines.count("Không có nhiệm vụ quá hạn.") == 2
    assert "Không có nhiệm vụ có thời hạn trong kỳ." in lines
    clock.run_free()


def test_no_table_is_wider_than_its_page(office: Office) -> None:
    for section in paper_of(office).sections:
        for block in section.blocks:
            if isinstance(block, Table):
                assert sum(column.width for column in block.columns) <= section.width + 0.01


def test_the_paper_of_a_past_week_is_that_of_its_snapshot(office: Office) -> None:
    kept = Digest.of_json(digest_of(office).to_json())
    before = word_lines(word(paper_of(office, kept), clock.now()))
    with office.database.write() as session:
        from models import handling

        handling.report(session, 5, office.who("qldl.truong"), words="xong", product_number="9/BC-QLDL")
    assert word_lines(word(paper_of(office, kept), clock.now())) == before
    assert kept.progress and kept.progress != digest_of(office).progress


def test_the_report_of_the_coming_week_is_given_to_overseers(desk: Stage) -> None:
    desk.assign_seed()
    desk.order("QLDL", due=date(2023, 7, 21))
    for kind in ("docx", "pdf"):
        given = desk.browser("pgd1").get(f"/reports/week/2023-07-31/bao-cao.{kind}")
        assert given.status_code == 200
        assert given.headers["content-disposition"] == f'attachment; filename="bao-cao-tuan-2023-07-31.{kind}"'
    assert desk.browser("tts.truong").get("/reports/week/2023-07-31/bao-cao.docx").status_code == 403
    assert desk.browser("gd").get("/reports/week/2021-07-05/bao-cao.docx").status_code == 404
