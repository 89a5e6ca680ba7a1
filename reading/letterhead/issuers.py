"""Who issued a document: the letterhead's left column, in ordinary case."""

from __future__ import annotations

import re

from reading.words import fold, rx, squeeze

HEAD_LINE = (
    r"(?:SỞ|PHÒNG|BAN|TRƯỜNG|CỤC|CHI CỤC|TỔNG CỤC|CÔNG AN|VĂN PHÒNG|THANH TRA|TRUNG TÂM|VIỆN|BỆNH "
    r"VIỆN|HỘI|ĐẢNG ỦY|UBND|"
    r"[UỦ]Ỷ? ?BAN|ỦY BAN|UỶ BAN|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG BỘ|MẶT TRẬN|HỘI ĐỒNG|BẢO HIỂM|KHO BẠC|ĐÀI|"
    r"TỔNG CÔNG TY|CÔNG TY|THỦ TƯỚNG|CHÍNH PHỦ|BỘ|NGÂN HÀNG|(?:TỔNG )?LIÊN ĐOÀN(?! LAO ĐỘNG VIỆT NAM)|CÔNG ĐOÀN|"
    r"(?:TỈNH|THÀNH|HUYỆN) ĐOÀN|ĐOÀN (?:TNCS|THANH NIÊN|ĐẠI BIỂU)|LIÊN MINH|HIỆP HỘI|HỌC VIỆN|ĐẠI HỌC|BẢO TÀNG|"
    r"TIỂU BAN|TỔ (?:CÔNG TÁC|GIÚP VIỆC|BẦU CỬ|ĐẠI BIỂU)|"
    r"BCH|BTV|BTT|THƯ VIỆN|NHÀ HÁT|TẬP ĐOÀN|TÒA ÁN|CHI BỘ|KIỂM TOÁN|THUẾ|HĐND|UBMTTQ|QUỸ|VỤ)\b"
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
    parent = ordinary_case(names[-2]) if len(names) > 1 else ""
    inner = r"(?:Văn phòng|Thanh tra|Ban thường (?:trực|vụ)|Ban chấp hành)$"
    of_party = rx(r"(?:Tỉnh|Thành|Huyện|Đảng) ủy\b").match(parent) and rx("Ban|Ủy ban|Văn").match(own)
    if parent and (rx(inner, re.I).match(own) or of_party):
        return f"{own} {ordinary_case(names[-2], expanded=False)}"
    if parent and rx(r"(?:Tiểu ban|Tổ (?:công tác|giúp việc))\b").match(own):
        return f"{own}, {parent}"  # a part of the body that is named above it
    above = ordinary_case(names[0]) if len(names) > 1 else ""
    province = rx(rf"\b({LEVEL})\s.+$").search(above)
    # "tỉnh Kiên Giang" completes a name that says nowhere where it is; "Thanh tra tỉnh" has half of it.
    somewhere = rx(rf"\b(?:{LEVEL})\s").search(own)
    if province and not somewhere and fold(province.group().split(" ", 1)[1]) not in fold(own):
        own = f"{own.removesuffix(' tỉnh').removesuffix(' thành phố')} {province.group()}"
    return own


LEVEL = r"tỉnh|thành phố|huyện|quận|xã|phường|thị xã|đặc khu"
PLACE = r"\b(tỉnh|thành phố|huyện|quận|xã|phường|thị xã|thị trấn|đặc khu)\s+((?!(?:và|các|ủy|cấp)\b)[\w ]+)$"


VOWELS = r"(?i)[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ\d]"  # "PTNT" has none


def ordinary_case(name: str, expanded: bool = True) -> str:
    """SỞ Y TẾ → Sở Y tế; ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ → Ủy ban nhân dân tỉnh Quảng Trị."""
    words = squeeze(name)
    words = (rx(r"^UBND\b").sub("Ủy ban nhân dân", words) if expanded else words).lower()
    words = rx(r"\bubnd\b").sub("UBND", words)
    words = rx(r"^(?i:(tỉnh|thành|huyện|quận|thị) ([uủ][yỷ])) (?!.*(?:văn phòng|ban ))(.+)$").sub(
        lambda m: f"{m.group(1)} {m.group(2)} {m.group(3).title()}", words
    )
    words = rx(PLACE).sub(lambda m: f"{m.group(1)} {m.group(2).title()}", words)
    words = rx(r"\b(thcs|thpt)\s(.+)$").sub(lambda m: f"{m.group(1).upper()} {m.group(2).title()}", words)
    words = words[:1].upper() + words[1:]
    words = rx(r"^(Sở|Bộ|Phòng|Cục|Chi cục|Vụ|Viện|Trường) (\w)").sub(
        lambda m: f"{m.group(1)} {m.group(2).upper()}", words
    )
    words = (
        rx(r"(?<=, )(\w)|(?<= và )(\w)").sub(lambda m: m.group().upper(), words)
        if words.startswith(("Sở", "Bộ"))
        else words
    )
    words = rx(r"\w+").sub(lambda m: m.group() if rx(VOWELS).search(m.group()) else m.group().upper(), words)
    return rx(r"\b(chính phủ|đại học|việt nam)\b").sub(lambda m: m.group()[:1].upper() + m.group()[1:], words)
