"""Where a document ends: the signature block, "Nơi nhận", "./."."""

from __future__ import annotations

import re

from reading.words import UPPER, rx, squeeze, unmarked

POST = (
    r"(?:KT\.|TM\.|TL\.|TUQ\.|T/M|K/T|Q\.\s|PHÓ |QUYỀN )?\s*(?:GIÁM ĐỐC|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|"
    r"THỨ TRƯỞNG|CHÁNH VĂN PHÒNG|"
    r"CHÁNH THANH TRA|HIỆU TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN "
    r"TRƯỞNG|TỔNG GIÁM ĐỐC|BÍ THƯ|"
    r"CHỦ NHIỆM|THỐNG ĐỐC|PHÓ |TỔNG THANH TRA|CHỈ HUY TRƯỞNG|THỦ TRƯỞNG|[UỦ][YỶ] BAN NHÂN|ỦY BAN|BAN "
    r"THƯỜNG VỤ|TRƯỞNG )"
)
NAME = (
    rf"(?:(?:TS|PGS|GS|ThS|BS|CN|KS|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Trung tướng|Đại "
    rf"tướng)\.?\s*)*([{UPPER}][\w’']*(?:\s[{UPPER}][\w’']*){{1,5}})"
)
WORDS_NOT_NAMES = (
    r"(?i)\b(?:sở|ủy ban|kế hoạch|phụ lục|nơi nhận|văn phòng|chủ tịch|giám đốc|tỉnh|đã ký|việt nam|"
    r"danh mục|công báo)\b"
)


def signer(text: str) -> str | None:
    """The person's name under the first signature block, or None."""
    cells = [squeeze(unmarked(c)) for line in text.split("\n") for c in rx(r"\||\s{4,}").split(line)]
    cells = [c for c in cells if c]
    for place, cell in enumerate(cells):
        if place < 5 or not (cell.isupper() and rx(rf"\W*{POST}").match(cell)):
            continue
        for follower in cells[place + 1 : place + 12]:
            if rx(r"Nơi nhận|Kèm theo|PHỤ LỤC|[IVX]+\.\s|Điều \d|Căn cứ").match(follower):
                break
            name = rx(NAME).fullmatch(follower)
            if name and not rx(WORDS_NOT_NAMES).search(follower) and not rx(POST).match(follower):
                return name.group(1) if not name.group(1).isupper() else name.group(1).title()
    return None


def ends_body(paragraph: str) -> bool:
    return bool(rx(r"\./\.?\W*$").search(paragraph.rstrip()))


def begins_tail(paragraph: str) -> bool:
    """A paragraph after which no duty stands until an annex begins."""
    first = paragraph.strip(" |\t*_")
    return bool(
        rx(r"Nơi nhận\s*:?", re.I).match(first)
        or rx(rf"(?:TM|KT|TL|TUQ)\.\s*[{UPPER}]").match(first)
        or (first.isupper() and len(first) < 60 and rx(rf"{POST}").match(first))
    )


def begins_annex(paragraph: str) -> bool:
    """ "Phụ lục I", "(Kèm theo Quyết định số …)", or the title line of an annexed plan."""
    first = paragraph.strip(" |\t*_")
    return bool(
        rx(r"(?:NAY )?QUYẾT ĐỊNH\s*:?$|PHỤ LỤC\b|Phụ lục(?:\s+[IVX\d]+)?\s*$|\(?\s*(?:Ban hành )?[Kk]èm theo\s").match(
            first
        )
        or (
            rx(
                r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|DANH MỤC|PHÂN CÔNG NHIỆM VỤ|BẢNG PHÂN CÔNG|QUY CHẾ|PHƯƠNG ÁN|"
                r"ĐỀ ÁN)\b"
            ).match(first)
            and first.isupper()
        )
    )
