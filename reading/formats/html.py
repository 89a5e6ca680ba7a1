"""HTML: pages of government portals, and documents that Word saved as HTML (often called .doc)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reading.formats import legacy
from reading.formats.flow import Block, Cell, Table, print_page
from reading.formats.html_tree import BLOCKS, Element, Node, parse
from reading.formats.word_numbering import written

DROPPED = frozenset((
    "script", "style", "title", "noscript", "nav", "aside", "footer", "template", "select", "textarea", "button",
    "iframe", "object", "svg", "audio", "video", "map", "dialog", "del",
))  # fmt: skip
CODE = ("script", "style")
HIDDEN = r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
MARGINS = r"mso-element\s*:\s*(?:header|footer|comment|footnote|endnote)"  # of Word; none is a part of the body
FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
STYLED = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1",
}  # fmt: skip
WIDEST = 100  # columns that one cell may cover
MENU = 3  # links; a list of so many and nothing else is a menu


def read(data: bytes) -> str:
    """The text as a browser shows it, without menus, scripts and hidden parts (of which stamps are kept on top).

    Raises BrokenDocument or UndecodableDocument.
    """
    hidden: list[str] = []
    page = _Page(hidden)
    page.walk(parse(data), _Look())
    return print_page(page.ended(), hidden)


@dataclass(frozen=True)
class _Look:
    font: str = ""
    capitals: bool = False
    kept: bool = False  # <pre>: line ends count


class _Page:
    """Gathers the paragraphs and tables of an element; a cell has a page of its own."""

    def __init__(self, hidden: list[str]) -> None:
        self._hidden = hidden
        self._blocks: list[Block] = []
        self._pieces: list[str] = []  # of the line: joined at its end, not copied with every piece
        self._label = ""  # of the list item that has begun

    def ended(self) -> list[Block]:
        self._break()
        return self._blocks

    def walk(self, element: Element, look: _Look) -> None:
        for child in element.children:
            self._visit(child, look)

    def _visit(self, node: Node, look: _Look) -> None:
        if isinstance(node, str):
            self._write(node, look)
        elif node.tag == "br":
            while self._pieces and not self._pieces[-1].strip(" "):
                self._pieces.pop()
            self._pieces[-1:] = [piece.rstrip(" ") for piece in self._pieces[-1:]]
            self._pieces.append("\n")
        elif self._is_hidden(node) or node.tag in DROPPED or node.attributes.get("role") == "navigation":
            if node.tag not in CODE:
                self._hidden += node.texts()
        else:
            self._element(node, _look(node, look))

    def _element(self, element: Element, look: _Look) -> None:
        is_block = element.tag in BLOCKS
        if is_block:
            self._break()
        if element.tag == "table":
            self._table(element, look)
        elif element.tag in ("ul", "ol"):
            self._list(element, look)
        else:
            self.walk(element, look)
        if is_block:
            self._break()

    def _is_hidden(self, element: Element) -> bool:
        if not element.attributes:
            return False
        style = element.attributes.get("style", "")
        return "hidden" in element.attributes or re.search(f"{HIDDEN}|{MARGINS}", style, re.I) is not None

    def _write(self, text: str, look: _Look) -> None:
        if not look.kept:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            if not self._pieces or self._pieces[-1].endswith((" ", "\n")):
                text = text.lstrip(" ")
        text = legacy.from_font(look.font, text)
        if text:
            self._pieces.append(text.upper() if look.capitals else text)

    def _break(self) -> None:
        text = "".join(self._pieces).strip(" \n\u00a0")
        if text:
            typed = text.startswith(("-", "–", "+", "*", "•")) if self._label == "- " else text.startswith(self._label)
            self._blocks.append(text if typed else self._label + text)
            self._label = ""
        self._pieces = []

    def _list(self, element: Element, look: _Look) -> None:
        items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
        if element.tag == "ul" and len(items) >= MENU and all(_is_link(item) for item in items):
            return
        count = _number(element.attributes.get("start"), 1)
        step = -1 if "reversed" in element.attributes else 1
        for child in element.children:
            if not isinstance(child, Element) or child.tag != "li":
                self._visit(child, look)
                continue
            count = _number(child.attributes.get("value"), count)
            if not self._is_hidden(child):
                self._label = _label(element, child, count)
                count += step
            self._visit(child, look)
            self._break()
            self._label = ""

    def _table(self, element: Element, look: _Look) -> None:
        rows: list[Element] = []
        for part in _parts(element):
            if part.tag == "tr":
                rows.append(part)
            else:
                self._visit(part, look)
                self._break()
        table = Table()
        spans: dict[int, int] = {}  # by column: rows that the cell above still covers
        for row in rows:
            table.rows.append(self._row(row, spans, look))
        self._blocks.append(table)

    def _row(self, row: Element, spans: dict[int, int], look: _Look) -> list[Cell]:
        cells: list[Cell] = []
        place = 0
        look = _look(row, look)
        for child in row.children:
            if not isinstance(child, Element) or child.tag not in ("td", "th"):
                continue
            place = _covered(cells, spans, place)
            across = min(max(_number(child.attributes.get("colspan"), 1), 1), WIDEST)
            down = _number(child.attributes.get("rowspan"), 1)
            page = _Page(self._hidden)
            if self._is_hidden(child):
                self._hidden += child.texts()
            else:
                page.walk(child, _look(child, look))
            cells.append(Cell(page.ended(), across))
            for column in range(place, place + across):
                spans[column] = down - 1 if down > 0 else len(row.children) + 1000
            place += across
        _covered(cells, spans, place)
        return cells


def _covered(cells: list[Cell], spans: dict[int, int], place: int) -> int:
    """Put in the places that cells above cover, from this column on; the next free column."""
    while spans.get(place, 0) > 0:
        spans[place] -= 1
        cells.append(Cell(below=True))
        place += 1
    return place


def _parts(table: Element) -> list[Element]:
    """Rows in their order (those of head, bodies and foot), and what else stands in a table."""
    found: list[Element] = []
    for child in table.children:
        if isinstance(child, Element):
            found += _parts(child) if child.tag in ("thead", "tbody", "tfoot") else [child]
        elif child.strip():
            found.append(Element("div", {}, [child]))
    return found


def _look(element: Element, look: _Look) -> _Look:
    if not element.attributes and element.tag != "pre":
        return look
    style = element.attributes.get("style", "")
    named = re.search(r"font(?:-family)?\s*:\s*[^;]*?([\"']?(?:\.Vn|VNI)[\w .-]*)", style, re.I)
    other = re.search(r"font-family\s*:\s*([^;,]+)", style, re.I)
    face = element.attributes.get("face") if element.tag == "font" else None
    font = named[1] if named else other[1] if other else face.split(",")[0] if face else look.font
    case = re.search(r"text-transform\s*:\s*(\w+)|font-variant\s*:\s*(small)-caps", style, re.I)
    capitals = (case[1] or case[2]).lower() in ("uppercase", "small") if case else look.capitals
    return replace(look, font=font, capitals=capitals, kept=look.kept or element.tag == "pre")


def _label(of: Element, item: Element, count: int) -> str:
    """ "1. ", "a) " or "- ", as the points of a document are marked."""
    style = f"{item.attributes.get('style', '')};{of.attributes.get('style', '')}"
    named = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", style, re.I)
    if named and named[1].lower() == "none":
        return ""
    kind = STYLED.get(named[1].lower(), "") if named else of.attributes.get("type", "")
    if of.tag == "ul":
        return "- "
    form = FORMS.get(kind or "1", "decimal")
    return f"{written(count, form)}{')' if 'Letter' in form else '.'} "


def _is_link(item: Element) -> bool:
    links = [child for child in item.children if isinstance(child, Element) and child.tag == "a"]
    return (
        bool(links)
        and not "".join(c for c in item.children if isinstance(c, str)).strip()
        and all(isinstance(c, str) or c.tag == "a" for c in item.children)
    )


def _number(text: str | None, otherwise: int) -> int:
    found = re.match(r"\s*(-?\d{1,4})", text or "")
    return int(found[1]) if found else otherwise
