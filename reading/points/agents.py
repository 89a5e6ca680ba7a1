"""Who acts where a sentence begins with the work, "Việc … do công an xã thực hiện", or with its time."""

from __future__ import annotations

from reading import owners
from reading.naming import names
from reading.naming.lexicon import STRONG, WEAK
from reading.words import rx

# "do" also says why: "Việc chậm giải ngân do các đơn vị chưa lập hồ sơ".
WORK = (
    r"(?:Việc|Mức|Công tác|Định mức) "
    r"(?:(?!\b(?:đã|được|bị|theo|còn|chưa|phải|trong đó|chậm|thiếu|tăng|giảm|sai|khó khăn|vướng mắc|tồn tại|"
    r"hạn chế|thiệt hại|gây|xảy ra)\b)[^.,;:()]){3,120}? do\s+"
)
WITH = r"(?:(?:cùng )?với [^.;,]{3,80}?\s)?"
ACTS = (
    r"(?:quy định|ban hành|hướng dẫn|quyết định|công bố|phê duyệt|thống nhất|đảm nhiệm|đảm nhận|chủ trì|phối hợp|"
    r"thực hiện|tổ chức|lập|thẩm định|tiến hành|triển khai|phụ trách|xây dựng|chịu trách nhiệm)"
)
DONE = r"[^.;]*\b(?:đã|đang|chưa|đạt|có tổng|hoàn thành|được|là|gồm|nêu trên)\b"
DAY = r"(?:ngày |tháng |quý )?(?:\d{1,2}(?:[/.-]\d{1,2})?(?:[/.-]\d{4})?|[IVX]{1,3}(?:/\d{4})?)(?: năm \d{4})?"
PERIOD = (
    r"(?:Thời gian(?: (?:triển khai|thực hiện|tiến hành|tổ chức|rà soát|kiểm tra))? )?"
    rf"[Tt]ừ {DAY},? (?:đến|tới)(?: hết)? {DAY},?\s+"
)


def by_agent(text: str) -> owners.Owner | None:
    """ "Mức thu do Sở Tài chính quy định cụ thể": who must do the work that the sentence begins with."""
    work = rx(WORK).match(text)
    found = names.scan(text, work.end(), co=True) if work else None
    if found is None or found.closed or not rx(rf"\s*{WITH}{ACTS}(?!\w)").match(text, found.end):
        return None
    return None if rx(DONE).match(text, found.end) else owners.Owner(found.units, found.end)


def in_period(text: str) -> owners.Owner | None:
    """ "Thời gian triển khai từ ngày 5/8 đến ngày 20/8, các xã tổ chức …": the time before those who act in it."""
    period = rx(PERIOD).match(text)
    found = names.scan(text, period.end()) if period else None
    if found is None or found.closed or not rx(rf"\s*(?:{STRONG}|{WEAK})(?!\w)").match(text, found.end):
        return None
    return None if rx(owners.PAST).match(text[found.end :].lstrip()) else owners.Owner(found.units, found.end)


def named(text: str) -> owners.Owner | None:
    return by_agent(text) or in_period(text)
