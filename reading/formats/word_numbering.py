"""Automatic numbers and bullets of Word: they are in no text, yet the reader needs "2.", "a)" and "-"."""

from __future__ import annotations

import re

from reading.formats.word_parts import Element, number, value
from reading.formats.word_styles import Styles

LEVELS = 9  # Word has no more
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def written(count: int, form: str) -> str:
    """A number in a numbering format of Word: written(3, "lowerLetter") is "c", written(5, …) "e": Word knows no đ."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 5) if count > 0 else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for worth, sign in ROMAN if 0 < count < 4000 else ():
            roman += sign * (count // worth)
            count %= worth
        return roman.upper() if form == "upperRoman" else roman
    if form == "none":
        return ""
    return f"{count:02d}" if form == "decimalZero" else str(count)


def bullet(sign: str) -> str:
    """What a person would type for a bullet: "+" stays, all else (mostly a sign of a symbol font) is a dash."""
    sign = "".join(chr(ord(c) - 0xF000) if "\uf020" <= c <= "\uf07e" else c for c in sign).strip()
    return sign if sign in ("+", "*") else "-" if sign else ""


class Numbering:
    """Counts the numbered paragraphs of a document; `next_label` is called once for each, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = list(root) if root is not None else []
        self._abstracts = {e.get("abstractNumId", ""): e for e in found if e.tag == "abstractNum"}
        self._lists = {e.get("numId", ""): e for e in found if e.tag == "num"}
        self._counts: dict[str, list[int | None]] = {}  # by abstract list: lists that share one count on together
        self._begun: set[tuple[str, int]] = set()

    def next_label(self, properties: Element | None) -> str:
        """The number or bullet of the paragraph with these properties, "" when it has none."""
        list_id, level_text, style = self._styles.numbering(properties)
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return ""
        key, abstract = self._abstract(list_id)
        if abstract is None:
            return ""
        if level_text is None and style:
            level_text = next((e.get("ilvl") for e in abstract.iter("lvl") if value(e, "pStyle") == style), None)
        level = min(max(number(level_text), 0), LEVELS - 1)
        self._count(list_id, key, abstract, level)
        return self._print(list_id, key, abstract, level)

    def _abstract(self, list_id: str) -> tuple[str, Element | None]:
        """The definition behind a list, through the numbering style it may only name."""
        for _ in range(LEVELS):
            key = value(self._lists.get(list_id), "abstractNumId") or ""
            abstract = self._abstracts.get(key)
            link = value(abstract, "numStyleLink")
            if link is None or (linked := self._styles.list_of(link)) is None:
                return key, abstract
            list_id = linked
        return "", None

    def _override(self, list_id: str, level: int) -> Element | None:
        return next((e for e in self._lists[list_id].findall("lvlOverride") if e.get("ilvl") == str(level)), None)

    def _definition(self, list_id: str, abstract: Element, level: int) -> Element | None:
        override = self._override(list_id, level)
        own = override.find("lvl") if override is not None else None
        if own is not None:
            return own
        return next((e for e in abstract.findall("lvl") if e.get("ilvl") == str(level)), None)

    def _start(self, list_id: str, abstract: Element, level: int) -> int:
        return number(value(self._definition(list_id, abstract, level), "start"), 1)

    def _count(self, list_id: str, key: str, abstract: Element, level: int) -> None:
        counts = self._counts.setdefault(key, [None] * LEVELS)
        restart = value(self._override(list_id, level), "startOverride")
        before = counts[level]
        if restart is not None and (list_id, level) not in self._begun:
            counts[level] = number(restart, 1)
        else:
            counts[level] = self._start(list_id, abstract, level) if before is None else before + 1
        self._begun.add((list_id, level))
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = self._start(list_id, abstract, upper)
        for lower in range(level + 1, LEVELS):
            after = value(self._definition(list_id, abstract, lower), "lvlRestart")
            if after is None or (after != "0" and level < number(after)):
                counts[lower] = None

    def _print(self, list_id: str, key: str, abstract: Element, level: int) -> str:
        definition = self._definition(list_id, abstract, level)
        pattern = value(definition, "lvlText") or ""
        if value(definition, "numFmt") == "bullet":
            return bullet(pattern)
        legal = definition is not None and definition.find("isLgl") is not None

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = value(self._definition(list_id, abstract, place), "numFmt") or "decimal"
            return written(self._counts[key][place] or 0, "decimal" if legal else form)

        return re.sub(r"%([1-9])", shown, pattern).strip()
