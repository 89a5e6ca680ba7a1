"""Number, date, issuer, subject, signer, urgency: NĐ 30/2020/NĐ-CP letterheads, or the sentence of a news page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from reading.letterhead import signature
from reading.letterhead.bare_titles import completed_by_title
from reading.letterhead.header_cells import header_cells
from reading.letterhead.issuers import HEAD_LINE, join_letterhead
from reading.letterhead.news import news_header
from reading.letterhead.numbers import DATE_DIGITS, DATE_WORDS, NUMBER, OLD_NUMBER, as_date, kind_by_sign, tidy_number
from reading.letterhead.properties import completed
from reading.model import Header
from reading.words import UPPER, rx, squeeze

TITLES = {
    "CHỈ THỊ": "chi_thi",
    "KẾ HOẠCH": "ke_hoach",
    "THÔNG BÁO": "thong_bao",
    "CÔNG ĐIỆN": "cong_dien",
    "QUYẾT ĐỊNH": "quyet_dinh",
    "NGHỊ QUYẾT": "other",
    "TỜ TRÌNH": "other",
    "BÁO CÁO": "other",
    "CHƯƠNG TRÌNH": "other",
    "HƯỚNG DẪN": "other",
    "PHƯƠNG ÁN": "other",
    "KẾT LUẬN": "other",
    "QUY CHẾ": "other",
    "GIẤY MỜI": "other",
    "ĐỀ ÁN": "other",
    "QUY ĐỊNH": "other",
    "NGHỊ ĐỊNH": "other",
    "THÔNG TƯ": "other",
    "THÔNG TRI": "other",
    "ĐỀ CƯƠNG": "other",
    "BIÊN BẢN": "other",
    "GIẤY GIỚI THIỆU": "other",
}
URGENCY = r"(HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN)"


def read_header(text: str) -> Header:
    """What a person reads off the top and the bottom of the document."""
    return completed(_header(text), text)


def _header(text: str) -> Header:
    cells = header_cells(text)
    if not any(is_letterhead_mark(cell) for cell in cells[:40]):
        found = completed_by_title(news_header(text), text, cells, TITLES)
        asked = any(rx(r"Kính gửi\s*:", re.I).match(cell) for cell in cells[:60])
        if found.kind == "other" and found.number is None and asked and not any(c.rstrip(":") in TITLES for c in cells):
            found = replace(found, kind="cong_van")  # a letter whose head is lost
        return found
    number = letter_number(cells)
    kind, title_at = kind_of(cells, number)
    letter = any(rx(r"V/v|Về việc|Kính gửi|Gửi\s*:", re.I).match(cell) for cell in cells[:60])
    if number is None and title_at is None and not letter:
        kind = "other"  # no sign, no title, no addressee: a timetable, a list
    if letter and title_at is None and rx(r"\d+\w?/(?:PB|PC|PG|TC|TL)-").match(number or ""):
        kind = "cong_van"  # "288/PB-DT" with "V/v": an agency's letters, which are a type's too
    return Header(
        kind=kind,
        number=number,
        issued_on=letter_date(cells),
        issuer=issuer_of(cells) or sender_of(cells),
        signer=signature.signer(text),
        subject=subject_of(cells if title_at is not None else cells[letterhead_at(cells) :], title_at),
        urgency=urgency_of(cells),
        addressees=addressees(cells),
    )


def is_letterhead_mark(cell: str) -> bool:
    return bool(
        rx(
            r"CỘNG H(?:ÒA|OÀ) XÃ|ĐẢNG CỘNG SẢN VIỆT NAM\b|ĐOÀN TNCS HỒ CHÍ MINH$|Số\s*:\s*\d*\w?\s*[/\-]\s*[A-ZĐ]"
        ).match(cell)
    )


def letter_number(cells: list[str]) -> str | None:
    for cell in cells[:40]:
        if rx(r"Số\s*:\s*[….·_]+\s*[/-]|Căn cứ\s", re.I).match(cell):
            return None  # left open; a number further down is another document's
        if start := rx(r"Số\s*:?\s*(?=[\d/\-])", re.I).match(cell):
            found = rx(NUMBER).match(cell, start.end()) or rx(rf"{OLD_NUMBER}\W*$").match(cell, start.end())
            return tidy_number(found.group(1) if found.lastindex else found.group()) if found else None
    return None


def letter_date(cells: list[str]) -> date | None:
    """The date beside the place, in words, or in figures where the line holds nothing else."""
    for place, cell in enumerate(cells[:40]):
        if rx(r".{0,40}\bngày(?:\s*\d{1,2}(?:\s*tháng(?:\s*\d{1,2}(?:\s*năm)?)?)?)?$").match(cell):
            cell = squeeze(" ".join(cells[place : place + 2]))  # the line is broken inside the date
        found = rx(DATE_WORDS, re.I).search(cell)
        # The date line begins with a place; "Căn cứ Luật … ngày …" is a citation.
        if (
            found
            and rx(r"^[^;:]{0,40},?\s*$").match(cell[: found.start()])
            and not rx(r"căn cứ|kèm theo", re.I).search(cell)
        ):
            return as_date(*found.groups())
        figures = rx(rf"[{UPPER}][\w.]*(?:[\s\-–]+[{UPPER}][\w.]*){{0,6}},\s*{DATE_DIGITS}\W*", re.I).fullmatch(cell)
        if figures and cell[:1].isupper():
            return as_date(*figures.groups())
    return None


def kind_of(cells: list[str], number: str | None) -> tuple[str, int | None]:
    """The type named in the title line, else the type code of the sign; 5348/CT-CS is Cục Thuế's, not a Chỉ thị."""
    for place, cell in enumerate(cells[:45]):
        name = cell.rstrip(":").strip()
        if name in TITLES:
            return TITLES[name], place
        longest = next((t for t in TITLES if cell.startswith(t + " ") and cell[: len(t) + 6].isupper()), None)
        if longest and place > 1:
            return TITLES[longest], place
    return kind_by_sign(number), None


def subject_of(cells: list[str], title_at: int | None) -> str | None:
    if title_at is not None:
        lines = cells[title_at + 1 : title_at + 12]
        first = next((t for t in TITLES if cells[title_at].startswith(t + " ")), None)
        opening = [cells[title_at][len(first) :].strip()] if first else []
        return squeeze(" ".join(opening + until_body(lines))) or None
    for place, cell in enumerate(cells[:40]):
        if found := rx(r"[“\"(]?(?:V/v|[Vv]ề việc(?! này))\s*:?\s*|Về\s(?=\w)(?!việc này)", re.I).match(cell):
            below = cells[place + 1 : place + 10]
            end = next((n for n, line in enumerate(below) if "”" in line), None) if "”" not in cell else None
            quoted = cell[0] == "“" and end is not None  # up to where the quotation ends
            rest = [cell[found.end() :], *(below[: (end or 0) + 1] if quoted else until_body(below, letterhead=True))]
            return squeeze(" ".join(rest)).rstrip(".").strip('“”"') or None
    return None


# "THỦ TƯỚNG CHÍNH PHỦ" between a title and "Căn cứ …": who decides.
AUTHORITY = (
    r"(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|(?:CHỦ TỊCH )?(?:ỦY|UỶ) BAN .*|BỘ TRƯỞNG .*|(?:TỔNG )?GIÁM ĐỐC .*|"
    r"HỘI ĐỒNG .*|CHỦ TỊCH .*|(?:HIỆU|VIỆN|CỤC|TỔNG CỤC) TRƯỞNG.*|BAN (?:THƯỜNG VỤ|CHẤP HÀNH).*|THỐNG ĐỐC .*)"
)
BASIS = r"(?:Căn cứ|Xét|Theo|Thực hiện|Trên cơ sở|Sau khi)\s"


def until_body(lines: list[str], letterhead: bool = False) -> list[str]:
    taken: list[str] = []
    stop = (
        r"Kính gửi|ĐẢNG CỘNG|Căn cứ|Thực hiện|Để |Theo |Nhằm |Ngày |Trong |\(|[-_]{3}|Điều "
        r"|CỘNG H|Độc lập|ĐOÀN TNCS"
    )
    for place, line in enumerate(lines):
        if taken and rx(AUTHORITY).fullmatch(line) and rx(BASIS).match(lines[place + 1] if lines[place + 1 :] else ""):
            break
        if (
            (rx(stop).match(line) and (taken or letterhead))
            # A number: a title without a subject, and the first point already.
            or rx(r"Kính gửi|CỘNG H|Độc lập|Căn cứ|[IVX]+\.|\d+\.").match(line)
            or rx(URGENCY).fullmatch(line)
            or rx(r".{3,90}\sđiện\s*:").match(line)  # "CHỦ TỊCH UBND TỈNH điện:" begins the text of a công điện
        ):
            break
        if rx(DATE_WORDS).search(line) and rx(r"^[^;:]{0,40}ngày\s").match(line) and letterhead:
            break
        if taken and line.isupper() and not taken[-1].isupper():
            break  # the authority that decides stands in capitals after the subject
        if not letterhead and taken and line[:1].isupper() and line.endswith((".", ";")):
            break  # a sentence: the text has begun
        if not letterhead and taken and not line.isupper() and (len(line) > 150 or taken[-1].isupper()):
            break
        taken.append(line)
    return taken


def urgency_of(cells: list[str]) -> str | None:
    """As stamped: in a place of its own, before the text begins."""
    for cell in cells[:45]:
        if rx(r"Kính gửi", re.I).match(cell):
            continue
        if found := rx(rf"[\W_]*(?:ĐỘ KHẨN\s*:\s*)?{URGENCY}[\W_]*").fullmatch(cell):
            return found.group(1)
        if found := rx(rf"[\W_]*Độ khẩn\s*:\s*{URGENCY}[\W_]*", re.I).fullmatch(cell):
            return found.group(1)
    return None


def addressees(cells: list[str]) -> tuple[str, ...]:
    """The names of the "Kính gửi" block, one line or one dash each; a line may run on into the next."""
    for place, cell in enumerate(cells[:60]):
        if found := rx(r"(?:[Kk][íÍ][nN][hH] [gG][ửỬ][iI]\s*:?|Gửi\s*:|GỬI\s*:)\s*|.{3,90}\sđiện\s*:\s*$").match(cell):
            first = rx(r"^[-–+]\s*").sub("", cell[found.end() :]).strip()
            names = [first] if first else []
            for line in cells[place + 1 : place + 25]:
                dash = rx(r"[-–+]\s*").match(line)
                if names and not dash and line[:1].islower() and not names[-1].rstrip().endswith((";", ".")):
                    names[-1] += " " + line
                    continue
                undashed = names[-1].rstrip().endswith(";") if names else line.rstrip().endswith((";", "."))
                if not (dash or undashed):
                    break
                names.append(line[dash.end() :] if dash else line)
            return tuple(n for n in (name.strip(" ;.,") for name in names) if n)
    return ()


def letterhead_at(cells: list[str]) -> int:
    """Where it begins: a page may print its menu, its counters and the title above it."""
    mark = next((place for place, cell in enumerate(cells[:40]) if is_letterhead_mark(cell)), 0)
    first = mark
    while first and mark - first < 6 and (cells[first - 1].isupper() or cells[first - 1].startswith("Số ")):
        first -= 1
    named = (place for place in range(first, mark) if rx(HEAD_LINE).match(cells[place]))
    return next(named, first)


def sender_of(cells: list[str]) -> str | None:
    """ "THỦ TƯỚNG CHÍNH PHỦ điện:": a công điện whose letterhead names nobody."""
    for cell in cells[:40]:
        if sent := rx(rf"(?P<who>[{UPPER}][{UPPER}\s]{{4,80}}) (?:điện|ĐIỆN)\s*:.*").fullmatch(cell):
            return join_letterhead([sent.group("who")])
    return None


def issuer_of(cells: list[str]) -> str | None:
    """The letterhead's left column; a parent's province completes a department's name."""
    lines: list[str] = []
    begin = letterhead_at(cells)
    for cell in cells[begin : begin + 14]:
        if rx(r"CỘNG H|CHỦ NGHĨA|Độc lập|ĐẢNG CỘNG SẢN|HỘI CHỦ NGHĨA|ĐOÀN TNCS HỒ CHÍ MINH$", re.I).match(cell):
            continue
        if (
            rx(r"Số\s*:|Số\s+\d|Kính gửi|[“\"(]?V/v", re.I).match(cell)
            or rx(DATE_WORDS, re.I).search(cell)
            or cell in TITLES
        ):
            break
        if cell.isupper() and not rx(URGENCY).fullmatch(cell):
            lines.append(cell)
    return join_letterhead(lines)
