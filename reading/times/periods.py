"""A month, a quarter or a year: its last day, where the text says that something must be done by then."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from reading.model import Due
from reading.times.moments import QUARTERS, Found, safe_date
from reading.words import rx


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


DONE = (
    r"(?:hoàn thành|xong|kết thúc|ban hành|trình|gửi|báo cáo|đưa vào|phê duyệt|triển khai xong|thực hiện "
    r"xong|chậm nhất|công bố)"
)


def periods(text: str, issued: date | None, labelled: bool) -> Found:
    """C.: a month, quarter or year stands for its last day; in running text only beside a verb of completion."""
    found: Found = []
    pattern = (
        r"(?P<pre>(?:ngay )?[Tt]rong |trước |chậm nhất (?:là |trong |vào )?|"
        r"(?:từ nay )?(?:cho )?(?:đến|tới) hết |từ nay (?:cho )?(?:đến|tới) (?=cuối|tháng|quý)|đến |hết |vào |xong )?"
        r"(?:(?P<end>cuối )?(?P<unit>tháng|quý|năm|Tháng|Quý|Năm)\s+)"
        r"(?P<n>\d{1,2}(?!\d)|[IVX]{1,3}(?![\w])|\d{4})(?:\s?[-–]\s?(?P<n2>\d{4}|"
        r"\d{1,2}(?!\d)|[IVX]{1,3}(?!\w))|\s?(?:,|và|đến)\s?(?:(?:tháng|quý|Tháng|Quý)\s+)?(?P<n3>\d{1,2}|[IVX]{1,3})(?=\s?/\s?\d{4}|"
        r"\s+năm\s+\d))?(?:(?:\s?/\s?|\s*năm\s+|/năm )(?P<y>\d{4}))?(?P<next> và (?:các|những) năm "
        r"(?:tiếp theo|sau))?"
    )
    for m in rx(pattern).finditer(text):
        unit = m.group("unit").lower()
        words, start = m.group().strip(), m.start()
        if m.group("next"):
            found.append((start, m.end(), Due(words, "standing")))
            continue
        # "tháng 11 năm 2025", "năm 2026 - 2027", "năm 2026": the last four digits are the year
        year = max(
            (int(part) for part in (m.group("y"), m.group("n2"), m.group("n")) if part and len(part) == 4), default=0
        )
        question = None
        if not year and issued and not labelled and unit != "năm" and _plainly(text, m):
            year = _coming_year(unit, m, issued)
            question = "Văn bản không ghi năm; thời hạn thuộc năm nào?"
        coming = _reported_by(text, m, issued, year, unit)
        pre = m.group("pre") or ""
        if not 1990 < year < 2100 or not (labelled or _completes(text, m.start(), m.end(), pre, unit, coming)):
            continue
        if rx(r"(?:ngày\s*\d*\s*|giai đoạn\s*|từ\s*|kể từ\s*)$", re.I).search(text[:start]) and not labelled:
            continue
        if rx(r"ngày\s+\d+\s*$").search(text[:start]):
            continue
        begins = rx(r"(?<!\w)(?:(?:kể )?từ|bắt đầu(?: từ)?)\s*$", re.I).search(text[:start])
        if begins and not (m.group("n2") or m.group("n3")):
            continue  # "Từ quý I/2027", as a cell too: when it begins; "Từ tháng 10 đến tháng 12/2025" has an end
        if labelled and rx(r"\s*(?:[-–]|đến(?: hết)?)\s*(?:tháng|quý|năm|Tháng|Quý|Năm)\s").match(text, m.end()):
            continue  # "Tháng 10/2025 - tháng 3/2026": where the time begins
        when = _period_end(unit, m, year)
        if when and (m.group("pre") or "").strip() == "trước" and not m.group("end"):
            when = _day_before(unit, when)
        if when and not (issued and when < issued):
            found.append((start, m.end(), Due(words, "date", when, question=question)))
    return _joined(found, text)


def _joined(found: Found, text: str) -> Found:
    """ "Quý IV/2025 và Quý I/2026": one time to act in, which ends with the last."""
    joined: Found = []
    for start, end, due in found:
        if joined and due.kind == joined[-1][2].kind == "date":
            begin, stop, first = joined[-1]
            if rx(r"\s*(?:và|,|[-–]|đến)\s*").fullmatch(text[stop:start]):
                words = text[begin:end].strip()
                joined[-1] = (begin, end, Due(words, "date", due.date, question=first.question or due.question))
                continue
        joined.append((start, end, due))
    return joined


def _day_before(unit: str, last: date) -> date:
    """ "trước năm 2027", "trước quý II/2026": by the last day of the period before."""
    months = {"năm": 12, "quý": 3}.get(unit, 1)
    return date(last.year, last.month - months + 1, 1) - timedelta(1)


def _plainly(text: str, m: re.Match[str]) -> bool:
    """ "hoàn thành trong tháng 8", "chuẩn bị giống vụ đông trong tháng 9.": no year said, and asked about."""
    if (m.group("pre") or "").strip().lower() not in ("trong", "ngay trong", "xong", "chậm nhất trong", "đến hết"):
        return False
    before = text[max(0, m.start() - 200) : m.start()]
    clause = before[max(before.rfind(";"), before.rfind(". "), before.rfind("("), 0) :]
    ends = rx(r"\s*(?:[.;,)]|$|\./)").match(text, m.end())
    opens = not clause.strip(" .;(-–+:") and rx(rf",\s+(?:{ACT}|{FIRST})(?!\w)").match(text, m.end())
    return bool(opens or (ends and clause.strip(" .;(") and not rx(COVERED, re.I).search(clause)))


def _coming_year(unit: str, m: re.Match[str], issued: date) -> int:
    when = _period_end(unit, m, issued.year)
    return issued.year + (when is not None and when < issued)


ACT = (
    r"(?:tổ chức|kiểm tra|rà soát|xây dựng|lập|thẩm định|khảo sát|tập huấn|thực hiện|tham mưu|hoàn thiện|kiểm kê|"
    r"đánh giá|triển khai|xử lý|khắc phục|biên soạn|số hóa|cập nhật|niêm yết|tổng hợp|bố trí|chuẩn bị|biểu diễn|"
    r"đăng ký|"
    r"đề xuất|nghiên cứu|bàn giao|thanh tra|lắp đặt|đào tạo|bồi dưỡng|thông qua|nâng cấp|vận hành|sửa chữa|thành lập|"
    r"kiện toàn|giải ngân|mua sắm|đầu tư|cấp phát|nhập)"
)
# "báo cáo kết quả trong tháng 8/2023": what is reported on, not when.
COVERED = (
    r"(?:kết quả|tình hình|số liệu|số lượng|xảy ra|phát hiện|ghi nhận|ngày lễ|dịp lễ|lễ hội|nêu|đã \w+|doanh thu|"
    r"lượt khách|"
    r"chỉ tiêu|đạt được|văn bản|vụ việc|ý kiến|diễn ra|phát sinh|sự kiện|hoạt động|nhiệm vụ|công tác|số vụ|"
    r"tiếp nhận|được)"
    r"(?: \w+){0,4}\s*$"
)


def _within(text: str, start: int, end: int, clause: str) -> bool:
    """ "rà soát tài sản trong quý III/2023", "Trong tháng 8/2023, rà soát …": a month or quarter to act in."""
    if rx(COVERED, re.I).search(clause):
        return False
    final = rx(r"\s*(?:[.;,)]|$|\./)").match(text, end)
    opens = rx(rf",\s+(?:[^.;]{{0,80}}\s)?{ACT}(?!\w)").match(text, end) and not clause.strip(" .;(")
    return bool(opens or (final and clause.strip(" .;(")))


def _reported_by(text: str, m: re.Match[str], issued: date | None, year: int, unit: str) -> bool:
    """ "báo cáo kết quả trong quý II/2026": of a time that has not begun there are no results to tell yet."""
    end = _period_end(unit, m, year) if year else None
    told = rx(r"báo cáo (?:kết quả|tình hình)(?: thực hiện| triển khai)?\s*$", re.I).search(text[: m.start()])
    begins = _day_before(unit, end) if end else None
    return bool(told and issued and begins and begins >= issued)


def _completes(text: str, start: int, end: int, pre: str, unit: str, coming: bool) -> bool:
    before = text[max(0, start - 200) : start]
    clause = before[max(before.rfind(";"), before.rfind(". "), before.rfind("("), 0) :]
    final = rx(r"\s*(?:[.;)]|$|\./)|\s+(?:để|nhằm|làm (?:cơ sở|căn cứ))(?!\w)").match(text, end)
    if pre.startswith("từ nay") or (pre and _must_end(pre, clause)) or _opens(text, end, pre, clause, unit):
        return True
    if rx(r"(?:^|\s)ngay trong", re.I).match(pre) or rx(r"(?<!\w)(?:đợt|lần) \d+\s*$").search(before) or coming:
        return True
    if rx(
        r"(?:nhiệm vụ|kế hoạch|dự toán|kết quả|công tác|chương trình|số liệu|chỉ tiêu|ngân sách|được "
        r"giao|vốn|đầu tư công|tình hình|hoạt động|diễn ra|phát sinh|trong)\s*$",
        re.I,
    ).search(before.rstrip()):
        return False
    if rx(r"(?:hoàn thành|xong|kết thúc|dứt điểm)(?: \w+){0,20}\s*$", re.I).search(clause) and (
        pre or rx(r"(?:hoàn thành|xong)\s*$", re.I).search(before)
    ):
        return True
    held = r"(?<!\w)(?:sơ kết|tổng kết|hoàn thành|kết thúc|ban hành|trình|nghiệm thu)(?!\w)(?: \w+){0,14},?\s*$"
    told = final or rx(r",\s+(?:báo cáo|gửi|trình)(?!\w)").match(text, end)
    if pre.strip() == "vào" and told and rx(held, re.I).search(clause):
        return True  # "tổ chức tổng kết phong trào vào năm 2030"
    if unit != "năm" and pre.strip().lower() in ("trong", "ngay trong") and _within(text, start, end, clause):
        return True
    if unit == "năm" and rx(COVERED, re.I).search(clause):
        return False
    return bool(
        pre.strip() in ("trong", "ngay trong", "chậm nhất", "chậm nhất là", "chậm nhất trong", "trước", "đến hết")
        and final
        and rx(DONE, re.I).search(clause)
    )


def _must_end(pre: str, clause: str) -> bool:
    """ "hoàn thành phân bổ vốn trong quý IV năm 2025": finished, whatever noun stands before the time."""
    limit = rx(r"(?:ngay )?trong|trước|chậm nhất.*|(?:cho )?(?:đến|tới) hết|xong", re.I).fullmatch(pre.strip())
    return bool(limit and rx(r"(?<!\w)(?:hoàn thành|hoàn tất|dứt điểm)(?: \w+){0,20}\s*$", re.I).search(clause))


FIRST = r"(?:hoàn thành|hoàn tất|trình|ban hành|phê duyệt|công bố|gửi|nộp|báo cáo)(?!\w)"


def _opens(text: str, end: int, pre: str, clause: str, unit: str) -> bool:
    """ "Trong năm 2026, hoàn thành …", "Quý IV/2025 trình UBND tỉnh …": the time before its verb."""
    if clause.strip(" .;(-–+:") or pre.strip().lower() not in ("", "trong", "ngay trong", "chậm nhất trong", "đến hết"):
        return False
    year = pre and unit == "năm"
    first = rf"(?:(?:(?:phải|cơ bản|sẽ) )?{FIRST}|phải (?:có|xong)\s)"
    near = rf",\s+(?:[^.;,]{{0,60}}\s)?{FIRST}" if year else rf",?\s+{first}"
    return bool(rx(near).match(text, end))


def _period_end(unit: str, m: re.Match[str], year: int) -> date | None:
    n, n2 = m.group("n"), m.group("n2") or m.group("n3")
    if unit == "năm":
        return safe_date(year, 12, 31)
    if unit == "quý":
        quarter = QUARTERS.get(n2 or n)
        return _last_day(year, quarter * 3) if quarter else None
    month = n2 if n2 and len(n2) < 4 else n
    return _last_day(year, int(month)) if month.isdigit() and 1 <= int(month) <= 12 else None
