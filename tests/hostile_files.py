"""Files as bytes, made here: harmless ones, and what people or attackers send instead."""

from __future__ import annotations

import io
import struct
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
LAUGHS = f"<!DOCTYPE x [{ENTITIES}]>"


def document_xml(*paragraphs: str, before: str = "") -> str:
    """The main part of a DOCX."""
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


def docx(*paragraphs: str, before: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A Word document of these paragraphs; `more`: parts beside or instead of the usual ones."""
    parts: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS,
                                     "word/document.xml": document_xml(*paragraphs, before=before)}  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | (more or {})).items():
            archive.writestr(name, content)
    return target.getvalue()


def bomb() -> bytes:
    """A small archive with a large part. Call it in a test: every process that collects the tests would pay."""
    return docx(more={"word/document.xml": bytes(40 << 20)})


def many_parts() -> bytes:
    """An archive of more parts than documents have; it takes half a second too."""
    return docx(more={f"word/{number}.bin": b"" for number in range(5000)})


def encrypted_parts(archive: bytes) -> bytes:
    """The same archive with every part marked as encrypted."""
    marked = bytearray(archive)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + flags] |= 1
            at = marked.find(mark, at + 4)
    return bytes(marked)


def compound(*names: str, encrypted: bool = False) -> bytes:
    """A compound file (Word 97-2003 and others) whose directory has these entries."""
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le") + b"\x00\x00"
        kind = 5 if name == "Root Entry" else 2
        entries += raw.ljust(64, b"\x00") + struct.pack("<HB49xI8x", len(raw), kind, 4)
    head = bytearray(512)
    head[:8], head[30:32] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", struct.pack("<H", 9)
    stream = bytearray(512)
    stream[:2], stream[10:12] = b"\xec\xa5", struct.pack("<H", 0x0100 if encrypted else 0)
    return bytes(head) + entries.ljust(4 * 512, b"\x00") + bytes(stream)


def pdf(pages: int = 1, *, box: str = "0 0 595 842", words: str = "Bao cao", trailer: str = "") -> bytes:
    """A PDF of pages with one line each; `trailer`: more entries of its trailer."""
    stream = f"BT /F 12 Tf 72 700 Td ({words}) Tj ET"
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *[page] * pages,
    ]
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>"
    return made + f"{table}\nstartxref\n{len(made)}\n%%EOF\n".encode()


LOCKED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >>"
)
"""Entries of the trailer of a PDF that opens with a password only."""
