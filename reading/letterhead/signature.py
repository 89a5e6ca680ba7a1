"""Where a document ends: the signature block, "Nơi nhận", "./."."""

from __future__ import annotations

import re

from reading.words import UPPER, rx, squeeze, unmarked

POST = (
    r"(?:KT\.|TM\.|TL\.|TUQ\.|T/M|K/T|Q\.\s|PHÓ |QUYỀN )?\s*(?:GIÁM ĐỐC|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|"
    r"THỨ TRƯỞNG|CHÁNH VĂN PHÒNG|"
    r"CHÁNH THANH TRA|HIỆU TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH ÁN|TRƯỞNG ĐOÀN|ĐOÀN CHỦ TỊCH|TỔNG CỤC TRƯỞNG|"
    r"TƯ LỆNH|CHÍNH ỦY|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN "
    r"TRƯỞNG|TỔNG GIÁM ĐỐC|BÍ THƯ|"
    r"CHỦ NHIỆM|THỐNG ĐỐC|PHÓ |TỔNG THANH TRA|CHỈ HUY TRƯỞNG|THỦ TRƯỞNG|[UỦ][YỶ] BAN NHÂN|ỦY BAN|BCH|BTV|BAN "
    r"(?:THƯỜNG (?:VỤ|TRỰC)|CHẤP HÀNH)|TỔNG BIÊN TẬP|TRƯỞNG )"
)
NAME = (
    rf"(?:(?:TSKH|TS|PGS|GS|Th[Ss]|Th\.[sS]|BS\.?\s?CK\s?I{{1,2}}|BS|CK\s?I{{1,2}}|DS|CN|KS|KTS|LS|NSND|NSƯT|NGƯT|NGND|"
    rf"(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)|Đại tướng|Luật sư|Bác sĩ|Tiến sĩ|"
    rf"Thạc sĩ)(?![{UPPER}a-z])[.,]?\s*)*([{UPPER}][\w’']*(?:\s[{UPPER}][\w’']*){{1,5}})"
)
WORDS_NOT_NAMES = (
    r"(?i)\b(?:sở|ủy ban|kế hoạch|phụ lục|nơi nhận|văn phòng|chủ tịch|giám đốc|tỉnh|đã ký|việt nam|"
    r"danh mục|công báo|cộng h[òo][aà]|độc lập|tự do)\b"
)

GAP = 8  # cells between two marks of one letterhead


def signer(text: str) -> str | None:
    """The person's name under the first signature block, or None."""
    cells = [squeeze(unmarked(c)) for line in text.split("\n") for c in rx(r"\||\s{4,}").split(line)]
    # "Nơi nhận: KT. GIÁM ĐỐC", "- Như trên; PHÓ GIÁM ĐỐC": two columns that share their lines
    shared = rf"^(?:Nơi nhận\s*:?|[-–][^;]*;)\s+(?=[{UPPER}./]{{2,}}\s?[{UPPER}])"
    cells = [rx(shared).sub("", c) for c in cells if c]
    marks = [place for place, cell in enumerate(cells[:45]) if rx(r"Số\s*:|CỘNG H|Độc lập", re.I).match(cell)]
    # A decision brings its annex along, which has a letterhead of its own behind the signature.
    letterhead = marks[0] if marks else 4
    for place in marks:
        letterhead = place if place - letterhead <= GAP else letterhead
    for place, cell in enumerate(cells):
        # "KT. Chủ tịch": a page that has lost its capitals
        signs = cell.isupper() or rx(rf"(?:TM|KT|TL|TUQ|T/M|K/T)[./]\s*[{UPPER}][^.;:,]{{3,60}}$").match(cell)
        if place <= letterhead or not (signs and rx(rf"\W*{POST}").match(cell.upper())):
            continue
        capitals = None
        for n, follower in enumerate(cells[place + 1 : place + 12]):
            if rx(r"Nơi nhận|Kèm theo|PHỤ LỤC|[IVX]+\.\s|Điều \d|Căn cứ").match(follower):
                break
            name = rx(NAME).fullmatch(follower)
            if name and len(name.group(1).split()) == 2 and not follower.isupper() and place + 1 + n < len(cells) - 1:
                rest = cells[place + 2 + n]  # "Lê Thị" / "Vân": a name that its column broke
                if rx(rf"[{UPPER}][^\W\d_{UPPER}]*").fullmatch(rest):
                    return f"{name.group(1)} {rest}"
            if name and not rx(WORDS_NOT_NAMES).search(follower) and not rx(POST).match(follower):
                if not name.group(1).isupper():
                    return name.group(1)
                # In capitals it may be the rest of a post that took two lines ("… DOANH NGHIỆP" / "VÀ LAO ĐỘNG").
                capitals = capitals or (None if follower.startswith(("VÀ ", "CỦA ")) else name.group(1).title())
        if capitals:
            return capitals
    return None
