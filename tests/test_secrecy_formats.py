"""A stamp is seen wherever a format may keep it: beside the page, across it, hidden, or in letters of old fonts."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from reading.errors import (
    MacroDocument,
    OversizedDocument,
    ProtectedDocument,
    ReadingError,
    SecretDocument,
    WrongExtension,
)
from reading.formats import docx, html, rtf
from reading.marks.screening import refuse_marked
from reading.secrecy import bears_mark
from tests import hostile_files as files
from tests import making_documents as making
from tests.making_documents import par, rtf_row, rtf_text, run, table

LINES = ("SỞ NỘI VỤ", "Số: 45/SNV-VP", "Kính gửi: Các phòng.", "1. Giao Thanh tra Sở rà soát.", "2. Báo cáo.")
ACROSS = '<w:p><w:r><w:pict><v:shape><v:textpath string="MẬT"/></v:shape></w:pict></w:r></w:p>'


def in_word(front: str = "", header: str = "") -> str:
    return docx.read(making.docx(front, *map(par, LINES), header=header))


@pytest.mark.parametrize(
    "header",
    [
        par("MẬT"), par(unicodedata.normalize("NFD", "TỐI MẬT")), par("Mật"), par("Độ mật: Mật"), par("MẬT - Trang 1"),
        par(run("M") + run("Ậ") + run("T")), par(run("mật", "<w:caps/>")), table(["Trang 1", "TUYỆT MẬT"]), ACROSS,
        par("TỐI") + par("MẬT"), par("M") + par("Ậ") + par("T"), par("ＭẬＴ"),
        par(run("mËt", '<w:rFonts w:ascii=".VnTimeH"/>')),
    ],
)  # fmt: skip
def test_in_the_head_of_a_word_page(header: str) -> None:
    assert bears_mark(in_word(header=header))


@pytest.mark.parametrize("header", [par("BẢO VỆ BÍ MẬT NHÀ NƯỚC"), par("Trang 1"), par("BẢO MẬT"), par("Độ mật:")])
def test_another_head_of_a_word_page_is_none_and_is_left_out(header: str) -> None:
    assert in_word(header=header).startswith("SỞ NỘI VỤ")


@pytest.mark.parametrize(
    "front",
    [
        ACROSS, par(run("MẬT", "<w:vanish/>")), f'<w:p><w:ins w:id="1" w:author="a">{run("MẬT")}</w:ins></w:p>',
        table(["SỞ NỘI VỤ", "MẬT"]), table(["M", "Ậ", "T"]), par(run("M") + run("Ậ") + run("T")),
        par(run("MAÄT", '<w:rFonts w:ascii="VNI-Times"/>')),
    ],
)  # fmt: skip
def test_on_a_word_page(front: str) -> None:
    assert bears_mark(in_word(front))


@pytest.mark.parametrize(
    "front",
    [
        "<footer>MẬT</footer>", "<aside><p>a</p><p>TỐI MẬT</p></aside>", "<nav>MẬT</nav>",
        "<svg><text>MẬT</text></svg>",
        "<title>MẬT</title>",
        "<textarea>MẬT</textarea>", '<p style="display:none">MẬT</p>', "<p>M<!-- x -->Ậ<wbr>T</p>",
        '<p style="text-transform:uppercase">mật</p>', "<p>M&#8203;&#7852;&shy;T</p>", "<p>TỐI<br>MẬT</p>",
    ],
)  # fmt: skip
def test_in_a_web_page(front: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    assert bears_mark(html.read(making.html(front + body).encode()))


def test_the_menu_of_a_site_is_none_and_is_left_out() -> None:
    page = making.html("<nav>QUÊN MẬT KHẨU</nav><footer>CHÍNH SÁCH BẢO MẬT</footer><p>SỞ NỘI VỤ</p>")
    assert html.read(page.encode()) == "SỞ NỘI VỤ\n"


MARK = rtf_text("MẬT")


@pytest.mark.parametrize(
    "front",
    [
        f"{{\\header {MARK}\\par}}", f"{{\\v {MARK}}}", f"{{\\caps {rtf_text('mật')}}}", rtf_row("SỞ NỘI VỤ", "MẬT"),
        f"{{\\shp{{\\*\\shpinst{{\\sp{{\\sn gtextUNICODE}}{{\\sv {MARK}}}}}}}}}",
        f"{{\\*\\background{{\\shp{{\\*\\shpinst{{\\sp{{\\sn gtextUNICODE}}{{\\sv {MARK}}}}}}}}}}}",
    ],
)  # fmt: skip
def test_in_rich_text(front: str) -> None:
    body = "\\par ".join(rtf_text(line) for line in LINES)
    assert bears_mark(rtf.read(making.rtf(f"{front}\\par {body}\\par ")))


def package(part: str, content: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("so.xlsx", package("xl/sharedStrings.xml", "<sst><si><r><t>TỐI </t></r><r><t>MẬT</t></r></si></sst>")),
        ("so.xlsx", package("xl/worksheets/sheet1.xml",
        "<s><headerFooter><oddHeader>&amp;CMẬT</oddHeader></headerFooter></s>")),
        ("so.pptx", package("ppt/slides/slide1.xml", "<s><p><r><t>MẬT</t></r></p></s>")),
        ("so.csv", "stt,MẬT,ghi chú\n".encode()),
        ("so.bin", "TUYỆT MẬT\nSố: 1".encode()),
        ("so.txt", "Độ mật: Mật".encode("utf-16")),
    ],
)  # fmt: skip
def test_in_evidence(name: str, data: bytes) -> None:
    with pytest.raises(SecretDocument):
        refuse_marked(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("so.xlsx", package("xl/sharedStrings.xml", "<sst><si><t>BẢO VỆ BÍ MẬT</t></si><si><t>Mật ong</t></si></sst>")),
        ("so.csv", b"stt,100\n"), ("so.zip", package("a.txt", "x")), ("so.docx", b"PK\x03\x04 damaged"),
        ("so.gif", b"GIF89a"),
    ],
)  # fmt: skip
def test_evidence_that_bears_none_or_cannot_be_read_passes(name: str, data: bytes) -> None:
    refuse_marked(name, data)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("bc.txt", b"Giao. " * 200_000, OversizedDocument),
        ("bc.docx", files.compound("EncryptedPackage"), ProtectedDocument),
        ("bc.docx", files.docx("a", more={"word/vbaProject.bin": b"x"}), MacroDocument),
        ("bc.xlsx", package("xl/sharedStrings.xml", "x" * (20 << 20)), OversizedDocument),
        ("bc.jpg", files.pdf(), WrongExtension),
    ],
    ids=["long", "password", "macros", "bomb", "name"],
)
def test_evidence_that_cannot_be_searched_here_is_named(name: str, data: bytes, error: type[ReadingError]) -> None:
    with pytest.raises(error):
        refuse_marked(name, data)
