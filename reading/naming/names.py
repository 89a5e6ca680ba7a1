"""The grammar of agency names: where a list of addressees begins, where it ends, how it divides.

Vietnamese has no case endings; what ends a name is the first lower-case verb or adverb ("Sở Tài chính | chủ trì"), and
what divides two names is a comma, ";" or "và" before another head noun ("Sở Y tế, | Sở Nội vụ"), never before the
rest of one name ("Văn hóa, Thể thao và Du lịch") or of a set phrase ("các sở, ban, ngành").
"""

from __future__ import annotations

from dataclasses import dataclass

from reading.naming import joints
from reading.naming.compounds import HALF, WITH_AND, second_syllable
from reading.naming.known import ends_name, known_end
from reading.naming.lexicon import (
    HEAD_CAPITAL,
    HEAD_CO,
    HEAD_LOWER,
    INCOMPLETE,
    PERSONS,
    RELATED,
    RELATIVE,
    SET_WORDS,
    STRONG,
    WEAK,
    WITHIN,
)
from reading.naming.wide_names import wide_end
from reading.words import UPPER, rx

OFFICE_OF_TWO = (
    r"Văn phòng (?:HĐND|Hội đồng nhân dân|Đoàn ĐBQH|Đoàn [Đđ]ại biểu Quốc hội|Đảng [uủ][yỷ])(?:,? (?:HĐND|"
    r"Hội đồng nhân dân))?"
    r"(?:,| và)$"
)
PLACE = rf"(?:(?:tỉnh|thành phố|xã|phường|huyện) )?(?!Quý|Tháng|Thứ)[{UPPER}]\w*(?: [{UPPER}]\w*)*"
FROM_TO = rf"(?:ven biển )?từ {PLACE} (?:đến|tới|trở vào)(?: hết)?(?: {PLACE})?"  # "các tỉnh | từ Hà Tĩnh đến Lâm Đồng"
PEOPLE = r"(?:cán bộ|công chức|viên chức|giáo viên|giảng viên|người lao động)$"  # one set phrase with what follows
LONGEST_LIST = 3000  # more than a page of nothing but names
LONGEST_NAME = 260  # characters; what runs on longer is a sentence without a verb we know


@dataclass(frozen=True)
class Names:
    """Names found, and where the predicate begins; `closed` when the text ended with the list (a heading)."""

    units: tuple[str, ...]
    end: int
    closed: bool
    stem: bool = False  # the list ended at ":"


def head_at(text: str, pos: int, co: bool = False) -> bool:
    """Does an agency, an office or a group begin here?"""
    if rx(rf"(?:{HEAD_CAPITAL})(?!\w)").match(text, pos) or rx(HEAD_LOWER).match(text, pos):
        return True
    if known_end(text, pos):
        return True
    return co and bool(rx(HEAD_CO).match(text, pos))


def scan(text: str, pos: int = 0, co: bool = False) -> Names | None:
    """The list of names that begins at `pos`, or None where no name begins."""
    if not head_at(text, pos, co):
        return None
    cuts, start, depth, skip_to = [], pos, 0, pos + 1
    end, closed, stem = len(text), True, False
    sure = known_end(text, pos) or wide_end(text, pos) or pos  # up to here the name is one that we know
    for token in rx(r"\S+").finditer(text, pos):
        word, at = token.group(), token.start()
        if at < skip_to and at != pos:
            continue
        if depth == 0 and at != pos:
            if at - start > LONGEST_NAME or at - pos > LONGEST_LIST:
                return None
            if relative := rx(RELATIVE).match(text, at) or rx(FROM_TO).match(text, at):
                skip_to = relative.end()
                continue
            verdict = "go" if at < sure else "stop" if _ended(text, sure, at) else _step(text, start, at, co)
            if verdict == "stop":
                end, closed = at, False
                break
            if verdict == "cut":
                cuts.append((start, at))
                start = at
                sure = known_end(text, at) or wide_end(text, at) or at
            elif at >= sure and rx(r"[,–-]\s*$").search(text[start:at]) and names_person(text[start:at]):
                sure = known_end(text, at) or sure  # "đồng chí Trần Văn An - | Chánh Thanh tra Sở"
        depth = max(0, depth + word.count("(") - word.count(")"))
        if depth == 0 and token.end() >= sure and _ends_list(text, start, token.end()):
            end, closed, stem = token.end(), token.end() >= len(text.rstrip()), word.endswith(":")
            break
    cuts.append((start, end))
    units = tuple(u for u in (_tidy(text[a:b]) for a, b in cuts) if u)
    return Names(units, end, closed, stem) if units else None


def names_person(name: str) -> bool:
    return bool(rx(rf"(?:[Đđ]ồng chí|Đ/c|[ÔôBb]\w+)(?: [{UPPER}][\wÀ-ỹ]*){{2,5}}\s*[,–-]\s*$").match(name))


def _ended(text: str, sure: int, at: int) -> bool:
    """Is the word at `at` the first after a known name, and its verb?"""
    gloss = rx(r"\s*\([^()]*\)").match(text, sure)  # "(trừ Nhà hát Chèo)"
    end = gloss.end() if gloss else sure
    return end < at and not text[end:at].strip() and ends_name(text, end)


def _ends_list(text: str, start: int, at: int) -> bool:
    """A colon or a full stop ends the list; the colon of "Các Bộ: Quốc phòng, Công an" is inside one name."""
    if not rx(r"[:…]$|\.$").search(text[start:at]):
        return False
    shared = (
        r"(?:[Cc]ác|[Qq]uý) (?:[Ss]ở|[Bb]ộ|ban, ngành|xã|phường|xã, phường|tỉnh|huyện|thành phố|"
        r"tỉnh, thành phố)(?:, ngành)?:$"
    )
    listed = rx(rf"\s+[{UPPER}][\w ]+[,;]\s[{UPPER}]").match(text, at)
    if listed and rx(r"[Cc]ác sở(?:, ngành)?:$").search(text[start:at]):
        return False  # "các sở: Xây dựng, Nội vụ": not what they must do
    if rx(r"[Cc]ác (?:phòng|đơn vị|trung tâm)(?: thuộc Sở| trực thuộc)?:$").search(text[start:at]):
        follow = text[at : at + 100].lstrip()
        return not (known_end(follow, 0) or known_end(f"Phòng {follow}", 0))
    follow = text[at : at + 60].lstrip()
    if rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(follow[:1].lower() + follow[1:]):
        return True
    return not (rx(shared).search(text[start:at]) and rx(rf"\s+[{UPPER}]").match(text, at))


def _step(text: str, start: int, at: int, co: bool) -> str:
    """What the word at `at` does to the name that began at `start`: "stop", "cut" or "go"."""
    so_far = text[start:at].rstrip()
    after_comma = so_far.endswith((",", ";"))
    joined = bool(rx(r"\b(?:và|cùng|hoặc)$").search(so_far))
    if rx(OFFICE_OF_TWO).search(so_far):
        return "go"  # "Văn phòng HĐND và UBND xã"
    if rx(r"[Bb]ộ phận (?:thực hiện )?tiếp nhận(?: và(?: \w+)?)?$").search(so_far):
        return "go"  # "Bộ phận tiếp nhận và giải quyết thủ tục hành chính": two verbs inside one name
    if (after_comma or joined or text.startswith("và ", at)) and joints.one_body(so_far, text, at):
        return "go"
    if not co and rx(r"cùng\s").match(text, at):
        return "stop"  # "Phòng Y tế | cùng Phòng Nội vụ kiểm tra": the second co-operates
    if rx(r"(?:và|hoặc|cùng(?: với)?)\s").match(text, at):
        follow = rx(r"(?:và|hoặc|cùng(?: với)?)\s+").match(text, at)
        nxt = follow.end() if follow else at
        fits = head_at(text, nxt, co) or rx(SET_WORDS).match(text, nxt) or rx(f"[{UPPER}]").match(text, nxt)
        halves = rx(HALF).match(text, nxt) and rx(rf"[{UPPER}]\w*(?: \w+)?$").search(so_far)
        return "go" if halves or (fits and not _verb(text, nxt, "")) else "stop"
    if (after_comma or joined) and joints.paired(so_far, text, at):
        return "go"
    if after_comma or joined:
        return _after_mark(text, at, so_far, joined, co)
    if rx(rf"(?:{RELATED})$").search(so_far) and not rx(r"(?:trên địa bàn|khác|thuộc|của)\b").match(text, at):
        return "stop"
    if rx(rf"[\"“‘](?![{UPPER}])").match(text, at):
        return "stop"  # giao Bộ Công Thương | "tăng cường quản lý": the duty is quoted
    if text[at] in "-–" or text[at : at + 1] == "(":
        return "go"
    if rx(r"về\s").match(text, at) and rx(r"(?:vấn đề|vấn đề chung|Chương trình|Nghiên cứu|Tư vấn)$").search(so_far):
        return "go"  # "Vụ Các vấn đề chung | về xây dựng pháp luật"
    if rx(WITHIN).match(text, at) and (
        rx(r"(?:[Cc]ác|[Nn]hững|[Tt]oàn thể|[Mm]ọi|[Tt]ất cả)\s").match(so_far) or rx(PERSONS).fullmatch(so_far)
    ):
        return "go"
    return "stop" if _verb(text, at, so_far) and not second_syllable(text, at, so_far) else "go"


def _after_mark(text: str, at: int, so_far: str, joined: bool, co: bool) -> str:
    """The same for a word after a comma, or after "và" (`joined`)."""
    bare = rx(r"(?:,|;|\bvà|\bcùng|\bhoặc)$").sub("", so_far).strip(" ,;")
    if rx(r".*\w các (?:ngành|cấp)$").match(bare) and rx(r"các (?:cấp|ngành)(?!\w)").match(text, at):
        return "go"  # "Ban Chỉ huy Phòng thủ dân sự các ngành, | các cấp"
    if joined and rx(rf"(?:{WITH_AND})").match(f"{bare} và {text[at : at + 40]}"):
        return "go"
    clerk = rx(rf"(?:công|viên) chức\s+[{UPPER}]").match(text, at)
    if clerk or joints.of_its_own(bare, text, at):
        return "cut"  # "Công chức Văn hóa - Xã hội, | công chức Địa chính"
    person = rx(r"(?:giáo viên|giảng viên|cố vấn|nhân viên|chuyên viên) \w").match(text, at)
    if person and not rx(PEOPLE).search(bare):
        return "cut"
    whole = not joints.elliptical(bare, text[at : at + 40]) and not joints.carried(text, at, bare)
    if head_at(text, at, co) and whole:
        return "cut"
    if so_far.endswith(";") and not head_at(text, at, co):
        return "stop"
    if joined and rx(HALF).match(text, at) and rx(rf"[{UPPER}]\w*(?: \w+)?$").search(bare):
        return "go"
    if rx(SET_WORDS).match(text, at) and not (rx("tổ chức").match(text, at) and not joints.generic(so_far)):
        if so_far.endswith(";") and head_at(text, at, co):
            return "cut"
        return "go" if not rx(r"(?:ban hành|bộ phận|sở hữu)").match(text, at) else "stop"
    return "go" if rx(f"[{UPPER}]").match(text, at) or head_at(text, at, co) else "stop"


def _verb(text: str, at: int, so_far: str) -> bool:
    if rx(rf"được (?:giao|yêu cầu|đề nghị|phân công|chỉ đạo)(?: nhiệm vụ)? (?:{STRONG}|{WEAK})(?!\w)").match(text, at):
        return True  # an order in the passive
    if rx(r"tổ chức (?:chính trị|đoàn thể|xã hội|, cá nhân|cán bộ$|có liên quan|liên quan)").match(
        text, at
    ) and so_far.endswith(("các", "là", "của")):
        return False
    if rx(r"\b(?:là|của|đầu tư|dự án|công tác|về)$").search(so_far) and rx(
        "tổ chức(?! thực)|xây dựng|đào tạo|quản lý"
    ).match(text, at):
        return False
    if joints.of_trade(so_far, text, at):
        return False
    if rx(r"tập trung(?=\s*(?:[,;.:]|$)| (?:và|có trách|chủ trì|phối hợp)\s)").match(text, at):
        return not rx(r"(?:[Kk]hu|[Cc]ụm|[Cc]ơ sở|[Vv]ùng) [^,;]{2,30}$").search(so_far)
    if rx(r"(?:^|[Cc]ác )[Cc]ơ sở$").search(so_far) and rx(
        r"(?:đào tạo (?!và tổ|cho)|sử dụng lao|mua bán|cung cấp dịch|bảo trợ|cai nghiện|thu gom|sửa chữa|chăm sóc|"
        r"xử lý chất)"
    ).match(text, at):
        return False  # "các cơ sở | đào tạo giáo viên": what they are
    if so_far.endswith("đồng chí") and rx(r"lãnh đạo(?![,;])").match(text, at):
        return False  # "các đồng chí | lãnh đạo các địa phương": a post
    if rx(rf"(?:{STRONG})(?!\w)").match(text, at):
        unfinished = rx(r"(?:Ban|Tổ|Bộ phận|bộ phận)$").search(so_far) and rx(
            r"(?:chỉ đạo|thực hiện|hướng dẫn|thường)"
        ).match(text, at)
        return not unfinished
    if rx(r"(?:yêu cầu|đề nghị)(?!\w)").match(text, at):
        return True  # also after a bare "Sở", where "Sở xây dựng" might be a name
    if rx(r"[Nn]hân viên$").search(so_far) and rx(r"hỗ trợ(?!\w)").match(text, at):
        return False  # "nhân viên hỗ trợ giáo dục người khuyết tật": a post
    whole = r"[Cc]ác (?:phòng|ban|tổ|đội|hội|trung tâm|cục|vụ|(?:công đoàn |chi đoàn |chi bộ )?bộ phận)$"
    if rx(whole).search(so_far) and rx(
        r"(?:gửi|nộp|lập|tiến hành|đăng ký|cung cấp|trình|tổng hợp|xây dựng|chuẩn bị|bố trí|cập nhật|"
        r"thống kê|hoàn thiện)(?!\w)"
    ).match(text, at):
        return True  # "Trưởng các phòng | gửi kết quả"
    if rx(rf"(?:{WEAK})(?!\w)").match(text, at):
        return not rx(INCOMPLETE).search(so_far) and not rx(
            r"(?:[Bb]ộ phận|[Bb]ộ phận tiếp nhận và|[Bb]ộ phận thực hiện|tiếp nhận và|(?:[Bb]ộ phận|"
            r"tiếp nhận) và|Trung tâm \w+ \w+ và|thực hiện)$"
        ).search(so_far)
    return False


def _tidy(name: str) -> str:
    """The bare name: no order word, no bracketed gloss, no mark at the ends."""
    name = rx(r"\s*\([^()]*\)?\s*").sub(" ", name).strip(" ,;:.…-–)(")
    # "Chi cục Thủy lợi - cơ quan thường trực Ban Chỉ huy": what it is besides
    name = rx(r"\s+[-–]\s+(?:cơ quan|đơn vị|thường trực|Cơ quan|đầu mối)\s.*$").sub("", name)
    name = rx(r"^(?:và|cùng với|cùng|hoặc|riêng|Riêng)\s+|\s+(?:và|cùng|hoặc|cùng với)$").sub("", name).strip(" ,;:.")
    return " ".join(name.split())
