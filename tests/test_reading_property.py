"""Whatever the text, reading ends in a Reading or a named refusal, and every span holds its item's words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading.deadlines import find_due
from reading.errors import ReadingError
from reading.extract import extract_text
from reading.marks.circulation import restriction
from reading.model import GroupNames, OfficeNames, UnitNames
from reading.reader import read_documents
from reading.secrecy import bears_mark

OFFICE = OfficeNames(
    "Sở Y tế tỉnh An Bình",
    (),
    ("các sở, ban, ngành",),
    (UnitNames("VP", "Văn phòng Sở"),),
    (GroupNames("Các phòng", (), ("VP",)),),
)
PIECES = st.sampled_from(
    [
        "1. ",
        "a) ",
        "- ",
        "+ ",
        "II. ",
        "1.1. ",
        "(2) ",
        "Điều 3. ",
        "\n",
        "\n\n",
        ": ",
        "; ",
        ". ",
        ", ",
        " và ",
        "./.\n",
        "(",
        ")",
        "|",
        "\t",
        "Sở Y tế",
        "Văn phòng Sở",
        "các phòng",
        "UBND các xã, phường",
        "Giao ",
        "đề nghị ",
        "yêu cầu ",
        "chủ trì",
        " phối hợp với ",
        "báo cáo",
        "xây dựng kế hoạch",
        "trước ngày 15/3",
        "/2025",
        " hằng tháng",
        "Quý II/2026",
        "thường xuyên",
        "trong vòng 05 ngày làm việc",
        "Nơi nhận:\n",
        "Kính gửi: ",
        "Số: 12/SYT-VP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "Cơ quan chủ trì: ",
        "Thời hạn: ",
        "STT\n",
        "TT\nNội dung\nĐơn vị chủ trì\n1\n",
        "PHỤ LỤC\n",
        "KẾ HOẠCH\n",
        "KT. GIÁM ĐỐC\n",
        "Nguyễn Văn An\n",
        "tỷ lệ số hóa 79,3% (theo quy định 100%)",
        "ngày 12 tháng 5 năm 2025\n",
        "ngày 31 tháng 2 năm 2025",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read_or_refused_and_spans_hold_their_items(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        reading = read_documents([("a.txt", data)], OFFICE)
    except ReadingError:
        return
    extracted = extract_text("a.txt", data)
    end = 0
    for item in reading.items:
        assert end <= item.span[0] < item.span[1] <= len(extracted)
        assert " ".join(extracted[slice(*item.span)].split()) == item.text
        assert item.leads
        end = item.span[1]
    reading.to_json()


DOCUMENTS = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "documents").glob("*.txt"))[::4]
]


def held(texts: list[str]) -> None:
    """Read and hold every promise of a reading: spans, quotes, names."""
    files = [(f"{n}.txt", text.encode("utf-8", "surrogatepass")) for n, text in enumerate(texts)]
    try:
        reading = read_documents(files, OFFICE)
    except ReadingError:
        return
    extracted = [extract_text(name, data) for name, data in files]
    whole = [" ".join(text.split()) for text in extracted]
    ends = [0] * len(files)
    for item in reading.items:
        begin, end = item.span
        assert ends[item.file] <= begin < end <= len(extracted[item.file])
        assert " ".join(extracted[item.file][begin:end].split()) == item.text
        ends[item.file] = end
        assert item.leads
        for words in [*(due.text for due in item.due), *(lead.text for lead in (*item.leads, *item.co))]:
            assert (
                words in whole[item.file]
                or stripped(words) in stripped(whole[item.file])
                or any(stripped(words) in stripped(other) for other in whole)
            ), words


def stripped(text: str) -> str:
    """Without bracketed glosses and marks: a name is quoted without what stands in brackets inside it."""
    return " ".join(re.sub(r"\([^()]*\)?|[-–,;:.()]", " ", text).split())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DOCUMENTS), st.data())
def test_any_cut_of_a_document_is_read_and_quotes_only_its_own_words(document: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(begin, len(document)))
    held([document[begin:end]])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DOCUMENTS), st.sampled_from(DOCUMENTS), st.integers(0, 3000), st.integers(0, 3000))
def test_joined_documents_are_read_as_one_text_and_as_a_dispatch(one: str, two: str, cut: int, glue: int) -> None:
    held([one[:cut] + two[glue:]])
    held([one[cut:], two[:glue]])


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.integers(0, 6000), st.integers(0, 6000))
def test_any_cut_of_the_bytes_is_read_or_refused_by_name(document: str, begin: int, end: int) -> None:
    try:
        read_documents([("a.txt", document.encode()[begin:end])], OFFICE)
    except ReadingError as refused:
        assert refused.args == (refused.reason,)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_any_text_has_due_words_that_stand_in_it(text: str, labelled: bool) -> None:
    for due in find_due(text, date(2025, 10, 1), labelled):
        assert due.text in text
    restriction(text)
    bears_mark(text)


# One word over and over; an expression that backtracks without end does so on a short text already.
HOSTILE = [
    "trước " * 60, "1" * 400, "ngày 1/1" * 50, "a" * 400, "( " * 200, "Sở " * 100, "M " * 200, "M Ậ " * 100, "\t" * 400,
    "trong vòng " * 40, "Sở Y tế, " * 50, "hằng tháng trước ngày " * 20, "Số: " + "1" * 300, "Số: " + "A-" * 150,
    "TỐI\n" * 100, "Kính gửi: " + "A;\n" * 150, "ngày " * 100, "Độ mật: " * 50, "Cộng " * 100, "NGUYỄN " * 60,
    "GIÁM ĐỐC\n" * 50, "KT. GIÁM ĐỐC\n" + "Nguyễn " * 60, "theo " * 100, "6 tháng " * 50, "từ ngày 1 đến ngày " * 25,
    " " * 400 + "x", "KẾ HOẠCH\n" + "TM. " * 100, "hàng ngày trước 1 " * 25,
    "các tỉnh từ A đến " * 25, "vào năm 2030 " * 30,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_word_over_and_over_is_read_like_any_text(text: str) -> None:
    held([text])
    for due in find_due(text, date(2025, 10, 1), True):
        assert due.text in text


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_text_or_a_named_refusal(data: bytes) -> None:
    try:
        assert extract_text("a.txt", data).strip()
    except ReadingError as refused:
        assert refused.args == (refused.reason,)
