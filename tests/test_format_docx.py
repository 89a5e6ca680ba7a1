"""A DOCX is read as it is printed: numbers, capitals, boxes and tables, without what is deleted or hidden."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.errors import BrokenDocument, OversizedDocument, ReadingError
from reading.formats import docx as word
from reading.formats import word_parts
from tests.making_documents import cell, docx, levels, listed, lists, par, run, table

DECREE = levels(("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7"))
LEGAL = levels(("decimal", "%1."), ("decimal", "%1.%2."))
SPAN = '<w:gridSpan w:val="{}"/>'


def lines(*body: str, numbering: str = "", styles: str = "", header: str = "") -> list[str]:
    return word.read(docx(*body, numbering=numbering, styles=styles, header=header)).splitlines()


def box(content: str) -> str:
    """A text box as Word writes it: a drawing, and the same again for programs that know none."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>' + inside + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + inside + "</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_automatic_numbers_are_printed_and_begin_anew_under_each_heading() -> None:
    # fmt: off
    assert lines(
        listed("Mục đích", 1), listed("Một", 1, 1), listed("chữ", 1, 2), listed("chữ", 1, 2), listed("gạch", 1, 3),
        listed("Hai", 1, 1), listed("chữ", 1, 2), listed("Tổ chức", 1), listed("Ba", 1, 1), numbering=lists(DECREE),
    ) == ["I. Mục đích", "1. Một", "a) chữ", "b) chữ", "- gạch", "2. Hai", "a) chữ", "II. Tổ chức", "1. Ba"]
    # fmt: on


def test_numbers_of_several_levels_are_joined_and_an_empty_paragraph_counts_unseen() -> None:
    found = lines(listed("a", 1), listed("b", 1, 1), listed("", 1, 1), listed("c", 1, 1), numbering=lists(LEGAL))
    assert [line for line in found if line] == ["1. a", "1.1. b", "1.3. c"]


def test_a_list_may_begin_anew_or_go_on_after_other_text() -> None:
    anew = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = [listed("a", 1), par("xen"), listed("b", 1), listed("c", 7), listed("d", 7), listed("e", 8)]
    assert lines(*body, numbering=lists(LEGAL, extra=anew)) == ["1. a", "xen", "2. b", "1. c", "2. d", "3. e"]


def test_the_numbers_of_a_style_are_printed() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    off = '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = [par("a", '<w:pStyle w:val="Muc"/>'), par("b", '<w:pStyle w:val="MucCon"/>'), par("c", off)]
    assert lines(*body, styles=styles, numbering=lists(LEGAL)) == ["1. a", "2. b", "c"]


def test_the_letterhead_is_read_column_by_column_and_the_duties_row_by_row() -> None:
    assert lines(
        table(
            [cell("UBND TỈNH THÁI BÌNH", "SỞ Y TẾ"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do")],
            ["Số: 12/KH-SYT", "Thái Bình, ngày 01 tháng 8 năm 2023"],
        ),
        table(
            ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
            [cell("I. Nhóm đầu", properties=SPAN.format(5))],
            ["1", cell("Rà soát", "hồ sơ"), cell("Phòng A", properties='<w:vMerge w:val="restart"/>'), "", "Quý I"],
            ["2", "Báo cáo", cell("", properties="<w:vMerge/>"), "Phòng B", "Quý II"],
        ),
        table([cell("Nơi nhận:", "- Lưu: VT."), cell("GIÁM ĐỐC", "", "Trần Văn Thành")]),
    ) == [
        "UBND TỈNH THÁI BÌNH", "SỞ Y TẾ", "Số: 12/KH-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do",
        "Thái Bình, ngày 01 tháng 8 năm 2023", "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian", "I.\tNhóm đầu\t\t\t",
        "1\tRà soát hồ sơ\tPhòng A\t\tQuý I", "2\tBáo cáo\t\tPhòng B\tQuý II",
        "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "", "Trần Văn Thành",
    ]  # fmt: skip


def test_tables_in_tables_are_read_where_they_stand() -> None:
    duties = table(["TT", "Nội dung", "Chủ trì"], ["1", "Rà soát", "Phòng A"])
    assert lines(table([cell("Trước", duties + par("Sau"))])) == [
        "Trước", "TT\tNội dung\tChủ trì", "1\tRà soát\tPhòng A", "Sau",
    ]  # fmt: skip


def test_a_text_box_is_read_once() -> None:
    assert lines(par(box(par("HỎA TỐC")) + run("Kính gửi: Các phòng"))) == ["HỎA TỐC", "Kính gửi: Các phòng"]


def test_tracked_changes_are_read_as_accepted() -> None:
    gone = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    body = [
        par(f"<w:ins>{run('thêm ')}</w:ins>{gone}{run('còn')}<w:moveFrom>{run('cũ')}</w:moveFrom>"),
        par("đầu ", "<w:rPr><w:del/></w:rPr>"),
        par("cuối"),
    ]
    assert lines(*body) == ["thêm còn", "đầu cuối"]


def test_fields_links_controls_and_signs_are_read_as_seen() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>' + run("01/8/2023")
    signs = "<w:r><w:t>SV</w:t><w:noBreakHyphen/><w:t>VP</w:t><w:br/><w:t>dòng</w:t><w:softHyphen/><w:t>hai</w:t></w:r>"
    inside = f"<w:sdt><w:sdtPr/><w:sdtContent>{par('điều khiển')}</w:sdtContent></w:sdt>"
    assert lines(par(field), par(signs), inside, par(f"<w:hyperlink>{run('liên kết')}</w:hyperlink>")) == [
        "01/8/2023", "SV-VP", "dònghai", "điều khiển", "liên kết",
    ]  # fmt: skip


def test_capitals_of_the_format_are_capitals_and_hidden_text_is_none() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="To"><w:rPr><w:caps/></w:rPr></w:style>'
    body = [par(run("mật", "<w:caps/>")), par("kế hoạch", '<w:pStyle w:val="To"/>'), par(run("ẩn", "<w:vanish/>"))]
    assert lines(*body, styles=styles) == ["MẬT", "KẾ HOẠCH"]


def test_a_stamp_in_a_page_header_or_hidden_goes_on_top_and_nothing_else_of_them() -> None:
    assert lines(par("Thân"), header=par("TỐI MẬT") + par("Trang 3")) == ["TỐI MẬT", "Thân"]
    assert lines(par("Thân"), header=par(box(par(run("mật", "<w:caps/>"))))) == ["MẬT", "Thân"]
    assert lines(par(run("MẬT", "<w:vanish/>") + run("Thân"))) == ["MẬT", "Thân"]
    assert lines(par("Thân"), header=par(run("mËt", '<w:rFonts w:ascii=".VnTimeH"/>'))) == ["MẬT", "Thân"]


def test_runs_in_old_fonts_are_repaired_even_where_a_letter_is_cut_in_two() -> None:
    vni, tcvn = '<w:rFonts w:ascii="VNI-Times"/>', '<w:rFonts w:ascii=".VnTimeH"/>'
    body = [par(run("coäng hoo", vni) + run("ø", vni)), par(run("céng hßa ", tcvn) + run("50 µm", ""))]
    assert lines(*body) == ["cộng hoò", "CỘNG HÒA 50 µm"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 torn",
        docx(par("x"))[:-40],
        docx(par("x"), more={"word/document.xml": b"<w:document"}),
        docx(par("x"), more={"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        docx(par("x"), more={"word/document.xml": b"<a>" * 300 + b"</a>" * 300}),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_damaged_package_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(BrokenDocument):
        word.read(data)


def test_a_part_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_parts, "LARGEST_PART", 100)
    with pytest.raises(OversizedDocument):
        word.read(docx(par("x" * 1000)))


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "pPr",
    "rPr",
    "numPr",
    "numId",
    "vMerge",
    "gridSpan",
    "sdt",
    "del",
    "drawing",
    "sym",
]
TREES = st.recursive(
    st.sampled_from(["", "chữ", '<w:numId w:val="1"/>', '<w:gridSpan w:val="x"/>']),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TREES, max_size=5))
def test_any_order_of_elements_gives_text(body: list[str]) -> None:
    assert isinstance(word.read(docx(*body, numbering=lists(DECREE))), str)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 1500))
def test_any_bytes_give_text_or_a_named_refusal(rubbish: bytes, place: int) -> None:
    whole = docx(par("x"))
    with suppress(ReadingError):
        assert isinstance(word.read(whole[:place] + rubbish + whole[place + len(rubbish) :]), str)
