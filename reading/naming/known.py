"""Names that need no guessing: the office's own units and groups, their posts, and the agencies every province has.

"Thanh tra Sở xây dựng kế hoạch": only who knows the unit "Thanh tra Sở" sees that "xây dựng" is its verb and not the
rest of "Sở Xây dựng"; and no list of verbs is ever complete.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from reading.model import OfficeNames
from reading.words import rx

# Departments, Party bodies and mass organizations as provincial directives call them.
AGENCIES = (
    "Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng", "Sở Tư pháp", "Sở Y tế", "Sở Công Thương", "Sở Ngoại vụ",
    "Sở Kế hoạch và Đầu tư", "Sở Giao thông vận tải", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ",
    "Sở Lao động - Thương binh và Xã hội", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Dân tộc và Tôn giáo",
    "Sở Nông nghiệp và Môi trường", "Sở Tài nguyên và Môi trường", "Sở Thông tin và Truyền thông", "Sở Du lịch",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa và Thể thao", "Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Thanh tra tỉnh", "Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh",
    "Văn phòng Tỉnh ủy", "Ban Dân tộc tỉnh", "Ban Tuyên giáo Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Tỉnh đoàn",
    "Hội Liên hiệp Phụ nữ tỉnh", "Liên đoàn Lao động tỉnh", "Hội Nông dân tỉnh", "Hội Cựu chiến binh tỉnh",
    "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Báo Thái Bình",
    "Đài Phát thanh và Truyền hình tỉnh", "Kho bạc Nhà nước tỉnh", "Bảo hiểm xã hội tỉnh", "Cục Thuế tỉnh",
    "Cục Thống kê tỉnh", "Cục Quản lý thị trường tỉnh", "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
    "Cơ quan Thanh tra, giám sát ngân hàng",
    "UBND tỉnh", "Ủy ban nhân dân tỉnh", "UBND các huyện, thành phố", "Ủy ban nhân dân các huyện, thành phố",
    "UBND các xã, phường, đặc khu", "UBND các xã, phường", "UBND các xã, phường, thị trấn",
)  # fmt: skip
# "Trưởng phòng Quản lý Du lịch", "đồng chí Phó Giám đốc Bảo tàng tỉnh": a post before the unit's name.
POST = (
    r"(?:(?:cac |quy )?(?:đong chi|đ/c|ong|ba)\s+)?(?:pho\s+)?(?:(?:truong|giam đoc|thu truong|nguoi đung đau|"
    r"lanh đao|chanh|chu tich|hieu truong)\s+(?:cac\s+)?)?(?:pho\s+)?"
)
POST_FIRST = frozenset(
    ("cac", "quy", "đong", "đ", "ong", "ba", "pho", "truong", "giam", "thu", "nguoi", "lanh", "chanh", "chu", "hieu")
)
# What a lower-case word after a known name must not be, if the name is to end there.
CARRIES = (
    r"(?:thuộc|trực thuộc|của|tỉnh|huyện|quận|thành phố|thị xã|xã|phường|thị trấn|cấp|trên địa bàn|có liên quan|"
    r"liên quan|khác|nêu trên|trên|nhà nước|chính phủ|phẩm|đăng ký|điều phối|đại diện|công chứng|luật sư|điện tử|"
    r"quốc gia|trung ương|khu vực|và|cùng|hoặc|hay|với|các (?:tỉnh|địa phương|huyện|thành phố))(?!\w)"
)
# "Thanh tra việc chấp hành", "Thanh tra, kiểm tra": the verb, not the inspectorate.
VERB_THANH_TRA = (
    r"thanh tra,?\s+(?:kiem tra|giam sat|viec|cac|cong tac|đot xuat|chuyen|đinh ky|va|hoat|toan|tinh hinh|nhung|\d)"
)


@dataclass(frozen=True)
class Known:
    """The names as one pattern, and the words with which one of them, or a post before it, can begin."""

    pattern: re.Pattern[str]
    first: frozenset[str]


_current: ContextVar[Known | None] = ContextVar("known_names", default=None)


def _table() -> dict[int, str]:
    letters = (chr(code) for block in (range(0xC0, 0x250), range(0x1EA0, 0x1F00)) for code in block)
    table = {}
    for letter in letters:
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        table[ord(letter)] = bare if len(bare) == 1 else letter
    return table


BARE = _table()  # letter for letter, so that offsets stay: hoà = hòa = hoa


@lru_cache(maxsize=8)
def _known(office: OfficeNames) -> Known:
    said = [office.name, *office.aliases, *AGENCIES, "Giám đốc Sở", "Phó Giám đốc Sở"]
    said += [name for unit in office.units for name in (unit.code, unit.name, *_written(unit.aliases))]
    said += [name for group in office.groups for name in (group.name, *_written(group.aliases))]
    spelled = sorted({_spelled(name) for name in said if name.strip()}, key=len)
    begin = (rx(r"\w+").match(name.translate(BARE)) for name in said)
    first = frozenset(word.group().lower() for word in begin if word) | POST_FIRST
    return Known(re.compile(rf"(?P<post>{POST})(?P<name>{'|'.join(reversed(spelled))})(?!\w)", re.I), first)


def _written(aliases: tuple[str, ...]) -> list[str]:
    """Without "du lịch", "một cửa": how people talk; in a document these are ordinary words."""
    return [alias for alias in aliases if alias[:1].isupper()]


def _spelled(name: str) -> str:
    """With or without commas, in any case; only "Sở Xây dựng" keeps its capital: "Sở xây dựng …" is a verb."""
    words = [re.escape(word) for word in rx(r"[,\s]+").split(name.translate(BARE)) if word]
    if len(words) > 1 and words[0] == "So" and words[1][:1].isupper():
        words[1] = f"(?-i:{words[1][0]}){words[1][1:]}"
    return r"(?:,\s*|\s+)".join(words)


@contextmanager
def names_of(office: OfficeNames) -> Iterator[None]:
    """While one document is read, the names of its reader are known everywhere in the grammar."""
    token = _current.set(_known(office))
    try:
        yield
    finally:
        _current.reset(token)


LONGEST = 140  # characters that a post and a unit's name can take


def known_end(text: str, at: int) -> int | None:
    """Where the known name that begins at `at` ends, None where none begins."""
    known = _current.get()
    word = rx(r"[^\W\d]\w*").match(text, at) if known else None
    if known is None or word is None or word.group().translate(BARE).lower() not in known.first:
        return None  # most words begin no name, and the pattern is dear
    found = known.pattern.match(text[at : at + LONGEST].translate(BARE))
    if found is None:
        return None
    end = at + found.end()
    small = text[at].islower() and not found["post"] and len(text[at:end].split()) < 3
    short = found["name"].isupper() or len(found["name"].split()) == 1
    if small or (short and not text[at + found.start("name")].isupper()):
        return None
    if rx(VERB_THANH_TRA, re.I).match(text[at : at + 40].translate(BARE)):
        return None
    return end


def ends_name(text: str, end: int) -> bool:
    """After a known name that ended at `end`: is the next word, in small letters, no part of it?"""
    follow = rx(r"\s+(?=\w)").match(text, end)
    if follow is None or not text[follow.end()].islower():
        return False
    return not rx(CARRIES).match(text, follow.end())
