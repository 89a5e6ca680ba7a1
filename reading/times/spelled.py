"""Numbers in words: "năm", "mười lăm", "hai mươi mốt"."""

from __future__ import annotations

UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_ONE = "|".join(UNITS)
# Digits, or up to ninety-nine in words; the longer form first.
NUMERAL = rf"(?:\d{{1,3}}(?!\d)|(?:(?:{_ONE})\s+mươi|mười)(?:\s+(?:{_ONE})(?=\s))?|(?:{_ONE})(?=\s))"


def number_of(words: str) -> int:
    """ "05" → 5, "mười lăm" → 15, "hai mươi" → 20."""
    if words.strip().isdigit():
        return int(words)
    total = 0
    for word in words.lower().split():
        if word == "mươi":
            total *= 10
        elif word == "mười":
            total = 10
        else:
            total += UNITS[word]
    return total
