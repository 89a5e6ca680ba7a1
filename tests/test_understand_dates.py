"""Days as people type them (D1–D10), reckoned from Monday 23 November 2026; 24 November and 1 January are off."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.understanding import reckon
from bot.understanding.dates import find
from bot.understanding.words import clean, decode_keys
from tests.scenes import NOW, scenes

DUE = date(2026, 11, 27)
TODAY = NOW.date()
B1 = scenes()["B1"]

ASKED = [
    ("lùi 3 ngày", "2026-11-30", None),
    ("lùi 2 hôm", "2026-11-30", None),
    ("thêm một tuần", "2026-12-04", None),
    ("thêm nửa tháng", "2026-12-14", None),
    ("gia hạn 1 tháng", "2026-12-28", None),
    ("lùi 3 ngày làm việc", "2026-12-02", None),
    ("lùi ba ngày", "2026-11-30", None),
    ("đến 2/12", "2026-12-02", None),
    ("đến 02.12.2026", "2026-12-02", None),
    ("đến 1-12", "2026-12-01", None),
    ("đến ngày 2 tháng sau", "2026-12-02", None),
    ("đến mùng 4 tháng 12", "2026-12-04", None),
    ("đến 30", "2026-11-30", None),
    ("đến thứ 4 tuần sau", "2026-12-02", None),
    ("đến t6 tuần tới", "2026-12-04", None),
    ("đến thứ hai", "2026-11-30", None),
    ("đến hết tuần sau", "2026-12-04", None),
    ("đến cuối tháng", "2026-11-30", None),
    ("đến hết năm", "2026-12-31", None),
    ("đến 5/12", "2026-12-05", "dayoff"),
    ("đến chủ nhật", "2026-11-29", "dayoff"),
    ("đến 1/1", "2027-01-01", "dayoff"),
    ("đến 27/11", "2026-11-27", "earlier"),
    ("đến mai", "2026-11-24", "earlier"),
    ("đến cuối tuần", "2026-11-27", "earlier"),
    ("đến 12/5", "2027-05-12", "far"),
    ("lùi 100 ngày", "2027-03-08", "far"),
    ("đến 20/11", "2027-11-20", "far"),
    ("đến đầu tháng sau", None, "date"),
    ("lùi sang tuần", None, "date"),
    ("thêm mấy hôm", None, "date"),
    ("đến sau Tết", None, "date"),
    ("đến rằm", None, "date"),
    ("đến 15/12 âm lịch", None, "date"),
    ("đến 31/11", None, "date"),
    ("đến 30/11 hoặc 1/12", None, "date"),
    ("lùi 2-3 ngày", None, "date"),
]


@pytest.mark.parametrize(("words", "day", "then"), ASKED)
def test_an_extension_asks_for_this_day_or_meets_this_doubt(words: str, day: str | None, then: str | None) -> None:
    wanted = reckon.extension(clean(words), DUE, B1)
    assert (wanted.date and wanted.date.isoformat(), wanted.then) == (day, then)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("mai xong", "2026-11-25"),
        ("mốt xong", "2026-11-25"),
        ("ngày kia gửi", "2026-11-25"),
        ("thứ 5 nộp", "2026-11-26"),
        ("tuần này xong", "2026-11-27"),
        ("tuần sau xong", "2026-12-04"),
        ("3 ngày nữa xong", "2026-11-26"),
        ("chủ nhật xong", "2026-11-30"),
        ("chiều nay nộp", "2026-11-23"),
        ("đầu tuần sau xong", None),
    ],
)
def test_a_promise_on_a_day_off_moves_to_the_next_working_day(words: str, day: str | None) -> None:
    promised, _ = reckon.promised(clean(words), B1)
    assert (promised and promised.isoformat()) == day


@pytest.mark.parametrize(
    "words",
    [
        "mới có 3/12 xã gửi số liệu",
        "đạt 8/10 chỉ tiêu",
        "công văn 26/2026/NĐ-CP",
        "số 145/BC-QLVH",
        "báo cáo tháng 11",
        "lần thứ 2",
        "phòng họp số 2",
        "giao c Mai làm",
        "chị Mai",
        "NV12",
        "quý 4",
        "70%",
    ],
)
def test_these_are_no_dates(words: str) -> None:
    assert find(clean(words), TODAY) == []


def test_an_hour_is_kept_with_its_day() -> None:
    assert reckon.extension(clean("đến 16h30 ngày 1/12"), DUE, B1).time == time(16, 30)
    assert reckon.extension(clean("đến 5 giờ chiều 1/12"), DUE, B1).time == time(17, 0)
    assert reckon.promised(clean("17h chiều nay nộp"), B1) == (TODAY, time(17, 0))


def test_an_overdue_task_is_extended_from_today() -> None:
    assert reckon.extension(clean("xin lùi 3 ngày"), date(2026, 11, 20), B1).date == date(2026, 11, 26)


def test_a_day_inside_a_reason_is_not_the_day_asked_for() -> None:
    for words in (
        "BC gửi ngày 18/11 chưa có trả lời, xin lùi đến 3/12",
        "xin lùi đến 3/12 vì 30/11 mới họp",
        "từ 27/11 lùi sang 3/12",
        "hạn 27/11 gấp quá, cho đến 3/12",
    ):
        assert reckon.extension(clean(words), DUE, B1).date == date(2026, 12, 3), words


def test_a_vague_word_offers_one_working_day() -> None:
    assert reckon.extension(clean("xin giữa tháng 12"), DUE, B1).offer == date(2026, 12, 15)
    assert reckon.extension(clean("đến chủ nhật"), DUE, B1).offer == date(2026, 11, 30)


def test_the_date_of_a_document_is_the_last_such_day() -> None:
    assert reckon.past_day(clean("ngày 20/11"), B1) == date(2026, 11, 20)
    assert reckon.past_day(clean("ngày 28/12"), B1) == date(2025, 12, 28)
    assert reckon.past_day(clean("thứ 6 tuần trước"), B1) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ddax", "đã"),
        ("nhaanj", "nhận"),
        ("nhanaj", "nhận"),
        ("roofi", "rồi"),
        ("rooif", "rồi"),
        ("ddang", "đang"),
        ("luif", "lùi"),
        ("chuwa", "chưa"),
        ("dduwowcj", "được"),
        ("hoanf", "hoàn"),
        ("thanhf", "thành"),
    ],
)
def test_raw_telex_keys_make_the_syllable(keys: str, word: str) -> None:
    assert decode_keys(keys) == word


@pytest.mark.parametrize("word", ["xong", "roi", "noted", "done", "list", "help", "ok", "qldl", "menu", "thanks"])
def test_words_without_raw_keys_stay(word: str) -> None:
    assert clean(word) == word
