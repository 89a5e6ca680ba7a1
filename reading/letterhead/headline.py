"""The headline of a page that names its document: "Tăng cường phòng dịch (Công văn số 12/UBND-VX ngày 5/8/2023)"."""

from __future__ import annotations

import re

from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, KIND_WORDS, NUMBER, as_date, kind_by_sign, tidy_number
from reading.model import Header
from reading.words import rx, squeeze

LINES = 30  # in which it may stand
POINT = r"\s*(?:\d{1,2}\s?[.)](?!\d)|\d{1,2}/\s|[a-zđ]\)|[IVX]{1,4}[.)]|[-–+•*]\s)"
IN_BRACKETS = (
    rf"(?P<subject>[^.;()]{{10,300}}?)\s*\((?:theo |trích |toàn văn )?(?:{KIND_WORDS})(?: hỏa tốc| khẩn)? "
    rf"(?:số ?)?:?\s*(?P<number>{NUMBER})(?P<rest>[^()]{{0,120}})\)\W*"
)


def lead(opening: str) -> str:
    """What stands before the first numbered point: a document named further down is somebody else's."""
    taken: list[str] = []
    for line in opening.split("\n"):
        if rx(POINT).match(line) and len("".join(taken).split()) > 5:
            break
        taken.append(line)
    return "\n".join(taken)


def headline(opening: str) -> Header | None:
    """The title that ends with its document in brackets."""
    for line in opening.split("\n")[:LINES]:
        if said := rx(IN_BRACKETS, re.I).fullmatch(squeeze(line)):
            number, rest = tidy_number(said.group("number")), said.group("rest")
            day = rx(rf"{DATE_WORDS}|{DATE_DIGITS}", re.I).search(rest)
            by = rx(r"\scủa\s+([^()]{3,80})$").search(f" {rest.rstrip()}")
            return Header(
                kind=kind_by_sign(number),
                number=number,
                issued_on=as_date(*[part for part in day.groups() if part]) if day else None,
                issuer=squeeze(by.group(1)) if by else None,
                subject=squeeze(said.group("subject")),
            )
    return None
