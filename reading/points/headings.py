"""Lines that are nothing but the names of those who must do what stands under them."""

from __future__ import annotations

import re

from reading import owners
from reading.naming import named, names
from reading.naming.lexicon import STRONG, WEAK
from reading.points.phrases import COMPANION
from reading.words import UPPER, rx

BEFORE = (
    r"(?:(?:Trách nhiệm|Nhiệm vụ)(?: cụ thể)?(?: của)?|Đối với|Giao|Yêu cầu|Đề nghị|Về phía|TRÁCH NHIỆM CỦA|ĐỐI VỚI|"
    r"(?:Tại|Ở)(?=\s+(?:các|mỗi|từng)\s))\s+"
)
# "Ban Chỉ đạo có nhiệm vụ, quyền hạn sau đây:"
HAS_DUTIES = (
    r"\s+(?:có|thực hiện)(?: các| những| một số)?(?: chức năng,?| nhiệm vụ,?| trách nhiệm,?| và| quyền hạn)+"
    r"(?: cụ thể)?(?: như)?(?: sau(?: đây)?)?$"
)
# "UBND huyện chỉ thị:": the writer, not one who is told
SPEAKS = r"\s(?:chỉ thị|quyết định|quyết nghị|kết luận|thông báo|có ý kiến|hướng dẫn)(?: như sau)?\s*:?$"
# "Đối với Thủ đô Hà Nội": whoever governs it
TERRITORY = (
    r"(?:Thủ đô|[Tt]hành phố|[Tt]ỉnh|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Đđ]ặc khu|TP\.?)"
    rf"(?: [{UPPER}]\w*){{1,4}}"
)
LONGEST = 40  # words
# After these a name goes on, whatever the grammar of sentences sees in the next word.
GOES_ON = r"(?:và|cùng|hoặc|&|[,(–/-])"
ABBREVIATIONS = frozenset(("UBND", "HĐND", "MTTQ", "UBMTTQ", "TNHH", "MTV", "THPT", "THCS", "THADS"))
HEADS = (
    r"sở|phòng|ban|văn phòng|thanh tra|trung tâm|ủy ban|uỷ ban|công an|bộ|cục|chi cục|vụ|viện|trường|hội|đoàn|các|"
    r"đảng ủy|đài|báo|công ty|bệnh viện|đội|trạm|tổ|khoa|kho bạc|bảo hiểm|ngân hàng|liên đoàn|tỉnh đoàn|hạt|quỹ"
)
REST = 2  # words that may be left over: "Phòng Hậu cần", "đơn vị dự toán cấp I"


def heading(text: str) -> tuple[str, ...]:
    """The names that a line with points or paragraphs under it consists of; () where it says more, or less."""
    text = text.rstrip()
    if len(text.split()) > LONGEST or rx(r"[.;!?]$").search(text) or rx(COMPANION).match(text):
        return ()
    if text.isupper():
        return capitals(text)
    if rx(SPEAKS).search(text):
        return ()
    bare = rx(HAS_DUTIES).sub("", text.rstrip(" :"))
    order = rx(BEFORE).match(bare)
    start = order.end() if order else 0
    if order and rx(TERRITORY).fullmatch(bare, start):
        return (bare[start:],)
    found = names.scan(bare, start, co=order is not None)
    if found is None:
        return ()
    if found.closed:
        return found.units
    rest = bare[found.end :].strip()
    open_end = rx(rf"{GOES_ON}\s*$").search(bare[: found.end].rstrip()) or rx(GOES_ON).match(rest)
    if not (open_end or len(rest.split()) <= REST):
        return ()
    after = rx(rf"{GOES_ON}\s*").sub("", rest, count=1)
    if open_end and rx(rf"(?:{STRONG})(?!\w)").match(after) and not rx(r"và\s").match(rest):
        return ()
    return named.units(bare[start:])


TOPIC = (
    r"(?:Kinh phí|Chế độ|Thời|Về|Công tác|Việc|Nội dung|Nhiệm vụ|Yêu cầu|Mục|Giải pháp|Nguồn|Lộ trình|Tiến độ|Cơ chế|"
    r"Phương|Chương trình|Kế hoạch|Hình thức|Đối với|Theo|Thông tin|Báo cáo|Điều|Hiệu lực|Khen|Trách nhiệm chung)\b"
)


def among_units(text: str, siblings: list[str], above: str) -> tuple[str, ...]:
    """A line beside others that are units' names, in a list that says who does what, is one more name."""
    bare = text.rstrip(" :")
    if len(bare.split()) > LONGEST or rx(r"[.;!?]$").search(bare) or rx(TOPIC).match(bare):
        return ()
    known = names.head_at(bare, 0)
    assigning = rx(r"tổ chức thực hiện|phân công|trách nhiệm", re.I).search(above)
    if not any(heading(one) for one in siblings) or not (known or (assigning and not says_duty(bare))):
        return ()
    return named.units(bare) or (bare,)


def capitals(text: str) -> tuple[str, ...]:
    """ "PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ": read in small letters, given as printed."""
    bare = text.rstrip(" :")
    small = rx(r"\w+").sub(lambda m: m.group() if m.group() in ABBREVIATIONS else m.group().lower(), bare)
    cased = rx(rf"(?:^|(?<=, )|(?<=; )|(?<= và ))(?:{HEADS})(?!\w)").sub(lambda m: m.group().capitalize(), small)
    found = names.scan(cased, 0)
    if found is None:
        return ()
    said = named.units(cased)
    places = [cased.find(name) for name in said]
    return (
        tuple(bare[at : at + len(name)] for at, name in zip(places, said, strict=True)) if min(places) >= 0 else (bare,)
    )


def says_duty(text: str) -> bool:
    """Does a point begin with a verb, or with someone who is told?"""
    opening = text[:1].lower() + text[1:80]
    return bool(rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(opening)) or owners.find_owner(text) is not None
