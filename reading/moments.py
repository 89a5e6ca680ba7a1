"""The words of time that every kind of deadline is built from."""

from __future__ import annotations

from datetime import date

from reading.model import Due

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

BEFORE = (
    r"(?:(?:chậm nhất|muộn nhất|hạn chót|hạn cuối(?: cùng)?|thời "
    r"hạn cuối)(?: là| vào| đến|:)?(?: trước| hết)?|trước|đến hết|hết|không quá|không muộn hơn|đến trước|"
    r"trong)"
)

HOUR = r"(?:(?P<h>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<mi>\d{2})?\s?(?:phút|')?(?:\s?phút)?,?\s*(?:sáng |chiều )?)"

DAY = (
    r"(?:(?:vào )?(?:ngày|hết ngày|thứ \w+,? ngày|ngày thứ \w+,?)\s+)?(?:Quốc khánh\s+|(?:thứ \w+|Thứ "
    r"\w+),?\s*(?:ngày)?\s*\(?)?(?P<d>\d{1,2})"
    r"(?:(?:\s?[/.]\s?|-)(?P<m>\d{1,2})(?:(?:\s?[/.]\s?|-)(?P<y>\d{4}))?|"
    r"\s+tháng\s+(?P<m2>\d{1,2})(?:\s+(?:năm|của năm)\s+(?P<y2>\d{4})|/(?P<y3>\d{4}))?)(?![\d%])"
)

EVERY = (
    r"(?P<every>(?:hằng|hàng|mỗi|từng)\s+(?:ngày|tuần|tháng|quý|năm)|của (?:các )?năm tiếp theo|của "
    r"năm(?! \d)|năm sau|"
    r"năm tiếp theo|cùng kỳ|mỗi kỳ)"
)

RECUR = {"ngày": None, "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}

WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}

PRODUCE = (
    r"(?:báo cáo|tổng hợp|gửi|sơ kết|tổng kết|rà soát|đánh giá|cập nhật|thống kê|kiểm tra|tổ chức|công bố|"
    r"công khai|thông báo|giao ban|họp|đối chiếu|nộp|trình|có (?:báo )?cáo|lập|xây dựng|kiểm điểm|quyết "
    r"toán)"
)

Found = list[tuple[int, int, Due]]


def hour_of(groups: dict[str, str | None]) -> str | None:
    hour = int(text) if (text := groups.get("h")) else None
    return f"{hour:02d}:{int(groups.get('mi') or 0):02d}" if hour is not None and hour < 25 else None


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
