"""A PDF to be looked at: drawn page by page in the process in which strangers' files are opened."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from reading.errors import BrokenDocument
from reading.extracted import Limits
from reading.opening import sandbox

PATIENCE = Limits(seconds=20, silence=20)


@dataclass(frozen=True)
class Pages:
    """`count`: pages of the file. `pictures`: the first of them, as PNG."""

    count: int
    pictures: tuple[bytes, ...]


def pages_of(data: bytes) -> Pages:
    """The pages of a PDF as pictures. Raises a ReadingError for what cannot be drawn. Takes a second or so."""
    drawn = sandbox.run("reading.formats.pdf_pictures", data, None, PATIENCE).text
    count, *pictures = drawn.split("\n")
    try:
        return Pages(int(count), tuple(base64.b64decode(one, validate=True) for one in pictures))
    except (ValueError, binascii.Error):
        raise BrokenDocument() from None
