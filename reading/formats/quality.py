"""Is this Vietnamese? A hidden text layer of a scan, or a font without a table of letters, often is not."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from reading.words import rx, toneless

SYLLABLE = (
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
FAIR = 0.7  # of the words; a directive full of names and abbreviations still has nine in ten
MARKED = 0.25  # of the words carry a mark: in Vietnamese two of three do, in a layer read as English hardly one
ENOUGH = 12  # words below which nothing can be said


def is_vietnamese(words: Sequence[str]) -> bool:
    """True where most words are Vietnamese syllables and marks are there; True where too little stands to tell."""
    bare = [letters for word in words if len(letters := word.strip("“”\"'‘’()[].,;:!?…-–/").lower()) > 1]
    bare = [word for word in bare if not any(c.isdigit() for c in word)]
    judged = [word for word in bare if word.isalpha()]
    if len(judged) < ENOUGH:
        return len(bare) - len(judged) <= ENOUGH
    good = sum(bool(rx(SYLLABLE).fullmatch(toneless(word))) for word in judged)
    marked = sum(unicodedata.normalize("NFD", word) != word or "đ" in word for word in judged)
    return good >= FAIR * len(judged) and marked >= MARKED * len(judged)


def share_of_syllables(words: Sequence[str]) -> float:
    """For comparing two readings of one page, which differ in how it was turned."""
    letters = [word.lower() for word in words if len(word) > 1 and word.isalpha()]
    return sum(bool(rx(SYLLABLE).fullmatch(toneless(word))) for word in letters) / max(len(words), 1)
