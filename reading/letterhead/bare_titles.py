"""The header of a page that shows a document from its title on: who signs it tells who issued it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from reading.letterhead import signature
from reading.letterhead.issuers import HEAD_LINE, ordinary_case
from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, NUMBER, as_date, tidy_number
from reading.letterhead.told import closing, full_name, is_bare
from reading.model import Header
from reading.words import UPPER, fold, rx, squeeze

# "TM. CHÍNH PHỦ", "T/M BAN THƯỜNG VỤ": for whom the signer signs.
FOR = (
    r"(?:TM/|TM|T/M|T\.M)\.?\s*(?P<who>(?:CHÍNH PHỦ|[UỦ][ỶY] BAN|UBND|HỘI ĐỒNG|HĐND|BAN |ĐẢNG|ĐOÀN|BCH|BTV|BTT|"
    r"CÔNG ĐOÀN|LIÊN ĐOÀN|THƯỜNG TRỰC|HỘI |CHI BỘ|CHI ỦY|MẶT TRẬN|TỈNH |THÀNH |HUYỆN )[^|\n]*)"
)
LEVEL = r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
WHERE = rf"trên địa bàn ({LEVEL} (?:[{UPPER}]\w*)(?: [{UPPER}]\w*)*)"
ATTACHED = r"\(\s*(?:Ban hành )?[Kk]èm theo\s+(?P<kind>[^\d()]{3,30}?)\s+số\s*:?\s*"
OPENING = 15  # cells in which a page's title may stand


def number_and_day(text: str, title: str) -> tuple[str | None, date | None, str | None]:
    """Number, day and issuer that the annexes repeat: "(Kèm theo Nghị quyết số … ngày … của Chính phủ)"."""
    for said in rx(rf"{ATTACHED}(?P<number>{NUMBER})(?P<rest>[^()]{{0,120}})").finditer(text):
        if fold(said.group("kind")) != fold(title):
            continue
        rest = squeeze(said.group("rest"))
        day = rx(rf"{DATE_WORDS}|{DATE_DIGITS}").search(rest)
        by = rx(r"\scủa\s+([^()]{3,80})$").search(f" {rest}")
        when = as_date(*[part for part in day.groups() if part]) if day else None
        return tidy_number(said.group("number")), when, squeeze(by.group(1)) if by else None
    return None, None, None


def issuer(text: str) -> str | None:
    """Whom the signer stands for; the place that its name leaves out is the first that the opening names."""
    cells = (cell.strip() for line in text.split("\n") for cell in rx(r"\||\t|\s{4,}").split(line))
    signed = next((mark for cell in cells if (mark := rx(FOR).fullmatch(cell))), None)
    if signed is None:
        return None
    name = ordinary_case(squeeze(signed.group("who")))
    where = next((found for line in text[:4000].split("\n") if (found := rx(WHERE).search(line))), None)
    if rx(rf"(?:Ủy|Uỷ) ban nhân dân(?: {LEVEL})?|Hội đồng nhân dân(?: {LEVEL})?").fullmatch(name) and where:
        level = where.group(1).split(" ", 1)[0]
        said = rx(rf" ({LEVEL})$").search(name)
        if said is None or said.group(1) == level:
            name = f"{name[: said.start()] if said else name} {where.group(1)}"
    if rx(r"(?:BCH|BTV|BTT|Ban (?:thường|chấp)|Công đoàn|Liên đoàn|Hội(?! đồng)|Đoàn)", re.I).match(name):
        return full_name(name, text) or (None if is_bare(name) else name)
    return name


def completed_by_title(header: Header, text: str, cells: list[str], titles: Mapping[str, str]) -> Header:
    """What a title of its own, the signature and the annexes say, where the page itself names no number."""
    title = next((cell.rstrip(":") for cell in cells[:OPENING] if cell.rstrip(":") in titles), None)
    if title is None:
        header = _named_by_headline(header, cells, titles)
        return _completed_by_closing(header, text, titles)
    if header.number is not None:
        return header
    number, day, by = number_and_day(text, title)
    told = issuer(text) or by
    signed = header.signer or signature.signer(text)
    if told is None and number is None and signed is None and header.kind != "other":
        return header
    return replace(
        header,
        kind=titles[title],
        number=number,
        issued_on=header.issued_on or day,
        issuer=told or header.issuer,
        signer=signed,
    )


def _named_by_headline(header: Header, cells: list[str], titles: Mapping[str, str]) -> Header:
    """ "Thông báo nghỉ Tết Dương lịch": a page whose first line begins with the type of what it shows."""
    first = cells[0] if cells else ""
    if header.number is not None or rx(r"[.;:!?]$").search(first):
        return header
    # "HỌC VIỆN A THÔNG BÁO VỀ VIỆC …": the writer, then the type
    verbs = r"(?:VỀ|THỰC HIỆN|TRIỂN KHAI|NGHỈ|TỔ CHỨC)"
    by = rx(rf"(?P<who>{HEAD_LINE} .{{3,90}}?) THÔNG BÁO (?P<rest>{verbs} .+)").match(first)
    if by and by.group("who").isupper():
        issued = ordinary_case(by.group("who"))
        return replace(header, kind="thong_bao", issuer=issued, subject=header.subject or by.group("rest"))
    types = r"(?P<kind>Thông báo|Kế hoạch|Công điện|Chỉ thị|Quyết định)"
    said = rx(rf"{types} (?P<rest>(?!số\b)\w.{{4,200}})").fullmatch(first)
    if said is None or header.kind != "other":
        return header
    return replace(header, kind=titles[said.group("kind").upper()], subject=header.subject or said.group("rest"))


def _completed_by_closing(header: Header, text: str, titles: Mapping[str, str]) -> Header:
    """What the closing ("Trên đây là Kế hoạch của …") and the signature say of a text whose opening is lost."""
    kind, by = closing(text)
    sure = "Trên đây là" in text[-6000:] and titles.get((kind or "").upper(), "other") != "other"
    bare = header.number is None and (header.kind == "other" or sure)
    return replace(
        header,
        kind={"CÔNG VĂN": "cong_van", **titles}.get((kind or "").upper(), header.kind) if bare else header.kind,
        issuer=header.issuer or by or issuer(text),
        signer=header.signer or signature.signer(text),
    )
