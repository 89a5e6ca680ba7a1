"""Names that are somebody else's: other departments, other provinces, ministries, communes."""

from __future__ import annotations

import re

from reading.words import UPPER, fold, rx

POSTS = (
    r"(?:(?:[Cc]ác |[Qq]uý )?(?:[Đđ]ồng chí |Đ/c |[Ôô]ng |[Bb]à )?"
    r"(?:(?:Phó |Quyền )?(?:Chủ tịch|Giám đốc|Thủ trưởng|Bộ trưởng|Trưởng|Chánh|Bí thư|Tổng Giám đốc|Hiệu trưởng|"
    r"Cục trưởng|Người đứng đầu|Lãnh đạo|Viện trưởng|Chánh án)\s+)*)"
)
# Whoever writes, these are no rooms of a department.
ALWAYS = (
    r"(?:Sở(?! này)|Bộ(?! phận)|UBND|HĐND|[UỦ][ỷỶyYủ] ban|Hội đồng nhân dân|Công an|Ngân hàng|Đài|Báo|Kho bạc|"
    r"Cục|Tổng cục|"
    r"Văn phòng(?! Sở$)|Thanh tra(?! Sở)|Trường|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Bảo hiểm|Công ty|Tổng công ty|"
    r"Tập đoàn|Tòa án|Viện [Kk]iểm sát|Tỉnh đoàn|Liên đoàn|Mặt trận|Quân khu|Chính phủ|Quốc hội)\s*\S|"
    r"(?:Tỉnh đoàn|Thành đoàn|Tỉnh ủy|Thành ủy|Chính phủ|Quốc hội)$"
)
# In a letter of our own these may be ours under a name that is not known yet.
FROM_OUTSIDE = (
    r"(?:Ban|Bệnh viện|Hội|Đoàn|Viện|Đại học|Học viện|Chi cục|Vụ|Thuế|Hải quan|Bưu điện|Điện lực|Bảo tàng|Thư viện|"
    r"Nhà hát|Trung tâm|Quỹ|Liên minh|Liên hiệp|Hiệp hội|Tòa|Hợp tác xã|Doanh nghiệp|Phòng)\s*\S"
)
GROUPS = (
    r"(?:[Cc]ác |[Nn]hững )(?:xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|thôn|tổ dân phố|hợp tác xã)(?!\w)|"
    r"(?:[Cc]ác )(?:[Bb]ộ, (?:ban, )?ngành(?: [Tt]rung ương)?|[Bb]ộ, cơ quan ngang [Bb]ộ)$"
)
# "Phòng Tổ chức cán bộ Sở Y tế": the agency whose room it is stands behind.
BEHIND = rf"\s(?:Sở|Bộ(?! phận)|UBND|[UỦ][ỷỶyYủ] ban nhân dân|Công an|Tỉnh ủy|Cục|Trường)\s+[{UPPER}]"
PLACE = rf"(?:[Tt]ỉnh|[Tt]hành phố|TỈNH|THÀNH PHỐ|TP\.?)\s+(?P<place>[{UPPER}]\w*(?:\s[{UPPER}]\w*)*)"


def is_anothers(name: str, internal: bool) -> bool:
    """Is this the name of an agency that is not this office? Asked after all our own names have been tried."""
    heads = ALWAYS if internal else f"(?:{ALWAYS}|{FROM_OUTSIDE})"
    return bool(
        rx(rf"{POSTS}(?:{heads})").match(name) or rx(rf"{POSTS}(?:{GROUPS})").match(name) or rx(BEHIND).search(name)
    )


def place_of(names: tuple[str, ...]) -> str | None:
    """The province or city in an office's names, folded: "Sở Y tế tỉnh An Bình", "Sở Y tế An Bình" beside "Sở Y tế"."""
    for name in names:
        if (said := rx(PLACE).search(name)) is not None:
            return fold(said.group("place"))
    for name in names:
        for short in names:
            if short != name and name.startswith(short + " ") and rx(rf"[{UPPER}]").match(name, len(short) + 1):
                return fold(name[len(short) + 1 :])
    return None


def elsewhere(name: str, place: str | None) -> bool:
    """ "tỉnh Nam Định" said to an office of another province."""
    if place is None:
        return False
    return any(not fold(said.group("place")).startswith(place) for said in rx(PLACE).finditer(name))


def tail(name: str, known: str) -> str | None:
    """What stands behind `known` at the beginning of `name`, both folded; None where it does not begin so."""
    if name == known:
        return ""
    return name[len(known) + 1 :] if name.startswith(known + " ") else None


def without_level(name: str, place: str | None) -> str:
    """ "sở y tế tỉnh an bình" = "sở y tế an bình"."""
    return re.sub(rf" (?:tinh|thanh phô) (?={re.escape(place)}(?: |$))", " ", name) if place else name
