r"""RTF. Our own reader: the free ones know neither the code page of a font (Vietnamese 1258, ".VnTime") nor cells."""

from __future__ import annotations

import re
from dataclasses import replace

from reading.errors import BrokenDocument
from reading.formats import legacy
from reading.formats.flow import Block, print_page
from reading.formats.html_tree import decode_single
from reading.formats.rtf_state import (
    BOXES,
    DEEPEST,
    KEPT,
    LEFT_OUT,
    MARGINS,
    PAGES,
    SIGNS,
    SWITCHES,
    Font,
    State,
    Words,
)
from reading.formats.rtf_table import Rows
from reading.formats.rtf_tokens import Token, tokens


def read(data: bytes) -> str:
    """The text as printed. Page headers and footers, notes and pictures are left out; stamps in them go on top.

    Raises BrokenDocument.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise BrokenDocument()
    reader = _Reader(data)
    for token in tokens(data):
        reader.take(token)
    return print_page(reader.ended(), reader.beside)


class _Reader:
    def __init__(self, data: bytes) -> None:
        page = re.search(rb"\\ansicpg(\d{3,5})", data[:4096])
        self._page = f"cp{page[1].decode()}" if page and page[1] in (b"1258", b"1250", b"1251", b"874") else "cp1252"
        # Some programs write UTF-8 as it is, against the format.
        self._utf8 = not data.isascii() and _is_utf8(data)
        default = re.search(rb"\\deff(\d+)", data[:4096])
        self._state = State(font=int(default[1]) if default else -1)
        self._kept: list[State] = []
        self._fonts: dict[int, Font] = {}
        self._defining = -1
        self._skip = 0  # fallback bytes still to pass over
        self._half = ""  # the first half of a letter that \u writes as two
        self._first = False  # the next word names the destination of a group
        self._starred = False
        self._words = Words()
        self._margin = Words()
        self._hidden = Words()
        self._rows = Rows()
        self._in_table = False
        self.beside: list[str] = []

    def ended(self) -> list[Block]:
        self._end_paragraph()
        for words in (self._margin, self._hidden):
            self.beside.append(words.take())
        return self._rows.ended()

    def take(self, token: Token) -> None:
        if token.kind == "open":
            if len(self._kept) > DEEPEST:
                raise BrokenDocument()
            self._kept.append(self._state)
            self._first, self._starred, self._skip = True, False, 0
            return
        if token.kind == "close":
            if self._kept:
                self._leave(self._kept.pop())
            self._first, self._skip = False, 0
            return
        if token.kind == "sign":
            self._sign(token.word)
        elif token.kind == "bytes":
            self._first = False
            self._bytes(token.data)
        else:
            self._word(token.word, token.number)

    def _leave(self, state: State) -> None:
        """A text box and a page header end their last paragraph themselves."""
        if self._state.place == "margin" and state.place != "margin":
            self.beside.append(self._margin.take())
        self._state = state

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._end_paragraph()
        else:
            self._first = False
            self._write({"~": "\u00a0", "_": "-", "-": ""}.get(sign, sign))

    def _word(self, word: str, number: int | None) -> None:
        first, self._first = self._first, False
        if first and self._enters(word):
            return
        state = self._state
        if state.place == "fonts":
            self._define(word, number)
        elif word == "u":
            self._unicode(number or 0)
        elif word == "uc":
            self._state = replace(state, fallback=max(number or 0, 0) if number is not None else 1)
        elif word == "f":
            self._state = replace(state, font=number or 0)
        elif word in SWITCHES:
            self._state = SWITCHES[word](state, number != 0)
        elif word == "plain":
            self._state = replace(state, capitals=False, hidden=False, deleted=False)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif state.place == "margin":
            if word in ("par", "cell", "row"):
                self._write("\n")
        elif state.place == "body":
            self._flow(word, number)

    def _enters(self, word: str) -> bool:
        """Is this the name of a group that is not of the page? Then all up to its end is passed over."""
        starred, self._starred = self._starred, False
        if word == "fonttbl":
            self._state = replace(self._state, place="fonts")
            return True
        if word in MARGINS and self._state.place == "body":
            self._state = replace(self._state, place="margin", hidden=False)
            return True
        if starred and word == "ud":
            self._state = self._kept[-2] if len(self._kept) > 1 else self._kept[-1]
            return True
        if word == "sv" and self._state.place == "nowhere":  # a property of a drawing: words across the page are one
            self._state = replace(self._state, place="margin")
            return True
        if word in LEFT_OUT or (starred and word not in KEPT):
            self._state = replace(self._state, place="nowhere")
            return True
        if word in BOXES:
            self._rows.enter_box(self._words.take())
        return False

    def _define(self, word: str, number: int | None) -> None:
        if word == "f":
            self._defining = number or 0
            self._fonts[self._defining] = Font()
        elif word == "fcharset" and self._defining in self._fonts:
            self._fonts[self._defining].charset = number or 0

    def _flow(self, word: str, number: int | None) -> None:
        if word in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif word == "pard":
            self._in_table = False
        elif word == "intbl":
            self._in_table = True
        elif word == "cell":
            self._rows.end_cell(self._words.take())
        elif word == "row":
            self._rows.end_row()
            self._in_table = False
        else:
            self._rows.define(word, number)

    def _end_paragraph(self) -> None:
        if self._state.place == "margin":
            self._write("\n")
        elif self._state.place == "body":
            self._rows.paragraph(self._words.take(), self._in_table)

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        letter = chr(code)
        if 0xD800 <= code < 0xDC00:
            self._half = letter
        elif 0xDC00 <= code < 0xE000:
            pair = (self._half + letter).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
            self._half = ""
            self._write(pair)
        else:
            self._write(letter)
        self._skip = self._state.fallback

    def _bytes(self, data: bytes) -> None:
        passed, self._skip = min(self._skip, len(data)), max(0, self._skip - len(data))
        data = data[passed:]
        if not data:
            return
        if self._state.place == "fonts":
            if self._defining in self._fonts:
                self._fonts[self._defining].name += data.decode("latin-1").partition(";")[0].strip()
        elif self._state.place != "nowhere":
            self._write(self._decode(data))

    def _decode(self, data: bytes) -> str:
        if data.isascii():
            return data.decode("ascii")
        font = self._fonts.get(self._state.font, Font())
        if legacy.from_font(font.name, "\u00ae") != "\u00ae":
            return decode_single(data, "cp1252")
        if self._utf8 and len(data) > 1:
            return data.decode("utf-8", "replace")
        return decode_single(data, PAGES.get(font.charset, self._page))

    def _write(self, text: str) -> None:
        state = self._state
        if not text or state.place in ("nowhere", "fonts") or state.deleted:
            return
        font = self._fonts.get(state.font, Font()).name
        if state.capitals:
            text = legacy.from_font(font, text).upper()
        words = self._margin if state.place == "margin" else self._hidden if state.hidden else self._words
        words.add(font, text)


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False
