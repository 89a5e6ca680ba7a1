"""The follow-up register: the decree's columns, a line for each unit and date, the same on paper, page and in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import update
from sqlmodel import col

from models import clock, extending, handling, register
from models.directive import Directive, DirectiveState
from models.moves import Actor, move
from models.task import Task
from papers.register_paper import COLUMNS, rows
from tests.paper_files import W, pdf_pages, pdf_sizes, word_lines, word_rows, word_tables
from tests.web_stage import Stage, said, stage

HEADS = ["Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
         "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời",
         "Ghi chú"]  # fmt: skip
SEED = "Công văn số 788/SVHTTDL-VP ngày 23/07/2023 của Sở Văn hóa, Thể thao và Du lịch Thái Bình"
JULY = "start=2023-07-01&end=2023-07-31"


@pytest.fixture
def desk() -> Iterator[Stage]:
    """The seed directive, arrived as number 1876 and assigned."""
    with stage() as made:
        made.assign_seed()
        with made.database.write() as session:
            session.get_one(Directive, 1).arrival_number = "1876"
        yield made


def lines(desk: Stage, start: date = date(2023, 7, 1), end: date = date(2023, 7, 31)) -> list[tuple[str, ...]]:
    with desk.database.read() as session:
        return rows(register.entries(session, start, end, clock.now()))


def of_the_seed(desk: Stage, unit: str, due: date) -> str:
    """One more dated task of the seed directive; its code."""
    code = desk.order(unit, due=due)
    with desk.database.write() as session:
        session.execute(update(Task).where(col(Task.number) == int(code[2:])).values(directive_id=1))
    return code


def test_there_is_a_line_for_each_unit(desk: Stage) -> None:
    found = lines(desk)
    assert len(found) == 13
    assert found[1] == ("1876\n24/07/2023", SEED, "Thanh tra Sở", "Không hạn", "Chưa xác nhận", "", "NV2")
    assert {line[0] for line in found} == {"1876\n24/07/2023"}


def test_products_categories_and_extensions_are_told(desk: Stage) -> None:
    head = Actor(desk.person("tts.truong"), "test")
    late, soon = of_the_seed(desk, "TTS", date(2023, 7, 21)), of_the_seed(desk, "TTS", date(2023, 7, 28))
    number, clerk = desk.task(soon).id or 0, desk.clerk()
    with desk.database.write() as session:
        handling.report(session, number, head, words="xong", product_number="12/KH-TTr",
                        product_date=date(2023, 7, 24))  # fmt: skip
        handling.accept(session, number, clerk)
    told = {line[3]: (line[4], line[5], line[6]) for line in lines(desk) if line[2] == "Thanh tra Sở"}
    assert told["21/07/2023"] == ("Đang thực hiện quá hạn", "", late)
    assert told["28/07/2023"] == ("Hoàn thành đúng hạn", "12/KH-TTr ngày 24/07/2023", soon)


def test_several_duties_of_one_unit_and_date_are_one_line_with_counts(desk: Stage) -> None:
    codes = [of_the_seed(desk, "QLDL", date(2023, 7, 31)), of_the_seed(desk, "QLDL", date(2023, 7, 31))]
    line = next(one for one in lines(desk) if one[3] == "31/07/2023")
    assert line[4] == "Đang thực hiện trong hạn: 02" and line[6] == ", ".join(codes)
    number, head, leader = desk.task(codes[1]).id or 0, desk.person("qldl.truong"), desk.person("gd")
    with desk.database.write() as session:
        extending.ask_extension(session, number, Actor(head, "test"), date(2023, 8, 4))
        extending.extend(session, number, Actor(leader, "test"), date(2023, 8, 4))
    moved = next(one for one in lines(desk) if one[3] == "04/08/2023")
    assert moved[6] == f"{codes[1]}\ngia hạn 01 lần"


def test_a_draft_is_not_given_yet_and_what_was_thrown_away_is_not_there(desk: Stage) -> None:
    with desk.database.write() as session:
        for number, state in (("9/CV", DirectiveState.DRAFT), ("8/CV", DirectiveState.DISCARDED)):
            session.add(Directive(sha256=number * 8, source="x.txt", kind="lạ", number=number, text="", state=state,
                                  received_on=date(2023, 7, 25), registered_at=clock.now()))  # fmt: skip
    found = lines(desk)
    assert found[-1] == ("25/07/2023", "Văn bản số 9/CV", "", "", "Chưa giao", "", "")
    assert "8/CV" not in str(found)


def test_a_period_has_only_what_arrived_in_it(desk: Stage) -> None:
    assert lines(desk, date(2023, 7, 24), date(2023, 7, 24)) and not lines(desk, date(2023, 7, 25), date(2023, 8, 31))


def test_withdrawn_and_suspended_say_so(desk: Stage) -> None:
    clerk = desk.clerk()
    with desk.database.write() as session:
        move(session, 2, "withdraw", clerk, reason="giao nhầm")
        move(session, 9, "suspend", clerk, reason="chờ tỉnh")
    told = {line[6]: line[4] for line in lines(desk)}
    assert (told["NV2"], told["NV9"]) == ("Đã thu hồi", "Tạm dừng")


def test_the_book_has_a_cover_and_the_decrees_columns(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    data = clerk.get(f"/reports/register.docx?{JULY}").content
    cover = word_lines(data)
    assert cover[2:7] == ["SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", "Năm: 2023", "Từ ngày 01/07/2023 đến ngày 31/07/2023",
                          "Từ số 1876 đến số 1876", "Quyển số: ……"]  # fmt: skip
    table = word_rows(data, 0)
    assert table[0] == HEADS and table[1] == [f"({n})" for n in range(1, 8)]
    assert [tuple(row) for row in table[2:]] == lines(desk)
    assert len(list(word_tables(data)[0].iter(f"{W}tblHeader"))) == 2


def test_the_pdf_is_a4_lying_with_the_heads_on_every_page(desk: Stage) -> None:
    data = desk.browser("vp.vanthu").get(f"/reports/register.pdf?{JULY}").content
    pages = pdf_pages(data)
    assert set(pdf_sizes(data)) == {(297, 210)} and len(pages) > 2
    assert all("(7)" in page for page in pages[1:])
    assert sum(column.width for column in COLUMNS) == 252


def test_excel_has_the_same_lines_with_dates_as_dates(desk: Stage) -> None:
    of_the_seed(desk, "TTS", date(2023, 7, 21))
    sheet = openpyxl.load_workbook(BytesIO(desk.browser("gd").get(f"/reports/register.xlsx?{JULY}").content)).active
    found = list(sheet.iter_rows(values_only=True))
    start = found.index(tuple(HEADS))
    assert len(found) - start - 1 == len(lines(desk)) == 14
    dates = [row[3] for row in found[start + 1 :] if not isinstance(row[3], str)]
    assert [one.date() for one in dates] == [date(2023, 7, 21)]


def test_the_page_links_each_line_to_its_file_and_tasks(desk: Stage) -> None:
    page = desk.browser("gd").get(f"/reports/register?{JULY}").text
    assert page.count('href="/directives/1/file"') == 13 and 'href="/tasks/NV2"' in page
    assert f"/reports/register.docx?{JULY}" in page.replace("&amp;", "&")


@pytest.mark.parametrize("query", ["start=x", "start=2023-08-01&end=2023-07-01", "end=99999-01-01"])
def test_a_period_that_cannot_be_is_said(desk: Stage, query: str) -> None:
    refused = desk.browser("gd").get(f"/reports/register.docx?{query}")
    assert refused.status_code == 400 and said(refused)


def test_units_do_not_see_the_register(desk: Stage) -> None:
    head = desk.browser("tts.truong")
    assert [head.get(f"/reports/register{end}").status_code for end in ("", ".docx", ".pdf", ".xlsx")] == [403] * 4


def test_a_period_too_long_for_one_book_is_said(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.report.register.MOST", 0)
    refused = desk.browser("gd").get(f"/reports/register.docx?{JULY}")
    assert refused.status_code == 400 and "1 văn bản" in said(refused)


def test_an_empty_period_makes_an_empty_book(desk: Stage) -> None:
    query = "start=2022-01-01&end=2022-12-31"
    given = desk.browser("gd").get(f"/reports/register.docx?{query}")
    assert "Không có văn bản đến trong kỳ." in word_lines(given.content)
