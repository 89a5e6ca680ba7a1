"""What a comma or "và" inside a list of names joins: two names, two halves of one, or the members of a set phrase."""

from __future__ import annotations

import re

from reading.naming.lexicon import FIELD, PAIRS, PERSON, PERSONS, SET_WORDS, STRONG, WEAK
from reading.words import UPPER, rx


def paired(so_far: str, text: str, at: int) -> bool:
    """ "các cơ sở giáo dục, | đào tạo", "các cơ quan thông tấn, | báo chí": one group, of two trades."""
    if rx(r"[Cc]ấp [uủ][yỷ](?: đảng)?(?:,| và)$").search(so_far) and text.startswith("chính quyền ", at):
        return True  # "Người đứng đầu cấp ủy, | chính quyền các cấp"
    group = r"(?:[Cc]ơ sở|[Cc]ơ quan|[Dd]oanh nghiệp|[Hh]ộ|[Tt]ổ chức|[Đđ]ơn vị|[Vv]iện|[Tt]rường|[Rr]ừng)"
    if not rx(rf"{group}(?:,? \w+){{1,8}}(?:,| và)$").search(so_far):
        return False
    return any(rx(rf"{one}(?:,| và)$").search(so_far) and rx(rf"{two}(?!\w)").match(text, at) for one, two in PAIRS)


def carried(text: str, at: int, bare: str) -> bool:
    """Is the word at `at` the rest of a set phrase ("UBND các xã, | phường"; "các sở, | ban")?"""
    if rx(rf"(?:[Đđ]ồng chí|Đ/c|[ÔBôb][nà]g?)(?: [{UPPER}]\w+){{2,5}}$").search(bare):
        return True  # "Đồng chí Trần Văn Bình, | Giám đốc Sở Xây dựng": one person
    person = rx(rf"(?:[Đđ]ồng chí|Đ/c|[Ôô]ng|[Bb]à)(?: [{UPPER}][\wÀ-ỹ]*){{2,5}}(?:\s+[-–]\s|,\s)").match(bare)
    office = r"(?:Phó |Quyền )?(?:Trưởng|Phó|Chủ tịch|Giám đốc|Bí thư|Chánh|[UỦ][ỷỶyỦ] viên)\s"
    if person and rx(office).match(text, at):
        return True  # "Ông Nguyễn Văn An - Phó Bí thư, | Trưởng Ban Chỉ đạo": one person of two offices
    if ": " in bare:
        return not rx(r"(?:UBND|[UỦ][ỷỶyYủ] ban|Sở|Bộ|Văn phòng|Chủ tịch|các)\b").match(text, at)
    if not rx(SET_WORDS).match(text, at):
        return False
    if rx(r"(?:UBND|[UỦ][ỷỶyYủ] ban nhân dân|HĐND|Chủ tịch)\b").match(bare):
        return bool(
            rx(r"(?:xã|phường|thị trấn|thành phố|đặc khu|huyện|quận|tỉnh|thị xã|cấp|các|trực)\b").match(text, at)
        )
    if rx(r"[uủ][ỷỷyỹ]+ ban nhân dân").match(text, at):
        return False
    generic = rx(rf"(?:(?:^|[,;] ){SET_WORDS}|(?:^|[,;] )(?:Cơ quan|Đơn vị|Tổ chức|Doanh nghiệp|Địa phương)|quan)$")
    return bool(rx(r"\b[Cc]ác\b").search(bare) or generic.search(bare))


def generic(so_far: str) -> bool:
    return bool(
        rx(
            r"(?:cơ quan|đơn vị|đoàn thể|cá nhân|địa phương|doanh nghiệp|ban, ngành|cấp [uủ][yỷ]|các|"
            r"hội)[,;]?\s*(?:và)?$",
            re.I,
        ).search(so_far)
    )


def elliptical(bare: str, follow: str) -> bool:
    """ "Đảng ủy, UBND xã Chi Lăng": a first name without its place is completed by the next."""
    if rx(r"(?:Thủ trưởng|Người đứng đầu) (?:các )?cơ quan ngang|Mặt trận|các đoàn thể").match(follow):
        return False  # "Bộ trưởng, | Thủ trưởng cơ quan ngang bộ": each is whole
    return bool(
        rx(
            r"(?:^|[,;] |đồng chí )(?:Đảng [uủ][yỷ]|Tỉnh [uủ][yỷ]|Huyện [uủ][yỷ]|HĐND|UBND|Hội đồng "
            r"nhân dân|Bí thư|Chủ tịch|Trưởng|Phó|Bộ trưởng|Giám đốc|Phó Giám đốc|Cấp [uủ][yỷ]|Thường "
            r"trực|UBMTTQ)$"
        ).search(bare)
    )


def people(so_far: str, text: str, at: int) -> bool:
    """ "Cán bộ, | giảng viên và | sinh viên Học viện": all the people of one body."""
    return bool(rx(PERSONS).fullmatch(so_far) and rx(rf"(?:và )?{PERSON}(?!\w)").match(text, at))


def of_field(so_far: str, text: str, at: int) -> bool:
    """ "Phòng Chính trị, | tư tưởng phối hợp": a field after a comma or "và", with the verb behind it."""
    office = rx(rf"(?:Phòng|Ban|Sở|Khoa|Trung tâm|Bộ phận|Vụ|Cục|Tổ) [{UPPER}][^,;]*(?:,| và|, {FIELD}(?: và)?)$")
    goes_on = rx(rf"(?:và )?{FIELD}(?:(?:,| và) {FIELD})*\s+(?:{STRONG}|{WEAK})(?!\w)")
    return bool(office.match(so_far) and goes_on.match(text, at))


def one_body(so_far: str, text: str, at: int) -> bool:
    """Does a comma or "và" only divide what one name is made of?"""
    return people(so_far, text, at) or of_field(so_far, text, at)


COMPANY = r"(?:(?:tổng )?công ty|tập đoàn|nhà máy|ngân hàng|bệnh viện)"


def of_its_own(bare: str, text: str, at: int) -> bool:
    """ "các tổng công ty phát điện, | công ty thủy điện": each with words of its own; "các tập đoàn, tổng công ty"."""
    before = rx(rf"(?:[Cc]ác )?{COMPANY}(?: (?!nhà nước)\w+){{2,}}$").match(bare)
    return bool(before and rx(rf"{COMPANY} (?!nhà nước|trực thuộc|thuộc|có|được)\w+ \w+").match(text, at))


# What those do of whom a name speaks, where no object follows: "các khoa đào tạo, Ban Giám hiệu".
TRADE = r"(?:đào tạo|nghiên cứu|quản lý|vận hành|sản xuất|kinh doanh|phục vụ|thi công|tư vấn|điều hành)"


SUPPLY = r"(?:phát (?:điện|hành|thanh)|cấp (?:thoát )?(?:nước|điện)|thoát nước)(?!\w)"


def of_trade(so_far: str, text: str, at: int) -> bool:
    """Is the word at `at` what the body lives by ("các công ty | cấp nước") and not what it is told to do?"""
    if rx(SUPPLY).match(text, at):
        return bool(rx(r"(?:công ty|nhà máy)$").search(so_far))
    group = rx(r"(?:^|\s)[Cc]ác (?:khoa|phòng|ban|đơn vị|viện|trung tâm|cơ sở|bộ phận|công ty|nhà máy)$")
    return bool(rx(rf"{TRADE}[,;]\s+[{UPPER}]").match(text, at) and group.search(so_far))
