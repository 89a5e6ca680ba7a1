"""Is there a secrecy mark on the document? Asked before anything else is read.

A mark is a stamp: it stands in a place of its own (a line, a cell of the letterhead, beside "Độ mật:"), or the
document's own sign ends in "-M". The words "bí mật" or "văn bản mật" in a title or a sentence are no stamp, or a plan
on the protection of state secrets could never be followed up.
"""

from __future__ import annotations

import re

from reading.errors import SecretDocument

HEADER_LINES = 60
GAP = r"[\s.\-_*·]*"  # stamps are printed with spaced letters: "M Ậ T"
CIRCUMFLEX_A = "(?:Ậ|Â|A)"


def _spaced(word: str) -> str:
    return GAP.join(CIRCUMFLEX_A if c == "Ậ" else c for c in word)


DEGREE = rf"(?:(?:T{GAP}[ỐÔO]{GAP}I|T{GAP}U{GAP}Y{GAP}[ỆÊE]{GAP}T){GAP})?" + _spaced("MẬT")
STAMP = rf"[\W_]*(?:(?:TÀI LIỆU|VĂN BẢN|DẤU){GAP}:?{GAP})?{DEGREE}[\W_]*"
LABELLED = rf"(?:độ|mức độ) mật\s*[:\-–]\s*[\W_]*(?:độ\s+)?{DEGREE}(?!\w)"
BESIDE_NUMBER = rf"(?:^|\s){DEGREE}\s+số\s*:|\bsố\s*:.*?\d.*?\s{DEGREE}\s*$"
OWN_SIGN = r"^\W*số\s*:?\s*\d*\w?\s*(?:/\s*\d{4}\s*)?[/\-]\s*[\w&/\-.]*-M(?![\w&])"


def bears_mark(text: str) -> bool:
    """True when a stamp MẬT, TỐI MẬT or TUYỆT MẬT, or a sign ending in "-M", stands on the document."""
    stamp = re.compile(STAMP)
    lines = [line for line in text.split("\n") if line.strip()]
    for place, line in enumerate(lines):
        in_header = place < HEADER_LINES
        # Outside the header only capitals count: "Mật" alone may be a cell of a table about something else.
        if not re.search(r"m", line, re.I) or len(line) > 400:
            continue
        cells = [c.strip() for c in re.split(r"\||\t|\s{3,}", line)] + [line.strip()]
        broken_word = place > 0 and re.search(r"(?:BÍ|BẢO|CƠ)\W*$", lines[place - 1].upper())  # "BẢO VỆ BÍ" / "MẬT"
        if not broken_word and any(stamp.fullmatch(c.upper() if in_header else c) for c in cells if c):
            return True
        if re.search(LABELLED, line, re.I):
            return True
        if in_header and (re.search(BESIDE_NUMBER, line, re.I) or re.search(OWN_SIGN, line.strip(), re.I)):
            return True
    return _stacked(lines[:HEADER_LINES])


def _stacked(lines: list[str]) -> bool:
    """A stamp whose letters or words the extractor put on lines of their own ("TỐI" over "MẬT", "M" "Ậ" "T")."""
    short = [line.strip().upper() if len(line.strip()) <= 5 else "¦ " + line.split()[-1].upper() for line in lines]
    short = [part if part in ("¦ BÍ", "¦ BẢO") or not part.startswith("¦") else "¦" for part in short]
    return re.search(rf"(?<!BÍ )(?<!BẢO )(?<![^\s¦]){DEGREE}(?![^\s¦])", " ".join(short)) is not None


def refuse_secret(text: str) -> None:
    """Raise SecretDocument, which carries no content, if a mark stands on the document."""
    if bears_mark(text):
        raise SecretDocument()
