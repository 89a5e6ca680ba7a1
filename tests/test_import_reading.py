"""The office's own sheet, read: as a person sees it, its columns by name, and what must be refused."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time

import pytest

from models.calendar import calendar_of
from reading.errors import BrokenDocument, OversizedDocument, ProtectedDocument, SecretDocument, UndecodableDocument
from reading.sheet import OldSheet, read_sheets
from takeover import saying
from takeover.columns import laid_out, matched
from takeover.opening import open_sheet
from tests.sheet_files import HEAD, bomb, row, xlsx
from tests.web_stage import stage


def cells(data: bytes, name: str = "so.xlsx") -> list[tuple[str, ...]]:
    return [cells for _, cells in read_sheets(name, data)[0].rows]


def test_values_are_read_as_they_stand_on_the_screen() -> None:
    data = xlsx((datetime(2023, 8, 5), date(2023, 8, 15), 145.0, 0.5, True, "  Rà   soát\u00a0di tích "), ("", 1))
    assert cells(data) == [("05/08/2023", "15/08/2023", "145", "0,5", "x", "Rà soát di tích"), ("", "1")]


def test_a_merged_cell_counts_for_all_that_it_covers() -> None:
    data = xlsx(HEAD, row("Một"), row("Hai", given=""), merged=("C2:C3",))
    assert [one[2] for one in cells(data)][1:] == ["15/SVHTTDL-VP ngày 3/7/2023"] * 2


def test_a_head_over_two_rows_below_a_title_is_one_head() -> None:
    data = xlsx(("SỔ THEO DÕI",), ("TT", "Nội dung", "Đơn vị", None, "Hạn"), (None, None, "Chủ trì", "Phối hợp", None),
                ("(1)", "(2)", "(3)", "(4)", "(5)"), (1, "Rà soát", "VP", "", "1/8/2023"),
                merged=("A1:E1", "C2:D2", "A2:A3", "B2:B3", "E2:E3"))  # fmt: skip
    layout = open_sheet("so.xlsx", data)
    assert layout.headings == ("TT", "Nội dung", "Đơn vị Chủ trì", "Đơn vị Phối hợp", "Hạn")
    assert layout.fields == {"task": 1, "unit": 2, "co_units": 3, "due": 4}


def test_the_sheet_with_a_known_head_is_taken_of_several() -> None:
    data = xlsx(*(("ghi chép", n) for n in range(30)), more={"Theo dõi": (HEAD, row("Rà soát"))})
    assert open_sheet("so.xlsx", data).sheet.name == "Theo dõi"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nhiệm vụ", "task"), ("NỘI DUNG CÔNG VIỆC", "task"), ("Văn bản giao nhiệm vụ", "directive"),
        ("Số, ký hiệu văn bản", "directive"), ("Ngày văn bản", "issued_on"), ("Cơ quan chủ trì thực hiện", "unit"),
        ("Don vi phoi hop", "co_units"), ("Thời hạn hoàn thành", "due"), ("Hạn xử lý", "due"),
        ("Thời hạn văn bản", "due_words"), ("Ngày hoàn thành", "done_on"), ("Ngày phải hoàn thành", "due"),
        ("Sản phẩm", "product"), ("Số, ký hiệu sản phẩm", "result"), ("Kết quả thực hiện", "result"),
        ("Tình trạng", "state"), ("Lãnh đạo giao", "leader"), ("Mã trên hệ thống cấp trên", "authority_code"),
        ("Ghi chú", "note"), ("STT", ""), ("Thời hạn ban đầu", ""), ("Số lần gia hạn", ""), ("Người đặt thời hạn", ""),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name(heading: str, field: str) -> None:
    assert list(matched([heading])) == ([field] if field else [])


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_and_delimiters_of_excel(coding: str, delimiter: str) -> None:
    lines = [delimiter.join(("STT", "Nội dung", "Đơn vị chủ trì")), delimiter.join(("1", '"Rà soát, báo cáo"', "VP"))]
    text = "\r\n".join(lines)
    data = b"".join(_cp1258(one) for one in text) if coding == "cp1258" else text.encode(coding)
    assert cells(data, "so.csv") == [("STT", "Nội dung", "Đơn vị chủ trì"), ("1", "Rà soát, báo cáo", "VP")]


def _cp1258(letter: str) -> bytes:
    """As Windows writes it: the tone after its vowel."""
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(one for one in parts if one not in marks))
    return (base + "".join(one for one in parts if one in marks)).encode("cp1258")


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("so.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OldSheet),
        ("so.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ProtectedDocument),
        ("so.xlsx", b"PK\x03\x04 broken", BrokenDocument),
        ("so.xlsx", xlsx(HEAD, row("Rà soát"))[:-400], BrokenDocument),
        ("so.csv", "Nội dung".encode() + b"\0\1", BrokenDocument),
        ("so.csv", b"N\xe9i dung;\xa7\xac n v\xde ch\xf1 tr\xd7\xb9", UndecodableDocument),  # TCVN3
        ("so.csv", b"a,b\n" * 5001, OversizedDocument),
    ],
)
def test_what_cannot_be_read_is_a_named_refusal(name: str, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_sheets(name, data)


def test_a_bomb_and_a_sheet_of_too_many_rows_are_refused() -> None:
    for data in (bomb(), xlsx(*(("a", n) for n in range(5001)))):
        with pytest.raises(OversizedDocument):
            read_sheets("so.xlsx", data)


@pytest.mark.parametrize(
    "data",
    [
        xlsx(("MẬT",), HEAD, row("Rà soát")),
        xlsx(HEAD, row("Rà soát"), foot="&CTUYỆT MẬT"),
        xlsx(HEAD, row("Rà soát"), more={"Phụ lục": (("TỐI MẬT",), ("a", "b"))}),
    ],
)
def test_a_secrecy_mark_anywhere_in_the_file_refuses_it(data: bytes) -> None:
    with pytest.raises(SecretDocument):
        read_sheets("so.xlsx", data)


def test_a_secrecy_mark_in_a_csv_refuses_it() -> None:
    with pytest.raises(SecretDocument):
        read_sheets("so.csv", "MẬT;;\nNội dung;Đơn vị;Hạn\n".encode())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("31/7/2023", saying.Due(date(2023, 7, 31))),
        ("31.07.23", saying.Due(date(2023, 7, 31))),
        ("Trước ngày 30/8/2023", saying.Due(date(2023, 8, 30))),
        ("16h30 ngày 30/8/2023", saying.Due(date(2023, 8, 30), time(16, 30))),
        ("15/8", saying.Due(date(2023, 8, 15))),
        ("cuối năm", saying.Due(problem="none")),
        ("cuối năm 2023", saying.Due(problem="none")),
        ("thường xuyên", saying.Due(problem="none")),
        ("hằng tháng, trước ngày 25", saying.Due(problem="none")),
        ("quý III/2023", saying.Due(problem="none")),
        ("31/2/2023", saying.Due(problem="bad")),
        ("", saying.Due()),
    ],
)
def test_a_day_is_understood_and_never_invented(words: str, found: saying.Due) -> None:
    with stage() as office, office.database.read() as session:
        assert saying.due(words, calendar_of(session), date(2023, 7, 24), date(2023, 7, 3)) == found


def test_a_day_without_its_year_is_none_where_no_document_has_a_day() -> None:
    with stage() as office, office.database.read() as session:
        assert saying.due("15/8", calendar_of(session), date(2023, 7, 24), None).problem == "no_year"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Đã hoàn thành", "done"), ("xong", "done"), ("Hoàn thành quá hạn", "done"), ("100%", "done"),
        ("Đang thực hiện", "open"), ("Chưa hoàn thành", "open"), ("Quá hạn", "open"), ("Sắp đến hạn", "open"),
        ("Chờ duyệt", "open"), ("Hoàn thành 60%", "open"), ("Tạm dừng", ""), ("?", ""),
    ],
)  # fmt: skip
def test_a_state_is_done_or_open_or_asked(words: str, state: str) -> None:
    assert saying.state(words) == state


@pytest.mark.parametrize(
    ("words", "day", "number", "issued_on"),
    [
        ("788/SVHTTDL-VP ngày 23/7/2023", "", "788/SVHTTDL-VP", date(2023, 7, 23)),
        ("Công văn số 12/2023/QĐ-UBND", "01/06/2023", "12/2023/QĐ-UBND", date(2023, 6, 1)),
        ("Kết luận giao ban", "", "", None),
    ],
)
def test_the_number_and_the_day_of_a_document(words: str, day: str, number: str, issued_on: date | None) -> None:
    assert saying.issued(words, day) == saying.Issued(number, issued_on)


def test_without_a_known_head_every_row_is_kept_for_a_person_to_say_what_is_what() -> None:
    layout = laid_out(read_sheets("so.csv", b"a;b\n1;2\n"))
    assert (layout.head, layout.fields, len(layout.sheet.rows)) == (0, {}, 2)
