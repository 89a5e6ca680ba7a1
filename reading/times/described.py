"""Times that tell what a thing is like and not by when somebody must act: "các nhiệm vụ có thời hạn hoàn thành …"."""

from __future__ import annotations

from reading.words import rx

THING = (
    r"(?:nhiệm vụ|công việc|nội dung|dự án|đề án|công trình|chương trình|kế hoạch|văn bản|chỉ tiêu|mục tiêu|hồ sơ|"
    r"hợp đồng|khoản(?: nợ| vay| tạm ứng)?|kiến nghị|kết luận|gói thầu|giấy phép|đơn thư|vụ việc|sản phẩm)"
)
# "44 nhiệm vụ có thời hạn hoàn thành trong quý II", "các khoản vay đến hạn trước ngày …".
HAS_LIMIT = (
    rf"{THING}(?: [^\s,.;:]+){{0,4}} (?:(?:có|còn|với)(?: \w+)? (?:thời hạn|hạn|thời gian|tiến độ|kế hoạch|lộ trình)|"
    r"(?:đã )?(?:đến|tới|quá|chưa đến|hết) hạn|dự kiến (?:hoàn thành|khởi công|khánh thành|thông xe|đưa vào|kết thúc))"
    r"(?: [^\s,.;:]+){0,4} $"
)
# "đôn đốc các nhiệm vụ phải hoàn thành trong năm": somebody else's list; "Các dự án phải hoàn thành …" is the order.
LISTED = (
    r"(?:rà soát|đôn đốc|theo dõi|thống kê|tổng hợp|xử lý|danh mục|báo cáo|đối với|trong đó có|kiểm tra|nhất là|"
    rf"đặc biệt là|gồm)(?: (?:những|các|\d+|từng|số))* {THING}(?: [^\s,.;:]+){{0,3}} (?:phải|cần|sẽ) "
    r"(?:hoàn thành|trình|ban hành|kết thúc) $"
)
# What is counted up to a day, in force until a day, or paid until a day.
FIGURES = (
    r"(?<!\w)(?:(?:tính|lũy kế|luỹ kế|chốt|số liệu|mốc|kỳ báo cáo|thời điểm|phát sinh|giải ngân|thực hiện được|kết quả|"
    r"theo thống kê|dư nợ)(?: (?:báo cáo|thống kê|chốt|lấy|được|tính|số liệu|đạt được))*,? "
    r"(?:(?:kể )?từ (?:ngày )?(?:\d[\d/. ]*|tháng|năm|\s)+)?)$"
)
VALID = (
    r"(?<!\w)(?:áp dụng|hiệu lực(?: thi hành)?|giá trị(?: sử dụng)?|kéo dài|gia hạn|thí điểm|bảo hành|lưu hành|"
    r"(?:giảm|miễn|hoãn|ưu đãi)(?: [^\s,.;:]+){0,3} (?:thuế|phí|tiền thuê đất|lãi suất)(?: [^\s,.;:]+){0,4})"
    r"(?: (?:tiếp tục|đến|thực hiện|tại|cho))* $"
)
UNTIL = r"(?:(?:kể )?từ nay )?(?:cho )?(?:đến|tới|hết|đến hết)(?!\w)"
# "thẻ cấp trước ngày … thì được đổi": a rule for those, not a time for anybody.
THEN = (
    r",? (?:thì|nhưng chưa|mà chưa|(?:sẽ |vẫn )?được (?:hỗ trợ|hưởng|cấp|miễn|giảm|tính|xem xét|xét|công nhận|tiếp tục|"
    r"gắn biển|chuyển tiếp|áp dụng|nhập học|tuyển))(?!\w)"
)
LEAVES = (
    r"(?:nghỉ hưu|nghỉ việc|nghỉ chế độ|được tuyển dụng|hết nhiệm kỳ|nhiệm kỳ kết thúc|nhiệm kỳ|hết hiệu lực|"
    r"đủ \d+ tuổi|đủ tuổi|đổ bộ|có mưa|mưa lớn|ảnh hưởng trực tiếp|xuất hiện|phát sóng|lên sóng) $"
)
# "phục vụ Đại hội tổ chức trong tháng 12": the event's own time.
EVENT = (
    r"(?:phục vụ|chuẩn bị(?: cho)?|chào mừng|hướng tới|tham gia|tham dự|bảo vệ|tuyên truyền(?: về)?|dự|cổ vũ) "
    r"(?:[^\s,.;:]+ ){0,2}(?:[Đđ]ại hội|[Hh]ội nghị|[Ll]ễ|[Kk]ỳ họp|[Kk]ỳ thi|[Nn]gày hội|[Hh]ội thi|[Gg]iải|[Bb]ầu cử|"
    r"[Ll]iên hoan|[Cc]uộc thi)(?: [^\s,.;:]+){0,8} (?:tổ chức|diễn ra|khai mạc)(?: tại(?: [^\s,.;:]+){1,5})? $"
)
LOOK_BACK = 160


def described(before: str, words: str, after: str) -> bool:
    """Whether the words around a time make it a mark of some thing."""
    said = before[-LOOK_BACK:]
    if rx(HAS_LIMIT).search(said) or rx(LISTED).search(said) or rx(LEAVES).search(said) or rx(EVENT).search(said):
        return True
    if rx(THEN).match(after):
        return True
    return bool(rx(UNTIL).match(words.lower()) and (rx(FIGURES).search(said) or rx(VALID).search(said)))
