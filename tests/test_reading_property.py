"""Whatever the text, reading ends in a Reading or a named refusal, and every span holds its item's words."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading.errors import ReadingError
from reading.extract import extract_text
from reading.model import GroupNames, OfficeNames, UnitNames
from reading.reader import read_documents

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


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_text_or_a_named_refusal(data: bytes) -> None:
    try:
        assert extract_text("a.txt", data).strip()
    except ReadingError as refused:
        assert refused.args == (refused.reason,)
