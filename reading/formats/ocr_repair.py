"""Damage by recognition that can only have been one thing. What might be two things stays, marked doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reading.formats.fragments import Line, Word
from reading.formats.pages import Page
from reading.words import UPPER, rx

LETTERS = str.maketrans("ÐðƉ", "ĐđĐ")  # Icelandic and African letters that look like Đ
DASHES = ("~", "¬", "—", "–", "_", "=", "«-", "--")
DOTS = ("°", "»", "«", "·", "¢", "®", "©", "›", "¤", "●", "§", "*", "+°", "º")
LETTER_DOTS = ("s", "e", "o", "ø", "0", "a", "®")  # a bullet only where others stand above and below it
MARKED = "".join(c for c in UPPER.lower() if not c.isascii())
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LIKE_ROMAN = {"H": "II", "L": "I", "l": "I", "1": "I", "|": "I", "!": "I", "T": "I", "Ï": "I", "Ị": "I"}
ENUMERATOR = r"([IVXHLTl1|!ÏỊ]{1,4})([.)/-]*)"


def repaired(pages: Sequence[Page]) -> list[Page]:
    """The same pages with what is certain put right."""
    romans = _Romans([line for page in pages for line in page.lines])
    return [
        replace(page, lines=list(_without_dust(_bullets(_stars([_letters(romans.put_right(x)) for x in page.lines])))))
        if page.recognised
        else page
        for page in pages
    ]


def _first_word(line: Line, text: str) -> Line:
    first = replace(line.cells[0][0], text=text, sure=True)
    return replace(line, cells=((first, *line.cells[0][1:]), *line.cells[1:]))


# -- letters -----------------------------------------------------------------------------------------------------------
def _letters(line: Line) -> Line:
    cells = []
    for cell in line.cells:
        words: list[Word] = []
        for word in cell:
            text = rx("ĐĐ").sub("Đ", word.text.translate(LETTERS)) if rx("[ÐðƉ]").search(word.text) else word.text
            text = rx(r"\./[,.;:'’]?$").sub("./.", text)
            if words and words[-1].text.lower() == "quý":
                text = rx(r"(?:11(?=\D|$)|H(?=\W|$))").sub("II", text) if rx(r"(?:11|H)(?:\W|$)").match(text) else text
                text = rx(r"^(?:111|IH|HI|II1|1II)(?=\W|$)").sub("III", text)
                text = rx(r"^1V(?=\W|$)").sub("IV", text)
            words.append(replace(word, text=text) if text != word.text else word)
        cells.append(tuple(part for word in words for part in _apart(word)))
    return replace(line, cells=tuple(cells))


def _apart(word: Word) -> Iterator[Word]:
    """ "vụY", "A,Bệnh": a capital after a small letter with a mark, or after a comma, begins another word."""
    parts = rx(rf"(?<=[^\W\d_],)(?=[{UPPER}])|(?<=[{MARKED}])(?=[{UPPER}])").split(word.text)
    start = 0
    for part in parts:
        end = start + len(part)
        step = (word.right - word.left) / len(word.text)
        yield replace(word, text=part, left=word.left + start * step, right=word.left + end * step)
        start = end


def _stars(lines: list[Line]) -> list[Line]:
    """The star between a Party committee's name and its number, taken for a letter."""
    return [
        _first_word(line, "*") if len(line.text) == 1 and following and rx(r"Số\b").match(following.text) else line
        for line, following in zip(lines, [*lines[1:], None], strict=True)
    ]


# -- bullets -----------------------------------------------------------------------------------------------------------
def _bullets(lines: list[Line]) -> list[Line]:
    """Dots and dashes that begin a line; a letter in a row of dots is one of them."""
    found = [_first_word(line, "•") if _is_dot(line) else line for line in lines]
    found = [_first_word(line, "-") if _starts_with(line, DASHES) else line for line in found]
    dots = [line for line in found if _starts_with(line, ("•",))]
    return [
        _first_word(line, "•") if _starts_with(line, LETTER_DOTS) and any(_flush(line, dot) for dot in dots) else line
        for line in found
    ]


def _is_dot(line: Line) -> bool:
    return _starts_with(line, DOTS)


def _starts_with(line: Line, signs: tuple[str, ...]) -> bool:
    return not line.table and len(line.cells[0]) > 1 and line.cells[0][0].text in signs


def _flush(line: Line, other: Line) -> bool:
    return line.block == other.block and abs(line.left - other.left) < 0.5 * line.words[0].height


def _without_dust(lines: list[Line]) -> Iterator[Line]:
    """Specks and strokes of a pen read as signs: words without a letter or digit that recognition itself doubts."""
    for line in lines:
        cells = tuple(tuple(word for word in cell if not _is_dust(word)) for cell in line.cells)
        if any(cells):
            yield replace(line, cells=cells)


def _is_dust(word: Word) -> bool:
    return not word.sure and not any(c.isalnum() for c in word.text) and word.text not in ("-", "+", "•", "./.")


# -- Roman numbers -----------------------------------------------------------------------------------------------------
class _Romans:
    """Headings I, II, III … in the order of the document: "IH." after "II." is the third, and so is another "II."."""

    def __init__(self, lines: Sequence[Line]) -> None:
        read = [(line, match) for line in lines if (match := _enumerator(line))]
        self.right: dict[int, str] = {}
        last = 0
        for place, (line, match) in enumerate(read):
            later = {_as_roman(other[1]) for _, other in read[place + 1 :]}
            number = self._number(match[1], last, later, line)
            if number:
                mark = match[2] or ("" if line.table else ".")
                if ROMAN[number - 1] + mark != match[0]:
                    self.right[id(line.cells[0][0])] = ROMAN[number - 1] + mark
                last = number

    @staticmethod
    def _number(text: str, last: int, later: set[str], line: Line) -> int | None:
        meant = _as_roman(text)
        if text == "1":  # the arabic one, unless a second Roman follows and the heading is in capitals
            return 1 if last == 0 and "II" in later and _is_heading(line) else None
        if meant not in ROMAN:
            return None
        number = ROMAN.index(meant) + 1
        if text == meant and 1 < number == last < len(ROMAN) and _is_heading(line) and ROMAN[number] not in later:
            return number + 1
        return number if text == meant or number == last + 1 else None

    def put_right(self, line: Line) -> Line:
        if not line.cells[0]:
            return line
        text = self.right.get(id(line.cells[0][0]))
        return _first_word(line, text) if text else line


def _enumerator(line: Line) -> tuple[str, str, str] | None:
    """(all, number, mark) of a heading's first word, or of the first cell of a row alone."""
    if not line.cells[0]:
        return None
    word = line.cells[0][0].text
    if line.table:
        alone = len(line.cells[0]) == 1 and rx(r"([IVXHLTl|!ÏỊ]{1,4})([.)]?)").fullmatch(word)
        return (alone[0], alone[1], alone[2]) if alone else None
    match = rx(ENUMERATOR).fullmatch(word) if len(line.cells[0]) > 1 else None
    return (match[0], match[1], match[2]) if match and (match[2] or _is_heading(line)) else None


def _as_roman(text: str) -> str:
    if all(c in "IVX" for c in text):
        return text
    return "".join(LIKE_ROMAN.get(c, c) for c in text)


def _is_heading(line: Line) -> bool:
    rest = " ".join(word.text for word in line.words[1:])
    return len(rest) > 3 and rest.isupper()
