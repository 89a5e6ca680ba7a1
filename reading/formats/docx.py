"""DOCX, read from its XML: python-docx knows neither automatic numbers nor text boxes nor tracked changes."""

from __future__ import annotations

from reading.errors import BrokenDocument
from reading.formats.flow import paragraphs, print_page
from reading.formats.word_body import Body
from reading.formats.word_numbering import Numbering
from reading.formats.word_parts import Element, Package
from reading.formats.word_styles import Styles


def read(data: bytes) -> str:
    """The text as printed: numbers and capitals that Word makes are in it, deleted and hidden text is not.

    Page headers and footers, notes and comments are left out; a secrecy stamp in a header, a footer or hidden text
    goes on top. Raises BrokenDocument, OversizedDocument or ProtectedDocument.
    """
    package = Package(data)
    document = package.tree(package.main)
    body = document.find("body") if document is not None else None
    if body is None:
        raise BrokenDocument()
    styles = Styles(_related(package, "styles"))
    reader = Body(styles, Numbering(_related(package, "numbering"), styles))
    blocks = reader.blocks(body)
    beside = [line for kind in ("header", "footer") for line in _beside(package, kind, reader)]
    return print_page(blocks, [*beside, *reader.hidden])


def _related(package: Package, kind: str) -> Element | None:
    parts = package.targets(package.main, kind)
    return package.tree(parts[0]) if parts else None


def _beside(package: Package, kind: str, reader: Body) -> list[str]:
    """Every paragraph of the page headers or footers, those in tables too."""
    roots = [package.tree(part) for part in package.targets(package.main, kind)]
    return [line for root in roots if root is not None for line in paragraphs(reader.blocks(root))]
