"""Days counted from something; the calendar makes a date of them when the Office has checked."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Due
from reading.times.moments import HOUR, Found, hour_of
from reading.times.spelled import NUMERAL, number_of
from reading.words import rx

COUNTED = (
    r"(?<!\w)(?:trong(?: (?:vòng|thời hạn|thời gian)(?: tối đa)?)?|chậm nhất(?: là)?(?: sau)?|không quá|"
    rf"muộn nhất(?: là)?(?: sau)?|tối đa|sau)\s+(?P<n>{NUMERAL})(?:\s*\([^)]{{1,15}}\))?\s*"
    r"(?P<u>ngày làm việc|ngày|giờ(?: làm việc)?|h(?!\w)|tuần|tháng)(?! \d)"
    r"(?P<after>,?\s*(?:(?:kể )?(?:từ|sau|trước)(?: khi)?(?: ngày)?|(?=kết thúc \w))\s*(?P<ev>[^,;.()]{0,60}))?"
)
PACE = r"theo (?:tiến độ|kế hoạch|thời gian|yêu cầu|lộ trình)[^.;]*"
DOCUMENT = (
    r"(?:văn bản|công văn|công điện|chỉ thị|kế hoạch|thông báo|quyết định|nghị quyết|hướng dẫn|chương trình|"
    r"kết luận|giấy mời|phiếu giao việc)"
)
# Somebody else's paper, or no paper: its day is not the day of this document.
OTHERS = (
    rf"(?:{DOCUMENT}\s+(?:(?:số\s+\S+\s+)?của|phê duyệt|đề nghị|chấp thuận|trả lời|công nhận|trúng|kiểm tra|thanh tra|"
    r"xử phạt|thu hồi)|hợp đồng|biên bản|thỏa thuận|cam kết|giấy|đơn|hồ sơ|luật|nghị định|thông tư|bàn giao|"
    r"quy chế|đề án|dự án)"
)
SIGNING = r"(?:ký(?:,? ban hành)?|ban hành|phát hành)(?!\w)"
RECEIPT = r"(?:tiếp )?nhận(?: được)?(?!\w)"
# What may follow the bare words "kể từ ngày nhận" in the same clause: the order itself.
GOES_ON = r"(?:$|các|để|phải|gửi|báo cáo|cơ quan|đơn vị|thủ trưởng|hoàn thành|có trách nhiệm)"


def counted(text: str, issued: date | None, labelled: bool) -> Found:
    """E.: "trong vòng 05 ngày làm việc kể từ ngày nhận"; a labelled "theo kế hoạch …" has no number at all."""
    found = [(m.start(), m.end(), due) for m in rx(COUNTED, re.I).finditer(text) if (due := _due(m))]
    for m in rx(SAME_DAY, re.I).finditer(text):
        found.append((m.start(), m.end(), _same_day(m)))
    if labelled and (pace := rx(PACE, re.I).search(text)):
        found.append((pace.start(), pace.end(), Due(pace.group().strip(), "relative", from_="event")))
    return found


def _due(m: re.Match[str]) -> Due | None:
    """ "05 ngày làm việc kể từ ngày nhận"; a bare "sau 3 ngày" or "trong 12 tháng" is a description, no deadline."""
    words, measure, after = m.group().strip(), m.group("u").lower(), m.group("after")
    bare = rx(r"sau|trong (?:thời gian )?(?!vòng|thời)\w", re.I).match(words) or measure == "tháng"
    if bare and not after:
        return None
    unit = "working_days" if "làm việc" in measure else "hours" if measure.startswith(("giờ", "h")) else "days"
    amount = number_of(m.group("n")) * {"tuần": 7, "tháng": 30}.get(measure, 1)  # a month is 30 days: BLDS Điều 146
    backwards = after is not None and "trước" in after.lower().split()[0]
    source = "event" if backwards else start_of((m.group("ev") or "").strip())
    known = after and source in ("signing", "receipt")
    question = None if known else "Thời hạn tính từ ngày nào?"
    return Due(words, "relative", amount=amount, unit=unit, from_=source if after else None, question=question)


SAME_DAY = (
    rf"(?<!\w)(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|xong|đến)\s+(?:lúc\s+)?(?=\d){HOUR}(?:của )?"
    r"(?:cùng ngày|ngày hôm nay|trong ngày)(?!\w)"
)


def _same_day(m: re.Match[str]) -> Due:
    """ "trước 17h00 cùng ngày": of which day, the text around it must tell, and the Office is asked."""
    return Due(m.group().strip(), "relative", time=hour_of(m.groupdict()), from_="event", question="Cùng ngày nào?")


def start_of(event: str) -> str:
    """signing or receipt of this very document, else event: "ngày nhận đủ hồ sơ" is another day for everyone."""
    plain = " ".join(event.lower().split())
    if rx(rf"(?:{DOCUMENT}|văn bản) này (?:được )?{SIGNING}").match(plain):
        return "signing"
    if signed := rx(SIGNING).match(plain):
        rest = plain[signed.end() :].strip()
        return "event" if rx(OTHERS).match(rest) and " này" not in rest else "signing"
    if got := rx(RECEIPT).match(plain):
        rest = plain[got.end() :].strip()
        own = rx(rf"{DOCUMENT}(?!\w)").match(rest) and not rx(OTHERS).match(rest)
        return "receipt" if own or rx(rf"{GOES_ON}(?!\w)").match(rest) or not rest else "event"
    return "event"
