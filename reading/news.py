"""The header of a page that tells of a document: who "vừa ký ban hành" which number, when, about what."""

from __future__ import annotations

import re
from datetime import date

from reading.model import Header
from reading.numbers import DATE_DIGITS, DATE_WORDS, KIND_WORDS, NUMBER, as_date, kind_by_sign, tidy_number
from reading.words import rx, squeeze


def news_header(text: str) -> Header:
    """A page that tells of a document: who "vừa ký ban hành" which number, when, about what."""
    opening = rx(r"(?<!\n)\n(?!\n)").sub(" ", text[:4000])  # a sentence may run over lines
    number = rx(rf"(?:{KIND_WORDS})\s*(?:số)?\s*:?\s*({NUMBER})", re.I).search(opening)
    if number is None:
        number = rx(rf"\bsố\s*:?\s*({NUMBER})", re.I).search(opening)
    if number is None:
        return Header(kind="other")
    line = opening[opening.rfind("\n", 0, number.start()) + 1 : (opening + "\n").find("\n", number.end())]
    after = opening[
        number.end() : opening.find("\n", number.end()) if "\n" in opening[number.end() :] else len(opening)
    ]
    before = opening[opening.rfind("\n", 0, number.start()) + 1 : number.start()]
    sign = tidy_number(number.group(1))
    return Header(
        kind=kind_by_sign(sign),
        number=sign,
        issued_on=news_date(after, line, opening, sign),
        issuer=news_issuer(opening, sign, before),
        subject=news_subject(opening, sign),
    )


def news_date(after: str, line: str, opening: str, sign: str) -> date | None:
    number = r"\s*".join(map(re.escape, sign))
    near = rx(rf"{number}\s*,?\s*(?:{DATE_DIGITS}|{DATE_WORDS})", re.I).search(opening)
    if near:
        return as_date(*[g for g in near.groups() if g])
    told = rx(rf"(?:{DATE_DIGITS}|{DATE_WORDS})[^.\n]{{0,160}}?(?:ban hành|ký|có)[^.\n]{{0,60}}{number}", re.I).search(
        opening
    )
    return as_date(*[g for g in told.groups() if g]) if told else None


def news_issuer(opening: str, sign: str, before: str) -> str | None:
    number = r"\s*".join(map(re.escape, sign))
    told = rx(
        rf"([^,.;:\n()]{{3,60}}?(?:, [^.;:\n()]{{3,60}}?)?)\s(?:vừa |đã |mới )*(?:ký |có |ban hành |"
        rf"phát hành )+[^.\n]{{0,60}}{number}"
    ).search(opening)
    if told is None:
        return None
    name = (
        rx(rf"^.*?{DATE_DIGITS}\s*,?\s*|^.*?{DATE_WORDS}\s*,?\s*|^[\s\-–)]+", re.I).sub("", told.group(1)).strip(" ,-–")
    )
    name = rx(r"^(?:Phó )?(?:Giám đốc|Chủ tịch|Thủ trưởng|Chánh Văn phòng)\s(?=\S)").sub("", name)
    return squeeze(name.replace("UBND", "Ủy ban nhân dân")) or None


def news_subject(opening: str, sign: str) -> str | None:
    number = r"\s*".join(map(re.escape, sign))
    told = rx(rf"{number}[^.;:\n]{{0,40}}?(?:về việc|về)\s+([^\n;]+?)(?:\.?\s*(?:\n|$)|\.\s)").search(opening)
    return squeeze(told.group(1)).rstrip(".") if told else None
