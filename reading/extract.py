"""Bytes of a file → its text. The offsets of every item count in exactly this text.

What a file is, its first bytes say; its name must agree. Plain text is decoded here; every other format is opened in a
child process (reading/opening/sandbox.py), for files come from anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from reading.errors import (
    BrokenDocument,
    EmptyDocument,
    OversizedDocument,
    UnsupportedFormat,
    WrongExtension,
)
from reading.extracted import Extracted, Limits, Progress
from reading.secrecy import refuse_secret

LARGEST_FILE = 64 << 20
LARGEST_TEXT = 1_000_000
"""Letters of one file, some 400 pages: the densest list of that length is read in about ten seconds."""

MOST_LINES = 40_000
"""Three hundred full pages have half as many; of lines of a letter or two a reading would take minutes."""

WORD = (".doc", ".docx", ".rtf", ".htm", ".html")
"""Any of these may hold any of these: files called .doc are very often web pages or RTF."""
PICTURE = (".jpg", ".jpeg", ".png")
TEXT = ("", ".txt", ".text", ".md")
FAMILIES = {"old_word": WORD, "docx": WORD, "rtf": WORD, "html": WORD, "image": PICTURE, "pdf": (".pdf",),
            "plain": TEXT}  # fmt: skip

WRITTEN = ("html", "rtf", "docx")
QUICK = Limits(seconds=30, silence=30)
"""For what needs no recognition: the longest honest page takes less than ten seconds."""

MAGIC = (
    (b"PK\x03\x04", "docx"),  # or another archive: the child looks inside
    (b"\xd0\xcf\x11\xe0", "old_word"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
)
# Atomic, or comments one after the other could be cut up in endlessly many ways.
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s*(?:<\?xml[^>]*>|<!--.*?-->))*+\s*<(?:!doctype\s+html|html|head|meta|title|body)\b",
    re.I | re.S,
)

# Blanks that Word and web pages leave inside Vietnamese text; each becomes one ordinary blank, so offsets stay true.
BLANKS = {
    ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
# Marks without width hide between letters (a stamp split by U+200B would pass a search) and carry no meaning; no
# database takes U+0000.
INVISIBLE = {ord(c): None for c in "\u0000\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"}
HALF = re.compile("[\ud800-\udfff]")  # half a letter, which no file and no database can hold


def clean(text: str) -> str:
    """NFC, no-break spaces as blanks, \\n as the only line end, nothing invisible."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return unicodedata.normalize("NFC", HALF.sub("\ufffd", text.translate(INVISIBLE).translate(BLANKS)))


def kind_of(data: bytes) -> str:
    """What the bytes are by their beginning: a name of reading/formats; "plain" for all that has no mark."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if b"%PDF-" in data[:1024]:  # mail gateways put lines before it, and readers take that
        return "pdf"
    if HTML.match(data[:4096].replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "html"
    return "plain"


def _kind(name: str, data: bytes) -> str:
    """The format that content and name agree on."""
    ending = PurePath(name.strip()).suffix.lower()
    if not any(ending in endings for endings in FAMILIES.values()):
        raise UnsupportedFormat()
    kind = kind_of(data)
    if ending in FAMILIES[kind]:
        return kind
    if kind == "plain" and ending in (".htm", ".html"):
        return "html"  # a page may begin with any words
    if kind == "plain" and not _is_text(data[:4096]):
        raise BrokenDocument()
    raise WrongExtension()


def _is_text(start: bytes) -> bool:
    return not any(byte < 32 and byte not in b"\t\n\f\r" for byte in start)


def extract(name: str, data: bytes, progress: Progress | None = None, limits: Limits | None = None) -> Extracted:
    """The text of one file. `progress` hears of every page that is being recognised; what it raises ends the reading.

    Raises a ReadingError, which carries no content.
    """
    if not data.strip():
        raise EmptyDocument()
    kind = _kind(name, data)
    if len(data) > (4 * LARGEST_TEXT if kind == "plain" else LARGEST_FILE):
        raise OversizedDocument()
    found = _cleaned(_opened(kind, data, progress, limits))
    if len(found.text) > LARGEST_TEXT or found.text.count("\n") > MOST_LINES:
        raise OversizedDocument()
    if not any(c.isalnum() for c in found.text):
        raise EmptyDocument()
    return found


def _opened(kind: str, data: bytes, progress: Progress | None, limits: Limits | None) -> Extracted:
    if kind == "plain":
        from reading.formats import plain

        return Extracted(plain.decode(data))
    from reading.opening import sandbox

    usual = QUICK if kind in WRITTEN else Limits()
    return sandbox.run(f"reading.formats.{kind}", data, progress, limits or usual)


def _cleaned(found: Extracted) -> Extracted:
    """The same, cleaned; spans of doubtful words move with what went before them."""
    text, raw = clean(found.text), found.text
    spans = found.doubtful
    if len(text) != len(raw):
        spans = tuple((len(clean(raw[:start])), len(clean(raw[:end]))) for start, end in spans)
    return Extracted(text, spans, found.recognised)


def extract_text(name: str, data: bytes) -> str:
    """The words of one file alone. Raises a ReadingError."""
    return extract(name, data).text


def extract_all(documents: Sequence[tuple[str, bytes]], progress: Progress | None = None) -> tuple[Extracted, ...]:
    """Every file of a dispatch, each screened for a secrecy mark before the next is opened. Raises a ReadingError."""
    found = []
    for name, data in documents:
        found.append(extract(name, data, progress))
        refuse_secret(found[-1].text)
    return tuple(found)
