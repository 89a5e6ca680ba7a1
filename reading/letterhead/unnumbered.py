"""A page that tells of a document without its sign: "Sở vừa có công văn về việc …", "UBND tỉnh yêu cầu …"."""

from __future__ import annotations

import re

from reading.letterhead.headline import lead
from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, KIND_WORDS, as_date, kind_by_sign, tidy_number
from reading.letterhead.persons import person
from reading.letterhead.told import OWNER, full_name, is_bare
from reading.model import Header
from reading.words import rx, squeeze

DIRECTS = r"(?:vừa |đã |mới |cũng |còn )*(?:có (?:ý kiến|văn bản)(?: chỉ đạo)?|chỉ đạo|yêu cầu|đề nghị)(?!\w)"
KINDS = {
    "chỉ thị": "chi_thi", "kế hoạch": "ke_hoach", "thông báo": "thong_bao", "công điện": "cong_dien",
    "quyết định": "quyet_dinh", "công văn": "cong_van", "văn bản": "cong_van",
}  # fmt: skip


def is_the_pages(bare: tuple[int, str, Header], number: re.Match[str] | None) -> bool:
    """A sign that is told further down and is no fuller form of the bare number is another document's."""
    at, figures, header = bare
    if number is None:
        return True
    if not figures:
        return number.start(1) > at and kind_by_sign(tidy_number(number.group(1))) != header.kind
    return number.start(1) > at and not number.group(1).startswith(figures)


def issued_without_sign(opening: str) -> tuple[int, str, Header] | None:
    """ "Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị số 17 về …": (where, its figures, what it is)."""
    who = rf"(?:^|\n|[.,–-]\s)\s*(?:{POST})?(?P<who>{OWNER}(?: [^\s,.;:]+){{0,10}}?)"
    what = r"(?: (?P<what>(?:về|v/v) [^\n;]+?)\.?(?:\n|$|\. ))"
    for pattern in (
        rf"{who} (?:vừa |đã |mới )+(?:ký )?(?:ban hành|có|ra) (?P<kind>{KIND_WORDS}) số (?P<n>\d{{1,5}})"
        rf"(?!\s?[\d/-])(?= về |,| và ){what}?",
        rf"{who} (?:(?:vừa |đã |mới )+(?:ký )?(?:ban hành|có|ra|gửi)|ban hành|có) (?P<kind>{KIND_WORDS})(?P<n>)"
        rf"(?: (?:chỉ đạo|yêu cầu|gửi|khẩn|hỏa tốc|đề nghị|tới|đến|cho)[^.;,\d]{{0,160}}?)?{what}",
        rf"{who} (?:vừa |đã |mới )+(?:ký )?(?:ban hành|có|ra) (?P<kind>{KIND_WORDS})(?P<n>)(?P<what>)"
        r"(?= (?:khẩn |hỏa tốc )?(?:yêu cầu|chỉ đạo|đề nghị)(?!\w))",
    ):
        if told := rx(pattern, re.I).search(opening):
            if not told.group("who")[0].isupper():
                continue
            kind = KINDS.get(told.group("kind").lower(), "other")
            subject = rx(r"^(?:về việc|v/v) ").sub("", squeeze(told.group("what") or "")) or None
            day = rx(rf"(?:{DATE_DIGITS}|{DATE_WORDS})\s*,\s*$", re.I).search(opening[: told.start("who")])
            when = as_date(*[part for part in day.groups() if part]) if day else None
            who_said = agency(told.group("who"))
            header = Header(kind=kind, issued_on=when, issuer=who_said, subject=subject)
            return told.start("who"), told.group("n"), header
    return _signed_without_sign(opening)


def _signed_without_sign(opening: str) -> tuple[int, str, Header] | None:
    """ "Ngày 16/8, Thủ tướng Trần Văn An ký công điện yêu cầu …": who signs, and so whose it is."""
    office = r"(?:Phó )?(?:Thủ tướng|Chủ tịch|Giám đốc|Bộ trưởng|Thứ trưởng|Tổng Giám đốc|Hiệu trưởng|Bí thư)"
    told = rx(
        rf"(?:^|\n|[.,–-]\s)\s*(?P<who>{office}[^,.;:\n]{{4,90}}?) (?:vừa |đã |mới )*ký (?:ban hành )?"
        rf"(?P<kind>(?i:{KIND_WORDS}))(?= (?:yêu cầu|về|chỉ đạo|gửi|đề nghị|khẩn|hỏa tốc|tăng cường|phê duyệt))"
    ).search(opening)
    name = person(told.group("who")) if told else None
    if told is None or name is None:
        return None
    by = told.group("who")[: told.group("who").rindex(name)].strip()
    if rx(r"(?:Phó )?Thủ tướng(?: Chính phủ)?").fullmatch(by):
        by = "Thủ tướng Chính phủ"
    day = rx(rf"(?:{DATE_DIGITS}|{DATE_WORDS})\s*,\s*$", re.I).search(opening[: told.start("who")])
    when = as_date(*[part for part in day.groups() if part]) if day else None
    issuer = agency(rx(r"^(?:(?:Bộ|Thứ) trưởng\s(?=Bộ)|(?:Phó )?Bí thư\s(?=\w+ [uủ][yỷ]))").sub("", by))
    header = Header(KINDS.get(told.group("kind").lower(), "other"), issued_on=when, issuer=issuer, signer=name)
    return told.start("who"), "", header


POST = r"(?:(?:Phó )?(?:Chủ tịch|Giám đốc|Chánh Văn phòng|Tổng Giám đốc|Hiệu trưởng|Bí thư) )?"
ORDERS = (
    rf"(?:^|\n|(?<!\d)[.,]\s)\s*{POST}(?P<who>{OWNER}(?: (?!(?:vừa|đã|mới|ký)\s|ban hành)[^\s,.;:]+){{0,8}}?) {DIRECTS}"
)


def directing(opening: str, text: str) -> str | None:
    """Who tells others what to do, in full: "Sở yêu cầu …" is nobody until the text says which one."""
    for told in rx(ORDERS).finditer(lead(opening)):
        name = agency(told.group("who"))
        if name and is_bare(name):
            name = full_name(name, text)
        if name:
            return name
    return None


def without_number(opening: str, text: str) -> Header:
    """ "UBND tỉnh chỉ đạo …", "Chủ tịch UBND tỉnh có ý kiến:": a letter whose number the page does not tell."""
    told = rx(ORDERS).search(lead(opening))
    if told is None:
        return Header(kind="other", issuer=_carries_out(opening))
    # "Theo đó, …": the page has lost the sentence that said what the document is.
    before = opening[: told.start("who")]
    begun = rx(rf"(?:^|\n)\s*(?:Theo đó|Đồng thời|Bên cạnh đó|Ngoài ra|Trong đó),\s*{POST}$").search(before)
    # "Sở Y tế đề nghị các đơn vị thực hiện:" as the first words: the stem of a document that has lost its head.
    stem = not before.strip() and rx(r"[^\n]{0,300}:\s*(?:\n|$)").match(opening, told.end())
    return Header(kind="other" if begun or stem else "cong_van", issuer=directing(opening, text))


def _carries_out(opening: str) -> str | None:
    """ "Công ty A triển khai Văn bản số … của Tập đoàn B": the headline names whose page it is."""
    short = r"[A-ZĐ]{2,6}(?: [A-ZĐ]{2,6})?"
    said = rx(
        rf"(?:^|\n)\s*(?P<who>{OWNER}(?: [^\s,.;:]+){{0,8}}?|{short}) (?:tổ chức )?(?:triển khai|thực hiện)"
        rf"(?: thực hiện)? (?i:{KIND_WORDS}) số [^\n]{{3,60}} của [^\n]+(?:\n|$)"
    ).search(opening)
    name = agency(said.group("who")) if said else None
    return None if name is None or is_bare(name) else name


def agency(words: str) -> str | None:
    """Without the post of the one who signs."""
    name = rx(r"^(?:(?:đồng chí|ông|bà) .*, )?(?:Phó )?(?:Giám đốc|Chủ tịch|Thủ trưởng|Chánh Văn phòng)\s(?=\S)").sub(
        "", words.strip(" ,-–")
    )
    name = rx(r" \([A-ZĐ][A-ZĐ&-]{1,11}\)").sub("", name)  # "Ủy ban nhân dân (UBND) tỉnh"
    return squeeze(rx(r"^UBND\b").sub("Ủy ban nhân dân", name)) or None
