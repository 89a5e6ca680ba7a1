"""What an RTF file sets for its text: where it goes, its font, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reading.formats import legacy

# Groups whose text is not of the page. Those after \* are left out unless they are named in KEPT.
LEFT_OUT = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "footnote", "annotation", "atnid", "atnauthor",
    "sp", "shprslt", "nonesttables", "xe", "tc", "rxe", "txe", "upr", "pntxta", "pntxtb", "filetbl", "listtable",
    "listoverridetable", "rsidtbl", "generator", "themedata", "datastore", "latentstyles", "objdata", "bkmkstart",
    "bkmkend",
))  # fmt: skip
BOXES = frozenset({"shptxt", "dptxbxtext"})
KEPT = frozenset({"shpinst", "ud", "do"}) | BOXES
MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": " ", "nestrow": "\n",
    "softline": "\n", "lbr": "\n",
}  # fmt: skip
PAGES = {163: "cp1258", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254", 186: "cp1257", 222: "cp874"}
DEEPEST = 2000  # groups


@dataclass(frozen=True)
class State:
    """What a group inherits and gives back at its end."""

    place: str = "body"  # "body", "margin" (page header or footer), "fonts", "nowhere"
    font: int = -1
    fallback: int = 1  # bytes that stand for a \u to programs without Unicode
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False  # by a tracked change


SWITCHES: dict[str, Callable[[State, bool], State]] = {
    "caps": lambda state, on: replace(state, capitals=on),
    "scaps": lambda state, on: replace(state, capitals=on),
    "v": lambda state, on: replace(state, hidden=on),
    "deleted": lambda state, on: replace(state, deleted=on),
}


@dataclass
class Font:
    name: str = ""
    charset: int = 0


@dataclass
class Words:
    """A paragraph that is being written, in pieces of one font."""

    pieces: list[tuple[str, str]] = field(default_factory=list)

    def add(self, font: str, text: str) -> None:
        if self.pieces and self.pieces[-1][0] == font:
            text = self.pieces.pop()[1] + text
        self.pieces.append((font, text))

    def take(self) -> str:
        text = "".join(legacy.from_font(font, text) for font, text in self.pieces)
        self.pieces.clear()
        return text
