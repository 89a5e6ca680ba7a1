"""The header of a page that tells of a document: who "vừa ký ban hành" which number, when, about what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from reading.letterhead import signature
from reading.letterhead.headline import headline, lead
from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, KIND_WORDS, NUMBER, as_date, kind_by_sign, tidy_number
from reading.letterhead.persons import person, signs
from reading.letterhead.told import OWNER
from reading.letterhead.unnumbered import (
    DIRECTS,
    POST,
    agency,
    directing,
    is_the_pages,
    issued_without_sign,
    without_number,
)
from reading.model import Header
from reading.words import rx, squeeze

# What the writer did with the document that the page tells of; what it only answers or carries out is another's.
LONGEST_CITING = 400  # characters before a number that may say whose it is
ISSUED = r"(?:ký|ban hành|phát hành|có|gửi|ra)"
CITED = (
    r"(?:nhận được|(?<!\w)theo|căn cứ|thực hiện|(?<!\w)xét|(?<!\w)tại|thay thế|trên cơ sở|triển khai|"
    r"tiếp theo|kèm theo|phúc đáp|trả lời|liên quan(?: đến| tới)?|nghiên cứu|quán triệt|chấp hành|thi hành|"
    r"quy định tại|tinh thần|sửa đổi|bãi bỏ|sao gửi)[^.;\n]{0,80}$"
)
# "Bộ Y tế có Công văn số 12/BYT-DP … Về việc này, UBND tỉnh có ý kiến:": the page is the answer.
ANSWERS = (
    r"(?:^|\n|[.;]\s)\s*(?:Về (?:việc|vấn đề|nội dung) này|Trên cơ sở đó|"
    r"(?:Để|Căn cứ|Xét|Thực hiện|Sau khi)[^.\n]{0,200}),\s*"
)


def news_header(text: str) -> Header:
    """A page that tells of a document: who "vừa ký ban hành" which number, when, about what."""
    opening = rx(r"(?P<last>[^\s]*)\n(?P<next>\w)").sub(_one_line, text[:4000])
    number = _number(lead(opening))
    bare = issued_without_sign(opening)
    if bare and is_the_pages(bare, number):
        return replace(bare[2], signer=signature.signer(text) or bare[2].signer)
    titled = headline(opening)
    if titled and titled.number and not (number and _just_issued(opening[: number.start(1)])):
        return _of(titled.number, titled, opening, text)
    if number is None:
        return without_number(opening, text)
    line = opening[opening.rfind("\n", 0, number.start(1)) + 1 : (opening + "\n").find("\n", number.end(1))]
    header = _of(tidy_number(number.group(1)), Header(kind="other"), opening, text)
    return replace(header, signer=signs(line) or header.signer)


def _just_issued(before: str) -> bool:
    return bool(rx(rf"(?:vừa|đã|mới) (?:ký )?{ISSUED}\s[^.;]*$").search(before))


def _of(sign: str, said: Header, opening: str, text: str) -> Header:
    """What the page tells of the document of that sign, beside what its headline has said."""
    return Header(
        kind=kind_by_sign(sign),
        number=sign,
        issued_on=said.issued_on or news_date(opening, sign),
        issuer=said.issuer or news_issuer(opening, sign) or _named_by(sign, directing(opening, text)),
        subject=news_subject(opening, sign) or said.subject,
        signer=signature.signer(text),
    )


def _named_by(sign: str, name: str | None) -> str | None:
    """The one who gives the orders, if the sign can be its own: no sở signs as UBND."""
    if name is None:
        return None
    code = rx(r"\d+\w?(?:/\d{4})?[/-]").sub("", sign, 1)
    first = {"Ủy ban nhân": "UB", "Sở": "S", "Bộ": "B", "Tỉnh ủy": "TU", "Thành ủy": "TU", "Huyện ủy": "HU"}
    own = next((mark for begin, mark in first.items() if name.startswith(begin)), None)
    return name if own is None or rx(rf"(?:^|[-/]){own}").search(code) else None


def _one_line(m: re.Match[str]) -> str:
    """A sentence may run over lines; a new sentence, or the text under a title, begins with a capital."""
    runs_on = m.group("next").islower() or m.group("last").endswith((",", "của", "ngày", "số", "và"))
    return m.group().replace("\n", " ") if runs_on else m.group()


def _number(opening: str) -> re.Match[str] | None:
    """The document that was issued, told before one that is only named, and never one that was only received."""
    kind = rf"(?:{KIND_WORDS})"
    first = rf"(?<!\w){ISSUED} (?:[^.;:\n]{{0,40}}? )??{kind}[^.;:\n\d]{{0,30}}?(?:số)?\s*:?\s*({NUMBER})"
    for pattern in (
        first,
        rf"{kind}\s*số\s*:?\s*({NUMBER})",
        rf"{kind}\s*:?\s*({NUMBER})",
        rf"\bsố\s*:?\s*({NUMBER})",
    ):
        for found in rx(pattern, re.I).finditer(opening):
            line = opening[opening.rfind("\n", 0, found.start(1)) + 1 : found.start(1)][-LONGEST_CITING:]
            issued = rx(rf"(?<!\w)(?:vừa|đã|mới) {ISSUED}\s[^.;]*$").search(line)
            # "Xét đề nghị tại Tờ trình số 12, UBND tỉnh có Công văn số 99": the last clause says which is the page's.
            clause = line.rsplit(",", 1)[-1] if pattern is first else line
            another = rx(CITED, re.I).search(clause) or (pattern is not first and _carried_out(found, opening))
            if issued or not another or _own_words(line, found, opening):
                return None if _answered(found, opening) else found
    return None


def _carried_out(found: re.Match[str], opening: str) -> bool:
    """ "Thông báo thực hiện Chỉ thị 17/CT-UBND": first named as what is carried out, it is another's everywhere."""
    first = rx(rf"(?<!\d){_spaced(found.group(1))}").search(opening)
    if first is None or first.start() >= found.start(1):
        return False
    line = opening[opening.rfind("\n", 0, first.start()) + 1 : first.start()][-LONGEST_CITING:]
    return bool(rx(rf"(?:thực hiện|triển khai)(?: thực hiện)? (?:{KIND_WORDS}) (?:số )?:?\s*$", re.I).search(line))


def _answered(found: re.Match[str], opening: str) -> bool:
    """Whether the page gives orders upon that document, of somebody who cannot have signed it."""
    who = rf"{ANSWERS}{POST}(?P<who>{OWNER}(?: [^\s,.;:]+){{0,8}}?) {DIRECTS}"
    said = rx(who).search(opening, found.end(1))
    name = agency(said.group("who")) if said else None
    return name is not None and _named_by(tidy_number(found.group(1)), name) is None


def _own_words(line: str, found: re.Match[str], opening: str) -> bool:
    """ "Theo văn bản số 73/UBND-NLN, UBND tỉnh chỉ đạo …": the page tells that very document."""
    after = rx(
        rf"(?: ?,? ?(?:{DATE_DIGITS}|{DATE_WORDS}))?(?: của (?P<by>[^,.;]{{3,60}}))?,\s*"
        rf"(?P<who>{OWNER})[^,.;:]{{0,60}}? {DIRECTS}"
    )
    said = after.match(opening, found.end(1))
    if said is None or not rx(r"(?:^|[:.]\s*)Theo(?: nội dung)? [^.;]{0,30}$").search(line):
        return False
    own = "UBND" if rx(r"UBND|[UỦ][ỷỶyYủ] ban nhân").search(said.group("who")) else None
    return own is not None and own in found.group(1) and said.group("by") is None


def news_date(opening: str, sign: str) -> date | None:
    number = _spaced(sign)
    near = rx(rf"{number}\s*,?\s*(?:{DATE_DIGITS}|{DATE_WORDS})", re.I).search(opening)
    if near:
        return as_date(*[group for group in near.groups() if group])
    for at in rx(number).finditer(opening):
        if day := _day_before(opening[max(0, at.start() - 260) : at.start()]):
            return day
    return None


def _day_before(before: str) -> date | None:
    """The day that stands last before the act, and is not that of a document named before it."""
    for day in reversed([*rx(rf"{DATE_DIGITS}|{DATE_WORDS}", re.I).finditer(before)]):
        of_another = rx(rf"{NUMBER} *,? *\Z").search(before[: day.start()])
        acts = rx(r"[^.\n]*(?<!\w)(?:ban hành|ký|có|phát hành)(?!\w)[^.\n]*").fullmatch(before[day.end() :])
        if acts and not of_another:
            return as_date(*[group for group in day.groups() if group])
    return None


def news_issuer(opening: str, sign: str) -> str | None:
    opening = rx(r" \([A-ZĐ][A-ZĐ&-]{1,11}\)").sub("", opening)  # "Tập đoàn Điện lực Việt Nam (EVN)"
    told = rx(
        rf"([^,.;:\n()]{{3,60}}?(?:, [^.;:\n()]{{3,60}}?)?)\s(?:vừa |đã |mới )*(?:ký |có |ban hành |"
        rf"phát hành |ra (?=(?i:{KIND_WORDS})))+[^.\n]{{0,60}}{_spaced(sign)}"
    ).search(opening)
    if told is None:
        who = rf"(?P<who>{OWNER}(?: [^\s,.;:]+){{0,8}}?)"
        says = rx(rf"{_spaced(sign)}[^.;:\n]{{0,40}}?,\s*{who} {DIRECTS}").search(opening)
        # "UBND tỉnh banh Công văn số …": a verb that is misprinted, or one that nobody thought of
        odd = rf"(?:^|\n|, )\s*{who}(?: [^\s,.;:]+){{1,2}} (?:{KIND_WORDS}) (?:số )?:?\s*{_spaced(sign)}"
        says = says or rx(odd, re.I).search(opening)
        dated = rf"(?:^|\n)\s*(?:{KIND_WORDS}) (?:số )?:?\s*{_spaced(sign)},?(?: (?:{DATE_DIGITS}|{DATE_WORDS}))?"
        says = says or rx(rf"{dated},? của {who}(?= về| v/v|,|\.|\n|$)", re.I).search(opening)
        return agency(says.group("who")) if says and says.group("who")[0].isupper() else None
    # "Tin từ … cho biết, Văn phòng …", "Thừa lệnh Chủ tịch, …": the name comes last
    told_by = r"^\W*(?:Tin|Theo|Thừa|Thực hiện|Nhằm|Để|Trước|Mới|Sau|Chiều|Sáng|Hôm|Trên|Căn cứ|Tại|Cùng)\s.*, "
    name = rx(rf"{told_by}|^.*{DATE_DIGITS}\s*,?\s*|^.*{DATE_WORDS}\s*,?\s*|^[\s\-–)]+", re.I).sub("", told.group(1))
    if not name.strip(" ,-–")[:1].isupper():
        return None
    if signer := person(name.strip(" ,-–")):
        name = name[: name.rindex(signer)].rstrip(" ,-–") or name
    return agency(name)


def news_subject(opening: str, sign: str) -> str | None:
    told = rx(rf"{_spaced(sign)}[^.;:\n]{{0,90}}?(?<!\w)(?:về việc|về)\s+([^\n;]+?)(?:\.?\s*(?:\n|$)|\.\s)").search(
        opening
    )
    return squeeze(told.group(1)).rstrip(".") if told else None


def _spaced(sign: str) -> str:
    return r"\s*".join(map(re.escape, sign))
