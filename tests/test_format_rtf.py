"""RTF is read as it is printed, in any of the codes that Vietnamese was typed in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.errors import BrokenDocument, ReadingError
from reading.formats.rtf import read
from tests.making_documents import rtf, rtf_row, rtf_text

FONTS = (
    r"{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset163 Times New Roman (Vietnamese);}"
    r"{\f2\fnil\fcharset0 .VnTimeH;}{\f3\fnil VNI-Times;}{\f4\fnil .VnTime;}"
)


def lines(body: str, page: int = 1252) -> list[str]:
    return read(rtf(body, FONTS, page)).splitlines()


def test_unicode_letters_are_read_and_what_stands_for_them_is_not() -> None:
    assert lines(rtf_text("Giao Sở Y tế {1} chủ trì") + r"\par \uc2\u7852??T\uc0\u7852 T\par") == [
        "Giao Sở Y tế {1} chủ trì", "ẬTẬT",
    ]  # fmt: skip


def test_letters_of_the_code_page_are_composed() -> None:
    assert lines(r"H\'e0 N\'f4\'f2i", page=1258) == ["Hà Nội"]
    assert lines(r"\f1 H\'e0 N\'f4\'f2i") == ["Hà Nội"]  # by the font, whatever the file declares
    assert read(rb"{\rtf1\ansi " + "Hà Nội".encode() + b"}") == "Hà Nội\n"


def test_old_fonts_are_repaired_and_their_capitals_kept() -> None:
    assert lines(r"\f2 c\'e9ng h\'dfa\par\f3 co\'e4ng\par\f4 B\'b8o c\'b8o tr\'adíc".replace("í", r"\'ed")) == [
        "CỘNG HÒA", "cộng", "Báo cáo trước",
    ]  # fmt: skip


def test_lines_tabs_and_signs() -> None:
    assert lines(r"a\line b\par c\tab d\par 1\emdash 2\endash 3\~4\_5\-6\par\'93x\'94") == [
        "a", "b", "c\td", "1—2–3\u00a04-56", "“x”",
    ]  # fmt: skip


def test_tables_are_rows_and_letterheads_columns() -> None:
    assert lines(
        rtf_row("UBND TỈNH\nSỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập") + r"\pard "
        + rtf_text("Kế hoạch") + r"\par" + rtf_row("TT", "Nội dung", "Chủ trì") + rtf_row("1", "Rà\nsoát", "Phòng A")
        + r"\trowd\cellx6000\pard\intbl II\cell\row\pard sau\par"
    ) == [
        "UBND TỈNH", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "Kế hoạch",
        "TT\tNội dung\tChủ trì", "1\tRà soát\tPhòng A", "II\t\t", "sau",
    ]  # fmt: skip


def test_cells_merged_downwards_are_printed_once() -> None:
    def row(merge: str, *cells: str) -> str:
        edges = rf"\cellx1000\cellx2000{merge}\cellx3000"
        return rf"\trowd{edges}" + "".join(rf"\pard\intbl {rtf_text(c)}\cell" for c in cells) + r"\row"

    assert lines(
        row("", "TT", "Nội dung", "Chủ trì") + row(r"\clvmgf", "1", "a", "Phòng A") + row(r"\clvmrg", "2", "b", "")
    ) == ["TT\tNội dung\tChủ trì", "1\ta\tPhòng A", "2\tb\t"]


def test_the_printed_number_of_a_list_is_read() -> None:
    assert lines(r"{\listtext\f0 1.\tab}Giao\par{\*\pn\pnlvlbody x}{\pntext -\tab}" + rtf_text("gạch") + r"\par") == [
        "1. Giao", "- gạch",
    ]  # fmt: skip


def test_what_is_no_text_of_the_page_is_left_out() -> None:
    assert lines(
        r"{\info{\title x}}{\stylesheet{\s0 Normal;}}{\*\generator y;}{\pict\bin4 {{{{89ab}"
        r"{\object{\*\objdata 01}{\result r}}"
        r"{\footnote z}{\field{\*\fldinst PAGE}{\fldrslt 3}}{\deleted d}{\v v}\bin2 }}."
    ) == ["r3."]


def test_a_text_box_is_read_once_and_a_stamp_in_a_page_header_goes_on_top() -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt " + rtf_text("HỎA TỐC") + r"\par}}{\shprslt x}}"
    header = r"{\header\pard Trang 1\par " + rtf_text("MẬT") + r"\par}"
    assert lines(header + shape + rtf_text("Thân") + r"\par") == ["MẬT", "HỎA TỐC", "Thân"]
    assert lines(r"{\caps " + rtf_text("mật") + r"}\par x") == ["MẬT", "x"]


def test_what_is_no_rtf_is_broken() -> None:
    for data in (b"", b"x", b"{\\rt", b"{\\rtf1" + b"{" * 5000):
        with pytest.raises(BrokenDocument):
            read(data)


PIECES = [
    "{", "}", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\trowd ", "\\cellx9 ", "\\clmrg ", "\\u-10179?\\u-8704?",
    "\\'", "\\'b8", "\\*", "\\upr ", "\\ud ", "\\bin9999 ", "\\fonttbl ", "\\f9 ", "\\header ", "\\uc9 ", "\\", "chu",
    "\\shptxt ",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.binary(max_size=20))
def test_any_order_of_words_gives_text_or_a_named_refusal(pieces: list[str], rubbish: bytes) -> None:
    with suppress(ReadingError):
        assert isinstance(read(b"{\\rtf1" + "".join(pieces).encode() + rubbish), str)
