"""Paragraphs → a tree of points: I, 1, 1.1, a), (1), dash, plus, as NĐ 30/2020/NĐ-CP and practice number them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reading.paragraphs import Paragraph
from reading.words import rx

ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
# Rank decides what closes what; bullets have none, they nest in the order in which they first appear.
KINDS: tuple[tuple[str, str, int], ...] = (
    ("part", r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:thứ|THỨ)\s+)?(?P<m>\w+)[.:]?\s*", 0),
    ("capital", r"(?P<m>[A-H])[.)]\s+(?=\S)", 1),
    ("roman", r"(?:Mục\s+|MỤC\s+)?(?P<m>[IVX]{1,5})\s?[.)/\-]\s*(?=[^\sv])", re.I),
    ("article", r"Điều\s+(?P<m>\d+)\.\s*", 3),
    ("decimal", r"(?P<m>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\D)", 5),
    ("arabic", r"(?P<m>\d{1,2})(?:\s?[.)/]\s*(?=[^\d\s])|-\s+(?=\D))|(?:Câu|Nhiệm vụ)\s+(?P<m2>\d{1,2})[.:]\s+", 4),
    (
        "ordinal",
        r"(?P<m>Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là[,:]\s*|Thứ\s+(?P<m2>nhất|hai|ba|tư|năm|sáu|bảy)[,:]\s*",
        4,
    ),
    ("letter", r"(?P<m>[a-zđ]\d?)\s?[.)/]\s*(?=\S\S)", 6),
    ("paren", r"\((?P<m>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)", 7),
    ("plus", r"\+\s*(?=\S)", 9),
    ("dash", r"[-–—−]\s*(?=[^\s\d\-])|[-–—−]\s+(?=\S)", 9),
    ("bullet", r"[*•·▪●○◦✓❖➢]\s*(?=\S)|o\s+(?=[A-ZĐ])", 9),
)
WORDS = {
    "một": "1",
    "hai": "2",
    "ba": "3",
    "bốn": "4",
    "năm": "5",
    "sáu": "6",
    "bảy": "7",
    "tám": "8",
    "chín": "9",
    "mười": "10",
    "nhất": "1",
    "tư": "4",
}
BULLETS = {"plus": "+", "dash": "-", "bullet": "-"}


@dataclass
class Node:
    kind: str  # one of KINDS, "para", "root"
    mark: str
    text: str  # without its label
    start: int
    end: int
    paragraph: Paragraph | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def marked(self) -> list[Node]:
        return [child for child in self.children if child.kind != "para"]

    def last(self) -> int:
        """Where the node with every point under it ends; plain paragraphs after them are not its own."""
        return max([self.end, *(child.last() for child in self.marked())])

    def paragraphs_below(self) -> list[Node]:
        """The plain paragraphs under this node and its points, in order."""
        return [
            found
            for child in self.children
            for found in ([child] if child.kind == "para" else child.paragraphs_below())
        ]

    def label(self) -> str:
        """ "II.1.2.a": printed enumerators joined; a printed decimal replaces the arabic numbers above it."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and node.kind != "root":
            if node.kind == "decimal" and node.parent is not None:
                above: Node | None = node.parent
                while above is not None and above.kind in ("decimal", "arabic", "para"):
                    above = above.parent
                parts.append(node.mark)
                node = above
                continue
            if node.mark:
                parts.append(node.mark)
            node = node.parent
        return ".".join(reversed(parts))


def marker(text: str) -> tuple[str, str, int] | None:
    """(kind, mark, length of the label) of a paragraph that begins with an enumerator."""
    for kind, pattern, _ in KINDS:
        if found := rx(pattern).match(text):
            groups = found.groupdict()
            mark = groups.get("m") or groups.get("m2") or ""
            return kind, WORDS.get(mark.lower(), mark) if kind in ("ordinal", "part") else mark, found.end()
    return None


RANK = {kind: rank for kind, _, rank in KINDS}


def place(stack: list[Node], kind: str) -> Node:
    """The node under which a new point of this kind goes; closes what it ends."""
    if RANK[kind] >= 9:
        if any(node.kind == kind for node in stack):
            while stack[-1].kind != kind:
                stack.pop()
            stack.pop()
        return stack[-1]
    while stack[-1].kind != "root" and (
        RANK[stack[-1].kind] > RANK[kind] or stack[-1].kind == kind or (RANK[stack[-1].kind] == RANK[kind])
    ):
        stack.pop()
    return stack[-1]


def build(paragraphs: list[Paragraph], text: str) -> Node:
    """The tree; unmarked paragraphs hang as "para" under the point they follow."""
    root = Node("root", "", "", 0, 0)
    stack = [root]
    for paragraph in paragraphs:
        raw = text[paragraph.start : paragraph.end]
        found = marker(raw)
        if found is None or (found[0] == "roman" and rx(r"[IVX]+-").match(raw)):
            stack[-1].children.append(
                Node("para", "", paragraph.text, paragraph.start, paragraph.end, paragraph, stack[-1])
            )
            continue
        kind, mark, length = found
        parent = place(stack, kind)
        if kind in BULLETS:
            mark = f"{BULLETS[kind]}{sum(child.kind == kind for child in parent.children) + 1}"
        node = Node(
            kind, mark, " ".join(raw[length:].split()), paragraph.start + length, paragraph.end, paragraph, parent
        )
        parent.children.append(node)
        stack.append(node)
    return root
