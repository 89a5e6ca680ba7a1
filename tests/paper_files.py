"""Papers as tests look at them: what a Word or PDF file holds, read by other libraries than those that wrote it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
from docx import Document
from docx.document import Document as Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 360_000 / 10
"""English Metric Units to a millimetre."""


def word_of(data: bytes) -> Word:
    """The document, opened."""
    return Document(BytesIO(data))


def word_lines(data: bytes) -> list[str]:
    """Every paragraph with letters in it, those of tables too, in order."""
    body = word_of(data).element.body
    return [found for paragraph in body.iter(f"{W}p") if (found := _text(paragraph))]


def word_rows(data: bytes, table: int) -> list[list[str]]:
    """The cells of one table, row by row; a cell over several columns once."""
    rows = list(word_of(data).element.body.iter(f"{W}tbl"))[table].iter(f"{W}tr")
    return [["\n".join(_text(p) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")] for row in rows]


def word_tables(data: bytes) -> list[Any]:
    """The tables as markup."""
    return list(word_of(data).element.body.iter(f"{W}tbl"))


def parts(data: bytes) -> dict[str, bytes]:
    """Name of a part of the file → its bytes."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def pdf_sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in mm."""
    return [tuple(round(one * 25.4 / 72) for one in page.get_size()) for page in pypdfium2.PdfDocument(data)]


def pdf_fonts(data: bytes) -> list[tuple[str, bool]]:
    """Each font with whether its letters are in the file."""
    found = re.findall(rb"<<[^<>]*?/FontName /([A-Za-z0-9+-]+)[^<>]*?>>", data, re.S)
    whole = re.findall(rb"<<[^<>]*?/FontName[^<>]*?>>", data, re.S)
    return [(name.decode(), b"/FontFile2" in one) for name, one in zip(found, whole, strict=True)]


def ink(data: bytes, page: int) -> tuple[float, float, float, float]:
    """How far what is printed on a page stays from its left, upper, right and lower edge, in mm."""
    picture = pypdfium2.PdfDocument(data)[page].render(scale=2, grayscale=True).to_pil()
    left, top, right, bottom = picture.point([255 * (level < 128) for level in range(256)]).getbbox() or (0, 0, 0, 0)
    mm = 25.4 / 72 / 2
    return left * mm, top * mm, (picture.width - right) * mm, (picture.height - bottom) * mm


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(text.split())


def _text(paragraph: Any) -> str:
    return "".join(_letters(paragraph))


def _letters(paragraph: Any) -> Iterator[str]:
    for one in paragraph.iter(f"{W}t", f"{W}br"):
        yield one.text or "" if one.tag == f"{W}t" else "\n"
