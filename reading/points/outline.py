"""Paragraphs → a tree of points: I, 1, 1.1, a), (1), dash, plus, as NĐ 30/2020/NĐ-CP and practice number them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reading.points import inline
from reading.points.body import begins_annex
from reading.points.paragraphs import SIGN, Paragraph
from reading.points.phrases import COMPANION, TIMING
from reading.words import UPPER, rx, squeeze

# Rank decides what closes what; bullets have none, they nest in the order in which they first appear.
KINDS: tuple[tuple[str, str, int], ...] = (
    ("part", r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:thứ|THỨ)\s+(?P<m>\w+)|(?P<m2>[IVXLC]+|\d+)\b)[.:]?\s*", 0),
    ("capital", rf"(?P<m>[A-H])(?:[.)/]\s+(?=\S)|\s?[-–]\s+(?=[{UPPER}]))", 1),
    ("roman", r"(?:Mục\s+|MỤC\s+)?(?P<m>[IVX]{1,5})\s?[.)/\-–]\s*(?=[^\sv])", 2),
    ("article", r"Điều\s+(?P<m>\d+)\s?[.:]\s*", 3),
    ("decimal", r"(?P<m>\d{1,2}(?:\.\d{1,2}){1,3})(?:\s?[.)/]\s*|\s?[-–]\s+|\s+)(?=[^\s\d%])", 5),
    (
        "arabic",
        rf"(?P<m>\d{{1,2}})(?:\s?[.)/](?!{SIGN})(?:\s*(?=[^\d\s])|\s+(?=\d))|-\s+(?=\D)|\s?[-–]\s*(?=[{UPPER}]))|"
        r"(?:Câu|Nhiệm vụ|Nội dung|Bước)\s+(?P<m2>\d{1,2})[.:]\s+",
        4,
    ),
    (
        "ordinal",
        r"(?P<m>Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là\s?[,:]\s*|"
        r"Thứ\s+(?P<m2>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:\s+là)?\s?[,:]\s*"
        r"(?!\s*(?:ngày )?\d{1,2}\s?[/.-]\s?\d)",  # "Thứ hai, 14/8/2023"
        4,
    ),
    ("letter", rf"(?P<m>[a-zđ]\d?)\s?(?:[.)/]\s*(?=\S\S)|,\s+(?=[{UPPER}])|[-–]\s+(?=[{UPPER}]))", 6),
    ("paren", r"\((?P<m>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)", 7),
    ("plus", r"\+\s*(?=\S)", 9),
    ("dash", r"[-–—−]\s*(?=[^\s\d\-])|[-–—−]\s+(?=\S)", 9),
    ("star", r"[*✓✔]\s*(?=\S)", 9),
    # Private-use letters are the bullets of Word's symbol fonts.
    ("dot", r"[•·▪●○◦■□►▶❖➢➤§\uf000-\uf0ff]\s*(?=\S)|o\s+(?=[A-ZĐ])", 9),
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
BULLETS = {"plus": "+", "dash": "-", "star": "-", "dot": "-"}


@dataclass
class Node:
    kind: str  # one of KINDS, "para", "root"
    mark: str
    text: str  # without its label
    start: int
    end: int
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    bullets: dict[str, int] = field(default_factory=dict)  # how many of each kind it has

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
    if kind == "roman" and over_people(stack):
        return stack[-1]
    kinds = [node.kind for node in stack]
    if kind in kinds:  # also where an article stands above roman numbers
        del stack[kinds.index(kind) :]
        return stack[-1]
    while stack[-1].kind != "root" and (
        RANK[stack[-1].kind] > RANK[kind] or stack[-1].kind == kind or (RANK[stack[-1].kind] == RANK[kind])
    ):
        stack.pop()
    return stack[-1]


def over_people(stack: list[Node]) -> bool:
    """ "Điều 1. Thành lập Ban Chỉ đạo gồm:" over "I. Trưởng ban": an article that is a stem holds roman numbers."""
    return stack[-1].kind == "article" and stack[-1].text.rstrip().endswith(":")


def build(paragraphs: list[Paragraph], text: str) -> Node:
    """The tree; unmarked paragraphs hang as "para" under the point they follow."""
    root = Node("root", "", "", 0, 0)
    stack = [root]
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        raw = text[start : paragraph.end]
        if rx(r"[“\"«](?=\d{1,2}[.)]\s|[IVX]{1,4}[.)]\s|[a-zđ]\)\s)").match(raw):
            start, raw = start + 1, raw[1:]  # a document quoted with its numbers: “1. Giao Công an tỉnh …
        found = marker(raw)
        if begins_annex(paragraph.text):
            stack = [root]
        elif found is None and stack[-1].kind in BULLETS and rx(TIMING).match(paragraph.text):
            stack.pop()  # a time for the whole list
        elif number + 1 < len(paragraphs) and opens_list(paragraph.text, found):
            following = paragraphs[number + 1]
            back_to_list(stack, marker(text[following.start : following.end]))
        if found and found[0] == "roman" and rx(r"[IVX]+-[IVX\d]").match(raw):
            found = None  # "IV-2025", a quarter
        kind, mark, length = found or ("para", "", 0)
        numbered = inline.points(raw[length:])
        begin, stop = length, length + numbered[0][0] if numbered else len(raw)
        if begin < stop and raw[begin:stop].strip():
            hang(stack, kind, mark, raw[begin:stop], start + begin)
        for place, (_, words, point) in enumerate(numbered):
            end = numbered[place + 1][0] if place + 1 < len(numbered) else len(raw) - length
            hang(stack, "paren", point, raw[length + words : length + end], start + length + words)
    return root


def opens_list(text: str, found: tuple[str, str, int] | None) -> bool:
    """A line over a list: a title, a stem, or a month that bullets set over numbered points."""
    stem = text.rstrip().endswith(":")
    return (found is None and (stem or text.isupper())) or (found is not None and found[0] in BULLETS and stem)


def back_to_list(stack: list[Node], following: tuple[str, str, int] | None) -> None:
    """A line between two parts of one list stands over the second part, not inside the last point of the first."""
    kinds = [node.kind for node in stack]
    if following and following[0] in kinds:
        del stack[kinds.index(following[0]) :]


def back_to_bullets(stack: list[Node], kind: str) -> None:
    """ "- Chủ trì: …" after (1), (2), (3) without bullets, in a point that had some before them: it is the point's."""
    top = stack[-1]
    if top.kind not in ("paren", "letter") or top.parent is None or not top.parent.bullets.get(kind):
        return
    before = [child for child in top.parent.children if child.kind == top.kind and child is not top]
    if before and not any(child.marked() for child in before):
        stack.pop()


def hang(stack: list[Node], kind: str, mark: str, raw: str, start: int) -> None:
    """Put a point or a paragraph where it belongs, and keep the way to it."""
    end = start + len(raw.rstrip())
    if kind == "para":
        stack[-1].children.append(Node("para", "", squeeze(raw), start, end, stack[-1]))
        return
    if kind in BULLETS and rx(COMPANION).match(raw):
        back_to_bullets(stack, kind)
    parent = place(stack, kind)
    if kind in BULLETS:
        parent.bullets[kind] = parent.bullets.get(kind, 0) + 1
        mark = f"{BULLETS[kind]}{parent.bullets[kind]}"
    node = Node(kind, mark, squeeze(raw), start, end, parent)
    parent.children.append(node)
    stack.append(node)
