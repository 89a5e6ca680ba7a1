"""Cutting a text into parts and dressing it as HTML: nothing is lost, nothing is torn, the same text always alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import catalogue
from bot.telegram_send import LIMIT, ROOM
from bot.telegram_text import dressed, parts, units
from tests import telegram_html


def test_a_short_text_is_one_part() -> None:
    assert parts("\nKính gửi: đồng chí Hùng\n\nNV12\n", 100) == ["Kính gửi: đồng chí Hùng\n\nNV12"]
    assert parts("", 100) == parts(" \n ", 100) == [""]


def test_units_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("a", "đ", "ề", "👍", "👍🏽", "")] == [1, 1, 1, 2, 4, 0]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("aaaaaa\n\nbb\ncc", ["aaaaaa", "bb\ncc"]),  # after a paragraph rather than a later line
        ("a\n\nbbbbbbb\nccc", ["a\n\nbbbbbbb", "ccc"]),  # unless that leaves most of the part empty
        ("aaaaaa bbb\nccc", ["aaaaaa bbb", "ccc"]),  # a line that just fits
        ("aaaaaa bbbb\nccc", ["aaaaaa", "bbbb\nccc"]),  # a line too long is broken between words
        ("aaaaaaaaaaaaa", ["aaaaaaaaaa", "aaa"]),
        ("aaaaaaaaa👍", ["aaaaaaaaa", "👍"]),  # never inside a surrogate pair
        ("aaaaaaaaae\u0302\u0301b", ["aaaaaaaaa", "e\u0302\u0301b"]),  # nor inside a letter with its marks
        ("aaaaaaa👩\u200d💻", ["aaaaaaa", "👩\u200d💻"]),
        ("aaaaaaa👍🏽", ["aaaaaaa", "👍🏽"]),
        ("aaaaa🇻🇳🇻🇳", ["aaaaa🇻🇳", "🇻🇳"]),
        ("aaaaaaaa🇻🇳", ["aaaaaaaa", "🇻🇳"]),
        ("aaa" + "\n" * 40 + "bbb", ["aaa", "bbb"]),
    ],
)
def test_where_a_text_is_cut(text: str, made: list[str]) -> None:
    assert parts(text, 10) == made


def test_a_tower_of_marks_is_cut_all_the_same() -> None:
    made = parts("a" + "\u0301" * 5000, 1000)
    assert all(units(one) <= 1000 for one in made) and "".join(made) == "a" + "\u0301" * 5000


def test_ten_million_letters_are_cut_in_a_moment() -> None:
    made = parts("báo cáo kết quả 👍 " * 600_000, LIMIT)
    assert max(map(units, made)) <= LIMIT and sum(map(len, made)) > 10_000_000


WORDS = st.text(st.sampled_from('aế 👍\n\u0301\u200d🇻🇳&<>"'), max_size=300)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.integers(4, 40))
@example("a" * 30 + "\n1 Đã nhận", 12)
def test_nothing_is_lost_and_no_part_is_too_long(text: str, limit: int) -> None:
    made = parts(text, limit)
    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(units(one) <= limit for one in made)
    assert made == [""] or all(one.strip() for one in made)
    assert made == parts(text, limit)
    last = text.strip().rsplit("\n", 1)[-1].strip()
    if units(last) <= limit and not unicodedata.category(last[:1] or "a").startswith("M"):
        assert made[-1].endswith(last), "the last line, with what to answer, is whole"


@settings(max_examples=300, deadline=None)
@given(WORDS, st.booleans())
def test_telegram_shows_what_was_written(text: str, first: bool) -> None:
    assert telegram_html.shown(dressed(text, first=first))[0] == text


@pytest.mark.parametrize(
    ("line", "bold"),
    [
        ("VĂN PHÒNG SỞ · NHẮC VIỆC, thứ Sáu 27/11/2026", True),
        ("VĂN PHÒNG SỞ · GIAO NHIỆM VỤ", True),
        ("<A & B> VĂN PHÒNG", True),
        ("NV12, NV13: đã ghi nhận", False),
        ("NV12 XONG", False),
        ("Văn phòng Sở", False),
        ("788/SVHTTDL-VP", False),
        ("", False),
    ],
)
def test_the_heading_of_the_first_part_is_bold(line: str, bold: bool) -> None:
    text = f"{line}\nKính gửi"
    assert telegram_html.shown(dressed(text, first=True)) == (text, [line] if bold else [])
    assert "<b>" not in dressed(text, first=False)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_line_of_a_repeat_fits_beside_a_full_part(language: str) -> None:
    assert units(catalogue.text("channel.repeat", language)) < ROOM
