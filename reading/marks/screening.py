"""Does a file that is kept as evidence bear a secrecy mark? It passes the same check as a document, and no other."""

from __future__ import annotations

from pathlib import PurePath

from reading.errors import (
    BinaryDocument,
    BrokenDocument,
    EmptyDocument,
    NoOldWordReader,
    NoRecogniser,
    UndecodableDocument,
    UnsupportedFormat,
)
from reading.extract import FAMILIES, extract, kind_of
from reading.extracted import Limits
from reading.opening import sandbox
from reading.secrecy import refuse_secret

PATIENCE = Limits(seconds=180, silence=60)
"""The sender waits; sixty scanned pages take about as long."""
CANNOT_BE_READ = (BinaryDocument, BrokenDocument, EmptyDocument, NoOldWordReader, NoRecogniser, UndecodableDocument,
                  UnsupportedFormat)  # fmt: skip
"""Nobody here can read it, but it may still prove something: a picture in another format, a damaged file."""
TABLES_AND_SLIDES = (".xlsx", ".pptx")


def refuse_marked(name: str, data: bytes) -> None:
    """Raise SecretDocument for a file that bears a secrecy mark; another ReadingError for one that can be read, only
    not here and now (too long, a password, macros, the name of another format): its sender can do something about it.

    What cannot be read passes. Never in a transaction: it may take minutes.
    """
    try:
        text = _words(PurePath(name.strip()).suffix.lower(), name, data)
    except CANNOT_BE_READ:
        return
    refuse_secret(text)


def _words(ending: str, name: str, data: bytes) -> str:
    if ending in TABLES_AND_SLIDES:
        return sandbox.run("reading.formats.package", data, None, PATIENCE).text
    if data.startswith(b"GIF8"):
        return sandbox.run("reading.formats.image", data, None, PATIENCE).text
    if not any(ending in known for known in FAMILIES.values()):  # the content says what it is
        name = f"file{FAMILIES[kind_of(data)][0]}"
    text = extract(name, data, limits=PATIENCE).text
    return text.replace(",", "\t").replace(";", "\t") if ending == ".csv" else text
