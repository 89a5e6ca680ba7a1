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
)
from reading.extract import extract_text
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
        ("a.txt", b"%PDF-1.7\n1 0 obj", BinaryDocument),
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
