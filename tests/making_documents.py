"""DOCX, HTML and RTF files as Word and web portals write them, from a few words of Vietnamese."""

from __future__ import annotations

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="wps"'


# -- pieces of a DOCX ----------------------------------------------------------------------------------------------
def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(content: str = "", properties: str = "") -> str:
    """A paragraph; `content` is text, or runs."""
    runs = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def listed(content: str, list_id: int, level: int = 0) -> str:
    return par(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(*paragraphs: str, properties: str = "") -> str:
    inside = "".join(p if p.startswith("<") else par(p) for p in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: list[str]) -> str:
    """Rows of cells; a cell that is no XML is text."""
    lines = ("".join(c if c.startswith("<w:tc>") else cell(c) for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def levels(*forms: tuple[str, str]) -> str:
    """The levels of a list: (format, text) such as ("lowerLetter", "%2)")."""
    return "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(forms)
    )


def lists(*definitions: str, extra: str = "") -> str:
    """numbering.xml: list n is the n-th definition."""
    abstracts = "".join(f'<w:abstractNum w:abstractNumId="{n}">{d}</w:abstractNum>' for n, d in enumerate(definitions))
    numbers = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(definitions))
    )
    return abstracts + numbers + extra


def docx(
    *body: str, numbering: str = "", styles: str = "", header: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    parts = {
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations(
            {"numbering": "numbering.xml", "styles": "styles.xml", "header": "header1.xml"}
        ),
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/numbering.xml": _part("numbering", numbering),
        "word/styles.xml": _part("styles", styles),
        "word/header1.xml": _part("hdr", header),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in ({name: part.encode() for name, part in parts.items()} | (more or {})).items():
            package.writestr(name, content)
    return buffer.getvalue()


def in_docx(text: str) -> bytes:
    """A document with a paragraph for each line."""
    return docx(*(par(run(line)) for line in text.split("\n")))


def _part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def _relations(targets: dict[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


# -- HTML and RTF --------------------------------------------------------------------------------------------------
def html(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>Cổng thông tin</title></head><body>{body}</body></html>"


def rtf_text(text: str) -> str:
    r"""Text as Word writes it: \uN with a question mark for programs that know no Unicode."""
    signs = {"\\": "\\\\", "{": "\\{", "}": "\\}", "\t": "\\tab ", "\n": "\\line "}
    return "".join(signs.get(c) or (c if c.isascii() else f"\\u{ord(c)}?") for c in text)


def rtf_row(*cells: str) -> str:
    edges = "".join(f"\\cellx{2000 * (place + 1)}" for place in range(len(cells)))
    inside = "".join(f"\\pard\\intbl {rtf_text(c)}\\cell" for c in cells)
    return f"\\trowd{edges}{inside}\\row\n"


def rtf(body: str, fonts: str = r"{\f0\froman\fcharset0 Times New Roman;}", page: int = 1252) -> bytes:
    head = rf"{{\rtf1\ansi\ansicpg{page}\deff0{{\fonttbl{fonts}}}{{\colortbl;\red0\green0\blue0;}}"
    return f"{head}\n\\pard\\plain {body}}}".encode("latin-1")
