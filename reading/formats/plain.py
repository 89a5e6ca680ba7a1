"""Plain text."""

from __future__ import annotations

from reading.errors import BinaryDocument, UndecodableDocument
from reading.formats import legacy
from reading.words import rx

CONTROL = r"[\x00-\x08\x0e-\x1f]"  # no blank and no end of a line or a page


def decode(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; a byte a letter only where that gives words in TCVN3 or VNI. Anything else is
    named, never guessed."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not utf16:
        raise BinaryDocument()
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in data[:4096])
        if controls > len(data[:4096]) // 50:
            raise BinaryDocument() from None
        bytewise = data.decode("latin-1")
        text = legacy.repair(bytewise)
        if text == bytewise:
            raise UndecodableDocument() from None
    if len(rx(CONTROL).findall(text[:4096])) > max(4, len(text[:4096]) // 50):
        raise BinaryDocument()
    return legacy.repair(text)
