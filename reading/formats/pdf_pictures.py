"""The pages of a PDF as pictures, for somebody to look at without opening the file itself."""

from __future__ import annotations

import base64
import io

import pypdfium2 as pdfium

from reading.errors import BrokenDocument
from reading.formats.pdf import picture_of

MOST = 20
"""Pages drawn: what is longer is looked at in the file."""
DPI = 100.0
COLOURS = 64
"""Enough for print, a red seal and a blue signature; a picture of it is a third as large."""


def read(data: bytes) -> str:
    """How many pages there are, then the first MOST as PNG in base64, each on a line of its own."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise BrokenDocument() from None
    lines = [str(len(document))]
    for number in range(min(len(document), MOST)):
        made = io.BytesIO()
        picture_of(document[number], DPI)[0].convert("RGB").quantize(COLOURS).save(made, "PNG")
        lines.append(base64.b64encode(made.getvalue()).decode())
    return "\n".join(lines)
