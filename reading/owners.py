"""Who must act, who co-operates, and which of them is ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reading.naming import names
from reading.naming.known import known_end
from reading.naming.lexicon import PERSON, STRONG, WEAK
from reading.naming.unlisted import cut_at_verb
from reading.words import LONGEST_POINT, UPPER, rx

ORDER = (
    r"(?:[Gg]iao(?: cho)?|[Yy]êu cầu|[Đđ]ề nghị|Kính đề nghị|[Pp]hân công|Riêng|Đối với|Trách nhiệm(?: "
    r"của)?|Nhiệm vụ(?: của)?|Về phía)\s+(?:trách nhiệm (?:cho )?)?"
)
ASK = (
    r"(?:yêu cầu|giao(?! (?:ban|thông|dịch|lưu|thừa|diện|hàng|tiếp|tuyến|nhận)\b)(?: cho)?|đề nghị|phân công|"
    r"kính đề nghị|kính mời|chỉ đạo)\s+(?:trách nhiệm (?:cho )?)?"
)
INTRO = (
    r"(?:Để|Căn cứ|Trên cơ sở|Đối với|Cụ thể(?=[,:])|Kể từ|Từ ngày|Từ nay|Trong|Hằng|Hàng|Trước|Định kỳ|"
    r"Khi|Sau khi|Nhằm|Thực hiện (?:chỉ đạo|Công|Kế|Quyết|ý kiến|Chỉ thị|Nghị|[Vv]ăn bản|Thông|nhiệm vụ)|Ngay|Theo(?! "
    r"dõi)|Chậm nhất|Nhận được|Nếu|Trường hợp|Vì vậy|Do đó|Bên cạnh|Ngoài ra|Đồng thời|"
    r"Kết thúc|Cuối|Hết|Nhân|Vào|Song song|Cùng với|Với|Tiếp đó|Bám sát|Dựa|Thông qua|Tiếp tục thực hiện|"
    r"Về(?! (?:phía|dự|thăm|đích|với))|Qua|Đến|Quá trình|Xét|Sau|Tiếp theo|Thời gian tới|Định kì|Riêng|Tùy|"
    r"Căn cứ vào|Được)\b"
)
# Subjects that say what a rule applies to; no one is told to do anything.
PASSIVE = (
    r"(?:Kinh phí|Mức|Nguồn|Việc|Nội dung|Thời gian(?! tới)|Thời hạn|Địa điểm|Thành phần|Các vị trí|Văn bản|"
    r"Hồ sơ|Trường hợp|Danh mục|Phạm vi|Đối tượng|Mục tiêu|Chỉ tiêu|Quá trình|Kết quả|Công tác|Trên "
    r"đây|"
    r"Lưu ý|Ghi chú|Quyết định này|Kế hoạch này|Chỉ thị này|Thông báo này|Công văn này|Giải phóng|"
    r"Hình thức|Yêu cầu:|Đơn vị tính|Nguồn kinh phí|Mục đích|Tiêu chí|Đây là|Có|Không có)\b"
)
PAST = (
    r"(?:đã |vừa |mới |là |còn |chưa |nhận được|ban hành (?:Công văn|Công điện|Kế hoạch|Quyết định|Văn "
    r"bản|Chỉ thị|Thông báo)|có (?:Công văn|Công điện|văn bản số|ý kiến như)|"
    r"ký (?:ban hành )?(?:[Cc]ông văn|[Cc]ông điện|[Cc]hỉ thị|[Qq]uyết định|[Kk]ế hoạch|[Vv]ăn bản) |"
    r"có (?:[Cc]ông văn|[Kk]ế hoạch|[Cc]hỉ thị|[Tt]hông báo|[Vv]ăn bản)(?: số)? \d|tổ chức họp (?:nghe|bàn|về|đánh giá|"
    r"với|giao ban|để|và)|thông báo (?:một số|kết luận|"
    r"đến|về|như|kết quả|để)|được |xếp |gồm |luôn )"
)


WRITES = r"\s(?:quyết định|quyết nghị|kết luận|chỉ thị)$"  # "Hiệu trưởng quyết định: …": who speaks in the document
PREMIER = r"(?:Phó )?Thủ tướng(?: Chính phủ)?|Người đứng đầu Chính phủ"
# "Thanh tra Sở phân công cán bộ trực": the people whom a unit sends are not told by the document.
STAFF = r"(?:cán bộ|công chức|viên chức|nhân viên|nhân sự|người|lãnh đạo|\d+ (?:đồng chí|người|cán bộ|công chức))"


@dataclass(frozen=True)
class Owner:
    """Who is told, and from which offset of the text their duty is said."""

    units: tuple[str, ...]
    duty_at: int
    heading: bool = False  # nothing but names
    own_words: bool = True  # named in this text, not by a request in its middle


def find_owner(text: str) -> Owner | None:
    """The addressee that a point names itself: first words, after an introduction, or after "yêu cầu/giao/đề nghị"."""
    if text[:1] in ('"', "“", "«"):  # a duty told in the words of the document
        quoted = find_owner(text[1:])
        return quoted and Owner(quoted.units, quoted.duty_at + 1, quoted.heading, quoted.own_words)
    start = _after_order(text, 0)
    found = names.scan(text, start)
    if found:
        asked = _asked(text, found.end) if not found.closed else None
        if asked:
            return asked
        rest = text[found.end :].lstrip()
        if start == 0 and not found.closed and rx(PAST).match(rest):
            return None
        if len(found.units) > 1 and rx(r"Đối với|Về phía|Riêng").match(text) and rx(ASK).match(text, found.end):
            return Owner(found.units[:-1], found.end)  # "Đối với Bộ Y tế, Phó Thủ tướng yêu cầu chỉ đạo …"
        if rx(PREMIER).fullmatch(found.units[-1]) and rx(ASK).match(rest):
            return None  # asks that something be done, and of nobody
        if found.stem and rx(WRITES).search(found.units[-1]):
            return None
        if cut := cut_at_verb(text, start, found):
            return Owner((*found.units[:-1], cut[0]), cut[1])
        return Owner(found.units, found.end, heading=found.closed)
    own = _after_topic(text) if text.startswith("Về ") else None
    own = own or (_after_introduction(text) if rx(INTRO).match(text) else None)
    return own or _after_topic(text)


# "Chế độ báo cáo: các đơn vị gửi …": a topic that is about what all of them send.
REPORTING = (
    r"(?:Về )?(?:[Cc]hế độ|[Cc]ông tác|[Vv]iệc) (?:thông tin,? (?:và )?)?báo cáo|Thông tin,? (?:và )?báo cáo|Báo cáo|"
    r"Chế độ thông tin"
)


def _after_topic(text: str) -> Owner | None:
    """ "Về nguồn vốn: Giao Bộ Tài chính …": the topic before the colon tells nobody anything."""
    order = r"(?:Giao|Yêu cầu|Đề nghị|Phân công|giao|yêu cầu|đề nghị)\s"
    plain = rx(rf"(?:{REPORTING})\s*:\s+").match(text)
    if plain and (found := names.scan(text, plain.end(), co=True)) and not found.closed:
        return Owner(found.units, found.end)
    topic = rx(rf"(?:[^.:;]{{3,160}}:|(?:Về|Riêng) [^.:;]{{3,160}},)\s+(?={order})").match(text)
    own = find_owner(text[topic.end() :]) if topic else None
    if topic is None or own is None or own.heading:
        return None
    return Owner(own.units, topic.end() + own.duty_at)


def _after_order(text: str, at: int) -> int:
    order = rx(ORDER).match(text, at)
    return order.end() if order and names.head_at(text, order.end(), co=True) else at


def _asked(text: str, at: int) -> Owner | None:
    """ "Chủ tịch UBND tỉnh yêu cầu Giám đốc Sở …": the one who asks is not the one who acts."""
    ask = rx(rf"(?:có ý kiến |trân trọng |cũng )?{ASK}").match(text, at)
    if ask is None or "chỉ đạo" in ask.group() or rx(rf"{STAFF}\b").match(text, ask.end()):
        return None
    found = names.scan(text, ask.end(), co=True)
    return Owner(found.units, found.end, heading=found.stem and found.closed) if found else None


# Between the introduction and the one who acts, or instead of an introduction.
ADVERB = r"(?:(?:[Tt]rước mắt|(?:[Tt]rong )?[Tt]hời gian tới|[Tt]ừ nay|[Ss]ắp tới)\s+)"
UPON = r"(?:Trên cơ sở|Căn cứ|Theo)[^,;.:]{0,40} (?:đề xuất|đề nghị|báo cáo|ý kiến|đăng ký|kiến nghị) của "


def _upon(text: str) -> Owner | None:
    """ "Trên cơ sở đề xuất của các bộ, UBND các tỉnh, | Bộ Tài chính tổng hợp": only the last of them acts."""
    upon = rx(UPON).match(text)
    given = names.scan(text, upon.end(), co=True) if upon else None
    told = given and rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(text, given.end)
    if given and told and len(given.units) > 1 and not text[: given.end].rstrip().endswith(","):
        return Owner(given.units[-1:], given.end)
    return None


def _from_now(text: str) -> Owner | None:
    """ "Từ nay các chủ tàu không được neo …": no comma parts the time from those who act."""
    now = rx(rf"{ADVERB}(?=[Cc]ác |[Mm]ọi |[{UPPER}])").match(text)
    told = names.scan(text, now.end()) if now else None
    if told is None or told.closed or rx(PAST).match(text[told.end :].lstrip()):
        return None
    return Owner(told.units, told.end)


def _after_introduction(text: str) -> Owner | None:
    """ "Để …, đề nghị các đơn vị cung cấp": the first name after a comma, unless a verb has come before it."""
    if soon := _upon(text) or _from_now(text):
        return soon
    limit = _sentence_end(text)
    inside = rx(r"Đối với\s+").match(text)
    for comma in rx(r"[,;]\s+").finditer(text, 0, limit):
        if text[: comma.start()].count("(") > text[: comma.start()].count(")"):
            continue
        now = rx(ADVERB).match(text, comma.end())
        at = now.end() if now else comma.end()
        ask = rx(ASK).match(text, at)
        asked = _asked(text, at) if ask else None
        if asked:
            return asked
        # "Trong 15 ngày, | viên chức, người lao động làm việc …", and not the second of those whom a verb is about
        people = rx(rf"{PERSON}(?:,| và) {PERSON}").match(text, at)
        began = rx(rf"{PERSON}[,;]\s*$").search(text[:at]) is None
        found = names.scan(text, at, co=people is not None and began)
        if found and not found.closed and not rx(r"(?:ban|ngành|cơ quan|đơn vị|phường|và)\b").match(text, at):
            inner = _asked(text, found.end)
            if inner:
                return inner
            rest = text[found.end :].lstrip()
            return None if rx(PAST).match(rest) else Owner(found.units, found.end)
        if (
            inside
            and (own := names.scan(text, inside.end(), co=True))
            and own.end <= at + 1
            and rx(rf"(?:{STRONG}|{WEAK})\b").match(text, at)
        ):
            return Owner(own.units, at)
        if rx(r"(?:chủ trì|phối hợp)\b").match(text, at):
            return None
    return None


def asked_in(text: str) -> Owner | None:
    """The last "yêu cầu / giao / đề nghị <names>" in a paragraph: what a stem does."""
    best = None
    for ask in rx(rf"(?<![\wÀ-ỹ]){ASK}").finditer(text):
        before = text[: ask.start()].rstrip()
        if before.endswith(("được", "theo", "đã", "nhiệm vụ", "về", "và")) or "chỉ đạo" in ask.group():
            continue
        found = names.scan(text, ask.end(), co=True)
        if found:
            best = Owner(found.units, found.end, own_words=False)
    return best


def asks(text: str) -> bool:
    giao = r"giao(?! (?:thông|dịch|ban|lưu|thừa|diện|hàng|tiếp|tuyến|nhận)\b)"
    return bool(rx(rf"\b(?:yêu cầu|{giao}|đề nghị|chỉ đạo)\b", re.I).search(text))


LONGEST_OPENING = 1500  # characters of introduction before the addressee is named


def _sentence_end(text: str) -> int:
    end = rx(r"[.:](?:\s|$)").search(text)
    return min(end.start() if end else len(text), LONGEST_OPENING)


CO = (
    r"(?<![\wÀ-ỹ])(?:[Pp]hối hợp(?:(?:,| và)? (?:chặt chẽ|tốt|tích cực|kịp thời|quyết liệt|đồng bộ|"
    r"(?:có )?hiệu quả|thường xuyên|nhịp nhàng|chủ động|toàn diện|hỗ trợ|trao đổi|liên hệ))*(?::| (?:với|cùng))?|"
    r"[Cc]ùng(?: với)?(?= (?:các|Sở|Bộ|UBND|Ủy|Công an|Phòng|"
    r"Ban|Tổ|Trưởng|Hội|Mặt trận|Văn phòng|Trung tâm|Chi|Đảng|Thanh tra|Chỉ huy|Giám đốc|Chủ tịch|Thủ trưởng|Bí thư|"
    r"Hiệu trưởng|Lãnh đạo|lãnh đạo|Cục|Kho bạc|Viện|Bệnh viện|Trạm|Đội|Hạt|Liên đoàn|Bảo hiểm|chính quyền|"
    r"đại diện|lực lượng)(?!\w)))\s+"
)


def co_units(text: str) -> tuple[str, ...]:
    """Everyone after "phối hợp (với)" or "cùng"."""
    units: list[str] = []
    for match in rx(CO).finditer(text[:LONGEST_POINT]):
        found = names.scan(text, match.end(), co=True)
        if found:
            units.extend(u for u in found.units if u not in units)
    for mark in rx(r"[;,]\s+(?=[^;.]{4,200}\sphối hợp\s(?!với|cùng))").finditer(text[:LONGEST_POINT]):
        # "A chủ trì; B, C phối hợp lập hồ sơ"
        found = names.scan(text, mark.end()) if known_end(text, mark.end()) else None
        if found and text.startswith("phối hợp", found.end) and "chủ trì" in text[: mark.start()]:
            units.extend(u for u in found.units if u not in units)
    return tuple(units)


# Two lines of one cell that only the line break divided.
NEXT_CELL_LINE = r"(?<=[\wÀ-ỹ])\s+(?=Các (?:[Bb]ộ|[Ss]ở|cơ quan|đơn vị|địa phương)(?!\w)|(?:Cơ quan|Đơn vị|Tổ chức), )"


def listed(text: str) -> tuple[str, ...]:
    """The names of a companion line ("Đơn vị phối hợp: Các sở, ban, ngành")."""
    text = rx(NEXT_CELL_LINE).sub("; ", text.strip(" .;"))
    found = names.scan(text, 0, co=True)
    return found.units if found else ()
