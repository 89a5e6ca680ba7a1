"""Is there a secrecy mark on the document? Asked before anything else is read.

A mark is a stamp: it stands in a place of its own (a line, a cell of the letterhead, beside "Độ mật:"), or the
document's own sign ends in "-M". The words "bí mật" or "văn bản mật" in a title or a sentence are no stamp, or a plan
on the protection of state secrets could never be followed up. Where a mark cannot be told from a word, the document is
refused: the paper register is always there.
"""

from __future__ import annotations

import re

from reading.errors import SecretDocument
from reading.marks.stamps import DEGREE as DEGREE_LETTERS
from reading.marks.stamps import LONGEST, Place, degree_of, is_stamp, letters, plain
from reading.words import rx

HEADER_LINES = 60
COLUMNS = r"[|│║┃\t]|\s{2,}"
# Where the letterhead is over and a cell "Mật" may speak of something else.
BODY = r"\W*(?:kính gửi|căn cứ|điều\s+1\b|1\s?[.)]\s|i\s?[.)/]\s)"
GAP = r"[\s.\-_*·]*"
DEGREE = rf"(?:(?:T{GAP}[ỐÔO0]{GAP}[IL1]|T{GAP}U{GAP}Y{GAP}[ỆÊE]{GAP}T){GAP})?M{GAP}[ẬÂAẶẠẤ]{GAP}T"
LABEL = (
    r"(?:(?:dấu\s+chỉ\s+)?(?:các\s+)?(?:mức\s+|cấp\s+|chế\s+)?độ\s+(?:bảo\s+)?mật|dấu\s+mật|"
    r"phân\s+loại(?:\s+mật)?(?=\s*:))"
)
# After its label a degree may stand behind the sign of its envelope or the box of a form: "A (Tuyệt mật)", "1. Mật".
LABELLED = (
    rf"(?:^\W*|[;.,\t|]\s*|\s{{2,}}){LABEL}[\W_]+(?:[ABC1-3]\b[\W_]*)?(?:độ\s+)?{DEGREE}"
    rf"(?!\w)\W*?(?:$|[;(\t|]|\s{{2,}}|độ\s+khẩn)|^\W*(?:độ|dấu)\s*:\s*{DEGREE}\W*$"
)
TICKED = rf"(?:[☑☒✓✔✗✘]|\[\s?[xX]\s?\]|\(\s?[xX]\s?\))\s*{DEGREE}(?!\w)"
OTHERWISE_LABELLED = r"\W*[\w\s]{1,25}:\s*(?-i:(?:TỐI\s+|TUYỆT\s+)?MẬT)\W*$"
ENVELOPE = r"\W*chỉ người có tên mới được (?:bóc|mở)(?: bì)?\W*$"
"""The stamp of an envelope with a Tuyệt mật document in it."""
WORD_BEFORE = r"(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!GIẢI )"
BESIDE_NUMBER = rf"(?:^|\s){WORD_BEFORE}{DEGREE}\s+S[Ốố]\s*:|\bS[Ốố]\s*:.*?\d.*?\s{WORD_BEFORE}{DEGREE}\s*$"
# A letterhead whose columns the extractor put on one line with single blanks.
NATION = r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]"
ORGAN = (
    r"\W*(?:UBND|[ỦU][YỶ] BAN|HĐND|HỘI ĐỒNG|BỘ|SỞ|(?:TỔNG |CHI )?CỤC|THANH TRA|CÔNG AN|VĂN PHÒNG|PHÒNG|BAN|"
    r"(?:TỈNH|THÀNH|ĐẢNG|HUYỆN|QUẬN) [ỦU][YỶ]|TRUNG TÂM|VIỆN|TỈNH|THÀNH PHỐ)\b"
)
PLACE = r"(?:XÃ|PHƯỜNG|THÔN|XÓM|ẤP|BẢN|HUYỆN|QUẬN|TỈNH|THỊ TRẤN|ĐẶC KHU|GAN)(?:\s\w+)?\s[-–]?\s?MẬT\W*$"
BESIDE_LETTERHEAD = rf"(?:^|\s){WORD_BEFORE}{DEGREE}\s+(?:{NATION})|(?:VIỆT NAM|Hạnh phúc)\s+{DEGREE}\W*$"
BESIDE_ORGAN = rf"{ORGAN}.*\s{WORD_BEFORE}MẬT\W*$"
GOES_ON = r"\W*(?:MÃ|ĐỘ|KHẨU|NHÀ|ONG)\b"
# "45/SNV-M", "45/SNV/M", "45/SNV-VP (M)", "…/QĐ-UBND(M)"; "45/SCT-TM" is the department's room of trade.
DASH = r"\s?[-–—‐‑/_.]\s?"
TAIL = rf"(?:{DASH}(?:M|(?:TỐI |TUYỆT )?MẬT)|\s?[(\[]\s?(?:T?M|TUM|(?:TỐI |TUYỆT )?MẬT)\s?[)\]])(?![\w&])"
OWN_NUMBER = rf"[\w.]{{0,12}}\s*(?:/\s*\d{{4}}\s*)?(?:[-–/][\w&/.\s–-]{{0,40}}?)??{TAIL}"
OWN_SIGN = rf"(?:^\W*S[ỐÔOÓ06]|\s(?-i:S[Ốố]))\s*[:;]\s*{OWN_NUMBER}"
"""The letters of "Số" as recognition spoils them."""
BARE_SIGN = rf"\W*(?:(?-i:S[Ốố])\s*)?\d{{1,5}}[^\W\d]?(?:/\d{{4}})?/[A-ZĐ][\wĐ&/–-]{{1,30}}?{TAIL}\W*$"


def bears_mark(text: str) -> bool:
    """True when a stamp MẬT, TỐI MẬT or TUYỆT MẬT, or a sign ending in "-M", stands on the document."""
    lines = [line for line in plain(text).split("\n") if rx(r"\w").search(line)]
    body = next((at for at, line in enumerate(lines) if at > 2 and rx(BODY, re.I).match(line)), HEADER_LINES)
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if _marked(line, before, after, at < min(body, HEADER_LINES)):
            return True
    return _stacked(lines)


def _marked(line: str, before: str, after: str, header: bool) -> bool:
    """Does this line, or a cell of it, carry a mark?"""
    if not rx(r"[mM]").search(line):
        return False
    if rx(LABELLED, re.I).search(line[:LONGEST]) or rx(ENVELOPE, re.I).match(line[:LONGEST]):
        return True
    cells = [cell for cell in rx(COLUMNS).split(line) if rx(r"\w").search(cell)]
    if header and _in_letterhead(line[:400], cells, after):
        return True
    told = header or rx(rf"\W*{LABEL}\W*$", re.I).match(before[:LONGEST]) is not None
    numbered = len(cells) > 1 and cells[0].strip(" .").isdigit()
    if is_stamp(line, Place(before, after, told, numbered, alone=True)):
        return True
    if _letter_by_letter(cells):
        return True
    for at, cell in enumerate(cells):
        left = cells[at - 1] if at else ""
        right = cells[at + 1] if at + 1 < len(cells) else ""
        if len(cells) > 1 and len(cell) > 2 and is_stamp(cell, Place(left, right, told, numbered, alone=False)):
            return True
    return False


def _in_letterhead(line: str, cells: list[str], after: str) -> bool:
    """What is a mark only above the body: beside the number or a name at the head, in a box of a form, in the sign."""
    if rx(BESIDE_NUMBER).search(line) or rx(OWN_SIGN, re.I).search(line):
        return True
    if rx(TICKED, re.I).search(line) or rx(OTHERWISE_LABELLED, re.I).match(line):
        return True
    if rx(BESIDE_LETTERHEAD).search(line) or any(rx(BARE_SIGN).match(cell[:LONGEST]) for cell in cells):
        return True
    organs = [cell for cell in cells if cell.isupper() and rx(BESIDE_ORGAN).match(cell[:LONGEST])]
    return any(not rx(PLACE).search(cell) for cell in organs) and rx(GOES_ON).match(after) is None


def _letter_by_letter(cells: list[str]) -> bool:
    """ "M | Ậ | T" among other cells of one row."""
    single = (letters(cell) if len(cell) < 9 else "" for cell in cells)
    return rx(DEGREE_LETTERS).search("".join(one if len(one) == 1 else " " for one in single)) is not None


def _stacked(lines: list[str]) -> bool:
    """A stamp whose letters or words the extractor put on lines of their own ("TỐI" over "MẬT", "M" "Ậ" "T")."""
    whole = [letters(line) if len(line) < LONGEST else "" for line in lines]
    short = [part if len(part) <= 5 and part.isupper() else "" for part in whole]
    first = [_single(line.split()[0]) for line in lines[:HEADER_LINES]]
    last = [_single(line.split()[-1]) for line in lines[:HEADER_LINES]]
    return any(_spells(column) for column in (short, first, last))


def _single(word: str) -> str:
    part = letters(word)
    return part if len(part) == 1 and part.isupper() else ""


def _spells(column: list[str]) -> bool:
    """Do neighbours in a column, none of them empty, spell a degree? The word before must not be "BÍ"."""
    for at, part in enumerate(column):
        spelled, place = part, at + 1
        while spelled and place < len(column) and column[place] and len(spelled) <= 8:
            spelled += column[place]
            place += 1
            if degree_of(spelled) and (at == 0 or column[at - 1] not in ("BÍ", "BẢO", "CƠ")):
                return True
    return False


def refuse_secret(text: str) -> None:
    """Raise SecretDocument, which carries no content, if a mark stands on the document."""
    if bears_mark(text):
        raise SecretDocument()
