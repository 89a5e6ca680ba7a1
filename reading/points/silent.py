"""Sentences that name somebody and still oblige nobody: members, rules of order, news, a situation."""

from __future__ import annotations

import re

from reading import owners
from reading.deadlines import find_due
from reading.naming.lexicon import STRONG, WEAK
from reading.points import agents
from reading.points.body import MOTTO
from reading.points.duties import Collector
from reading.points.headings import says_duty
from reading.points.looks import headline
from reading.points.outline import BULLETS, Node
from reading.points.phrases import (
    CALL,
    COMPANION,
    DESCRIBES,
    LIABLE,
    NARRATIVE,
    SANCTION,
    TROUBLE,
    WRITER_ACTS,
    WRITER_SPEAKS,
)
from reading.words import fold, rx

PERSONS = r"(?:thành viên|ông,? bà|ông \(bà\)|ông/bà|các ông|đồng chí|cá nhân|nhân sự|cán bộ)"
# "gồm các thành viên sau:", "các ông, bà có tên sau:"; what is told to them begins otherwise ("có nhiệm vụ sau:").
MEMBERS = (
    rf"\b(?:gồm|thành phần)(?: có)?(?: các| những)?(?: \d+)? {PERSONS}[^.;:]{{0,80}}:\s*$|"
    rf"{PERSONS}(?: [^.;:\s]+){{0,6}} (?:có tên )?(?:sau|sau đây|dưới đây)\s*:\s*$|"
    r"^(?:Kiện toàn|Thành lập|Thay đổi|Bổ sung|Điều chỉnh)\s(?:lại |thành viên )?[^:;.]{0,300}\b"
    r"(?:gồm|như sau|sau đây)\s*:\s*$|"
    r"^(?:\w+ ){0,4}(?:thành viên|[Ủủ]y viên)(?: \w+){0,6}\s*:\s*$"
)
# How a body works and what it has, not what it must do now.
ORDER_OF_WORK = (
    r"\s*(?:(?:làm việc|hoạt động|sinh hoạt)\s+(?:theo|kiêm|trên cơ sở)\s|(?:tự )?(?:giải thể|chấm dứt hoạt động)\b|"
    r"(?:được|có quyền) (?:mời|hưởng|sử dụng|bố trí|cấp|thành lập|tổ chức lại|thanh toán|trưng tập|huy động)\b|"
    r"có (?:con dấu|tài khoản|nhiệm kỳ|tư cách|trụ sở|chức năng|quyền)\b|gồm(?: có)?\b)|"
    r"\s*:?\s*(?:Việc|Chế độ|Chính sách|Kinh phí|Mức|Quyền lợi|Thời gian|Hình thức|Đối tượng)\b"
)
WORKS_BY = (
    r"[^.;:,]{3,60}?\s(?:(?:làm việc|hoạt động|sinh hoạt)\s+theo (?:nguyên tắc|chế độ|hình thức|quy chế|cơ chế)|"
    r"tự giải thể|chấm dứt hoạt động)\b"
)
# "Quá thời hạn trên, các khoản chưa phân bổ bị thu hồi": what a rule does to things, nobody being told.
RULE = (
    r"(?:(?:Đến|Từ|Sau|Hết|Quá|Trước|Kể từ) [^,;.]{3,80},\s+)?(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Ss]ố|[Pp]hần)\s(?:khoản|dự án|"
    r"trường hợp|hồ sơ|nguồn|đề xuất|công trình|nhiệm vụ|dự toán|kinh phí|vốn|đề tài|chỉ tiêu|tài sản)"
    r"(?:(?! (?:phải|cần|có trách nhiệm)\b)[^.;]){0,200}?\s(?:thì|sẽ|bị)\s(?:sẽ |không )?(?:bị |được )?"
    r"(?:thu hồi|hủy|huỷ|cắt|loại|dừng|xem xét|điều chuyển|hoàn trả|chuyển|tính|coi|xử lý|giảm)"
)
# "… được sử dụng trong các trường hợp sau:" over what a law says.
LAW = (
    r"\b(?:trong|đối với|thuộc) (?:các|những|một trong (?:các|những)|một số) (?:trường hợp|điều kiện)\b[^:]{0,60}:\s*$|"
    r"^(?:Căn cứ )?(?:[Tt]heo )?(?:quy định )?tại (?:điểm|khoản|Điều)\s[^:]{3,300}:\s*$|"
    r"^(?:Căn cứ )?[Tt]heo quy định (?:tại|của)\s[^:]{3,300}:\s*$"
)
ASKED = r"(?i)\b(?:yêu cầu|đề nghị|giao)\b"  # "Ban Chỉ đạo" asks nothing
LONGEST_STEM = 600  # characters
SHORTEST_DUTY = 15  # characters
DEMANDS = r"\b(?:phải|cần|có trách nhiệm|khẩn trương|chủ trì|chịu trách nhiệm|trước ngày|chậm nhất)\b"
# A page tells what an authority has ordered, before it gives the order itself.
REPORTED = r"[^,.;:]{3,90}?\s(?:(?:vừa|đã|mới|có)\s)*(?:chỉ đạo|yêu cầu|đề nghị|giao|ban hành|ký)\s"


def members(text: str) -> bool:
    """Does a stem stand over the names of those who make up a body?"""
    return bool(rx(MEMBERS).search(text)) and not rx(ASKED).search(text) and "nhiệm vụ" not in text[-60:]


def law(text: str) -> bool:
    """Does a stem stand over what a law says, as pages that explain a directive quote it?"""
    return bool(rx(LAW).search(text[-LONGEST_STEM:])) and not rx(ASKED).search(text)


def order_of_work(text: str, own: owners.Owner) -> bool:
    return bool(rx(ORDER_OF_WORK).match(text, own.duty_at) or rx(WORKS_BY).match(text))


def opening(root: Node) -> int:
    """Where the first point or the first stem of a document stands; 0 where it has neither."""
    for node in root.children:
        if node.kind != "para" or (node.text.endswith(":") and len(node.text) > len("Kính gửi:")):
            return node.start
    return 0


def situation(node: Node, first: int) -> bool:
    """A paragraph before all points that asks nothing tells how things stand."""
    return node.start < first and not owners.asks(node.text) and rx(DEMANDS).search(node.text) is None


def lead(root: Node, text: str) -> Node | None:
    """The first paragraph of a page that tells of an order whose points it gives further down."""
    if rx(rf"{MOTTO}|(?m:^\s*Số\s*:)").search(text[:4000]) or not root.marked():
        return None
    first = next((child for child in root.children if not child.text.isupper()), None)
    return first if first and first.kind == "para" and rx(REPORTED).match(first.text) else None


def tells(collector: Collector, text: str) -> bool:
    """Is a paragraph or a point that names nobody fit to be a duty of those above it?"""
    quiet = rx(owners.PASSIVE).match(text) or rx(WRITER_ACTS).match(text) or rx(DESCRIBES).match(text)
    quiet = quiet or rx(RULE).match(text)
    trouble = rx(TROUBLE, re.I).search(text[:120])
    return not (quiet or trouble or collector.closing(text)) and len(text) > SHORTEST_DUTY


LINKED = r"(?:(?:Ngoài ra|Đồng thời|Bên cạnh đó|Cùng với đó|Song song với đó),?\s+)?"
# What begins like a verb and orders nothing: a time, a place, what has been done, what somebody says.
NO_ORDER = (
    r"(?:đã|chưa|vừa|mới|sẽ|trong|tại|từ|đến|về|với|khi|nếu|trước|sau|như|gồm|để|nhằm|qua|thông qua|theo|cùng|trên|"
    r"dưới|hằng|hàng|là|được|đúng|nhất là|đặc biệt|căn cứ|trên cơ sở|tùy|luôn|ngoài|xuống|xem|phát biểu|chia sẻ|"
    r"(?:báo cáo|thông báo|kế hoạch) (?:của|này|tại|cho)|trao đổi với|"
    r"đánh giá(?! (?:đúng|toàn diện|kết quả|tình hình|lại|thực trạng|rủi ro))|"
    r"không(?! (?:để|được|tổ chức|cho|sử dụng)))(?!\w)"
)
TELLS_OF = (
    r"^[^,;]{0,60} (?:giúp|khiến|mang lại|tạo nên|làm cho|góp phần) |\b(?:cho thấy|cho biết|cho rằng|chia sẻ|"
    r"khẳng định|nhấn mạnh|phát biểu|bày tỏ|cho hay|đã(?! (?:được |đăng |có |nêu |ban |đề |ký |giao))|"
    r"(?<!nhất )là (?:nhiệm vụ|trách nhiệm|việc|một|nội dung|yêu cầu|giải pháp|mục tiêu)|xảy ra(?= \d))\b"
)


def goes_on(collector: Collector, text: str) -> bool:
    """ "Tiếp tục kiểm tra …" after a paragraph that told somebody: whole sentences without a subject are theirs too."""
    said = rx(f"^{LINKED}").sub("", text)
    if (
        not rx(r"[.;]\W*$").search(text)
        or rx(NARRATIVE).match(said)
        or rx(rf"(?!Tiếp tục\b){owners.INTRO}").match(said)
    ):
        return False
    opening = said[:1].lower() + said[1:]
    if not rx(rf"(?!{NO_ORDER})(?:{STRONG}|{WEAK})(?!\w)").match(opening) or rx(CALL).fullmatch(opening):
        return False
    first = said[: said.find(". ")] if ". " in said else said
    return not rx(TELLS_OF).search(first) and tells(collector, text)


def orders_later(collector: Collector, text: str) -> bool:
    """ "Chỉ thị này được phổ biến … Văn phòng Bộ theo dõi …": the first sentence alone would be none."""
    if rx(WRITER_SPEAKS, re.I).match(text):
        return rx(TROUBLE, re.I).search(text) is None
    return tells(collector, text)


def only_title(node: Node, own: owners.Owner | None, issuer: str) -> bool:
    """ "III. Theo dõi thực hiện" over paragraphs; and what the writer tells of itself from a day on."""
    if own and len(own.units) == 1 and rx(r"(?:Kể từ|Từ) ngày\b").match(node.text):
        return fold(own.units[0]) in fold(issuer)
    if node.kind in BULLETS and says_duty(node.text):
        return False  # a line of the duty was broken off before a capital
    return own is None and bool(node.children) and len(node.text) < 70 and not rx(r"[.;:]\W*$").search(node.text)


def ordered(collector: Collector, text: str, own: owners.Owner, issuer: str) -> bool:
    """Does a free paragraph order something of someone it names?"""
    if own.heading or rx(COMPANION).match(text) or (rx(owners.PASSIVE).match(text) and not agents.named(text)):
        return False
    if (rx(NARRATIVE).match(text) and not find_due(text, collector.issued_on)) or headline(text):
        return False
    first = text[: text.find(". ")] if ". " in text else text
    if rx(TROUBLE, re.I).search(text[:120]) or rx(SANCTION).search(first) or collector.closing(text):
        return False
    if rx(LIABLE).search(text):
        return False
    return fold(own.units[0]) not in fold(issuer)  # "Trung tâm … báo cáo kết quả như sau": the writer itself
