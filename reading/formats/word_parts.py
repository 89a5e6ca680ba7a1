"""The parts of a DOCX package, as trees whose tags and attributes have lost their namespaces.

Word writes two namespaces for the same words (transitional and strict); nothing that is read here needs to tell them
apart.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from reading.errors import BrokenDocument, OversizedDocument, ProtectedDocument

Element = ElementTree.Element
LARGEST_PART = 64 * 1024 * 1024  # bytes of XML; a hundred pages of tables take three
DEEPEST = 200  # levels of elements; Word's own limit on nested tables is far below


class Package:
    """`main`: the part to begin with, None for a package of another kind.

    Raises BrokenDocument, OversizedDocument or ProtectedDocument.
    """

    def __init__(self, data: bytes, main: str | None = "word/document.xml") -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise BrokenDocument() from None
        self.names = list(self._names)
        named = self.targets("", "officeDocument")
        self.main = named[0] if named else main or ""
        if main is not None and self.main.lower() not in self._names:
            raise BrokenDocument()

    def tree(self, part: str) -> Element | None:
        """The root of a part, None when the package has no such part."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        info = self._zip.getinfo(name)
        if info.file_size > LARGEST_PART:
            raise OversizedDocument()
        if info.flag_bits & 1:
            raise ProtectedDocument()
        try:
            with self._zip.open(info) as stream:
                content = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise BrokenDocument() from None
        if len(content) > LARGEST_PART:
            raise OversizedDocument()
        return parse(content)

    def targets(self, part: str, kind: str) -> list[str]:
        """The parts that this one is related to, of a kind ("header", "numbering")."""
        folder, base = posixpath.split(part)
        relations = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        return [
            posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
            if not relation.get("Target", "").startswith("/")
            else relation.get("Target", "").lstrip("/")
            for relation in (relations if relations is not None else ())
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
        ]


def parse(content: bytes) -> Element:
    """XML of Office, which never declares entities: a document type can only be an attack."""
    depth = 0
    root: Element | None = None
    if b"<!DOCTYPE" in content or b"<\x00!\x00D\x00O\x00C\x00T" in content:
        raise BrokenDocument()
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise BrokenDocument()
            if root is None:
                root = element
    except (ElementTree.ParseError, ValueError, LookupError):
        raise BrokenDocument() from None
    if root is None:
        raise BrokenDocument()
    for element in root.iter():
        element.tag = _local(element.tag)
        for name in [name for name in element.attrib if name.startswith("{")]:
            element.attrib[_local(name)] = element.attrib.pop(name)
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def value(parent: Element | None, path: str) -> str | None:
    """The w:val of a child, None when it is not there."""
    child = parent.find(path) if parent is not None else None
    return None if child is None else child.get("val")


def number(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def is_on(element: Element) -> bool:
    """A switch such as w:caps is on when it is there, unless its value says otherwise."""
    return element.get("val", "true").lower() not in ("0", "false", "off", "none")


OPEN = ("sdtContent", "sdt", "smartTag", "customXml", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")


def children(element: Element) -> Iterator[Element]:
    """Children as a reader sees them: content controls and smart tags opened, deleted and moved-away text left out.

    Of alternative contents (a text box as a drawing and as VML) the first with anything in it.
    """
    for child in element:
        if child.tag in OPEN:
            yield from children(child)
        elif child.tag == "AlternateContent":
            yield from children(next((option for option in child if len(option)), child))
        elif child.tag not in ("del", "moveFrom", "sdtPr", "sdtEndPr"):
            yield child
