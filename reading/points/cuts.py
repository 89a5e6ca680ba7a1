"""Where a point that holds several duties may be cut; the Office decides whether it is."""

from __future__ import annotations

from reading.naming import names
from reading.naming.lexicon import WEAK
from reading.words import LONGEST_POINT, UPPER, rx

BREAK = r"(?:;|\.|,(?=\s*(?:đồng thời|định kỳ)\b))\s+(?=[\w(])|(?<=[:;.,])\s+(?=\((?:\d{1,2}|[a-zđ])\)\s)"
NUMBER = r"\((?:\d{1,2}|[a-zđ])\)\s*"
# Adverbs before the verb of a duty.
MANNER = (
    r"(?:(?:đồng thời|kịp thời|khẩn trương|chủ động|thường xuyên|tiếp tục|nghiêm túc|tích cực|trực tiếp|giao)[, ]+)*"
)
VERB = (
    rf"(?:rà soát|báo cáo|triển khai|thực hiện|tham mưu|chỉ đạo|đôn đốc|theo dõi|hướng dẫn|phối hợp|chủ trì|hoàn thành|"
    rf"bảo đảm|đảm bảo|nâng cao|tập trung|tăng cường|đẩy mạnh|định kỳ|hằng|hàng (?:tuần|tháng|quý|năm)|{WEAK})(?!\w)"
)
SHORTEST = 20  # characters of a duty of its own


def cuts(text: str, start: int, end: int) -> tuple[int, ...]:
    """Offsets in the document, each at the first word of another duty of the item text[start:end]."""
    said = text[start : min(end, start + LONGEST_POINT)]
    found: list[int] = []
    depth, seen = 0, 0
    for mark in rx(BREAK).finditer(said):
        between = said[seen : mark.start()]
        depth, seen = max(0, depth + between.count("(") - between.count(")")), mark.start()
        number = rx(NUMBER).match(said, mark.end())
        at = number.end() if number else mark.end()
        last = found[-1] - start if found else 0
        if depth == 0 and at - last >= SHORTEST and len(said) - at >= SHORTEST and says_duty(said, at):
            found.append(start + at)
    return tuple(found)


def says_duty(text: str, at: int) -> bool:
    """Does a verb, or an addressee, begin here?"""
    opening = text[at : at + 1].lower() + text[at + 1 : at + 90]
    manner = rx(MANNER).match(opening)
    return bool(rx(VERB).match(opening, manner.end() if manner else 0)) or (
        bool(rx(f"[{UPPER}]").match(text, at)) and names.head_at(text, at)
    )
