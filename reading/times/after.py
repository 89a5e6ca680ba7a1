"""What is to be done when something is over: "ngay sau khi có kết quả", "Kết thúc đợt kiểm tra, báo cáo …"."""

from __future__ import annotations

from datetime import date

from reading.model import Due
from reading.times.moments import Found
from reading.words import rx

QUESTION = "Sự kiện này vào ngày nào?"
OCCASION = (
    r"(?:sự kiện|đợt|kỳ|cuộc|buổi|hội nghị|hội thảo|hội thi|lễ|chương trình|chiến dịch|năm học|học kỳ|đại hội|lớp|"
    r"hoạt động|phiên|chuyến|khóa|mùa|trận|cơn|vụ|thời gian|mỗi|từng)"
)
AT_ONCE = rf"(?<!\w)[Nn]gay sau (?:(?:khi|thời điểm|ngày)|{OCCASION})\s[^,;.()]{{2,90}}"
OVER = r"(?:kết thúc|hoàn thành|có kết quả|có quyết định|tổ chức xong|thực hiện xong|bế mạc|diễn ra|được phê duyệt)"
SENT = r"(?:báo cáo|tổng hợp|gửi|nộp|rút kinh nghiệm|đánh giá|tổng kết|sơ kết|cập nhật|công bố|thông báo)(?!\w)"
# The clause begins with the event and ends with what is then to be sent.
FIRST = (
    rf"(?:^|(?<=[;.] )|(?<=[-–+:] ))(?:[Ss]au (?:khi {OVER}|{OCCASION})|[Kk]ết thúc {OCCASION})(?!\w)"
    rf"[^,;.]{{0,90}}(?=,[^;.]{{0,160}}?(?<!\w){SENT})"
)
LAST = rf"(?<!\w)sau khi {OVER}(?: [^\s,;.()]+){{0,12}}(?=\s*(?:[.;]|$|\./))"

SESSION = (
    r"(?:[Tt]ại |[Tt]rình )?(?:Kỳ họp|Phiên họp|Hội nghị) (?:thứ|lần thứ|thường|chuyên đề|cuối năm|"
    r"giữa năm|Trung ương)"
)


def after(text: str, issued: date | None, labelled: bool) -> Found:
    """Only where something is then to be sent or told; each with a question. A label's value needs no verb."""
    found: Found = []
    if labelled and (whole := rx(rf"(?:(?:Ngay s|S)au khi|{SESSION}|Khi có)\s[^;.]{{2,90}}").match(text.strip())):
        start = text.index(whole.group())
        return [(start, start + len(whole.group()), _due(whole.group()))]
    for pattern in (AT_ONCE, FIRST, LAST):
        for m in rx(pattern).finditer(text):
            told = pattern != LAST or rx(rf"(?<!\w){SENT}[^;.]*$").search(text[max(0, m.start() - 200) : m.start()])
            if told and not any(m.start() < b and a < m.end() for a, b, _ in found):
                found.append((m.start(), m.end(), _due(m.group())))
    return found


def _due(words: str) -> Due:
    return Due(words.strip(), "relative", from_="event", question=QUESTION)
