"""The words of time that every kind of deadline is built from."""

from __future__ import annotations

from datetime import date

from reading.model import Due

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

BEFORE = (
    r"(?:(?:chậm nhất|muộn nhất|hạn chót|hạn cuối(?: cùng)?|thời "
    r"hạn cuối)(?: là| vào| đến|:)?(?: trước| hết)?|trước(?: hết)?|(?:từ nay )?(?:cho )?(?:đến|tới) hết|"
    r"từ nay (?:cho )?(?:đến|tới)|hết|không quá|"
    r"không (?:muộn|chậm|trễ)(?: quá)? hơn|không để quá|đến trước|trong hoặc trước|trong)"
)

HOUR = (
    r"(?:(?P<h>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<mi>\d{2})?\s?(?:phút|['’′])?(?:\s?phút)?,?\s*"
    r"(?:(?:buổi )?(?P<part>sáng|trưa|chiều|tối),?\s+)?)"
)

DAY = (
    r"(?:(?:vào )?(?:(?:các )?ngày|hết ngày|thứ \w+,? ngày|ngày thứ \w+,?)\s+)?(?:(?:Quốc khánh|Tết Dương lịch)\s+\(?|"
    r"(?:thứ \w+|Thứ "
    r"\w+),?\s*(?:ngày)?\s*\(?)?(?P<d>\d{1,2})"
    r"(?:(?:\s?[/.]\s?|-)(?P<m>\d{1,2})(?:(?:\s?[/.]\s?|-)(?P<y>\d{4}))?|"
    r"\s+tháng\s+(?P<m2>\d{1,2})(?:\s+(?:năm|của năm)\s+(?P<y2>\d{4})|/(?P<y3>\d{4}))?)(?![\d%])"
)

EVERY = (
    r"(?P<every>(?:hằng|hàng|mỗi|từng)\s+(?:ngày|tuần|tháng|quý|năm)|của (?:các )?năm tiếp theo|của "
    r"năm(?! \d)|năm sau|"
    r"(?:của )?năm (?:tiếp theo|liền kề|kế tiếp|liền sau)(?: trước năm kế hoạch)?|cùng kỳ|mỗi kỳ)"
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
    """ "17 giờ 30 phút" → "17:30"; "4 giờ chiều" → "16:00"; None where no such hour is said."""
    hour = int(text) if (text := groups.get("h")) else None
    minute = int(groups.get("mi") or 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    later = (groups.get("part") or "").lower() in ("chiều", "tối") and hour < 12
    return f"{hour + 12 * later:02d}:{minute:02d}"


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
