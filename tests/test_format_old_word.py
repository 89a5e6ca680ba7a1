"""A .doc of Word 97-2003: what the machine's program prints is put into the shape of a page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reading.errors import BrokenDocument, NoOldWordReader
from reading.formats import old_word
from reading.formats.old_word_text import shape
from tests.making_documents import docx, par

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_a_row_whose_cells_hold_paragraphs_becomes_one_line() -> None:
    assert shape(
        "TT\tNội dung\tCơ quan\nchủ trì\tThời gian\n1\tRà soát\nhồ sơ\tPhòng A\nPhòng B\tQuý I\nII\tNhóm hai\n"
        "2\tBáo cáo\tPhòng C\tQuý II\nhằng năm\n3\tHọp\tPhòng D\tQuý III\n\nSau bảng\n"
    ).splitlines() == [
        "TT\tNội dung\tCơ quan chủ trì\tThời gian", "1\tRà soát hồ sơ\tPhòng A Phòng B\tQuý I", "II\tNhóm hai\t\t",
        "2\tBáo cáo\tPhòng C\tQuý II hằng năm", "3\tHọp\tPhòng D\tQuý III", "", "Sau bảng",
    ]  # fmt: skip


def test_letterhead_and_signature_are_one_column_after_the_other() -> None:
    assert shape(
        "UBND TỈNH\nSố: 12/KH-SYT\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập\n"
        "- Thời gian:\t\tsáng\n- Lưu: VT.\tGIÁM ĐỐC\n"
    ).splitlines() == [
        "UBND TỈNH", "Số: 12/KH-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "- Thời gian:\t\tsáng",
        "- Lưu: VT.", "GIÁM ĐỐC",
    ]  # fmt: skip


def test_rubbish_of_fields_and_drawings_is_left_out_and_short_lines_are_not() -> None:
    printed = 'Trước hình\nh\nh\nhº\n摧ḟÐ\n\\\nSau hình\n PAGE   4 \nHYPERLINK "a" cổng vào\n1\n2\n3\n4\n5'
    assert shape(printed).splitlines() == [
        "Trước hình", "Sau hình", "cổng vào", "1", "2", "3", "4", "5",
    ]  # fmt: skip


def test_without_a_program_the_reader_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NoOldWordReader):
        old_word.read(OLE + b"x" * 600)


def test_what_catdoc_prints_is_repaired_and_shaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/catdoc" if name == "catdoc" else None)
    printed = "B¸o c¸o tµi chÝnh quý I\nLưu\tGIÁM ĐỐC".replace("Lưu\tGIÁM ĐỐC", "L\u00adu\tGI¸M §èC")
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, printed.encode())
    )
    assert old_word.read(OLE) == "Báo cáo tài chính quý I\nLưu\nGIÁM ĐỐC\n"


def test_without_catdoc_libreoffice_makes_a_docx_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        source = Path(command[-1])
        if source.read_bytes() == OLE + b"good":
            source.with_suffix(".docx").write_bytes(docx(par("Giao Sở Y tế")))
        return subprocess.CompletedProcess(command, 0, b"")

    monkeypatch.setattr(shutil, "which", lambda name: "/bin/soffice" if name == "soffice" else None)
    monkeypatch.setattr(subprocess, "run", convert)
    assert old_word.read(OLE + b"good") == "Giao Sở Y tế\n"
    with pytest.raises(BrokenDocument):
        old_word.read(OLE + b"bad")


@pytest.mark.old_word
def test_a_damaged_file_is_said_to_be_broken() -> None:
    for data in (OLE + bytes(600), OLE + b"\xff" * 5000, b"no Word at all"):
        with pytest.raises(BrokenDocument):
            old_word.read(data)
