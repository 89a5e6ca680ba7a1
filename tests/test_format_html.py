"""A page of a portal, or of Word, is read as a browser shows it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.errors import ReadingError, UndecodableDocument
from reading.formats.html import read
from tests.making_documents import html


def lines(body: str) -> list[str]:
    return read(html(body).encode()).splitlines()


def test_blocks_and_breaks_are_lines_and_other_blanks_are_one() -> None:
    assert lines("<p>Giao  Sở\n Y tế<br>báo <b>cáo</b>.<div>Hai<p>Ba<p>Bốn</div>") == [
        "Giao Sở Y tế", "báo cáo.", "Hai", "Ba", "Bốn",
    ]  # fmt: skip


def test_entities_are_letters() -> None:
    assert lines("<p>Ti&ecirc;n L&#7915;, &#x1EA1;&amp;b&nbsp;c</p>") == ["Tiên Lừ, ạ&b\u00a0c"]


def test_menus_scripts_and_hidden_parts_are_left_out() -> None:
    assert lines(
        "<nav>Trang chủ</nav><script>var a='<p>x</p>'</script><style>p{}</style>"
        "<ul><li><a>A</a><li><a>B</a><li><a>C</a></ul>"
        "<p>Thân</p><p style='display: none'>ẩn</p><p hidden>ẩn</p><del>bỏ</del><select><option>x</select>"
    ) == ["Thân"]


def test_a_hidden_stamp_goes_on_top() -> None:
    assert lines("<p>Thân</p><div style='display:none'>MẬT</div>") == ["MẬT", "Thân"]
    assert lines("<p>Thân</p><div style='mso-element:header'><p>TỐI MẬT</p></div>") == ["TỐI MẬT", "Thân"]


def test_numbers_and_bullets_are_printed() -> None:
    assert lines(
        "<ol type=I><li>Mục<ol><li>một<li>hai<ol type=a><li>chữ</li><li>chữ</ol></ol><li value=5>Mục"
        "<ul><li>gạch<li>- gõ sẵn</ul></ol><ol start=3><li>ba</ol><ul style='list-style:none'><li>trơn</ul>"
    ) == ["I. Mục", "1. một", "2. hai", "a) chữ", "b) chữ", "V. Mục", "- gạch", "- gõ sẵn", "3. ba", "trơn"]


def test_merged_cells_are_printed_once_and_columns_stay_in_their_place() -> None:
    assert lines(
        "<table><thead><tr><th rowspan=2>TT<th rowspan=2>Nội dung<th colspan=2>Đơn vị<th rowspan=2>Thời gian"
        "<tr><th>Chủ trì<th>Phối hợp</thead><tr><td>1<td>Rà<br>soát<td rowspan=2>Phòng A<td>B<td>Quý I"
        "<tr><td>2<td>Báo cáo<td>C<td>Quý II</table>"
    ) == [
        "TT\tNội dung\tĐơn vị\t\tThời gian", "\t\tChủ trì\tPhối hợp\t", "1\tRà soát\tPhòng A\tB\tQuý I",
        "2\tBáo cáo\t\tC\tQuý II",
    ]  # fmt: skip


def test_a_letterhead_table_is_read_column_by_column() -> None:
    assert lines(
        "<table><tr><td><p>UBND TỈNH<p>SỞ Y TẾ<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<p>Độc lập</table>"
        "<table><tr><td><p>Nơi nhận:<p>- Lưu<td>GIÁM ĐỐC</table>"
    ) == ["UBND TỈNH", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "Nơi nhận:", "- Lưu", "GIÁM ĐỐC"]


def test_a_table_that_lays_out_the_page_is_read_area_by_area() -> None:
    duties = "<table><tr><th>TT<th>Nội dung<th>Chủ trì<tr><td>1<td>Rà soát<td>Phòng A</table>"
    assert lines(f"<table><tr><td colspan=2>Cổng<tr><td>Bên trái<td><p>Trước</p>{duties}<p>Sau</table>") == [
        "Cổng", "Bên trái", "Trước", "TT\tNội dung\tChủ trì", "1\tRà soát\tPhòng A", "Sau",
    ]  # fmt: skip


def test_what_word_writes_around_its_numbers_does_not_show() -> None:
    number = "<span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>"
    assert lines(
        "<!--[if gte mso 9]><xml>x</xml><![endif]-->"
        f"<p class=MsoNormal><![if !supportLists]>{number}<![endif]>Giao<o:p/> Sở"
    ) == ["1.\u00a0 Giao Sở"]


def test_old_fonts_and_capitals_by_style_are_read_as_seen() -> None:
    assert lines(
        "<p style=\"font-family:'.VnTimeH'\">céng hßa<p><font face='VNI-Times'>coäng</font> hòa"
        "<p style='text-transform:uppercase'>mật"
    ) == ["CỘNG HÒA", "cộng hòa", "MẬT"]


@pytest.mark.parametrize(
    ("declared", "code"), [("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("utf-8", "utf-16"), ("windows-1252", "utf-8")]
)
def test_unicode_is_recognised_whatever_the_page_declares(declared: str, code: str) -> None:
    assert read(f"<meta charset={declared}><p>Giao Sở Y tế".encode(code)) == "Giao Sở Y tế\n"


def test_other_codes_are_read_as_declared() -> None:
    assert read("<meta charset=windows-1258><p>Hà Nô\u0323i".encode("cp1258")) == "Hà Nội\n"
    page = "<meta http-equiv=Content-Type content='text/html; charset=x-user-defined'><p>"
    assert read(f"{page}B¸o c¸o tµi chÝnh quý".encode("cp1252")) == "Báo cáo tài chính quý\n"
    with pytest.raises(UndecodableDocument):
        read("<p>Hà Nô\u0323i".encode("cp1258"))


PIECES = [
    "<table>", "<tr>", "<td rowspan=9 colspan=3>", "</table>", "<li>", "<ol>", "</ol>", "<p>", "</p>", "chữ",
    "<![if x]>", "<![", "<!--", "-->", "&#99999999;", "&lt", "<td rowspan=0>", "</td>", "<pre>", "<div hidden>",
    "<br/>", "</",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_order_of_tags_gives_text_or_a_named_refusal(pieces: list[str]) -> None:
    with suppress(ReadingError):
        assert isinstance(read("".join(pieces).encode()), str)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_named_refusal(data: bytes) -> None:
    with suppress(ReadingError):
        assert isinstance(read(b"<html>" + data), str)


def test_tags_that_are_never_closed_do_not_break_the_page() -> None:
    assert "cuối" in read(html("<div>" * 5000 + "<table><tr><td>" * 300 + "cuối").encode())
