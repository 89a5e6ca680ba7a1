"""Small tools on Vietnamese words that every part of the reader shares."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

LONGEST_POINT = 10_000  # characters; no point of a directive is longer, a hostile file may be
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"


@cache
def rx(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile on first use: `dondoc --help` must not pay for the reader's many patterns."""
    return re.compile(pattern, flags)


def squeeze(text: str) -> str:
    """Single blanks, none at the ends."""
    return " ".join(text.split())


def unmarked(line: str) -> str:
    """A line without the marks of Markdown around it ("**1. Sở Y tế**", "## Mục đích")."""
    bare = line.strip()
    if not bare.startswith(("#", ">", "*", "_")) and not bare.endswith(("*", "_")):
        return bare
    return rx(r"^(?:#{1,6}\s+|>\s+|[*_]{2,})+|[*_]{2,}$").sub("", bare).strip()


@lru_cache(maxsize=4096)  # the same patterns and names come again with every item
def toneless(text: str) -> str:
    """Without the five tone marks, so that hoà = hòa and Uỷ = Ủy. Safe on patterns written in lower case."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES))


def mentions(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words, in small letters, stands in the text: cheap, before a pattern that is not."""
    small = text.lower()
    return any(word in small for word in words)


def fold(text: str) -> str:
    """Lower case, single blanks, no tones: what names and headings are compared by."""
    return toneless(squeeze(text).lower())
