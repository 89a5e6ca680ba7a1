"""What a file shows before it is opened: archives that swell, macros, passwords, documents of another kind."""

from __future__ import annotations

import io
import struct
import zipfile

from reading.errors import BrokenDocument, MacroDocument, OversizedDocument, ProtectedDocument, UnsupportedFormat

MOST_PARTS = 4000
LARGEST_UNPACKED = 200 << 20
LARGEST_XML = 64 << 20
MOST_SWELLING = 200
"""Times that a part may grow in unpacking, if it is large then: XML of real documents grows 10 to 30 times."""
HARMLESS_SIZE = 1 << 20
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_STORAGES = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros", "VBA")
WORD_STREAM = "WordDocument"


def refuse_hostile(reader: str, data: bytes) -> None:
    """Raise the ReadingError for what must not be opened by the reader of this name."""
    if reader.endswith(".docx"):
        refuse_archive(data)
    elif reader.endswith(".package"):
        refuse_archive(data, ("xl/", "ppt/"))
    elif reader.endswith(".old_word"):
        refuse_compound(data)


def refuse_archive(data: bytes, folders: tuple[str, ...] = ("word/",)) -> None:
    """A document of Office is an archive of XML parts. Nothing is unpacked before all sizes are known."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise BrokenDocument() from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise OversizedDocument()
    for part in parts:
        if part.file_size > max(HARMLESS_SIZE, MOST_SWELLING * part.compress_size):
            raise OversizedDocument()
        if part.flag_bits & 1:
            raise ProtectedDocument()
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(MACRO_PARTS) for name in names):
        raise MacroDocument()
    if not any(name.startswith(folders) for name in names):
        raise UnsupportedFormat()
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(archive, part)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a Word document declares a document type; what does wants its entities to swell or to fetch."""
    if part.file_size > LARGEST_XML:
        raise OversizedDocument()
    try:
        content = archive.read(part)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise BrokenDocument() from None
    if any(mark in content for mark in DOCTYPES):
        raise BrokenDocument()


def refuse_compound(data: bytes) -> None:
    """A compound file (Word 97-2003) is a little file system; its directory names what it holds."""
    if _entry(data, "EncryptedPackage") is not None:
        raise ProtectedDocument()
    if any(_entry(data, name) is not None for name in MACRO_STORAGES):
        raise MacroDocument()
    word = _entry(data, WORD_STREAM)
    if len(data) < 512:
        raise BrokenDocument()
    sector_size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    if word is None:
        directory = (struct.unpack_from("<I", data, 48)[0] + 1) * sector_size
        raise BrokenDocument() if directory >= len(data) else UnsupportedFormat()
    head = (struct.unpack_from("<I", data, word + 116)[0] + 1) * sector_size
    if head + 12 > len(data):
        raise BrokenDocument()
    if struct.unpack_from("<H", data, head + 10)[0] & 0x0100:  # fEncrypted in the document's head
        raise ProtectedDocument()


def _entry(data: bytes, name: str) -> int | None:
    """Where the directory's entry of this name is: entries are 128 bytes, aligned, and give the length of the name.

    Looked for without walking the chains of the file, which in a hostile one may run in circles.
    """
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted, 512)
    while at >= 0:
        whole = at % 128 == 0 and at + 128 <= len(data)
        # 1 a storage, 2 a stream; 0 is an entry that was given up
        if whole and struct.unpack_from("<H", data, at + 64)[0] == len(wanted) and data[at + 66] in (1, 2):
            return at
        at = data.find(wanted, at + 1)
    return None
