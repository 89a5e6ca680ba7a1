"""The words of an RTF file: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word and its number; one blank after it belongs to it
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z])"
    rb"|([{}])"
    rb"|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)",
    re.S,
)


@dataclass(frozen=True)
class Token:
    kind: str  # "word", "sign" (\~, \*), "open", "close" or "bytes"
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    r"""In their order. What follows \bin is skipped; a lone backslash at the end is nothing."""
    at = 0
    while match := TOKEN.match(data, at) or TOKEN.search(data, at):
        at = match.end()
        word, number, code, sign, brace, text = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin":
                at += max(value or 0, 0)
            else:
                yield Token("word", word.decode("ascii"), value)
        elif code:
            yield Token("bytes", data=bytes([int(code, 16)]))
        elif sign:
            yield Token("sign", sign.decode("latin-1"))
        elif brace:
            yield Token("open" if brace == b"{" else "close")
        elif text:
            yield Token("bytes", data=text)
