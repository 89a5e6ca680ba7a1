"""A sentence taken whole for a name has a verb that no list holds: the name ends with its last capital word."""

from __future__ import annotations

from reading.naming.known import known_end
from reading.naming.lexicon import STRONG, WEAK
from reading.naming.names import Names
from reading.naming.wide_names import wide_end
from reading.words import UPPER, rx

LONGEST_HEADING = 9  # words of one name that may stand alone; "Sở Lao động - Thương binh và Xã hội tỉnh" has nine
# Two words that begin what a named agency is told, whatever stands before them; a preposition is none.
NO_PREDICATE = r"(?:trên cơ sở|hàng (?:ngày|tuần|tháng|quý|năm)|thông qua|nhất là|đồng thời|định kỳ|đặc biệt|trước mắt)"
ONLY_LEVELS = (
    r"(?:[\s,]|(?:nhân dân|các|tỉnh|huyện|quận|thị xã|thị trấn|thành phố|xã|phường|đặc khu|cấp|và|trên địa bàn|khu phố|"
    r"tổ dân phố)(?!\w))*"
)


def cut_at_verb(text: str, start: int, found: Names) -> tuple[str, int] | None:
    """The last name of those found without its duty, and where the duty begins; None where nothing is to be cut."""
    last = found.units[-1]
    if found.stem or len(last.split()) <= LONGEST_HEADING or not rx(r"[.;]\W*$|\d").search(text):
        return None
    verb = rx(rf"(?!{NO_PREDICATE})(?:{STRONG}|{WEAK})(?!\w)").match(text, found.end)
    if verb and " " in verb.group() and len(last.split()) <= LONGEST_HEADING + 3:
        return None
    at = text.rfind(last[:10], start, found.end)
    long_by_nature = (
        r"Ban (?:QLDA|[Qq]uản lý dự án) đầu tư|[Cc]ác|[Tt]oàn|[Tt]ất|[Mm]ỗi|[Cc]án|[Bb]ộ phận|[Đđ]ồng chí|Đ/c"
    )
    if known_end(text, max(at, start)) or wide_end(text, max(at, start)) or rx(long_by_nature).match(last):
        return None
    capital = None
    for word in rx(rf"[{UPPER}][\wÀ-ỹ]*").finditer(text, start, start + 120):
        if rx(r"\d|[.:]\s").search(text[start : word.start()]) or len(text[start : word.end()].split()) > 12:
            break
        capital = word
    if capital is None or capital.start() <= at:
        return None
    # "Trung tâm Xúc tiến | …", "Sở Tài chính | …": a capital opens a word of two syllables, unless the name goes on so.
    single = rx(rf"[{UPPER}][\wÀ-ỹ]*\s+$").search(text[start : capital.start()])
    follow = rx(r"\s+\w+").match(text, capital.end())
    end = capital.end() if single or follow is None else follow.end()
    levels = rx(ONLY_LEVELS).match(text, end, found.end)  # it may match nothing, and then stays where it was
    end = len(text[: levels.end() if levels else end].rstrip(" ,"))
    if not text[end : found.end].strip():
        return None  # "Chủ tịch Ủy ban | nhân dân các huyện, thị xã, thành phố": all of it is name
    return " ".join(text[max(at, start) : end].split()), end
