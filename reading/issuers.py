"""Who issued a document: the letterhead's left column, in ordinary case."""

from __future__ import annotations

from reading.words import fold, rx, squeeze

HEAD_LINE = (
    r"(?:SỞ|PHÒNG|BAN|TRƯỜNG|CỤC|CHI CỤC|TỔNG CỤC|CÔNG AN|VĂN PHÒNG|THANH TRA|TRUNG TÂM|VIỆN|BỆNH "
    r"VIỆN|HỘI|ĐẢNG ỦY|UBND|"
    r"[UỦ]Ỷ? ?BAN|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BẢO HIỂM|KHO BẠC|ĐÀI|TỔNG CÔNG TY|CÔNG TY|THỦ TƯỚNG|CHÍNH PHỦ|BỘ|NGÂN HÀNG)\b"
)


def join_letterhead(lines: list[str]) -> str | None:
    names: list[str] = []
    for line in lines:
        whole = not names or (
            rx(HEAD_LINE).match(line) and not rx(r"(?:THỦ TƯỚNG|CHỦ TỊCH|VĂN PHÒNG|BAN)$").search(names[-1])
        )
        if whole:
            names.append(line)
        else:
            names[-1] += " " + line
    if not names:
        return None
    own = ordinary_case(names[-1])
    if len(names) > 1 and rx(r"Văn phòng$|Thanh tra$").match(own):
        return f"{own} {ordinary_case(names[-2])}"
    province = rx(r"\b(tỉnh|thành phố)\s.+$").search(ordinary_case(names[0])) if len(names) > 1 else None
    # "tỉnh Kiên Giang" completes a name that says nowhere where it is.
    if province and fold(province.group().split(" ", 1)[1]) not in fold(own):
        own = f"{own} {province.group()}"
    return own


PLACE = r"\b(tỉnh|thành phố|huyện|quận|xã|phường|thị xã|thị trấn|đặc khu)\s+((?!(?:và|các|ủy|cấp)\b)[\w ]+)$"


def ordinary_case(name: str) -> str:
    """SỞ Y TẾ → Sở Y tế; ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ → Ủy ban nhân dân tỉnh Quảng Trị."""
    words = squeeze(name).replace("UBND", "Ủy ban nhân dân").lower()
    words = rx(PLACE).sub(lambda m: f"{m.group(1)} {m.group(2).title()}", words)
    words = words[:1].upper() + words[1:]
    words = rx(r"^(Sở|Bộ|Phòng|Cục|Chi cục|Vụ|Viện|Trường) (\w)").sub(
        lambda m: f"{m.group(1)} {m.group(2).upper()}", words
    )
    words = (
        rx(r"(?<=, )(\w)|(?<= và )(\w)").sub(lambda m: m.group().upper(), words)
        if words.startswith(("Sở", "Bộ"))
        else words
    )
    return rx(r"\b(chính phủ|đại học|việt nam)\b").sub(lambda m: m.group()[:1].upper() + m.group()[1:], words)
