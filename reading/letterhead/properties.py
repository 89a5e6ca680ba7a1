"""The little table in which the page of a law site or a portal says what document it shows: "Số hiệu | 18/CT-UBND"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reading.letterhead.numbers import DATE_BARE, NUMBER, as_date, kind_by_sign, tidy_number
from reading.model import Header
from reading.words import UPPER, rx, squeeze, unmarked

LABELS = {
    "number": r"Số(?:\s?[/,-]?\s?[Kk][ýí])?\s?[Hh]iệu(?: văn bản)?|Số văn bản|Số, [kK]ý hiệu",
    "issued_on": r"Ngày (?:ban hành|ký|văn bản)",
    "issuer": r"(?:Cơ quan|Nơi|Đơn vị)(?:/\s?(?:Chức danh|Người))? (?:ban hành|phát hành)",
    "signer": r"(?:Họ tên )?[Nn]gười ký(?: duyệt)?",
    "kind": r"(?:Loại|Hình thức|Thể loại) văn bản",
}
KINDS = {
    "chỉ thị": "chi_thi", "kế hoạch": "ke_hoach", "thông báo": "thong_bao", "công điện": "cong_dien",
    "quyết định": "quyet_dinh", "công văn": "cong_van",
}  # fmt: skip
LINES = 80  # of the opening; further down the words may be anybody's
ENOUGH = 2  # fields that make a table; one alone may be a sentence


def properties(text: str) -> dict[str, str]:
    """Field → its words, empty where the page has no such table."""
    lines = text[:9000].split("\n")[:LINES]
    cells = [squeeze(unmarked(cell)).strip(" :") for line in lines for cell in rx(r"\||\t").split(line)]
    cells = [cell for cell in cells if cell]
    found: dict[str, str] = {}
    for place, cell in enumerate(cells):
        for field, label in LABELS.items():
            if m := rx(rf"(?:{label})(?:\s*:\s*(?P<value>\S.*))?").fullmatch(cell):
                value = m.group("value") or (cells[place + 1] if place + 1 < len(cells) else "")
                if not any(rx(other).match(value) for other in LABELS.values()):
                    found.setdefault(field, value)
    return found if len(found) >= ENOUGH else {}


def completed(header: Header, text: str) -> Header:
    """What the letterhead or the sentence leaves open, taken from the page's own table."""
    said = properties(text)
    if not said:
        return header
    number = rx(NUMBER).fullmatch(said.get("number", ""))
    told = tidy_number(number.group()) if number else None
    # With no letterhead, the number found in running text may be that of another document.
    if told and header.signer is None and told != header.number and header.issuer is None:
        header = replace(header, number=told, issued_on=None)
    sign = header.number or told
    sure = header.number is not None and header.kind != "other"
    return replace(
        header,
        number=sign,
        kind=header.kind if sure else _kind(said.get("kind", ""), sign, header.kind),
        issued_on=header.issued_on or _day(said.get("issued_on", "")),
        issuer=_issuer(header.issuer, said.get("issuer"), sign),
        signer=header.signer or _person(said.get("signer", "")),
    )


def _kind(words: str, sign: str | None, other: str) -> str:
    return KINDS.get(words.lower()) or (kind_by_sign(sign) if sign else other)


def _day(words: str) -> date | None:
    found = rx(rf"{DATE_BARE}\W*").fullmatch(words)
    return as_date(*found.groups()) if found else None


def _issuer(said: str | None, told: str | None, sign: str | None) -> str | None:
    """A province is named alone ("Thành phố Huế") where its people's committee is meant."""
    if told and rx(r"(?:Tỉnh|Thành phố|TP\.?)\s").match(told) and "UBND" in (sign or ""):
        told = f"Ủy ban nhân dân {told[:1].lower()}{told[1:]}"
    bare = said is None or said == "Ủy ban nhân dân"
    return told or said if bare else said


def _person(words: str) -> str | None:
    name = rx(rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{1,4}}$").search(words)
    if name is None:
        return None
    return name.group().title() if name.group().isupper() else name.group()
