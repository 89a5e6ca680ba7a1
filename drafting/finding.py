"""Where words stand in a document, and where an item's words may be cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.words import fold
from models.directive import DraftItem

# A full stop ends a sentence before a capital, and after a word: "P. QLVH", "TP. Thái Bình" and "1. " are none.
SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\)))[.;]/?\s+(?=[^\W\d_]|[(+•-])|;\s+|\n+(?=\s*\S)|\s(?=\([2-9]\)\s)")
FEWEST = 12
"""Characters of a part that can be a duty."""


def base_of(item: DraftItem, texts: Sequence[str]) -> tuple[str, int | None]:
    """The words in which an item is cut: the document's own from its span's start, else its text alone."""
    if item.span_start is None or item.span_end is None or item.file >= len(texts):
        return item.text, None
    return texts[item.file][item.span_start : item.span_end], item.span_start


def cuts(item: DraftItem, texts: Sequence[str]) -> list[int]:
    """Where an item may be split, as offsets in its `base_of`: the reader's offers, ends of sentences, semicolons."""
    base, start = base_of(item, texts)
    offered = item.reading.get("cuts", []) if start is not None else []
    found = {at - (start or 0) for at in offered if 0 < at - (start or 0) < len(base)}
    for end in SENTENCE.finditer(base.rstrip()):
        after = base[end.end()]
        if end.group().startswith(".") and not (after.isupper() or after in "(+•-"):
            continue
        if not any(abs(at - end.end()) < FEWEST for at in found):  # "(2) báo cáo": before or after the number, one cut
            found.add(end.end())
    return [at for at in sorted(found) if _is_part(base[:at]) and _is_part(base[at:])]


def parts(item: DraftItem, texts: Sequence[str]) -> list[tuple[int, str]]:
    """The item's words between its cuts: (offset of the beginning, words)."""
    base, _ = base_of(item, texts)
    at = [0, *cuts(item, texts)]
    return [(start, base[start:end].strip()) for start, end in zip(at, [*at[1:], len(base)], strict=True)]


def find_words(words: str, texts: Sequence[str]) -> tuple[int, int, int] | None:
    """(file, start, end) of words typed or pasted, whatever their blanks, case, and (if need be) marks."""
    for prepare in (str.lower, _unmarked):
        said = prepare(words).split()
        if not said:
            return None
        pattern = re.compile(r"\s+".join(re.escape(one) for one in said))
        for number, text in enumerate(texts):
            plain = prepare(text)
            if len(plain) == len(text) and (hit := pattern.search(plain)):
                return number, hit.start(), hit.end()
    return None


def _unmarked(text: str) -> str:
    return fold(text.lower())


def _is_part(words: str) -> bool:
    return len(words.strip(" \n.;,:-")) >= FEWEST
