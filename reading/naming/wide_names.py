"""Names of rooms that go on in small letters: "Phòng Giám sát, kiểm tra và xử lý sau thanh tra".

Their first word says what the room does and so do the next; where the words of the name end and those of the duty begin
only the verb of an addressee tells ("chủ trì", "phối hợp"), a colon, or the end of the text.
"""

from __future__ import annotations

from reading.naming.lexicon import HEAD_CAPITAL, HEAD_LOWER, WEAK
from reading.words import UPPER, rx

ROOM = r"(?:Phòng|Vụ|Ban|Cục|Trung tâm|Chi cục|Viện|Tổ|Đội|Khoa|Bộ phận)"
# Works that need an object, or that stand first of several: no name ends with them before a comma.
WORK = (
    r"(?:Giám sát|Phổ biến|Kiểm tra|Thanh tra|Hướng dẫn|Theo dõi|Tuyên truyền|Xử lý|Giải quyết|Công nghệ|Quản lý|"
    r"Đào tạo|Nghiên cứu|Tiếp nhận|Điều hành|"
    r"Phát triển|Xúc tiến|Bảo vệ|Bảo tồn|Quản trị|Thẩm định|Ứng dụng|Hỗ trợ|Đánh giá|"
    r"Thi hành|Tiếp công dân|Tuyển dụng|Khảo thí|Kiểm soát|Phòng ngừa|Phòng, chống|Hợp tác|Truyền thông|Số hóa|"
    r"Chuyển đổi|Cải cách|Tổng hợp)"
)
OBJECT_WANTED = r"(?:Quản lý|Xử lý|Giải quyết|Phổ biến|Phát triển|Bảo tồn|Tiếp nhận)"
# What an addressee is told to do; the bare prepositions of a name ("xử lý sau thanh tra") are not among them.
TOLD = (
    r"(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|tiếp tục|tăng cường|khẩn trương|chủ động|"
    r"thường xuyên|kịp thời|nghiêm túc|căn cứ|"
    r"phải|cần|hoàn thành|hướng dẫn|rà soát|báo cáo|triển khai|thực hiện|tham mưu|chỉ đạo|"
    r"đôn đốc|theo dõi|định kỳ|hằng|hàng|trước ngày|chậm nhất|trực tiếp|là cơ quan|là đơn vị|làm đầu mối|đẩy mạnh|"
    rf"tập trung|bảo đảm|đảm bảo|giúp|{WEAK})(?!\w)"
)
LOWER = UPPER.lower()
ORDER = r"(?:rà soát|báo cáo|tham mưu|lập|xây dựng|tổ chức|triển khai|cử|gửi|nộp|khẩn|chủ|tiếp|các|không)(?!\w)"
WORD = rf"[{LOWER}]\w*"
STEP = rf"(?:\s(?!{TOLD}|và\b|\d)[^\W\d_]\w*)"
PART = rf"(?!{ORDER}){WORD}\s{WORD}{STEP}{{0,6}}"
NAME = rf"{ROOM} (?:{WORK}(?P<work>)(?:\s(?!{TOLD}|và\b)[^\W\d_]\w*){{0,4}}|[{UPPER}]\w*(?: {WORD}){{1,3}})"
ENDS = rf"(?=\s+{TOLD}|\s*[:;]|\s*\.?\s*$|\s*\(|(?:,|\s+và)\s+(?:{HEAD_CAPITAL}|{HEAD_LOWER})(?!\w))"
# With a comma: a room whose first work is a work, or three works the last of which is joined by "và".
COMMA = rf"{NAME}(?:,\s{PART})+?(?P<and>\s(?:và|,)\s{PART})?{ENDS}"
BARE = rf"{ROOM} {OBJECT_WANTED} {PART}(?:\svà\s{PART})?{ENDS}"
JOINED = rf"{ROOM} {OBJECT_WANTED} {PART}\svà\s[Tt]heo dõi(?:\s(?!{TOLD})[^\W\d_]\w*){{1,5}}{ENDS}"
LONGEST = 160


def wide_end(text: str, at: int) -> int | None:
    """Where the name that begins at `at` ends, if it is one of these."""
    if not text.startswith(("Phòng", "Vụ", "Ban", "Cục", "Trung", "Chi", "Viện", "Tổ", "Đội", "Khoa", "Bộ"), at):
        return None
    piece = text[at : at + LONGEST]
    if (found := rx(COMMA).match(piece)) and (found.group("work") is not None or found.group("and")):
        return at + found.end()
    for pattern in (JOINED, BARE):
        if found := rx(pattern).match(piece):
            if found.group().endswith("đầu tư") and piece.startswith(" xây dựng", found.end()):
                return None  # "Ban Quản lý dự án đầu tư xây dựng tỉnh": no verb
            return at + found.end()
    return None
