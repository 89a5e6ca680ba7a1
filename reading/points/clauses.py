"""Where the sentences and the clauses of a point begin that may each tell somebody else."""

from __future__ import annotations

from reading.naming import names
from reading.naming.known import ends_name, known_end
from reading.words import LONGEST_POINT, UPPER, rx

LONGEST_CLAUSE = 1500  # characters looked at for the name and what it must do

# A full stop; "; giao …"; "; (2) …", where a sentence numbers its addressees.
SENTENCE = (
    rf"(?<!TP)(?<!\bP)(?<!KT)(?<!TM)\.\s+(?:\(\d{{1,2}}\)\s+)?(?=[{UPPER}])|"
    r";\s+(?=(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị)\s)|"
    r";\s+\(\d{1,2}\)\s+"
)


def sentences(text: str) -> list[int]:
    """Offsets at which the sentences of a point begin."""
    return sorted({0, *(mark.end() for mark in rx(SENTENCE).finditer(text)), *_clauses(text)})


def _clauses(text: str) -> list[int]:
    """ "…; Văn phòng Sở tổng hợp", "A trước ngày 10/8, | B trước ngày 15/8": a known name with its own verb or day."""
    starts = []
    for mark in rx(r"(?P<mark>[;,])\s+(?:còn |riêng |và )?").finditer(text[:LONGEST_POINT]):
        end = known_end(text, mark.end())
        if end is None:
            if mark.group("mark") == ";" and _must(text, mark.end()):
                starts.append(mark.end())
            continue
        no_verb = rx(r"\s+(?:trước|chậm|để|theo|trong|được|về|phối hợp(?! với))\b").match(text, end)
        if mark.group("mark") == ";" and ends_name(text, end) and not no_verb:
            starts.append(mark.end())
            continue
        dated = rx(r"\s+(?:(?:hoàn thành|báo cáo|gửi|nộp|xong)\s)?(?:trước|chậm nhất|muộn nhất)\s").match(text, end)
        if dated and rx(r"(?:trước|chậm nhất|muộn nhất)\s.{0,20}\d+/\d+(?:/\d+)?$").search(text[: mark.start()]):
            starts.append(mark.end())
    return starts


def _must(text: str, at: int) -> bool:
    """ "…; Trung tâm Dịch vụ có trách nhiệm …": a name that nobody knows, with what it must do."""
    found = names.scan(text[at : at + LONGEST_CLAUSE]) if rx(f"[{UPPER}]").match(text, at) else None
    return bool(found and rx(r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì)\b").match(text, at + found.end))
