"""What the styles of a DOCX say of its text: capitals, hidden text, font, numbering."""

from __future__ import annotations

from collections.abc import Iterator

from reading.formats.word_parts import Element, is_on, value


class Styles:
    def __init__(self, root: Element | None) -> None:
        styles = list(root.iter("style")) if root is not None else []
        self._styles = {style.get("styleId", ""): style for style in styles}
        default = next((s for s in styles if s.get("type") == "paragraph" and s.get("default") in ("1", "true")), None)
        self._default = default.get("styleId", "") if default is not None else ""
        self._document = root.find("docDefaults/rPrDefault/rPr") if root is not None else None

    def switched(self, name: str, paragraph: Element | None, run: Element | None) -> bool:
        """Is a switch ("caps", "vanish") on for a run? The nearest of run, its style and the paragraph's style says."""
        for properties in self._run_properties(paragraph, run):
            switch = properties.find(name)
            if switch is not None:
                return is_on(switch)
        return False

    def font(self, paragraph: Element | None, run: Element | None) -> str:
        """The font of Latin letters, "" when only the theme names one."""
        for properties in self._run_properties(paragraph, run):
            fonts = properties.find("rFonts")
            if fonts is not None and (name := fonts.get("ascii") or fonts.get("hAnsi")):
                return name
        return ""

    def numbering(self, paragraph: Element | None) -> tuple[str | None, str | None, str]:
        """(list, level, style that gave the list or ""), each None where nothing is said."""
        list_id = value(paragraph, "numPr/numId")
        level = value(paragraph, "numPr/ilvl")
        if list_id is not None:
            return list_id, level, ""
        for style in self._chain(value(paragraph, "pStyle") or self._default):
            if (list_id := value(style, "pPr/numPr/numId")) is not None:
                return list_id, level or value(style, "pPr/numPr/ilvl"), style.get("styleId", "")
        return None, None, ""

    def list_of(self, style: str) -> str | None:
        """The list that a numbering style stands for."""
        return value(self._styles.get(style), "pPr/numPr/numId")

    def _run_properties(self, paragraph: Element | None, run: Element | None) -> Iterator[Element]:
        if run is not None:
            yield run
        for style in [*self._chain(value(run, "rStyle")), *self._chain(value(paragraph, "pStyle") or self._default)]:
            if (properties := style.find("rPr")) is not None:
                yield properties
        if self._document is not None:
            yield self._document

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """A style and those it is based on; a damaged file may base one on itself."""
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self._styles:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = value(self._styles[style_id], "basedOn")
