"""Days, hours and lengths of time as people type them: rules D1–D10.

`find()` only reads; which of the mentions counts, and where it falls among working days, is reckoned in reckon.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.understanding.days import day_month, day_of_month, period_about, period_end, safe, week_shift
from bot.understanding.words import fold, vn, vn_source


@dataclass(frozen=True)
class Mention:
    """A day or a length named in a text, by its place.

    `kind`: day, end (last day of a week, month, year: exact), week (a whole week), length, vague, bad (no such day).
    `ahead`/`back`: the day if it lies ahead or behind (D1, D2). `amount`: calendar days, or working days.
    """

    start: int
    end: int
    kind: str
    ahead: date | None = None
    back: date | None = None
    amount: int = 0
    working: bool = False
    more: bool = False
    weekday: bool = False
    at: time | None = None


_NOUN = ("xã|phường|chỉ tiêu|hồ sơ|đơn vị|nhiệm vụ|huyện|cơ quan|phòng|thôn|điểm|di tích|người|mục|nội dung|phần|cái|"
         "tiêu chí|bước|việc|thiết chế|bảo tàng|thư viện|cuộc|lớp|văn bản|báo cáo|tờ|trang|ý kiến|thủ tục|tthc|bản|bộ|"
         "sở|ban|ngành|biểu|phiếu|công trình|hạng mục|dự án|cán bộ|câu|tổ|khu|lễ hội|số|khối lượng|tiến độ")
_NOT_DATES = (
    re.compile(r"\d+[a-z]?(?:/\d{4})?/[a-zđ][\w]*(?:-[\w]+)*"),
    vn(r"(?:lần|việc|mục|điểm|nội dung|người|khoản) thứ \w+|(?<!đến )(?:phòng họp )?số \d+|nv ?\d+|quý \d"),
    re.compile(rf"\d+/\d+ {vn_source('(?:' + _NOUN + ')')}(?!\w)|\d+(?:[.,]\d+)?\s?%"),
    vn(r"(?:đạt|mới có|mới được|xong được|được) \d+/\d+"),
)
_CLOCK = re.compile(r"(?<![\w/.])(\d{1,2})\s?(?:(?:h|g|giờ|gio)\s?(\d{2})?(?!\w)|:(\d{2}))(?: phút| phut)?"
                    r"(?:(?= (sáng|sang|trưa|trua|chiều|chieu|tối|toi)(?!\w)))?")
_RANGE = re.compile(r"(?<![\d/.])(\d{1,2})(?:[/.](\d{1,2}))?\s?(?:-|(?:đến|den|tới|toi)(?: hết| het| ngày| ngay)?)\s?"
                    r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?![\d/])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LONG = vn(r"(?:ngày |mùng |mồng |hôm )*(\d{1,2}) tháng (\d{1,2}|này|nay|sau|tới|trước)(?:(?: năm |/)(\d{4}))?")
_SHORT = re.compile(r"(?<![\d/.,-])(\d{1,2})\s?([/.-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?![\d/]|[.,]\d|-\d|%)")
_DAY = vn(r"(?:ngày|hôm|mùng|mồng) (\d{1,2})(?![/.,]?\d)(?! (?:ngày|tháng))")
_BARE = vn(r"(?:đến|tới|sang|thành|qua) (\d{1,2})(?=$|[,;.?)]| (?:này|tới|nhé|nha|ạ|được|thôi|rồi|vì|do|em|anh|để|đi|không|nghe))")
_WEEK = r"(?:tuần (?:sau nữa|sau|tới|kế|này|nay|trước|rồi|qua|vừa rồi|vừa qua))"
_WEEKDAY = vn(rf"(?:({_WEEK}),? )?(?:thứ ?([2-7]|hai|ba|tư|năm|sáu|bảy|bẩy)|t ?([2-7])|(chủ nhật|cn|sunday)|"
              rf"(monday|tuesday|wednesday|thursday|friday|saturday))(?:,? (?:của )?({_WEEK}|trước|vừa rồi|vừa qua|tới|này))?")
_NAMES = {"hai": 0, "ba": 1, "tư": 2, "tu": 2, "năm": 3, "nam": 3, "sáu": 4, "sau": 4, "bảy": 5, "bẩy": 5, "bay": 5,
          "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5}
_OFFSETS = (
    (vn(r"hôm nay|(?:sáng|trưa|chiều|tối) nay|hết ngày(?! ?[\d\x00])|trong ngày|today|hum nay|bữa nay|(?:lát|tí|tý|chút|xíu) nữa"), 0),
    (vn(r"(?:ngày|sáng|trưa|chiều|tối|bữa) mai|tomorrow|tmr"), 1),
    (re.compile(r"(?<!\w)(?:(?:ngày|ngay|bữa|bua|sáng|sang|chiều|chieu) )?(?:mốt|(?<= )mot(?= (?:xong|em|gửi|gui|nộp|nop|báo|bao)|$)|"
                r"^mot(?= (?:xong|em|gui|nop|bao)))(?!\w)|(?<!\w)(?:ngày|ngay|bữa|bua) mot(?!\w)"), 2),
    (re.compile(r"(?<!\w)(?:ngày|hôm|bữa) kìa(?!\w)"), 3),
    (vn(r"(?:ngày|sáng|chiều|bữa) kia"), 2),
    (vn(r"hôm qua|(?:sáng|trưa|chiều|tối) qua|hqua|yesterday|bữa qua"), -1),
    (vn(r"hôm kia|hôm kìa"), -2),
)
_MAI = re.compile(r"(?<!\w)mai(?! kia)(?!\w)")
_PERSON_BEFORE = re.compile(r"(?:(?<!\w)(?:c|chị|chi|cô|co|bà|ba|chú|bác|phó|thị|thi|đ/c|d/c|đồng chí|dong chi|ms|mrs)"
                            r"|(?:giao|nhờ|nho|hỏi|hoi|gặp|gap|của|cua|cho|với|voi) (?:em|e|anh|a)) $")
_VAGUE = vn(
    r"\d{1,2}[/.-]\d{1,2} (?:âm(?: lịch)?|al)|(?:mấy|vài|ít|dăm|đôi)(?: ba)? (?:hôm|ngày|bữa|bửa|tuần|tháng)|ít lâu|(?:ít|một|chút) thời gian|mai kia|một chút|"
    r"\d{1,2} ?[-,] ?\d{1,2} (?:ngày|hôm|tuần|bữa|tháng)(?! \d)|\d \d (?:ngày|hôm|tuần|bữa)|(?:một hai|hai ba|ba bốn) (?:ngày|hôm|tuần|bữa)|"
    r"tết|rằm|âm lịch|noel|giáng sinh|sau (?:kỳ nghỉ|lễ|hội nghị|đại hội|khi|kỳ họp|festival|lễ hội)|hôm nào|"
    r"nửa (?:ngày|tuần|buổi)"
)
_ABOUT = vn(r"(?:sang )?(đầu|giữa|khoảng|sang|qua)(?: đầu| giữa)? (tuần|tháng|năm|quý)(?: (sau|tới|này|nay|kế|\d{1,2}))?|(tháng) (sau|tới)")
_END = vn(r"(?:đến )?(cuối|hết|trong|nội|nội trong) (tuần|tháng|năm|quý)(?: (này|nay|sau|tới|kế|\d{1,2}|iv))?")
_LENGTH = re.compile(
    r"(?<![\w/.,-])(\d{1,3}|nửa|nua|một|mot|hai|ba|bốn|bon|năm|sáu|bảy|bẩy|bay|tám|tam|chín|chin|mười|muoi)\s?"
    r"(ngày|ngay|hôm|hom|bữa|bua|tuần|tuan|tháng|thang)(?!\w)(?! \d)(?: (làm việc|lam viec|công(?= |$)))?(?: (nữa|nua))?")
_AMOUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}


def find(text: str, today: date) -> list[Mention]:
    """Every mention in a cleaned text, in order. Parts of document numbers and fractions are no dates (D9)."""
    scan = _Scan(text, today)
    return scan.mentions()


class _Scan:
    """One pass over a text; what one pattern has taken is blanked for the next."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.found: list[Mention] = []

    def mentions(self) -> list[Mention]:
        for pattern in _NOT_DATES:
            for _ in self._take(pattern):
                pass
        clocks = [(m.start(), m.end(), at) for m in self._take(_CLOCK) if (at := _hour(m)) is not None]
        self._days()
        self.found.sort(key=lambda mention: mention.start)
        return _with_hours(self.found, clocks)

    def _take(self, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], bool] | None = None) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self.text):
            if keep is None or keep(match):
                self.text = self.text[: match.start()] + "\x00" * (match.end() - match.start()) + self.text[match.end() :]
                yield match

    def _add(self, match: re.Match[str], kind: str, ahead: date | None = None, back: date | None = None) -> None:
        kind = "bad" if kind in ("day", "end") and ahead is None and back is None else kind
        self.found.append(Mention(match.start(), match.end(), kind, ahead, back))

    def _days(self) -> None:
        for m in self._take(_VAGUE):
            self._add(m, "vague")
        for m in self._take(_RANGE, _is_range):
            last = day_month(int(m.group(3)), int(m.group(4)), m.group(5), self.today)
            first = day_month(int(m.group(1)), int(m.group(2) or m.group(4)), m.group(5), self.today)
            self._add(m, "day", *first)
            self._add(m, "day", *last)
        for m in self._take(_ISO):
            self._add(m, "day", *day_month(int(m.group(3)), int(m.group(2)), m.group(1), self.today))
        for m in self._take(_LONG):
            self._add(m, "day", *self._long(m))
        for m in self._take(_SHORT, lambda m: int(m.group(3)) <= 12 or m.group(2) == "/"):
            ahead, back = day_month(int(m.group(1)), int(m.group(3)), m.group(4), self.today)
            self._add(m, "day", ahead, back)
        for m in self._take(_WEEKDAY):
            self.found.append(Mention(m.start(), m.end(), "day", *self._weekday(m), weekday=True))
        for m in self._take(_END):
            self._add(m, "end", period_end(m.group(2), m.group(3) or "", self.today))
        self._lengths()
        self._relative()

    def _lengths(self) -> None:
        for m in self._take(_ABOUT):
            self._add(m, "vague", period_about(m, self.today))
        for m in self._take(vn(_WEEK)):
            shift = week_shift(m.group())
            friday = self.today + timedelta(days=7 * shift + 4 - self.today.weekday())
            self.found.append(Mention(m.start(), m.end(), "week", friday if shift >= 0 else None, friday))
        for m in self._take(_DAY):
            self._add(m, "day", *day_of_month(int(m.group(1)), self.today))
        for m in self._take(_BARE):
            self._add(m, "day", *day_of_month(int(m.group(1)), self.today))
        for m in self._take(_LENGTH):
            amount, unit = fold(m.group(1)), fold(m.group(2))
            count = 0.5 if amount == "nua" else float(_AMOUNTS.get(amount) or amount)
            days = int(count * {"tuan": 7, "thang": 30}.get(unit, 1))
            self.found.append(Mention(m.start(), m.end(), "length", amount=days, working=bool(m.group(3)), more=bool(m.group(4))))

    def _relative(self) -> None:
        for pattern, offset in _OFFSETS:
            for m in self._take(pattern):
                day = self.today + timedelta(days=offset)
                self._add(m, "day", day if offset >= 0 else None, day if offset <= 0 else None)
        for m in self._take(_MAI, lambda m: _PERSON_BEFORE.search(self.text[: m.start()]) is None):
            self._add(m, "day", self.today + timedelta(days=1))

    def _long(self, m: re.Match[str]) -> tuple[date | None, date | None]:
        if m.group(2).isdigit():
            return day_month(int(m.group(1)), int(m.group(2)), m.group(3), self.today)
        shift = {"sau": 1, "toi": 1, "truoc": -1}.get(fold(m.group(2)), 0)
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + shift, 12)
        day = safe(year, month + 1, int(m.group(1)))
        return day, day

    def _weekday(self, m: re.Match[str]) -> tuple[date | None, date | None]:
        name = m.group(2) or m.group(3) or m.group(5)
        number = 6 if name is None else int(name) - 2 if name.isdigit() else _NAMES[name]
        said = fold(m.group(1) or m.group(6) or "")
        if said.startswith("tuan"):
            day = self.today + timedelta(days=7 * week_shift(said) + number - self.today.weekday())
            return day, day
        ahead = self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)
        back = ahead - timedelta(days=7) if ahead - timedelta(days=7) < self.today else ahead - timedelta(days=14)
        return (None if said in ("truoc", "vua roi", "vua qua") else ahead), back


def _is_range(m: re.Match[str]) -> bool:
    """"23-27/11", "từ 23 đến 27/11"; but "từ 27/11 đến 2/12" names two days, each taken by itself."""
    return int(m.group(4)) <= 12 and ("-" in m.group() or m.group(2) is None)


def _hour(m: re.Match[str]) -> time | None:
    hour, minute, part = int(m.group(1)), int(m.group(2) or m.group(3) or 0), fold(m.group(4) or "")
    if part in ("chieu", "toi") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _with_hours(mentions: list[Mention], clocks: list[tuple[int, int, time]]) -> list[Mention]:
    for start, end, at in clocks:
        near = [(min(abs(m.start - end), abs(start - m.end)), i) for i, m in enumerate(mentions) if m.kind in ("day", "end")]
        if near:
            index = min(near)[1]
            mentions[index] = replace(mentions[index], at=at)
    return mentions
