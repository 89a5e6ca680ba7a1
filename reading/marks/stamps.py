"""What a stamp MẬT looks like when it is spaced, framed, decomposed, or spoilt by recognition."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reading.words import rx

LONGEST = 80  # characters of a line or cell that can be a stamp
# Letters of other alphabets that look the same: a stamp copied from a picture of one.
LOOKALIKES = str.maketrans("МАТОІУЕТмаоіуеΜΑΤΟΙΥΕ", "MATOIYETmaoiyeMATOIYE")
# A, Â, Ậ as printed or without marks; the others only as recognition spoils them ("MẶT", "MẠT", "MẤT").
SURE, SPOILT = "AÂẬ", "ẶẠẤẦÀÁÃÄẪẨ"
DEGREE = rf"(?:T[OÔỐỒỘÓÒ0][IÍL1]|TUY[EÊỆẾẸ]T)?M[{SURE}{SPOILT}]T"
URGENT = r"H[ỎO][ẢA]?T[ỐO]C(?:HẸNGIỜ)?|TH[ƯU][ỢO]NGKH[ẨA]N|KH[ẨA]N"
# A, B and C are the signs of the three degrees on an envelope.
PREFIX = (
    r"(?:TÀILIỆU|TAILIEU|VĂNBẢN|VANBAN|CÔNGVĂN|CONGVAN|CÔNGĐIỆN|ĐIỆN|BÁOCÁO|KẾHOẠCH|TỜTRÌNH|QUYẾTĐỊNH|THÔNGBÁO|"
    rf"CHỈTHỊ|HỒSƠ|HOSO|DẤU|DAU|TRANG|{URGENT}|BẢN(?:SỐ|SAO|CHÍNH)?|DỰTHẢO|[ABC])"
)
SUFFIX = rf"(?:{URGENT}|THUHỒI(?:SAU\w+)?|DỰTHẢO|BẢNSỐ|SỐ|NO|TRANG|CHỈĐỌC|KHÔNG(?:PHỔBIẾN|SAOCHỤP|SAOCHÉP))"
WHOLE = rf"{PREFIX}?(?P<degree>{DEGREE}){SUFFIX}?|ĐỘ(?P<of>(?:T[ỐÔO]I|TUY[ỆÊE]T)M[{SURE}{SPOILT}]T)"
# A word that the line before left open: "BẢO VỆ BÍ" / "MẬT", "CÓ" / "MẶT".
OPEN = r"(?:BÍ|BẢO|CƠ|BI|BAO)$"
OPEN_SPOILT = r"(?:CÓ|CO|VẮNG|TIỀN|BỀ|GẶP|RA|ĐỦ|TỪNG|NHIỀU|TRÊN|BAN|BỊ|XEM|MẶT)$"
GOES_ON_SPOILT = r"(?:TRẬN|BẰNG|NƯỚC|TIỀN|ĐƯỜNG|HÀNG|ĐẤT|CẦU|CÂN|TRẬT|TRÁI|NẠ|SÂN)"


@dataclass(frozen=True)
class Place:
    """Where a cell stands: the words before and after it, whether only a stamp would stand there."""

    before: str
    after: str
    header: bool
    numbered: bool  # a row of a numbered table
    alone: bool  # the whole of its line


# Marks without width, which may stand between the letters: soft hyphens, joiners, directions, selectors of variants.
INVISIBLE = dict.fromkeys(
    code
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
    )
    for code in range(first, last + 1)
)  # fmt: skip


def plain(text: str) -> str:
    """Composed, in ordinary letters, without marks that have no width: what the eye sees of the text."""
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).translate(LOOKALIKES)


def letters(cell: str) -> str:
    """Nothing but the letters, and the digits that recognition takes for letters: "M Ậ T" → "MẬT"."""
    bare = "".join(rx(r"[^\W\d_]+|(?<=[^\W\d_])[01](?=[^\W\d_])").findall(cell))
    return bare.replace("l", "I") if bare.replace("l", "").isupper() else bare


def degree_of(bare: str) -> bool:
    return len(bare) < 12 and rx(DEGREE).fullmatch(bare) is not None


def is_stamp(cell: str, place: Place) -> bool:
    """Is the cell nothing but a degree of secrecy, in a place and in letters that make it a stamp?"""
    if len(cell) > LONGEST:
        return False
    bare = letters(rx(r"(?<=\w)\s*\([^()]*\)\W*$").sub("", cell))
    found = rx(WHOLE).fullmatch(bare.upper())
    if found is None or _part_of_a_phrase(found, place):
        return False
    if bare.isupper():
        return True
    # In small letters only in the letterhead, and never as the rest of the line before or the start of the next.
    before = place.before.rstrip()
    wrapped = before.endswith((",", "độ")) or (bare.islower() and before[-1:].islower())
    goes_on = bool(rx(r"\W*[^\W\d_]").match(place.after)) and letters(place.after)[:1].islower()
    return place.header and not place.numbered and not (place.alone and (wrapped or goes_on))


def _part_of_a_phrase(found: re.Match[str], place: Place) -> bool:
    """ "BẢO VỆ BÍ" / "MẬT": the rest of a word that began before; for spoilt letters also "CÓ" / "MẶT"."""
    before, after = letters(place.before[-12:]).upper(), letters(place.after[:12]).upper()
    if rx(OPEN).search(before) or after.startswith("NHÀNƯỚC"):
        return True
    spoilt = any(letter in SPOILT for letter in found.group("degree") or found.group("of"))
    return spoilt and bool(rx(OPEN_SPOILT).search(before) or rx(GOES_ON_SPOILT).match(after))
