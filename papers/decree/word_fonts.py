"""Tinos inside a Word file, and said to stand for Times New Roman: the paper looks the same where that is missing.

A font in a Word file is obfuscated: its first 32 bytes are combined with a key that stands beside it (ECMA-376, part 4,
«Font Embedding»).
"""

from __future__ import annotations

import uuid
from functools import cache
from typing import TYPE_CHECKING

from papers.decree.measure import FACES, font_file

if TYPE_CHECKING:
    from docx.document import Document

ELEMENTS = {"Regular": "embedRegular", "Bold": "embedBold", "Italic": "embedItalic", "BoldItalic": "embedBoldItalic"}
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{REL}"'
KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
SETTINGS = (
    f'<w:settings {NS}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{language}"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
"""Of Word 2013: before it a table's text, not its border, stands at the margin."""
SHAPE = ('<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
         '<w:pitch w:val="variable"/>')  # fmt: skip


def embed_fonts(document: Document, language: str) -> None:
    """Put the four faces into the file and turn their use on, by settings that hold nothing of the library's sample."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    package = document.part.package
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    embedded = []
    for number, (face, element) in enumerate(ELEMENTS.items(), 1):
        key, data = _obfuscated(face)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), KIND, data, package)
        embedded.append(f'<w:{element} r:id="{table.relate_to(part, f"{REL}/font")}" w:fontKey="{{{key}}}"/>')
    table._blob = (  # a part of bytes, for which the library has no setter
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NS}>'
        f'<w:font w:name="Times New Roman"><w:altName w:val="Tinos"/>{SHAPE}</w:font>'
        f'<w:font w:name="Tinos"><w:altName w:val="Times New Roman"/>{SHAPE}{"".join(embedded)}</w:font></w:fonts>'
    ).encode()
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    for child in list(parse_xml(SETTINGS.replace("{language}", language))):
        settings.append(child)


@cache
def _obfuscated(face: str) -> tuple[str, bytes]:
    """The key of a face and its bytes under it; the same in every file."""
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"tinos-{face}")).upper()
    bold, italic = next(kind for kind, name in FACES.items() if name == face)
    data = font_file(bold, italic).read_bytes()
    mask = bytes.fromhex(key.replace("-", ""))[::-1]
    head = bytes(byte ^ mask[place % 16] for place, byte in enumerate(data[:32]))
    return key, head + data[32:]
