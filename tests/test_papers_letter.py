"""The letter of follow-up and a unit's printable list: whom they name, with what, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from models import clock, handling, officers
from models.moves import Actor
from models.task import Waiting
from papers.decree.layout import Table
from papers.decree.letterhead import Signed
from papers.decree.word import word
from papers.letter import letter
from papers.unit_list import COLUMNS
from papers.urging import Urging, answer_day, sources, urging
from tests.paper_files import pdf_pages, pdf_sizes, word_lines, word_rows
from tests.web_stage import Stage, said, stage


@pytest.fixture
def desk() -> Iterator[Stage]:
    """Monday 24 July 2023: QLDL late with two, TTS late with one and due with one, TV due in five working days."""
    with stage() as made:
        made.order("QLDL", "Báo cáo khách du lịch", due=date(2023, 7, 19))
        made.order("QLDL", "Rà soát điểm đến", due=date(2023, 7, 21))
        made.order("TTS", "Kết luận kiểm tra", due=date(2023, 7, 20))
        made.order("TTS", "Kế hoạch kiểm tra", due=date(2023, 7, 26))
        made.order("TV", "Báo cáo ngày hội đọc sách", due=date(2023, 7, 31))
        made.order("BT", "Báo cáo hiện vật", due=date(2023, 8, 30))
        yield made


def seen(desk: Stage, days: int = 5, codes: tuple[str, ...] | None = None) -> Urging:
    with desk.database.read() as session:
        return urging(session, clock.now(), days, codes)


def written(desk: Stage, found: Urging) -> bytes:
    with desk.database.read() as session:
        signer = officers.signer(session, None)
        assert signer is not None
        signed = Signed(officers.letterhead(session), signer)
        return word(letter(found, sources(session, found), signed, answer_day(session, clock.now())), clock.now())


def test_units_that_owe_or_soon_will_are_found_in_the_offices_order(desk: Stage) -> None:
    found = seen(desk)
    assert [(one.code, len(one.overdue), len(one.soon)) for one in found.units] == [
        ("TTS", 1, 1), ("QLDL", 2, 0), ("TV", 0, 1)]  # fmt: skip
    assert (found.overdue, found.soon, found.until) == (3, 2, date(2023, 7, 31))
    assert [one.code for one in seen(desk, days=2).units] == ["TTS", "QLDL"]
    assert [one.code for one in seen(desk, codes=("TV",)).units] == ["TV"]


def test_what_waits_elsewhere_is_not_owed(desk: Stage) -> None:
    actor = actor_of(desk, "tts.truong")
    with desk.database.write() as session:
        handling.progress(session, 3, actor, words="đã trình ký", waiting=Waiting.SUBMITTED, waiting_for="Giám đốc")
    first = seen(desk).units[0]
    assert (first.code, len(first.overdue)) == ("TTS", 0)


def test_the_letter_names_units_and_counts(desk: Stage) -> None:
    lines = word_lines(written(desk, seen(desk)))
    to = lines.index("Kính gửi:") + 1
    assert lines[to : to + 3] == [
        "- Thanh tra Sở;", "- Phòng Quản lý Du lịch;", "- Thư viện Khoa học tổng hợp tỉnh."]  # fmt: skip
    assert "Số: ……/SVHTTDL-VP" in lines
    state = next(line for line in lines if "cập nhật đến 08 giờ ngày 24/07/2023" in line)
    assert "03 nhiệm vụ quá hạn, 02 nhiệm vụ sắp đến hạn" in state
    assert "- Phòng Quản lý Du lịch: 02 nhiệm vụ quá hạn;" in lines
    assert any("trước ngày 27 tháng 7 năm 2023" in line for line in lines)
    assert "Văn phòng Sở theo dõi, tổng hợp, báo cáo Lãnh đạo Sở./." in lines


def test_its_annex_lists_each_duty_under_its_unit(desk: Stage) -> None:
    rows = word_rows(written(desk, seen(desk)), 3)
    assert rows[0] == ["STT", "Mã", "Nhiệm vụ", "Văn bản giao", "Thời hạn", "Quá hạn (ngày làm việc)"]
    assert rows[1:] == [
        ["Thanh tra Sở: 01 nhiệm vụ quá hạn, 01 nhiệm vụ sắp đến hạn"],
        ["01", "NV3", "Kết luận kiểm tra", "", "20/07/2023", "02"],
        ["02", "NV4", "Kế hoạch kiểm tra", "", "26/07/2023", "–"],
        ["Phòng Quản lý Du lịch: 02 nhiệm vụ quá hạn"],
        ["01", "NV1", "Báo cáo khách du lịch", "", "19/07/2023", "03"],
        ["02", "NV2", "Rà soát điểm đến", "", "21/07/2023", "01"],
        ["Thư viện Khoa học tổng hợp tỉnh: 01 nhiệm vụ sắp đến hạn"],
        ["01", "NV5", "Báo cáo ngày hội đọc sách", "", "31/07/2023", "–"],
    ]


@pytest.mark.parametrize(("codes", "about", "asks"), [
    (("QLDL",), "V/v đôn đốc thực hiện nhiệm vụ quá hạn", 1),
    (("TV",), "V/v đôn đốc thực hiện nhiệm vụ sắp đến hạn", 1),
    (("TTS",), "V/v đôn đốc thực hiện nhiệm vụ quá hạn, sắp đến hạn", 2),
])  # fmt: skip
def test_it_speaks_only_of_what_there_is(desk: Stage, codes: tuple[str, ...], about: str, asks: int) -> None:
    lines = word_lines(written(desk, seen(desk, codes=codes)))
    assert about in [" ".join(line.split()) for line in lines]
    assert sum(line.startswith("- Đối với nhiệm vụ") for line in lines) == asks
    assert [line for line in lines if line.startswith("Kính gửi: ")]


def test_one_press_makes_the_letter_of_all(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    page = clerk.get("/reports/letter").text
    assert page.count('name="unit"') == page.count(" checked>") == 3
    given = clerk.get("/reports/letter.docx")
    assert given.headers["content-disposition"] == 'attachment; filename="cong-van-don-doc-20230724.docx"'
    assert word_lines(given.content) == word_lines(written(desk, seen(desk)))


def test_units_days_signer_and_answer_are_chosen(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    query = f"chosen=1&unit=QLDL&days=3&by=2023-08-01&signer={desk.person('pgd1')}"
    pages = pdf_pages(clerk.get(f"/reports/letter.pdf?{query}").content)
    first = pages[0].replace("\n", " ")
    assert all(part in first for part in ("KT. GIÁM ĐỐC", "Lê Thị Hà", "ngày 01 tháng 8 năm 2023"))
    assert "Thanh tra" not in "".join(pages)


@pytest.mark.parametrize(("query", "status"), [
    ("chosen=1", 400), ("unit=BT", 409), ("unit=%3Cb%3E", 409), ("days=31", 400), ("days=-1", 400), ("by=mai", 400),
    ("by=0001-01-01", 400),
])  # fmt: skip
def test_what_makes_no_letter_is_said(desk: Stage, query: str, status: int) -> None:
    refused = desk.browser("vp.vanthu").get(f"/reports/letter.docx?{query}")
    assert refused.status_code == status and said(refused)


def test_a_unit_sees_no_letter_but_its_own_list(desk: Stage) -> None:
    head = desk.browser("tts.truong")
    assert head.get("/reports/letter").status_code == head.get("/reports/letter.docx").status_code == 403
    assert head.get("/reports/unit/TTS.pdf").status_code == 200
    assert head.get("/reports/unit/QLDL.pdf").status_code == 403
    assert desk.browser("gd").get("/reports/unit/XX.docx").status_code == 404


def test_the_printed_list_has_room_to_answer_by_hand(desk: Stage) -> None:
    clerk = desk.browser("vp.vanthu")
    data = clerk.get("/reports/unit/tts.docx").content
    rows = word_rows(data, 1)
    assert rows[0] == ["STT", "Mã", "Nhiệm vụ", "Văn bản giao", "Thời hạn", "Đã nhận",
                       "Kết quả (số, ký hiệu, ngày văn bản)", "Ký"]  # fmt: skip
    assert rows[1:] == [["01", "NV3", "Kết luận kiểm tra", "", "20/07/2023", "□", "", ""],
                        ["02", "NV4", "Kế hoạch kiểm tra", "", "26/07/2023", "□", "", ""]]  # fmt: skip
    assert "Thanh tra Sở" in word_lines(data)
    pdf = clerk.get("/reports/unit/TTS.pdf").content
    assert pdf_sizes(pdf) == [(297, 210)] and "NV4" in pdf_pages(pdf)[0]
    assert sum(column.width for column in COLUMNS) == 252


def test_what_is_confirmed_reported_or_without_a_date_is_told_on_the_list(desk: Stage) -> None:
    actor = actor_of(desk, "tts.truong")
    desk.order("TTS", "Tuyên truyền pháp luật", due=None)
    with desk.database.write() as session:
        handling.acknowledge(session, 3, actor)
        handling.report(session, 4, actor, words="xong")
    rows = word_rows(desk.browser("vp.vanthu").get("/reports/unit/TTS.docx").content, 1)
    told = {row[1]: (row[4].split(";")[0], row[5], row[6]) for row in rows[1:]}
    assert told["NV3"] == ("20/07/2023", "■", "") and told["NV4"][2] == "Đã báo cáo, chờ Văn phòng xác nhận"
    assert told["NV7"][:2] == ("Không hạn", "□")


def test_a_unit_without_duties_has_a_list_that_says_so(desk: Stage) -> None:
    lines = word_lines(desk.browser("gd").get("/reports/unit/NHC.docx").content)
    assert "Đơn vị không có nhiệm vụ đang thực hiện." in lines


def test_what_does_not_fit_into_one_letter_is_counted(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.urging.MOST", 1)
    found = seen(desk)
    assert (found.overdue, found.soon, found.more) == (1, 1, 3)
    assert "Và 03 nhiệm vụ khác theo danh mục trên hệ thống." in word_lines(written(desk, found))
    assert "Còn 3 nhiệm vụ" in desk.browser("gd").get("/reports/letter").text


def test_a_page_of_one_unit_shows_all_its_duties(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.report.letter.SHOWN", 1)
    clerk = desk.browser("vp.vanthu")
    page = clerk.get("/reports/letter").text
    assert "/reports/letter?unit=QLDL&amp;days=5&amp;whole=1" in page and 'href="/tasks/NV2"' not in page
    whole = clerk.get("/reports/letter?unit=QLDL&days=5&whole=1").text
    assert 'href="/tasks/NV1"' in whole and 'href="/tasks/NV2"' in whole and 'href="/tasks/NV3"' not in whole


def test_a_title_that_means_harm_comes_out_of_every_paper_as_text(desk: Stage) -> None:
    title = "<b>&amp;</b> ]]> \u202egnọrt\u202c \x07 \u05e9 " + "x" * 5000
    desk.order("TTS", title, due=date(2023, 7, 19))
    clerk = desk.browser("vp.vanthu")
    for address in ("/reports/letter", "/reports/register", "/reports/unit/TTS", "/reports/week/2023-07-31/x"):
        for kind in ("docx", "pdf"):
            given = clerk.get(f"{address}.{kind}")
            assert given.status_code == 200, address
            assert len(pdf_pages(given.content) if kind == "pdf" else word_lines(given.content)) > 1
    assert any(line.startswith("<b>&amp;</b> ]]> gnọrt \u05e9 xxx") for line in
               word_lines(clerk.get("/reports/unit/TTS.docx").content))  # fmt: skip
    assert "<b>&amp;</b>" not in clerk.get("/reports/letter").text.replace("&lt;b&gt;&amp;amp;&lt;/b&gt;", "")


def test_no_table_is_wider_than_its_page(desk: Stage) -> None:
    with desk.database.read() as session:
        signer = officers.signers(session)[0]
        signed = Signed(officers.letterhead(session), signer)
        found = urging(session, clock.now())
        made = letter(found, sources(session, found), signed, clock.today() + timedelta(3))
    for section in made.sections:
        tables = [one for one in section.blocks if isinstance(one, Table)]
        assert all(sum(column.width for column in one.columns) <= section.width + 0.01 for one in tables)


def actor_of(desk: Stage, who: str) -> Actor:
    return Actor(desk.person(who), "test")
