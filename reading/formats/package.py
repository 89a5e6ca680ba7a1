"""XLSX and PPTX, looked through for secrecy marks only: they are evidence, never a directive."""

from __future__ import annotations

import re

from reading.errors import BrokenDocument
from reading.formats.flow import is_stamp
from reading.formats.word_parts import Element, Package
from reading.secrecy import LABEL
from reading.words import rx, squeeze

# Cells, shapes and slides; the heads and feet of printed sheets.
PARTS = r"xl/(?:sharedstrings|worksheets/[^/]+|drawings/[^/]+)\.xml|ppt/(?:slides|slidemasters|slidelayouts)/[^/]+\.xml"
LINES = ("si", "is", "p", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")


def read(data: bytes) -> str:
    """The lines that may be a mark. Raises BrokenDocument or OversizedDocument."""
    package = Package(data, main=None)
    names = [name for name in package.names if rx(PARTS).fullmatch(name)]
    if not names:
        raise BrokenDocument()
    found = [line for name in names if (root := package.tree(name)) is not None for line in _lines(root)]
    return "\n".join(line for line in found if is_stamp(line) or rx(LABEL, re.I).search(line)) + "\n"


def _lines(root: Element) -> list[str]:
    lines = []
    for element in root.iter():
        if element.tag in LINES:
            # "&C" begins the middle of a sheet's head, "&\"Times\"&12" is a font.
            text = "".join(element.itertext())
            lines.append(squeeze(rx(r'&(?:"[^"]*"|\d+|[A-Z])').sub("\t", text) if "er" in element.tag else text))
    return lines
