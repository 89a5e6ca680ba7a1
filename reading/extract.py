"""Bytes of a file → its text. The offsets of every item count in exactly this text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from reading.errors import BinaryDocument, EmptyDocument, UndecodableDocument, UnsupportedFormat

MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)
# Blanks that Word and web pages leave inside Vietnamese text; each becomes one ordinary blank, so offsets stay true.
BLANKS = {
    ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
# Marks without width hide between letters (a stamp split by U+200B would pass a search) and carry no meaning.
INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"}


def clean(text: str) -> str:
    """NFC, no-break spaces as blanks, \\n as the only line end, nothing invisible."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return unicodedata.normalize("NFC", text.translate(INVISIBLE).translate(BLANKS))


def decode(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; anything else is named, never guessed."""
    if data.startswith(MAGIC):
        raise BinaryDocument()
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not utf16:
        raise BinaryDocument()
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in data[:4096])
        raise (BinaryDocument() if controls > len(data[:4096]) // 50 else UndecodableDocument()) from None
    if sum(ord(c) < 32 and c not in "\t\n\r\f\x0b" for c in text[:4096]) > max(4, len(text[:4096]) // 50):
        raise BinaryDocument()
    return text


EXTRACTORS: dict[str, Callable[[bytes], str]] = {"": decode, ".txt": decode, ".text": decode, ".md": decode}


def extract_text(name: str, data: bytes) -> str:
    """What `read --text` prints for a file of this name.

    Raises EmptyDocument, BinaryDocument, UndecodableDocument or UnsupportedFormat.
    """
    if not data.strip():
        raise EmptyDocument()
    extractor = EXTRACTORS.get(PurePath(name).suffix.lower())
    if extractor is None:
        raise UnsupportedFormat()
    text = clean(extractor(data))
    if not any(c.isalnum() for c in text):
        raise EmptyDocument()
    return text
