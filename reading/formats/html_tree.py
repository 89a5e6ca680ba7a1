"""HTML → a tree, as forgiving as a browser where Word and web portals leave tags open."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import TypeAlias

from reading.errors import BrokenDocument, UndecodableDocument

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
IGNORED = frozenset({"html", "head", "body"})  # often left open; what a head holds is dropped by its own tags
ROWS = ("thead", "tbody", "tfoot")
CELLS = ("td", "th")
LIST_PARTS = ("li", "dt", "dd")
BLOCKS = frozenset((
    "p", "div", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
    "header", "main", "address", "center", "form", "fieldset", "figure", "figcaption", "hr", "caption", "table", "tr",
    *ROWS, *CELLS, *LIST_PARTS,
))  # fmt: skip
# An opening tag ends the open tags of its set, looked for no further out than the second set.
TABLE_SCOPE = frozenset({"table"})
CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "td": (frozenset(CELLS), frozenset({"tr", "table"})),
    "th": (frozenset(CELLS), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), TABLE_SCOPE),
    **{part: (frozenset(ROWS), TABLE_SCOPE) for part in ROWS},
}
PARAGRAPHS = frozenset({"p"}), frozenset({"div", "table", "section", "article", "blockquote", *CELLS, *LIST_PARTS})
CELL_PARTS = frozenset({"table", "tr", *ROWS, *CELLS})
DEEPEST = 150  # open tags; what opens deeper is a sibling (unclosed <font> of bad pages, hostile files)
LONGEST_VALUE = 4000  # characters of an attribute; only pictures are longer
Node: TypeAlias = "str | Element"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The words in it: one string for what stands on a line of its own."""
        found = [""]
        for child in self.children:
            parts = [child] if isinstance(child, str) else child.texts()
            if isinstance(child, str) or child.tag not in BLOCKS:
                found[-1] += parts.pop(0)
            found += parts
            if not isinstance(child, str) and child.tag in BLOCKS:
                found.append("")
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in IGNORED:
            return
        if tag in CLOSES:
            self._close(*CLOSES[tag])
        elif tag in BLOCKS:
            self._close(*PARAGRAPHS)
        element = Element(tag, {name: (value or "")[:LONGEST_VALUE] for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Browsers take no notice of the slash: <p/> opens a paragraph; only Word's own tags (<o:p/>) are empty."""
        self.handle_starttag(tag, attrs)
        if ":" in tag:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in IGNORED | VOID:
            self._close(frozenset({tag}), TABLE_SCOPE if tag in CELL_PARTS else frozenset({"td", "th", "table"}))

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close(self, tags: frozenset[str], scope: frozenset[str]) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in tags:
                del self.open[place:]
                return
            if self.open[place].tag in scope:
                return


def parse(data: bytes) -> Element:
    """The root of a page. Raises BrokenDocument or UndecodableDocument."""
    builder = _Builder()
    # "<![if !supportLists]>" of Word is no HTML, and the parser of Python falls over what is like it.
    page = _closed(re.sub(r"<!\[[^>\]]{0,200}\]>", "", decode(data)).replace("<![", "&lt;!["))
    try:
        builder.feed(page)
        builder.close()
    except (AssertionError, ValueError, RecursionError):
        raise BrokenDocument() from None
    return builder.root


def _closed(page: str) -> str:
    """What opens and is nowhere closed as plain text: the parser would look for its end from every "<" anew."""
    end = page.rfind("-->") + 1
    page = page[:end] + page[end:].replace("<!--", "&lt;!--")
    end = page.rfind(">") + 1
    return page[:end] + page[end:].replace("<", "&lt;")


def decode(data: bytes) -> str:
    """By the mark at the beginning, what the page declares, and UTF-8; a page is often wrong about itself."""
    for mark, code in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(code, "replace").lstrip("\ufeff")
    if data[:200].count(0) > len(data[:200]) // 4:  # UTF-16 without a mark
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding\s*=\s*[\"']([\w.:-]+)", data[:8192], re.I)
    name = (declared[1] or declared[2]).decode("ascii", "replace").lower() if declared else ""
    if name in ("utf-8", "utf8"):
        return data.decode("utf-8", "replace")  # a byte cut off somewhere, not another code
    # What pages in TCVN3 and VNI fonts declare; browsers read all of these as windows-1252.
    if name in ("iso-8859-1", "us-ascii", "ascii", "x-user-defined", "unicode"):
        name = "windows-1252"
    if not re.fullmatch(r"windows-125\d|iso-8859-\d+", name):
        raise UndecodableDocument()
    return decode_single(data, name)


def decode_single(data: bytes, name: str) -> str:
    """A code of one byte a letter; bytes that it leaves free keep their number, as in browsers."""
    return data.decode("latin-1").translate(_letters(name))


@cache
def _letters(name: str) -> dict[int, str]:
    return {byte: bytes([byte]).decode(name, "ignore") or chr(byte) for byte in range(128, 256)}
