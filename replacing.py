"""What a document says of others: which it replaces, which it takes back. Proposed to the Office, never done."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlmodel import Session

from models.directive import Directive
from models.replacing import replaceable

KINDS = (
    r"(?:Công văn|Kế hoạch|Quyết định|Thông báo(?: kết luận)?|Chỉ thị|Văn bản|Công điện|Hướng dẫn|Chương trình|"
    r"Tờ trình|Nghị quyết|Kết luận|Quy chế|Phương án)"
)
# "thay thế Công văn số 12/SVH-VP", "thay thế cho các văn bản: Công văn số …, Kế hoạch số …"
SAYS = re.compile(
    rf"(?P<verb>thay thế|thu hồi|bãi bỏ|hủy bỏ|huỷ bỏ)(?:\s+(?:cho|và|hiệu lực|toàn bộ|nội dung|các|văn bản|của))*:?\s+"
    rf"(?P<named>{KINDS}[^.;\n]{{0,300}})", re.I)  # fmt: skip
NUMBER = re.compile(r"(?<!\w)số\s*:?\s*(\d[\w&]*\s?/\s?[\w&./–-]*\w)", re.I)


@dataclass(frozen=True)
class Mention:
    """A directive that is here, the words that name it, and whether it is replaced or recalled."""

    directive: Directive
    words: str
    recalled: bool


def mentions(session: Session, directive: Directive) -> list[Mention]:
    """The directives known here that the document says it replaces or takes back, in the order of the text."""
    said: dict[str, tuple[str, bool]] = {}
    for text in (directive.text, *directive.other_texts):
        for one in SAYS.finditer(text):
            for number in NUMBER.finditer(one["named"]):
                words = " ".join(text[one.start() : one.start("named") + number.end()].split())
                said.setdefault(plain(number.group(1)), (words, one["verb"].casefold() != "thay thế"))
    if not said:
        return []
    known = {plain(one.number): one for one in reversed(replaceable(session, directive)) if one.number}
    return [Mention(known[number], *found) for number, found in said.items() if number in known]


def plain(number: str | None) -> str:
    """A number as two spellings of it share it: "12 / SVH–VP" is 12/svh-vp."""
    return re.sub(r"\s", "", number or "").replace("–", "-").casefold()
