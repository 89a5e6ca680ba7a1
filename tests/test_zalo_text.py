"""Text for Zalo: cut where a reader would pause, never inside a letter; and numbers to type in place of buttons."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import Button
from bot.zalo_text import parts_of, plain, split, units, with_answers

WORDS = st.text(st.sampled_from("aảđ \n\t.🙂👩🏽\u200d\u0301\ufe0f🇻🇳x"), max_size=300)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(text=WORDS, limit=st.integers(12, 60))
def test_every_part_fits_and_nothing_but_blanks_is_lost(text: str, limit: int) -> None:
    parts = split(plain(text), limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert squeezed("".join(parts)) == squeezed(plain(text))


@given(text=st.text(max_size=200))
def test_plain_text_is_nfc_and_every_wire_takes_it(text: str) -> None:
    made = plain(text)
    assert unicodedata.is_normalized("NFC", made) and made == plain(made)
    assert not set(made) & {chr(code) for code in range(32) if chr(code) not in "\n\t"}
    made.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("một hai\n\nba bốn năm", 14, ["một hai", "ba bốn năm"]),
        ("một hai\nba bốn năm", 14, ["một hai", "ba bốn năm"]),
        ("một hai ba bốn năm", 14, ["một hai ba bốn", "năm"]),
        ("a bbbbbbbbbbbbbbbb", 10, ["a", "bbbbbbbbbb", "bbbbbb"]),
        ("ab" * 6, 5, ["ababa", "babab", "ab"]),
        ("🙂" * 3, 5, ["🙂🙂", "🙂"]),
        ("👩🏽‍💻👩🏽‍💻", 10, ["👩🏽‍💻", "👩🏽‍💻"]),
        ("xx🇻🇳🇻🇳", 8, ["xx🇻🇳", "🇻🇳"]),
        ("xxx🇻🇳🇻🇳", 10, ["xxx🇻🇳", "🇻🇳"]),
        ("abcde\u0323\u0302\u0301x", 6, ["abcd", "e\u0323\u0302\u0301x"]),
        ("e" + "\u0301" * 9, 5, ["e" + "\u0301" * 4, "\u0301" * 5]),
        ("", 5, []),
        ("  \n \n ", 5, []),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_ten_megabytes_are_cut_as_quickly_as_they_are_read() -> None:
    assert len(split("đôn đốc " * 1_200_000, 2000)) < 5000
    assert len(split("x" * 2_000_000, 2000)) == 1000


@pytest.mark.parametrize(
    ("length", "fresh", "parts"), [(2000, True, 1), (2000, False, 2), (2001, True, 2), (1960, 0, 1)]
)
def test_room_for_the_line_of_a_repeat_is_left_where_it_may_be_needed(length: int, fresh: bool, parts: int) -> None:
    assert len(parts_of("x" * length, first_line="y" * 34, fresh=fresh)) == parts


ONE = (Button("Đã nhận", 1, 7), Button("Báo cáo hoàn thành", 2, 7), Button("Xem việc", 0, 7))
DECIDE = (Button("Đồng ý", 8, 7), Button("Không", 9, 7))


@pytest.mark.parametrize(
    ("buttons", "line"),
    [
        (ONE, "Trả lời: 1 Đã nhận · 2 Báo cáo hoàn thành · 0 Xem việc."),
        ((Button("NV12", 1, 7, 12), Button("NV13", 1, 7, 13)), "Trả lời: 1 NV12 · 1 NV13."),
        ((Button("2 Báo cáo hoàn thành NV12", 2, 7, 12),), "Trả lời: 2 NV12 Báo cáo hoàn thành."),
        ((Button("1 Đã nhận cả 02", 1, 7), Button("0 Xem việc", 0, 7)), "Trả lời: 1 Đã nhận cả 02 · 0 Xem việc."),
        ((Button("8 Gửi báo cáo NV12", 8, 7), Button("8 Gửi báo cáo NV12", 8, 9)), "Trả lời: 8 Gửi báo cáo NV12."),
    ],
)
def test_buttons_become_numbers_to_type(buttons: tuple[Button, ...], line: str) -> None:
    assert with_answers("Đề nghị chọn.", buttons) == f"Đề nghị chọn.\n\n{line}"
    assert with_answers("", buttons) == line


def test_without_buttons_nothing_is_added() -> None:
    assert with_answers("Đã ghi nhận.", ()) == "Đã ghi nhận."


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("Giao 01 nhiệm vụ.\n\nTrả lời: 1 Đã nhận · 5 Đề nghị chuyển đơn vị khác · 0 Xem việc.", ONE),
        ("Trả lời 1 để nhận cả 02 nhiệm vụ, hoặc kèm mã (ví dụ: 1 NV32; 5 NV33).", ONE),
        ("Trả lời kèm mã: 2 Báo cáo hoàn thành · 3 Tiến độ.\nVí dụ: 2 NV12 số 145/BC-QLVH ngày 27/11.", ONE),
        ("Trả lời kèm mã, mỗi việc một dòng (ví dụ: 1 NV12 đã kiểm tra).", ONE),
        ("Trả lời kèm mã (ví dụ: 1 NV12).\nĐể nhận tất cả, trả lời \"1 tất cả\".", ONE),
        ("Đề nghị đồng chí trả lời 1 để xác nhận, hoặc 5 nếu không đúng.", ONE),
        ("Báo cáo NV12? Trả lời 8 để ghi nhận, 9 để không ghi nhận.\nNếu ghi chưa đúng, trả lời \"nhầm\".", DECIDE),
        ("Ghi nhận? Trả lời 8 NV12 để gửi báo cáo, 9 NV12 để không gửi.", DECIDE),
        ("Đề nghị cho biết: 1 Đã nhận, hay 2 Báo cáo hoàn thành (kèm số, ký hiệu, ngày)?", ONE),
        ("Reply: 1 Received · 0 See the tasks.", ONE),
    ],
)  # fmt: skip
def test_what_the_text_tells_at_its_end_is_not_told_twice(text: str, buttons: tuple[Button, ...]) -> None:
    assert with_answers(text, buttons) == text


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("NV12 đã được xác nhận. Trả lời 0 để xem việc.", ONE),
        ("Nếu ghi chưa đúng, trả lời \"nhầm\" trong 10 phút để rút lại.", ONE),
        ("NV21 · Tham mưu văn bản trả lời, mục 2 của Kế hoạch 215/KH-SVHTTDL.", ONE),
        ("Trả lời 1 để nhận.\n\nDanh sách:\nNV1\nNV2\nNV3", ONE),
        ("Trả lời: 1 Đã nhận · 0 Xem việc.", DECIDE),
        ("Hạn trả lời 8/12.", DECIDE),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not_taken_for_it(text: str, buttons: tuple[Button, ...]) -> None:
    assert with_answers(text, buttons).startswith(f"{text}\n\nTrả lời: ")
