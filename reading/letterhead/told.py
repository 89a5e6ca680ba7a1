"""What a text without a letterhead says of itself: its closing, "Kế hoạch này", a name in full."""

from __future__ import annotations

import re
from collections import Counter

from reading.letterhead.numbers import KIND_WORDS
from reading.words import rx, squeeze

OWNER = (
    r"(?:(?:Văn phòng|Thường trực|Ban [Tt]hường vụ|Ban [Tt]hường trực|Ban [Cc]hấp hành|BCH|BTV|BTT) )?"
    r"(?:UBND|[UỦ][ỷỶyYủ] ban (?:[Nn]hân dân|MTTQ|Mặt trận)|HĐND|Hội đồng nhân dân|Sở|Bộ(?! phận)|"
    r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) [uủ][yỷ]|(?:Tỉnh|Thành|Huyện|Quận|Thị)[ -]?[Đđ]oàn|"
    r"Đoàn (?:TNCS|Thanh niên|[Tt]rường|[Kk]hối|xã|phường|huyện)|Ban(?! ngành)|BCH|Cục|Chi cục|Tổng cục|Thanh tra|"
    r"Cơ quan [A-ZĐ]\w+|Ngân hàng Nhà nước|NHNN|Kho bạc|Bảo hiểm [Xx]ã hội|BHXH|Liên đoàn [Ll]ao động|LĐLĐ|"
    r"Công đoàn|Hội (?:[A-ZĐ]\w+|đồng)|Tập đoàn|Tổng [Cc]ông ty|Công ty|Trường|Nhà trường|Học viện|Đại học|Bệnh viện|"
    r"Phòng [A-ZĐ]\w+|Công an|Chính phủ|Thủ tướng Chính phủ|Chi bộ|"
    r"[A-ZĐ]{3,6}(?= (?:vừa|đã|mới|yêu cầu|chỉ đạo|có)(?!\w)))"
)
# A name that says only what sort of body it is; the text must give the rest.
BARE = (
    r"(?:Sở|Bộ|Tập đoàn|Tổng công ty|Công ty|(?:Nhà )?trường|Cục|Chi cục|Tổng cục|Ban|Công đoàn|Liên đoàn|Phòng|Hội|"
    r"Đoàn|Ban (?:thường vụ|thường trực|chấp hành|giám hiệu|giám đốc|chỉ đạo|tổ chức)|BCH|BTV|BTT|Thường trực|"
    r"Thanh tra)"
)
# Words with which no name goes on.
STOPS = frozenset((
    "về", "trên", "để", "nhằm", "trong", "năm", "ban", "xây", "yêu", "đề", "tổ", "tại", "đã", "vừa", "chủ", "phối",
    "thực", "hướng", "có", "theo", "cho", "là", "được", "phải", "các", "cấp", "triển", "do", "khi", "từ", "đến", "gửi",
    "qua", "hoặc", "như", "với", "chỉ", "căn", "thông", "báo", "tiếp", "quy", "phát", "giao", "này", "nói", "nêu",
    "trước", "sau", "sẽ", "cần", "kính", "họp",
))  # fmt: skip
KIND = rf"(?:{KIND_WORDS}|báo cáo|phương án|đề án|quy chế|quy định|kết luận)"


def closing(text: str) -> tuple[str | None, str | None]:
    """ "Trên đây là Kế hoạch của Ban Thường trực … về …": kind, in its words, and issuer where they are told."""
    opens = r"Trên đây là (?:toàn bộ |một số )?(?:nội dung )?"
    said = rx(rf"{opens}(?P<kind>{KIND})(?!\w)(?P<rest>[^.;]{{0,300}})", re.I).search(squeeze(text[-6000:]))
    if said is None:
        return itself(text), None
    by = rx(rf"^[^.;]{{0,160}}? của (?P<who>{OWNER}.{{0,120}})").search(said.group("rest"))
    return said.group("kind").lower(), _name(by.group("who")) if by else None


def itself(text: str) -> str | None:
    """ "… thực hiện Chỉ thị này": the one kind of document by which the text calls itself."""
    found = rx(rf"(?<=\s)({KIND}) này(?!\w)", re.I).findall(text)
    named = {kind.lower() for kind in found if kind[0].isupper()}
    return named.pop() if len(named) == 1 else None


def full_name(short: str, text: str) -> str | None:
    """ "Sở" → "Sở Giáo dục và Đào tạo", by what the text mostly adds to it; None where it adds nothing."""
    # Not `rx`, which keeps every pattern for good: this one has a name in it.
    said = re.compile(rf"(?<!\w){re.escape(short)}(?P<more> [^\n,.;:()“”\"]{{2,120}})", re.I)
    names: Counter[str] = Counter()
    for found in said.finditer(rx(r"[ \t\u00a0]*\n[ \t\u00a0]*").sub(" ", text)):
        name = _name(found.group(), len(short.split()))
        if name and len(name) > len(short) + 1 and name[len(short) + 1].isupper():
            names[name] += 1
    first, second = (*names.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] > 2 * second[1] or (names and len(short.split()) > 1) else None


def _name(words: str, known: int = 1) -> str | None:
    """The name with which the words begin, its first `known` words as they are."""
    taken: list[str] = []
    for word in squeeze(rx(r"[,.;:()\n].*", re.S).sub("", words)).split()[:16]:
        if len(taken) >= known:
            whole = f"{taken[-1]} {word}".lower() in ("ủy ban", "uỷ ban", "phát triển")
            if word in STOPS and not whole:
                break
            if word.islower() and taken[-1].islower() and not whole and not _goes_on(taken[-1], word):
                break
        taken.append(word)
    while taken and taken[-1] in ("và", "-", "–", "của"):
        taken.pop()
    return " ".join(taken) or None


RANKS = ("tỉnh", "thành", "phố", "huyện", "xã", "phường", "quận", "thị", "trấn", "trường", "khu", "đoàn", "ủy", "uỷ")


def _goes_on(before: str, word: str) -> bool:
    """Two words in lower case inside a name: "nhân dân", "nông thôn", "… và xã hội", "dục tỉnh"."""
    pair = f"{before} {word}"
    return word in RANKS or word == "và" or pair in ("nhân dân", "nông thôn", "lao động", "xã hội", "công nghiệp")


def is_bare(name: str) -> bool:
    return bool(rx(BARE, re.I).fullmatch(name))
