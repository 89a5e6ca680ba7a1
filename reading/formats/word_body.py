"""The paragraphs and tables of a part of a DOCX, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable

from reading.formats import legacy
from reading.formats.flow import Block, Cell, Table
from reading.formats.word_numbering import Numbering
from reading.formats.word_parts import Element, children, number, value
from reading.formats.word_styles import Styles

SIGNS: dict[str, Callable[[Element], str]] = {
    "t": lambda e: e.text or "",
    "tab": lambda e: "\t",
    "ptab": lambda e: "\t",
    "br": lambda e: "\n",
    "cr": lambda e: "\n",
    "noBreakHyphen": lambda e: "-",
    "sym": lambda e: _symbol(e),
}


class Body:
    """`hidden` gathers the text that is not printed: a secrecy stamp there still counts."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.hidden: list[str] = []

    def blocks(self, parent: Element) -> list[Block]:
        found: list[Block] = []
        carried = ""  # of a paragraph whose end was deleted: it goes on in the next
        for child in children(parent):
            if child.tag == "tbl":
                found.append(self._table(child))
            elif child.tag == "p":
                boxes, text = self._paragraph(child, numbered=not carried)
                found.extend(boxes)
                text = carried + text
                if child.find("pPr/rPr/del") is not None:
                    carried = text
                    continue
                carried = ""
                found.append(text)
        return [*found, carried] if carried else found

    def _paragraph(self, paragraph: Element, numbered: bool) -> tuple[list[Block], str]:
        """(text boxes that hang on it, its text with its automatic number)."""
        boxes: list[Block] = []
        properties = paragraph.find("pPr")
        pieces: list[tuple[str, str]] = []  # (font, text); neighbours of one font are repaired together
        for run in children(paragraph):
            if run.tag == "r":
                text = self._run(run, boxes)
                style = run.find("rPr")
                if self.styles.switched("vanish", properties, style):
                    self.hidden.append(text)
                    continue
                font = self.styles.font(properties, style)
                if self._capitals(properties, style):
                    text = legacy.from_font(font, text).upper()
                if pieces and pieces[-1][0] == font:
                    text = pieces.pop()[1] + text
                pieces.append((font, text))
        text = "".join(legacy.from_font(font, text) for font, text in pieces)
        deleted = not text and paragraph.find("pPr/rPr/del") is not None
        label = self.numbering.next_label(properties) if numbered and not deleted else ""
        return boxes, f"{label} {text.lstrip()}" if label and text.strip() else text

    def _capitals(self, paragraph: Element | None, run: Element | None) -> bool:
        return any(self.styles.switched(name, paragraph, run) for name in ("caps", "smallCaps"))

    def _run(self, run: Element, boxes: list[Block]) -> str:
        text = ""
        for child in children(run):
            if child.tag in SIGNS:
                text += SIGNS[child.tag](child)
            elif child.tag in ("drawing", "pict", "object"):
                self._boxes(child, boxes)
        return text

    def _boxes(self, drawing: Element, boxes: list[Block]) -> None:
        """Text boxes: numbers and stamps are often put there."""
        for child in children(drawing):
            if child.tag == "txbxContent":
                boxes.extend(self.blocks(child))
            elif child.tag == "textpath":  # words drawn across the page, such as a watermark
                self.hidden.append(child.get("string", ""))
            else:
                self._boxes(child, boxes)

    def _table(self, table: Element) -> Table:
        rows = [row for row in children(table) if row.tag == "tr" and row.find("trPr/del") is None]
        return Table([self._row(row) for row in rows])

    def _row(self, row: Element) -> list[Cell]:
        """A merged cell is as wide as the columns it covers; the skipped columns of a shifted row are empty cells."""
        properties = row.find("trPr")
        skipped = min(number(value(properties, "gridBefore")), 100)
        cells = [Cell() for _ in range(skipped)]
        for cell in children(row):
            if cell.tag != "tc":
                continue
            merged = cell.find("tcPr/vMerge")
            across = min(max(number(value(cell, "tcPr/gridSpan"), 1), 1), 100)
            if (beside := value(cell, "tcPr/hMerge")) != "restart" and cell.find("tcPr/hMerge") is not None and cells:
                cells[-1].across += across if beside != "restart" else 0
                continue
            below = merged is not None and merged.get("val", "continue") == "continue"
            cells.append(Cell(self.blocks(cell), across, below))
        return cells


def _symbol(element: Element) -> str:
    """A sign out of a font: only those of the basic set, moved to the private area, have a meaning without it."""
    try:
        code = int(element.get("char", ""), 16)
    except ValueError:
        return ""
    if legacy.from_font(element.get("font", ""), "\u00ae") != "\u00ae":
        return legacy.from_font(element.get("font", ""), chr(code & 0xFFFF))
    plain = element.get("font", "").lower() in ("symbol", "times new roman", "arial")
    code = code - 0xF000 if 0xF020 <= code <= 0xF07E else code
    return chr(code) if plain and 0x20 <= code < 0x7F and not chr(code).isalpha() else ""
