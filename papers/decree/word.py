"""A paper as Word: the same blocks as the PDF. The body is written as markup, because python-docx takes minutes over a
table of thousands of rows; python-docx keeps the package, the header and the properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from papers.decree.layout import (
    BOTTOM,
    BREAKS_IN_ROWS,
    CELL_PAD,
    LEFT,
    NUMBER_AT,
    NUMBER_SIZE,
    RIGHT,
    TOP,
    Beside,
    Block,
    Break,
    Paper,
    Paragraph,
    Rule,
    Run,
    Section,
    Span,
    Table,
    plain,
)
from papers.decree.word_fonts import embed_fonts

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML may hold: one of them in somebody's words must not keep a paper from being made."""
NS = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
      'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')  # fmt: skip
ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}
STYLES = f"""<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"
 w:eastAsia="{FONT}" w:cs="{FONT}"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="{{language}}"
 w:eastAsia="{{language}}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"""
NUMBER = (f'<w:p {NS}><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
          f'<w:sz w:val="{NUMBER_SIZE * 2:.0f}"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>'
          f'<w:sz w:val="{NUMBER_SIZE * 2:.0f}"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>'
          f'<w:sz w:val="{NUMBER_SIZE * 2:.0f}"/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
          "</w:p>")  # fmt: skip


def word(paper: Paper, made_at: datetime) -> bytes:
    """The file. `made_at`: the moment in its properties (aware)."""
    from docx import Document as new_document  # a fifth of a second, and only papers need it
    from docx.oxml import parse_xml

    document = new_document()
    _properties(document, paper, made_at)
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(STYLES.replace("{language}", paper.language))):
        styles.append(child)
    headers = _headers(document)
    markup = "".join(part for number, section in enumerate(paper.sections, 1)
                     for part in _section(section, headers, last=number == len(paper.sections)))  # fmt: skip
    # Put in as a whole: moved from one tree into another, thousands of rows take a quarter of a minute.
    whole = _NO_XML.sub("", f"<w:document {NS}><w:body>{markup}</w:body></w:document>")
    document.part._element = parse_xml(whole)
    embed_fonts(document, paper.language)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: Document, paper: Paper, made_at: datetime) -> None:
    told = document.core_properties
    title, author = plain(paper.title)[:255], plain(paper.author)[:255]
    told.title, told.author, told.last_modified_by = title, author, author
    told.language, told.comments, told.revision = paper.language, "", 1
    told.created = told.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]  # a picture of the library's own sample


def _headers(document: Document) -> str:
    """References to a first header that is empty and one with the page's number, for every section."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    element: Any = section.header._element  # the library has no field for a page's number
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(NUMBER))
    found = section._sectPr.headerReference_lst
    return "".join(f'<w:headerReference w:type="{"first" if one.type_.name == "FIRST_PAGE" else "default"}" '
                   f'r:id="{one.rId}"/>' for one in found)  # fmt: skip


def _section(section: Section, headers: str, *, last: bool) -> Iterator[str]:
    for block in section.blocks:
        yield from _block(block, section.width)
    wide, tall = (_twips(one) for one in section.sheet)
    turned = ' w:orient="landscape"' if section.landscape else ""
    properties = (
        f'<w:sectPr>{headers}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{tall}"{turned}/>'
        f'<w:pgMar w:top="{_twips(TOP)}" w:right="{_twips(RIGHT)}" w:bottom="{_twips(BOTTOM)}" w:left="{_twips(LEFT)}" '
        f'w:header="{_twips(NUMBER_AT)}" w:footer="{_twips(NUMBER_AT)}" w:gutter="0"/><w:pgNumType w:start="1"/>'
        "<w:titlePg/></w:sectPr>"
    )
    # After a table a paragraph must stand; this one takes no room.
    spot = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    yield spot + properties if last else spot.replace("</w:pPr>", f"{properties}</w:pPr>")


def _block(block: Block, width: float) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
    elif isinstance(block, Rule):
        yield _rule(block, width)
    elif isinstance(block, Break):
        yield '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
    elif isinstance(block, Beside):
        yield _beside(block)
    else:
        yield from _table(block)


def _paragraph(one: Paragraph) -> str:
    style = f'<w:pStyle w:val="Heading{min(one.heading, 2)}"/>' if one.heading else ""
    kept = "<w:keepNext/>" if one.keep else ""
    indent = f'<w:ind w:left="{_twips(one.left)}" w:firstLine="{_twips(one.first)}"/>' if one.left or one.first else ""
    return (
        f'<w:p><w:pPr>{style}{kept}<w:spacing w:before="{one.before * 20:.0f}" w:after="{one.after * 20:.0f}" '
        f'w:line="{one.line * 240:.0f}" w:lineRule="auto"/>{indent}<w:jc w:val="{ALIGN[one.align]}"/>'
        f'<w:rPr><w:sz w:val="{one.size * 2:.0f}"/></w:rPr></w:pPr>'
        f"{''.join(_run(run, one.size) for run in one.runs)}</w:p>"
    )


def _run(run: Run, size: float) -> str:
    if not run.text:
        return ""
    kind = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    half = round((run.size or size) * 2)
    texts = '<w:br/>'.join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in run.text.split("\n"))
    return f'<w:r><w:rPr>{kind}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{texts}</w:r>'


def _rule(one: Rule, width: float) -> str:
    """A border under a paragraph without letters, as long as its indents leave it."""
    side = _twips((width - one.length) / 2)
    return (
        '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="20" w:line="{max(one.before * 20, 10):.0f}" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _beside(block: Beside) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_rule(one, width) if isinstance(one, Rule) else _paragraph(one) for one in cell) or '<w:p/>'}</w:tc>"
        for width, cell in zip(block.widths, block.cells, strict=True)
    )
    gap = f'<w:p><w:pPr><w:spacing w:line="{block.before * 20:.0f}" w:lineRule="exact"/></w:pPr></w:p>'
    return ((gap if block.before else "") + f"<w:tbl>{_table_properties(block.widths, 0)}<w:tr><w:trPr>"
            f"<w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>")  # fmt: skip


def _table_properties(widths: tuple[float, ...], pad: float, borders: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    side = f'w:w="{_twips(pad)}" w:type="dxa"/>'
    return (f'<w:tblPr><w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar><w:left {side}<w:right {side}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>")


def _table(table: Table) -> Iterator[str]:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    widths = tuple(column.width for column in table.columns)
    yield f"<w:tbl>{_table_properties(widths, CELL_PAD, f'<w:tblBorders>{sides}</w:tblBorders>')}"
    yield _head_row(table, [column.name for column in table.columns], bold=True)
    if table.numbered:
        yield _head_row(table, [f"({n})" for n in range(1, len(widths) + 1)], bold=False)
    for row in table.rows:
        yield _span(table, row) if isinstance(row, Span) else _row(table, row)
    yield "</w:tbl>"


def _head_row(table: Table, texts: list[str], *, bold: bool) -> str:
    cells = "".join(_cell(text, column.width, "center", table.size, bold=bold, middle=True)
                    for text, column in zip(texts, table.columns, strict=True))  # fmt: skip
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(table: Table, row: Any) -> str:
    whole = "" if max(map(len, row), default=0) > BREAKS_IN_ROWS else "<w:cantSplit/>"
    height = f'<w:trHeight w:val="{_twips(table.least)}" w:hRule="atLeast"/>' if table.least else ""
    cells = "".join(_cell(text, column.width, ALIGN[column.align], table.size)
                    for text, column in zip(row, table.columns, strict=True))  # fmt: skip
    return f"<w:tr><w:trPr>{whole}{height}</w:trPr>{cells}</w:tr>"


def _span(table: Table, row: Span) -> str:
    width, many = sum(column.width for column in table.columns), len(table.columns)
    cell = _cell(row.text, width, "left", table.size, bold=True, more=f'<w:gridSpan w:val="{many}"/>', keep=True)
    whole = "" if len(row.text) > BREAKS_IN_ROWS else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}</w:trPr>{cell}</w:tr>"


def _cell(text: str, width: float, align: str, size: float, *, bold: bool = False, middle: bool = False,
          more: str = "", keep: bool = False) -> str:  # fmt: skip
    half, pad = round(size * 2), _twips(CELL_PAD)
    place = '<w:vAlign w:val="center"/>' if middle else ""
    kind = "<w:b/>" if bold else ""
    run = f"<w:rPr>{kind}<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr>"
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{more}{place}</w:tcPr><w:p><w:pPr>'
        f'{"<w:keepNext/>" if keep else ""}<w:spacing w:before="{pad}" w:after="{pad}"/><w:jc w:val="{align}"/>{run}'
        f"</w:pPr>{f'<w:r>{run}{texts}</w:r>' if text else ''}</w:p></w:tc>"
    )


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)
