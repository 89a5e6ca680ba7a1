"""Words that a clerk types: units without marks, days and series; and where a document may be cut or found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting import days, units
from drafting.finding import cuts, find_words, parts
from models import clock
from models.calendar import Calendar, calendar_of
from models.directive import DraftItem
from models.rules import Rules
from tests.web_stage import stage

KNOWN = days.Known(date(2023, 7, 24), date(2023, 7, 20), date(2023, 7, 21))


@pytest.fixture(scope="module")
def names() -> Iterator[list[units.Named]]:
    with stage() as office, office.database.read() as session:
        yield units.known_names(session, clock.today())


@pytest.fixture(scope="module")
def calendar() -> Iterator[Calendar]:
    with stage() as office, office.database.read() as session:
        yield calendar_of(session)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("thanh tra, tccb", "TTS, TCCB"), ("Phòng Tổ chức, cán bộ; vp", "TCCB, VP"), ("p.qldl", "QLDL"),
        ("ql van hoa", "QLVH"), ("van hoa", "QLVH"), ("bao tang, nha hat", "BT, NHC"), ("mot cua", "BPMC"),
        ("cac phong chuyen mon", "Các phòng chuyên môn"), ("don vi thuoc so", "Các đơn vị thuộc Sở"),
        ("van phong va thanh tra", "VP, TTS"), ("tts, TTS, thanh tra so", "TTS"), ("", ""),
    ],
)  # fmt: skip
def test_units_as_they_are_typed(names: list[units.Named], typed: str, shown: str) -> None:
    meant = units.understand(typed, names)
    assert meant.clear and units.shown(meant.unit_ids, names, meant.grouped) == shown


@pytest.mark.parametrize(("typed", "count"), [("ql", 3), ("phong", 6), ("trung tam, ql", 3)])
def test_what_means_several_is_never_chosen_for_the_clerk(names: list[units.Named], typed: str, count: int) -> None:
    meant = units.understand(typed, names)
    assert not meant.clear and len(next(iter(meant.doubtful.values()))) == count


def test_what_means_none_is_told_with_the_nearest(names: list[units.Named]) -> None:
    meant = units.understand("thư việnn tỉnh", names)
    assert meant.unit_ids == () and meant.unknown["thư việnn tỉnh"][0].name.startswith("Thư viện")


def test_every_unit_and_group_is_understood_by_what_the_field_shows(names: list[units.Named]) -> None:
    for one in names:
        shown = units.shown(one.unit_ids, names, one.group)
        assert units.understand(shown, names).unit_ids == one.unit_ids


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("15/8", date(2023, 8, 15), None), ("15/8/2026", date(2026, 8, 15), None), ("thu sau", date(2023, 7, 28), None),
        ("cuối tháng", date(2023, 7, 31), None), ("16h 15/8", date(2023, 8, 15), time(16)),
        ("15/08/2023 16:30", date(2023, 8, 15), time(16, 30)), ("trong 5 ngày làm việc", date(2023, 7, 31), None),
        ("5 ngay lam viec ke tu ngay ky", date(2023, 7, 27), None), ("3 ngày từ ngày nhận", date(2023, 7, 24), None),
        ("hết quý III", date(2023, 9, 29), None), ("quý 1", date(2024, 3, 29), None), ("1/7", date(2024, 7, 1), None),
        ("15/7/2023", date(2023, 7, 15), None),
    ],
)  # fmt: skip
def test_days_as_they_are_typed(calendar: Calendar, typed: str, day: date, at: time | None) -> None:
    moment = days.understand(typed, calendar, KNOWN)
    assert (moment.day, moment.at, moment.problem, moment.recurrence) == (day, at, None, None)


@pytest.mark.parametrize(
    ("typed", "recurrence", "day", "months"),
    [
        ("ngay 25 hang thang", "monthly", 25, None), ("thứ sáu hằng tuần", "weekly", 5, None),
        ("chủ nhật hằng tuần", "weekly", 7, None), ("cuối hằng tháng", "monthly", 31, None),
        ("20 tháng cuối quý hằng quý", "quarterly", 20, [3, 6, 9, 12]), ("30/11 hằng năm", "yearly", 30, [11]),
        ("15/6 hằng 6 tháng", "half_yearly", 15, [6, 12]), ("15/6, 6 tháng một lần", "half_yearly", 15, [6, 12]),
    ],
)  # fmt: skip
def test_series_as_they_are_typed_and_shown_again(
    calendar: Calendar, typed: str, recurrence: str, day: int, months: list[int] | None
) -> None:
    made = days.understand(typed, calendar, KNOWN).recurrence
    assert made is not None and (made["recurrence"], made["day"], made["months"]) == (recurrence, day, months)
    again = days.understand(days.spoken(made), calendar, KNOWN).recurrence
    assert again is not None and {**again, "text": ""} == {**made, "text": ""}


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_words_whatever_break_the_fields(typed: str) -> None:
    moment = days.understand(typed, Calendar({}, Rules()), KNOWN)
    assert moment.day is None or moment.problem is None
    units.understand(typed, [units.Named("Văn phòng Sở", (1,), False, ("VP",), ("vp", "van phong so"))])
    find_words(typed, ["Giao Văn phòng Sở báo cáo."])


def test_words_are_found_whatever_their_blanks_case_and_marks() -> None:
    text = "Yêu cầu\n  Thanh tra Sở\tbáo cáo kết quả."
    for words in ("thanh tra sở báo cáo", "THANH TRA SỞ", "thanh tra so  bao cao", "Sở\nbáo"):
        found = find_words(words, ["", text])
        assert found is not None and found[0] == 1
        assert " ".join(text[found[1] : found[2]].lower().split()) in "thanh tra sở báo cáo"
    assert find_words("thanh tra tỉnh", [text]) is None and find_words("", [text]) is None


def test_cuts_are_ends_of_sentences_and_semicolons_not_points_of_abbreviations() -> None:
    text = ("Giao P. QLVH và TP. Thái Bình rà soát 1.500 hồ sơ; xây dựng kế hoạch kiểm tra. "
            "Báo cáo Sở trước ngày 15.8.2023; xong.")  # fmt: skip
    item = DraftItem(directive_id=1, position=0, text=text, title="", span_start=0, span_end=len(text))
    assert [words for _, words in parts(item, [text])] == [
        "Giao P. QLVH và TP. Thái Bình rà soát 1.500 hồ sơ;", "xây dựng kế hoạch kiểm tra.",
        "Báo cáo Sở trước ngày 15.8.2023; xong.",
    ]  # fmt: skip
    assert all(text[at].strip() for at in cuts(item, [text]))
