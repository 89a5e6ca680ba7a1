"""The words of days, hours and lengths of time; see dates.py for the rules."""

from __future__ import annotations

import re

from bot.understanding.words import vn, vn_source

NOUN = (
    "xã|phường|chỉ tiêu|hồ sơ|đơn vị|nhiệm vụ|huyện|cơ quan|phòng|thôn|điểm|di tích|người|mục|nội dung|phần|cái|"
    "tiêu chí|bước|việc|thiết chế|bảo tàng|thư viện|cuộc|lớp|văn bản|báo cáo|tờ|trang|ý kiến|thủ tục|"
    "tthc|bản|bộ|"
    "sở|ban|ngành|biểu|phiếu|công trình|hạng mục|dự án|cán bộ|câu|tổ|khu|lễ hội|số|khối lượng|tiến độ"
)
NOT_DATES = (
    re.compile(r"\d+[a-z]?(?:/\d{4})?/[a-zđ][\w]*(?:-[\w]+)*"),
    vn(r"(?:lần|việc|mục|điểm|nội dung|người|khoản) thứ \w+|(?<!đến )(?:phòng họp )?số \d+|nv ?\d+|quý \d"),
    re.compile(rf"\d+/\d+ {vn_source('(?:' + NOUN + ')')}(?!\w)|\d+(?:[.,]\d+)?\s?%"),
    vn(r"(?:đạt|mới có|mới được|xong được|được) \d+/\d+"),
)
CLOCK = re.compile(
    r"(?<![\w/.])(\d{1,2})\s?(?:(?:h|g|giờ|gio)\s?(\d{2})?(?!\w)|:(\d{2}))(?: phút| phut)?(?:(?= (sáng|sang|"
    r"trưa|trua|chiều|chieu|tối|toi)(?!\w)))?"
)
RANGE = re.compile(
    r"(?<![\d/.])(\d{1,2})(?:[/.](\d{1,2}))?\s?(?:-|(?:đến|den|tới|toi)(?: hết| het| ngày|"
    r" ngay)?)\s?(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?![\d/])"
)
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
LONG = vn(r"(?:ngày |mùng |mồng |hôm )*(\d{1,2}) tháng (\d{1,2}|này|nay|sau|tới|trước)(?:(?: năm |/)(\d{4}))?")
SHORT = re.compile(r"(?<![\d/.,-])(\d{1,2})\s?([/.-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?![\d/]|[.,]\d|-\d|%)")
DAY = vn(r"(?:ngày|hôm|mùng|mồng) (\d{1,2})(?![/.,]?\d)(?! (?:ngày|tháng))")
BARE = vn(
    r"(?:đến|tới|sang|thành|qua) (\d{1,2})(?=$|[,;.?)]| (?:này|tới|nhé|nha|ạ|được|thôi|rồi|vì|do|em|anh|"
    r"để|đi|không|nghe))"
)
WEEK = r"(?:tuần (?:sau nữa|sau|tới|kế|này|nay|trước|rồi|qua|vừa rồi|vừa qua))"
WEEKDAY = vn(
    rf"(?:({WEEK}),? )?(?:thứ ?([2-7]|hai|ba|tư|năm|sáu|bảy|bẩy)|t ?([2-7])|(chủ nhật|cn|sunday)|"
    rf"(monday|tuesday|wednesday|thursday|friday|saturday))(?:,? (?:của )?({WEEK}|trước|vừa rồi|vừa qua|"
    r"tới|này))?"
)
NAMES = {
    "hai": 0,
    "ba": 1,
    "tư": 2,
    "tu": 2,
    "năm": 3,
    "nam": 3,
    "sáu": 4,
    "sau": 4,
    "bảy": 5,
    "bẩy": 5,
    "bay": 5,
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
}
OFFSETS = (
    (
        vn(
            r"hôm nay|(?:sáng|trưa|chiều|tối) nay|hết ngày(?! ?[\d\x00])|trong ngày|today|hum nay|bữa nay|(?:lát|"
            r"tí|tý|chút|xíu) nữa"
        ),
        0,
    ),
    (vn(r"(?:ngày|sáng|trưa|chiều|tối|bữa) mai|tomorrow|tmr"), 1),
    (
        re.compile(
            r"(?<!\w)(?:(?:ngày|ngay|bữa|bua|sáng|sang|chiều|chieu) )?(?:mốt|(?<= )mot(?= (?:xong|em|gửi|gui|nộp|"
            r"nop|báo|bao)|$)|"
            r"^mot(?= (?:xong|em|gui|nop|bao)))(?!\w)|(?<!\w)(?:ngày|ngay|bữa|bua) mot(?!\w)"
        ),
        2,
    ),
    (re.compile(r"(?<!\w)(?:ngày|hôm|bữa) kìa(?!\w)"), 3),
    (vn(r"(?:ngày|sáng|chiều|bữa) kia"), 2),
    (vn(r"hôm qua|(?:sáng|trưa|chiều|tối) qua|hqua|yesterday|bữa qua"), -1),
    (vn(r"hôm kia|hôm kìa"), -2),
)
MAI = re.compile(r"(?<!\w)mai(?! kia)(?!\w)")
PERSON_BEFORE = re.compile(
    r"(?:(?<!\w)(?:c|chị|chi|cô|co|bà|ba|chú|bác|phó|thị|thi|đ/c|d/c|đồng chí|dong chi|ms|mrs)|(?:giao|nhờ|"
    r"nho|hỏi|hoi|gặp|gap|của|cua|cho|với|voi) (?:em|e|anh|a)) $"
)
VAGUE = vn(
    r"\d{1,2}[/.-]\d{1,2} (?:âm(?: lịch)?|al)|(?:mấy|vài|ít|dăm|đôi)(?: ba)? (?:hôm|ngày|bữa|bửa|tuần|"
    r"tháng)|ít lâu|(?:ít|một|chút) thời gian|mai kia|một chút|"
    r"\d{1,2} ?[-,] ?\d{1,2} (?:ngày|hôm|tuần|bữa|tháng)(?! \d)|\d \d (?:ngày|hôm|tuần|bữa)|(?:một hai|"
    r"hai ba|ba bốn) (?:ngày|hôm|tuần|bữa)|"
    r"tết|rằm|âm lịch|noel|giáng sinh|sau (?:kỳ nghỉ|lễ|hội nghị|đại hội|khi|kỳ họp|festival|lễ hội)|hôm nào|"
    r"nửa (?:ngày|tuần|buổi)"
)
ABOUT = vn(
    r"(?:sang )?(đầu|giữa|khoảng|sang|qua)(?: đầu| giữa)? (tuần|tháng|năm|quý)(?: (sau|tới|này|nay|kế|"
    r"\d{1,2}))?|(tháng) (sau|tới)"
)
END = vn(r"(?:đến )?(cuối|hết|trong|nội|nội trong) (tuần|tháng|năm|quý)(?: (này|nay|sau|tới|kế|\d{1,2}|iv))?")
LENGTH = re.compile(
    r"(?<![\w/.,-])(\d{1,3}|nửa|nua|một|mot|hai|ba|bốn|bon|năm|sáu|bảy|bẩy|bay|tám|tam|chín|chin|mười|"
    r"muoi)\s?(ngày|ngay|hôm|hom|bữa|bua|tuần|tuan|tháng|thang)(?!\w)(?! \d)(?: (làm việc|lam viec|công(?= |"
    r"$)))?(?: (nữa|nua))?"
)
AMOUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
