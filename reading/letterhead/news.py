"""The header of a page that tells of a document: who "vừa ký ban hành" which number, when, about what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from reading.letterhead import signature
from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, KIND_WORDS, NUMBER, as_date, kind_by_sign, tidy_number
from reading.model import Header
from reading.words import UPPER, rx, squeeze

# What the writer did with the document that the page tells of; what it only answers or carries out is another's.
LONGEST_CITING = 400  # characters before a number that may say whose it is
ISSUED = r"(?:ký|ban hành|phát hành|có|gửi|ra)"
CITED = (
    r"(?:nhận được|(?<!\w)theo|căn cứ|thực hiện|(?<!\w)xét|(?<!\w)tại|thay thế|trên cơ sở|triển khai|"
    r"tiếp theo|kèm theo)[^.;\n]{0,80}$"
)
AGENCY = r"(?:(?:Văn phòng )?(?:UBND|[UỦ][ỷỶyYủ] ban nhân dân)|Sở|Bộ(?! phận)|Tỉnh [uủ][yỷ]|Thành [uủ][yỷ]|Ban|Cục)"
DIRECTS = r"(?:vừa |đã |mới )*(?:có (?:ý kiến|văn bản)(?: chỉ đạo)?|chỉ đạo|yêu cầu|đề nghị)(?!\w)"
KINDS = {
    "chỉ thị": "chi_thi", "kế hoạch": "ke_hoach", "thông báo": "thong_bao", "công điện": "cong_dien",
    "quyết định": "quyet_dinh", "công văn": "cong_van", "văn bản": "cong_van",
}  # fmt: skip
SURNAMES = (
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lâm|Mai|Cao|Hà|"
    r"Tạ|Tô|Lương|Đào|Phùng|Quách|Thái|Vương|Lưu|Nông|Triệu|Chu|Châu|La|Thân|Kiều|Giàng|Lò|Hầu|Tống|Doãn|Khuất|Nghiêm|Lại)"
)


def news_header(text: str) -> Header:
    """A page that tells of a document: who "vừa ký ban hành" which number, when, about what."""
    opening = rx(r"(?P<last>[^\s]*)\n(?P<next>\w)").sub(_one_line, text[:4000])
    number = _number(opening)
    bare = _issued_without_sign(opening)
    if bare and (number is None or (number.start(1) > bare[0] and not number.group(1).startswith(bare[1]))):
        return replace(bare[2], signer=signature.signer(text))
    if number is None:
        return _without_number(opening)
    line = opening[opening.rfind("\n", 0, number.start(1)) + 1 : (opening + "\n").find("\n", number.end(1))]
    sign = tidy_number(number.group(1))
    return Header(
        kind=kind_by_sign(sign),
        number=sign,
        issued_on=news_date(opening, sign),
        issuer=news_issuer(opening, sign),
        subject=news_subject(opening, sign),
        signer=_signs(line) or signature.signer(text),
    )


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
            if issued or not rx(CITED, re.I).search(clause) or _own_words(line, found, opening):
                return found
    return None


def _own_words(line: str, found: re.Match[str], opening: str) -> bool:
    """ "Theo văn bản số 73/UBND-NLN, UBND tỉnh chỉ đạo …": the page tells that very document."""
    after = rx(
        rf"(?: ?,? ?(?:{DATE_DIGITS}|{DATE_WORDS}))?(?: của (?P<by>[^,.;]{{3,60}}))?,\s*"
        rf"(?P<who>{AGENCY})[^,.;:]{{0,60}}? {DIRECTS}"
    )
    said = after.match(opening, found.end(1))
    if said is None or not rx(r"(?:^|[:.]\s*)Theo(?: nội dung)? [^.;]{0,30}$").search(line):
        return False
    own = "UBND" if rx(r"UBND|[UỦ][ỷỶyYủ] ban nhân").search(said.group("who")) else None
    return own is not None and own in found.group(1) and said.group("by") is None


def _issued_without_sign(opening: str) -> tuple[int, str, Header] | None:
    """ "Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị số 17 về …": (where, its figures, what it is)."""
    told = rx(
        r"(?:^|\n|[.,–-]\s)\s*"
        rf"(?P<who>{AGENCY}(?: [^\s,.;:]+){{0,10}}?) (?:vừa |đã |mới )+"
        rf"(?:ký )?(?:ban hành|có|ra) (?P<kind>{KIND_WORDS}) số (?P<n>\d{{1,5}})(?!\s?[\d/-])(?= về |,| và )"
        r"(?: (?P<what>về [^\n;]+?)\.?(?:\n|$|\. ))?",
        re.I,
    ).search(opening)
    if told is None:
        return None
    kind = KINDS.get(told.group("kind").lower(), "other")
    subject = squeeze(told.group("what") or "") or None
    return told.start("who"), told.group("n"), Header(kind=kind, issuer=_agency(told.group("who")), subject=subject)


def _without_number(opening: str) -> Header:
    """ "UBND tỉnh chỉ đạo …", "Chủ tịch UBND tỉnh có ý kiến:": a letter whose number the page does not tell."""
    post = r"(?:(?:Phó )?(?:Chủ tịch|Giám đốc|Chánh Văn phòng) )?"
    told = rx(rf"(?:^|\n|[.,]\s)\s*{post}(?P<who>{AGENCY}(?: [^\s,.;:]+){{0,8}}?) {DIRECTS}").search(opening)
    if told is None:
        return Header(kind="other")
    return Header(kind="cong_van", issuer=_agency(told.group("who")))


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
    told = rx(
        rf"([^,.;:\n()]{{3,60}}?(?:, [^.;:\n()]{{3,60}}?)?)\s(?:vừa |đã |mới )*(?:ký |có |ban hành |"
        rf"phát hành )+[^.\n]{{0,60}}{_spaced(sign)}"
    ).search(opening)
    if told is None:
        who = rf"(?P<who>{AGENCY}(?: [^\s,.;:]+){{0,8}}?)"
        says = rx(rf"{_spaced(sign)}[^.;:\n]{{0,40}}?,\s*{who} {DIRECTS}").search(opening)
        return _agency(says.group("who")) if says else None
    name = rx(rf"^.*{DATE_DIGITS}\s*,?\s*|^.*{DATE_WORDS}\s*,?\s*|^[\s\-–)]+", re.I).sub("", told.group(1))
    if person := _person(name.strip(" ,-–")):
        name = name[: name.rindex(person)].rstrip(" ,-–") or name
    return _agency(name)


def _agency(words: str) -> str | None:
    """Without the post of the one who signs."""
    name = rx(r"^(?:(?:đồng chí|ông|bà) .*, )?(?:Phó )?(?:Giám đốc|Chủ tịch|Thủ trưởng|Chánh Văn phòng)\s(?=\S)").sub(
        "", words.strip(" ,-–")
    )
    return squeeze(rx(r"^UBND\b").sub("Ủy ban nhân dân", name)) or None


def _signs(line: str) -> str | None:
    """ "Phó Chủ tịch UBND tỉnh Trần Văn An vừa ký …", "đồng chí Trần Văn An, Giám đốc Sở, đã ký …"."""
    signs = rx(r"\s(?:vừa |đã |mới )*(?:thay mặt [^,.;]{3,60} )?ký(?= |$)").search(line)
    if signs is None:
        return None
    before = line[: signs.start()]
    polite = rx(rf"(?:[Đđ]ồng chí|[ÔôBb][\w]+)((?: [{UPPER}]\w*){{2,4}})\s*[,–-][^.;]{{3,90}}$").search(before)
    return polite.group(1).strip() if polite else _person(before)


def _person(before: str) -> str | None:
    """The person's name that ends the words: from its surname on, since a place may stand right before it."""
    posts = (
        r"(?<!\w)(?:Chủ tịch|Giám đốc|Chánh|Trưởng|Bí thư|Thủ trưởng|Thủ tướng|Bộ trưởng|Thứ trưởng|"
        r"đồng chí|Đồng chí|ông|bà)\s"
    )
    post = rx(posts).search(before)
    for surname in rx(rf"(?<!\w){SURNAMES} ").finditer(before, post.end() if post else len(before)):
        name = before[surname.start() :]
        place = rf"(?:tỉnh|phố|TP|TP\.|huyện|xã|phường|Sở \S+) (?:[{UPPER}]\w* )?$"
        in_place = rx(place).search(before[: surname.start()])
        if (not in_place or len(name.split()) < 4) and rx(rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{2,3}}").fullmatch(name):
            return name
    return None


def news_subject(opening: str, sign: str) -> str | None:
    told = rx(rf"{_spaced(sign)}[^.;:\n]{{0,40}}?(?:về việc|về)\s+([^\n;]+?)(?:\.?\s*(?:\n|$)|\.\s)").search(opening)
    return squeeze(told.group(1)).rstrip(".") if told else None


def _spaced(sign: str) -> str:
    return r"\s*".join(map(re.escape, sign))
