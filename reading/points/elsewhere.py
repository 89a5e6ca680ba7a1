"""Addressees that a point names after its topic, as a standing body, or in a later clause."""

from __future__ import annotations

from reading import owners
from reading.naming import names
from reading.naming.lexicon import STRONG, WEAK
from reading.points import agents
from reading.points.duties import Collector
from reading.points.phrases import COMPANION, DESCRIBES
from reading.points.silent import order_of_work
from reading.words import UPPER, fold, rx

LONGEST_CLAUSES = 1500  # characters
LONGEST_STEM = 400
# No hour and no part of a day: that would be a timetable.
TOPIC = r"(?!(?:Sáng|Chiều|Tối|Trưa|Buổi|Thứ|Ngày|Từ)\b)(?=\D)(?:(?!\d\s*(?:h|giờ|/))[^.:;()]){3,120}:\s+"
STANDS = (
    r"\s*(?:được giao )?(?:là|làm) (?:cơ quan|đơn vị|đầu mối|bộ phận)(?: (?:thường trực|đầu mối|chủ trì|tham mưu|"
    r"tổng hợp|giúp việc|chính|phụ trách|và))*[^,;.:]{0,100}"
)
TASKED = rf"[,;.:]\s*(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|{STRONG}|{WEAK})(?!\w)"


# All ways to name an addressee otherwise than as the subject of the first clause.
def owner(text: str) -> owners.Owner | None:
    """The addressee by the first words, or behind a topic, or of what stands for a whole body."""
    for way in WAYS:
        if own := way(text):
            return own
    return None


LINKED = r"(?:(?:Bên cạnh đó|Đồng thời|Trong đó|Theo đó|Ngoài ra|Cùng với đó|Mặt khác|Riêng),?\s+)?"
IS_TOLD = rf"\s*(?:cũng )?được (?:giao|yêu cầu|đề nghị|phân công|chỉ đạo)(?: nhiệm vụ)?\s+(?=(?:{STRONG}|{WEAK})(?!\w))"


def told(text: str) -> owners.Owner | None:
    """ "Công an tỉnh được yêu cầu phối hợp xử lý …": the order in the passive, as news give it."""
    link = rx(LINKED).match(text)
    start = link.end() if link else 0
    found = names.scan(text, start)
    order = rx(IS_TOLD).match(text, found.end) if found and not found.closed else None
    return owners.Owner(found.units, order.end()) if found and order else None


ASKER = (
    rf"[{UPPER}](?:(?!\b(?:đã|vừa|được|theo|nội dung|việc|số|ngày)\b)[^.,;:()\"“]){{2,80}}?\s"
    r"(?:(?:cũng|còn|trân trọng|tiếp tục) )*(?:yêu cầu|đề nghị|lưu ý|"
    r"giao(?! (?:thông|dịch|ban|lưu|thừa|diện|hàng|tiếp|tuyến|nhận)\b)(?: nhiệm vụ)?(?: cho)?)\s+"
)


def asker(text: str) -> owners.Owner | None:
    """ "Thủ tướng cũng yêu cầu Bộ Công Thương …": whoever asks, those asked must act."""
    if rx(owners.INTRO).match(text) or rx(owners.PASSIVE).match(text) or begins_with_verb(text):
        return None
    said = rx(ASKER).match(text)
    found = names.scan(text, said.end(), co=True) if said else None
    if found is None or found.closed or not rx(rf"\s*[\"“]?(?:{STRONG}|{WEAK})(?!\w)").match(text, found.end):
        return None
    return owners.Owner(found.units, found.end, own_words=False)


BY = r"(?:[,;(]|\s[–-])\s*(?:do|giao)\s+|\s[–-]\s+|;\s+"
ACTS = r"\s*(?:làm |là )?(?:chủ trì|đầu mối|thực hiện|phụ trách|đảm nhiệm|đảm nhận|chịu trách nhiệm|tham mưu)(?!\w)"


def by_whom(text: str) -> owners.Owner | None:
    """ "Mở hai lớp tập huấn, do Sở Y tế chủ trì …", "… – Sở Y tế thực hiện": who acts stands after what is done."""
    if not begins_with_verb(text):
        return None
    for mark in rx(BY).finditer(text[:LONGEST_CLAUSES]):
        found = names.scan(text, mark.end(), co=True) if names.head_at(text, mark.end(), co=True) else None
        if found and not found.closed and rx(ACTS).match(text, found.end):
            return owners.Owner(found.units, 0)
    return None


def task_of(text: str) -> owners.Owner | None:
    """ "Trang trí khuôn viên: Đoàn Thanh niên.": what is done, and nothing but who does it."""
    said = rx(r"(?P<task>[^.:;()]{8,150}):\s+(?P<who>[^:]{3,120}?)[\s.;]*$").match(text)
    if said is None or not begins_with_verb(text) or rx(owners.ORDER).match(text):
        return None
    found = names.scan(said.group("who"), 0)
    rest = said.group("who")[found.end :] if found else "?"
    return owners.Owner(found.units, 0) if found and not rest.strip(" ,") else None


def begins_with_verb(text: str) -> bool:
    opening = text[:1].lower() + text[1:80]
    return bool(rx(rf"(?:{STRONG}|{WEAK})(?!\w)").match(opening)) and not rx(f"{DESCRIBES}|{COMPANION}").match(text)


# A stem that calls a body to act without "yêu cầu".
CALLS = (
    r"\b(?:cần|phải|có trách nhiệm|tập trung|khẩn trương|nghiêm túc|chủ động|tổ chức thực hiện|triển khai|thực hiện)\b"
    r"[^:]*(?:nhiệm vụ|nội dung|công việc|giải pháp|biện pháp|công tác|yêu cầu)[^:]{0,60}:\s*$"
)


def called(text: str, issuer: str) -> owners.Owner | None:
    """ "Các bộ, ngành cần tập trung thực hiện các nhiệm vụ sau:": not the writer, who only presents a plan."""
    own = owners.find_owner(text) if rx(CALLS).search(text[-LONGEST_STEM:]) else None
    if own is None or own.heading or not own.own_words or rx(r"xây dựng|ban hành").match(text, own.duty_at + 1):
        return None
    several = len(own.units) > 1 or rx(r"(?:[Cc]ác|[Mm]ọi|[Mm]ỗi|Toàn|[Tt]hủ trưởng)\b").match(own.units[0])
    if not issuer and not several:
        return None  # a plan without its letterhead: one agency alone is the writer
    return None if fold(own.units[0]) in fold(issuer) else own


FOR_WHOM = rf"(?:Đối với|Về phía|Tại)\s+(?P<who>[^.:;()]{{4,120}}):\s+(?:\(\d\)\s*)?(?=[{UPPER}])"


def for_whom(text: str) -> owners.Owner | None:
    """ "Đối với các đơn vị dự toán: Rà soát …": whom a point is for, with their duties behind a colon."""
    said = rx(FOR_WHOM).match(text)
    if said is None:
        return None
    who = said.group("who")
    rest = text[said.end() : said.end() + 1].lower() + text[said.end() + 1 : said.end() + 80]
    found = names.scan(who, 0, co=True)
    if found is None or len(who) - found.end > 2 or not rx(rf"(?:{STRONG}|{WEAK}|họp)(?!\w)").match(rest):
        return None
    return owners.Owner(found.units, said.end())


def after_topic(text: str) -> owners.Owner | None:
    """ "Tuyên truyền: Trung tâm Văn hóa huyện xây dựng chuyên mục": who acts stands behind the topic."""
    topic = rx(TOPIC).match(text)
    if topic is None or rx(DESCRIBES).match(text):
        return None
    rest = text[topic.end() :]
    if not names.head_at(rest, 0) or names.head_at(text, 0):
        return None
    own = owners.find_owner(rest)
    if own is None or own.heading or not rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(rest, own.duty_at):
        return None
    return owners.Owner(own.units, topic.end() + own.duty_at)


INSTRUCTS = r"\s(?:hướng dẫn|triển khai (?:đến|tới)|quán triệt (?:đến|tới)|lưu ý|chỉ thị(?: cho)?|nhắc nhở)\s+"
TO_DO = r"(?:thực hiện|triển khai|tổ chức|tham gia|lưu ý)[^:]{0,120}:\s*$"


def instructed(text: str) -> owners.Owner | None:
    """ "Liên đoàn hướng dẫn các công đoàn cơ sở thực hiện một số nội dung sau:": a stem that does not say "yêu cầu"."""
    for mark in rx(INSTRUCTS).finditer(text[:LONGEST_CLAUSES]):
        found = names.scan(text, mark.end(), co=True)
        if found and not found.closed and rx(TO_DO).match(text, found.end):
            return owners.Owner(found.units, found.end, own_words=False)
    return None


# What an agency has done, in a letter's first lines; in a point it is what it must do.
ANNOUNCES = r"\s*(?:thông báo|ban hành|tổ chức họp)(?!\w)"


def announces(text: str, issuer: str) -> owners.Owner | None:
    """ "Trưởng các thôn thông báo đến nhân dân", as a point and of another than the writer."""
    found = names.scan(text, 0)
    if found is None or found.closed or not rx(ANNOUNCES).match(text, found.end):
        return None
    return None if fold(found.units[0]) in fold(issuer) else owners.Owner(found.units, found.end)


CONDITION = r"(?:Khi|Trường hợp|Nếu|Sau khi|Đối với|Trong trường hợp)\s"
# Who is told after a condition is written small, being known by then.
SMALL = (
    r"(?:cơ sở|giáo viên|nhà trường|người đứng đầu|thủ trưởng|hiệu trưởng|giám đốc|chủ đầu tư|chủ rừng|chủ cơ sở|"
    r"doanh nghiệp|cơ quan|đơn vị|địa phương|bệnh viện|trung tâm|công chức)(?!\w)(?! (?:có thẩm quyền|khác|nào|đó))"
)


def under_condition(text: str) -> tuple[str, ...]:
    """ "Khi học sinh chuyển trường, cơ sở giáo dục bàn giao hồ sơ": those who are told after a condition."""
    if not rx(CONDITION).match(text):
        return ()
    stop = text.find(". ") if ". " in text else len(text)
    for comma in rx(r",\s+(?:thì )?").finditer(text, 0, min(stop, LONGEST_CLAUSES)):
        if not rx(SMALL).match(text, comma.end()):
            continue
        rest = text[comma.end() : comma.end() + 1].upper() + text[comma.end() + 1 :]
        own = owners.find_owner(rest)
        if own and not own.heading and rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(rest, own.duty_at):
            return (text[comma.end()] + own.units[0][1:], *own.units[1:])
    return ()


AGREED = (
    r"(?:Cơ bản )?(?:[Tt]hống nhất|[Đđ]ồng ý|[Nn]hất trí|[Tt]iếp tục|[Tt]rước mắt|[Ll]ưu ý)[^.;:]{0,80}?,?\s+"
    r"(?=(?:giao|yêu cầu)\s)"
)


def agreed(text: str) -> owners.Owner | None:
    """ "Thống nhất giao Sở Tư pháp tổng hợp": the order behind the writer's consent."""
    consent = rx(AGREED).match(text)
    own = owners.find_owner(text[consent.end() :]) if consent else None
    if consent is None or own is None or own.heading:
        return None
    return owners.Owner(own.units, consent.end() + own.duty_at)


def ordered(text: str) -> owners.Owner | None:
    """ "Yêu cầu cấp ủy các xã tập trung lãnh đạo": who is told after an order may be named in small letters."""
    order = rx(owners.ORDER).match(text)
    found = names.scan(text, order.end(), co=True) if order and rx("Yêu cầu|Đề nghị|Giao|Riêng").match(text) else None
    if found is None or found.closed or not rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(text, found.end):
        return None
    return owners.Owner(found.units, found.end)


def standing(text: str) -> owners.Owner | None:
    """ "Sở Nội vụ là cơ quan thường trực, theo dõi …": what it is comes before what it must do."""
    found = names.scan(text, 0)
    stands = rx(STANDS).match(text, found.end) if found and not found.closed else None
    if found is None or stands is None or not rx(TASKED).match(text, stands.end()):
        return None
    return owners.Owner(found.units, found.end)


def behind_label(text: str) -> tuple[int, tuple[str, ...]] | None:
    """ "Thời gian đăng ký: Các công đoàn bộ phận đăng ký …": (where the duty begins, who is told)."""
    label = rx(rf"{DESCRIBES}\s*").match(text)
    rest = text[label.end() :] if label else ""
    own = owners.find_owner(rest) if names.head_at(rest, 0) else None
    if label is None or own is None or own.heading or order_of_work(rest, own):
        return None
    return (label.end(), own.units) if rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(rest, own.duty_at) else None


def clause_later(collector: Collector, text: str) -> tuple[str, ...]:
    """ "Thời gian họp: …; các phòng gửi báo cáo …": those whom a later clause of a point tells."""
    for mark in rx(r"[;.]\s+").finditer(text[:LONGEST_CLAUSES]):
        own = collector.own_sentence(text[mark.end() : mark.end() + LONGEST_CLAUSES])
        if own and not order_of_work(text[mark.end() :], own):
            return own.units
    return ()


# The surest first.
WAYS = (
    owners.find_owner, for_whom, after_topic, standing, agreed, ordered, told, asker, by_whom, task_of, agents.named,
)  # fmt: skip
