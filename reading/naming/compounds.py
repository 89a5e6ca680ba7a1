"""Words of two syllables inside a name, of which the second alone would be a verb."""

from __future__ import annotations

from reading.naming.lexicon import STRONG, WEAK
from reading.words import UPPER, rx

# Names with "và" before what would begin a name of its own.
WITH_AND = (
    r".*(?:Văn phòng|Thường trực|[Ll]ãnh đạo) (?:Đoàn [^,]*,? )?(?:HĐND|Hội đồng nhân dân) và (?:UBND|[UỦ][ỷỶyYủ] ban)|"
    r"(?:Báo|Đài) và (?:Đài|Báo) |.*Cục [^,]+, [^,]+ và (?:Thư viện|Xã hội|Hội nhập|Bảo tàng)"
)
# "Quỹ Bảo vệ và phát triển rừng": the second half of a name whose first is a verb too.
HALF = r"(?:phát triển|ứng dụng|chuyển giao|bảo tồn|kiểm định|phục hồi|giám định|hỗ trợ) "
# A capital syllable that is a word by itself: a verb may follow it.
WHOLE_WORDS = r"Sở|Bộ|Tỉnh|Huyện|Xã|Phường|Cục|Đảng|Vụ|Viện|Trường|Đoàn|Hội|Thuế|Chèo|Nước|Ban|Phòng|Tổ|Đội"
LEVELS = r"(?:tỉnh|Tỉnh|phố|huyện|quận|xã|phường|khu|trấn|chí|Đ/c|Ông|Bà|ông|bà|thôn|bản)$"


def second_syllable(text: str, at: int, so_far: str) -> bool:
    """ "Phòng Hậu | cần", "Trung tâm Trợ | giúp": one capital syllable opens a word of two; a verb of two is a verb."""
    capital = rx(rf"(\S+)\s+([{UPPER}]\w*)$").search(so_far)
    if capital is None:
        return False
    before, syllable = capital.groups()
    if syllable.isupper() or rx(WHOLE_WORDS).fullmatch(syllable) or rx(LEVELS).search(before):
        return False
    heads = r"(?:Phòng|Ban|Cục|Vụ|Viện|Trường|Quỹ|Đội|Hội|Sở|Bộ)$"
    if rx(f"[{UPPER}]").match(before) and not rx(heads).match(before):
        return False
    verb = rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(text, at)
    return verb is not None and " " not in verb.group()
