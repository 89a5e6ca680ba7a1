"""The opening of a document as cells: letterhead columns taken apart, broken lines joined, noise left out."""

from __future__ import annotations

import re

from reading.letterhead.numbers import NUMBER
from reading.words import UPPER, rx, squeeze, unmarked

# The right column of the letterhead, which extraction may print on the same line as the left one.
RIGHT = r"\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM\s*$|Độc lập\s*[-–]\s*Tự do)"
SPACED = rf"[{UPPER}](?:\s{{1,3}}[{UPPER}])+"  # "K Ế  H O Ạ C H"


def header_cells(text: str) -> list[str]:
    """Lines of the opening, letterhead columns taken apart; page noise of the gazette left out."""
    cells: list[str] = []
    for line in text[:9000].split("\n"):
        line = rx(r"(Số\s*:)\s+(?=[\d/])").sub(r"\1 ", line)  # "Số:        /KH-STTTT" is one cell
        parts = [_joined(unmarked(part)) for part in rx(r"\||\t+|\s{4,}").split(line)]
        for part in parts:
            for cell in _columns(part) if len(cells) < 25 else [part]:
                if cell and not rx(r"[\W_\d]+|CÔNG BÁO/.*").fullmatch(cell):
                    cells.append(cell)
    return _unbroken(cells[:120])


def _unbroken(cells: list[str]) -> list[str]:
    """A page that breaks its lines anywhere breaks the letterhead: "CỘNG HOÀ" / "XÃ HỘI …", "An" / "Bình, ngày …"."""
    whole: list[str] = []
    for cell in cells:
        before = whole[-1] if whole else ""
        motto = rx(r"CỘNG H(?:ÒA|OÀ)|CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập|Độc lập - Tự do").fullmatch(before)
        if len(whole) < 25 and _broken(before, cell):
            whole[-1] = f"{before} {cell}"
            continue
        place = rx(rf"(?!Số|Điều)[{UPPER}][^\W\dA-Z]+(?: [{UPPER}]\w*)?").fullmatch(before) and rx(
            rf"[{UPPER}]\w*(?: [{UPPER}]\w*)?, ngày(?: |$)"
        ).match(cell)
        if len(whole) < 40 and ((motto and rx(r"XÃ HỘI|CHỦ NGHĨA|[-–] ?(?:Tự do|Hạnh)").match(cell)) or place):
            whole[-1] = f"{before} {cell}"
        else:
            whole.append(cell)
    return whole


def _broken(before: str, cell: str) -> bool:
    """ "Số:" / "74-CV/ĐTN", "ĐOÀN" / "TNCS …", "TỈNH" / "ĐOÀN …", "Tân Bình," / "ngày …": one line."""
    youth = rx(r"ĐOÀN|ĐOÀN TNCS|ĐẢNG|ĐẢNG CỘNG SẢN").fullmatch(before)
    return bool(
        (rx(r"Số\s*:?").fullmatch(before) and rx(r"\d{1,6}\w?\s?[-/]").match(cell))
        or (youth and rx(r"TNCS|HỒ CHÍ|CỘNG SẢN|VIỆT NAM").match(cell))
        or (rx(r"TỈNH|THÀNH|HUYỆN|QUẬN|ĐẢNG").fullmatch(before) and rx(r"ĐOÀN|[UỦ][ỶY]").match(cell))
        or (rx(rf"[{UPPER}]\w+(?: [{UPPER}]\w*){{0,3}},").fullmatch(before) and rx(r"ngày\s").match(cell))
    )


def _joined(part: str) -> str:
    """One blank between words, none between letters that are only spaced out."""
    if rx(SPACED).fullmatch(part):
        return " ".join("".join(word.split()) for word in rx(r"\s{2,}").split(part))
    return squeeze(part)


def _columns(cell: str) -> list[str]:
    """ "UBND TỈNH AN BÌNH CỘNG HÒA XÃ HỘI …", "Số: 45/SNV-VP An Bình, ngày …": two columns on one line."""
    if start := rx(r"Số\s*:?\s*(?=[\d/\-])", re.I).match(cell):
        found = rx(NUMBER).match(cell, start.end())
        if found and rx(rf"\s+[{UPPER}][^;:]{{1,40}},\s*ngày\s").match(cell, found.end()):
            return [cell[: found.end()], cell[found.end() :].strip()]
    return rx(RIGHT).split(cell)
