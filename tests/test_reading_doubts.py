"""A day that recognition is unsure of is asked for, and no other."""

from __future__ import annotations

from reading.extracted import Extracted
from reading.reader import read_extracted
from reading.times.doubts import UNSURE
from tests.reading_office import OFFICE

TEXT = """SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
Số: 12/SVHTTDL-VP
Thái Bình, ngày 02 tháng 3 năm 2026
1. Thanh tra Sở báo cáo kết quả trước ngày 15/8/2026.
2. Văn phòng Sở tổng hợp trước ngày 20/8/2026.
"""


def questions(*doubtful: str) -> list[str | None]:
    """What is asked of the days of the two items when these words are doubtful."""
    spans = tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in doubtful)
    reading = read_extracted("scan.pdf", [Extracted(TEXT, spans, recognised=True)], OFFICE)
    return [due.question for item in reading.items for due in item.due]


def test_a_day_of_doubtful_figures_is_asked_for() -> None:
    assert questions("15/8/2026.") == [UNSURE, None]


def test_other_doubtful_words_ask_nothing_of_the_days() -> None:
    assert questions("Thanh", "hợp") == [None, None]


def test_the_question_is_among_those_to_be_settled() -> None:
    spans = ((TEXT.index("20/8/2026."), TEXT.index("20/8/2026.") + 10),)
    reading = read_extracted("scan.pdf", [Extracted(TEXT, spans, recognised=True)], OFFICE)
    assert f"Mục 2: “trước ngày 20/8/2026” – {UNSURE}" in reading.questions
