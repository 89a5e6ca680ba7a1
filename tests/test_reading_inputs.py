"""What cannot or may not be read is refused by name, and the refusal says nothing of the content."""

from __future__ import annotations

import unicodedata

import pytest

from reading.errors import (
    BinaryDocument,
    EmptyDocument,
    ReadingError,
    SecretDocument,
    UndecodableDocument,
    UnsupportedFormat,
    WrongExtension,
)
from reading.extract import extract, extract_text
from reading.extracted import Extracted
from reading.model import OfficeNames
from reading.reader import read_documents

OFFICE = OfficeNames("Sở Nội vụ tỉnh An Bình")
LETTER = """UBND TỈNH AN BÌNH
SỞ NỘI VỤ
{stamp}
Số: 45/SNV-VP
V/v {subject}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 12 tháng 5 năm 2025

Kính gửi: Các phòng chuyên môn.

1. Phòng Cải cách hành chính xây dựng phương án riêng, hoàn thành trước ngày 30/5/2025./.
"""


def letter(stamp: str = "", subject: str = "bảo đảm an toàn", number: str = "45/SNV-VP") -> bytes:
    return LETTER.format(stamp=stamp, subject=subject).replace("45/SNV-VP", number).encode()


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", EmptyDocument),
        ("a.txt", b" \n\t\r\n", EmptyDocument),
        ("a.txt", "\u200b\u00a0---".encode(), EmptyDocument),
        ("a.txt", b"%PDF-1.7\n1 0 obj", WrongExtension),
        ("a.txt", bytes(range(256)) * 4, BinaryDocument),
        ("a.txt", b"\x01\x02\x03\x04\x05\x06\x07\x08abc", BinaryDocument),
        ("a.txt", "Văn bản số 1".encode("cp1258", "replace") + b"\xe3\xf0\xff ABC", UndecodableDocument),
        ("a.xyz", b"abc", UnsupportedFormat),
    ],
)
def test_what_is_no_text_is_refused_by_name(name: str, data: bytes, error: type[ReadingError]) -> None:
    with pytest.raises(error) as refused:
        extract_text(name, data)
    assert refused.value.args == (error.reason,)


def test_text_comes_out_composed_with_ordinary_blanks_and_line_ends() -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", "Sở Nội vụ\u00a0báo cáo\r\nmục 2")
    assert extract_text("a.txt", raw.encode()) == "Sở Nội vụ báo cáo\nmục 2"
    assert extract_text("a", "Sở Nội vụ".encode("utf-16")) == "Sở Nội vụ"


@pytest.mark.parametrize(
    "stamp",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "Mật",
        "M Ậ T",
        "T Ố I   M Ậ T",
        "T U Y Ệ T\u00a0M Ậ T",
        "[MẬT]",
        "** MẬT **",
        "Độ mật: Tối mật",
        "ĐỘ MẬT: MẬT",
        "M\u200bẬT",
        "TÀI LIỆU MẬT",
        "TỐI\nMẬT",
        "MAT",
        "SỞ NỘI VỤ\tMẬT\tĐộc lập",
    ],
)
def test_a_secrecy_stamp_refuses_the_document_before_anything_is_read(stamp: str) -> None:
    for form in ("NFC", "NFD"):
        with pytest.raises(SecretDocument) as refused:
            read_documents([("a.txt", unicodedata.normalize(form, letter(stamp).decode()).encode())], OFFICE)
        assert refused.value.args == ("secret",)
        assert refused.value.__cause__ is None


def test_a_sign_that_ends_in_m_is_a_secret_document() -> None:
    with pytest.raises(SecretDocument):
        read_documents([("a.txt", letter(number="45/SNV-VP-M"))], OFFICE)


def test_a_secret_annex_refuses_the_whole_dispatch() -> None:
    with pytest.raises(SecretDocument):
        read_documents([("a.txt", letter()), ("b.txt", "PHỤ LỤC\nTUYỆT MẬT\n1. Danh sách".encode())], OFFICE)


@pytest.mark.parametrize(
    "subject",
    [
        "tăng cường BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "quản lý văn bản mật, bảo mật thông tin",
        "BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "bảo vệ BÍ\nMẬT",
    ],
)
def test_a_title_about_state_secrets_is_no_stamp(subject: str) -> None:
    assert len(read_documents([("a.txt", letter(subject=subject))], OFFICE).items) == 1


def test_an_empty_secrecy_field_is_no_stamp() -> None:
    assert read_documents([("a.txt", letter("Độ mật:"))], OFFICE).items
    assert read_documents([("a.txt", letter("Độ mật: Không"))], OFFICE).items


def test_a_secret_file_ends_the_reading_before_the_next_is_opened() -> None:
    with pytest.raises(SecretDocument):
        read_documents([("a.txt", letter("MẬT")), ("b.pdf", b"%PDF-1.7 that cannot be opened")], OFFICE)


def scanned(monkeypatch: pytest.MonkeyPatch, found: Extracted) -> None:
    """Every file that is no plain text is opened as this."""
    monkeypatch.setattr("reading.opening.sandbox.run", lambda *_: found)


def test_doubtful_words_keep_their_place_when_the_text_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = unicodedata.normalize("NFD", "Sở Nội vụ\r\nbáo cáo") + "\x00 Phòng Một"
    start = raw.index("Phòng Một") if "Phòng Một" in raw else raw.index("Ph")
    scanned(monkeypatch, Extracted(raw, ((0, 4), (start, len(raw))), True))
    found = extract("a.pdf", b"%PDF-1.7")
    assert found.text == "Sở Nội vụ\nbáo cáo Phòng Một"
    assert [found.text[start:end] for start, end in found.doubtful] == ["Sở", "Phòng Một"]


def test_every_file_of_a_dispatch_is_opened_once_and_its_doubtful_words_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def run(reader: str, *_: object) -> Extracted:
        opened.append(reader)
        return Extracted(letter().decode(), ((3, 7), (10, 12)), True)

    monkeypatch.setattr("reading.opening.sandbox.run", run)
    documents = [("a.txt", letter()), ("b.pdf", b"%PDF-1.7"), ("c.JPG", b"\xff\xd8\xff")]
    reading = read_documents(documents, OFFICE)
    assert opened == ["reading.formats.pdf", "reading.formats.image"]
    assert reading.doubtful == [(1, 3, 7), (1, 10, 12), (2, 3, 7), (2, 10, 12)]
    assert "Văn bản được nhận dạng từ bản quét: đối chiếu 4 từ chưa chắc chắn được đánh dấu" in reading.warnings
    assert {item.file for item in reading.items} == {0, 1, 2}


def test_a_text_that_was_not_recognised_warns_of_nothing() -> None:
    assert not any("nhận dạng" in warning for warning in read_documents([("a.txt", letter())], OFFICE).warnings)


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_word"),
        ("a.doc", b"{\\rtf1 abc}", "rtf"),
        ("a.doc", b"\xef\xbb\xbf\r\n<!-- made by a web page -->\n<HTML><body>abc", "html"),
        ("a.doc", "<html><body>abc".encode("utf-16"), "html"),
        ("a.doc", b"PK\x03\x04", "docx"),
        ("a.rtf", b"PK\x03\x04", "docx"),
        ("a.htm", b"<p>abc", "html"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "image"),
        ("Văn bản.PDF ", b"\n\n%PDF-1.4", "pdf"),
    ],
)
def test_a_file_is_what_its_content_says(
    name: str, data: bytes, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reading.opening.sandbox.run", lambda asked, *_: Extracted(asked))
    assert extract(name, data).text == f"reading.formats.{reader}"
